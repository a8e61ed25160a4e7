package backend

import (
	"net/http"
	"net/url"
	"strings"
)

// sendPrint makes a paper of the reception for whoever has signed in, and sends it.
func (s *Server) sendPrint(w http.ResponseWriter, r *http.Request, what string, id int64, q url.Values) error {
	name, mime, data, err := s.Papers.Print(r.Context(), who(r).Actor(), what, id, q)
	return send(w, name, mime, data, err)
}

// send writes a paper; a PDF opens in the browser, anything else is saved.
func send(w http.ResponseWriter, name, mime string, data []byte, err error) error {
	if err != nil {
		return err
	}
	how := "attachment"
	if mime == "application/pdf" || strings.HasPrefix(mime, "text/calendar") || strings.HasPrefix(mime, "image/") {
		how = "inline"
	}
	if mime == "text/calendar" {
		mime += "; charset=utf-8"
	}
	w.Header().Set("Content-Type", mime)
	w.Header().Set("Content-Disposition", disposition(how, name))
	_, err = w.Write(data)
	return err
}
