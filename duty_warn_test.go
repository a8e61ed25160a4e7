package tiepdan

import (
	"slices"
	"strings"
	"testing"
)

func TestWarnings(t *testing.T) {
	t.Parallel()
	r := askingRules()
	fresh := opened(t, PhanAnh)
	given := play(t, fresh, at(assign(clerk), "2026-11-23"))
	onSaturday := play(t, play(t, given, at(Act{Do: Take, By: worker}, "2026-11-25")),
		at(Act{Do: Involve, By: head, Text: "x", Details: Details{Unit: 9, Until: on("2026-11-28")}}, "2026-11-27"))
	decision := play(t, opened(t, KhieuNai), at(Act{Do: RecordOriginal, By: clerk}, "2026-11-25"), at(Act{Do: Accept, By: head}, "2026-11-30"), at(assign(head), "2026-11-30"),
		at(Act{Do: Take, By: worker}, "2026-12-01"), at(proposed("Dự thảo."), "2026-12-14"), at(Act{Do: Approve, By: leader}, "2026-12-15"))
	filedAway := play(t, fresh, at(Act{Do: FileAway, By: head, Reason: "x", Details: Details{Ground: "file.ineligible"}}, "2026-11-30"))
	for _, x := range []struct {
		fact, id string
		c        Case
		days     string // of the levels
	}{
		{"ten working days: the fifth, the eighth, the day after the last", "reception.initial_notice", fresh, "50:2026-11-30 80:2026-12-03 100:2026-12-08"},
		{"a day: that day, and the day after", AssignDuty, fresh, "80:2026-11-23 100:2026-11-25"},
		{"what fell due before a day off is late after it", TakeDuty, given, "80:2026-11-25 100:2026-11-26"},
		{"a helper's date on a day off: that day, and the next working day", HelpDuty, onSaturday, "80:2026-11-28 100:2026-11-30"},
		{"a decision to be sent, of whose three days nobody hears the half", "complaint.send_decision_first", decision, "80:2026-12-18 100:2026-12-21"},
		{"a decision to be made public", "complaint.publish_decision", decision, "50:2026-12-23 80:2026-12-28 100:2026-12-31"},
		{"what is kept is only told of when its year is over", storage, filedAway, "100:2027-12-01"},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			var days []string
			for _, w := range Warnings(x.c, r) {
				if w.Duty.ID == x.id {
					days = append(days, itoa(w.Level)+":"+w.On.String())
				}
			}
			if got := strings.Join(days, " "); got != x.days {
				t.Errorf("%s, not %s", got, x.days)
			}
		})
	}
}

func itoa(n int) string {
	return map[int]string{50: "50", 80: "80", 100: "100"}[n]
}

func TestAWarningIsToldOnce(t *testing.T) {
	t.Parallel()
	r := rulesOf2026()
	r.Kinds = nil // no target
	c := opened(t, PhanAnh)
	if now, next, _ := DueWarnings(c, r, on("2026-11-27"), nil); len(now) != 0 || next != on("2026-11-30") || NextWarning(c, r, nil) != next {
		t.Errorf("%v %v", now, next)
	}
	now, next, told := DueWarnings(c, r, on("2026-12-04"), nil) // half was missed by an outage
	if len(now) != 1 || now[0].Level != WarnSoon || next != on("2026-12-08") {
		t.Fatalf("only the highest is told: %+v %v", now, next)
	}
	if again, next, kept := DueWarnings(c, r, on("2026-12-04"), told); len(again) != 0 || next != on("2026-12-08") || !slices.Equal(kept, told) {
		t.Errorf("again: %+v %v %v", again, next, kept)
	}
	late, next, told := DueWarnings(c, r, on("2026-12-10"), told)
	if len(late) != 1 || late[0].Level != WarnLate || !next.IsZero() {
		t.Fatalf("%+v %v", late, next)
	}
	r.Calendar = NewCalendar(append(SeedHolidays(), Holiday{On: on("2026-12-07"), Kind: DayClosure, Name: "Nghỉ"}, Holiday{On: on("2026-12-08"), Kind: DayClosure, Name: "Nghỉ"},
		Holiday{On: on("2026-12-09"), Kind: DayClosure, Name: "Nghỉ"}, Holiday{On: on("2026-12-10"), Kind: DayClosure, Name: "Nghỉ"}), Week{})
	if now, next, kept := DueWarnings(c, r, on("2026-12-11"), told); len(now) != 0 || next != on("2026-12-14") || len(kept) != 2 {
		t.Errorf("what isn't late after all is told of when it is: %+v %v %v", now, next, kept)
	}
}

func TestWhoIsWarned(t *testing.T) {
	t.Parallel()
	fresh := opened(t, PhanAnh)
	given := play(t, fresh, assign(clerk))
	working := play(t, given, Act{Do: Take, By: worker})
	asking := play(t, working, Act{Do: Consult, By: worker, Text: "?", Details: Details{Asked: 3}})
	helped := play(t, working, Act{Do: Involve, By: head, Text: "x", Details: Details{Unit: 9, Until: DateOf(now).Add(9)}})
	byOfficer := play(t, working, Act{Do: Involve, By: head, Text: "x", Details: Details{Unit: 9, Officer: 91, Until: DateOf(now).Add(9)}})
	decision := play(t, opened(t, KhieuNai), Act{Do: RecordOriginal, By: clerk}, Act{Do: Accept, By: head}, assign(head), Act{Do: Take, By: worker}, proposed("Dự thảo."), Act{Do: Approve, By: leader})
	for _, x := range []struct {
		fact, id string
		level    int
		c        Case
		to       []Audience
	}{
		{"the officer and the head of the unit", "reception.initial_notice", WarnSoon, working, []Audience{ToStaff, ToUnitHead}},
		{"and who decides, when it is late", "reception.initial_notice", WarnLate, working, []Audience{ToStaff, ToUnitHead, ToDeciders}},
		{"the desk, of what nobody has", "reception.initial_notice", WarnSoon, fresh, []Audience{ToDesk}},
		{"the desk assigns", AssignDuty, WarnSoon, fresh, []Audience{ToDesk}},
		{"and then the board's head", AssignDuty, WarnLate, fresh, []Audience{ToBoardHeads}},
		{"a unit's head sees to what isn't taken", TakeDuty, WarnSoon, given, []Audience{ToUnitHead}},
		{"and then the board's head", TakeDuty, WarnLate, given, []Audience{ToBoardHeads}},
		{"the leader who was asked", DirectDuty, WarnSoon, asking, []Audience{ToStaff}},
		{"and who asked", DirectDuty, WarnLate, asking, []Audience{ToStaff, ToStaff}},
		{"the helping unit", HelpDuty, WarnSoon, helped, []Audience{ToUnitHead}},
		{"and who leads", HelpDuty, WarnLate, helped, []Audience{ToUnitHead, ToStaff}},
		{"the helping officer, too", HelpDuty, WarnSoon, byOfficer, []Audience{ToStaff, ToUnitHead}},
		{"of what is owed after the answer, who answered and the head of the unit", "complaint.send_decision_first", WarnSoon, decision, []Audience{ToStaff, ToUnitHead}},
		{"and who decides", "complaint.publish_decision", WarnLate, decision, []Audience{ToStaff, ToUnitHead, ToDeciders}},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			w := Warning{Duty: Duty{ID: x.id, Since: len(x.c.History), On: DateOf(now), Unit: 9}, Level: x.level}
			a := w.Act()
			a.At = now
			c, e, err := a.Apply(x.c)
			if err != nil || c.Status != x.c.Status || e.By.Role != System {
				t.Fatal(err)
			}
			var to []Audience
			for _, n := range Notices(x.c, c, e) {
				to = append(to, n.To)
				if n.Key != "notice.due" && n.Key != "notice.overdue" || n.To == ToUnitHead && x.id == HelpDuty && n.Unit != 9 {
					t.Errorf("%+v", n)
				}
			}
			if !slices.Equal(to, x.to) {
				t.Errorf("%v", to)
			}
		})
	}
}

func TestQuiet(t *testing.T) {
	t.Parallel()
	night, err := ParseQuiet("21:00-06:00")
	if err != nil || night.String() != "21:00-06:00" {
		t.Fatal(night, err)
	}
	for _, x := range []struct {
		fact string
		q    Quiet
		at   string
		ends string
	}{
		{"before the night", night, "20:59", "20 20:59"},
		{"in the evening it waits for the morning", night, "21:00", "21 06:00"},
		{"and so it does after midnight", night, "05:59", "20 06:00"},
		{"in the morning it goes out", night, "06:00", "20 06:00"},
		{"a break at noon", Quiet{11*60 + 30, 13 * 60}, "12:00", "20 13:00"},
		{"no quiet, no waiting", Quiet{}, "03:00", "20 03:00"},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			var h, m int
			h, m = int(x.at[0]-'0')*10+int(x.at[1]-'0'), int(x.at[3]-'0')*10+int(x.at[4]-'0')
			if got := x.q.Ends(on("2026-11-20").At(h*60 + m)).Format("02 15:04"); got != x.ends {
				t.Error(got)
			}
		})
	}
	for _, wrong := range []string{"21:00", "24:00-06:00", "21:60-06:00", "06:00-06:00", "21:00-06:00x", "-1:00-06:00"} {
		if _, err := ParseQuiet(wrong); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}

func TestMachinesKeepOfficeHours(t *testing.T) {
	t.Parallel()
	c := rulesOf2026().Calendar
	for at, want := range map[string]string{"20 07:00": "20 07:30", "20 09:00": "20 09:00", "20 12:00": "20 13:00", "20 17:00": "23 07:30", "23 18:00": "25 07:30"} {
		var d, h, m int
		d, h, m = int(at[0]-'0')*10+int(at[1]-'0'), int(at[3]-'0')*10+int(at[4]-'0'), int(at[6]-'0')*10+int(at[7]-'0')
		if got := c.NextOpen(Date{2026, 11, d}.At(h*60+m), DefaultHours()).Format("02 15:04"); got != want {
			t.Errorf("%s: %s, not %s", at, got, want)
		}
	}
}
