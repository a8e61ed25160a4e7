package tiepdan

import (
	"fmt"
	"slices"
	"testing"
)

func TestWhatAPlanIsWarnedOf(t *testing.T) {
	t.Parallel()
	// Two days in person in each month of the quarter: nothing is too few.
	enough := func() []Session {
		var ss []Session
		for i, on := range []string{"2026-10-01", "2026-10-16", "2026-11-02", "2026-11-16", "2026-12-01", "2026-12-16"} {
			ss = append(ss, dutyDay(int64(i+1), on))
		}
		return ss
	}
	edit := func(i int, e func(*Session)) func([]Session) []Session {
		return func(ss []Session) []Session { e(&ss[i]); return ss }
	}
	add := func(s ...Session) func([]Session) []Session {
		return func(ss []Session) []Session { return append(ss, s...) }
	}
	draft := func(s *Session) { s.Status, s.Published = SessionDraft, Session{}.Published }
	confirmed := func(s *Session) { s.Status, s.Published = SessionConfirmed, Session{}.Published }
	of := func(kind SessionKind) func(*Session) { return func(s *Session) { s.Kind, s.Head = kind, 0 } }
	from := func(original string) func(*Session) { return func(s *Session) { s.Original = dated(original) } }
	tests := []struct {
		name string
		make func([]Session) []Session
		want []string
	}{
		{"nothing", func(ss []Session) []Session { return ss }, nil},
		{"nobody confirmed it", edit(5, draft), []string{"plan.unconfirmed 6"}},
		{"confirmed, and time enough", edit(5, confirmed), nil},
		{"confirmed, and too late today", edit(4, confirmed), []string{"plan.late 5"}}, // by 23/11; today is the 24th
		{"was announced too late", edit(0, func(s *Session) { s.Published = dated("2026-09-25").At(600) }), []string{"plan.late 1"}},
		{"was announced on the last day", edit(0, func(s *Session) { s.Published = dated("2026-09-24").At(1430) }), nil},
		{"out of turn can't be early", add(dutyDay(9, "2026-11-25", of(Extraordinary), confirmed)), nil},
		{"the regular reception is posted once for all", add(dutyDay(9, "2026-11-25", of(Regular), confirmed)), nil},
		{"a dialogue must be", add(dutyDay(9, "2026-11-25", of(Dialogue), confirmed)), []string{"plan.late 9"}},
		{"on a holiday", add(dutyDay(9, "2026-11-24", of(Dialogue))), []string{"plan.day_off 9"}},
		{"on a Sunday", add(dutyDay(9, "2026-11-29", of(Dialogue))), []string{"plan.day_off 9"}},
		{"moved off a day off that no notice has confirmed", add(dutyDay(9, "2026-11-25", of(Dialogue), from("2026-11-24"))), []string{"plan.unsure 9"}},
		{"moved off one that was confirmed, or is a Sunday", func(ss []Session) []Session { from("2026-11-01")(&ss[2]); return ss }, nil},
		{"cancelled ones aren't looked at", edit(5, func(s *Session) { draft(s); gone(s) }), []string{"plan.too_few 0"}},
		{"delegated: not in person", edit(5, func(s *Session) { s.Delegated = true }), []string{"plan.delegated 6", "plan.too_few 0"}},
		{"nobody's", add(dutyDay(9, "2026-12-17", of(Periodic))), []string{"plan.no_head 9"}},
		{"one head in two places", add(dutyDay(9, "2026-12-16", func(s *Session) { s.Place = "Phòng 2" })), []string{"plan.clash 9"}},
		{"one after the other", add(dutyDay(9, "2026-12-16", afternoon)), nil},
		{"two in one room", add(dutyDay(9, "2026-12-16", of(Dialogue), func(s *Session) { s.Place = "PHONG 1" })), []string{"plan.clash 9"}},
		{"the regular reception goes on beside it", add(dutyDay(9, "2026-12-16", of(Regular))), nil},
		{"nowhere is no room", func(ss []Session) []Session {
			ss[5].Place = ""
			return append(ss, dutyDay(9, "2026-12-16", of(Dialogue), func(s *Session) { s.Place = "" }))
		}, nil},
		{"another quarter's", add(dutyDay(9, "2027-01-02", draft), dutyDay(10, "2026-09-30", draft)), nil},
	}
	heads := []Head{{ID: 1, Name: "Cán bộ Mẫu 1", Duty: "duty.commune_chair", Active: true}, {ID: 2, Duty: "duty.province_chair"}, {ID: 3, Active: true}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, w := range (Plan{Year: 2026, Quarter: 4}).Warnings(tt.make(enough()), heads, dated("2026-11-24"), coming()) {
				got = append(got, fmt.Sprint(w.Key, " ", w.Session))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestTooFewDaysAreNamedWithTheirMonth(t *testing.T) {
	t.Parallel()
	heads := []Head{{ID: 1, Name: "Cán bộ Mẫu 1", Title: "Chủ tịch", Duty: "duty.commune_chair", Active: true}}
	ss := []Session{dutyDay(1, "2026-04-02"), dutyDay(2, "2026-04-02", afternoon), dutyDay(3, "2026-05-07")}
	var got []string
	for _, w := range (Plan{Year: 2026, Quarter: 2}).Warnings(ss, heads, dated("2026-03-01"), coming()) {
		got = append(got, fmt.Sprint(w.Key, " ", w.Head, " ", w.Args["Month"], " ", w.Args["Planned"], "/", w.Args["Needed"]))
	}
	want := []string{"plan.too_few 1 2026-04-01 1/4", "plan.too_few 1 2026-05-01 1/4", "plan.too_few 1 2026-06-01 0/5"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTheDaysOfAQuarter(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		year, quarter int
		from, until   string
	}{{2026, 1, "2026-01-01", "2026-04-01"}, {2026, 4, "2026-10-01", "2027-01-01"}, {2028, 1, "2028-01-01", "2028-04-01"}} {
		from, until := Plan{Year: tt.year, Quarter: tt.quarter}.Days()
		if from != dated(tt.from) || until != dated(tt.until) {
			t.Errorf("%s to %s", from, until)
		}
		for _, d := range []Date{from, until.Add(-1)} {
			if year, quarter := QuarterOf(d); year != tt.year || quarter != tt.quarter {
				t.Errorf("%s is in %d of %d", d, quarter, year)
			}
		}
	}
}
