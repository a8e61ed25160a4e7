package backend

import (
	"net/http"
	"time"

	"tiepdan"
)

// runSession opens, closes or resumes a session, or says who receives.
func (s *Server) runSession(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	do := tiepdan.SessionAction(r.PostFormValue("do"))
	said, known := map[tiepdan.SessionAction]string{tiepdan.OpenSession: "day.opened", tiepdan.CloseSession: "day.closed",
		tiepdan.ResumeSession: "day.resumed", "receiver": "day.receiver_saved"}[do]
	if !known {
		return incomplete("page.error.bad_form")
	}
	in, by, inPerson := typedIn(r), who(r).Actor(), ticked(r, "in_person")
	receiver := in.line("receiver")
	if err = in.fault; err == nil {
		_, err = s.Store.ChangeSession(r.Context(), by, d.ID, func(d tiepdan.Session) (tiepdan.Session, error) {
			return s.running(d, do, by.Role, receiver, inPerson)
		})
	}
	if err != nil {
		return s.deskAgain(w, r, d, err, func(p *deskPage, f form) { p.Act = f })
	}
	return s.done(w, r, said, deskPath(d.ID))
}

// running is the session after the action. Whoever opens it says who receives:
// only a head's own presence counts for their days.
func (s *Server) running(d tiepdan.Session, do tiepdan.SessionAction, role tiepdan.Role, receiver string, inPerson bool) (tiepdan.Session, error) {
	if do == "receiver" {
		if d.Status != tiepdan.SessionOpen && d.Status != tiepdan.SessionHeld {
			return d, &tiepdan.Error{Code: tiepdan.Conflict, Key: "session.not_now"}
		}
	} else {
		status, err := d.After(do, role)
		if err != nil {
			return d, err
		}
		d.Status = status
	}
	switch do {
	case tiepdan.OpenSession:
		d.Opened = s.Now()
	case tiepdan.CloseSession:
		d.Closed = s.Now()
		return d, nil
	case tiepdan.ResumeSession:
		d.Closed = time.Time{}
		return d, nil
	}
	if receiver == "" {
		return d, incomplete("page.day.receiver_missing")
	}
	d.Receiver, d.InPerson = receiver, inPerson && d.Head != 0
	return d, nil
}

// attendee is a line of who attends.
type attendee struct {
	tiepdan.Attendance
	UnitName string
	LateBy   int // minutes
	Form     form
}

// There is how many of those who attend have come.
func (p deskPage) There() (n int) {
	for _, a := range p.People {
		if !a.Came.IsZero() {
			n++
		}
	}
	return n
}

// fillAttendance tells a desk's page who attends.
func (s *Server) fillAttendance(r *http.Request, p *deskPage) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	p.Units = unitOptions(rules, nil, s.language(r))
	all, err := s.Store.Attendance(r.Context(), p.Session.ID)
	if err != nil {
		return err
	}
	for _, a := range all {
		row := attendee{Attendance: a, LateBy: int(a.Late(p.Session.Starts).Minutes())}
		if u, ok := rules.Unit(a.Unit); ok && u.Name != a.Who {
			row.UnitName = u.Name
		}
		row.Form = filled("came", hour(a.Came), "left", hour(a.Left), "absent", a.Absent)
		p.People = append(p.People, row)
	}
	if p.Session.Head == 0 {
		return nil
	}
	heads, err := s.Store.Heads(r.Context())
	for _, h := range heads {
		if h.ID == p.Session.Head {
			p.HeadName = h.Name
		}
	}
	return err
}

func hour(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(tiepdan.Hanoi).Format("15:04")
}

// noteAttendance records that somebody came, left, is absent, or came uncalled.
func (s *Server) noteAttendance(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	a, err := s.attendance(r, d)
	if err == nil {
		err = s.Store.SaveAttendance(r.Context(), who(r).Actor(), a)
	}
	if err != nil {
		return s.deskAgain(w, r, d, err, nil)
	}
	return s.done(w, r, "day.attendance_saved", deskPath(d.ID))
}

// attendance reads the form of one line; a new line is of one who came uncalled.
func (s *Server) attendance(r *http.Request, d tiepdan.Session) (tiepdan.Attendance, error) {
	id, in := number(r, "attendance"), typedIn(r)
	a := tiepdan.Attendance{Session: d.ID, Unit: number(r, "unit"), Who: in.line("who")}
	if in.fault != nil {
		return a, in.fault
	}
	if id == 0 && a.Unit != 0 {
		rules, err := s.Store.Rules(r.Context())
		if err != nil {
			return a, err
		}
		if err := unitThere(rules, a.Unit); err != nil {
			return a, err
		}
	}
	if id != 0 {
		all, err := s.Store.Attendance(r.Context(), d.ID)
		if err != nil {
			return a, err
		}
		a = tiepdan.Attendance{}
		for _, have := range all {
			if have.ID == id {
				a = have
			}
		}
		if a.ID == 0 {
			return a, &tiepdan.Error{Code: tiepdan.NotFound, Key: "attendance.none"}
		}
	}
	return s.noted(r, d, a)
}

// noted is the line after a button of it, or with the times as they were typed.
func (s *Server) noted(r *http.Request, d tiepdan.Session, a tiepdan.Attendance) (tiepdan.Attendance, error) {
	in, err := typedIn(r), error(nil)
	switch r.PostFormValue("do") {
	case "came":
		a.Came, a.Absent = s.Now(), ""
	case "left":
		a.Left = s.Now()
	case "add":
		a.Came = s.Now()
	default:
		if a.Absent = in.line("absent"); in.fault != nil {
			return a, in.fault
		}
		if a.Came, err = timeOn(d.On(), r.PostFormValue("came")); err == nil {
			a.Left, err = timeOn(d.On(), r.PostFormValue("left"))
		}
	}
	return a, err
}

// timeOn reads an hour of a day; none is no time.
func timeOn(on tiepdan.Date, typed string) (time.Time, error) {
	if typed == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse("15:04", typed)
	if err != nil {
		return t, incomplete("page.day.hour_wrong")
	}
	return on.At(t.Hour()*60 + t.Minute()), nil
}
