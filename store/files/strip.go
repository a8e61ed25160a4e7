package files

import "encoding/binary"

// strippers take out of a file what may tell of its author: where and when it was
// taken, by which device, by whom, thumbnails and what is appended to it. They keep
// what is known to be harmless and drop the rest; pictures stay the same to the pixel.
//
// Other kinds have none. A PDF keeps earlier versions of itself, its pictures' EXIF
// and the names of who commented; an office document the names of who changed it, in
// many places; a film or a recording its place, and the voice. To blank the obvious
// field and pass on the others would be a promise that isn't kept, so where nothing
// may tell of the author the caller refuses those.
var strippers = map[string]func([]byte) ([]byte, error){
	"image/jpeg": stripJPEG,
	"image/png":  stripPNG,
	"image/webp": stripWebP,
	"image/gif":  stripGIF,
	"text/plain": func(b []byte) ([]byte, error) { return b, nil }, // is its words
}

// CanStrip tells whether Strip knows this kind. Where only stripped files may be
// kept, as with denunciations, a kind it doesn't know is refused.
func CanStrip(mime string) bool { return strippers[mime] != nil }

// Strip returns b without hidden data. It fails with ErrHidden for a kind that it
// doesn't know and with a Damaged refusal for what isn't such a file.
func Strip(mime string, b []byte) ([]byte, error) {
	strip := strippers[mime]
	if strip == nil {
		return nil, &Refusal{Reason: Hidden}
	}
	out, err := strip(b)
	if err != nil {
		return nil, &Refusal{Reason: Damaged}
	}
	return out, nil
}

// orientationTag is how a camera was held; without it pictures would lie on their side.
const orientationTag = 0x0112

// orientation reads a TIFF block; 1, upright, when it doesn't say.
func orientation(t []byte) uint16 {
	if len(t) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if t[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(t[4:]))
	if at+2 > int64(len(t)) {
		return 1
	}
	for n := order.Uint16(t[at:]); n > 0; n-- {
		e := at + 2 + 12*int64(n-1)
		if e+12 > int64(len(t)) {
			continue
		}
		if v := order.Uint16(t[e+8:]); order.Uint16(t[e:]) == orientationTag && v >= 1 && v <= 8 {
			return v
		}
	}
	return 1
}

// tiff is the smallest TIFF block, with nothing but an orientation.
func tiff(orientation uint16) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08")
	b = binary.BigEndian.AppendUint16(b, 1)
	b = binary.BigEndian.AppendUint16(b, orientationTag)
	b = binary.BigEndian.AppendUint16(b, 3) // a short
	b = binary.BigEndian.AppendUint32(b, 1)
	b = binary.BigEndian.AppendUint16(b, orientation)
	return append(b, 0, 0, 0, 0, 0, 0)
}
