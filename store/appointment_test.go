package store_test

import (
	"fmt"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// session adds a published session with places that begins at that moment and
// lasts three hours.
func session(t *testing.T, s *store.Store, starts time.Time, places int) tiepdan.Session {
	t.Helper()
	by := storetest.Staff(t, s, tiepdan.BoardHead, 0, false).Actor()
	id, err := s.AddSession(t.Context(), by, tiepdan.Session{Kind: tiepdan.Periodic, Starts: starts, Ends: starts.Add(3 * time.Hour),
		Place: "Phòng tiếp công dân Mẫu", Presides: "Lãnh đạo Mẫu", Places: places})
	if err != nil {
		t.Fatal(err)
	}
	return change(t, s, id, func(d *tiepdan.Session) { d.Status = tiepdan.SessionPublished })
}

// change changes a session and must succeed.
func change(t *testing.T, s *store.Store, id int64, what func(*tiepdan.Session)) tiepdan.Session {
	t.Helper()
	d, err := s.ChangeSession(t.Context(), tiepdan.Actor{Role: tiepdan.System}, id, func(d tiepdan.Session) (tiepdan.Session, error) {
		what(&d)
		return d, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// book books and must succeed.
func book(t *testing.T, s *store.Store, b tiepdan.Booking) tiepdan.Visit {
	t.Helper()
	v, err := s.Book(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func asks(session int64, peer int) tiepdan.Booking {
	return tiepdan.Booking{Session: session, Ref: fmt.Sprint("đặt chỗ ", peer), Name: fmt.Sprintf("Người Dân Mẫu %d", peer), Peer: storetest.Peer(peer)}
}

// key is the key of an error for people.
func key(err error) string {
	if e, ok := err.(*tiepdan.Error); ok {
		return e.Key
	}
	return fmt.Sprint(err)
}

func wants(t *testing.T, what string, err error, want string) {
	t.Helper()
	if got := key(err); got != want {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

// inOrder checks what always holds of a session's places: never more than there
// are, no place twice, none free while somebody waits, and counts that are right.
func inOrder(t *testing.T, s *store.Store, session int64) tiepdan.Session {
	t.Helper()
	d, err := s.Session(t.Context(), session)
	if err != nil {
		t.Fatal(err)
	}
	placed := count(t, s, `SELECT count(*) FROM appointments WHERE session_id = $1 AND number IS NOT NULL AND status <> 'cancelled'`, session)
	waiting := count(t, s, `SELECT count(*) FROM appointments WHERE session_id = $1 AND status = 'waiting'`, session)
	numbers := count(t, s, `SELECT count(DISTINCT number) FROM appointments WHERE session_id = $1 AND status <> 'cancelled' AND number BETWEEN 1 AND $2`, session, d.Places)
	if placed > d.Places || numbers != placed {
		t.Errorf("%d hold a place, %d numbers, of %d", placed, numbers, d.Places)
	}
	if placed < d.Places && waiting > 0 {
		t.Errorf("%d of %d places are taken and %d wait", placed, d.Places, waiting)
	}
	if d.Taken != placed || d.Waiting != waiting {
		t.Errorf("counted %d placed and %d waiting, there are %d and %d", d.Taken, d.Waiting, placed, waiting)
	}
	return d
}

func TestTheLastPlaces(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	d := session(t, s, time.Now().Add(72*time.Hour), 7)
	const people = 300
	var g errgroup.Group
	visits := make([]tiepdan.Visit, people)
	for i := range visits {
		g.Go(func() (err error) {
			b := asks(d.ID, i)
			b.Wait = true
			visits[i], err = s.Book(t.Context(), b)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	held, positions := map[int]bool{}, map[int]bool{}
	for _, v := range visits {
		switch v.Status {
		case tiepdan.Booked:
			held[v.Number] = true
		case tiepdan.OnWaitingList:
			positions[v.Position] = true
		}
	}
	for n := 1; n <= 7; n++ {
		if !held[n] {
			t.Errorf("nobody has place %d", n)
		}
	}
	for n := 1; n <= people-7; n++ {
		if !positions[n] {
			t.Errorf("nobody is at %d of the waiting list", n)
		}
	}
	if len(held) != 7 || len(positions) != people-7 {
		t.Errorf("%d have a place and %d wait", len(held), len(positions))
	}
	if d = inOrder(t, s, d.ID); d.Taken != 7 || d.Waiting != people-7 {
		t.Errorf("taken %d, waiting %d", d.Taken, d.Waiting)
	}
	if n := count(t, s, `SELECT count(*) FROM appointments a JOIN appointments b ON a.number IS NOT NULL AND b.number IS NULL AND b.id < a.id`); n != 0 {
		t.Error("somebody who came later was placed before another")
	}
}

func TestOnePlaceForEach(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	d := session(t, s, time.Now().Add(72*time.Hour), 7)
	var g errgroup.Group
	errs := make([]error, 20)
	for i := range errs {
		g.Go(func() error {
			b := asks(d.ID, 1)
			b.Ref = fmt.Sprint(i)
			_, errs[i] = s.Book(t.Context(), b)
			return nil
		})
	}
	g.Wait()
	placed := 0
	for _, err := range errs {
		if err == nil {
			placed++
		} else {
			wants(t, "a second place", err, "booking.twice")
		}
	}
	if placed != 1 {
		t.Errorf("%d places for one person", placed)
	}
	inOrder(t, s, d.ID)
}

func TestOneDeedBooksOnce(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	d := session(t, s, time.Now().Add(72*time.Hour), 7)
	var g errgroup.Group
	visits := make([]tiepdan.Visit, 20)
	for i := range visits {
		g.Go(func() (err error) {
			visits[i], err = s.Book(t.Context(), asks(d.ID, 1))
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, v := range visits {
		if v.ID != visits[0].ID || v.Number != 1 || len(v.Token) < 20 {
			t.Fatalf("the same booking is %+v and %+v", v.Appointment, visits[0].Appointment)
		}
	}
	other := asks(d.ID, 2)
	other.Ref = asks(d.ID, 1).Ref
	if v := book(t, s, other); v.ID == visits[0].ID || v.Token == visits[0].Token {
		t.Error("somebody else with the same mark got the same appointment")
	}
	if n := count(t, s, `SELECT count(*) FROM audit WHERE action = 'book'`); n != 2 {
		t.Errorf("%d bookings stand in the log", n)
	}
}

func TestWhyABookingIsRefused(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	soon := time.Now().Add(72 * time.Hour)
	d := session(t, s, soon, 1)
	desk := storetest.Staff(t, s, tiepdan.Receptionist, 0, false).Actor()
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	unit := storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "XD"), false).Actor()
	file := func(kind tiepdan.Kind, peer int) tiepdan.Case {
		return storetest.File(t, s, storetest.Petition(kind, rubbish), storetest.Filing(storetest.Peer(peer), time.Now()))
	}
	own, others, sealed := file(tiepdan.PhanAnh, 1), file(tiepdan.PhanAnh, 2), file(tiepdan.ToCao, 1)
	refused := func(what string, b tiepdan.Booking, want string) {
		t.Helper()
		_, err := s.Book(t.Context(), b)
		wants(t, what, err, want)
	}
	with := func(b tiepdan.Booking, c int64) tiepdan.Booking { b.Case = c; return b }
	refused("no session", asks(d.ID+1, 1), "session.none")
	refused("another's case", with(asks(d.ID, 1), others.ID), "booking.case_not_yours")
	refused("a sealed case", with(asks(d.ID, 1), sealed.ID), "booking.case_not_yours")
	refused("a sealed case, by staff", tiepdan.Booking{Session: d.ID, Name: "Người Dân Mẫu 1", Case: sealed.ID, Actor: desk}, "booking.case_not_yours")
	refused("an officer at the desk", tiepdan.Booking{Session: d.ID, Name: "Người Dân Mẫu 1", Actor: unit}, "desk.not_yours")
	if v := book(t, s, with(asks(d.ID, 1), own.ID)); v.CaseCode != own.Code || !v.Chat || v.At.Taken != 1 {
		t.Errorf("booked %+v", v.Appointment)
	}
	refused("a full session", asks(d.ID, 2), "booking.full")

	closed := session(t, s, soon, 1)
	change(t, s, closed.ID, func(d *tiepdan.Session) { d.Cutoff = time.Now().Add(-time.Hour) })
	refused("after the end of booking", asks(closed.ID, 2), "booking.closed")
	caller := tiepdan.Booking{Session: closed.ID, Ref: "a", Name: "Người Dân Mẫu 3", Phone: "+84 900 000 003", Wait: true, Actor: desk}
	if v := book(t, s, caller); v.Chat || v.Phone != "0900000003" || v.Number != 1 {
		t.Errorf("booked for a caller: %+v", v.Appointment)
	}
	caller.Ref, caller.Phone = "b", "0900 000 003"
	refused("the same telephone", caller, "booking.twice")

	for i := range 3 {
		b := asks(session(t, s, soon, 5).ID, 1)
		b.Ref = fmt.Sprint(i)
		if _, err := s.Book(t.Context(), b); i < 2 && err != nil || i == 2 && key(err) != "booking.too_many" {
			t.Errorf("coming appointment %d: %v", i+2, err)
		}
	}
	if err := s.BlockCaseAccount(t.Context(), head, others.ID, "Lý do mẫu", false); err != nil {
		t.Fatal(err)
	}
	refused("a blocked account", asks(session(t, s, soon, 5).ID, 2), "booking.blocked")
}
