package tiepdan

import (
	"slices"
	"strings"
)

// Shingles are a text's pairs of neighbouring syllables, hashed, sorted, each once. Two texts' shingles say how much
// they have in common, whatever their marks and case; the hashes are stable and may be kept.
type Shingles []uint64

// ShinglesOf returns the shingles of a text; a text of one syllable is its own.
func ShinglesOf(text string) Shingles {
	words := strings.Fields(Fold(text))
	if len(words) == 1 {
		return Shingles{hashWords(words[0], "")}
	}
	var s Shingles
	for i := 1; i < len(words); i++ {
		s = append(s, hashWords(words[i-1], words[i]))
	}
	slices.Sort(s)
	return slices.Compact(s)
}

// hashWords is FNV-1a of the two words with a space between them.
func hashWords(a, b string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(a) {
		h = (h ^ uint64(a[i])) * 1099511628211
	}
	h = (h ^ ' ') * 1099511628211
	for i := range len(b) {
		h = (h ^ uint64(b[i])) * 1099511628211
	}
	return h
}

// common returns how many shingles are in both.
func (s Shingles) common(o Shingles) int {
	n := 0
	for i, j := 0, 0; i < len(s) && j < len(o); {
		switch {
		case s[i] < o[j]:
			i++
		case s[i] > o[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// Alike returns which share of all the shingles of both is common to them, from 0 to 1 (Jaccard).
func (s Shingles) Alike(o Shingles) float64 {
	if len(s) == 0 || len(o) == 0 {
		return 0
	}
	n := s.common(o)
	return float64(n) / float64(len(s)+len(o)-n)
}

// Contained returns which share of the shorter text's shingles the longer one has too, from 0 to 1.
func (s Shingles) Contained(o Shingles) float64 {
	if len(s) == 0 || len(o) == 0 {
		return 0
	}
	return float64(s.common(o)) / float64(min(len(s), len(o)))
}

// minContained is how many shingles the shorter text needs before being contained means anything: everybody
// writes "đề nghị xem xét".
const minContained = 8

// LikelyDuplicate suggests that two texts are about the same matter. It is for a person to decide: another citizen's
// copy of the same form letter is alike too, and has a right to an answer of its own. Never merge by it.
func (s Shingles) LikelyDuplicate(o Shingles) bool {
	return s.Alike(o) >= 0.6 || min(len(s), len(o)) >= minContained && s.Contained(o) >= 0.8
}

// Similar returns how alike two texts are, from 0 to 1. To compare one text with many, keep its ShinglesOf.
func Similar(a, b string) float64 { return ShinglesOf(a).Alike(ShinglesOf(b)) }

// LikelyDuplicate suggests that two texts are about the same matter; see Shingles.LikelyDuplicate.
func LikelyDuplicate(a, b string) bool { return ShinglesOf(a).LikelyDuplicate(ShinglesOf(b)) }
