package store_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// spring is a Monday.
var spring = tiepdan.Date{Year: 2026, Month: 3, Day: 2}

// planned is a store whose clock a test sets.
type planned struct {
	*store.Store
	t   *testing.T
	dsn string
	at  atomic.Int64
}

func openPlanned(t *testing.T) *planned {
	t.Helper()
	p := &planned{t: t, dsn: storetest.Database(t)}
	p.set(spring.At(8 * 60))
	p.Store = p.replica()
	return p
}

func (p *planned) replica() *store.Store {
	return storetest.Open(p.t, storetest.WithDatabase(p.dsn), storetest.WithKey(make([]byte, store.KeySize)), storetest.WithNow(p.now))
}

func (p *planned) set(now time.Time) { p.at.Store(now.UnixMicro()) }
func (p *planned) now() time.Time    { return time.UnixMicro(p.at.Load()) }

// periodic is the rule of most offices: the 1st and the 16th, moved off days off.
func periodic() tiepdan.Recurrence {
	return tiepdan.Recurrence{Name: "Ngày tiếp định kỳ mẫu", RRule: "FREQ=MONTHLY;BYMONTHDAY=1,16", From: tiepdan.Date{Year: 2026, Month: 1, Day: 1},
		DayOff: tiepdan.DayOffNext, Kind: tiepdan.Periodic, Starts: 8 * 60, Ends: 11 * 60, Place: "Trụ sở mẫu", Presides: "Lãnh đạo Mẫu 1",
		Focus: "Đất đai", Places: 10, CutDays: 2, Active: true}
}

func (p *planned) rule(change ...func(*tiepdan.Recurrence)) int64 {
	p.t.Helper()
	r := periodic()
	for _, c := range change {
		c(&r)
	}
	id, err := p.SaveRecurrence(p.t.Context(), system, r)
	if err != nil {
		p.t.Fatal(err)
	}
	return id
}

// sessions are all there are in a year from the clock on.
func (p *planned) sessions() []tiepdan.Session {
	p.t.Helper()
	list, err := p.Sessions(p.t.Context(), p.now(), p.now().AddDate(2, 0, 0))
	if err != nil {
		p.t.Fatal(err)
	}
	return list
}

// on is the one session whose rule gave that day.
func (p *planned) on(original tiepdan.Date) tiepdan.Session {
	p.t.Helper()
	for _, d := range p.sessions() {
		if d.Original == original {
			return d
		}
	}
	p.t.Fatalf("no session of %s", original)
	return tiepdan.Session{}
}

func (p *planned) count(sql string, args ...any) (n int) {
	p.t.Helper()
	if err := p.Pool().QueryRow(p.t.Context(), sql, args...).Scan(&n); err != nil {
		p.t.Fatal(err)
	}
	return n
}

func (p *planned) change(id int64, change func(*tiepdan.Session)) (tiepdan.Session, error) {
	return p.ChangeSession(p.t.Context(), system, id, func(d tiepdan.Session) (tiepdan.Session, error) {
		change(&d)
		return d, nil
	})
}

func (p *planned) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func day(month time.Month, d int) tiepdan.Date { return tiepdan.Date{Year: 2026, Month: month, Day: d} }

func refused(t *testing.T, err error, code tiepdan.Code, key string) {
	t.Helper()
	e, ok := err.(*tiepdan.Error)
	if !ok || e.Code != code || e.Key != key {
		t.Errorf("%v, not %s: %s", err, code, key)
	}
}

func TestARuleGivesAYearOfDrafts(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	id := p.rule()
	rules, err := p.Rules(t.Context())
	p.must(err)
	want := periodic().Occurrences(spring, spring.AddMonths(12), rules.Calendar)
	got := p.sessions()
	if len(got) != len(want) || len(got) < 23 {
		t.Fatalf("%d sessions of %d occurrences", len(got), len(want))
	}
	for i, d := range got {
		if d.Recurrence != id || d.Original != want[i].Original || d.On() != want[i].On || d.Status != tiepdan.SessionDraft || d.Public() || d.Token == "" {
			t.Errorf("%+v of %+v", d, want[i])
		}
	}
	if d := p.on(day(11, 1)); d.On() != day(11, 2) || !d.Moved() || d.Starts != day(11, 2).At(8*60) && !d.Starts.Equal(day(11, 2).At(8*60)) || d.Cutoff.IsZero() {
		t.Errorf("the 1st of November is a Sunday: %+v", d)
	}
}

func TestAYearIsMadeOnceThoughManyMakeIt(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	p.rule()
	p.rule(func(r *tiepdan.Recurrence) {
		r.Name, r.RRule, r.Kind, r.Places = "Trực hằng ngày mẫu", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", tiepdan.Regular, 0
	})
	before := p.count(`SELECT count(*) FROM reception_sessions`)
	p.set(day(9, 1).At(60))
	other := p.replica()
	var made atomic.Int64
	var all sync.WaitGroup
	for i := range 8 {
		s := []*store.Store{p.Store, other}[i%2]
		all.Go(func() {
			n, err := s.MakeSessions(context.WithoutCancel(t.Context()), p.now())
			if err != nil {
				t.Error(err)
			}
			made.Add(int64(n))
		})
	}
	all.Wait()
	now := p.count(`SELECT count(*) FROM reception_sessions`)
	if added := now - before; added != int(made.Load()) || added < 130 {
		t.Errorf("%d were added, and %d counted", added, made.Load())
	}
	if n := p.count(`SELECT count(*) FROM (SELECT FROM reception_sessions GROUP BY recurrence, original HAVING count(*) > 1) q`); n != 0 {
		t.Errorf("%d days were given twice", n)
	}
	if n, err := p.MakeSessions(t.Context(), p.now()); n != 0 || err != nil {
		t.Errorf("once more made %d, %v", n, err)
	}
	if n := p.count(`SELECT coalesce(sum((detail->>'made')::int), 0) FROM audit WHERE action IN ('make_sessions', 'save_recurrence')`); n != now {
		t.Errorf("the log tells of %d sessions, not %d", n, now)
	}
}

func TestDraftsFollowAHoliday(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	p.rule()
	edited, shifted, confirmed := p.on(day(6, 1)), p.on(day(6, 16)), p.on(day(7, 1))
	_, err := p.change(edited.ID, func(d *tiepdan.Session) {
		d.Presides, d.Delegated, d.Why = "Lãnh đạo Mẫu 2", true, "đi công tác"
	})
	p.must(err)
	_, err = p.change(shifted.ID, func(d *tiepdan.Session) { d.Starts, d.Ends = d.Starts.AddDate(0, 0, 1), d.Ends.AddDate(0, 0, 1) })
	p.must(err)
	_, err = p.ConfirmSessions(t.Context(), system, []int64{confirmed.ID})
	p.must(err)
	for _, off := range []tiepdan.Date{day(6, 1), day(6, 16), day(7, 1), day(7, 16)} {
		_, err := p.SaveHoliday(t.Context(), system, tiepdan.Holiday{On: off, Kind: tiepdan.DayClosure, Name: "Nghỉ mẫu", Source: "Thông báo mẫu", Confirmed: off.Month == 6})
		p.must(err)
	}
	if d := p.on(day(6, 1)); d.On() != day(6, 2) || d.Presides != "Lãnh đạo Mẫu 2" || !d.Delegated || !d.Cutoff.Equal(edited.Cutoff.AddDate(0, 0, 1)) {
		t.Errorf("a draft that was written in: %+v", d)
	}
	if d := p.on(day(6, 16)); d.On() != day(6, 17) || !d.Starts.Equal(shifted.Starts.AddDate(0, 0, 1)) {
		t.Errorf("a draft on a day of a person's choice: %+v", d)
	}
	if d := p.on(day(7, 1)); d.On() != day(7, 1) || d.Status != tiepdan.SessionConfirmed {
		t.Errorf("a confirmed one: %+v", d)
	}
	if d := p.on(day(7, 16)); d.On() != day(7, 17) || d.Status != tiepdan.SessionDraft || d.Reason != "Nghỉ mẫu" || d.Note != "Nghỉ mẫu (Thông báo mẫu)" {
		t.Errorf("one that no notice has confirmed: %+v", d)
	}
	for _, off := range []tiepdan.Date{day(6, 1), day(7, 16)} {
		_, err := p.DeleteHoliday(t.Context(), system, off)
		p.must(err)
	}
	if d := p.on(day(6, 1)); d.On() != day(6, 1) || d.Presides != "Lãnh đạo Mẫu 2" {
		t.Errorf("back again: %+v", d)
	}
	if d := p.on(day(7, 16)); d.On() != day(7, 16) || d.Reason != "" || d.Note != "" || d.Sequence != 0 {
		t.Errorf("back again: %+v", d)
	}
}

func TestADayOffMayCancelADraftAndGiveItBack(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	p.rule(func(r *tiepdan.Recurrence) { r.DayOff = tiepdan.DayOffCancel })
	_, err := p.SaveHoliday(t.Context(), system, tiepdan.Holiday{On: day(6, 1), Kind: tiepdan.DayClosure, Name: "Nghỉ mẫu", Confirmed: true})
	p.must(err)
	if d := p.on(day(6, 1)); !d.Cancelled() || d.Reason != "Nghỉ mẫu" {
		t.Errorf("on a day off: %+v", d)
	}
	_, err = p.DeleteHoliday(t.Context(), system, day(6, 1))
	p.must(err)
	if d := p.on(day(6, 1)); d.Status != tiepdan.SessionDraft || d.Reason != "" {
		t.Errorf("the day is worked again: %+v", d)
	}
	_, err = p.change(p.on(day(6, 16)).ID, func(d *tiepdan.Session) { d.Status = tiepdan.SessionCancelled })
	p.must(err)
	_, err = p.MakeSessions(t.Context(), p.now())
	p.must(err)
	if d := p.on(day(6, 16)); !d.Cancelled() {
		t.Errorf("what a person cancelled came back: %+v", d)
	}
}

func TestAChangedRuleMakesItsDraftsAnew(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	id := p.rule()
	edited, confirmed := p.on(day(6, 1)), p.on(day(7, 1))
	_, err := p.change(edited.ID, func(d *tiepdan.Session) { d.Focus = "Bồi thường" })
	p.must(err)
	_, err = p.ConfirmSessions(t.Context(), system, []int64{confirmed.ID})
	p.must(err)
	r, err := p.Recurrence(t.Context(), id)
	p.must(err)
	if r.Name != periodic().Name || r.From != periodic().From || !r.Until.IsZero() || r.CutDays != 2 {
		t.Errorf("the rule came back as %+v", r)
	}
	r.RRule, r.Starts, r.Place = "FREQ=MONTHLY;BYMONTHDAY=1,20", 9*60, "Trụ sở mẫu 2"
	_, err = p.SaveRecurrence(t.Context(), system, r)
	p.must(err)
	if d := p.on(day(10, 1)); !d.Starts.Equal(day(10, 1).At(9*60)) || d.Place != "Trụ sở mẫu 2" {
		t.Errorf("a draft: %+v", d)
	}
	if d := p.on(day(6, 1)); !d.Starts.Equal(edited.Starts) || d.Focus != "Bồi thường" {
		t.Errorf("one that was written in: %+v", d)
	}
	if d := p.on(day(7, 1)); !d.Starts.Equal(confirmed.Starts) || d.Place != "Trụ sở mẫu" {
		t.Errorf("a confirmed one: %+v", d)
	}
	p.on(day(8, 20))
	if n := p.count(`SELECT count(*) FROM reception_sessions WHERE extract(day FROM original) = 16`); n != 0 {
		t.Errorf("%d drafts are left of days that the rule gives no more", n)
	}
	r.Active = false
	_, err = p.SaveRecurrence(t.Context(), system, r)
	p.must(err)
	if left := p.sessions(); len(left) != 2 {
		t.Errorf("%d sessions are left of a rule of old, not the two that a person saw to", len(left))
	}
}

func TestARuleIsCheckedAndNamed(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	r := periodic()
	r.RRule = "FREQ=MONTHLY;COUNT=3"
	_, err := p.SaveRecurrence(t.Context(), system, r)
	if tiepdan.CodeOf(err) != tiepdan.Invalid {
		t.Errorf("a wrong rule: %v", err)
	}
	r = periodic()
	r.ID = 99
	_, err = p.SaveRecurrence(t.Context(), system, r)
	refused(t, err, tiepdan.NotFound, "recurrence.none")
	_, err = p.Recurrence(t.Context(), 99)
	refused(t, err, tiepdan.NotFound, "recurrence.none")
	p.rule(func(r *tiepdan.Recurrence) { r.Active = false })
	active := p.rule()
	list, err := p.Recurrences(t.Context())
	if err != nil || len(list) != 2 || list[0].ID != active {
		t.Errorf("the active one stands first: %+v, %v", list, err)
	}
}
