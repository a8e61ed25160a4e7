package paper

import (
	"encoding/binary"
	"sync"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
)

// family has the metrics of Times New Roman, the letter that Decree 30/2020 asks
// for, and all Vietnamese letters.
const family = "Liberation Serif"

var faces = map[string][]byte{
	"":   liberationserifregular.TTF,
	"B":  liberationserifbold.TTF,
	"I":  liberationserifitalic.TTF,
	"BI": liberationserifbolditalic.TTF,
}

func addFonts(pdf *fpdf.Fpdf) {
	for _, style := range []string{"", "B", "I", "BI"} {
		pdf.AddUTF8FontFromBytes(family, style, faces[style])
	}
}

// coverage is the set of runes that all four faces can draw.
var coverage = sync.OnceValue(func() map[rune]bool {
	count := map[rune]int{}
	for _, ttf := range faces {
		for _, r := range runesOf(ttf) {
			count[r]++
		}
	}
	known := map[rune]bool{}
	for r, n := range count {
		known[r] = n == len(faces)
	}
	return known
})

// runesOf lists the runes of a TrueType font by its Unicode table of format 4,
// the one that the PDF library reads too.
func runesOf(ttf []byte) []rune {
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(ttf[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(ttf[at:])) }
	cmap := 0
	for i := range u16(4) {
		if at := 12 + 16*i; string(ttf[at:at+4]) == "cmap" {
			cmap = u32(at + 8)
		}
	}
	var rs []rune
	for i := range u16(cmap + 2) {
		rec := cmap + 4 + 8*i
		table := cmap + u32(rec+4)
		if u16(rec) != 3 || u16(rec+2) != 1 || u16(table) != 4 {
			continue
		}
		n := u16(table+6) / 2 // segments: ends, a pad, starts, deltas, offsets
		for k := range n {
			end, start := u16(table+14+2*k), u16(table+16+2*n+2*k)
			delta, off := u16(table+16+4*n+2*k), table+16+6*n+2*k
			for c := start; c <= end && c < 0xFFFF; c++ {
				glyph := c
				if o := u16(off); o != 0 {
					if glyph = u16(off + o + 2*(c-start)); glyph == 0 {
						continue
					}
				}
				if (glyph+delta)&0xFFFF != 0 {
					rs = append(rs, rune(c))
				}
			}
		}
	}
	return rs
}
