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

// told counts the live messages of a key, and of an appointment unless it is 0.
func told(t *testing.T, s *store.Store, key string, appointment int64) int {
	t.Helper()
	return count(t, s, `SELECT count(*) FROM outbox WHERE reply ->> 'key' = 'live' AND reply #>> '{args,Key}' = $1
		AND ($2::bigint = 0 OR reply #> '{args,ID}' = to_jsonb($2::bigint))`, key, appointment)
}

func TestAFreedPlaceGoesToWhoWaitedLongest(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	d := session(t, s, time.Now().Add(72*time.Hour), 2)
	var vs []tiepdan.Visit
	for i := range 4 {
		b := asks(d.ID, i)
		b.Wait = true
		vs = append(vs, book(t, s, b))
	}
	for range 2 { // the second time nothing is done any more
		if v, err := s.CancelVisit(t.Context(), storetest.Peer(0), vs[0].ID, time.Now()); err != nil || v.Status != tiepdan.AppointmentDropped || v.Number != 0 {
			t.Fatalf("cancelled: %+v, %v", v.Appointment, err)
		}
	}
	up, err := s.VisitOf(t.Context(), storetest.Peer(2), vs[2].ID)
	if err != nil || up.Status != tiepdan.Booked || up.Number != 1 || up.Position != 0 {
		t.Errorf("who waited longest is at %+v, %v", up.Appointment, err)
	}
	if v, err := s.Visit(t.Context(), tiepdan.Actor{}, vs[3].ID); err != nil || v.Position != 1 {
		t.Errorf("the next is at %+v, %v", v.Appointment, err)
	}
	if told(t, s, "booking.up", vs[2].ID) != 1 || told(t, s, "booking.up", 0) != 1 {
		t.Error("who moved up wasn't told, or another was")
	}
	inOrder(t, s, d.ID)

	_, err = s.CancelVisit(t.Context(), storetest.Peer(1), vs[3].ID, time.Now())
	wants(t, "another's appointment", err, "booking.none")
	_, err = s.CancelVisit(t.Context(), storetest.Peer(1), vs[1].ID, d.Ends)
	wants(t, "after the session", err, "booking.over")
	change(t, s, d.ID, func(d *tiepdan.Session) { d.Places = 5 })
	if d = inOrder(t, s, d.ID); d.Waiting != 0 || d.Taken != 3 {
		t.Errorf("with more places %d are taken and %d wait", d.Taken, d.Waiting)
	}
	if _, err := s.Book(t.Context(), asks(d.ID, 0)); err != nil {
		t.Errorf("who cancelled can't come back: %v", err)
	}
}

func TestCancellingAndBookingAtOnce(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	d := session(t, s, time.Now().Add(72*time.Hour), 5)
	var g errgroup.Group
	for i := range 60 {
		g.Go(func() error {
			b := asks(d.ID, i)
			b.Wait = true
			for turn := range 4 {
				b.Ref = fmt.Sprint(turn)
				v, err := s.Book(t.Context(), b)
				if err != nil {
					return err
				}
				if turn == 3 && i%3 == 0 {
					return nil // a third stays
				}
				if _, err := s.CancelVisit(t.Context(), b.Peer, v.ID, time.Now()); err != nil {
					return err
				}
			}
			return nil
		})
		g.Go(func() error { // places come and go meanwhile
			_, err := s.ChangeSession(t.Context(), tiepdan.Actor{Role: tiepdan.System}, d.ID, func(d tiepdan.Session) (tiepdan.Session, error) {
				d.Places = max(d.Taken, 5+i%4)
				return d, nil
			})
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	change(t, s, d.ID, func(d *tiepdan.Session) { d.Places = 8 })
	if d = inOrder(t, s, d.ID); d.Taken != 8 || d.Waiting != 12 {
		t.Errorf("%d have a place and %d wait", d.Taken, d.Waiting)
	}
	if n := count(t, s, `SELECT count(*) FROM outbox o JOIN appointments a ON a.id = o.appointment WHERE o.reply #>> '{args,Key}' = 'booking.up' GROUP BY a.id
		HAVING count(*) > 1 UNION ALL SELECT 0 LIMIT 1`); n != 0 {
		t.Error("somebody was told twice that they have moved up")
	}
}

func TestACancelledSessionTellsEverybody(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	desk := storetest.Staff(t, s, tiepdan.Receptionist, 0, false).Actor()
	d := session(t, s, time.Now().Add(72*time.Hour), 2)
	chat := book(t, s, asks(d.ID, 1))
	gone := book(t, s, asks(d.ID, 2))
	if err := s.Reachable(t.Context(), storetest.Peer(2), false); err != nil {
		t.Fatal(err)
	}
	caller := book(t, s, tiepdan.Booking{Session: d.ID, Ref: "a", Name: "Người Dân Mẫu 3", Phone: "0900000003", Wait: true, Actor: desk})
	change(t, s, d.ID, func(d *tiepdan.Session) { d.Status, d.Reason = tiepdan.SessionCancelled, "Lý do mẫu" })
	if told(t, s, "booking.cancelled", chat.ID) != 1 || told(t, s, "booking.cancelled", 0) != 1 {
		t.Error("who has a chat wasn't told once")
	}
	tasks, err := s.Tasks(t.Context(), system, true)
	if err != nil || len(tasks) != 2 {
		t.Fatalf("%d calls to make, %v", len(tasks), err)
	}
	for i, want := range []tiepdan.Visit{gone, caller} {
		if k := tasks[i]; k.Kind != store.TaskCallBack || k.Appointment != want.ID || k.Session != d.ID || k.Name != want.Name || k.Phone != want.Phone ||
			k.Reason != "booking.cancelled" {
			t.Errorf("to do: %+v", k)
		}
	}
	if d = inOrder(t, s, d.ID); d.Taken != 0 || d.Waiting != 0 {
		t.Errorf("%d have a place and %d wait", d.Taken, d.Waiting)
	}
	if v, err := s.VisitOf(t.Context(), storetest.Peer(1), chat.ID); err != nil || v.Status != tiepdan.AppointmentDropped || !v.At.Cancelled() {
		t.Errorf("the appointment is %+v, %v", v.Appointment, err)
	}
	if vs, err := s.Visits(t.Context(), storetest.Peer(1), time.Now()); err != nil || len(vs) != 0 {
		t.Errorf("%d coming appointments, %v", len(vs), err)
	}
}

func TestAChangeThatReachesNobodyBecomesACall(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	d := session(t, s, time.Now().Add(72*time.Hour), 2)
	v := book(t, s, asks(d.ID, 1))
	change(t, s, d.ID, func(d *tiepdan.Session) { d.Place = "Phòng Mẫu 2" })
	calls := func() int {
		return count(t, s, `SELECT count(*) FROM tasks WHERE kind = 'call_back' AND done IS NULL AND appointment = $1 AND reason = 'booking.moved'`, v.ID)
	}
	ms, err := s.ClaimMessages(t.Context(), 10)
	if err != nil || len(ms) != 1 || calls() != 0 {
		t.Fatalf("%d messages, %d calls, %v", len(ms), calls(), err)
	}
	if err := s.Undelivered(t.Context(), ms[0], store.Outcome{State: store.Blocked}); err != nil {
		t.Fatal(err)
	}
	if calls() != 1 {
		t.Fatal("nobody is asked to call")
	}
	if err := s.Reachable(t.Context(), storetest.Peer(1), true); err != nil {
		t.Fatal(err)
	}
	if ms, err = s.ClaimMessages(t.Context(), 10); err != nil || len(ms) != 1 {
		t.Fatalf("%d messages for who came back, %v", len(ms), err)
	}
	if err := s.Delivered(t.Context(), ms[0], "1"); err != nil {
		t.Fatal(err)
	}
	if calls() != 0 {
		t.Error("somebody is asked to call who was told by now")
	}
}
