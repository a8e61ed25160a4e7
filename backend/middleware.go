package backend

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"

	"tiepdan"
)

type contextKey int

const (
	requestKey contextKey = iota
	staffKey
)

// identified gives each request an id, which its log line and its error page show.
func (s *Server) identified(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()[:12]
		w.Header().Set("X-Request-Id", id)
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey, id)))
	})
}

func requestID(r *http.Request) string {
	id, _ := r.Context().Value(requestKey).(string)
	return id
}

// secured sets what keeps a page from being framed, sniffed or fed foreign script.
func secured(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("X-Frame-Options", "DENY")
		head.Set("Referrer-Policy", "same-origin")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Cache-Control", "no-store")
		h.ServeHTTP(w, r)
	})
}

// maxForm is the largest form that a page takes, files included.
const maxForm = 64 << 20

// guard lets a request through to its route when the person may use it. Who has
// not signed in is sent to do so, and comes back.
func (s *Server) guard(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		staff, err := s.signedIn(r)
		r = r.WithContext(context.WithValue(r.Context(), staffKey, staff))
		if err == nil && staff.ID == 0 && !rt.Public {
			s.askToSignIn(w, r)
			return
		}
		if err == nil {
			err = admit(rt, staff, w, r)
		}
		if err == nil {
			err = rt.Handle(w, r)
		}
		s.answer(w, r, rt, err)
	})
}

// admit checks the role, and only then reads what was sent.
func admit(rt route, staff tiepdan.Staff, w http.ResponseWriter, r *http.Request) error {
	if !rt.Public && !slices.Contains(rt.Roles, staff.Role) {
		return &tiepdan.Error{Code: tiepdan.Forbidden, Key: "page.error.not_your_page"}
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	var err error
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.ParseMultipartForm(1 << 20)
	} else {
		err = r.ParseForm()
	}
	if _, big := errors.AsType[*http.MaxBytesError](err); big {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.error.too_big"}
	}
	if err != nil {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.error.bad_form"}
	}
	return nil
}

// askToSignIn sends a browser to the sign-in page. A part of a page that asks in
// the background makes the whole page load anew instead.
func (s *Server) askToSignIn(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("HX-Request") != "" {
		w.Header().Set("HX-Refresh", "true")
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if words := typedInVain(w, r); words != "" && s.showTyped(w, r, words) {
		return
	}
	http.Redirect(w, r, signInFor(r), http.StatusSeeOther)
}

// maxTyped is how much of a form is read of somebody who hasn't signed in.
const maxTyped = 1 << 20

// typedInVain is what was written in a form while the sign-in ran out.
func typedInVain(w http.ResponseWriter, r *http.Request) string {
	if mode := r.Header.Get("Sec-Fetch-Mode"); r.Method != http.MethodPost || mode != "" && mode != "navigate" {
		return "" // what a page's own script sends stays in that page
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxTyped)
	if err := r.ParseMultipartForm(maxTyped); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return ""
	}
	return typed(r)
}

// showTyped gives it back, with the way to sign in.
func (s *Server) showTyped(w http.ResponseWriter, r *http.Request, words string) bool {
	p := errorPage{Title: "error.title_signed_out", Said: s.explain(r, incomplete("page.error.signed_out")), Request: requestID(r), Back: signInFor(r), SignIn: true, Typed: words}
	return s.renderStatus(w, r, "error", http.StatusUnauthorized, p) == nil
}

// who returns the member of staff who made the request.
func who(r *http.Request) tiepdan.Staff {
	staff, _ := r.Context().Value(staffKey).(tiepdan.Staff)
	return staff
}
