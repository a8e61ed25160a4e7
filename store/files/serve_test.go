package files

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func serve(t *testing.T, s Store, d Download, head ...string) (*httptest.ResponseRecorder, error) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), "GET", "/", nil)
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	err := Serve(w, r, s, d)
	return w, err
}

func TestServe(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		obj, err := s.Put(t.Context(), strings.NewReader("0123456789"), 10)
		if err != nil {
			t.Fatal(err)
		}
		d := Download{SHA256: obj.SHA256, MIME: "application/pdf", Name: "Đơn khiếu nại.pdf", Show: true}
		w, err := serve(t, s, d)
		if err != nil || w.Code != http.StatusOK || w.Body.String() != "0123456789" {
			t.Fatalf("%s: %d %q, %v", name, w.Code, w.Body, err)
		}
		for head, want := range map[string]string{
			"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Content-Length": "10",
			"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-cache",
			"Content-Disposition": `attachment; filename="__n khi_u n_i.pdf"; filename*=UTF-8''%C4%90%C6%A1n%20khi%E1%BA%BFu%20n%E1%BA%A1i.pdf`,
		} {
			if got := w.Header().Get(head); got != want {
				t.Errorf("%s: %s: %s", name, head, got)
			}
		}
		if w, err := serve(t, s, d, "Range", "bytes=2-4"); err != nil || w.Code != http.StatusPartialContent || w.Body.String() != "234" {
			t.Errorf("%s: a part: %d %q, %v", name, w.Code, w.Body, err)
		}
		if w, err := serve(t, s, d, "If-None-Match", `"`+obj.SHA256+`"`); err != nil || w.Code != http.StatusNotModified {
			t.Errorf("%s: again: %d, %v", name, w.Code, err)
		}
		d.Secret = true
		if w, _ := serve(t, s, d); w.Header().Get("Cache-Control") != "private, no-store" || w.Header().Get("ETag") != "" {
			t.Errorf("%s: secret: %v", name, w.Header())
		}
	}
}

func TestServeShowsOnlyPictures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mime string
		show bool
		want string
	}{
		{"image/jpeg", true, "inline"}, {"image/jpeg", false, "attachment"}, {"application/pdf", true, "attachment"},
		{"text/html", true, "attachment"}, {"image/svg+xml", true, "attachment"}, {"", true, "attachment"},
	} {
		k, ok := byMIME(c.mime)
		if !ok {
			k = Kind{MIME: "application/octet-stream", Ext: ".bin"}
		}
		if got := disposition(k, Download{Show: c.show}); !strings.HasPrefix(got, c.want+";") {
			t.Errorf("%s: %s", c.mime, got)
		}
	}
}

func TestServeReportsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		w, err := serve(t, s, Download{SHA256: strings.Repeat("0", 64)})
		if !errors.Is(err, ErrNotFound) || w.Body.Len() != 0 || len(w.Header()) != 0 {
			t.Errorf("%s: missing: %v, %v", name, err, w.Header())
		}
		obj, err := s.Put(t.Context(), strings.NewReader("0123456789"), 10)
		if err != nil {
			t.Fatal(err)
		}
		s.damage(t, obj.SHA256, []byte("0123456780"))
		if w, err := serve(t, s, Download{SHA256: obj.SHA256}); !errors.Is(err, ErrCorrupt) || w.Body.Len() == 10 {
			t.Errorf("%s: damaged: %q, %v", name, w.Body, err)
		}
	}
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	pdf, _ := byMIME("application/pdf")
	jpg, _ := byMIME("image/jpeg")
	for _, c := range []struct {
		name string
		kind Kind
		want string
	}{
		{"", pdf, "file.pdf"}, {".", pdf, "file.pdf"}, {"/", pdf, "file.pdf"}, {"..", pdf, "file.pdf"},
		{"../../etc/passwd", pdf, "passwd.pdf"}, {`C:\x\đơn.pdf`, pdf, "đơn.pdf"},
		{"a.PDF", pdf, "a.pdf"}, {"a.jpeg", jpg, "a.jpg"}, {"anh.heic", jpg, "anh.heic.jpg"},
		{"a\"; filename=x.exe", pdf, "a_; filename=x.exe.pdf"}, {"a\r\nSet-Cookie: x", pdf, "aSet-Cookie_ x.pdf"},
		{"gpj\u202e.exe", pdf, "gpj.exe.pdf"}, {strings.Repeat("ệ", 300), pdf, strings.Repeat("ệ", 100) + ".pdf"}, {"a\xff", pdf, "a.pdf"},
	} {
		got := fileName(c.name, c.kind)
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
		_, params, err := mime.ParseMediaType(disposition(c.kind, Download{Name: c.name}))
		if err != nil || params["filename"] != c.want {
			t.Errorf("%q is read as %q, %v", c.name, params["filename"], err)
		}
	}
}

func TestTake(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		photo, pdf := dirtyJPEG(t, 6), []byte("%PDF-1.7\n1 0 obj")
		got, err := Take(t.Context(), s, photo, "a.jpg", Rules{Max: 1 << 20})
		if err != nil || got.Kept.Size != int64(len(photo)) || got.Shared == got.Kept {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		shared, err := read(t, s, got.Shared.SHA256)
		if err != nil || strings.Contains(shared, secret) {
			t.Errorf("%s: what is shared tells: %v", name, err)
		}
		if got, err := Take(t.Context(), s, pdf, "a.pdf", Rules{Max: 1 << 20}); err != nil || got.Shared != got.Kept {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if _, err := Take(t.Context(), s, pdf, "a.pdf", Rules{Max: 3}); !errors.Is(err, ErrTooBig) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTakeStripOnlyKeepsNoOriginal(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		rules := Rules{Max: 1 << 20, StripOnly: true}
		photo := dirtyJPEG(t, 3)
		got, err := Take(t.Context(), s, photo, "a.jpg", rules)
		if err != nil || got.Kept != (Object{}) || got.Shared.Size == 0 {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		original := sha256.Sum256(photo)
		if _, err := s.Open(t.Context(), hex.EncodeToString(original[:])); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: the original is kept: %v", name, err)
		}
		all, err := Take(t.Context(), s, photo, "", Rules{Max: 1 << 20})
		if err != nil || all.Shared != got.Shared {
			t.Errorf("%s: %+v, %v", name, all, err)
		}
		for what, b := range map[string][]byte{"a PDF": []byte("%PDF-1.7\n"), "a film": ftyp("isom"), "a document": docx(t)} {
			if _, err := Take(t.Context(), s, b, "", rules); !errors.Is(err, ErrHidden) {
				t.Errorf("%s: %s: %v", name, what, err)
			}
		}
	}
}
