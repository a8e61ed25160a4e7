package backend

import (
	"net/http"
	"net/url"

	"tiepdan"
)

// bookingPage is what desk_book.html shows: the form for a caller, or the place
// that they were given.
type bookingPage struct {
	Session tiepdan.Session
	Path    string
	Form    form
	Ref     string
	Given   *placeRow
	Rows    []placeRow
}

func (s *Server) bookingPage(r *http.Request, d tiepdan.Session, f form) (bookingPage, error) {
	p := bookingPage{Session: d, Path: deskPath(d.ID), Form: f, Ref: newRef()}
	if ref := f.Value("ref"); ref != "" {
		p.Ref = ref
	}
	places, err := s.Store.Appointments(r.Context(), who(r).Actor(), d.ID)
	for _, a := range places {
		row := newPlaceRow(d, a, s.Now())
		if a.ID == number(r, "given") {
			p.Given = &row
		}
		if a.Status == tiepdan.Booked || a.Status == tiepdan.OnWaitingList {
			p.Rows = append(p.Rows, row)
		}
	}
	return p, err
}

func (s *Server) showBooking(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	p, err := s.bookingPage(r, d, form{Values: url.Values{}})
	if err != nil {
		return err
	}
	return s.render(w, r, "desk_book", p)
}

// bookPlace gives a caller a place, or one on the waiting list.
func (s *Server) bookPlace(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	b, err := s.booking(r, d.ID)
	if err == nil {
		b.Wait = ticked(r, "wait")
		var v tiepdan.Visit
		if v, err = s.Store.Book(r.Context(), b); err == nil {
			http.Redirect(w, r, deskPath(d.ID)+"/book?given="+decimal(v.Appointment.ID), http.StatusSeeOther)
			return nil
		}
	}
	return s.again(w, r, err, "desk_book", func(f form) (any, error) { return s.bookingPage(r, d, f) })
}

// sendSlip prints the slip of an appointment of the session.
func (s *Server) sendSlip(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	a, err := s.placeOf(r, d.ID)
	if err != nil {
		return err
	}
	return s.sendPrint(w, r, "slip", a.ID, nil)
}

// printOf prints a paper of the session that the address names.
func (s *Server) printOf(what string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		d, err := s.deskSession(r)
		if err != nil {
			return err
		}
		return s.sendPrint(w, r, what, d.ID, nil)
	}
}
