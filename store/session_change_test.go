package store_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

// announced is a public session of four places in three weeks.
func (p *planned) announced(change ...func(*tiepdan.Session)) tiepdan.Session {
	p.t.Helper()
	on := tiepdan.DateOf(p.now()).Add(21)
	d := tiepdan.Session{Kind: tiepdan.Periodic, Status: tiepdan.SessionPublished, Starts: on.At(8 * 60), Ends: on.At(10 * 60), Place: "Trụ sở mẫu",
		Presides: "Lãnh đạo Mẫu 1", Places: 4, Cutoff: on.Add(-2).At(24*60 - 1)}
	for _, c := range change {
		c(&d)
	}
	id, err := p.AddSession(p.t.Context(), system, d)
	p.must(err)
	return p.session(id)
}

func (p *planned) session(id int64) tiepdan.Session {
	p.t.Helper()
	d, err := p.Session(p.t.Context(), id)
	p.must(err)
	return d
}

// book books for a person's chat, on the waiting list when it is full.
func (p *planned) book(session int64, n int) tiepdan.Visit {
	p.t.Helper()
	v, err := p.Book(p.t.Context(), tiepdan.Booking{Session: session, Ref: fmt.Sprint(n), Peer: storetest.Peer(n), Name: "Người Dân Mẫu", Wait: true})
	p.must(err)
	return v
}

// posted counts the live messages of a key.
func (p *planned) posted(key string) int {
	p.t.Helper()
	return p.count(`SELECT count(*) FROM outbox WHERE reply->>'key' = 'live' AND reply->'args'->>'Key' = $1 AND audience = 'citizen'`, key)
}

func later(days int) func(*tiepdan.Session) {
	return func(d *tiepdan.Session) {
		d.Starts, d.Ends = d.Starts.AddDate(0, 0, days), d.Ends.AddDate(0, 0, days)
	}
}

func TestAMovedSessionTellsWhomItConcernsOnce(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	d := p.announced(func(d *tiepdan.Session) { d.Places = 3 })
	p.book(d.ID, 1)
	left := p.book(d.ID, 2)
	desk := storetest.Staff(t, p.Store, tiepdan.Receptionist, 0, false)
	caller, err := p.Book(t.Context(), tiepdan.Booking{Session: d.ID, Actor: desk.Actor(), Name: "Người Dân Mẫu 3", Phone: "0900000003"})
	p.must(err)
	p.book(d.ID, 4) // waits
	for _, n := range []int{1, 5, 6} {
		p.must(p.Watch(t.Context(), storetest.Peer(n), d.ID, true))
	}
	p.must(p.SaveAccount(t.Context(), storetest.Peer(2), func(a *tiepdan.Account) { a.Unreachable = true }))
	p.must(p.SaveAccount(t.Context(), storetest.Peer(6), func(a *tiepdan.Account) { a.Unreachable = true }))
	if _, err := p.Pool().Exec(t.Context(), `WITH a AS (UPDATE appointments SET reminded = 1, coming = true) UPDATE watches SET reminded = 1`); err != nil {
		t.Fatal(err)
	}

	if n, err := p.Watchers(t.Context(), d.ID); n != 2 || err != nil {
		t.Errorf("%d watch without a place, %v", n, err)
	}
	moved, err := p.change(d.ID, later(7))
	p.must(err)
	if moved.Sequence != 1 || moved.Original != d.Original || !moved.Moved() || !moved.Cutoff.Equal(d.Cutoff.AddDate(0, 0, 7)) || moved.Taken != 3 || moved.Waiting != 1 {
		t.Errorf("moved: %+v", moved)
	}
	check := func() {
		t.Helper()
		if b, s := p.posted("booking.moved"), p.posted("session.moved"); b != 2 || s != 1 {
			t.Errorf("%d who are booked and %d who watch are told, not 2 and 1", b, s)
		}
		if n := p.count(`SELECT count(*) FROM tasks WHERE kind = 'call_back' AND reason = 'booking.moved' AND appointment = ANY($1)`, []int64{left.ID, caller.ID}); n != 2 {
			t.Errorf("%d of two whom no message reaches are to be called", n)
		}
	}
	check()
	if n := p.count(`SELECT count(*) FROM outbox WHERE reply->'args'->>'Was' = $1`, d.Starts.UTC().Format(time.RFC3339)); n != 3 {
		t.Errorf("%d messages say when it was to be", n)
	}
	if n := p.count(`SELECT (SELECT count(*) FROM appointments WHERE reminded <> 0 OR coming) + (SELECT count(*) FROM watches WHERE reminded <> 0)`); n != 0 {
		t.Errorf("%d reminders don't begin anew", n)
	}
	same, err := p.change(d.ID, func(d *tiepdan.Session) { d.Focus = "Đất đai" })
	p.must(err)
	if check(); same.Sequence != 1 || same.Focus != "Đất đai" {
		t.Errorf("what citizens needn't know: %+v", same)
	}
	again, err := p.change(d.ID, func(d *tiepdan.Session) { d.Place = "Trụ sở mẫu 2" })
	p.must(err)
	if b, s := p.posted("booking.moved"), p.posted("session.moved"); again.Sequence != 2 || b != 4 || s != 2 {
		t.Errorf("of another place %d and %d are told, at %d", b, s, again.Sequence)
	}
	if n := p.count(`SELECT count(*) FROM tasks WHERE kind = 'call_back'`); n != 2 {
		t.Errorf("%d calls to make, not still 2", n)
	}
}

func TestACancelledSessionGivesUpItsPlacesOnce(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	d := p.announced(func(d *tiepdan.Session) { d.Places = 2 })
	for n := range 3 {
		p.book(d.ID, n+1)
	}
	p.must(p.Watch(t.Context(), storetest.Peer(7), d.ID, true))
	cancel := func(reason string) error {
		_, err := p.ChangeSession(t.Context(), system, d.ID, func(d tiepdan.Session) (_ tiepdan.Session, err error) {
			d.Status, err = d.After(tiepdan.CancelSession, tiepdan.Leader)
			d.Reason = reason
			return d, err
		})
		return err
	}
	refused(t, cancel(" "), tiepdan.Invalid, "session.reason_missing")
	var done, late atomic.Int32
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			switch err := cancel("Họp đột xuất"); {
			case err == nil:
				done.Add(1)
			case tiepdan.CodeOf(err) == tiepdan.Conflict:
				late.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if done.Load() != 1 || late.Load() != 4 {
		t.Errorf("cancelled %d times, %d came late", done.Load(), late.Load())
	}
	if d = p.session(d.ID); !d.Cancelled() || !d.Public() || d.Sequence != 1 || d.Taken != 0 || d.Waiting != 0 || d.Reason != "Họp đột xuất" {
		t.Errorf("cancelled: %+v", d)
	}
	if b, s := p.posted("booking.cancelled"), p.posted("session.cancelled"); b != 3 || s != 1 {
		t.Errorf("%d who had booked and %d who watched are told, not 3 and 1", b, s)
	}
	if n := p.count(`SELECT (SELECT count(*) FROM appointments WHERE status <> 'cancelled') + (SELECT count(*) FROM watches)`); n != 0 {
		t.Errorf("%d still count on it", n)
	}
	if n := p.count(`SELECT count(*) FROM audit WHERE action = 'cancel_session' AND subject_id = $1`, d.ID); n != 1 {
		t.Errorf("%d rows in the log", n)
	}
}

func TestADraftChangesInSilence(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	d := p.announced(func(d *tiepdan.Session) { d.Status = tiepdan.SessionDraft })
	moved, err := p.change(d.ID, later(3))
	p.must(err)
	gone, err := p.change(d.ID, func(d *tiepdan.Session) { d.Status = tiepdan.SessionCancelled })
	p.must(err)
	if moved.Sequence != 0 || gone.Sequence != 0 || gone.Public() || p.count(`SELECT count(*) FROM outbox`) != 0 {
		t.Errorf("a draft that moved and went: %+v", gone)
	}
}

func TestPlacesAreTakenAwayAndAdded(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	d := p.announced(func(d *tiepdan.Session) { d.Places = 2 })
	for n := range 4 {
		p.book(d.ID, n+1)
	}
	_, err := p.change(d.ID, func(d *tiepdan.Session) { d.Places = 1 })
	refused(t, err, tiepdan.Conflict, "session.places_taken")
	more, err := p.change(d.ID, func(d *tiepdan.Session) { d.Places, d.Taken, d.Waiting = 3, 0, 0 })
	p.must(err)
	if more.Places != 3 || more.Taken != 3 || more.Waiting != 1 || more.Sequence != 0 || p.posted("booking.up") != 1 || p.posted("booking.moved") != 0 {
		t.Errorf("one more place: %+v", more)
	}
}

func TestADayIsOpenedClosedAndResumed(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	mt, xd := storetest.Unit(t, p.Store, "MT"), storetest.Unit(t, p.Store, "XD")
	d := p.announced(func(d *tiepdan.Session) { d.Units = []int64{mt, xd} })
	v := p.book(d.ID, 1)
	p.must(p.Watch(t.Context(), storetest.Peer(2), d.ID, true))
	p.set(d.Starts)
	to := func(s tiepdan.SessionStatus) tiepdan.Session {
		t.Helper()
		d, err := p.change(d.ID, func(d *tiepdan.Session) { d.Status = s })
		p.must(err)
		return d
	}
	if d := to(tiepdan.SessionOpen); !d.Opened.Equal(p.now()) || d.Sequence != 0 {
		t.Errorf("opened: %+v", d)
	}
	called := func() {
		t.Helper()
		if n := p.count(`SELECT count(*) FROM attendance WHERE session_id = $1 AND called AND (receiver AND who = 'Lãnh đạo Mẫu 1' OR NOT receiver AND unit = ANY($2))`,
			d.ID, []int64{mt, xd}); n != 3 {
			t.Errorf("%d should be there, not the receiver and two units", n)
		}
	}
	called()
	p.set(d.Ends)
	if d := to(tiepdan.SessionHeld); !d.Closed.Equal(p.now()) {
		t.Errorf("closed: %+v", d)
	}
	if n := p.count(`SELECT count(*) FROM appointments WHERE id = $1 AND status = 'no_show'`, v.ID); n != 1 || p.count(`SELECT count(*) FROM watches`) != 0 {
		t.Error("who didn't come isn't known, or who watched is")
	}
	if d := to(tiepdan.SessionOpen); !d.Closed.IsZero() || !d.Opened.Equal(d.Starts) {
		t.Errorf("resumed: %+v", d)
	}
	called()
	if n := p.count(`SELECT count(*) FROM audit WHERE action IN ('open_session', 'close_session', 'resume_session')`); n != 3 {
		t.Errorf("%d rows in the log", n)
	}
}

func TestAChangeMayRefuse(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	d := p.announced()
	no := errors.New("no")
	if _, err := p.ChangeSession(t.Context(), system, d.ID, func(d tiepdan.Session) (tiepdan.Session, error) { return d, no }); !errors.Is(err, no) {
		t.Errorf("the change's own error came back as %v", err)
	}
	_, err := p.change(d.ID, func(d *tiepdan.Session) { d.Ends = d.Starts })
	refused(t, err, tiepdan.Invalid, "session.ends_early")
	_, err = p.change(99, func(*tiepdan.Session) {})
	refused(t, err, tiepdan.NotFound, "session.none")
	kept, err := p.change(d.ID, func(d *tiepdan.Session) {
		*d = tiepdan.Session{Starts: d.Starts, Ends: d.Ends, Place: d.Place, Status: d.Status}
	})
	p.must(err)
	if kept.ID != d.ID || kept.Token != d.Token || kept.Original != d.Original || !kept.Public() {
		t.Errorf("what a session is known by isn't a change's: %+v", kept)
	}
}

func TestCitizensSeeNoDraft(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	public := p.announced()
	for _, s := range []tiepdan.SessionStatus{tiepdan.SessionDraft, tiepdan.SessionConfirmed} {
		hidden := p.announced(func(d *tiepdan.Session) { d.Status = s })
		refused(t, p.Watch(t.Context(), storetest.Peer(1), hidden.ID, true), tiepdan.NotFound, "session.none")
	}
	gone := p.announced(later(1))
	_, err := p.change(gone.ID, func(d *tiepdan.Session) { d.Status, d.Reason = tiepdan.SessionCancelled, "Họp" })
	p.must(err)
	never := p.announced(func(d *tiepdan.Session) { d.Status = tiepdan.SessionDraft })
	_, err = p.change(never.ID, func(d *tiepdan.Session) { d.Status = tiepdan.SessionCancelled })
	p.must(err)
	list, err := p.PublicSessions(t.Context(), p.now(), p.now().AddDate(0, 1, 0))
	if err != nil || len(list) != 2 || list[0].ID != public.ID || list[1].ID != gone.ID {
		t.Errorf("citizens see %+v, %v", list, err)
	}
	if all, err := p.Sessions(t.Context(), p.now(), p.now().AddDate(0, 1, 0)); err != nil || len(all) != 5 {
		t.Errorf("staff see %d, %v", len(all), err)
	}
}

func TestWatchesAreTheirs(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	first, second := p.announced(later(-1)), p.announced()
	for range 2 {
		p.must(p.Watch(t.Context(), storetest.Peer(1), second.ID, true))
		p.must(p.Watch(t.Context(), storetest.Peer(1), first.ID, true))
	}
	p.must(p.Watch(t.Context(), storetest.Peer(2), second.ID, true))
	p.must(p.Watch(t.Context(), storetest.Peer(2), second.ID, false))
	for n, want := range map[int]string{1: fmt.Sprint([]int64{first.ID, second.ID}), 2: "[]", 3: "[]"} {
		if ids, err := p.Watches(t.Context(), storetest.Peer(n)); err != nil || fmt.Sprint(ids) != want {
			t.Errorf("%d watches %v, not %s: %v", n, ids, want, err)
		}
	}
	p.set(first.Starts)
	refused(t, p.Watch(t.Context(), storetest.Peer(2), first.ID, true), tiepdan.Conflict, "session.over")
	p.set(first.Ends)
	if ids, err := p.Watches(t.Context(), storetest.Peer(1)); err != nil || fmt.Sprint(ids) != fmt.Sprint([]int64{second.ID}) {
		t.Errorf("after the first: %v, %v", ids, err)
	}
}
