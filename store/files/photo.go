package files

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image/gif"
	"image/png"
	"io"
)

// A picture's limits: the 108 million pixels of a phone pass, the 12,000 × 12,000
// of a PNG of 169 KB, which would take 576 MB to show, don't.
const (
	maxPixels = 110_000_000
	maxSide   = 30_000
)

var errDamaged = errors.New("files: damaged picture")

// checkPhoto reads a picture's dimensions from its head; nothing is decoded.
func checkPhoto(r io.ReaderAt, size int64, mime string) error {
	w, h, err := dimensions(r, size, mime)
	if err != nil {
		return err
	}
	if w <= 0 || h <= 0 {
		return errDamaged
	}
	if w > maxSide || h > maxSide || int64(w)*int64(h) > maxPixels {
		return &Refusal{Reason: Dimensions}
	}
	return nil
}

func dimensions(r io.ReaderAt, size int64, mime string) (w, h int, err error) {
	section := io.NewSectionReader(r, 0, size)
	switch mime {
	case "image/png":
		c, err := png.DecodeConfig(section)
		return c.Width, c.Height, err
	case "image/gif":
		c, err := gif.DecodeConfig(section)
		return c.Width, c.Height, err
	case "image/jpeg":
		return jpegSize(r, size)
	case "image/webp":
		return webpSize(r)
	}
	return heicSize(r, size)
}

// jpegSize walks the segments up to the frame header, by offsets, so that a large
// EXIF block costs nothing.
func jpegSize(r io.ReaderAt, size int64) (w, h int, err error) {
	var b [9]byte
	for at := int64(2); at+9 <= size; {
		if _, err := r.ReadAt(b[:], at); err != nil {
			return 0, 0, err
		}
		m := b[1]
		switch {
		case b[0] != 0xFF:
			return 0, 0, errDamaged
		case m == 0xFF:
			at++
			continue
		case m >= 0xC0 && m <= 0xCF && m != 0xC4 && m != 0xC8 && m != 0xCC:
			return int(binary.BigEndian.Uint16(b[7:])), int(binary.BigEndian.Uint16(b[5:])), nil
		case m == 0xDA || m == 0xD9:
			return 0, 0, errDamaged
		}
		n := int64(binary.BigEndian.Uint16(b[2:]))
		if n < 2 {
			return 0, 0, errDamaged
		}
		at += 2 + n
	}
	return 0, 0, errDamaged
}

// webpSize reads the first chunk, by RFC 9649.
func webpSize(r io.ReaderAt) (w, h int, err error) {
	var b [30]byte
	if _, err := r.ReadAt(b[:], 0); err != nil && err != io.EOF {
		return 0, 0, err
	}
	u24 := func(i int) int { return int(b[i]) | int(b[i+1])<<8 | int(b[i+2])<<16 }
	switch string(b[12:16]) {
	case "VP8X":
		return u24(24) + 1, u24(27) + 1, nil
	case "VP8L":
		v := binary.LittleEndian.Uint32(b[21:])
		return int(v&0x3FFF) + 1, int(v>>14&0x3FFF) + 1, nil
	case "VP8 ":
		return int(binary.LittleEndian.Uint16(b[26:]) & 0x3FFF), int(binary.LittleEndian.Uint16(b[28:]) & 0x3FFF), nil
	}
	return 0, 0, errDamaged
}

// heicSize takes the largest of the item sizes in the head; tiles are smaller.
func heicSize(r io.ReaderAt, size int64) (w, h int, err error) {
	head := make([]byte, min(size, 256<<10))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return 0, 0, err
	}
	for {
		i := bytes.Index(head, []byte("ispe"))
		if i < 0 || i+16 > len(head) {
			return w, h, nil
		}
		a := int(min(binary.BigEndian.Uint32(head[i+8:]), maxSide+1))
		b := int(min(binary.BigEndian.Uint32(head[i+12:]), maxSide+1))
		if int64(a)*int64(b) > int64(w)*int64(h) {
			w, h = a, b
		}
		head = head[i+16:]
	}
}
