package backend_test

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

// reception is a session of today, with places from an hour ago on; open says that
// the desk has begun.
func (s *site) reception(open bool) tiepdan.Session {
	s.t.Helper()
	lead := storetest.Staff(s.t, s.store, tiepdan.BoardHead, 0, true).Actor()
	at := time.Now().Add(-time.Hour).Truncate(time.Hour)
	if day := tiepdan.DateOf(time.Now()); tiepdan.DateOf(at) != day {
		at = day.Time()
	}
	d := tiepdan.Session{Starts: at, Ends: at.Add(3 * time.Hour), Place: "Trụ sở tiếp công dân mẫu, 1 đường Mẫu", Presides: "Lãnh đạo Mẫu 1", Kind: tiepdan.Periodic,
		Status: tiepdan.SessionPublished, Published: at.Add(-240 * time.Hour), Places: 12, Units: []int64{storetest.Unit(s.t, s.store, "XD"), storetest.Unit(s.t, s.store, "MT")}}
	id, err := s.store.AddSession(s.t.Context(), lead, d)
	if err != nil {
		s.t.Fatal(err)
	}
	if open {
		_, err = s.store.ChangeSession(s.t.Context(), lead, id, func(d tiepdan.Session) (tiepdan.Session, error) {
			d.Status, d.Receiver = tiepdan.SessionOpen, "Lãnh đạo Mẫu 1"
			return d, nil
		})
	}
	if err == nil {
		d, err = s.store.Session(s.t.Context(), id)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

// booked gives somebody a place.
func (s *site) booked(d tiepdan.Session, name string, change ...func(*tiepdan.Booking)) tiepdan.Appointment {
	s.t.Helper()
	b := tiepdan.Booking{Session: d.ID, Ref: rand.Text(), Name: name, Actor: storetest.Staff(s.t, s.store, tiepdan.Receptionist, 0, false).Actor()}
	for _, c := range change {
		c(&b)
	}
	v, err := s.store.Book(s.t.Context(), b)
	if err != nil {
		s.t.Fatal(err)
	}
	return v.Appointment
}

func desk(d tiepdan.Session) string { return "/desk/" + id(d.ID) }

// calls checks the appointment in and calls it, and returns the form that opens.
func (p *person) calls(d tiepdan.Session, a tiepdan.Appointment) (ref string, shown answer) {
	p.s.t.Helper()
	p.post(desk(d)+"/queue", "appointment", id(a.ID), "do", "arrive")
	shown = p.post(desk(d)+"/queue", "appointment", id(a.ID), "do", "call")
	if ref = shown.value("#entry input[name=ref]", "value"); ref == "" {
		p.s.t.Fatalf("no form is open: %d %s", shown.status, shown.text("main"))
	}
	return ref, shown
}

// enters sends an entry as the script does.
func (p *person) enters(path string, pairs ...string) (status int, v struct{ Where, At, Said string }) {
	p.s.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequest(http.MethodPost, p.s.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		p.s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	res, err := p.client.Do(r)
	if err != nil {
		p.s.t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(&v); err != nil {
		p.s.t.Fatalf("%d, no JSON: %v", res.StatusCode, err)
	}
	return res.StatusCode, v
}

// entries are the book's, as somebody cleared sees it.
func (s *site) entries(t *testing.T) []tiepdan.Reception {
	t.Helper()
	today := tiepdan.DateOf(time.Now())
	es, _, err := s.store.Receptions(t.Context(), tiepdan.ReceptionFilter{By: tiepdan.Actor{Role: tiepdan.BoardHead, Cleared: true}, From: today.Add(-1), Until: today.Add(2)})
	if err != nil {
		t.Fatal(err)
	}
	return es
}
