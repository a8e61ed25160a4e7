package tiepdan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes a text comparable for matching and search: without marks, đ as d, in lower case, letters and digits
// only, one space between words. Fold of a folded text is the same text.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFKD.String(s) {
		r = foldRune(r)
		switch {
		case unicode.IsMark(r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

func foldRune(r rune) rune {
	if r == 'đ' || r == 'Đ' {
		return 'd'
	}
	return unicode.ToLower(r)
}

// Same reports whether two texts differ in nothing but case, marks, spaces and punctuation.
func Same(a, b string) bool { return Fold(a) == Fold(b) }

// Clean makes a person's text fit to keep, show and print: NFC; no control characters but newlines, nothing that
// turns the direction of writing or can't be seen (but what joins emoji), no piles of marks, no spaces at the ends
// of lines, no more than one blank line in a row. Clean of a clean text is the same text.
func Clean(s string) string {
	runes := []rune(norm.NFD.String(newlines.Replace(strings.ToValidUTF8(s, ""))))
	kept := make([]rune, 0, len(runes))
	marks := 0
	for i, r := range runes {
		switch {
		case r == '\t':
			r = ' '
		case r == '\n':
		case r == joiner:
			if len(kept) == 0 || !pictures(kept[len(kept)-1]) || i+1 == len(runes) || !unicode.Is(unicode.So, runes[i+1]) || unseen(runes[i+1]) {
				continue
			}
		case unicode.IsControl(r) || unseen(r):
			continue
		}
		if !unicode.IsMark(r) {
			marks = 0
		} else if marks++; marks > maxMarks {
			continue
		}
		kept = append(kept, r)
	}
	return trimLines(norm.NFC.String(string(kept)))
}

const (
	joiner   = '\u200d' // makes one picture of several emoji
	maxMarks = 4        // on one letter; Vietnamese needs two, emoji one
)

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n")

// pictures reports whether r is an emoji or what may follow one.
func pictures(r rune) bool {
	return unicode.Is(unicode.So, r) || r == '\ufe0f' || '\U0001f3fb' <= r && r <= '\U0001f3ff'
}

// unseen reports whether r shows nothing, or only changes how its neighbours show: formats such as directions and
// zero widths, the fillers that look empty, what Unicode has no character for.
func unseen(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u2800', '\u3164', '\uffa0', utf8.RuneError:
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Co) || !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Zs)
}

func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	kept := lines[:0]
	for _, line := range lines {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" && (len(kept) == 0 || kept[len(kept)-1] == "") {
			continue
		}
		kept = append(kept, line)
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}
