package files

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
)

// Download is a file to hand out.
type Download struct {
	SHA256 string
	MIME   string // as Inspect found it
	Name   string // as the citizen or officer named it; may be empty
	Secret bool   // no browser keeps a copy
	Show   bool   // in the browser, where the kind is safe there: pictures
}

// Serve answers r with a file of s. A browser never guesses its kind, runs nothing
// in it and, but for pictures that are to be shown, saves it. Parts can be asked for,
// as players do. An error after the answer began (ErrCorrupt among them) has cut the
// answer short; before that nothing is written, and the caller answers.
func Serve(w http.ResponseWriter, r *http.Request, s Store, d Download) error {
	f, err := s.Open(r.Context(), d.SHA256)
	if err != nil {
		return err
	}
	defer f.Close()
	content, ok := f.(io.ReadSeeker)
	if !ok {
		return errors.New("files: this store can't seek")
	}
	kind, known := byMIME(d.MIME)
	if !known {
		kind = Kind{MIME: "application/octet-stream", Ext: ".bin"}
	}
	head := w.Header()
	head.Set("Content-Type", contentType(kind.MIME))
	head.Set("Content-Disposition", disposition(kind, d))
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	head.Set("Cross-Origin-Resource-Policy", "same-origin")
	head.Set("Referrer-Policy", "no-referrer")
	// Each look is asked for anew, so that each can be checked and recorded.
	head.Set("Cache-Control", "private, no-cache")
	head.Set("ETag", `"`+d.SHA256+`"`)
	if d.Secret {
		head.Set("Cache-Control", "private, no-store")
		head.Del("ETag")
	}
	http.ServeContent(w, r, "", time.Time{}, content)
	if c, ok := f.(*checked); ok {
		return c.err
	}
	return nil
}

func contentType(mime string) string {
	if mime == "text/plain" {
		return "text/plain; charset=utf-8"
	}
	return mime
}

// shown are the kinds that a browser may draw by itself.
var shown = map[string]bool{"image/jpeg": true, "image/png": true, "image/webp": true, "image/gif": true}

// disposition names the file in both ways of RFC 6266.
func disposition(k Kind, d Download) string {
	how := "attachment"
	if d.Show && shown[k.MIME] {
		how = "inline"
	}
	name := fileName(d.Name, k)
	return fmt.Sprintf(`%s; filename="%s"; filename*=UTF-8''%s`, how, ascii(name), escaped(name))
}

// fileName is a name that no system takes amiss, with the extension of the content.
func fileName(name string, k Kind) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimLeft(strings.Map(printable, name), ". ")
	name = strings.TrimRight(name, ". ")
	if ext := path.Ext(name); k.named(strings.ToLower(ext)) {
		name = strings.TrimSuffix(name, ext)
	}
	if rs := []rune(name); len(rs) > 100 {
		name = string(rs[:100])
	}
	if strings.Trim(name, "_") == "" {
		name = "file"
	}
	return name + k.Ext
}

// printable takes out what moves text about, and what Windows forbids.
func printable(r rune) rune {
	switch {
	case r < 0x20 || r == 0x7F || r >= 0x80 && r < 0xA0 || r == '\uFFFD',
		r >= 0x200B && r <= 0x200F || r >= 0x2028 && r <= 0x202E || r >= 0x2060 && r <= 0x206F || r == 0xFEFF:
		return -1
	case strings.ContainsRune(`<>:"/\|?*`, r):
		return '_'
	}
	return r
}

func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x80 || r == '%' {
			return '_'
		}
		return r
	}, s)
}

// escaped is percent-encoding as RFC 8187 wants it.
func escaped(s string) string {
	s = url.QueryEscape(s)
	return strings.NewReplacer("+", "%20", "~", "%7E").Replace(s)
}
