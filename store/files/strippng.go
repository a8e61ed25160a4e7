package files

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

var pngHead = []byte("\x89PNG\r\n\x1a\n")

// pngKept are the chunks of PNG (third edition) that make the picture; texts, times,
// EXIF and what programs add of their own are none of them.
var pngKept = map[string]bool{
	"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true,
	"gAMA": true, "cHRM": true, "sRGB": true, "iCCP": true, "sBIT": true, "cICP": true, "bKGD": true, "pHYs": true,
	"acTL": true, "fcTL": true, "fdAT": true,
}

// stripPNG copies those chunks, and keeps the orientation.
func stripPNG(b []byte) ([]byte, error) {
	if !bytes.HasPrefix(b, pngHead) {
		return nil, errDamaged
	}
	out := append(make([]byte, 0, len(b)), pngHead...)
	for rest := b[len(pngHead):]; ; {
		if len(rest) < 12 {
			return nil, errDamaged
		}
		n := int64(binary.BigEndian.Uint32(rest))
		if n+12 > int64(len(rest)) {
			return nil, errDamaged
		}
		name, body := string(rest[4:8]), rest[8:8+n]
		if crc32.ChecksumIEEE(rest[4:8+n]) != binary.BigEndian.Uint32(rest[8+n:]) {
			return nil, errDamaged
		}
		switch {
		case pngKept[name]:
			out = append(out, rest[:12+n]...)
		case name == "eXIf":
			if o := orientation(body); o != 1 {
				out = appendChunk(out, name, tiff(o))
			}
		}
		if name == "IEND" {
			return out, nil
		}
		rest = rest[12+n:]
	}
}

func appendChunk(out []byte, name string, body []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
	at := len(out)
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[at:]))
}
