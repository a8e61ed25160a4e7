package backend

import (
	"net/http"

	"tiepdan"
)

// edited reads a session's form over what stands. The time of one that citizens
// know is for [Server.moveSession] to change: they are told why.
func (s *Server) edited(r *http.Request) (func(tiepdan.Session) (tiepdan.Session, error), error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return nil, err
	}
	heads, err := s.Store.Heads(r.Context())
	if err != nil {
		return nil, err
	}
	role := who(r).Role
	return func(d tiepdan.Session) (tiepdan.Session, error) {
		var err error
		if d.Status, err = d.After(tiepdan.EditSession, role); err != nil {
			return d, err
		}
		before := d.Place
		if !d.Public() && r.PostFormValue("day") != "" {
			if d.Starts, d.Ends, err = whenOf(r); err != nil {
				return d, err
			}
		}
		if d, err = readWho(r, d, rules, heads); err != nil {
			return d, err
		}
		if d.Public() && d.Place != before {
			return d, incomplete("page.sessions.place_moves")
		}
		return d, nil
	}, nil
}

func (s *Server) editSession(w http.ResponseWriter, r *http.Request) error {
	d, err := s.reception(r)
	if err != nil {
		return err
	}
	change, err := s.edited(r)
	if err == nil {
		_, err = s.Store.ChangeSession(r.Context(), who(r).Actor(), d.ID, change)
	}
	if err != nil {
		return s.again(w, r, err, "session", func(f form) (any, error) { return s.sessionPage(r, d, f) })
	}
	return s.done(w, r, "sessions.saved", "/sessions/"+decimal(d.ID))
}

// advanceSession confirms a session, or publishes it; what nobody confirmed yet,
// whoever publishes it confirms.
func (s *Server) advanceSession(w http.ResponseWriter, r *http.Request) error {
	d, err := s.reception(r)
	if err != nil {
		return err
	}
	steps, said := []tiepdan.SessionAction{tiepdan.ConfirmSession}, "sessions.confirmed"
	if r.PostFormValue("do") == string(tiepdan.PublishSession) {
		said = "sessions.published"
		if steps = append(steps, tiepdan.PublishSession); d.Status != tiepdan.SessionDraft {
			steps = steps[1:]
		}
	}
	role := who(r).Role
	_, err = s.Store.ChangeSession(r.Context(), who(r).Actor(), d.ID, func(d tiepdan.Session) (tiepdan.Session, error) {
		var err error
		for _, do := range steps {
			if d.Status, err = d.After(do, role); err != nil {
				return d, err
			}
		}
		return d, nil
	})
	if err != nil {
		return err
	}
	return s.done(w, r, said, "/sessions/"+decimal(d.ID))
}

// changePage is what session_move.html and session_cancel.html show: what is about
// to change, and how many people will be told.
type changePage struct {
	Session  tiepdan.Session
	Form     form
	Told     int // who hold a place, wait or watch
	Watchers int
	Off      tiepdan.Holiday
	IsOff    bool
}

func (s *Server) changePage(r *http.Request, d tiepdan.Session, f form) (changePage, error) {
	p := changePage{Session: d, Form: f}
	if d.Public() {
		var err error
		if p.Watchers, err = s.Store.Watchers(r.Context(), d.ID); err != nil {
			return p, err
		}
		p.Told = d.Taken + d.Waiting + p.Watchers
	}
	rules, err := s.Store.Rules(r.Context())
	if on := day(r, "day"); err == nil && !on.IsZero() {
		p.Off, p.IsOff = rules.Calendar.Why(on)
	}
	return p, err
}

// showChange shows the page of a change that role may make to the session now.
func (s *Server) showChange(w http.ResponseWriter, r *http.Request, do tiepdan.SessionAction, page string) error {
	d, err := s.reception(r)
	if err != nil {
		return err
	}
	if _, err := d.After(do, who(r).Role); err != nil {
		return err
	}
	p, err := s.changePage(r, d, sessionForm(d))
	if err != nil {
		return err
	}
	return s.render(w, r, page, p)
}

func (s *Server) showMove(w http.ResponseWriter, r *http.Request) error {
	return s.showChange(w, r, tiepdan.EditSession, "session_move")
}

func (s *Server) showCancel(w http.ResponseWriter, r *http.Request) error {
	return s.showChange(w, r, tiepdan.CancelSession, "session_cancel")
}

// moveSession gives a session another time or place, with a reason where citizens
// know of it. A day off is taken when it is meant.
func (s *Server) moveSession(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	return s.change(w, r, "session_move", func(d tiepdan.Session) (tiepdan.Session, error) {
		var err error
		if d.Status, err = d.After(tiepdan.EditSession, who(r).Role); err != nil {
			return d, err
		}
		if d.Starts, d.Ends, err = whenOf(r); err != nil {
			return d, err
		}
		in := typedIn(r)
		d.Place, d.Reason = in.line("place"), in.line("reason")
		switch {
		case in.fault != nil:
			return d, in.fault
		case d.Place == "":
			return d, incomplete("page.sessions.incomplete")
		case d.Reason == "" && d.Public():
			return d, incomplete("page.sessions.why_moved")
		case !d.Starts.After(s.Now()):
			return d, incomplete("page.sessions.past_day")
		case !rules.Calendar.Works(d.On()) && !ticked(r, "day_off"):
			return d, incomplete("page.sessions.on_day_off")
		}
		return d, nil
	})
}

func (s *Server) cancelSession(w http.ResponseWriter, r *http.Request) error {
	return s.change(w, r, "session_cancel", func(d tiepdan.Session) (tiepdan.Session, error) {
		var err error
		if d.Status, err = d.After(tiepdan.CancelSession, who(r).Role); err != nil {
			return d, err
		}
		in := typedIn(r)
		if d.Reason = in.line("reason"); d.Reason == "" {
			return d, incomplete("page.sessions.why_cancelled")
		}
		return d, in.fault
	})
}

// change makes a change that people are told of, and says how many.
func (s *Server) change(w http.ResponseWriter, r *http.Request, page string, change func(tiepdan.Session) (tiepdan.Session, error)) error {
	d, err := s.reception(r)
	if err != nil {
		return err
	}
	p, err := s.changePage(r, d, form{})
	if err != nil {
		return err
	}
	if _, err = s.Store.ChangeSession(r.Context(), who(r).Actor(), d.ID, change); err != nil {
		return s.again(w, r, err, page, func(f form) (any, error) { p.Form = f; return p, nil })
	}
	http.Redirect(w, r, "/sessions/"+decimal(d.ID)+"?told="+decimal(p.Told), http.StatusSeeOther)
	return nil
}
