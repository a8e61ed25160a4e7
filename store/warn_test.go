package store_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// warned is an office with people who hear of what is late, and a clock that a test moves.
type warned struct {
	*store.Store
	t                     *testing.T
	mu                    sync.Mutex
	at                    time.Time
	unit                  int64
	desk, officer, chief  tiepdan.Staff
	board, leader, helper tiepdan.Staff
}

func newWarned(t *testing.T) *warned {
	o := &warned{t: t, at: tiepdan.Date{Year: 2026, Month: 11, Day: 20}.At(9 * 60)} // a Friday
	o.Store = storetest.Open(t, storetest.WithNow(o.now))
	o.unit = storetest.Unit(t, o.Store, "MT")
	o.desk = reachable(t, o.Store, 1, storetest.Staff(t, o.Store, tiepdan.Receptionist, 0, false))
	o.officer = reachable(t, o.Store, 2, storetest.Staff(t, o.Store, tiepdan.Officer, o.unit, false))
	o.chief = reachable(t, o.Store, 3, storetest.Staff(t, o.Store, tiepdan.UnitHead, o.unit, false))
	o.board = reachable(t, o.Store, 4, storetest.Staff(t, o.Store, tiepdan.BoardHead, 0, true))
	o.leader = reachable(t, o.Store, 5, storetest.Staff(t, o.Store, tiepdan.Leader, 0, false))
	o.helper = reachable(t, o.Store, 6, storetest.Staff(t, o.Store, tiepdan.UnitHead, storetest.Unit(t, o.Store, "XD"), false))
	return o
}

func (o *warned) now() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.at
}

func (o *warned) goes(day string, minutes int) {
	d, err := tiepdan.ParseDate(day)
	if err != nil {
		o.t.Fatal(err)
	}
	o.mu.Lock()
	o.at = d.At(minutes)
	o.mu.Unlock()
}

func (o *warned) file(kind tiepdan.Kind) tiepdan.Case {
	o.t.Helper()
	return storetest.File(o.t, o.Store, storetest.Petition(kind, "Cây đổ ở ngõ mẫu."), storetest.Filing(storetest.Peer(100), o.now()))
}

func (o *warned) act(c tiepdan.Case, a tiepdan.Act) tiepdan.Case {
	o.t.Helper()
	a.At = o.now()
	return do(o.t, o.Store, c.ID, a)
}

// given is a case that the officer has taken.
func (o *warned) given(kind tiepdan.Kind) tiepdan.Case {
	o.t.Helper()
	c := o.act(o.file(kind), tiepdan.Act{Do: tiepdan.Assign, By: o.desk.Actor(), Details: tiepdan.Details{Unit: o.unit, Officer: o.officer.ID}})
	return o.act(c, tiepdan.Act{Do: tiepdan.Take, By: o.officer.Actor()})
}

// warns looks at the clocks, and returns what is told to whom, and not before when.
func (o *warned) warns(c tiepdan.Case) string {
	o.t.Helper()
	if _, err := o.Warn(o.t.Context(), o.now()); err != nil {
		o.t.Fatal(err)
	}
	rows, err := o.Pool().Query(o.t.Context(), `SELECT st.role, o.key, e.details ->> 'duty', o.not_before FROM outbox o JOIN staff st ON st.id = o.staff_id
		JOIN entries e ON e.case_id = o.case_id AND e.n = o.entry
		WHERE o.case_id = $1 AND o.key IN ('notice.due', 'notice.overdue') AND o.created_at >= $2 ORDER BY o.id`, c.ID, o.now())
	if err != nil {
		o.t.Fatal(err)
	}
	var said []string
	for rows.Next() {
		var role, key, duty string
		var from time.Time
		if err := rows.Scan(&role, &key, &duty, &from); err != nil {
			o.t.Fatal(err)
		}
		said = append(said, fmt.Sprintf("%s %s %s %s", strings.TrimPrefix(key, "notice."), duty, role, from.In(tiepdan.Hanoi).Format("15:04")))
	}
	slices.Sort(said)
	return strings.Join(said, "; ")
}

func TestAClockIsWarnedOfAtItsLevels(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	c := o.given(tiepdan.PhanAnh)
	for _, x := range []struct{ fact, day, want string }{
		{"nothing is to be told yet", "2026-11-27", ""},
		{"the half is told in the digest only", "2026-11-30", ""},
		{"near its day the officer and the head hear", "2026-12-03", "due reception.initial_notice officer 07:30; due reception.initial_notice unit_head 07:30"},
		{"once", "2026-12-03", "due reception.initial_notice officer 07:30; due reception.initial_notice unit_head 07:30"},
		{"not on the next day", "2026-12-04", ""},
		{"when it is over who decides hears too", "2026-12-08",
			"overdue reception.initial_notice board_head 07:30; overdue reception.initial_notice leader 07:30; overdue reception.initial_notice officer 07:30; overdue reception.initial_notice unit_head 07:30"},
		{"the target has its own", "2026-12-09", "due office.target officer 07:30; due office.target unit_head 07:30"},
	} {
		o.goes(x.day, 7*60)
		if got := o.warns(c); got != x.want {
			t.Errorf("%s: %s", x.fact, got)
		}
	}
	after, err := o.Case(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if e := after.History[len(after.History)-1]; e.Do != tiepdan.Escalate || e.By.Role != tiepdan.System || !e.Internal() || e.Details.Level != tiepdan.WarnSoon {
		t.Errorf("the history has %+v", e)
	}
	if n := count(t, o.Store, `SELECT count(*) FROM case_clocks WHERE half_on = '2026-12-03'`); n != 1 {
		t.Error("the target's half isn't in a digest")
	}
}

func TestWhatNobodyHasOrTakesIsWarnedOf(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	c := o.file(tiepdan.PhanAnh)
	o.goes("2026-11-23", 8*60)
	if got := o.warns(c); got != "due office.assign board_head 08:00; due office.assign receptionist 08:00" {
		t.Errorf("unassigned: %s", got)
	}
	o.goes("2026-11-25", 8*60)
	if got := o.warns(c); got != "overdue office.assign board_head 08:00" {
		t.Errorf("unassigned and late: %s", got)
	}
	o.act(c, tiepdan.Act{Do: tiepdan.Assign, By: o.desk.Actor(), Details: tiepdan.Details{Unit: o.unit, Officer: o.officer.ID}})
	o.goes("2026-11-26", 12*60)
	if got := o.warns(c); got != "due office.take unit_head 13:00" {
		t.Errorf("untaken, at noon: %s", got)
	}
	o.goes("2026-11-27", 8*60)
	if got := o.warns(c); got != "overdue office.take board_head 08:00" {
		t.Errorf("untaken and late: %s", got)
	}
}

func TestAQuestionAndAHelperAreWarnedOf(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	c := o.given(tiepdan.PhanAnh)
	o.act(c, tiepdan.Act{Do: tiepdan.Consult, By: o.officer.Actor(), Text: "Xin chỉ đạo.", Details: tiepdan.Details{Asked: o.leader.ID}})
	o.act(c, tiepdan.Act{Do: tiepdan.Involve, By: o.board.Actor(), Text: "Đo đạc.", Details: tiepdan.Details{Unit: o.helper.Unit, Until: tiepdan.Date{Year: 2026, Month: 11, Day: 24}.Add(2)}})
	o.goes("2026-11-26", 8*60)
	want := "due office.help unit_head 08:00; overdue office.direct leader 08:00; overdue office.direct officer 08:00"
	if got := o.warns(c); got != want {
		t.Errorf("%s", got)
	}
	o.goes("2026-11-27", 8*60)
	if got := o.warns(c); got != "overdue office.help officer 08:00; overdue office.help unit_head 08:00" {
		t.Errorf("%s", got)
	}
	digests, err := o.Digests(t.Context(), tiepdan.Date{Year: 2026, Month: 11, Day: 27})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range digests {
		asks, helps := map[int64]int{o.leader.ID: 1, o.officer.ID: 1, o.chief.ID: 1}[d.Staff], map[int64]int{o.helper.ID: 1}[d.Staff]
		if d.Asks != asks || d.Helping != helps {
			t.Errorf("the %s has %+v", d.Role, d)
		}
	}
}

func TestManyProcessesWarnOnce(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	cases := []tiepdan.Case{o.given(tiepdan.PhanAnh), o.given(tiepdan.PhanAnh), o.given(tiepdan.PhanAnh)}
	o.goes("2026-12-08", 8*60)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, err := o.Warn(t.Context(), o.now()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := count(t, o.Store, `SELECT count(*) FROM entries WHERE action = 'escalate'`); n != len(cases) {
		t.Errorf("%d entries of %d cases", n, len(cases))
	}
	if n := count(t, o.Store, `SELECT count(*) FROM outbox WHERE key = 'notice.overdue'`); n != 4*len(cases) {
		t.Errorf("%d messages", n)
	}
	if n := count(t, o.Store, `SELECT count(*) FROM case_clocks WHERE warn_on <= '2026-12-08'`); n != 0 {
		t.Errorf("%d are found again", n)
	}
}

// Who waits for a case sees what was told of its clocks meanwhile.
func TestWhatWasToldWhileOneWaitedIsKnown(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	c := o.given(tiepdan.PhanAnh)
	o.goes("2026-12-08", 8*60)
	rules, err := o.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	due, _, told := tiepdan.DueWarnings(c, rules, tiepdan.DateOf(o.now()), nil)
	if len(due) == 0 {
		t.Fatal("nothing is to be told")
	}
	tx, err := o.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(t.Context())
	if _, err := tx.Exec(t.Context(), `WITH one AS (SELECT id FROM cases WHERE id = $1 FOR UPDATE)
		UPDATE case_clocks SET warned = $2 FROM one WHERE case_id = one.id`, c.ID, told); err != nil {
		t.Fatal(err)
	}
	n := make(chan int)
	go func() {
		told, err := o.Warn(t.Context(), o.now())
		if err != nil {
			t.Error(err)
		}
		n <- told
	}()
	for count(t, o.Store, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`) == 0 {
		runtime.Gosched()
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := <-n; n != 0 {
		t.Errorf("%d were told twice", n)
	}
}

func TestWhatIsDoneInTimeIsNotWarnedOf(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	c := o.given(tiepdan.PhanAnh)
	o.goes("2026-12-02", 8*60)
	o.act(c, tiepdan.Act{Do: tiepdan.Answer, By: o.officer.Actor(), Text: "Đã xong."})
	o.goes("2026-12-20", 8*60)
	if got := o.warns(c); got != "" {
		t.Error(got)
	}
	if n := count(t, o.Store, `SELECT count(*) FROM case_clocks WHERE warn_on IS NOT NULL`); n != 0 {
		t.Error("it is looked at again")
	}
}

func TestASealedCaseIsWarnedOfToTheCleared(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	c := o.file(tiepdan.ToCao)
	o.goes("2026-12-01", 8*60)
	o.warns(c)
	if n := count(t, o.Store, `SELECT count(*) FROM outbox WHERE case_id = $1 AND reply IS NOT NULL`, c.ID); n != 0 {
		t.Error("a message of a sealed case holds words")
	}
	if n := count(t, o.Store, `SELECT count(*) FROM entries WHERE case_id = $1 AND action = 'escalate' AND text || reason <> ''`, c.ID); n != 0 {
		t.Error("an entry holds words")
	}
}

func TestWhatWasDoneLateIsReportedByUnit(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	late, fine := o.given(tiepdan.PhanAnh), o.given(tiepdan.PhanAnh)
	o.goes("2026-12-01", 8*60)
	o.act(fine, tiepdan.Act{Do: tiepdan.Answer, By: o.officer.Actor(), Text: "Đã xong."})
	o.goes("2026-12-11", 8*60)
	o.act(late, tiepdan.Act{Do: tiepdan.Answer, By: o.officer.Actor(), Text: "Đã xong."})
	o.given(tiepdan.PhanAnh)
	o.goes("2026-12-28", 8*60)
	got, err := o.OverdueReport(t.Context(), tiepdan.Actor{}, tiepdan.Date{Year: 2026, Month: 12, Day: 1}, tiepdan.Date{Year: 2027, Month: 1, Day: 1})
	if err != nil {
		t.Fatal(err)
	}
	if want := []tiepdan.OverdueUnit{{Unit: o.unit, Open: 1, Overdue: 1, MetLate: 1, Longest: 4}}; !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if got, err = o.OverdueReport(t.Context(), tiepdan.Actor{}, tiepdan.Date{Year: 2027, Month: 1, Day: 1}, tiepdan.Date{Year: 2027, Month: 2, Day: 1}); err != nil || got[0].MetLate != 0 {
		t.Errorf("in another month: %+v %v", got, err)
	}
}

func TestAnExtensionIsCheckedUnderTheLock(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	c := o.given(tiepdan.PhanAnh)
	a := tiepdan.Act{Do: tiepdan.Extend, By: o.board.Actor(), At: o.now(), Reason: "Cần khảo sát.", Details: tiepdan.Details{Until: tiepdan.Date{Year: 2027, Month: 1, Day: 16}}}
	if _, _, err := o.UpdateCase(t.Context(), c.ID, a.Apply); tiepdan.CodeOf(err) != tiepdan.Invalid {
		t.Errorf("a Saturday: %v", err)
	}
	a.Details.Until = a.Details.Until.Add(-1)
	if _, _, err := o.UpdateCase(t.Context(), c.ID, a.Apply); err != nil {
		t.Errorf("a Friday: %v", err)
	}
}

func TestAPromiseThatANewDayOffMovesIsNamed(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	c := o.given(tiepdan.PhanAnh)
	promised := tiepdan.Date{Year: 2027, Month: 1, Day: 15}
	o.act(c, tiepdan.Act{Do: tiepdan.Extend, By: o.board.Actor(), Reason: "Cần khảo sát.", Details: tiepdan.Details{Until: promised}})
	r, err := o.SaveHoliday(t.Context(), system, tiepdan.Holiday{On: promised, Kind: tiepdan.DayClosure, Name: "Nghỉ mẫu"})
	if err != nil || !r.Done || !slices.Equal(r.Promised, []int64{c.ID}) {
		t.Errorf("%+v %v", r, err)
	}
	if last, err := o.LastRecount(t.Context()); err != nil || !slices.Equal(last.Promised, r.Promised) {
		t.Errorf("%+v %v", last, err)
	}
}

func TestACountThatWasCutOffIsGoneOnWith(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	o.given(tiepdan.PhanAnh)
	if _, err := o.Pool().Exec(t.Context(), `UPDATE cases SET due_on = '2030-01-01'; INSERT INTO recounts (by_staff, by_role, begun) VALUES (0, 'system', now())`); err != nil {
		t.Fatal(err)
	}
	if n, err := o.ContinueRecounts(t.Context()); err != nil || n != 1 {
		t.Errorf("%d %v", n, err)
	}
	if n := count(t, o.Store, `SELECT count(*) FROM cases WHERE due_on = '2030-01-01'`); n != 0 {
		t.Error("it wasn't counted")
	}
	if n, err := o.ContinueRecounts(t.Context()); err != nil || n != 0 {
		t.Errorf("again: %d %v", n, err)
	}
}

func TestQuietHoursMoveMessages(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	o.officer.Quiet = tiepdan.Quiet{From: 21 * 60, To: 6 * 60}
	if _, err := o.SaveStaff(t.Context(), system, o.officer); err != nil {
		t.Fatal(err)
	}
	notBefore := func(key string) string {
		var at time.Time
		if err := o.Pool().QueryRow(t.Context(), `SELECT not_before FROM outbox WHERE key = $1 AND staff_id = $2 ORDER BY id DESC LIMIT 1`, key, o.officer.ID).Scan(&at); err != nil {
			t.Fatal(key, err)
		}
		return at.In(tiepdan.Hanoi).Format("02 15:04")
	}
	o.goes("2026-11-23", 22*60)
	c := o.act(o.file(tiepdan.PhanAnh), tiepdan.Act{Do: tiepdan.Assign, By: o.desk.Actor(), Details: tiepdan.Details{Unit: o.unit, Officer: o.officer.ID}})
	if got := notBefore("notice.assigned"); got != "24 06:00" {
		t.Errorf("at night: %s", got)
	}
	o.goes("2026-11-24", 23*60)
	o.act(c, tiepdan.Act{Do: tiepdan.MarkUrgent, By: o.board.Actor(), Reason: "Nguy hiểm."})
	if got := notBefore("notice.urgent"); got != "24 23:00" {
		t.Errorf("an urgent one: %s", got)
	}
	for _, q := range []string{"", "21:00-06:00", "11:30-13:00", "06:00-21:00"} {
		quiet, err := tiepdan.ParseQuiet(q)
		if err != nil {
			t.Fatal(err)
		}
		for m := 0; m < 24*60; m += 29 {
			at := tiepdan.Date{Year: 2026, Month: 11, Day: 20}.At(m)
			var ends time.Time
			if err := o.Pool().QueryRow(t.Context(), `SELECT after_quiet($1, $2)`, at, q).Scan(&ends); err != nil || !ends.Equal(quiet.Ends(at)) {
				t.Fatalf("%s at %v: the database says %v, %v", q, at, ends, err)
			}
		}
	}
}
