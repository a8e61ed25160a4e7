package tiepdan

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// drawRule draws any rule of the forms that people choose, and says which days are its own.
func drawRule(t *rapid.T) (Recurrence, func(Date) bool) {
	r := rule("", rapid.SampledFrom([]DayOff{DayOffNext, DayOffPrevious, DayOffCancel}).Draw(t, "off"))
	r.Kind = rapid.SampledFrom(SessionKinds()).Draw(t, "kind")
	r.From = dated("2026-01-01").Add(rapid.IntRange(-100, 900).Draw(t, "from"))
	if rapid.Bool().Draw(t, "ends") {
		r.Until = r.From.Add(rapid.IntRange(0, 1200).Draw(t, "until"))
	}
	days := rapid.SliceOfNDistinct(rapid.IntRange(1, 31), 1, 6, rapid.ID).Draw(t, "days")
	week := rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 1, 5, rapid.ID).Draw(t, "week")
	p := RulePreset{Form: rapid.SampledFrom(RuleForms()[:4]).Draw(t, "form"), Days: days, Nth: rapid.SampledFrom([]int{1, 2, 3, 4, 5, -1}).Draw(t, "nth")}
	for _, d := range week {
		p.Weekdays = append(p.Weekdays, time.Weekday(d))
	}
	r.RRule = p.RRule()
	return r, func(d Date) bool {
		switch p.Form {
		case MonthDays:
			return slices.Contains(days, d.Day)
		case Weekdays:
			return slices.Contains(week, int(d.Weekday()))
		case NthWeekday:
			last := d.Add(7).Month != d.Month
			return d.Weekday() == p.Weekdays[0] && (p.Nth == (d.Day+6)/7 || p.Nth == -1 && last)
		}
		return true
	}
}

func TestOccurrencesHold(t *testing.T) {
	t.Parallel()
	c := coming()
	rapid.Check(t, func(t *rapid.T) {
		r, own := drawRule(t)
		from := dated("2025-12-01").Add(rapid.IntRange(0, 1500).Draw(t, "window"))
		until := from.Add(rapid.IntRange(0, 400).Draw(t, "length"))
		os := r.Occurrences(from, until, c)
		checkOriginals(t, r, own, from, until, c, os)
		checkDays(t, r, c, os)
		cut := from.Add(rapid.IntRange(0, max(0, from.DaysUntil(until))).Draw(t, "cut"))
		if parts := append(r.Occurrences(from, cut, c), r.Occurrences(cut, until, c)...); !slices.Equal(parts, os) {
			t.Fatalf("in two windows %s, in one %s", said(parts), said(os))
		}
	})
}

// checkOriginals holds the original days against the rule, day by day.
func checkOriginals(t *rapid.T, r Recurrence, own func(Date) bool, from, until Date, c Calendar, os []Occurrence) {
	drops := r.Kind == Regular || r.RRule == "FREQ=DAILY"
	i := 0
	for d := from; d.Before(until); d = d.Add(1) {
		if !own(d) || d.Before(r.From) || !r.Until.IsZero() && d.After(r.Until) || drops && !c.Works(d) {
			continue
		}
		if i == len(os) || os[i].Original != d {
			t.Fatalf("%s isn't the %d-th of %s", d, i, said(os))
		}
		i++
	}
	if i != len(os) {
		t.Fatalf("too many: %s", said(os[i:]))
	}
}

// checkDays holds each day on which there is a reception against the calendar.
func checkDays(t *rapid.T, r Recurrence, c Calendar, os []Occurrence) {
	var last Date
	for _, o := range os {
		if c.Works(o.Original) && (o.On != o.Original || o.Cancelled || o.Why != (Holiday{})) {
			t.Fatalf("a working day became %+v", o)
		}
		if o.Cancelled {
			if o.On != o.Original || o.Why.Kind == "" {
				t.Fatalf("cancelled without a day or a reason: %+v", o)
			}
			continue
		}
		if !c.Works(o.On) || !o.On.After(last) || o.On.Before(r.From) || !r.Until.IsZero() && o.On.After(r.Until) {
			t.Fatalf("%+v after %s", o, last)
		}
		nearest := o.On == o.Original || r.DayOff == DayOffNext && o.On == c.Next(o.Original) || r.DayOff == DayOffPrevious && o.On == c.Previous(o.Original)
		if !nearest {
			t.Fatalf("moved further than to the nearest working day: %+v", o)
		}
		last = o.On
	}
}
