package tiepdan

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func seedCalendar() Calendar { return NewCalendar(SeedHolidays(), Week{}) }

func TestTheSeedTableIsSound(t *testing.T) {
	t.Parallel()
	table := SeedHolidays()
	if !slices.IsSortedFunc(table, func(a, b Holiday) int { return cmp.Or(a.On.Compare(b.On), -1) }) {
		t.Error("the table isn't in order, or names a day twice")
	}
	years := map[int]int{}
	for _, h := range table {
		years[h.On.Year]++
		if !slices.Contains(HolidayKinds, h.Kind) || h.Name == "" || h.Source == "" {
			t.Errorf("%v: incomplete", h)
		}
		if weekend(h.On) != (h.Kind == DayWork) && h.Kind != DayHoliday {
			t.Errorf("%v falls on a %v", h, h.On.Weekday())
		}
		if h.Confirmed && h.On.Year > 2026 {
			t.Errorf("%v: nobody has confirmed that year", h)
		}
	}
	for year := 2025; year <= 2030; year++ {
		if years[year] < 11 {
			t.Errorf("%d has %d rows", year, years[year])
		}
	}
	if got := seedCalendar().LastConfirmedYear(); got != 2026 {
		t.Errorf("the last confirmed year is %d", got)
	}
}

func TestWorkingDaysOfAYear(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]int{2025: 250, 2026: 249} {
		if got := seedCalendar().WorkingBetween(Date{year - 1, 12, 31}, Date{year, 12, 31}); got != want {
			t.Errorf("%d has %d working days, want %d", year, got, want)
		}
	}
}

func TestWhichDaysAreWorked(t *testing.T) {
	t.Parallel()
	closed := append(SeedHolidays(), Holiday{On: Date{2026, 8, 22}, Kind: DayClosure, Name: "x", Confirmed: true})
	for _, c := range []struct {
		name  string
		cal   Calendar
		on    string
		works bool
		kind  HolidayKind
	}{
		{"an ordinary Monday", seedCalendar(), "2026-03-02", true, ""},
		{"Saturday is off", seedCalendar(), "2026-03-07", false, DayWeekend},
		{"Saturday is worked where the week says so", NewCalendar(nil, Week{Saturday: true}), "2026-03-07", true, ""},
		{"Sunday never is", NewCalendar(nil, Week{Saturday: true}), "2026-03-08", false, DayWeekend},
		{"Tết is off", seedCalendar(), "2026-02-17", false, DayHoliday},
		{"a day in lieu is off", seedCalendar(), "2026-04-27", false, DayMakeup},
		{"a day swapped away is off", seedCalendar(), "2026-08-31", false, DaySwapOff},
		{"the Saturday for it is worked", seedCalendar(), "2026-08-22", true, DayWork},
		{"unless this office is closed", NewCalendar(closed, Week{}), "2026-08-22", false, DayClosure},
		{"culture day is off, though unconfirmed", seedCalendar(), "2026-11-24", false, DayHoliday},
		{"the zero calendar knows weekends", Calendar{}, "2026-02-17", true, ""},
	} {
		why, off := c.cal.Why(day(t, c.on))
		if works := c.cal.Works(day(t, c.on)); works != c.works || off == works || why.Kind != c.kind {
			t.Errorf("%s: works %v, why %+v, off %v", c.name, works, why, off)
		}
	}
}

func TestNextAndPrevious(t *testing.T) {
	t.Parallel()
	cal := seedCalendar()
	for _, c := range []struct{ name, on, previous, next string }{
		{"a working day is its own", "2026-03-02", "2026-03-02", "2026-03-02"},
		{"over Tết", "2026-02-17", "2026-02-13", "2026-02-23"},
		{"to the Saturday that is worked", "2026-01-11", "2026-01-10", "2026-01-12"},
	} {
		d := day(t, c.on)
		if next, previous := cal.Next(d).String(), cal.Previous(d).String(); next != c.next || previous != c.previous {
			t.Errorf("%s: %s, %s", c.name, previous, next)
		}
	}
}

func TestTheScheduleIsPostedFiveWorkingDaysBefore(t *testing.T) {
	t.Parallel()
	for session, want := range map[string]string{
		"2026-03-16": "2026-03-09",
		"2026-02-24": "2026-02-10", // Tết between
		"2026-01-16": "2026-01-10", // the Saturday that is worked
	} {
		if got := seedCalendar().AddWorking(day(t, session), -5).String(); got != want {
			t.Errorf("for %s it is posted on %s, got %s", session, want, got)
		}
	}
}

func TestCountingThereAndBack(t *testing.T) {
	t.Parallel()
	cal := seedCalendar()
	rapid.Check(t, func(t *rapid.T) {
		from, n := anyDay(t, "from"), rapid.IntRange(-60, 60).Draw(t, "n")
		to := cal.AddWorking(from, n)
		if got := cal.WorkingBetween(from, to); got != n {
			t.Fatalf("%v + %d working days is %v, counted as %d", from, n, to, got)
		}
		if n != 0 && !cal.Works(to) {
			t.Fatalf("%v isn't worked", to)
		}
		a, b, c := anyDay(t, "a"), anyDay(t, "b"), anyDay(t, "c")
		if !a.After(b) && !b.After(c) && cal.WorkingBetween(a, b)+cal.WorkingBetween(b, c) != cal.WorkingBetween(a, c) {
			t.Fatalf("%v, %v, %v don't add up", a, b, c)
		}
	})
}

func TestWhenSomethingCountsAsReceived(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, at, want string }{
		{"in the morning", "2026-03-02 08:00", "2026-03-02"},
		{"before opening it is that day", "2026-03-02 03:00", "2026-03-02"},
		{"in the lunch break it is that day", "2026-03-02 12:00", "2026-03-02"},
		{"on the stroke of closing it is that day", "2026-03-02 17:00", "2026-03-02"},
		{"after closing it is the next day", "2026-03-02 17:01", "2026-03-03"},
		{"on Friday evening it is Monday", "2026-03-06 18:00", "2026-03-09"},
		{"on Saturday it is Monday", "2026-03-07 09:00", "2026-03-09"},
		{"before Tết it is after it", "2026-02-13 20:00", "2026-02-23"},
		{"on a Saturday that is worked it is that day", "2026-01-10 09:00", "2026-01-10"},
		{"that Saturday evening it is Monday", "2026-01-10 19:00", "2026-01-12"},
	} {
		if got := LegalDay(moment(t, c.at), seedCalendar(), DefaultHours()).String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// moment reads a time of day in Hanoi.
func moment(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, Hanoi)
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC()
}
