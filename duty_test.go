package tiepdan

import "testing"

func rulesOf2026() *Rules {
	return &Rules{Kinds: DefaultKinds(), Fields: []Field{road}, Calendar: NewCalendar(SeedHolidays(), Week{})}
}

func duty(t *testing.T, c Case, id string) Duty {
	t.Helper()
	for _, d := range Duties(c, rulesOf2026()) {
		if d.ID == id {
			return d
		}
	}
	t.Fatalf("no duty %s in %s", id, c.Status)
	return Duty{}
}

func TestDutiesFollowTheHistory(t *testing.T) {
	t.Parallel()
	on := func(s string) Date { d, _ := ParseDate(s); return d }
	at := func(a Act, day string) Act { a.At = on(day).Time().Add(9 * 3600e9); return a }
	complaint := play(t, opened(t, KhieuNai), at(Act{Do: RecordOriginal, By: clerk}, "2026-11-25"))
	accepted := play(t, complaint, at(Act{Do: Accept, By: head}, "2026-11-30"))
	given := play(t, opened(t, PhanAnh), at(assign(clerk), "2026-11-20"), at(Act{Do: Take, By: worker}, "2026-11-20"))
	asked := play(t, given, at(Act{Do: AskMore, By: worker, Text: "Ở đâu?"}, "2026-11-23"), at(Act{Do: Supply, By: author, Text: "Ở đây."}, "2026-11-26"))
	for _, x := range []struct {
		fact, id string
		c        Case
		on, met  string
	}{
		{"the first notice takes ten working days, 24/11 is off", "reception.initial_notice", opened(t, PhanAnh), "2026-12-07", ""},
		{"a complaint's acceptance counts from the signed original", "complaint.accept_first", complaint, "2026-12-07", ""},
		{"accepting meets it", "complaint.accept_first", accepted, "2026-12-07", "2026-11-30"},
		{"accepting starts the resolution, thirty days", "complaint.resolve_first", accepted, "2026-12-30", ""},
		{"an extension moves the resolution", "complaint.resolve_first",
			play(t, accepted, at(Act{Do: Extend, By: head, Reason: "phức tạp", Details: Details{Until: on("2027-01-14")}}, "2026-12-20")), "2027-01-14", ""},
		{"the target counts fifteen working days", TargetDuty, given, "2026-12-14", ""},
		{"asking the citizen rests the target", TargetDuty, asked, "2026-12-16", ""},
		{"asking the citizen rests no legal clock", "reception.initial_notice", asked, "2026-12-07", ""},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			d := duty(t, x.c, x.id)
			if d.On != on(x.on) || d.Met != on(x.met) {
				t.Errorf("due %v, met %v; steps %+v", d.On, d.Met, d.Due.Steps)
			}
			if d.Legal && d.Source == "" {
				t.Error("a legal duty names its source")
			}
		})
	}
}

func TestLate(t *testing.T) {
	t.Parallel()
	due := Date{2026, 12, 7}
	for _, x := range []struct {
		fact  string
		d     Duty
		today Date
		late  bool
	}{
		{"not on the last day", Duty{On: due}, due, false},
		{"the day after", Duty{On: due}, due.Add(1), true},
		{"met in time stays in time", Duty{On: due, Met: due}, due.Add(30), false},
		{"met late stays late", Duty{On: due, Met: due.Add(2)}, due.Add(30), true},
		{"what has no day is never late", Duty{}, due, false},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			if x.d.Late(x.today) != x.late {
				t.Error("wrong")
			}
		})
	}
}

func TestNoClockWithoutARule(t *testing.T) {
	t.Parallel()
	for _, k := range clocks {
		r, ok := RuleByID(k.Rule)
		if !ok || !r.Term().Counts() || r.Source == "" {
			t.Errorf("%s: %+v", k.Rule, r)
		}
	}
}
