package tiepdan

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDueDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, start string
		term        Term
		want        string
	}{
		{"New Year and the Saturday for it", "2025-12-31", Term{10, WorkingDay}, "2026-01-15"},
		{"New Year and the Saturday for it", "2025-12-31", Term{7, WorkingDay}, "2026-01-12"},
		{"New Year and the Saturday for it", "2025-12-31", Term{5, WorkingDay}, "2026-01-09"},
		{"Tết is skipped", "2026-02-12", Term{10, WorkingDay}, "2026-03-05"},
		{"Tết is skipped", "2026-02-12", Term{7, WorkingDay}, "2026-03-02"},
		{"Tết is skipped", "2026-02-12", Term{5, WorkingDay}, "2026-02-26"},
		{"Giỗ Tổ in lieu, 30 April, 1 May", "2026-04-24", Term{10, WorkingDay}, "2026-05-13"},
		{"Giỗ Tổ in lieu, 30 April, 1 May", "2026-04-24", Term{7, WorkingDay}, "2026-05-08"},
		{"Giỗ Tổ in lieu, 30 April, 1 May", "2026-04-24", Term{5, WorkingDay}, "2026-05-06"},
		{"culture day is skipped", "2026-11-20", Term{10, WorkingDay}, "2026-12-07"},
		{"culture day is skipped", "2026-11-20", Term{7, WorkingDay}, "2026-12-02"},
		{"culture day is skipped", "2026-11-20", Term{5, WorkingDay}, "2026-11-30"},
		{"an end on Tết moves behind it", "2026-01-17", Term{30, CalendarDay}, "2026-02-23"},
		{"an end on Saturday moves to Monday", "2026-03-04", Term{10, CalendarDay}, "2026-03-16"},
		{"an end on a Saturday that is worked stays", "2025-12-31", Term{10, CalendarDay}, "2026-01-10"},
		{"holidays inside a calendar term count", "2026-02-01", Term{30, CalendarDay}, "2026-03-03"},
		{"a leap day counts", "2028-02-20", Term{10, CalendarDay}, "2028-03-01"},
		{"no leap day, no count", "2027-02-19", Term{10, CalendarDay}, "2027-03-01"},
		{"a received petition of a Saturday", "2026-03-07", Term{1, WorkingDay}, "2026-03-09"},
		{"at once is the day itself", "2026-03-04", Term{0, WorkingDay}, "2026-03-04"},
		{"at once on a Sunday is Monday", "2026-03-08", Term{0, WorkingDay}, "2026-03-09"},
		{"a year from a leap day ends in February", "2028-02-29", Term{1, Year}, "2029-02-28"},
		{"a year that ends on Sunday ends on Monday", "2027-03-12", Term{1, Year}, "2028-03-13"},
		{"a schedule is posted five working days before", "2026-03-16", Term{-5, WorkingDay}, "2026-03-09"},
		{"a backward end on Tết moves before it", "2026-02-27", Term{-10, CalendarDay}, "2026-02-13"},
	} {
		if got := seedCalendar().Due(day(t, c.start), c.term); got.On.String() != c.want || got.Resting {
			t.Errorf("%s: %s + %v = %v, want %s", c.name, c.start, c.term, got.On, c.want)
		}
	}
}

func TestRests(t *testing.T) {
	t.Parallel()
	cal := seedCalendar()
	rest := func(from, until string) Rest { return Rest{day(t, from), day(t, until)} }
	for _, c := range []struct {
		name  string
		term  Term
		rests []Rest
		want  string
	}{
		{"none", Term{10, CalendarDay}, nil, "2026-03-12"},
		{"five days of rest", Term{10, CalendarDay}, []Rest{rest("2026-03-03", "2026-03-08")}, "2026-03-17"},
		{"two that overlap count once", Term{10, CalendarDay}, []Rest{rest("2026-03-03", "2026-03-06"), rest("2026-03-05", "2026-03-08")}, "2026-03-17"},
		{"asked and answered on one day", Term{10, CalendarDay}, []Rest{rest("2026-03-04", "2026-03-04")}, "2026-03-12"},
		{"after the end it is nothing", Term{10, CalendarDay}, []Rest{rest("2026-03-20", "2026-03-25")}, "2026-03-12"},
		{"a rest over a weekend costs working days only", Term{10, WorkingDay}, []Rest{rest("2026-03-05", "2026-03-10")}, "2026-03-19"},
		{"from the first day", Term{3, WorkingDay}, []Rest{rest("2026-03-02", "2026-03-06")}, "2026-03-11"},
	} {
		if got := cal.Due(Date{2026, 3, 2}, c.term, c.rests...).On.String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}

	open := cal.Due(Date{2026, 3, 2}, Term{10, CalendarDay}, Rest{From: Date{2026, 3, 5}})
	if !open.Resting || !open.On.IsZero() {
		t.Errorf("a clock that rests still has a due day: %+v", open)
	}
	late := cal.Due(Date{2026, 3, 2}, Term{2, CalendarDay}, Rest{From: Date{2026, 3, 5}})
	if late.Resting || late.On != (Date{2026, 3, 4}) {
		t.Errorf("a term that was over before the rest: %+v", late)
	}
}

func TestHowADueDayCameAbout(t *testing.T) {
	t.Parallel()
	cal := seedCalendar()
	day := func(s string) Date { return day(t, s) }
	for _, c := range []struct {
		name        string
		due         Due
		want        []Step
		provisional bool
	}{
		{"over Tết, with a rest", cal.Due(day("2026-02-12"), Term{2, WorkingDay}, Rest{day("2026-02-22"), day("2026-02-24")}), []Step{
			{StepStarted, day("2026-02-12"), day("2026-02-12"), "", false},
			{StepWeekend, day("2026-02-14"), day("2026-02-15"), "", false},
			{StepHoliday, day("2026-02-16"), day("2026-02-20"), "Tết Âm lịch", false},
			{StepWeekend, day("2026-02-21"), day("2026-02-22"), "", false},
			{StepRest, day("2026-02-23"), day("2026-02-24"), "", false},
			{StepEnded, day("2026-02-25"), day("2026-02-25"), "", false},
		}, false},
		{"rolled off Tết", cal.Due(day("2026-01-17"), Term{30, CalendarDay}), []Step{
			{StepStarted, day("2026-01-17"), day("2026-01-17"), "", false},
			{StepEnded, day("2026-02-16"), day("2026-02-16"), "", false},
			{StepHoliday, day("2026-02-16"), day("2026-02-20"), "Tết Âm lịch", false},
			{StepWeekend, day("2026-02-21"), day("2026-02-22"), "", false},
			{StepRolled, day("2026-02-16"), day("2026-02-23"), "", false},
		}, false},
		{"a Saturday that is worked", cal.Due(day("2026-01-09"), Term{1, WorkingDay}), []Step{
			{StepStarted, day("2026-01-09"), day("2026-01-09"), "", false},
			{StepWork, day("2026-01-10"), day("2026-01-10"), "Làm bù cho 02/01", false},
			{StepEnded, day("2026-01-10"), day("2026-01-10"), "", false},
		}, false},
		{"an unconfirmed holiday", cal.Due(day("2026-11-23"), Term{1, WorkingDay}), []Step{
			{StepStarted, day("2026-11-23"), day("2026-11-23"), "", false},
			{StepHoliday, day("2026-11-24"), day("2026-11-24"), "Ngày Văn hóa Việt Nam", true},
			{StepEnded, day("2026-11-25"), day("2026-11-25"), "", false},
		}, true},
		{"a year without its notice", cal.Due(day("2027-03-01"), Term{1, WorkingDay}), []Step{
			{StepStarted, day("2027-03-01"), day("2027-03-01"), "", false},
			{StepEnded, day("2027-03-02"), day("2027-03-02"), "", false},
		}, true},
		{"backward over a weekend", cal.Due(day("2026-03-10"), Term{-3, WorkingDay}), []Step{
			{StepStarted, day("2026-03-10"), day("2026-03-10"), "", false},
			{StepWeekend, day("2026-03-07"), day("2026-03-08"), "", false},
			{StepEnded, day("2026-03-05"), day("2026-03-05"), "", false},
		}, false},
		{"still resting", cal.Due(day("2026-03-02"), Term{3, WorkingDay}, Rest{From: day("2026-03-03")}), []Step{
			{StepStarted, day("2026-03-02"), day("2026-03-02"), "", false},
			{StepRest, day("2026-03-04"), Date{}, "", false},
		}, false},
	} {
		if !slices.Equal(c.due.Steps, c.want) || c.due.Provisional != c.provisional {
			t.Errorf("%s (provisional %v):\ngot  %v\nwant %v", c.name, c.due.Provisional, c.due.Steps, c.want)
		}
		for _, s := range c.due.Steps {
			if !slices.Contains(StepKinds, s.Kind) {
				t.Errorf("%s: %q isn't among the kinds", c.name, s.Kind)
			}
		}
	}
}

func TestDueHours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, start string
		hours       int
		want        string
	}{
		{"within a morning", "2026-03-02 08:00", 2, "2026-03-02 10:00"},
		{"over lunch", "2026-03-02 10:00", 4, "2026-03-02 15:30"},
		{"to the end of the day", "2026-03-02 07:30", 8, "2026-03-02 17:00"},
		{"over night", "2026-03-02 15:00", 4, "2026-03-03 09:30"},
		{"received at night", "2026-03-02 22:00", 1, "2026-03-03 08:30"},
		{"over Tết", "2026-02-13 16:00", 2, "2026-02-23 08:30"},
		{"into a Saturday that is worked", "2026-01-09 16:00", 8, "2026-01-10 16:00"},
		{"at once", "2026-03-02 22:00", 0, "2026-03-02 22:00"},
	} {
		if got := seedCalendar().DueHours(moment(t, c.start), c.hours, DefaultHours()); !got.Equal(moment(t, c.want)) {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

func TestAnyTermHasItsMoment(t *testing.T) {
	t.Parallel()
	start := moment(t, "2026-03-06 16:00")
	for term, want := range map[Term]string{
		{72, Hour}:         "2026-03-09 16:00",
		{2, WorkingHour}:   "2026-03-09 08:30",
		{2, WorkingDay}:    "2026-03-11 00:00",
		{2, CalendarDay}:   "2026-03-10 00:00",
		{2, DayPerMonth}:   "",
		{Unit: NoUnit}:     "",
		{10, "fortnights"}: "",
	} {
		got := seedCalendar().DueAt(start, term, DefaultHours())
		if want == "" && (!got.IsZero() || term.Counts()) || want != "" && !got.Equal(moment(t, want)) {
			t.Errorf("%v: %v, want %q", term, got, want)
		}
	}
}

func anyTerm(t *rapid.T) Term {
	return Term{rapid.IntRange(0, 90).Draw(t, "length"), rapid.SampledFrom([]TimeUnit{WorkingDay, CalendarDay}).Draw(t, "unit")}
}

func anyRests(t *rapid.T) []Rest {
	var rests []Rest
	for range rapid.IntRange(0, 3).Draw(t, "rests") {
		from := anyDay(t, "from")
		rests = append(rests, Rest{from, from.Add(rapid.IntRange(-1, 40).Draw(t, "rest"))})
	}
	return rests
}

func TestWhatHoldsOfEveryTerm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cal, start, term, rests := seedCalendar(), anyDay(t, "start"), anyTerm(t), anyRests(t)
		due := cal.Due(start, term, rests...)
		if !cal.Works(due.On) || due.On.Before(start) {
			t.Fatalf("%v + %v with %v ends on %v", start, term, rests, due.On)
		}
		if longer := cal.Due(start, Term{term.Length + 1, term.Unit}, rests...); longer.On.Before(due.On) {
			t.Fatalf("a longer term ends earlier: %v, %v", longer.On, due.On)
		}
		from := anyDay(t, "more from")
		more := Rest{from, from.Add(rapid.IntRange(0, 40).Draw(t, "more"))}
		if rested := cal.Due(start, term, append(rests, more)...); rested.On.Before(due.On) {
			t.Fatalf("a rest made %v of %v", rested.On, due.On)
		}
		off := append(SeedHolidays(), Holiday{On: anyDay(t, "off"), Kind: DayHoliday})
		if later := NewCalendar(off, Week{}).Due(start, term, rests...); later.On.Before(due.On) {
			t.Fatalf("a holiday made %v of %v", later.On, due.On)
		}
		if plain := cal.Due(start, term); term.Unit == WorkingDay && term.Length > 0 &&
			(plain.On != cal.AddWorking(start, term.Length) || cal.WorkingBetween(start, plain.On) != term.Length) {
			t.Fatalf("%v + %v is %v by one count only", start, term, plain.On)
		}
	})
}

func TestTheStoryIsWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cal, start, n, rests := seedCalendar(), anyDay(t, "start"), rapid.IntRange(1, 60).Draw(t, "n"), anyRests(t)
		due := cal.Due(start, Term{n, WorkingDay}, rests...)
		passed := 0 // days that the story says weren't counted
		for _, s := range due.Steps {
			if s.Kind != StepStarted && s.Kind != StepEnded && s.Kind != StepWork {
				passed += s.From.DaysUntil(s.To) + 1
			}
		}
		if start.DaysUntil(due.On) != n+passed {
			t.Fatalf("%v + %d is %v, of which %d days are told", start, n, due.On, passed)
		}
	})
}

func TestWorkingHoursAreOfficeHours(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cal, h := seedCalendar(), DefaultHours()
		start := anyDay(t, "start").At(rapid.IntRange(0, 24*60-1).Draw(t, "minute"))
		n := rapid.IntRange(1, 80).Draw(t, "hours")
		due := cal.DueHours(start, n, h)
		if !cal.OpenAt(due.Add(-time.Minute), h) {
			t.Fatalf("%v + %d hours ends at %v, when the office is closed", start, n, due)
		}
		if cal.DueHours(start, n+1, h).Before(due.Add(time.Hour)) {
			t.Fatalf("an hour more than %v is less than an hour later", due)
		}
	})
}
