package backend

import (
	"strings"
	"unicode/utf8"
)

// folded is a long text with its end out of the way: a case's page leads to the
// talk and the forms below it, however much a citizen has written.
type folded struct {
	Head, Rest string
	More       int // the characters of Rest
}

// How much of a text stands open, and how much more must follow for it to be folded.
const (
	foldAt  = 3000
	foldMin = 1500
)

// fold cuts a long text where a line or a word ends, so that nothing is lost and
// no character is broken.
func fold(s string) folded {
	if utf8.RuneCountInString(s) < foldAt+foldMin {
		return folded{Head: s}
	}
	at := 0
	for range foldAt {
		_, n := utf8.DecodeRuneInString(s[at:])
		at += n
	}
	for _, end := range []string{"\n", " "} {
		if i := strings.LastIndex(s[:at], end); i > at/2 {
			return folded{s[:i], s[i+1:], utf8.RuneCountInString(s[i+1:])}
		}
	}
	return folded{s[:at], s[at:], utf8.RuneCountInString(s[at:])}
}
