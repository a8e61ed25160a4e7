package store_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// decision is a complaint that was decided on the day, and what its decision owes.
func (o *warned) decision() tiepdan.Case {
	o.t.Helper()
	c := o.file(tiepdan.KhieuNai)
	o.act(c, tiepdan.Act{Do: tiepdan.Assign, By: o.desk.Actor(), Details: tiepdan.Details{Unit: o.unit, Officer: o.officer.ID}})
	o.act(c, tiepdan.Act{Do: tiepdan.Accept, By: o.board.Actor()})
	o.act(c, tiepdan.Act{Do: tiepdan.Take, By: o.officer.Actor()})
	o.act(c, tiepdan.Act{Do: tiepdan.Propose, By: o.officer.Actor(), Text: "Dự thảo mẫu", Details: tiepdan.Details{Result: "wrong", Evidence: "Biên bản mẫu",
		Signer: "Lãnh đạo Mẫu", Next: tiepdan.NextRights(tiepdan.KhieuNai, 1)[0]}})
	return o.act(c, tiepdan.Act{Do: tiepdan.Approve, By: o.leader.Actor()})
}

// helped is a case of the unit MT with which XD's head and an officer of theirs are to help.
func (o *warned) helped(until string) (c tiepdan.Case, officer tiepdan.Staff) {
	o.t.Helper()
	on, err := tiepdan.ParseDate(until)
	if err != nil {
		o.t.Fatal(err)
	}
	officer = reachable(o.t, o.Store, 20, storetest.Staff(o.t, o.Store, tiepdan.Officer, o.helper.Unit, false))
	c = o.given(tiepdan.PhanAnh)
	return o.act(c, tiepdan.Act{Do: tiepdan.Involve, By: o.board.Actor(), Text: "Đo đạc.", Details: tiepdan.Details{Unit: o.helper.Unit, Officer: officer.ID, Until: on}}), officer
}

func TestWhatIsOwedAfterTheAnswerIsWarnedOf(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	c := o.decision() // on Friday 20/11; 24/11 is off
	o.goes("2026-11-26", 8*60)
	if got, want := o.warns(c), "due complaint.send_decision_first officer 08:00; due complaint.send_decision_first unit_head 08:00"; got != want {
		t.Errorf("near its day: %s", got)
	}
	o.goes("2026-11-27", 8*60)
	if got, want := o.warns(c), "overdue complaint.send_decision_first board_head 08:00; overdue complaint.send_decision_first leader 08:00; "+
		"overdue complaint.send_decision_first officer 08:00; overdue complaint.send_decision_first unit_head 08:00"; got != want {
		t.Errorf("late: %s", got)
	}
	o.goes("2026-11-30", 7*60) // half of the fifteen days until it is made public
	o.warns(c)
	digests, err := o.Digests(t.Context(), onDay("2026-11-30"))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range digests {
		theirs := d.Staff == o.officer.ID || d.Staff == o.chief.ID
		if (d.RemainLate == 1) != theirs || d.RemainSoon != 0 || (d.Half == 1) != theirs || d.Empty() == theirs {
			t.Errorf("the %s has %+v", d.Role, d)
		}
	}
}

func TestWhatIsOwedAfterTheAnswerIsFoundByItsNextDay(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	c := o.decision()
	f := tiepdan.CaseFilter{By: o.chief.Actor(), Remains: true}
	shows := func(fact, want string) {
		t.Helper()
		lines, _, err := o.Cases(t.Context(), f)
		n, _, err2 := o.CountCases(t.Context(), f, tiepdan.BesideCap)
		if err != nil || err2 != nil || n != len(lines) || (len(lines) == 1) != (want != "") {
			t.Fatalf("%s: %+v, %d counted; %v %v", fact, lines, n, err, err2)
		}
		if len(lines) == 1 && lines[0].Mine() != onDay(want) {
			t.Errorf("%s: %s", fact, lines[0].Mine())
		}
	}
	shows("the decision is to be sent", "2026-11-26")
	if _, err := o.SaveHoliday(t.Context(), system, tiepdan.Holiday{On: onDay("2026-11-26"), Kind: tiepdan.DayClosure, Name: "Nghỉ mẫu"}); err != nil {
		t.Fatal(err)
	}
	shows("a day off moves it", "2026-11-27")
	o.goes("2026-11-30", 8*60)
	f.Overdue = true
	shows("and it is late", "2026-11-27")
	f.By = o.helper.Actor()
	shows("which isn't another unit's", "")
	f.By, f.Overdue = o.officer.Actor(), false
	o.act(c, tiepdan.Act{Do: tiepdan.RecordDelivery, By: o.officer.Actor(), Details: tiepdan.Details{How: "post"}})
	shows("then it is to be made public", "2026-12-07")
	o.act(c, tiepdan.Act{Do: tiepdan.Publish, By: o.officer.Actor(), Details: tiepdan.Details{How: "posting"}})
	shows("nothing is owed any more", "")
	got, err := o.OverdueReport(t.Context(), tiepdan.Actor{}, onDay("2026-11-01"), onDay("2026-12-01"))
	if want := []tiepdan.OverdueUnit{{Unit: o.unit, RemainMetLate: 1}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v %v", got, err)
	}
}

func TestAHelpersListsGoByTheirOwnDay(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	c, officer := o.helped("2026-11-26")
	lead := c.ID
	o.goes("2026-11-30", 8*60)
	for _, by := range []tiepdan.Staff{o.helper, officer} {
		f := tiepdan.CaseFilter{By: by.Actor(), Open: true, Overdue: true}
		lines, _, err := o.Cases(t.Context(), f)
		if n, _, err2 := o.CountCases(t.Context(), f, 99); err != nil || err2 != nil || len(lines) != 1 || n != 1 || lines[0].Mine() != onDay("2026-11-26") || lines[0].Due != onDay("2026-12-07") {
			t.Errorf("the helping %s: %+v %v %v", by.Role, lines, err, err2)
		}
	}
	if lines, _, err := o.Cases(t.Context(), tiepdan.CaseFilter{By: o.officer.Actor(), Open: true, Overdue: true}); err != nil || len(lines) != 0 {
		t.Errorf("who leads it isn't late: %+v %v", lines, err)
	}
	digests, err := o.Digests(t.Context(), onDay("2026-11-30"))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range digests {
		if theirs := d.Staff == o.helper.ID || d.Staff == officer.ID; (d.HelpLate == 1) != theirs || (d.Helping == 1) != theirs || d.Overdue+d.HelpSoon != 0 {
			t.Errorf("the %s has %+v", d.Role, d)
		}
	}
	report := func(want ...tiepdan.OverdueUnit) {
		t.Helper()
		got, err := o.OverdueReport(t.Context(), tiepdan.Actor{}, onDay("2026-11-01"), onDay("2027-01-01"))
		slices.SortFunc(want, func(a, b tiepdan.OverdueUnit) int { return int(a.Unit - b.Unit) })
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%+v %v, not %+v", got, err, want)
		}
	}
	report(tiepdan.OverdueUnit{Unit: o.unit, Open: 1}, tiepdan.OverdueUnit{Unit: o.helper.Unit, HelpLate: 1})
	for unit, want := range map[int64]int{o.helper.Unit: 1, o.unit: 0} {
		f := tiepdan.CaseFilter{By: system, LateHelp: unit}
		lines, _, err := o.Cases(t.Context(), f)
		if n, _, err2 := o.CountCases(t.Context(), f, 99); err != nil || err2 != nil || len(lines) != want || n != want || want > 0 && lines[0].Mine() != onDay("2026-11-26") {
			t.Errorf("the list of the unit's late help has %d, counted %d: %v %v", len(lines), n, err, err2)
		}
	}
	o.act(tiepdan.Case{ID: lead}, tiepdan.Act{Do: tiepdan.Contribute, By: officer.Actor(), Text: "Đã đo."})
	report(tiepdan.OverdueUnit{Unit: o.unit, Open: 1}, tiepdan.OverdueUnit{Unit: o.helper.Unit, HelpMetLate: 1})
	if n := count(t, o.Store, `SELECT count(*) FROM case_helps`); n != 0 {
		t.Errorf("%d are wanted still", n)
	}
}

func TestASubstituteHasTheDaysOfWhomTheyStandInFor(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	_, away := o.helped("2026-11-26")
	other := reachable(t, o.Store, 21, storetest.Staff(t, o.Store, tiepdan.Officer, o.helper.Unit, false))
	o.goes("2026-11-26", 8*60)
	if _, err := o.SaveLeave(t.Context(), away.Actor(), tiepdan.Leave{Staff: away.ID, From: onDay("2026-11-26"), Until: onDay("2026-11-26"), Substitute: other.ID}); err != nil {
		t.Fatal(err)
	}
	by, err := o.Staff(t.Context(), other.ID)
	if err != nil {
		t.Fatal(err)
	}
	lines, _, err := o.Cases(t.Context(), tiepdan.CaseFilter{By: by.Actor(), Open: true, DueBefore: onDay("2026-11-27"), Order: tiepdan.DueFirst})
	if err != nil || len(lines) != 1 || lines[0].Mine() != onDay("2026-11-26") {
		t.Errorf("%+v %v", lines, err)
	}
	digests, err := o.Digests(t.Context(), onDay("2026-11-26"))
	for _, d := range digests {
		if d.Staff == other.ID && d.HelpSoon != 1 {
			t.Errorf("%+v", d)
		}
	}
	if err != nil {
		t.Error(err)
	}
}

// What a migration can't know of what was there before is counted by the rules.
func TestAWholeCountFindsWhatNoClockRunsIn(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	c := o.decision()
	o.goes("2026-12-30", 8*60)
	o.warns(c)
	for _, sql := range []string{`UPDATE cases SET remains_on = NULL`, `UPDATE case_clocks SET warn_on = NULL`, `INSERT INTO recounts (by_staff, by_role, begun, whole) VALUES (0, 'system', now(), true)`} {
		if _, err := o.Pool().Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.RecomputeDues(t.Context(), system); err != nil { // it takes the place of the other, and counts as much
		t.Fatal(err)
	}
	if n := count(t, o.Store, `SELECT count(*) FROM cases WHERE remains_on = '2026-11-26'`); n != 1 {
		t.Error("it isn't found")
	}
}

// What was there before helps had rows of their own has them after the migration.
func TestHelpOfBeforeIsFound(t *testing.T) {
	t.Parallel()
	o := newWarned(t)
	done, officer := o.helped("2026-11-26")
	o.act(done, tiepdan.Act{Do: tiepdan.Contribute, By: officer.Actor(), Text: "Đã đo."})
	wanted := o.given(tiepdan.PhanAnh)
	o.act(wanted, tiepdan.Act{Do: tiepdan.Involve, By: o.board.Actor(), Text: "Đo đạc.", Details: tiepdan.Details{Unit: o.helper.Unit, Officer: officer.ID, Until: onDay("2026-11-30")}})
	file, err := fs.ReadFile(store.Migrations(), "migrations/0021_dates.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, sql, _ := strings.Cut(string(file), "\nINSERT INTO case_helps")
	sql, _, found := strings.Cut(sql, ";")
	if !found {
		t.Fatal("the migration has no such statement")
	}
	for _, sql := range []string{`DELETE FROM case_helps`, `INSERT INTO case_helps` + sql} {
		if _, err := o.Pool().Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if n := count(t, o.Store, `SELECT count(*) FROM case_helps WHERE case_id = $1 AND unit = $2 AND officer = $3 AND due = '2026-11-30'`, wanted.ID, o.helper.Unit, officer.ID); n != 1 {
		t.Error("the help that is wanted isn't there")
	}
	if n := count(t, o.Store, `SELECT count(*) FROM case_helps`); n != 1 {
		t.Errorf("%d are wanted", n)
	}
}

func onDay(s string) tiepdan.Date { d, _ := tiepdan.ParseDate(s); return d }
