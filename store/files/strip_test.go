package files

import (
	"bytes"
	"encoding/base64"
	"errors"
	"image"
	"image/gif"
	"testing"
)

func same(t *testing.T, name string, before, after []byte) {
	t.Helper()
	a, _, err := image.Decode(bytes.NewReader(before))
	if err != nil {
		t.Fatal(name, err)
	}
	b, _, err := image.Decode(bytes.NewReader(after))
	if err != nil {
		t.Fatalf("%s, stripped: %v", name, err)
	}
	if a.Bounds() != b.Bounds() {
		t.Fatalf("%s: %v became %v", name, a.Bounds(), b.Bounds())
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				t.Fatalf("%s: pixel %d,%d differs", name, x, y)
			}
		}
	}
}

func TestStripTakesOutEverythingButThePicture(t *testing.T) {
	t.Parallel()
	for mime, b := range map[string][]byte{
		"image/jpeg": dirtyJPEG(t, 6), "image/png": dirtyPNG(t, 6), "image/gif": dirtyGIF(t), "image/webp": dirtyWebP(t, 6),
	} {
		out, err := Strip(mime, b)
		if err != nil {
			t.Errorf("%s: %v", mime, err)
			continue
		}
		for _, trace := range []string{secret, "GPS", "Nguoi", "PK\x03\x04", "XMP", "MPF"} {
			if bytes.Contains(out, []byte(trace)) {
				t.Errorf("%s still holds %q", mime, trace)
			}
		}
		if mime != "image/webp" {
			same(t, mime, b, out)
		}
		again, err := Strip(mime, out)
		if err != nil || !bytes.Equal(again, out) {
			t.Errorf("%s: stripped twice is another file: %v", mime, err)
		}
		if k, err := Inspect(bytes.NewReader(out), int64(len(out)), ""); err != nil || k.MIME != mime {
			t.Errorf("%s became %v, %v", mime, k, err)
		}
	}
}

func TestStripKeepsTheOrientation(t *testing.T) {
	t.Parallel()
	for o := uint16(1); o <= 8; o++ {
		for mime, b := range map[string][]byte{"image/jpeg": dirtyJPEG(t, o), "image/png": dirtyPNG(t, o), "image/webp": dirtyWebP(t, o)} {
			out, err := Strip(mime, b)
			if err != nil {
				t.Fatal(mime, err)
			}
			if found := bytes.Count(out, tiff(o)); o == 1 && found != 0 || o > 1 && found != 1 {
				t.Errorf("%s, orientation %d: %d blocks", mime, o, found)
			}
		}
	}
	if got := orientation(tiff(8)); got != 8 {
		t.Errorf("orientation %d", got)
	}
}

func TestStripKeepsAnAnimation(t *testing.T) {
	t.Parallel()
	out, err := Strip("image/gif", dirtyGIF(t))
	if err != nil {
		t.Fatal(err)
	}
	g, err := gif.DecodeAll(bytes.NewReader(out))
	if err != nil || len(g.Image) != 2 || g.Delay[0] != 7 || g.Delay[1] != 9 {
		t.Errorf("%v, %v", g, err)
	}
	if !bytes.Contains(out, []byte("NETSCAPE2.0")) {
		t.Error("it loops no more")
	}
}

func TestStripWebPLeavesThePictureAsItIs(t *testing.T) {
	t.Parallel()
	small, err := base64.StdEncoding.DecodeString(smallWebP)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := Strip("image/webp", small); err != nil || !bytes.Equal(out, small) {
		t.Errorf("%x, %v", out, err)
	}
	out, err := Strip("image/webp", dirtyWebP(t, 1))
	if err != nil || !bytes.Contains(out, small[12:]) || out[20] != 0 {
		t.Errorf("%x, %v", out, err)
	}
}

func TestStripOfACutJPEGEndsIt(t *testing.T) {
	t.Parallel()
	b := dirtyJPEG(t, 1)
	scan := bytes.Index(b, []byte{0xFF, 0xDA})
	out, err := Strip("image/jpeg", b[:scan+60])
	if err != nil || !bytes.HasSuffix(out, []byte{0xFF, 0xD9}) || bytes.Contains(out, []byte("GPS")) {
		t.Errorf("%v", err)
	}
}

func TestOnlyKnownKindsAreStripped(t *testing.T) {
	t.Parallel()
	for _, mime := range []string{"application/pdf", "image/heic", "video/mp4", "audio/ogg", "application/msword", ""} {
		if CanStrip(mime) {
			t.Errorf("%s can be stripped", mime)
		}
		if _, err := Strip(mime, []byte("x")); !errors.Is(err, ErrHidden) {
			t.Errorf("%s: %v", mime, err)
		}
	}
	for mime := range strippers {
		if k, ok := byMIME(mime); !ok || k.MIME != mime {
			t.Errorf("%s is no kind that is taken", mime)
		}
	}
}

func FuzzStrip(f *testing.F) {
	for _, b := range [][]byte{dirtyJPEG(f, 3), dirtyPNG(f, 3), dirtyGIF(f), dirtyWebP(f, 3)} {
		f.Add(b)
		for _, cut := range []int{1, 2, 3, 11, 13, 30, 41} {
			f.Add(b[:len(b)/cut])
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for mime := range strippers {
			out, err := Strip(mime, b)
			if err != nil {
				continue
			}
			if again, err := Strip(mime, out); err != nil || !bytes.Equal(out, again) {
				t.Fatalf("%s: stripping isn't done once: %v", mime, err)
			}
		}
	})
}
