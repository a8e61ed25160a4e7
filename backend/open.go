package backend

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"tiepdan"
)

// Pages that anybody may read and keep a copy of. They are served before anybody
// asks who the reader is: no sign-in is read and no cookie set, and the address
// alone decides what is shown, the language too.

// openRoute is a route for anybody, the same for everybody.
func openRoute(pattern string, h handler) route {
	return route{Method: "GET", Pattern: pattern, Public: true, Open: true, Handle: h}
}

// open answers an open route.
func (s *Server) open(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lang := tiepdan.Language(r.URL.Query().Get("lang"))
		if lang != tiepdan.English {
			lang = tiepdan.Vietnamese
		}
		r = inLanguage(r, lang)
		err := r.ParseForm()
		if err != nil {
			err = &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.error.bad_form"}
		} else {
			err = rt.Handle(w, r)
		}
		s.answer(w, r, rt, err)
	})
}

// openFrame is what an open page gets around its own data.
type openFrame struct {
	frame
	Other string // the same page in the other language
}

// In is a path of ours in the page's language.
func (f openFrame) In(path string) string {
	if f.Lang != tiepdan.English {
		return path
	}
	bare, anchor, has := strings.Cut(path, "#")
	sep := "?"
	if strings.Contains(bare, "?") {
		sep = "&"
	}
	if bare += sep + "lang=en"; has {
		return bare + "#" + anchor
	}
	return bare
}

// otherLanguage is r's address in the other language.
func otherLanguage(r *http.Request, lang tiepdan.Language) string {
	q := url.Values{}
	for name, values := range r.URL.Query() {
		if name != "lang" {
			q[name] = values
		}
	}
	if lang == tiepdan.Vietnamese {
		q.Set("lang", string(tiepdan.English))
	}
	if len(q) == 0 {
		return r.URL.Path
	}
	return r.URL.Path + "?" + q.Encode()
}

// renderOpen writes an open page within its layout, or that the reader's copy is
// still good.
func (s *Server) renderOpen(w http.ResponseWriter, r *http.Request, name string, status int, data any) error {
	return s.renderIn("open_layout", w, r, name, status, data)
}

func (s *Server) renderIn(layout string, w http.ResponseWriter, r *http.Request, name string, status int, data any) error {
	lang := s.language(r)
	t, ok := s.pages[lang][name]
	if !ok {
		return fmt.Errorf("backend: no page %q", name)
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	f := openFrame{frame{Page: data, Name: name, Lang: lang, Office: rules.Office, Path: r.URL.RequestURI()}, otherLanguage(r, lang)}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, layout, f); err != nil {
		return fmt.Errorf("backend: page %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", string(lang))
	if status != http.StatusOK {
		w.WriteHeader(status)
		_, err = b.WriteTo(w)
		return err
	}
	sum := sha256.Sum256(b.Bytes())
	if kept(w, r, hex.EncodeToString(sum[:12])) {
		return nil
	}
	_, err = b.WriteTo(w)
	return err
}

// kept marks what is answered, and says so where the reader holds the very same.
// A copy is asked after each time, unless the handler allowed more: a session that
// is moved shows at once.
func kept(w http.ResponseWriter, r *http.Request, mark string) bool {
	head := w.Header()
	if head.Get("Cache-Control") == "no-store" {
		head.Set("Cache-Control", "public, no-cache")
	}
	tag := `"` + mark + `"`
	head.Set("ETag", tag)
	for have := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		if have = strings.TrimPrefix(strings.TrimSpace(have), "W/"); have == tag || have == "*" {
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	return false
}
