package files

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// secret is in each hidden block of the sample pictures, and in no pixel.
const secret = "GPS 10.7769N 106.7009E; chup boi Nguoi Dan Mau 1"

func picture() *image.Paletted {
	m := image.NewPaletted(image.Rect(0, 0, 48, 32), color.Palette{color.White, color.Black, color.RGBA{200, 30, 30, 255}})
	for i := range m.Pix {
		m.Pix[i] = uint8(i * 7 / 5 % 3)
	}
	return m
}

// exif is a TIFF block with an orientation, and the secret in a description.
func exif(o uint16, order binary.AppendByteOrder) []byte {
	b := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		b = []byte("MM\x00*")
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	for _, e := range [][2]uint32{{0x010E<<16 | 2, uint32(len(secret))}, {orientationTag<<16 | 3, 1}} {
		b = order.AppendUint16(b, uint16(e[0]>>16))
		b = order.AppendUint16(b, uint16(e[0]))
		b = order.AppendUint32(b, e[1])
		if e[0]>>16 == orientationTag {
			b = order.AppendUint16(b, o)
			b = order.AppendUint16(b, 0)
		} else {
			b = order.AppendUint32(b, 38)
		}
	}
	b = order.AppendUint32(b, 0)
	return append(b, secret...)
}

// dirtyJPEG has the secret in every place that a JPEG has for one.
func dirtyJPEG(t testing.TB, o uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(), nil); err != nil {
		t.Fatal(err)
	}
	clean := b.Bytes()
	out := bytes.Clone(clean[:2])
	out = appendSegment(out, 0xE0, append([]byte("JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x01\x10"), secret...))
	out = appendSegment(out, 0xE0, []byte("JFXX\x00"+secret))
	out = appendSegment(out, 0xE1, append([]byte("Exif\x00\x00"), exif(o, binary.LittleEndian)...))
	out = appendSegment(out, 0xE1, []byte("http://ns.adobe.com/xap/1.0/\x00"+secret))
	out = appendSegment(out, 0xE2, []byte("MPF\x00"+secret))
	out = appendSegment(out, 0xED, []byte("Photoshop 3.0\x00"+secret))
	out = appendSegment(out, 0xFE, []byte(secret))
	out = append(out, clean[2:len(clean)-2]...)
	out = appendSegment(out, 0xFE, []byte("\xff\xd9"+secret)) // between scans
	out = append(out, 0xFF, 0xFF, 0xD9)
	return append(out, "PK\x03\x04"+secret...)
}

func dirtyPNG(t testing.TB, o uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture()); err != nil {
		t.Fatal(err)
	}
	clean := b.Bytes()
	out := bytes.Clone(clean[:33])
	for _, name := range []string{"tEXt", "iTXt", "zTXt", "tIME", "caBX", "prVt"} {
		out = appendChunk(out, name, []byte(secret))
	}
	out = appendChunk(out, "eXIf", exif(o, binary.BigEndian))
	return append(append(out, clean[33:]...), secret...)
}

func dirtyGIF(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	anim := &gif.GIF{Image: []*image.Paletted{picture(), picture()}, Delay: []int{7, 9}}
	if err := gif.EncodeAll(&b, anim); err != nil {
		t.Fatal(err)
	}
	clean := b.Bytes()
	at := 13 + table(clean[10])
	out := bytes.Clone(clean[:at])
	block := append([]byte{byte(len(secret))}, secret...)
	out = append(append(append(out, 0x21, 0xFE), block...), 0)
	out = append(append(append(out, 0x21, 0xFF, 11), "XMP DataXMP"...), append(block, 0)...)
	return append(append(out, clean[at:]...), secret...)
}

// smallWebP is one lossless pixel.
const smallWebP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="

func dirtyWebP(t testing.TB, o uint16) []byte {
	t.Helper()
	small, err := base64.StdEncoding.DecodeString(smallWebP)
	if err != nil {
		t.Fatal(err)
	}
	body := appendRIFF(nil, "VP8X", []byte{webpEXIF | webpXMP, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	body = append(body, small[12:]...)
	body = appendRIFF(body, "EXIF", exif(o, binary.LittleEndian))
	body = appendRIFF(body, "XMP ", []byte(secret))
	body = appendRIFF(body, "prVt", []byte(secret))
	out := append([]byte("RIFF"), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(out[4:], uint32(4+len(body)))
	return append(append(append(out, "WEBP"...), body...), secret...)
}

// pngBomb claims w × h and holds almost nothing.
func pngBomb(w, h uint32) []byte {
	body := binary.BigEndian.AppendUint32(nil, w)
	body = binary.BigEndian.AppendUint32(body, h)
	body = append(body, 8, 2, 0, 0, 0)
	out := appendChunk(bytes.Clone(pngHead), "IHDR", body)
	out = appendChunk(out, "IDAT", []byte{0x78, 0x9c, 3, 0, 0, 0, 0, 1})
	return appendChunk(out, "IEND", nil)
}

func TestSamplesAreValid(t *testing.T) {
	t.Parallel()
	for name, b := range map[string][]byte{"jpeg": dirtyJPEG(t, 6), "png": dirtyPNG(t, 6), "gif": dirtyGIF(t)} {
		if _, _, err := image.Decode(bytes.NewReader(b)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if crc32.ChecksumIEEE([]byte("IEND")) != 0xAE426082 {
		t.Error("the CRC is another one")
	}
}
