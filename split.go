package tiepdan

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// SplitText cuts a text into pieces of at most max UTF-16 units, as chat apps count them: at the end of a paragraph,
// else of a line, a sentence, a word; and only in a longer word than a piece between letters, never between a letter
// and its marks or inside an emoji (unless that alone is longer than max). The pieces are the text in its order,
// without the white space around them; nothing else is left out. A max below 2 is taken as 2.
func SplitText(s string, max int) []string {
	if max < 2 {
		max = 2 // a single emoji's units
	}
	var pieces []string
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimLeftFunc(s, unicode.IsSpace) {
		at := cutAt(s, max)
		pieces = append(pieces, strings.TrimRightFunc(s[:at], unicode.IsSpace))
		s = s[at:]
	}
	return pieces
}

// cutAt returns where to cut s, which begins with no space: somewhere after its start, at most max units on.
func cutAt(s string, max int) int {
	var paragraph, line, sentence, word, hard int
	var before rune // the last rune before a stretch of spaces
	units := 0
	for i := 0; i < len(s); {
		size, width := cluster(s[i:], max)
		if r, _ := utf8.DecodeRuneInString(s[i:]); unicode.IsSpace(r) {
			if word = i; strings.ContainsRune(".!?…;:", before) {
				sentence = i
			}
			if r == '\n' {
				if line = i; strings.HasPrefix(s[i+1:], "\n") {
					paragraph = i
				}
			}
		} else {
			before, _ = utf8.DecodeLastRuneInString(s[:i+size])
		}
		if units += width; units > max {
			return bestCut(hard, paragraph, line, sentence, word)
		}
		i += size
		hard = i
	}
	return len(s)
}

// bestCut takes the first of the cuts that isn't too early, since many small pieces are no kindness, or else the
// end of a word, or else the hard one.
func bestCut(hard int, cuts ...int) int {
	for _, at := range cuts {
		if at >= hard/2 && at > 0 {
			return at
		}
	}
	if word := cuts[len(cuts)-1]; word > 0 {
		return word
	}
	return hard
}

// cluster returns the size in bytes and the width in UTF-16 units of what a reader takes for the first character of
// s: a letter with its marks, joined emoji, a flag. It never grows wider than max.
func cluster(s string, max int) (size, width int) {
	first, n := utf8.DecodeRuneInString(s)
	size, width = n, units(first)
	flag := regional(first)
	last := first
	for size < len(s) {
		r, n := utf8.DecodeRuneInString(s[size:])
		joined := last == joiner || r == joiner || unicode.IsMark(r) || '\U0001f3fb' <= r && r <= '\U0001f3ff' ||
			flag && regional(r) || first == '\r' && r == '\n'
		if unicode.IsSpace(last) && last != '\r' || !joined || width+units(r) > max {
			break
		}
		flag = false
		size, width, last = size+n, width+units(r), r
	}
	return size, width
}

func units(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}

// regional reports whether r is half of a flag.
func regional(r rune) bool { return '\U0001f1e6' <= r && r <= '\U0001f1ff' }
