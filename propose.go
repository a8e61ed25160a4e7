package tiepdan

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"
	"time"
)

//go:embed statutory.csv
var statutoryCSV string

// statutory is a row of what the law gives every year, before anybody has said on which days exactly.
type statutory struct {
	rule         string // solar, tet, gioto, beside (the day before or after) or makeup (what a day in lieu is called)
	day          string
	name, source string
	makeup       bool // a day in lieu follows when it falls on a weekend
}

var statutoryRows = sync.OnceValue(func() []statutory {
	rows, err := readCSV(statutoryCSV)
	if err != nil {
		panic(err) // the file is part of the program, and tested with it
	}
	table := make([]statutory, 0, len(rows))
	for _, r := range rows {
		table = append(table, statutory{r[0], r[1], r[2], r[3], r[4] == "1"})
	}
	return table
})

// ProposeHolidays returns the days off that the law and the moon suggest for a year, ordered by date and all
// unconfirmed. Exchanged days can't be foreseen. A person checks the proposal against the year's official notice.
func ProposeHolidays(year int) []Holiday {
	var table []Holiday
	var lieu []Date
	var inLieu statutory
	for _, row := range statutoryRows() {
		if row.rule == "makeup" {
			inLieu = row
		}
		if row.day == "11-24" && year < 2026 {
			continue // the resolution is of 2026
		}
		for _, d := range row.days(year) {
			table = append(table, Holiday{On: d, Kind: DayHoliday, Name: row.name, Source: row.source})
			if row.makeup && weekend(d) {
				lieu = append(lieu, d)
			}
		}
	}
	slices.SortFunc(lieu, Date.Compare)
	for _, d := range lieu {
		on := NewCalendar(table, Week{}).Next(d)
		table = append(table, Holiday{On: on, Kind: DayMakeup, Name: inLieu.name, Source: inLieu.source})
	}
	slices.SortStableFunc(table, func(a, b Holiday) int { return a.On.Compare(b.On) })
	return table
}

// days returns the days that a row gives in a year.
func (s statutory) days(year int) []Date {
	switch s.rule {
	case "solar":
		return []Date{dayOfYear(year, s.day)}
	case "beside":
		return []Date{besideNationalDay(dayOfYear(year, s.day))}
	case "gioto":
		return []Date{GioTo(year)}
	case "tet":
		return tetBlock(Tet(year))
	}
	return nil
}

func dayOfYear(year int, monthDay string) Date {
	d, err := ParseDate(fmt.Sprintf("%04d-%s", year, monthDay))
	if err != nil {
		panic(err)
	}
	return d
}

func weekend(d Date) bool {
	day := d.Weekday()
	return day == time.Saturday || day == time.Sunday
}

// tetBlock returns the five days of Tết. Past notices took one or two days before the first of the year: here, two
// where only that fills the week from Monday to Friday.
func tetBlock(tet Date) []Date {
	first := tet.Add(-1)
	if tet.Weekday() == time.Wednesday {
		first = tet.Add(-2)
	}
	block := make([]Date, 5)
	for i := range block {
		block[i] = first.Add(i)
	}
	return block
}

// besideNationalDay returns the second day off around 2 September, as past notices chose it: the one that makes the
// longer stretch with a weekend.
func besideNationalDay(d Date) Date {
	switch d.Weekday() {
	case time.Monday, time.Thursday, time.Sunday:
		return d.Add(1)
	}
	return d.Add(-1)
}
