package tiepdan

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"time"
)

// HolidayKind says why a day differs from the weekly pattern.
type HolidayKind string

// The kinds of rows in the table of holidays.
const (
	DayHoliday HolidayKind = "holiday" // a paid holiday: Labour Code 2019, Article 112
	DayMakeup  HolidayKind = "makeup"  // off for a holiday that fell on a weekend: Article 111(3)
	DaySwapOff HolidayKind = "swapoff" // a weekday off, exchanged for a DayWork
	DayWork    HolidayKind = "work"    // a weekend day that is worked in exchange
	DayClosure HolidayKind = "closure" // this office is closed
	// DayWeekend is never a row: it is what Why says of an ordinary weekend day.
	DayWeekend HolidayKind = "weekend"
)

// HolidayKinds are the kinds that a row may have, in the order to offer them in.
var HolidayKinds = []HolidayKind{DayHoliday, DayMakeup, DaySwapOff, DayWork, DayClosure}

// Holiday is one row of the table that decides which days are worked. Confirmed means that a statute or an
// official notice stands behind it; an unconfirmed row counts too, but dates that rest on it say so.
type Holiday struct {
	On        Date
	Kind      HolidayKind
	Name      string
	Source    string
	Confirmed bool
}

//go:embed holidays.csv
var holidaysCSV string

// SeedHolidays returns the table that an empty database starts with, ordered by date. Afterwards the database's table rules.
func SeedHolidays() []Holiday { return append([]Holiday(nil), seedHolidays()...) }

var seedHolidays = sync.OnceValue(func() []Holiday {
	table, err := parseHolidays(holidaysCSV)
	if err != nil {
		panic(err) // the file is part of the program, and tested with it
	}
	return table
})

func parseHolidays(text string) ([]Holiday, error) {
	rows, err := readCSV(text)
	if err != nil {
		return nil, fmt.Errorf("tiepdan: holidays.csv: %w", err)
	}
	table := make([]Holiday, 0, len(rows))
	for _, row := range rows {
		on, err := ParseDate(row[0])
		if err != nil {
			return nil, fmt.Errorf("tiepdan: holidays.csv: %q: %w", row[0], err)
		}
		table = append(table, Holiday{on, HolidayKind(row[1]), row[2], row[3], row[4] == "1"})
	}
	return table, nil
}

// readCSV reads the rows below a header line.
func readCSV(text string) ([][]string, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	return rows[1:], nil
}

// Week is the pattern of an office's weeks: Monday to Friday, and in some communes Saturday morning.
// A Saturday that is worked counts as a working day; that gives the earlier, safer due date.
type Week struct {
	Saturday bool
}

func (w Week) works(day time.Weekday) bool {
	return day != time.Sunday && (day != time.Saturday || w.Saturday)
}

// Calendar knows which days an office works. It is read-only and may be shared; its zero value knows weekends only.
type Calendar struct {
	days map[Date]Holiday
	week Week
	last int
}

// NewCalendar makes a calendar of a table. Where two rows share a date, the later one rules.
func NewCalendar(table []Holiday, week Week) Calendar {
	c := Calendar{days: make(map[Date]Holiday, len(table)), week: week}
	for _, h := range table {
		c.days[h.On] = h
	}
	for on, h := range c.days {
		// The notice that fixes Tết, always in January or February, fixes the rest of its year.
		if h.Confirmed && on.Year > c.last && on.Month <= time.February && on == Tet(on.Year) {
			c.last = on.Year
		}
	}
	return c
}

// LastConfirmedYear returns the last year whose official arrangement is in the table, or 0.
func (c Calendar) LastConfirmedYear() int { return c.last }

// Works reports whether the office works on d.
func (c Calendar) Works(d Date) bool {
	if h, ok := c.days[d]; ok {
		return h.Kind == DayWork
	}
	return c.week.works(d.Weekday())
}

// Why returns what makes d a day off; or, for a working day, the row that makes it one, if there is such a row.
func (c Calendar) Why(d Date) (why Holiday, off bool) {
	if h, ok := c.days[d]; ok {
		return h, h.Kind != DayWork
	}
	if c.week.works(d.Weekday()) {
		return Holiday{}, false
	}
	return Holiday{On: d, Kind: DayWeekend, Confirmed: true}, true
}

// Next returns d, or the first working day after it.
func (c Calendar) Next(d Date) Date {
	for !c.Works(d) {
		d = d.Add(1)
	}
	return d
}

// Previous returns d, or the last working day before it.
func (c Calendar) Previous(d Date) Date {
	for !c.Works(d) {
		d = d.Add(-1)
	}
	return d
}

// AddWorking returns the n-th working day after d, or before it when n is negative. The day itself isn't counted.
func (c Calendar) AddWorking(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d = d.Add(step)
		if c.Works(d) {
			n--
		}
	}
	return d
}

// WorkingBetween returns how many working days lie after from, up to and with to. When to is the earlier one it
// is negative, and counts from to, inclusive, to the day before from. So WorkingBetween(d, AddWorking(d, n)) is n.
func (c Calendar) WorkingBetween(from, to Date) int {
	n := 0
	if to.Before(from) {
		for d := to; d.Before(from); d = d.Add(1) {
			if c.Works(d) {
				n--
			}
		}
		return n
	}
	for d := from; d.Before(to); {
		if d = d.Add(1); c.Works(d) {
			n++
		}
	}
	return n
}
