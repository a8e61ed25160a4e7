package tiepdan

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// day reads a date that a test is sure of.
func day(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatalf("%q is no date", s)
	}
	return d
}

func TestTheDayIsHanois(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"2026-02-16T16:59:59Z": "2026-02-16",
		"2026-02-16T17:00:00Z": "2026-02-17",
		"2026-12-31T23:30:00Z": "2027-01-01",
	} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := DateOf(moment).String(); got != want {
			t.Errorf("%s is %s in Hanoi, got %s", at, want, got)
		}
	}
}

func TestDatesAreStrict(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "2026-2-1", "2026-02-30", "2025-02-29", "01/02/2026", "2026-02-01T00:00:00Z"} {
		if d, err := ParseDate(s); CodeOf(err) != Invalid {
			t.Errorf("ParseDate(%q) = %v, %v", s, d, err)
		}
	}
}

func TestMonthsEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, from string
		n          int
		want       string
	}{
		{"a short month ends the term", "2026-01-31", 1, "2026-02-28"},
		{"a leap year's February", "2028-01-31", 1, "2028-02-29"},
		{"a year from a leap day", "2028-02-29", 12, "2029-02-28"},
		{"over the year's end", "2026-11-15", 3, "2027-02-15"},
		{"backward", "2026-03-31", -1, "2026-02-28"},
	} {
		if got := day(t, c.from).AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s: %s + %d months = %s, want %s", c.name, c.from, c.n, got, c.want)
		}
	}
}

func TestDatesTravel(t *testing.T) {
	t.Parallel()
	type page struct {
		On  Date `json:"on"`
		Not Date `json:"not,omitzero"`
	}
	b, err := json.Marshal(page{On: Date{2026, 9, 2}})
	if err != nil || string(b) != `{"on":"2026-09-02"}` {
		t.Fatalf("%s, %v", b, err)
	}
	var back page
	if err := json.Unmarshal(b, &back); err != nil || back.On != (Date{2026, 9, 2}) || !back.Not.IsZero() {
		t.Fatalf("%+v, %v", back, err)
	}

	var d Date
	v, err := Date{2026, 9, 2}.Value()
	if err != nil || d.Scan(v) != nil || d != (Date{2026, 9, 2}) {
		t.Errorf("scanned %v of %v, %v", d, v, err)
	}
	if v, err := (Date{}).Value(); v != nil || err != nil || d.Scan(v) != nil || !d.IsZero() {
		t.Errorf("no date is %v, scanned as %v", v, d)
	}
	if d.Scan(7) == nil {
		t.Error("a number is a date")
	}
}

func TestDaysAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, n := anyDay(t, "day"), rapid.IntRange(-4000, 4000).Draw(t, "n")
		e := d.Add(n)
		if got := d.DaysUntil(e); got != n {
			t.Fatalf("%v + %d is %v, %d days away", d, n, e, got)
		}
		if e.Add(-n) != d || e.After(d) != (n > 0) || e.Before(d) != (n < 0) {
			t.Fatalf("%v + %d is %v", d, n, e)
		}
		if back, err := ParseDate(e.String()); err != nil || back != e {
			t.Fatalf("%v reads as %v", e, back)
		}
	})
}

// anyDay draws a day of the years that the seed table covers.
func anyDay(t *rapid.T, label string) Date {
	return Date{2025, 1, 1}.Add(rapid.IntRange(0, 6*365).Draw(t, label))
}
