package tiepdan

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// A text's print is a small set of keys by which another that reads like it is found in an index: each band of
// the smallest of its shingles under several orders (MinHash), and its longest sentences whole. Two texts of
// which six tenths are common share a band in 98 of 100 cases, a text that stands in another one a sentence.
// The keys are stable and are kept; that they are shared says little, so [Shingles.LikelyDuplicate] decides.
const (
	printBands    = 16
	printRows     = 3
	printSaid     = 6 // sentences
	printSaidFrom = 8 // words of one that is kept: everybody writes "xin cảm ơn"
)

// PrintKeys returns the keys of a text, sorted, each once; none of a text without words.
func PrintKeys(text string) []int64 {
	s := ShinglesOf(text)
	if len(s) == 0 {
		return nil
	}
	keys := make([]int64, 0, printBands+printSaid)
	for band := range uint64(printBands) {
		key := mix(band)
		for row := range uint64(printRows) {
			key = mix(key ^ s.least(band*printRows+row))
		}
		keys = append(keys, int64(key))
	}
	for _, said := range longSentences(text) {
		keys = append(keys, int64(mix(hashWords(said, "said"))))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// least is the smallest of the shingles in the n-th order.
func (s Shingles) least(n uint64) uint64 {
	order, least := mix(n+1), uint64(math.MaxUint64)
	for _, x := range s {
		least = min(least, mix(x^order))
	}
	return least
}

// mix spreads a number over all numbers (SplitMix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// longSentences are the text's longest sentences, folded.
func longSentences(text string) (said []string) {
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?…;\n", r) }) {
		if sentence = Fold(sentence); strings.Count(sentence, " ") >= printSaidFrom-1 {
			said = append(said, sentence)
		}
	}
	slices.SortFunc(said, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	said = slices.Compact(said)
	return said[:min(len(said), printSaid)]
}
