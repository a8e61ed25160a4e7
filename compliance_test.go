package tiepdan

import (
	"slices"
	"testing"
	"time"
)

func TestWhatTheLawWantsOfAHead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		duty, month string
		days        int
		rule        string
	}{
		// From 2026-07-01 two days a month; a day a week before.
		{"duty.commune_chair", "2026-07-01", 2, "duty.commune_chair"},
		{"duty.commune_chair", "2026-12-31", 2, "duty.commune_chair"},
		{"duty.commune_chair", "2030-02-15", 2, "duty.commune_chair"},
		{"duty.commune_chair", "2026-06-30", 5, "duty.commune_chair_old"}, // Mondays: 1, 8, 15, 22, 29
		{"duty.commune_chair", "2026-02-01", 4, "duty.commune_chair_old"},
		{"duty.commune_chair", "2026-03-10", 5, "duty.commune_chair_old"},
		{"duty.commune_chair_old", "2026-05-01", 4, "duty.commune_chair_old"},
		{"duty.commune_chair_old", "2026-08-01", 2, "duty.commune_chair"}, // the old name follows the law
		{"duty.province_chair", "2026-06-01", 1, "duty.province_chair"},
		{"duty.province_chair", "2026-07-01", 1, "duty.province_chair"},
		{"duty.head_of_agency", "2026-11-22", 1, "duty.head_of_agency"},
		{"duty.district_chair_old", "2025-06-01", 2, "duty.district_chair_old"},
		{"duty.district_chair_old", "2025-07-01", 0, ""}, // there are no districts any more
		{"", "2026-07-01", 0, ""},
		{"reception.initial_notice", "2026-07-01", 0, ""},
	}
	for _, tt := range tests {
		days, rule, ok := Head{Duty: tt.duty}.Owes(dated(tt.month))
		if days != tt.days || rule.ID != tt.rule || ok != (tt.rule != "") {
			t.Errorf("%s in %s: %d by %q, %v; want %d by %q", tt.duty, tt.month, days, rule.ID, ok, tt.days, tt.rule)
		}
	}
}

func TestAYearOfWeeksIsCountedOnce(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]int{2024: 53, 2025: 52, 2026: 52, 2029: 53} {
		sum := 0
		for m := time.January; m <= time.December; m++ {
			sum += mondays(Date{year, m, 1})
		}
		if sum != want {
			t.Errorf("%d has %d weeks, want %d", year, sum, want)
		}
	}
}

func TestTheFormOffersTheLawsDuties(t *testing.T) {
	t.Parallel()
	for _, r := range DutyRules() {
		if r.Kind != RuleRecurrence || len(r.AppliesTo) != 1 {
			t.Errorf("%+v", r)
		}
	}
	if len(DutyRules()) < 5 {
		t.Errorf("only %d", len(DutyRules()))
	}
}

// dutyDay is a session on a day that is a head's.
func dutyDay(id int64, on string, edit ...func(*Session)) Session {
	d := dated(on)
	s := Session{ID: id, Kind: Periodic, Status: SessionPublished, Published: d.AddMonths(-1).Time(), Original: d,
		Starts: d.At(8 * 60), Ends: d.At(11 * 60), Head: 1, Place: "Phòng 1"}
	for _, e := range edit {
		e(&s)
	}
	return s
}

func held(s *Session)      { s.Status = SessionHeld }
func own(s *Session)       { s.Status, s.InPerson = SessionHeld, true }
func gone(s *Session)      { s.Status = SessionCancelled }
func afternoon(s *Session) { s.Starts, s.Ends = s.On().At(13*60+30), s.On().At(16*60) }

func TestDaysNotSessionsCount(t *testing.T) {
	t.Parallel()
	today := dated("2026-11-22")
	chair := Head{ID: 1, Name: "Cán bộ Mẫu 1", Duty: "duty.commune_chair", Active: true}
	tests := []struct {
		name string
		ss   []Session
		want [5]int // planned, in person, delegated, not held, cancelled
	}{
		{"nothing planned", nil, [5]int{}},
		{"two sessions on a day are one day", []Session{dutyDay(1, "2026-11-02", own), dutyDay(2, "2026-11-02", own, afternoon)}, [5]int{1, 1, 0, 0, 0}},
		{"in person for half of it is in person", []Session{dutyDay(1, "2026-11-02", held), dutyDay(2, "2026-11-02", own, afternoon)}, [5]int{1, 1, 0, 0, 0}},
		{"held by somebody else is counted apart", []Session{dutyDay(1, "2026-11-02", held), dutyDay(2, "2026-11-16", own)}, [5]int{2, 1, 1, 0, 0}},
		{"announced as delegated, but the head came", []Session{dutyDay(1, "2026-11-02", own, func(s *Session) { s.Delegated = true })}, [5]int{1, 1, 0, 0, 0}},
		{"past and never opened", []Session{dutyDay(1, "2026-11-02")}, [5]int{1, 0, 0, 1, 0}},
		{"to come", []Session{dutyDay(1, "2026-11-22"), dutyDay(2, "2026-11-30")}, [5]int{2, 0, 0, 0, 0}},
		{"open, and forgotten to be closed", []Session{dutyDay(1, "2026-11-20", func(s *Session) { s.Status = SessionOpen })}, [5]int{1, 0, 0, 0, 0}},
		{"cancelled", []Session{dutyDay(1, "2026-11-02", gone)}, [5]int{0, 0, 0, 0, 1}},
		{"cancelled in the morning, held in the afternoon", []Session{dutyDay(1, "2026-11-02", gone), dutyDay(2, "2026-11-02", own, afternoon)}, [5]int{1, 1, 0, 0, 0}},
		{"moved within the month", []Session{dutyDay(1, "2026-11-03", own, func(s *Session) { s.Original = dated("2026-11-01") })}, [5]int{1, 1, 0, 0, 0}},
		{"another head's", []Session{dutyDay(1, "2026-11-02", own, func(s *Session) { s.Head = 2 })}, [5]int{}},
		{"nobody's", []Session{dutyDay(1, "2026-11-02", own, func(s *Session) { s.Head = 0 })}, [5]int{}},
		{"out of turn comes on top", []Session{dutyDay(1, "2026-11-02", own, func(s *Session) { s.Kind = Extraordinary })}, [5]int{}},
		{"at another body's too", []Session{dutyDay(1, "2026-11-02", own, func(s *Session) { s.Kind = Guest })}, [5]int{}},
		{"another month's", []Session{dutyDay(1, "2026-10-31", own), dutyDay(2, "2026-12-01", own)}, [5]int{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ms := Compliance([]Head{chair}, tt.ss, dated("2026-11-01"), dated("2026-12-01"), today)
			if len(ms) != 1 {
				t.Fatalf("%d lines", len(ms))
			}
			m := ms[0]
			got := [5]int{m.Planned, m.InPerson, m.Delegated, m.NotHeld, m.Cancelled}
			if got != tt.want || m.Required != 2 || m.Rule.ID != "duty.commune_chair" || m.Missing() != max(0, 2-m.InPerson) {
				t.Errorf("%+v, want %v", m, tt.want)
			}
		})
	}
}

func TestALineForEachHeadAndMonth(t *testing.T) {
	t.Parallel()
	heads := []Head{{ID: 1, Duty: "duty.commune_chair", Active: true}, {ID: 2, Duty: "duty.province_chair", Active: true}, {ID: 3, Duty: "duty.head_of_agency"}, {ID: 4}}
	ss := []Session{dutyDay(1, "2026-06-04", own), dutyDay(2, "2026-07-01", own, func(s *Session) { s.Head = 3 })}
	var lines []string
	for _, m := range Compliance(heads, ss, dated("2026-06-15"), dated("2026-08-01"), dated("2026-11-22")) {
		lines = append(lines, m.Month.String()+" "+string(rune('0'+m.ID))+" "+string(rune('0'+m.Required))+" "+string(rune('0'+m.InPerson)))
	}
	want := []string{"2026-06-01 1 5 1", "2026-07-01 1 2 0", "2026-06-01 2 1 0", "2026-07-01 2 1 0", "2026-07-01 3 1 1"}
	if !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}

func TestWholeMonths(t *testing.T) {
	t.Parallel()
	for _, tt := range [][4]string{
		{"2026-11-01", "2026-12-01", "2026-11-01", "2026-12-01"},
		{"2025-12-15", "2026-03-15", "2025-12-01", "2026-04-01"},
		{"2028-02-29", "2028-03-01", "2028-02-01", "2028-03-01"},
		{"2026-11-15", "2026-11-15", "2026-11-01", "2026-11-01"},
	} {
		if from, until := WholeMonths(dated(tt[0]), dated(tt[1])); from != dated(tt[2]) || until != dated(tt[3]) {
			t.Errorf("%v gives %s to %s", tt, from, until)
		}
	}
}

func TestAttendanceOfUnits(t *testing.T) {
	t.Parallel()
	ss := []Session{dutyDay(1, "2026-11-02", own), dutyDay(2, "2026-11-16", held), dutyDay(3, "2026-11-30")}
	at := func(s Session, minute int) time.Time {
		return s.Starts.Add(time.Duration(minute)*time.Minute + 30*time.Second)
	}
	as := []Attendance{
		{Session: 1, Unit: 5, Called: true, Came: at(ss[0], -10)},
		{Session: 2, Unit: 5, Called: true, Came: at(ss[1], 12)},
		{Session: 3, Unit: 5, Called: true}, // not held yet
		{Session: 1, Unit: 4, Called: true, Absent: "Họp tỉnh"},
		{Session: 2, Unit: 4, Came: at(ss[1], 0)}, // uncalled, within the minute
		{Session: 2, Unit: 4, Called: true, Came: at(ss[1], 3)},
		{Session: 1, Receiver: true, Called: true, Came: at(ss[0], -1)},
		{Session: 9, Unit: 6, Called: true, Came: at(ss[0], 0)}, // of a session that isn't asked for
		{Session: 1, Unit: 7},                                   // neither called nor there
	}
	want := []UnitAttendance{
		{Unit: 0, Called: 1, Came: 1, OnTime: 1},
		{Unit: 4, Called: 2, Came: 2, OnTime: 1, Late: 1, Absent: 1, Minutes: 3},
		{Unit: 5, Called: 2, Came: 2, OnTime: 1, Late: 1, Minutes: 12},
		{Unit: 7},
	}
	if got := AttendanceByUnit(ss, as); !slices.Equal(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}
