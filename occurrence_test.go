package tiepdan

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// coming is the calendar that an office would have: the confirmed years, then what the law and the moon propose.
func coming() Calendar {
	table := slices.DeleteFunc(SeedHolidays(), func(h Holiday) bool { return h.On.Year > 2026 })
	for year := 2027; year <= 2030; year++ {
		table = append(table, ProposeHolidays(year)...)
	}
	return NewCalendar(table, Week{})
}

func dated(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func rule(rrule string, off DayOff) Recurrence {
	return Recurrence{Name: "Lịch mẫu", RRule: rrule, From: dated("2025-01-01"), DayOff: off, Kind: Periodic,
		Starts: 8 * 60, Ends: 11 * 60, Place: "Phòng tiếp công dân", Places: 10}
}

// said writes occurrences as a table does: the day, "a>b" for one that was moved, "-a" for a cancelled one.
func said(os []Occurrence) string {
	var all []string
	for _, o := range os {
		switch {
		case o.Cancelled:
			all = append(all, "-"+o.Original.String())
		case o.On != o.Original:
			all = append(all, o.Original.String()+">"+o.On.String())
		default:
			all = append(all, o.On.String())
		}
	}
	return strings.Join(all, " ")
}

// The table was worked out by another program from holidays.csv: for each 1st and
// 16th the next and the previous working day, "-" where there is another of them.
//
//go:embed testdata/days_01_16.csv
var days0116 string

func TestTheFirstAndSixteenthOfEveryMonth(t *testing.T) {
	t.Parallel()
	rows, err := readCSV(days0116)
	if err != nil || len(rows) != 5*24 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	c := coming()
	for i, off := range []DayOff{DayOffNext, DayOffPrevious, DayOffCancel} {
		got := rule("FREQ=MONTHLY;BYMONTHDAY=1,16", off).Occurrences(dated("2026-01-01"), dated("2031-01-01"), c)
		if len(got) != len(rows) {
			t.Fatalf("%s: %d occurrences", off, len(got))
		}
		for n, row := range rows {
			want := Occurrence{Original: dated(row[0])}
			switch {
			case off == DayOffCancel:
				want.On, want.Cancelled = want.Original, !c.Works(want.Original)
			case row[1+i] == "-":
				want.On, want.Cancelled = want.Original, true
			default:
				want.On = dated(row[1+i])
			}
			if !c.Works(want.Original) {
				want.Why, _ = c.Why(want.Original)
			}
			if got[n] != want {
				t.Errorf("%s: %+v, want %+v", off, got[n], want)
			}
		}
	}
}

func TestOccurrences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, rrule string
		off         DayOff
		from, until string
		want        string
	}{
		{"a Saturday worked in exchange is a working day", "FREQ=MONTHLY;BYMONTHDAY=10", DayOffNext, "2026-01-01", "2026-02-01", "2026-01-10"},
		{"and so is the one before National Day", "FREQ=MONTHLY;BYMONTHDAY=22", DayOffNext, "2026-08-01", "2026-09-01", "2026-08-22"},
		{"a weekday given away is moved on", "FREQ=MONTHLY;BYMONTHDAY=31", DayOffNext, "2026-08-01", "2026-09-01", "2026-08-31>2026-09-03"},
		{"or back", "FREQ=MONTHLY;BYMONTHDAY=31", DayOffPrevious, "2026-08-01", "2026-09-01", "2026-08-31>2026-08-28"},
		{"months without a 31st have none", "FREQ=MONTHLY;BYMONTHDAY=31", DayOffNext, "2026-02-01", "2026-07-01", "2026-03-31 2026-05-31>2026-06-01"},
		{"the last day of a month", "FREQ=MONTHLY;BYMONTHDAY=-1", DayOffPrevious, "2026-01-01", "2026-04-01", "2026-01-31>2026-01-30 2026-02-28>2026-02-27 2026-03-31"},
		{"29 February is every fourth year's", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", DayOffNext, "2025-01-01", "2031-01-01", "2028-02-29"},
		{"the 29th of February, among other 29ths", "FREQ=MONTHLY;BYMONTHDAY=29", DayOffNext, "2028-01-01", "2028-04-01", "2028-01-29>2028-01-31 2028-02-29 2028-03-29"},
		{"every Thursday through two holidays", "FREQ=WEEKLY;BYDAY=TH", DayOffNext, "2026-04-20", "2026-05-11", "2026-04-23 2026-04-30>2026-05-04 2026-05-07"},
		{"every Thursday, the day before", "FREQ=WEEKLY;BYDAY=TH", DayOffPrevious, "2026-04-20", "2026-05-11", "2026-04-23 2026-04-30>2026-04-29 2026-05-07"},
		{"every Thursday, or not at all", "FREQ=WEEKLY;BYDAY=TH", DayOffCancel, "2026-04-20", "2026-05-11", "2026-04-23 -2026-04-30 2026-05-07"},
		{"Tết takes a week's receptions that would meet the next week's", "FREQ=WEEKLY;BYDAY=MO,WE", DayOffNext, "2026-02-11", "2026-02-26", "2026-02-11 -2026-02-16 -2026-02-18 2026-02-23 2026-02-25"},
		{"of two that would move to the same day the nearer does", "FREQ=WEEKLY;BYDAY=TU,TH", DayOffNext, "2026-02-11", "2026-02-26", "2026-02-12 -2026-02-17 2026-02-19>2026-02-23 2026-02-24"},
		{"and backward", "FREQ=WEEKLY;BYDAY=TU,TH", DayOffPrevious, "2026-02-13", "2026-02-26", "2026-02-17>2026-02-13 -2026-02-19 2026-02-24"},
		{"the first Monday of a month", "FREQ=MONTHLY;BYDAY=1MO", DayOffNext, "2026-01-01", "2026-05-01", "2026-01-05 2026-02-02 2026-03-02 2026-04-06"},
		{"the last Friday of a month", "FREQ=MONTHLY;BYDAY=-1FR", DayOffNext, "2026-01-01", "2026-04-01", "2026-01-30 2026-02-27 2026-03-27"},
		{"the fifth Friday, where there is one", "FREQ=MONTHLY;BYDAY=5FR", DayOffNext, "2026-01-01", "2026-07-01", "2026-01-30 2026-05-29"},
		{"the fourth Monday of April 2026 is the day in lieu of Giỗ Tổ", "FREQ=MONTHLY;BYDAY=4MO", DayOffNext, "2026-04-01", "2026-06-01", "2026-04-27>2026-04-28 2026-05-25"},
		{"the fourth Tuesday of November 2026 is the Day of Culture", "FREQ=MONTHLY;BYDAY=4TU", DayOffPrevious, "2026-11-01", "2027-01-01", "2026-11-24>2026-11-23 2026-12-22"},
		{"the last weekday of each quarter", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", DayOffNext, "2026-01-01", "2027-01-01", "2026-03-31 2026-06-30 2026-09-30 2026-12-31"},
		{"every other week, counted from the first", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", DayOffNext, "2026-06-01", "2026-07-01", "2026-06-04 2026-06-18"},
		{"the bounds: the first day is in, the last isn't", "FREQ=MONTHLY;BYMONTHDAY=1,16", DayOffNext, "2026-06-01", "2026-06-16", "2026-06-01"},
		{"a window counts by original days", "FREQ=MONTHLY;BYMONTHDAY=1,16", DayOffNext, "2026-09-02", "2026-10-01", "2026-09-16"},
		{"an empty window", "FREQ=MONTHLY;BYMONTHDAY=1,16", DayOffNext, "2026-09-16", "2026-09-16", ""},
		{"a window turned round", "FREQ=MONTHLY;BYMONTHDAY=1,16", DayOffNext, "2026-09-16", "2026-09-01", ""},
		{"what isn't a rule gives nothing", "FREQ=HOURLY", DayOffNext, "2026-01-01", "2027-01-01", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := said(rule(tt.rrule, tt.off).Occurrences(dated(tt.from), dated(tt.until), coming())); got != tt.want {
				t.Errorf("%s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestEveryWorkingDayIsEveryWorkingDay(t *testing.T) {
	t.Parallel()
	c := coming()
	for year := 2026; year <= 2030; year++ {
		from, until := Date{year, 1, 1}, Date{year + 1, 1, 1}
		for _, kind := range []SessionKind{Regular, Periodic} {
			r := rule("FREQ=DAILY", DayOffNext)
			r.Kind = kind
			os := r.Occurrences(from, until, c)
			if want := c.WorkingBetween(from.Add(-1), until.Add(-1)); len(os) != want {
				t.Errorf("%d has %d receptions, want %d", year, len(os), want)
			}
			for _, o := range os {
				if o.On != o.Original || o.Cancelled || !c.Works(o.On) {
					t.Errorf("%+v", o)
				}
			}
		}
	}
	os := rule("FREQ=DAILY", DayOffNext).Occurrences(dated("2026-01-01"), dated("2026-01-11"), c)
	if got := said(os); got != "2026-01-05 2026-01-06 2026-01-07 2026-01-08 2026-01-09 2026-01-10" {
		t.Errorf("the beginning of 2026: %s", got)
	}
}

func TestAnOfficeThatWorksOnSaturdays(t *testing.T) {
	t.Parallel()
	c := NewCalendar(SeedHolidays(), Week{Saturday: true})
	got := said(rule("FREQ=WEEKLY;BYDAY=SA,SU", DayOffNext).Occurrences(dated("2026-11-01"), dated("2026-11-16"), c))
	if want := "2026-11-01>2026-11-02 2026-11-07 2026-11-08>2026-11-09 2026-11-14 2026-11-15>2026-11-16"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestTheRegularReceptionIsntMoved(t *testing.T) {
	t.Parallel()
	r := rule("FREQ=WEEKLY;BYDAY=MO,WE", DayOffNext)
	r.Kind = Regular
	if got := said(r.Occurrences(dated("2026-02-11"), dated("2026-02-26"), coming())); got != "2026-02-11 2026-02-23 2026-02-25" {
		t.Error(got)
	}
}

func TestARuleKeepsToItsDays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, from, until string
		off               DayOff
		want              string
	}{
		{"both its days are in", "2026-06-01", "2026-06-16", DayOffNext, "2026-06-01 2026-06-16"},
		{"nothing is moved before its first day", "2026-03-01", "2026-03-31", DayOffPrevious, "-2026-03-01 2026-03-16"},
		{"nor after its last", "2026-07-10", "2026-08-16", DayOffNext, "2026-07-16 2026-08-01>2026-08-03 -2026-08-16"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := rule("FREQ=MONTHLY;BYMONTHDAY=1,16", tt.off)
			r.From, r.Until = dated(tt.from), dated(tt.until)
			if got := said(r.Occurrences(dated("2026-01-01"), dated("2027-01-01"), coming())); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestASessionIsMadeOfAnOccurrence(t *testing.T) {
	t.Parallel()
	c := coming()
	r := rule("FREQ=MONTHLY;BYMONTHDAY=1,16", DayOffNext)
	r.ID, r.CutDays, r.Head, r.Presides, r.Units, r.Focus, r.Online = 3, 5, 7, "Chủ tịch", []int64{1, 2}, "Đất đai", true
	s := r.Session(r.Occurrences(dated("2026-02-16"), dated("2026-02-17"), c)[0], c)
	if s.Original != dated("2026-02-16") || s.On() != dated("2026-02-23") || !s.Moved() || s.Status != SessionDraft || s.Reason != "Tết Âm lịch" {
		t.Errorf("%+v", s)
	}
	if got := s.Starts.In(Hanoi).Format(time.DateTime) + s.Ends.In(Hanoi).Format(" 15:04"); got != "2026-02-23 08:00:00 11:00" {
		t.Error(got)
	}
	if want := dated("2026-02-09").At(23*60 + 59); !s.Cutoff.Equal(want) {
		t.Errorf("booking closes %v, want %v", s.Cutoff, want)
	}
	if s.Recurrence != 3 || s.Head != 7 || s.Places != 10 || !s.Online || s.Public() || s.Place != r.Place || s.Focus != r.Focus {
		t.Errorf("%+v", s)
	}
	s.Units[0] = 9
	if r.Units[0] != 1 {
		t.Error("the session shares the rule's units")
	}
	r.DayOff, r.CutDays = DayOffCancel, 0
	gone := r.Session(r.Occurrences(dated("2026-02-16"), dated("2026-02-17"), c)[0], c)
	if !gone.Cancelled() || gone.On() != dated("2026-02-16") || gone.Reason != "Tết Âm lịch" || !gone.Cutoff.IsZero() || gone.Moved() {
		t.Errorf("%+v", gone)
	}
}

func ExampleRecurrence_Occurrences() {
	r := Recurrence{RRule: "FREQ=MONTHLY;BYMONTHDAY=1,16", From: Date{2026, 1, 1}, DayOff: DayOffNext, Kind: Periodic}
	for _, o := range r.Occurrences(Date{2026, 8, 15}, Date{2026, 9, 20}, NewCalendar(SeedHolidays(), Week{})) {
		fmt.Printf("%s held %s (%s)\n", o.Original, o.On, o.Why.Kind)
	}
	// Output:
	// 2026-08-16 held 2026-08-17 (weekend)
	// 2026-09-01 held 2026-09-03 (holiday)
	// 2026-09-16 held 2026-09-16 ()
}
