package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// openDesk is a session of today's with places, under way, and who works at it.
func openDesk(t *testing.T, s *store.Store, places, booked int, now time.Time) (tiepdan.Session, tiepdan.Actor, []tiepdan.Visit) {
	t.Helper()
	d := session(t, s, now.Add(time.Minute), places)
	var vs []tiepdan.Visit
	for i := range booked {
		b := asks(d.ID, i)
		b.Wait = true
		vs = append(vs, book(t, s, b))
	}
	d = change(t, s, d.ID, func(d *tiepdan.Session) { d.Status = tiepdan.SessionOpen })
	return d, storetest.Staff(t, s, tiepdan.Receptionist, 0, false).Actor(), vs
}

// queue is a session's queue as "number or 0: status".
func queue(t *testing.T, s *store.Store, by tiepdan.Actor, session int64) (lines []string) {
	t.Helper()
	as, err := s.Appointments(t.Context(), by, session)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range as {
		lines = append(lines, fmt.Sprintf("%d %s", a.Number, a.Status))
	}
	return lines
}

func TestTheDaysQueue(t *testing.T) {
	t.Parallel()
	s, c := at(t, wednesday.At(8*60))
	d, desk, vs := openDesk(t, s, 4, 5, c.now())
	walkIn := tiepdan.Booking{Session: d.ID, Ref: "khách", Name: "Người Dân Mẫu 9"}
	for range 2 { // the form is sent twice
		c.set(c.now().Add(time.Second))
		if a, err := s.WalkIn(t.Context(), desk, walkIn, c.now()); err != nil || a.Status != tiepdan.Arrived || a.Number != 0 {
			t.Fatalf("the walk-in: %+v, %v", a, err)
		}
	}
	for _, i := range []int{2, 0, 2} { // one is checked in twice
		c.set(c.now().Add(time.Minute))
		if _, err := s.CheckIn(t.Context(), desk, vs[i].ID, c.now()); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.MarkNoShow(t.Context(), desk, vs[1].ID, c.now()); err != nil {
		t.Fatal(err)
	}
	check := func(what string, want ...string) {
		t.Helper()
		if got := queue(t, s, desk, d.ID); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %q", what, got)
		}
	}
	check("places before walk-ins", "3 arrived", "1 arrived", "0 arrived", "4 booked", "0 waiting", "2 no_show")
	next := func() (tiepdan.Appointment, error) { return s.CallNext(t.Context(), desk, d.ID, c.now()) }
	if a, err := next(); err != nil || a.Number != 3 {
		t.Errorf("the first is %+v, %v", a, err)
	}
	if err := s.BackInQueue(t.Context(), desk, vs[2].ID); err != nil {
		t.Fatal(err)
	}
	if a, err := next(); err != nil || a.Number != 3 {
		t.Errorf("who was put back is not the next: %+v, %v", a, err)
	}
	_, err := s.Call(t.Context(), desk, vs[2].ID, c.now())
	wants(t, "calling who is called", err, "desk.not_now")
	if _, err := s.CheckIn(t.Context(), desk, vs[1].ID, c.now()); err != nil {
		t.Errorf("who came after all: %v", err)
	}
	if err := s.DropAppointment(t.Context(), desk, vs[3].ID, c.now()); err != nil {
		t.Fatal(err)
	}
	check("the session has begun: nobody moves up", "3 called", "1 arrived", "2 arrived", "0 arrived", "0 waiting", "0 cancelled")
	if told(t, s, "booking.dropped", vs[3].ID) != 1 {
		t.Error("who was dropped by staff wasn't told")
	}
	if a, err := s.CheckIn(t.Context(), desk, vs[4].ID, c.now()); err != nil || a.Number != 4 {
		t.Errorf("who waited and came got %+v, %v", a, err)
	}
	for range 4 {
		if _, err := next(); err != nil {
			t.Fatal(err)
		}
	}
	_, err = next()
	wants(t, "nobody is left", err, "desk.nobody")
	change(t, s, d.ID, func(d *tiepdan.Session) { d.Status = tiepdan.SessionHeld })
	_, err = next()
	wants(t, "the session is over", err, "desk.not_open")
}

func TestWhoIsCheckedInWhen(t *testing.T) {
	t.Parallel()
	s, c := at(t, wednesday.At(8*60))
	desk := storetest.Staff(t, s, tiepdan.Receptionist, 0, false).Actor()
	d := session(t, s, wednesday.Add(1).At(8*60), 3)
	v, other := book(t, s, asks(d.ID, 1)), book(t, s, asks(d.ID, 2))
	_, err := s.CheckIn(t.Context(), desk, v.ID, c.now())
	wants(t, "the day before", err, "desk.other_day")
	c.set(wednesday.Add(1).At(7 * 60))
	if _, err := s.CheckIn(t.Context(), desk, v.ID, c.now()); err != nil {
		t.Errorf("before the session is opened: %v", err)
	}
	_, err = s.CheckIn(t.Context(), storetest.Staff(t, s, tiepdan.Auditor, 0, true).Actor(), v.ID, c.now())
	wants(t, "an auditor", err, "desk.not_yours")
	found, err := s.VisitByToken(t.Context(), v.Token)
	if err != nil || found.ID != v.ID || found.Status != tiepdan.Arrived {
		t.Errorf("by its QR code: %+v, %v", found.Appointment, err)
	}
	_, err = s.CallNext(t.Context(), desk, d.ID, c.now())
	wants(t, "before the session is opened", err, "desk.not_open")
	change(t, s, d.ID, func(d *tiepdan.Session) { d.Status = tiepdan.SessionOpen })
	change(t, s, d.ID, func(d *tiepdan.Session) { d.Status = tiepdan.SessionHeld })
	for id, want := range map[int64]tiepdan.AppointmentStatus{v.ID: tiepdan.NoShow, other.ID: tiepdan.NoShow} {
		if v, err := s.Visit(t.Context(), tiepdan.Actor{}, id); err != nil || v.Status != want {
			t.Errorf("who wasn't received stands as %s, %v", v.Status, err)
		}
	}
}

func TestNobodyIsCalledTwice(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	const people = 40
	d, desk, vs := openDesk(t, s, people, people, time.Now())
	var g errgroup.Group
	for _, v := range vs {
		g.Go(func() error { _, err := s.CheckIn(t.Context(), desk, v.ID, time.Now()); return err })
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	called := map[int64]int{}
	for range 2 { // desks
		for range 4 { // impatient hands at each
			g.Go(func() error {
				for {
					a, err := s.CallNext(t.Context(), desk, d.ID, time.Now())
					if key(err) == "desk.nobody" {
						return nil
					}
					if err != nil {
						return err
					}
					mu.Lock()
					called[a.ID]++
					mu.Unlock()
				}
			})
		}
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	for id, n := range called {
		if n != 1 {
			t.Errorf("appointment %d was called %d times", id, n)
		}
	}
	if len(called) != people {
		t.Errorf("%d were called", len(called))
	}
}

func TestTheDeskSeesThatSomethingHappened(t *testing.T) {
	t.Parallel()
	s, c := at(t, wednesday.At(8*60))
	d, desk, vs := openDesk(t, s, 3, 2, c.now())
	seen := map[int64]bool{}
	for what, do := range []func() error{
		func() error { return nil },
		func() error { _, err := s.CheckIn(t.Context(), desk, vs[0].ID, c.now()); return err },
		func() error { _, err := s.CallNext(t.Context(), desk, d.ID, c.now()); return err },
		func() error {
			return s.SaveAttendance(t.Context(), desk, tiepdan.Attendance{Session: d.ID, Who: "Cán bộ Mẫu 1", Came: c.now()})
		},
		func() error {
			_, err := s.WriteReception(t.Context(), desk, entry(d.ID, vs[0].ID, 0))
			return err
		},
		func() error { change(t, s, d.ID, func(d *tiepdan.Session) { d.Note = "Ghi chú mẫu" }); return nil },
	} {
		c.set(c.now().Add(time.Millisecond))
		if err := do(); err != nil {
			t.Fatal(err)
		}
		n, err := s.SessionChanged(t.Context(), d.ID)
		if err != nil || seen[n] {
			t.Errorf("deed %d goes unseen, %v", what, err)
		}
		seen[n] = true
	}
	_, err := s.SessionChanged(t.Context(), d.ID+1)
	wants(t, "no session", err, "session.none")
}

func TestWhoWasThere(t *testing.T) {
	t.Parallel()
	s, c := at(t, wednesday.At(8*60))
	d, desk, _ := openDesk(t, s, 3, 0, c.now())
	save := func(a tiepdan.Attendance) error { a.Session = d.ID; return s.SaveAttendance(t.Context(), desk, a) }
	if err := save(tiepdan.Attendance{Unit: storetest.Unit(t, s, "XD"), Came: c.now().Add(10 * time.Minute)}); err != nil {
		t.Fatal(err)
	}
	as, err := s.Attendance(t.Context(), d.ID)
	if err != nil || len(as) == 0 {
		t.Fatalf("%d were there, %v", len(as), err)
	}
	came := as[len(as)-1]
	if came.Who != "Phòng Xây dựng Mẫu" || came.Called || came.Late(d.Starts) != 9*time.Minute {
		t.Errorf("who came uncalled: %+v", came)
	}
	came.Left = came.Came.Add(-time.Minute)
	wants(t, "left before they came", save(came), "attendance.left_early")
	came.Left = came.Came.Add(time.Hour)
	if err := save(came); err != nil {
		t.Fatal(err)
	}
	came.Absent = "Lý do mẫu"
	wants(t, "came and absent", save(came), "attendance.came_and_absent")
	wants(t, "nobody", save(tiepdan.Attendance{}), "attendance.who_missing")
	wants(t, "another line", save(tiepdan.Attendance{ID: came.ID + 100, Absent: "Lý do mẫu"}), "attendance.none")
}
