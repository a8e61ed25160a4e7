package main

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/store/files"
)

func keeping(t *testing.T) (keeper, *[]tiepdan.Attachment) {
	t.Helper()
	dir, err := files.NewDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var known []tiepdan.Attachment
	return keeper{files: dir, remember: func(_ context.Context, a tiepdan.Attachment) error {
		known = append(known, a)
		return nil
	}}, &known
}

// photo is a JPEG whose camera wrote a comment into it.
func photo(t *testing.T, comment string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	segment := append([]byte{0xff, 0xfe, 0, byte(2 + len(comment))}, comment...)
	return append(b.Bytes()[:2:2], append(segment, b.Bytes()[2:]...)...)
}

func TestWhatIsKeptOfAPhoto(t *testing.T) {
	t.Parallel()
	for _, sealed := range []bool{false, true} {
		k, known := keeping(t)
		a, refused, err := k.Keep(t.Context(), "nhà tôi.jpg", "", bytes.NewReader(photo(t, "may-anh-mau")), sealed)
		if err != nil || refused != "" || len(*known) != 1 {
			t.Fatalf("%q, %v", refused, err)
		}
		r, err := k.files.Open(t.Context(), a.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		r.Close()
		if err != nil || bytes.Contains(data, []byte("may-anh-mau")) || int64(len(data)) != a.Size {
			t.Errorf("sealed %v: the photo tells of its camera, %v", sealed, err)
		}
		if sealed == strings.Contains(a.Name, "nhà") {
			t.Errorf("sealed %v: it is called %q", sealed, a.Name)
		}
	}
}

func TestWhatIsNotTaken(t *testing.T) {
	t.Parallel()
	pdf := []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
	for _, x := range []struct {
		fact, name string
		data       []byte
		sealed     bool
		refused    string
	}{
		{"a programme", "anh.jpg", []byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"), false, "file.type"},
		{"nothing", "rong.txt", nil, false, "file.empty"},
		{"too much", "to.bin", make([]byte, maxFile+1), false, "file.too_big"},
		{"a denouncer's PDF, which may name them", "don.pdf", pdf, true, "file.hidden"},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			k, known := keeping(t)
			_, refused, err := k.Keep(t.Context(), x.name, "", bytes.NewReader(x.data), x.sealed)
			if err != nil || refused != x.refused || len(*known) != 0 {
				t.Errorf("refused by %q, %v; %d kept", refused, err, len(*known))
			}
		})
	}
}

func TestAScannerDecides(t *testing.T) {
	t.Parallel()
	down := errors.New("no answer")
	for _, x := range []struct {
		fact    string
		says    error
		refused string
		err     error
	}{
		{"what is clean is kept", nil, "", nil},
		{"what is infected is refused", errInfected, "file.infected", nil},
		{"while it is down nothing is taken, and it is tried again", down, "", down},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			k, known := keeping(t)
			k.scan = func(context.Context, io.Reader) error { return x.says }
			_, refused, err := k.Keep(t.Context(), "a.txt", "", strings.NewReader("Nội dung mẫu."), false)
			if refused != x.refused || !errors.Is(err, x.err) || (len(*known) == 1) != (x.says == nil) {
				t.Errorf("%q, %v, %d kept", refused, err, len(*known))
			}
		})
	}
}
