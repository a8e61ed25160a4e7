package backend

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"time"

	"tiepdan"
)

// shown are the kinds that a browser may draw by itself; all others it saves.
var shown = []string{"image/jpeg", "image/png", "image/webp", "image/gif"}

// sendFile hands out a file of a case to who sees the case whole. The browser
// guesses nothing about it and runs nothing in it; of a sealed case it keeps no copy.
func (s *Server) sendFile(w http.ResponseWriter, r *http.Request) error {
	c, err := s.caseOfFile(r)
	if err != nil {
		return err
	}
	a, err := s.Store.CaseFile(r.Context(), who(r).Actor(), c.ID, r.PathValue("sha"))
	if err != nil {
		return err
	}
	return s.sendAttachment(w, r, a, c.Sealed())
}

// sendAttachment sends a file that the person may have.
func (s *Server) sendAttachment(w http.ResponseWriter, r *http.Request, a tiepdan.Attachment, secret bool) error {
	f, err := s.Files.Open(r.Context(), a.SHA256)
	if err != nil {
		return err
	}
	defer f.Close()
	how := "attachment"
	if slices.Contains(shown, a.MIME) && r.FormValue("save") == "" {
		how = "inline"
	}
	fileHead(w.Header(), how, a, secret)
	content, ok := f.(io.ReadSeeker)
	if !ok {
		w.Header().Set("Content-Length", strconv.FormatInt(a.Size, 10))
		_, err = io.Copy(w, f)
		return errors.Join(err, r.Context().Err())
	}
	http.ServeContent(w, r, "", time.Time{}, content)
	return nil
}

// caseOfFile finds the case; whether the person may have its files, CaseFile says,
// which records the look too.
func (s *Server) caseOfFile(r *http.Request) (tiepdan.Case, error) {
	code, err := tiepdan.ParseCaseCode(r.PathValue("code"))
	if err != nil {
		return tiepdan.Case{}, &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.case.unknown"}
	}
	return s.Store.CaseByCode(r.Context(), code)
}

func fileHead(head http.Header, how string, a tiepdan.Attachment, secret bool) {
	head.Set("Content-Type", a.MIME)
	head.Set("Content-Disposition", disposition(how, a.Name))
	head.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	head.Set("Cross-Origin-Resource-Policy", "same-origin")
	head.Set("Referrer-Policy", "no-referrer")
	head.Set("Cache-Control", "private, no-store")
	if !secret {
		// Each look is asked for anew, so that each can be checked.
		head.Set("Cache-Control", "private, no-cache")
		head.Set("ETag", `"`+a.SHA256+`"`)
	}
}

// disposition names a file in the header's own way, which knows any letter.
func disposition(how, name string) string {
	if d := mime.FormatMediaType(how, map[string]string{"filename": tiepdan.Clean(name)}); d != "" {
		return d
	}
	return how
}

// sendPaper makes one of the case's documents.
func (s *Server) sendPaper(w http.ResponseWriter, r *http.Request) error {
	c, err := s.caseAsked(r)
	if err != nil {
		return err
	}
	kind := r.PathValue("kind")
	if who(r).Actor().See(c) != tiepdan.Everything || !hasPaper(c, kind) {
		return &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.error.no_page"}
	}
	name, mime, data, err := s.Papers.Paper(r.Context(), kind, c.ID)
	return send(w, name, mime, data, err)
}
