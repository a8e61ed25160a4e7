package backend

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rsc.io/qr"

	"tiepdan"
)

// publicSessionPage is what schedule_session.html shows: one session.
type publicSessionPage struct {
	sessionCard
	Code    qrCode // leads to the booking; else to this page
	Address string // of this page
	Chat    string
}

// publicSession is the one that the address names. A draft isn't there, and neither
// is what can't be a token: the address is anybody's to write.
func (s *Server) publicSession(r *http.Request) (tiepdan.Session, error) {
	none := &tiepdan.Error{Code: tiepdan.NotFound, Key: "session.none"}
	token := r.PathValue("token")
	if !utf8.ValidString(token) || strings.ContainsRune(token, 0) {
		return tiepdan.Session{}, none
	}
	d, err := s.Store.SessionByToken(r.Context(), token)
	if err == nil && !d.Public() {
		err = none
	}
	return d, err
}

func (s *Server) showPublicSession(w http.ResponseWriter, r *http.Request) error {
	d, err := s.publicSession(r)
	if err != nil {
		return err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	p := publicSessionPage{sessionCard: s.card(d, rules), Address: s.sessionAddress(d), Chat: s.chatLink()}
	if p.Code, err = newQR(s.sessionLink(d)); err != nil {
		return err
	}
	return s.renderOpen(w, r, "schedule_session", http.StatusOK, p)
}

// sessionAddress is the session's own page.
func (s *Server) sessionAddress(d tiepdan.Session) string {
	return s.PublicURL + "/schedule/" + d.Token
}

// sessionLink is where a session's QR code leads: to the booking in the chat, or
// to its page where there is no place to book.
func (s *Server) sessionLink(d tiepdan.Session) string {
	if bot := s.BotName(); bot != "" && d.Places > 0 && !d.Cancelled() {
		return "https://t.me/" + bot + "?start=book_" + d.Token
	}
	return s.sessionAddress(d)
}

// sendSessionQR is the code as a picture, for posters.
func (s *Server) sendSessionQR(w http.ResponseWriter, r *http.Request) error {
	d, err := s.publicSession(r)
	if err != nil || unchanged(w, r, []tiepdan.Session{d}, s.sessionLink(d)) {
		return err
	}
	code, err := qr.Encode(s.sessionLink(d), qr.M)
	if err != nil {
		return fmt.Errorf("backend: qr: %w", err)
	}
	code.Scale = 16
	w.Header().Set("Content-Type", "image/png")
	_, err = w.Write(code.PNG())
	return err
}

// sendSessionCalendar is one session for a calendar app.
func (s *Server) sendSessionCalendar(w http.ResponseWriter, r *http.Request) error {
	d, err := s.publicSession(r)
	if err != nil || unchanged(w, r, []tiepdan.Session{d}, "") {
		return err
	}
	name, mime, data, err := s.Papers.Print(r.Context(), tiepdan.Actor{}, "session_ics", d.ID, url.Values{"lang": {string(s.language(r))}})
	return send(w, name, mime, data, err)
}

// sendCalendar is the feed that calendar apps come back to: the window of the
// public schedule, by unit and kind where asked.
func (s *Server) sendCalendar(w http.ResponseWriter, r *http.Request) error {
	a, rules, today, err := s.scheduleAsked(r)
	if err != nil {
		return err
	}
	from, until := scheduleWindow(today)
	list, err := s.Store.PublicSessions(r.Context(), from.Time(), until.Time())
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "public, max-age=300")
	if unchanged(w, r, list, fmt.Sprint(a, from, rules.Office.Name)) {
		return nil
	}
	q := url.Values{"from": {from.String()}, "until": {until.String()}, "unit": {a.Unit}, "kind": {string(a.Kind)}, "lang": {string(s.language(r))}}
	name, mime, data, err := s.Papers.Print(r.Context(), tiepdan.Actor{}, "ics", 0, q)
	return send(w, name, mime, data, err)
}

// unchanged marks an answer by the sessions in it, and ends it where the reader
// holds that very one.
func unchanged(w http.ResponseWriter, r *http.Request, list []tiepdan.Session, more string) bool {
	var last time.Time
	mark := fnv.New64a()
	fmt.Fprint(mark, more, r.URL.Query().Get("lang"))
	for _, d := range list {
		if d.Changed.After(last) {
			last = d.Changed
		}
		fmt.Fprint(mark, " ", d.ID, d.Status, d.Sequence, d.Changed.UnixMicro())
	}
	if !last.IsZero() {
		w.Header().Set("Last-Modified", last.UTC().Format(http.TimeFormat))
	}
	if kept(w, r, strconv.FormatUint(mark.Sum64(), 36)) {
		return true
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	if r.Header.Get("If-None-Match") != "" || err != nil || last.Truncate(time.Second).After(since) {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

// sendSchedule is the period's schedule as a PDF, for the notice board.
func (s *Server) sendSchedule(w http.ResponseWriter, r *http.Request) error {
	a, rules, today, err := s.scheduleAsked(r)
	if err != nil {
		return err
	}
	list, err := s.Store.PublicSessions(r.Context(), a.From.Time(), a.Until.Time())
	if err != nil || unchanged(w, r, list, fmt.Sprint(a, today, rules.Office)) {
		return err
	}
	q := url.Values{"from": {a.From.String()}, "until": {a.Until.String()}, "unit": {a.Unit}, "kind": {string(a.Kind)}}
	name, mime, data, err := s.Papers.Print(r.Context(), tiepdan.Actor{}, "schedule", 0, q)
	return send(w, name, mime, data, err)
}
