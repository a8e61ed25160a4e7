package backend

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"time"

	"tiepdan"
)

// desksPage is what desks.html shows: the sessions of a day.
type desksPage struct {
	On           tiepdan.Date
	Before, Next tiepdan.Date
	Today        bool
	Sessions     []tiepdan.Session
}

// showDesks lists the day's sessions. Who opens the desk while the only one of
// today runs is taken there.
func (s *Server) showDesks(w http.ResponseWriter, r *http.Request) error {
	on, today := day(r, "day"), tiepdan.DateOf(s.Now())
	if on.IsZero() {
		on = today
	}
	all, err := s.Store.Sessions(r.Context(), on.Time(), on.Add(1).Time())
	if err != nil {
		return err
	}
	running := slices.DeleteFunc(slices.Clone(all), func(d tiepdan.Session) bool { return d.Status != tiepdan.SessionOpen })
	if len(all) == 1 && len(running) == 1 && r.URL.RawQuery == "" {
		http.Redirect(w, r, deskPath(all[0].ID), http.StatusSeeOther)
		return nil
	}
	return s.render(w, r, "desks", desksPage{On: on, Before: on.Add(-1), Next: on.Add(1), Today: on == today, Sessions: all})
}

func deskPath(session int64) string { return "/desk/" + decimal(session) }

// deskPage is what desk.html shows: left the queue, right who is being received.
type deskPage struct {
	Session  tiepdan.Session
	Path     string
	HeadName string
	Lines    deskLines
	Found    []placeRow // when several answer to what was typed
	Typed    string
	Mine     *placeRow // who is received at this desk
	Entry    *entryForm
	Done     *writtenEntry
	People   []attendee
	Units    []option
	Walk     form
	WalkRef  string
	Act      form          // of opening and closing
	Said     template.HTML // what couldn't be done
	Today    bool          // the session is on this day
	Part     bool          // asked for in the background: the flash is shown in the part
}

// Open reports whether people can be received.
func (p deskPage) Open() bool { return p.Session.Status == tiepdan.SessionOpen }

// Takes reports whether people can be checked in: before the session opens, too, on
// its day.
func (p deskPage) Takes() bool {
	ready := p.Session.Status == tiepdan.SessionConfirmed || p.Session.Status == tiepdan.SessionPublished
	return p.Open() || ready && p.Today
}

// Here is what can be done about somebody who waits in the house.
func (p deskPage) Here() []string {
	if p.Open() {
		return []string{"call", "miss"}
	}
	return []string{"miss"}
}

// deskSession is the session that the address names.
func (s *Server) deskSession(r *http.Request) (tiepdan.Session, error) {
	id, err := pathID(r, "session.none")
	if err != nil {
		return tiepdan.Session{}, err
	}
	return s.Store.Session(r.Context(), id)
}

func (s *Server) showDesk(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	p, err := s.deskPage(r, d)
	if err != nil {
		return err
	}
	return s.render(w, r, "desk", p)
}

func (s *Server) deskPage(r *http.Request, d tiepdan.Session) (deskPage, error) {
	p := deskPage{Session: d, Path: deskPath(d.ID), Part: r.Header.Get("HX-Request") != "", WalkRef: newRef(), Today: d.On() == tiepdan.DateOf(s.Now())}
	p.Act = filled("receiver", cmp.Or(d.Receiver, d.Presides), "in_person", mark1(d.InPerson || d.Receiver == "" && d.Head != 0 && !d.Delegated))
	places, err := s.Store.Appointments(r.Context(), who(r).Actor(), d.ID)
	if err != nil {
		return p, err
	}
	mine := s.atDesk(r, d.ID, places)
	p.Lines = newDeskLines(d, places, mine, s.Now())
	for _, a := range places {
		if a.ID == mine {
			row := newPlaceRow(d, a, s.Now())
			p.Mine = &row
		}
	}
	if err := s.fillAttendance(r, &p); err != nil {
		return p, err
	}
	if p.Mine != nil && p.Mine.Status == tiepdan.Called {
		p.Entry, err = s.newEntryForm(r, d, p.Mine.Appointment)
		return p, err
	}
	if done := number(r, "done"); done != 0 && r.Method == http.MethodGet {
		e, err := s.Store.Reception(r.Context(), who(r).Actor(), done)
		if err != nil || e.Session != d.ID {
			return p, err
		}
		p.Done, err = s.written(r, e)
		return p, err
	}
	return p, nil
}

// writtenEntry is an entry that was just written, with what the person takes along of
// the case that it led to.
type writtenEntry struct {
	tiepdan.Reception
	Path   string
	Papers []paperLink
}

func (s *Server) written(r *http.Request, e tiepdan.Reception) (*writtenEntry, error) {
	w := &writtenEntry{Reception: e}
	if e.CaseCode == "" {
		return w, nil
	}
	c, err := s.Store.CaseByCode(r.Context(), e.CaseCode)
	w.Path, w.Papers = casePath(e.CaseCode), papersHandedOver(c)
	return w, err
}

func deskKey(session int64) string { return "desk:" + decimal(session) }

// atDesk is the appointment of who is received at this desk: the one that the
// address names, or that was called from this browser last. Two desks of one
// session have one each.
func (s *Server) atDesk(r *http.Request, session int64, places []tiepdan.Appointment) int64 {
	at := number(r, "at")
	if at != 0 {
		s.sessions.Put(r.Context(), deskKey(session), at)
	} else {
		at = s.sessions.GetInt64(r.Context(), deskKey(session))
	}
	if slices.ContainsFunc(places, func(a tiepdan.Appointment) bool { return a.ID == at && a.Status == tiepdan.Called }) {
		return at
	}
	return 0
}

// placeRow is an appointment as the queue shows it.
type placeRow struct {
	tiepdan.Appointment
	Expected time.Time
	Late     bool // should have come by now
	Mine     bool // received at this desk
	Next     bool // would be called next
}

func newPlaceRow(d tiepdan.Session, a tiepdan.Appointment, now time.Time) placeRow {
	row := placeRow{Appointment: a}
	if a.Number != 0 && d.Places > 0 {
		row.Expected = d.Expected(a.Number)
		row.Late = a.Status == tiepdan.Booked && now.After(row.Expected)
	}
	return row
}

// deskLines are the appointments of a session, by what is to be done about them.
type deskLines struct {
	Called   []placeRow
	Here     []placeRow // arrived, the next first
	Coming   []placeRow
	Waiting  []placeRow
	Over     []placeRow
	Received int
	Missed   int
}

func newDeskLines(d tiepdan.Session, places []tiepdan.Appointment, mine int64, now time.Time) (l deskLines) {
	for _, a := range places {
		row := newPlaceRow(d, a, now)
		row.Mine = a.ID == mine
		switch a.Status {
		case tiepdan.Called:
			l.Called = append(l.Called, row)
		case tiepdan.Arrived:
			row.Next = len(l.Here) == 0
			l.Here = append(l.Here, row)
		case tiepdan.Booked:
			l.Coming = append(l.Coming, row)
		case tiepdan.OnWaitingList:
			l.Waiting = append(l.Waiting, row)
		default:
			l.Over = append(l.Over, row)
		}
		switch a.Status {
		case tiepdan.WasReceived:
			l.Received++
		case tiepdan.NoShow:
			l.Missed++
		}
	}
	return l
}

// Empty reports whether nobody is booked or came.
func (l deskLines) Empty() bool {
	return len(l.Called)+len(l.Here)+len(l.Coming)+len(l.Waiting)+len(l.Over) == 0
}
