package files

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"strings"
	"testing"
)

func zipped(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for _, n := range names {
		w, err := zw.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = w.Write([]byte("<x/>")); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func docx(t testing.TB, more ...string) []byte {
	return zipped(t, append([]string{"[Content_Types].xml", "_rels/.rels", "word/document.xml"}, more...)...)
}

func xlsx(t testing.TB, more ...string) []byte {
	return zipped(t, append([]string{"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"}, more...)...)
}

// odt has its kind as its first entry, stored and not compressed.
func odt(t testing.TB, more ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	const kind = "application/vnd.oasis.opendocument.text"
	w, err := zw.CreateRaw(&zip.FileHeader{
		Name: "mimetype", CRC32: crc32.ChecksumIEEE([]byte(kind)),
		CompressedSize64: uint64(len(kind)), UncompressedSize64: uint64(len(kind)),
	})
	if err == nil {
		_, err = w.Write([]byte(kind))
	}
	for _, n := range append([]string{"content.xml"}, more...) {
		if err == nil {
			_, err = zw.Create(n)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ole is the head of an old office document and the names in its directory.
func ole(streams ...string) []byte {
	b := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 70000)...)
	for _, s := range streams {
		b = append(b, utf16(s)...)
	}
	return b
}

// mp3 has a tag of n bytes before its first frame.
func mp3(n int) []byte {
	b := append([]byte("ID3\x04\x00\x00"), byte(n>>21), byte(n>>14&0x7F), byte(n>>7&0x7F), byte(n&0x7F))
	b = append(b, make([]byte, n)...)
	return append(append(b, 0xFF, 0xFB, 0x90, 0x64), make([]byte, 413)...)
}

// ftyp is the head of an ISO media file, with the size of a picture.
func ftyp(brand string) []byte {
	b := binary.BigEndian.AppendUint32(nil, 24)
	b = append(b, "ftyp"+brand+"\x00\x00\x00\x00"+brand+"isom"...)
	b = binary.BigEndian.AppendUint32(b, 28)
	b = append(b, "ispe\x00\x00\x00\x00"...)
	b = binary.BigEndian.AppendUint32(b, 4000)
	return append(binary.BigEndian.AppendUint32(b, 3000), make([]byte, 8)...)
}

func TestInspectTakes(t *testing.T) {
	t.Parallel()
	ogg := append([]byte("OggS\x00\x02"), make([]byte, 22)...)
	ogg = append(ogg, "OpusHead\x01\x01"...)
	for _, c := range []struct {
		name, mime string
		class      Class
		b          []byte
	}{
		{"", "image/jpeg", Photo, dirtyJPEG(t, 6)},
		{"IMG_0001.JPG", "image/jpeg", Photo, dirtyJPEG(t, 6)},
		{"anh.heic", "image/jpeg", Photo, dirtyJPEG(t, 6)}, // phones name them so
		{"a.png", "image/png", Photo, dirtyPNG(t, 6)},
		{"a.gif", "image/gif", Photo, dirtyGIF(t)},
		{"a.webp", "image/webp", Photo, dirtyWebP(t, 6)},
		{"a.heic", "image/heic", Photo, ftyp("heic")},
		{"Đơn số 12.2026", "application/pdf", Document, []byte("%PDF-1.7\n1 0 obj")},
		{"đơn.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Document, docx(t)},
		{"bảng.XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Document, xlsx(t)},
		{"đơn.odt", "application/vnd.oasis.opendocument.text", Document, odt(t)},
		{"đơn.doc", "application/msword", Document, ole("Root Entry", "WordDocument")},
		{"bảng.xls", "application/vnd.ms-excel", Document, ole("Root Entry", "Workbook")},
		{"ghi chú.txt", "text/plain", Document, []byte("Kính gửi Ủy ban nhân dân phường")},
		{"danh sách.txt", "text/plain", Document, []byte("a,b,c\n1,2,3\n4,5,6\n")},
		{"voice.oga", "audio/ogg", Audio, ogg},
		{"a.mp3", "audio/mpeg", Audio, mp3(0)},
		{"with a cover.mp3", "audio/mpeg", Audio, mp3(100 << 7)},
		{"a.m4a", "audio/mp4", Audio, ftyp("M4A ")},
		{"a.mp4", "video/mp4", Video, ftyp("isom")},
		{"ghi âm.m4a", "video/mp4", Video, ftyp("isom")}, // recorders do that
		{"a.MOV", "video/quicktime", Video, ftyp("qt  ")},
		{"a.3gp", "video/3gpp", Video, ftyp("3gp4")},
	} {
		k, err := Inspect(bytes.NewReader(c.b), int64(len(c.b)), c.name)
		if err != nil || k.MIME != c.mime || k.Class != c.class || !strings.HasPrefix(k.Ext, ".") {
			t.Errorf("%q: %v, %v, want %s", c.name, k, err, c.mime)
		}
	}
}

func TestInspectRefuses(t *testing.T) {
	t.Parallel()
	pdf := []byte("%PDF-1.7\n1 0 obj")
	for _, c := range []struct {
		what, name string
		reason     Reason
		b          []byte
	}{
		{"nothing", "a.pdf", Empty, nil},
		{"a programme", "a.pdf", Type, append([]byte("MZ"), make([]byte, 200)...)},
		{"a Linux programme", "a", Type, append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 200)...)},
		{"a page", "a.txt", Type, []byte("<!DOCTYPE html><script>alert(1)</script>")},
		{"a drawing that runs", "a.png", Type, []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`)},
		{"a script", "a.txt", Type, []byte("#!/bin/sh\nrm -rf /\n")},
		{"a batch file", "a.bat", Extension, []byte("del everything")},
		{"a programme's name", "đơn.pdf.exe", Extension, pdf},
		{"a page's name", "đơn.html", Extension, pdf},
		{"a name with dots behind", "đơn.exe. .", Extension, pdf},
		{"another document's name", "đơn.docx", Extension, pdf},
		{"a photo's name", "đơn.jpg", Extension, pdf},
		{"an archive", "a.zip", Archive, zipped(t, "a.txt")},
		{"an archive as a document", "a.docx", Archive, zipped(t, "a.txt")},
		{"a packed archive", "a.gz", Archive, []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03")},
		{"macros renamed", "a.docx", Macro, docx(t, "word/vbaProject.bin")},
		{"macros in a sheet", "a.xlsx", Macro, xlsx(t, "xl/macrosheets/sheet1.xml")},
		{"controls", "a.docx", Macro, docx(t, "word/activeX/activeX1.xml")},
		{"macros of LibreOffice", "a.odt", Macro, odt(t, "Basic/Standard/Module1.xml")},
		{"macros of old Word", "a.doc", Macro, ole("WordDocument", "_VBA_PROJECT")},
		{"another old container", "a.msi", Type, ole("Root Entry", "Property")},
		{"a large picture", "a.png", Dimensions, pngBomb(12000, 12000)},
		{"a long picture", "a.png", Dimensions, pngBomb(40000, 1)},
		{"no picture", "a.png", Damaged, pngHead},
		{"no JPEG", "a.jpg", Damaged, []byte("\xff\xd8\xff\xe0\x00\x10JFIF")},
		{"bytes in a text", "a.txt", Type, append(bytes.Repeat([]byte("chữ "), 2000), 0, 1)},
		{"a cut document", "a.docx", Damaged, docx(t)[:200]},
	} {
		_, err := Inspect(bytes.NewReader(c.b), int64(len(c.b)), c.name)
		var r *Refusal
		if !errors.As(err, &r) || r.Reason != c.reason {
			t.Errorf("%s: %v, want %s", c.what, err, c.reason)
		}
	}
}

func TestAPhonesLargestPhotoIsTaken(t *testing.T) {
	t.Parallel()
	b := pngBomb(12000, 9000)
	if _, err := Inspect(bytes.NewReader(b), int64(len(b)), ""); err != nil {
		t.Error(err)
	}
}

func TestRefusalsByClass(t *testing.T) {
	t.Parallel()
	for reason, class := range map[Reason]error{
		TooBig: ErrTooBig, Empty: ErrEmpty, Dimensions: ErrImageDimensions, Hidden: ErrHidden,
		Type: ErrTypeRefused, Extension: ErrTypeRefused, Archive: ErrTypeRefused, Macro: ErrTypeRefused, Damaged: ErrTypeRefused,
	} {
		for _, other := range []error{ErrTooBig, ErrEmpty, ErrImageDimensions, ErrHidden, ErrTypeRefused} {
			if got := errors.Is(&Refusal{Reason: reason}, other); got != (other == class) {
				t.Errorf("%s is %v: %v", reason, other, got)
			}
		}
	}
}

func FuzzInspect(f *testing.F) {
	for _, b := range [][]byte{dirtyJPEG(f, 3), dirtyPNG(f, 3), dirtyGIF(f), dirtyWebP(f, 3), ftyp("heic"), docx(f), odt(f), ole("WordDocument")} {
		f.Add(b, "a.jpg")
	}
	f.Fuzz(func(t *testing.T, b []byte, name string) {
		k, err := Inspect(bytes.NewReader(b), int64(len(b)), name)
		var r *Refusal
		if err != nil && !errors.As(err, &r) {
			t.Fatal(err)
		}
		if _, ok := byMIME(k.MIME); err == nil && !ok {
			t.Fatalf("%v is on no list", k)
		}
	})
}
