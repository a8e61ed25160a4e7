package tiepdan

import (
	"regexp"
	"strings"
)

// Piece is a stretch of a text: what the other text has as well, or what only this one has.
type Piece struct {
	Text string
	Only bool
}

// diffCells bounds the work of one comparison: larger texts are compared by sentences
// first, and by words only where these differ.
const diffCells = 2_000_000

var (
	diffWord     = regexp.MustCompile(`\S+\s*|^\s+`)
	diffSentence = regexp.MustCompile(`[^.!?…\n]+[.!?…\n]*\s*|[.!?…\n]+\s*`)
)

// Differences returns both texts in pieces, word by word. Words that differ in nothing but
// marks and case are the same: people type in a hurry.
func Differences(a, b string) (left, right []Piece) {
	as, bs := diffWord.FindAllString(a, -1), diffWord.FindAllString(b, -1)
	if len(as)*len(bs) <= diffCells {
		return piecesOf(as, bs)
	}
	as, bs = diffSentence.FindAllString(a, -1), diffSentence.FindAllString(b, -1)
	if len(as)*len(bs) > diffCells {
		return []Piece{{a, true}}, []Piece{{b, true}}
	}
	return piecesOf(as, bs)
}

func piecesOf(as, bs []string) (left, right []Piece) {
	common := longestCommon(folded(as), folded(bs))
	i, j := 0, 0
	for _, m := range append(common, [2]int{len(as), len(bs)}) {
		left = addPiece(left, strings.Join(as[i:m[0]], ""), true)
		right = addPiece(right, strings.Join(bs[j:m[1]], ""), true)
		if m[0] < len(as) && m[1] < len(bs) {
			left, right = addPiece(left, as[m[0]], false), addPiece(right, bs[m[1]], false)
		}
		i, j = m[0]+1, m[1]+1
	}
	return left, right
}

func addPiece(ps []Piece, text string, only bool) []Piece {
	if text == "" {
		return ps
	}
	if n := len(ps); n > 0 && ps[n-1].Only == only {
		ps[n-1].Text += text
		return ps
	}
	return append(ps, Piece{text, only})
}

func folded(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		if out[i] = Fold(w); out[i] == "" {
			out[i] = strings.TrimSpace(w)
		}
	}
	return out
}

// longestCommon are the places, in a and in b, of a longest list of words common to
// both in their order.
func longestCommon(a, b []string) (pairs [][2]int) {
	width := len(b) + 1
	most := make([]uint16, (len(a)+1)*width) // of a[i:] and b[j:]
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				most[i*width+j] = most[(i+1)*width+j+1] + 1
			} else {
				most[i*width+j] = max(most[(i+1)*width+j], most[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case most[(i+1)*width+j] >= most[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}
