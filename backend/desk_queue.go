package backend

import (
	"crypto/rand"
	"net/http"
	"strings"

	"tiepdan"
)

// newRef names a form, so that what is sent twice is one deed.
func newRef() string { return rand.Text() }

// refOf is the name that a form bears.
func refOf(r *http.Request) (string, error) {
	ref := r.PostFormValue("ref")
	if !draftForm.MatchString(ref) {
		return "", &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.error.bad_form"}
	}
	return ref, nil
}

// deskAgain shows the desk with what couldn't be done. Asked in the background it
// is an answer like any: a part that came with an error would not be shown.
func (s *Server) deskAgain(w http.ResponseWriter, r *http.Request, d tiepdan.Session, err error, change func(p *deskPage, f form)) error {
	f, status, err := s.mend(r, err)
	if err != nil {
		return err
	}
	p, err := s.deskPage(r, d)
	if err != nil {
		return err
	}
	p.Said = f.Said
	if change != nil {
		change(&p, f)
	}
	if p.Part {
		status = http.StatusOK
	}
	return s.renderStatus(w, r, "desk", status, p)
}

// checkIn finds who came by what was scanned or typed. One who answers to it is
// checked in; of several, the person at the desk chooses.
func (s *Server) checkIn(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	typed := strings.TrimSpace(r.PostFormValue("who"))
	places, err := s.Store.Appointments(r.Context(), who(r).Actor(), d.ID)
	if err != nil {
		return err
	}
	found := findPlaces(places, typed)
	if len(found) == 1 {
		if _, err = s.Store.CheckIn(r.Context(), who(r).Actor(), found[0].ID, s.Now()); err == nil {
			return s.done(w, r, "day.checked_in", deskPath(d.ID))
		}
	} else {
		err = s.notFound(r, typed, len(found))
	}
	return s.deskAgain(w, r, d, err, func(p *deskPage, _ form) {
		p.Typed = typed
		for _, a := range found {
			p.Found = append(p.Found, newPlaceRow(d, a, s.Now()))
		}
	})
}

// notFound says why nobody was checked in: nothing was typed, several answer to
// it, nobody does, or the slip is of another session.
func (s *Server) notFound(r *http.Request, typed string, found int) error {
	switch {
	case typed == "":
		return incomplete("page.day.nothing_typed")
	case found > 1:
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: "page.day.several", Args: map[string]any{"N": found}}
	case scanned(typed):
		for _, token := range tokensIn(typed) {
			v, err := s.Store.VisitByToken(r.Context(), token)
			if err == nil {
				return &tiepdan.Error{Code: tiepdan.Conflict, Key: "page.day.other_session", Args: map[string]any{"Starts": v.At.Starts, "Place": v.At.Place}}
			}
			if tiepdan.CodeOf(err) != tiepdan.NotFound {
				return err
			}
		}
		return incomplete("page.day.slip_unknown")
	}
	return incomplete("page.day.nobody")
}

// walkIn adds somebody who came without an appointment; with "now" they are
// received at once.
func (s *Server) walkIn(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	b, err := s.booking(r, d.ID)
	if err == nil {
		var a tiepdan.Appointment
		if a, err = s.Store.WalkIn(r.Context(), b.Actor, b, s.Now()); err == nil && r.PostFormValue("now") != "" {
			return s.callTo(w, r, d, a.ID)
		}
	}
	if err != nil {
		return s.deskAgain(w, r, d, err, func(p *deskPage, f form) {
			p.Walk, p.WalkRef = f, f.Value("ref")
		})
	}
	return s.done(w, r, "day.walked_in", deskPath(d.ID))
}

// booking reads whom a place is asked for.
func (s *Server) booking(r *http.Request, session int64) (tiepdan.Booking, error) {
	ref, err := refOf(r)
	b := tiepdan.Booking{Session: session, Ref: ref, Name: r.PostFormValue("name"), Phone: r.PostFormValue("phone"),
		Purpose: r.PostFormValue("purpose"), Wait: true, Actor: who(r).Actor()}
	if code := strings.TrimSpace(r.PostFormValue("case")); err == nil && code != "" {
		var c tiepdan.Case
		c, err = s.caseNamed(r, code)
		b.Case = c.ID
	}
	if _, ok := tiepdan.Phone(b.Phone); err == nil && strings.TrimSpace(b.Phone) != "" && !ok {
		err = incomplete("petition.phone_form")
	}
	return b, err
}

// caseNamed is the case of a code that was typed, for who may see what is in it.
func (s *Server) caseNamed(r *http.Request, typed string) (tiepdan.Case, error) {
	unknown := incomplete("page.day.case_unknown")
	code, err := tiepdan.ParseCaseCode(typed)
	if err != nil {
		return tiepdan.Case{}, unknown
	}
	c, err := s.Store.CaseByCode(r.Context(), code)
	if tiepdan.CodeOf(err) == tiepdan.NotFound || err == nil && who(r).Actor().See(c) == tiepdan.Nothing {
		return tiepdan.Case{}, unknown
	}
	return c, err
}

// callNext calls who is next.
func (s *Server) callNext(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	a, err := s.Store.CallNext(r.Context(), who(r).Actor(), d.ID, s.Now())
	if err != nil {
		return s.deskAgain(w, r, d, err, nil)
	}
	return s.receiveHere(w, r, d, a)
}

func (s *Server) callTo(w http.ResponseWriter, r *http.Request, d tiepdan.Session, id int64) error {
	a, err := s.Store.Call(r.Context(), who(r).Actor(), id, s.Now())
	if err != nil {
		return s.deskAgain(w, r, d, err, nil)
	}
	return s.receiveHere(w, r, d, a)
}

// receiveHere makes a the one who is received at this desk.
func (s *Server) receiveHere(w http.ResponseWriter, r *http.Request, d tiepdan.Session, a tiepdan.Appointment) error {
	s.sessions.Put(r.Context(), deskKey(d.ID), a.ID)
	http.Redirect(w, r, deskPath(d.ID)+"?at="+decimal(a.ID), http.StatusSeeOther)
	return nil
}

// moveInQueue does to one appointment what a button says.
func (s *Server) moveInQueue(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	a, err := s.placeOf(r, d.ID)
	if err != nil {
		return err
	}
	by, now, said := who(r).Actor(), s.Now(), ""
	switch r.PostFormValue("do") {
	case "call":
		return s.callTo(w, r, d, a.ID)
	case "arrive":
		said = "day.checked_in"
		_, err = s.Store.CheckIn(r.Context(), by, a.ID, now)
	case "back":
		said = "day.went_back"
		err = s.Store.BackInQueue(r.Context(), by, a.ID)
	case "miss":
		said = "day.missed"
		err = s.Store.MarkNoShow(r.Context(), by, a.ID, now)
	case "drop":
		said = "day.dropped"
		err = s.Store.DropAppointment(r.Context(), by, a.ID, now)
	default:
		err = incomplete("page.error.bad_form")
	}
	if err != nil {
		return s.deskAgain(w, r, d, err, nil)
	}
	return s.done(w, r, said, deskPath(d.ID))
}

// placeOf is the appointment that a form names, if it is this session's.
func (s *Server) placeOf(r *http.Request, session int64) (tiepdan.Appointment, error) {
	v, err := s.Store.Visit(r.Context(), who(r).Actor(), number(r, "appointment"))
	if err == nil && v.Session != session {
		err = &tiepdan.Error{Code: tiepdan.NotFound, Key: "booking.none"}
	}
	return v.Appointment, err
}
