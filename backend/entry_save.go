package backend

import (
	"cmp"
	"encoding/json"
	"html/template"
	"net/http"
	"strings"

	"tiepdan"
)

// writeEntry writes what was entered about the one who is received. The form's ref
// makes it one entry however often a slow network makes the browser send it.
func (s *Server) writeEntry(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	e, err := s.enter(r, d)
	if err == nil {
		return s.entered(w, r, deskPath(d.ID)+"?done="+decimal(e.ID))
	}
	if background(r) {
		return s.unsaid(w, r, err)
	}
	return s.deskAgain(w, r, d, err, func(p *deskPage, f form) {
		if p.Entry != nil {
			f.Said, p.Said = p.Said, ""
			p.Entry.Form, p.Entry.Ref = f, f.Value("ref")
		}
	})
}

// enter makes the entry of the form and writes it. A petition that is taken in is
// filed first: sent again, it is the same case.
func (s *Server) enter(r *http.Request, d tiepdan.Session) (tiepdan.Reception, error) {
	ref, err := refOf(r)
	if err != nil {
		return tiepdan.Reception{}, err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return tiepdan.Reception{}, err
	}
	now := s.Now()
	e := tiepdan.Reception{Ref: ref, Session: d.ID, On: tiepdan.DateOf(now), Began: now, Ended: now, Receiver: d.Receiver}
	a, err := s.placeOf(r, d.ID)
	if err != nil {
		return e, err
	}
	if e.Appointment, e.Case = a.ID, a.Case; !a.CalledAt.IsZero() {
		e.Began, e.On = a.CalledAt, tiepdan.DateOf(a.CalledAt)
	}
	if e, err = readEntry(r, rules, e); err == nil {
		e, err = s.caseOfEntry(r, rules, d, a, e)
	}
	if err != nil {
		return e, err
	}
	return s.Store.WriteReception(r.Context(), who(r).Actor(), e)
}

// caseOfEntry is caseOf for who is received at the desk. Nothing is filed of an
// entry that the book won't take: it would stay in the queue as somebody's second
// case. What was sent again the book knows by its ref.
func (s *Server) caseOfEntry(r *http.Request, rules *tiepdan.Rules, d tiepdan.Session, a tiepdan.Appointment, e tiepdan.Reception) (tiepdan.Reception, error) {
	switch {
	case d.Status != tiepdan.SessionOpen && d.Status != tiepdan.SessionHeld:
		return e, &tiepdan.Error{Code: tiepdan.Conflict, Key: "desk.not_open"}
	case a.Status == tiepdan.WasReceived || a.Status == tiepdan.AppointmentDropped:
		return e, nil
	}
	return s.caseOf(r, rules, e, a)
}

// caseOf ties an entry to its case: the one that a petition which is taken in
// becomes, or one that the form names. What is wrong with the entry is said before
// anything is filed. The petition is named after the appointment, so that two desks
// which enter the same person at once file one case.
func (s *Server) caseOf(r *http.Request, rules *tiepdan.Rules, e tiepdan.Reception, a tiepdan.Appointment) (tiepdan.Reception, error) {
	if _, err := e.Check(); err != nil {
		return e, err
	}
	if code := strings.TrimSpace(r.PostFormValue("case")); code != "" && e.Result != tiepdan.ResultTakenIn {
		c, err := s.caseNamed(r, code)
		e.Case, e.Secret = c.ID, e.Secret || c.Sealed()
		return e, err
	}
	if e.Result != tiepdan.ResultTakenIn {
		return e, nil
	}
	if e.Field == "" {
		return e, incomplete("petition.missing_field")
	}
	p, err := s.desk(r, rules, "reception:"+cmp.Or(a.Token, e.Ref), nil)
	if err != nil {
		return e, err
	}
	if p.Sealed() { // no case names them: the store covers in its words what the desk knows
		in := typedIn(r)
		p.Person = tiepdan.Person{Name: cmp.Or(in.line("name"), a.Name), Phone: cmp.Or(in.line("phone"), a.Phone)}
		if in.fault != nil {
			return e, in.fault
		}
	}
	c, _, err := s.Store.FileCase(r.Context(), p, tiepdan.Filing{Language: tiepdan.Vietnamese, By: who(r).Actor(), At: s.Now(), Channel: "desk"})
	e.Case = c.ID
	return e, err
}

// background reports whether a script of ours asks, which shows the answer itself.
func background(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Accept"), "application/json")
}

// verdict is what the desk's script is told about an entry.
type verdict struct {
	Where string        `json:"where,omitempty"` // saved: the page to go to
	At    string        `json:"at,omitempty"`    // … and when
	Said  template.HTML `json:"said,omitempty"`  // refused: why
}

func (s *Server) entered(w http.ResponseWriter, r *http.Request, where string) error {
	if !background(r) {
		http.Redirect(w, r, where, http.StatusSeeOther)
		return nil
	}
	return answerJSON(w, http.StatusOK, verdict{Where: where, At: s.Now().In(tiepdan.Hanoi).Format("15:04")})
}

// unsaid tells the script what a person must mend. What is ours to mend it isn't
// told: it keeps what was typed and sends it again.
func (s *Server) unsaid(w http.ResponseWriter, r *http.Request, err error) error {
	code := tiepdan.CodeOf(err)
	if code == tiepdan.Internal {
		return err
	}
	return answerJSON(w, statuses[code], verdict{Said: s.explain(r, err)})
}

func answerJSON(w http.ResponseWriter, status int, v any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	return json.NewEncoder(w).Encode(v)
}
