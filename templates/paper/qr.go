package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"rsc.io/qr"
)

// quiet is the white border that readers need, in modules, by ISO/IEC 18004.
const quiet = 4

// QR returns text as a PNG of whole pixels a module, some 500 pixels wide, with
// its quiet zone, to be sent in a chat.
func QR(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	side := code.Size + 2*quiet
	scale := max(4, 512/side)
	img := image.NewPaletted(image.Rect(0, 0, side*scale, side*scale), color.Palette{color.White, color.Black})
	for y := range side * scale {
		for x := range side * scale {
			if code.Black(x/scale-quiet, y/scale-quiet) {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(&b, img); err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return b.Bytes(), nil
}

// qr draws text as black rectangles, which print crisp at any size, on a white
// square that holds the quiet zone too.
func (s *sheet) qr(x, y, size float64, text string) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		if s.err == nil {
			s.err = err
		}
		return
	}
	s.pdf.SetFillColor(255, 255, 255)
	s.pdf.Rect(x, y, size, size, "F")
	s.pdf.SetFillColor(0, 0, 0)
	c := size / float64(code.Size+2*quiet)
	for j := range code.Size {
		for i := 0; i < code.Size; i++ {
			k := i
			for k < code.Size && code.Black(k, j) {
				k++
			}
			if k > i { // a little overlap: viewers show hairlines between rows
				s.pdf.Rect(x+float64(i+quiet)*c, y+float64(j+quiet)*c, float64(k-i)*c, c+0.02, "F")
				i = k
			}
		}
	}
}
