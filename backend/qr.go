package backend

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// qrCode is a QR code as a path to draw: a strict policy lets a page show no
// picture from within itself, and one from an address would put what the code
// holds into that address.
type qrCode struct {
	Side int // in modules, with the quiet zone
	Path string
}

// quiet is the white border that readers need, in modules (ISO/IEC 18004).
const quiet = 4

func newQR(text string) (qrCode, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return qrCode{}, fmt.Errorf("backend: qr: %w", err)
	}
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	return qrCode{Side: code.Size + 2*quiet, Path: b.String()}, nil
}
