package files

import (
	"bytes"
	"encoding/binary"
)

var (
	// By RFC 9649: a file's chunks, and those within a frame of an animation.
	webpKept  = map[string]bool{"VP8X": true, "VP8 ": true, "VP8L": true, "ALPH": true, "ICCP": true, "ANIM": true, "ANMF": true}
	frameKept = map[string]bool{"VP8 ": true, "VP8L": true, "ALPH": true}
)

// The bits of VP8X that tell of chunks which are taken out.
const (
	webpEXIF = 0x08
	webpXMP  = 0x04
)

// stripWebP copies the chunks that make the picture, and keeps the orientation.
func stripWebP(b []byte) ([]byte, error) {
	if len(b) < 12 || string(b[:4]) != "RIFF" || string(b[8:12]) != "WEBP" {
		return nil, errDamaged
	}
	size := int64(binary.LittleEndian.Uint32(b[4:])) + 8
	if size > int64(len(b)) || size < 12 {
		return nil, errDamaged
	}
	turned := uint16(1)
	body, err := riff(b[12:size], webpKept, func(name string, data []byte) []byte {
		switch name {
		case "EXIF":
			turned = orientation(bytes.TrimPrefix(data, exifID))
		case "ANMF":
			return stripFrame(data)
		}
		return data
	})
	if err != nil || len(body) < 8 {
		return nil, errDamaged
	}
	if string(body[:4]) == "VP8X" && len(body) > 8 {
		body[8] &^= webpEXIF | webpXMP
		if turned != 1 {
			body[8] |= webpEXIF
			body = appendRIFF(body, "EXIF", tiff(turned))
		}
	}
	out := append([]byte("RIFF"), 0, 0, 0, 0)
	out = append(append(out, "WEBP"...), body...)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out, nil
}

// stripFrame keeps a frame's head and the chunks of its picture.
func stripFrame(data []byte) []byte {
	const head = 16
	if len(data) < head {
		return nil
	}
	body, err := riff(data[head:], frameKept, func(_ string, data []byte) []byte { return data })
	if err != nil {
		return nil
	}
	return append(bytes.Clone(data[:head]), body...)
}

// riff copies the chunks of b that are kept, each as edit returns it; edit sees all.
func riff(b []byte, kept map[string]bool, edit func(string, []byte) []byte) ([]byte, error) {
	var out []byte
	for len(b) >= 8 {
		name, n := string(b[:4]), int64(binary.LittleEndian.Uint32(b[4:]))
		if n+8 > int64(len(b)) {
			return nil, errDamaged
		}
		data := edit(name, b[8:8+n])
		if kept[name] {
			out = appendRIFF(out, name, data)
		}
		b = b[min(int64(len(b)), 8+n+n%2):]
	}
	return out, nil
}

func appendRIFF(out []byte, name string, data []byte) []byte {
	out = binary.LittleEndian.AppendUint32(append(out, name...), uint32(len(data)))
	out = append(out, data...)
	if len(data)%2 == 1 {
		out = append(out, 0)
	}
	return out
}
