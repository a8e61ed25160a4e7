package store_test

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestADirectionsWholeLife(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	d := o.issued()
	if d.Code() != "CD26-0001" || d.Status != tiepdan.DirectiveIssued {
		t.Fatalf("%+v", d)
	}
	steps := []struct {
		by     tiepdan.Staff
		do     tiepdan.DirectiveAction
		change func(*tiepdan.DirectiveAct)
		status tiepdan.DirectiveStatus
		told   []tiepdan.Staff
	}{
		{o.head, tiepdan.AssignDirective, func(a *tiepdan.DirectiveAct) { a.Officer = o.officer.ID }, tiepdan.DirectiveIssued, []tiepdan.Staff{o.officer}},
		{o.officer, tiepdan.TakeDirective, nil, tiepdan.DirectiveTaken, nil},
		{o.officer, tiepdan.ProgressDirective, nil, tiepdan.DirectiveTaken, nil},
		{o.desk, tiepdan.UrgeDirective, nil, tiepdan.DirectiveTaken, []tiepdan.Staff{o.officer}},
		{o.leader, tiepdan.ExtendDirective, func(a *tiepdan.DirectiveAct) { a.Due = d.Due.Add(3) }, tiepdan.DirectiveTaken, []tiepdan.Staff{o.officer}},
		{o.officer, tiepdan.ReportDirective, nil, tiepdan.DirectiveReported, []tiepdan.Staff{o.leader, o.board}},
		{o.board, tiepdan.ReturnDirective, nil, tiepdan.DirectiveTaken, []tiepdan.Staff{o.officer}},
		{o.officer, tiepdan.ReportDirective, nil, tiepdan.DirectiveReported, []tiepdan.Staff{o.leader, o.board}},
		{o.leader, tiepdan.AcceptDirective, nil, tiepdan.DirectiveDone, []tiepdan.Staff{o.officer}},
	}
	everybody := []tiepdan.Staff{o.desk, o.board, o.leader, o.head, o.other, o.officer}
	for n, step := range steps {
		key := "directive." + string(step.do)
		before := map[int64]int{}
		for _, st := range everybody {
			before[st.ID] = o.told(st.ID, key)
		}
		if step.change == nil {
			step.change = func(*tiepdan.DirectiveAct) {}
		}
		got, err := o.does(d.ID, step.by, step.do, step.change)
		if err != nil || got.Status != step.status {
			t.Fatalf("step %d, %s: %s, %v", n, step.do, got.Status, err)
		}
		for _, st := range everybody {
			want := before[st.ID]
			if slices.ContainsFunc(step.told, func(to tiepdan.Staff) bool { return to.ID == st.ID }) {
				want++
			}
			if told := o.told(st.ID, key); told != want {
				t.Errorf("step %d, %s: the %s has %d messages, not %d", n, step.do, st.Role, told, want)
			}
		}
	}
	got, err := o.DirectiveByCode(t.Context(), 2026, 1)
	o.must(err)
	if len(got.History) != len(steps)+1 || got.Urged != 1 || got.Due != d.Due.Add(3) || got.Done.IsZero() || got.History[1].To != o.officer.ID || got.History[2].Name != o.officer.Name {
		t.Errorf("%+v", got)
	}
	if n := o.count(`SELECT count(*) FROM audit WHERE subject_kind = 'directive' AND subject_id = $1`, d.ID); n != len(steps)+1 {
		t.Errorf("%d audit rows", n)
	}
	if n := o.count(`SELECT count(*) FROM outbox WHERE reply::text LIKE '%Lời mẫu%' OR reply::text LIKE '%Kiểm tra%'`); n != 0 {
		t.Errorf("%d messages hold words", n)
	}
}

func TestTheResultOfADirectionIsTheOneThatStands(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	d := o.issued()
	steps := []struct {
		by   tiepdan.Staff
		do   tiepdan.DirectiveAction
		text string
		want string
	}{
		{o.head, tiepdan.ProgressDirective, "Đang làm", ""},
		{o.head, tiepdan.ReportDirective, "Kết quả mẫu 1", "Kết quả mẫu 1"},
		{o.leader, tiepdan.ReturnDirective, "Chưa đủ", ""},
		{o.head, tiepdan.ReportDirective, "Kết quả mẫu 2", "Kết quả mẫu 2"},
		{o.leader, tiepdan.AcceptDirective, "Đồng ý", "Kết quả mẫu 2"},
	}
	for _, step := range steps {
		if _, err := o.does(d.ID, step.by, step.do, func(a *tiepdan.DirectiveAct) { a.Text = step.text }); err != nil {
			t.Fatalf("%s: %v", step.do, err)
		}
		got, err := o.DirectiveResults(t.Context(), []int64{d.ID, d.ID + 1})
		if err != nil || got[d.ID] != step.want || got[d.ID+1] != "" {
			t.Errorf("after %s: %v, %v", step.do, got, err)
		}
	}
}

func TestWhoeverMayNotChangesNothing(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	d := o.issued()
	for _, c := range []struct {
		by  tiepdan.Staff
		do  tiepdan.DirectiveAction
		key string
	}{
		{o.other, tiepdan.TakeDirective, "directive.not_yours"},
		{o.desk, tiepdan.CancelDirective, "directive.not_yours"},
		{o.head, tiepdan.AcceptDirective, "directive.not_now"},
		{o.officer, tiepdan.UrgeDirective, "directive.not_yours"},
	} {
		_, err := o.does(d.ID, c.by, c.do)
		o.refused(err, c.key)
	}
	_, err := o.does(d.ID, o.head, tiepdan.AssignDirective, func(a *tiepdan.DirectiveAct) { a.Officer = o.other.ID })
	o.refused(err, "directive.officer_wrong")
	_, err = o.does(404, o.head, tiepdan.TakeDirective)
	o.refused(err, "directive.none")
	mine := errors.New("enough")
	_, _, err = o.UpdateDirective(t.Context(), d.ID, func(d tiepdan.Directive) (tiepdan.Directive, tiepdan.DirectiveEntry, error) {
		return d, tiepdan.DirectiveEntry{}, mine
	})
	if !errors.Is(err, mine) {
		t.Errorf("the change's own error became %v", err)
	}
	if n := o.count(`SELECT count(*) FROM directive_entries`) + o.count(`SELECT count(*) FROM outbox WHERE reply->>'key' = 'live'`); n != 2 {
		t.Errorf("%d lines and messages, not the two of its beginning", n)
	}
}

func TestWhoDidItIsNotToldAndAnAbsentOfficersHeadIs(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	d := o.issued(func(d *tiepdan.Directive) { d.Officer = o.officer.ID })
	if o.told(o.officer.ID, "directive.issue") != 1 || o.told(o.head.ID, "directive.issue") != 0 {
		t.Error("it isn't the officer who was told")
	}
	o.must(o.DisableStaff(t.Context(), system, o.officer.ID, true))
	_, err := o.does(d.ID, o.desk, tiepdan.UrgeDirective)
	o.must(err)
	if o.told(o.officer.ID, "directive.urge") != 0 || o.told(o.head.ID, "directive.urge") != 1 || o.told(o.other.ID, "directive.urge") != 0 {
		t.Error("the unit's head wasn't told instead")
	}
	_, err = o.does(d.ID, o.head, tiepdan.ReportDirective)
	o.must(err)
	_, err = o.does(d.ID, o.head, tiepdan.ReportDirective)
	o.refused(err, "directive.not_now")
	if o.told(o.leader.ID, "directive.report") != 1 || o.told(o.board.ID, "directive.report") != 1 {
		t.Error("the leaders weren't told once")
	}
}

func TestDirectionsAreNumberedWithoutGaps(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	var wg sync.WaitGroup
	for i := range 24 {
		wg.Go(func() {
			d := tiepdan.Directive{Unit: o.mt, Task: "Việc mẫu.", Due: afterDay.Add(30)}
			if i%3 == 0 {
				d.Case = 404 // fails
			}
			if i%4 == 0 {
				d.Unit = 404
			}
			_, err := o.IssueDirective(t.Context(), o.leader.Actor(), d, o.now())
			if fails := i%3 == 0 || i%4 == 0; (err != nil) != fails {
				t.Errorf("direction %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	if n := o.count(`SELECT CASE WHEN count(*) = max(number) AND min(number) = 1 THEN count(*) END FROM directives`); n != 12 {
		t.Errorf("%d are numbered in a row", n)
	}
	o.set(tiepdan.Date{Year: 2027, Month: 1, Day: 4}.At(9 * 60))
	if d := o.issued(); d.Code() != "CD27-0001" {
		t.Errorf("the first of a year is %s", d.Code())
	}
}

func TestAListHasWhatItsReaderMaySee(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	second := storetest.Staff(t, o.Store, tiepdan.Officer, o.mt, false)
	auditor := storetest.Staff(t, o.Store, tiepdan.Auditor, 0, false)
	admin := storetest.Staff(t, o.Store, tiepdan.Administrator, 0, false)
	o.issued()
	o.issued(func(d *tiepdan.Directive) { d.Officer, d.Due = o.officer.ID, afterDay })
	o.issued(func(d *tiepdan.Directive) { d.Unit = o.xd })
	o.issued(func(d *tiepdan.Directive) { d.Secret = true })
	all, _, err := o.Directives(t.Context(), tiepdan.DirectiveFilter{By: system})
	o.must(err)
	for _, st := range []tiepdan.Staff{o.desk, o.board, o.leader, o.head, o.other, o.officer, second, auditor, admin} {
		got, next, err := o.Directives(t.Context(), tiepdan.DirectiveFilter{By: st.Actor()})
		if err != nil || next != "" {
			t.Fatal(next, err)
		}
		seen := map[int64]tiepdan.Directive{}
		for _, d := range got {
			seen[d.ID] = d
		}
		for _, d := range all {
			sees := st.Actor().SeeDirective(d)
			listed, in := seen[d.ID]
			if in != (sees != tiepdan.Nothing) || in && (listed.Task != "") != (sees == tiepdan.Everything) {
				t.Errorf("the %s has %s listed: %v, with %q", st.Role, d.Code(), in, listed.Task)
			}
		}
		if n, err := o.CountDirectives(t.Context(), tiepdan.DirectiveFilter{By: st.Actor()}); err != nil || n != len(got) {
			t.Errorf("the %s counts %d, %v", st.Role, n, err)
		}
	}
}

func TestPagesOfDirections(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	for _, days := range []int{9, 3, 6, 3, 12} {
		o.issued(func(d *tiepdan.Directive) { d.Due = afterDay.Add(days) })
	}
	last, err := o.Directive(t.Context(), 5)
	o.must(err)
	_, err = o.does(last.ID, o.leader, tiepdan.CancelDirective)
	o.must(err)
	pages := func(f tiepdan.DirectiveFilter) (numbers []int) {
		f.By, f.Limit = o.leader.Actor(), 2
		for {
			ds, next, err := o.Directives(t.Context(), f)
			o.must(err)
			for _, d := range ds {
				numbers = append(numbers, d.Number)
			}
			if next == "" {
				return numbers
			}
			f.After = next
		}
	}
	o.set(afterDay.Add(4).At(8 * 60))
	for _, c := range []struct {
		name string
		f    tiepdan.DirectiveFilter
		want []int
	}{
		{"the last issued first", tiepdan.DirectiveFilter{}, []int{5, 4, 3, 2, 1}},
		{"the open ones by their day", tiepdan.DirectiveFilter{Open: true}, []int{2, 4, 3, 1}},
		{"the overdue ones", tiepdan.DirectiveFilter{Overdue: true}, []int{2, 4}},
		{"by state", tiepdan.DirectiveFilter{Status: []tiepdan.DirectiveStatus{tiepdan.DirectiveCancelled}}, []int{5}},
		{"of another unit", tiepdan.DirectiveFilter{Unit: o.xd}, nil},
		{"issued that day", tiepdan.DirectiveFilter{From: afterDay.Add(-1), Until: afterDay}, []int{5, 4, 3, 2, 1}},
		{"issued later", tiepdan.DirectiveFilter{From: afterDay}, nil},
		{"issued before", tiepdan.DirectiveFilter{Until: afterDay.Add(-1)}, nil},
	} {
		if got := pages(c.f); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
	}
}

func TestAFileOfADirectionIsKept(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	d := o.issued()
	file := tiepdan.Attachment{SHA256: "aa", Name: "bao-cao.pdf", MIME: "application/pdf", Size: 3}
	for _, sha := range []string{"aa", "bb"} {
		o.must(o.KeepFile(t.Context(), tiepdan.Attachment{SHA256: sha}))
	}
	_, err := o.does(d.ID, o.head, tiepdan.ReportDirective, func(a *tiepdan.DirectiveAct) { a.Files = []tiepdan.Attachment{file} })
	o.must(err)
	later := o.now().AddDate(0, 1, 0)
	if stale, err := o.StaleFiles(t.Context(), later); err != nil || !slices.Equal(stale, []string{"bb"}) {
		t.Errorf("stale: %v, %v", stale, err)
	}
	if got, err := o.DirectiveFile(t.Context(), o.leader.Actor(), d.ID, "aa"); err != nil || got.Name != file.Name {
		t.Errorf("%+v, %v", got, err)
	}
	_, err = o.DirectiveFile(t.Context(), o.other.Actor(), d.ID, "aa")
	o.refused(err, "directive.none")
	_, err = o.DirectiveFile(t.Context(), o.leader.Actor(), d.ID, "bb")
	o.refused(err, "file.none")
}
