package files

import (
	"bytes"
	"encoding/binary"
)

var (
	exifID = []byte("Exif\x00\x00")
	iccID  = []byte("ICC_PROFILE\x00")
	jfifID = []byte("JFIF\x00")
)

// stripJPEG copies the segments that make the picture, its colour profile and its
// orientation. A progressive picture has segments between its scans too.
func stripJPEG(b []byte) ([]byte, error) {
	if len(b) < 4 || b[0] != 0xFF || b[1] != 0xD8 {
		return nil, errDamaged
	}
	out := make([]byte, 2, len(b))
	copy(out, b)
	head := len(out) // where the orientation goes
	turned := uint16(1)
	scans := 0
	for i := 2; ; {
		m, seg, next, ok := segment(b, i)
		switch {
		case !ok && scans > 0: // cut off, as phones with a full card leave it
			return orient(append(out, 0xFF, 0xD9), head, turned), nil
		case !ok:
			return nil, errDamaged
		case m == 0xD9:
			return orient(append(out, 0xFF, 0xD9), head, turned), nil
		case m == 0xE1 && bytes.HasPrefix(seg, exifID):
			turned = orientation(seg[len(exifID):])
		case m == 0xE0 && bytes.HasPrefix(seg, jfifID) && len(seg) >= 14:
			out = appendSegment(out, m, append(bytes.Clone(seg[:12]), 0, 0)) // without its thumbnail
			head = len(out)
		case m == 0xE2 && bytes.HasPrefix(seg, iccID), m == 0xEE && bytes.HasPrefix(seg, []byte("Adobe")), pictureSegment(m):
			out = appendSegment(out, m, seg)
		}
		i = next
		if m == 0xDA {
			scans++
			end := scanEnd(b, i)
			out = append(out, b[i:end]...)
			i = end
		}
	}
}

// segment reads the marker at i and what belongs to it.
func segment(b []byte, i int) (marker byte, body []byte, next int, ok bool) {
	for i+1 < len(b) && b[i] == 0xFF && b[i+1] == 0xFF {
		i++
	}
	if i+2 > len(b) || b[i] != 0xFF {
		return 0, nil, 0, false
	}
	if b[i+1] == 0xD9 {
		return 0xD9, nil, i + 2, true
	}
	if i+4 > len(b) {
		return 0, nil, 0, false
	}
	n := int(binary.BigEndian.Uint16(b[i+2:]))
	if n < 2 || i+2+n > len(b) {
		return 0, nil, 0, false
	}
	return b[i+1], b[i+4 : i+2+n], i + 2 + n, true
}

func appendSegment(out []byte, m byte, body []byte) []byte {
	out = append(out, 0xFF, m)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(out, body...)
}

// pictureSegment: frames, tables, restart interval, number of lines, scans.
func pictureSegment(m byte) bool {
	return m >= 0xC0 && m <= 0xCF && m != 0xC8 || m >= 0xDA && m <= 0xDD
}

// scanEnd is where the scan that begins at i ends: at a marker that is neither a
// stuffed byte nor a restart.
func scanEnd(b []byte, i int) int {
	for ; i+1 < len(b); i++ {
		if b[i] == 0xFF && b[i+1] != 0 && b[i+1] != 0xFF && (b[i+1] < 0xD0 || b[i+1] > 0xD7) {
			return i
		}
	}
	return len(b)
}

// orient puts an EXIF segment with nothing but the orientation at head.
func orient(b []byte, head int, turned uint16) []byte {
	if turned == 1 {
		return b
	}
	seg := appendSegment(nil, 0xE1, append(bytes.Clone(exifID), tiff(turned)...))
	out := make([]byte, 0, len(b)+len(seg))
	out = append(out, b[:head]...)
	out = append(out, seg...)
	return append(out, b[head:]...)
}
