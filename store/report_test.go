package store_test

import (
	"maps"
	"testing"

	"tiepdan"
	"tiepdan/store/storetest"
)

// counted is a book whose counts are known by hand: seven receptions in three days
// and two in the November before.
func counted(t *testing.T) *after {
	o := held(t) // four, of one person each
	c := storetest.File(t, o.Store, storetest.Petition(tiepdan.PhanAnh, "Rác ở ngõ mẫu bốn."), storetest.Filing(storetest.Peer(30), o.now()))
	o.receive(tiepdan.Reception{Person: person(5), People: 12, Spokesmen: []string{"Người Dân Mẫu 5"}, Kind: tiepdan.KhieuNai, Field: "dat_dai", Content: "Khiếu nại mẫu.",
		Again: true, Result: tiepdan.ResultConciliate})
	o.receive(tiepdan.Reception{On: afterDay.Add(1), Person: person(6), People: 5, Kind: tiepdan.PhanAnh, Field: "moi_truong", Content: "Rác.", Result: tiepdan.ResultSettled, Case: c.ID})
	var err error
	periodic := o.session
	o.session, err = o.AddSession(t.Context(), o.desk.Actor(), tiepdan.Session{Kind: tiepdan.Regular, Status: tiepdan.SessionOpen, Starts: afterDay.Add(2).At(480), Ends: afterDay.Add(2).At(600)})
	o.must(err)
	o.receive(tiepdan.Reception{Person: person(6), Kind: tiepdan.PhanAnh, Field: "moi_truong", Content: "Rác.", Again: true, Result: tiepdan.ResultTakenIn, Case: c.ID})
	o.session = periodic
	for _, day := range []int{4, 10} {
		o.receive(tiepdan.Reception{On: tiepdan.Date{Year: 2025, Month: 11, Day: day}, Person: person(7), People: 3, Kind: tiepdan.PhanAnh, Content: "Việc cũ.", Result: tiepdan.ResultSettled})
	}
	return o
}

func TestReceptionsAreCountedAsByHand(t *testing.T) {
	t.Parallel()
	o := counted(t)
	from, until := afterDay, afterDay.Add(3)
	c, err := o.ReceptionCounts(t.Context(), from, until)
	o.must(err)
	if want := (tiepdan.Tally{Times: 7, People: 22, Groups: 2, GroupPeople: 17}); c.Tally != want || c.Matters != 6 || c.First != 5 || c.Again != 2 {
		t.Errorf("%+v", c)
	}
	if want := map[tiepdan.Result]int{tiepdan.ResultPromised: 1, tiepdan.ResultGuided: 2, tiepdan.ResultSettled: 2, tiepdan.ResultConciliate: 1, tiepdan.ResultTakenIn: 1}; !maps.Equal(c.Results, want) {
		t.Errorf("by result: %v", c.Results)
	}
	if got := c.Share(tiepdan.ResultSettled, tiepdan.ResultConciliate); got != 42.86 {
		t.Errorf("%v percent were settled", got)
	}
	one := tiepdan.Tally{Times: 1, People: 1}
	if want := map[tiepdan.Kind]tiepdan.Tally{tiepdan.PhanAnh: {Times: 4, People: 8, Groups: 1, GroupPeople: 5}, tiepdan.KienNghi: one, tiepdan.ToCao: one,
		tiepdan.KhieuNai: {Times: 1, People: 12, Groups: 1, GroupPeople: 12}}; !maps.Equal(c.Kinds, want) {
		t.Errorf("by kind: %v", c.Kinds)
	}
	if want := map[string]tiepdan.Tally{"moi_truong": {Times: 3, People: 7, Groups: 1, GroupPeople: 5}, "dat_dai": {Times: 2, People: 13, Groups: 1, GroupPeople: 12},
		"": {Times: 2, People: 2}}; !maps.Equal(c.Fields, want) {
		t.Errorf("by field: %v", c.Fields)
	}
	if c.At[tiepdan.Periodic].Times != 6 || c.At[tiepdan.Regular] != one {
		t.Errorf("by session: %v", c.At)
	}
}

func TestCountsOfASpanAreOfItsDaysAndLatestVersions(t *testing.T) {
	t.Parallel()
	o := counted(t)
	times := func(from, until tiepdan.Date) tiepdan.Tally {
		c, err := o.ReceptionCounts(t.Context(), from, until)
		o.must(err)
		return c.Tally
	}
	if got := times(afterDay, afterDay.Add(1)); got.Times != 5 || got.People != 16 {
		t.Errorf("on the session's day: %+v", got)
	}
	if got := times(afterDay.Add(3), afterDay.Add(9)); got != (tiepdan.Tally{}) {
		t.Errorf("after it: %+v", got)
	}
	if got := times(tiepdan.YearBefore(afterDay, afterDay.Add(3))); got.Times != 1 || got.People != 3 {
		t.Errorf("a year before: %+v", got)
	}
	_, err := o.CorrectReception(t.Context(), o.desk.Actor(), o.said[0].ID, 1, func(r tiepdan.Reception) (tiepdan.Reception, error) {
		r.People, r.Why = 6, "Đếm lại."
		return r, nil
	})
	o.must(err)
	if got := times(afterDay, afterDay.Add(1)); got.Times != 5 || got.People != 21 || got.Groups != 2 {
		t.Errorf("after a correction: %+v", got)
	}
}

func TestDirectionsAreReportedByUnit(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	due := func(d *tiepdan.Directive) { d.Due = afterDay.Add(1) }
	works := func(d tiepdan.Directive, st tiepdan.Staff, do tiepdan.DirectiveAction, day int) {
		o.set(afterDay.Add(day).At(10 * 60))
		_, err := o.does(d.ID, st, do)
		o.must(err)
	}
	inTime, late, open, dropped := o.issued(due), o.issued(due), o.issued(due), o.issued(due)
	elsewhere := o.issued(func(d *tiepdan.Directive) { d.Unit, d.Due = o.xd, afterDay.Add(30) })
	works(inTime, o.head, tiepdan.ReportDirective, 1)
	works(open, o.head, tiepdan.TakeDirective, 1)
	works(dropped, o.leader, tiepdan.CancelDirective, 1)
	works(late, o.head, tiepdan.ReportDirective, 2)
	works(inTime, o.leader, tiepdan.AcceptDirective, 3) // later than its day, but it was reported on it
	works(late, o.leader, tiepdan.AcceptDirective, 3)
	works(elsewhere, o.desk, tiepdan.UrgeDirective, 3)
	works(elsewhere, o.leader, tiepdan.UrgeDirective, 3)
	o.issued() // out of the span
	got, err := o.DirectiveReport(t.Context(), tiepdan.Actor{}, afterDay.Add(-1), afterDay.Add(1))
	o.must(err)
	want := map[int64]tiepdan.DirectiveUnit{
		o.mt: {Unit: o.mt, Issued: 4, Done: 2, Cancelled: 1, InTime: 1, Late: 1, Open: 1, Overdue: 1},
		o.xd: {Unit: o.xd, Issued: 1, Open: 1, Urged: 2},
	}
	for _, u := range got {
		if u != want[u.Unit] {
			t.Errorf("%+v, not %+v", u, want[u.Unit])
		}
	}
	if len(got) != 2 {
		t.Errorf("%d units", len(got))
	}
}

func TestHeadsAndAttendanceOfASpan(t *testing.T) {
	t.Parallel()
	o := held(t)
	head, err := o.SaveHead(t.Context(), o.board.Actor(), tiepdan.Head{Name: "Lãnh đạo Mẫu 1", Title: "Chủ tịch", Duty: "duty.commune_chair", Active: true})
	o.must(err)
	_, err = o.ChangeSession(t.Context(), o.desk.Actor(), o.session, func(d tiepdan.Session) (tiepdan.Session, error) {
		d.Head = head
		return d, nil
	})
	o.must(err)
	_, err = o.AddSession(t.Context(), o.desk.Actor(), tiepdan.Session{Starts: afterDay.At(840), Ends: afterDay.At(960)}) // nobody's
	o.must(err)
	o.must(o.SaveAttendance(t.Context(), o.desk.Actor(), tiepdan.Attendance{Session: o.session, Unit: o.mt, Who: "Phòng Mẫu", Came: afterDay.At(8*60 + 10)}))
	ss, err := o.SessionsOfHeads(t.Context(), afterDay, afterDay.Add(1))
	if err != nil || len(ss) != 1 || ss[0].ID != o.session {
		t.Errorf("sessions of heads: %+v, %v", ss, err)
	}
	ss, as, err := o.AttendanceBetween(t.Context(), afterDay, afterDay.Add(1))
	if err != nil || len(ss) != 1 {
		t.Fatal(ss, err)
	}
	found := false
	for _, a := range as {
		found = found || a.Unit == o.mt && a.Session == o.session && a.Late(ss[0].Starts).Minutes() == 10
	}
	if !found {
		t.Errorf("who attended: %+v", as)
	}
	if ss, as, err := o.AttendanceBetween(t.Context(), afterDay.Add(1), afterDay.Add(9)); err != nil || len(ss)+len(as) != 0 {
		t.Errorf("of another span: %+v, %+v, %v", ss, as, err)
	}
}

func TestTheMorningKnowsDirectionsAndDuty(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	o.issued(func(d *tiepdan.Directive) { d.Officer, d.Due = o.officer.ID, afterDay.Add(-1) })
	reported := o.issued(func(d *tiepdan.Directive) { d.Due = afterDay.Add(-1) })
	o.issued(func(d *tiepdan.Directive) { d.Unit = o.xd })
	_, err := o.does(reported.ID, o.head, tiepdan.ReportDirective)
	o.must(err)
	o.must(o.SaveRoster(t.Context(), o.board.Actor(), afterDay, afterDay.Add(1), []tiepdan.OnDuty{{On: afterDay, Shift: tiepdan.Morning, Staff: o.desk.ID},
		{On: afterDay, Shift: tiepdan.Afternoon, Staff: o.officer.ID}}))
	got, err := o.Digests(t.Context(), afterDay)
	o.must(err)
	want := map[int64]tiepdan.Digest{
		o.desk.ID:    {OnDuty: true},
		o.board.ID:   {Directives: 1, DirectivesLate: 2},
		o.leader.ID:  {Directives: 1, DirectivesLate: 2},
		o.head.ID:    {Directives: 1, DirectivesLate: 1},
		o.other.ID:   {Directives: 1},
		o.officer.ID: {Directives: 1, DirectivesLate: 1, OnDuty: true},
	}
	for _, d := range got {
		w := want[d.Staff]
		if d.OnDuty != w.OnDuty || d.Directives != w.Directives || d.DirectivesLate != w.DirectivesLate || d.Empty() {
			t.Errorf("the %s has %+v", d.Role, d)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d digests", len(got))
	}
	if next, err := o.Digests(t.Context(), afterDay.Add(1)); err != nil || len(next) != len(want)-1 {
		t.Errorf("on the next day %d digests, %v", len(next), err)
	}
}
