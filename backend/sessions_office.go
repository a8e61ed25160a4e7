package backend

import (
	"net/http"
	"strings"
	"time"

	"tiepdan"
)

// sessionsAhead is how far the list of coming receptions looks.
const sessionsAhead = 400 * 24 * time.Hour

// receptionsPage is what sessions.html shows.
type receptionsPage struct {
	Rows  []tiepdan.Session
	Past  bool
	Edits bool
}

// showSessions lists the coming receptions of citizens, or those of the last three months.
func (s *Server) showSessions(w http.ResponseWriter, r *http.Request) error {
	today := tiepdan.DateOf(s.Now()).Time()
	from, to := today, today.Add(sessionsAhead)
	p := receptionsPage{Past: r.FormValue("view") == "past", Edits: who(r).Role.MayEnter(tiepdan.IntakeArea)}
	if p.Past {
		from, to = today.AddDate(0, -3, 0), today
	}
	var err error
	if p.Rows, err = s.Store.Sessions(r.Context(), from, to); err != nil {
		return err
	}
	return s.render(w, r, "sessions", p)
}

// receptionPage is what session.html shows: one reception, or a new one.
type receptionPage struct {
	Session tiepdan.Session
	Form    form
}

func (s *Server) showNewSession(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	next := rules.Calendar.Next(tiepdan.DateOf(s.Now()).Add(1))
	f := filled("day", next.String(), "from", "08:00", "until", "11:30", "place", rules.Office.Address)
	return s.render(w, r, "session", receptionPage{Form: f})
}

func (s *Server) reception(r *http.Request) (tiepdan.Session, error) {
	if r.PathValue("id") == "" {
		return tiepdan.Session{}, nil
	}
	id, err := pathID(r, "session.none")
	if err != nil {
		return tiepdan.Session{}, err
	}
	return s.Store.Session(r.Context(), id)
}

func (s *Server) showSession(w http.ResponseWriter, r *http.Request) error {
	d, err := s.reception(r)
	if err != nil {
		return err
	}
	clock := func(t time.Time) string { return t.In(tiepdan.Hanoi).Format("15:04") }
	f := filled("day", tiepdan.DateOf(d.Starts).String(), "from", clock(d.Starts), "until", clock(d.Ends), "place", d.Place,
		"presides", d.Presides, "attends", d.Attends, "focus", d.Focus, "periodic", mark1(d.Kind == tiepdan.Periodic), "cancelled", mark1(d.Cancelled()), "note", d.Note)
	return s.render(w, r, "session", receptionPage{d, f})
}

func (s *Server) saveSession(w http.ResponseWriter, r *http.Request) error {
	before, err := s.reception(r)
	if err != nil {
		return err
	}
	d, err := readSession(r, before.ID)
	if err == nil {
		_, err = s.Store.SaveSession(r.Context(), who(r).Actor(), d)
	}
	if err != nil {
		return s.again(w, r, err, "session", func(f form) (any, error) { return receptionPage{before, f}, nil })
	}
	said := "sessions.saved"
	if d.Cancelled() && !before.Cancelled() {
		said = "sessions.cancelled_now"
	}
	return s.done(w, r, said, "/sessions")
}

// readSession reads the form. One that is cancelled says why: citizens ask.
func readSession(r *http.Request, id int64) (tiepdan.Session, error) {
	on := day(r, "day")
	from, err := clockOf(r.PostFormValue("from"))
	until, err2 := clockOf(r.PostFormValue("until"))
	if on.IsZero() || err != nil || err2 != nil {
		return tiepdan.Session{}, incomplete("page.sessions.when_wrong")
	}
	d := tiepdan.Session{ID: id, Starts: on.At(from), Ends: on.At(until), Place: oneLine(r, "place"), Presides: oneLine(r, "presides"),
		Attends: tiepdan.Clean(r.PostFormValue("attends")), Focus: tiepdan.Clean(r.PostFormValue("focus")),
		Note: tiepdan.Clean(r.PostFormValue("note")), Kind: tiepdan.Regular, Status: tiepdan.SessionPublished, Published: time.Now()}
	if ticked(r, "periodic") {
		d.Kind = tiepdan.Periodic
	}
	if ticked(r, "cancelled") {
		d.Status = tiepdan.SessionCancelled
	}
	if d.Place == "" || d.Presides == "" {
		return d, incomplete("page.sessions.incomplete")
	}
	if d.Cancelled() && d.Note == "" {
		return d, incomplete("page.sessions.why_cancelled")
	}
	return d, nil
}

// clockOf reads an hour as 08:00, in minutes after midnight.
func clockOf(s string) (int, error) {
	t, err := time.Parse("15:04", strings.TrimSpace(s))
	return t.Hour()*60 + t.Minute(), err
}
