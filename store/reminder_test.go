package store_test

import (
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// clock is a Store's clock that a test sets.
type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time   { return time.UnixMicro(c.at.Load()) }
func (c *clock) set(at time.Time) { c.at.Store(at.UnixMicro()) }

// at opens a Store whose clock stands at that moment.
func at(t *testing.T, moment time.Time) (*store.Store, *clock) {
	t.Helper()
	c := &clock{}
	c.set(moment)
	return storetest.Open(t, storetest.WithNow(c.now)), c
}

// wednesday is a Wednesday.
var wednesday = tiepdan.Date{Year: 2026, Month: 12, Day: 16}

// remind lets several processes look for reminders at once, twice.
func remind(t *testing.T, s *store.Store, now time.Time) (posted int) {
	t.Helper()
	var n atomic.Int64
	for range 2 {
		var g errgroup.Group
		for range 5 {
			g.Go(func() error {
				posted, err := s.Remind(t.Context(), now)
				n.Add(int64(posted))
				return err
			})
		}
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	return int(n.Load())
}

func TestRemindersComeOnce(t *testing.T) {
	t.Parallel()
	s, c := at(t, wednesday.Add(-7).At(9*60))
	d := session(t, s, wednesday.At(9*60), 40)
	for i := range 30 {
		book(t, s, asks(d.ID, i))
	}
	waits := asks(d.ID, 50)
	change(t, s, d.ID, func(d *tiepdan.Session) { d.Places = 30 })
	waits.Wait = true
	book(t, s, waits)
	if _, err := s.CancelVisit(t.Context(), storetest.Peer(7), count64(t, s, `SELECT max(id) FROM appointments WHERE number = 8`), c.now()); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		what   string
		now    time.Time
		posted int
	}{
		{"two days before", wednesday.Add(-2).At(9 * 60), 0},
		{"early on the day before", wednesday.Add(-1).At(7*60 + 59), 0},
		{"on the day before", wednesday.Add(-1).At(8 * 60), 30},
		{"later on the day before", wednesday.Add(-1).At(20 * 60), 0},
		{"early on the day", wednesday.At(6*60 + 59), 0},
		{"two hours before", wednesday.At(7 * 60), 30},
		{"when it has begun", wednesday.At(9 * 60), 0},
	} {
		c.set(step.now)
		if n := remind(t, s, step.now); n != step.posted {
			t.Errorf("%s: %d reminders, want %d", step.what, n, step.posted)
		}
	}
	if day, hours := told(t, s, "booking.remind_day", 0), told(t, s, "booking.remind_hours", 0); day != 30 || hours != 30 {
		t.Errorf("%d reminders of the day before and %d of two hours before", day, hours)
	}
}

func TestRemindersStartAnewAfterAMove(t *testing.T) {
	t.Parallel()
	s, c := at(t, wednesday.Add(-7).At(9*60))
	d := session(t, s, wednesday.At(9*60), 10)
	for i := range 5 {
		book(t, s, asks(d.ID, i))
	}
	if err := s.Watch(t.Context(), storetest.Peer(1), d.ID, true); err != nil { // has a place: is reminded of that
		t.Fatal(err)
	}
	if err := s.SaveAccount(t.Context(), storetest.Peer(9), func(a *tiepdan.Account) { a.Language = tiepdan.English }); err != nil {
		t.Fatal(err)
	}
	if err := s.Watch(t.Context(), storetest.Peer(9), d.ID, true); err != nil {
		t.Fatal(err)
	}
	c.set(wednesday.Add(-1).At(8 * 60))
	if n := remind(t, s, c.now()); n != 6 {
		t.Errorf("%d reminders before the move", n)
	}
	change(t, s, d.ID, func(d *tiepdan.Session) { d.Starts, d.Ends = d.Starts.AddDate(0, 0, 2), d.Ends.AddDate(0, 0, 2) })
	if n := remind(t, s, c.now()); n != 0 {
		t.Errorf("%d reminders right after the move", n)
	}
	c.set(wednesday.Add(1).At(8 * 60))
	if n := remind(t, s, c.now()); n != 6 {
		t.Errorf("%d reminders of the new day", n)
	}
	c.set(wednesday.Add(2).At(8 * 60))
	if n := remind(t, s, c.now()); n != 6 {
		t.Errorf("%d reminders two hours before", n)
	}
	if told(t, s, "booking.moved", 0) != 5 || told(t, s, "session.remind_day", 0) != 2 || told(t, s, "session.remind_hours", 0) != 1 {
		t.Error("not everybody was told of all")
	}
	if n := count(t, s, `SELECT count(*) FROM outbox WHERE language = 'en'`); n != 4 { // the move, too
		t.Errorf("%d messages are in the language of who gets them", n)
	}
}

func TestWhoHasJustBookedIsNotReminded(t *testing.T) {
	t.Parallel()
	s, c := at(t, wednesday.Add(-1).At(10*60))
	d := session(t, s, wednesday.At(9*60), 10)
	v := book(t, s, asks(d.ID, 1))
	if n := remind(t, s, c.now()); n != 0 {
		t.Errorf("%d reminders of what was booked just now", n)
	}
	c.set(wednesday.At(7*60 + 30))
	if n := remind(t, s, c.now()); n != 1 {
		t.Errorf("%d reminders on the day", n)
	}
	for peer, want := range map[int]string{1: "<nil>", 2: "booking.none"} {
		wants(t, "coming", s.Coming(t.Context(), storetest.Peer(peer), v.ID), want)
	}
	if v, err := s.Visit(t.Context(), tiepdan.Actor{}, v.ID); err != nil || !v.Coming {
		t.Errorf("who will come stands as %+v, %v", v.Appointment, err)
	}
}

func count64(t *testing.T, s *store.Store, sql string, args ...any) int64 {
	t.Helper()
	return int64(count(t, s, sql, args...))
}
