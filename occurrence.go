package tiepdan

import (
	"slices"
	"time"

	"github.com/teambition/rrule-go"
)

// Occurrences returns the days that r gives with an original day in [from, until),
// in their order. Neither depends on how the time is cut into windows. A day off
// moves as r says, but never onto or past another of r's days, nor out of r's
// validity: then there is one reception less, and the occurrence is Cancelled on
// its original day. What is held every day, or belongs to the regular reception,
// isn't moved at all: days off just aren't in the list.
func (r Recurrence) Occurrences(from, until Date, c Calendar) []Occurrence {
	days, drops := r.originals(c.Previous(from), c.Next(until.Add(-1)).Add(1)), r.dropsDaysOff()
	var os []Occurrence
	for i, d := range days {
		if d.Before(from) || !d.Before(until) {
			continue
		}
		why, off := c.Why(d)
		switch {
		case !off:
			os = append(os, Occurrence{Original: d, On: d})
		case !drops:
			os = append(os, r.move(days, i, why, c))
		}
	}
	return os
}

// move sees to the i-th of r's days, which is a day off.
func (r Recurrence) move(days []Date, i int, why Holiday, c Calendar) Occurrence {
	o := Occurrence{Original: days[i], On: days[i], Why: why}
	to := o.On
	switch r.DayOff {
	case DayOffNext:
		to = c.Next(o.On)
		o.Cancelled = i+1 < len(days) && !days[i+1].After(to)
	case DayOffPrevious:
		to = c.Previous(o.On)
		o.Cancelled = i > 0 && !days[i-1].Before(to)
	default:
		o.Cancelled = true
	}
	if o.Cancelled = o.Cancelled || !r.validOn(to); !o.Cancelled {
		o.On = to
	}
	return o
}

// validOn reports whether d lies between r's first and last day, both included.
func (r Recurrence) validOn(d Date) bool {
	return !r.From.IsZero() && !d.Before(r.From) && (r.Until.IsZero() || !d.After(r.Until))
}

// dropsDaysOff reports whether a day off is nothing to speak of: there is the next
// day's reception anyway.
func (r Recurrence) dropsDaysOff() bool {
	return r.Kind == Regular || PresetOf(r.RRule).Form == EveryWorkingDay
}

// originals returns the days of r's rule in [from, until), days off or not.
func (r Recurrence) originals(from, until Date) []Date {
	rule, err := r.rule()
	if err != nil {
		return nil
	}
	var days []Date
	for next := rule.Iterator(); ; {
		t, ok := next()
		d := dateIn(t)
		if !ok || !d.Before(until) || !r.validOn(d) {
			return days
		}
		if !d.Before(from) {
			days = append(days, d)
		}
	}
}

// rule is r's RRULE from r's first day on. Inside, a day is its midnight in UTC;
// what would depend on a clock isn't used.
func (r Recurrence) rule() (*rrule.RRule, error) {
	option, err := ruleOption(r.RRule)
	if err != nil {
		return nil, err
	}
	if r.From.IsZero() {
		return nil, invalid("recurrence.from_missing", nil)
	}
	option.Dtstart = inUTC(r.From)
	if !r.Until.IsZero() {
		option.Until = inUTC(r.Until)
	}
	return rrule.NewRRule(*option)
}

func inUTC(d Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

func dateIn(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Session makes the session of an occurrence: a draft until a person confirms it,
// or cancelled where the day off leaves none. Its number, link and counts are the
// store's.
func (r Recurrence) Session(o Occurrence, c Calendar) Session {
	s := Session{
		Recurrence: r.ID, Original: o.Original, Kind: r.Kind, Status: SessionDraft, Online: r.Online, Unit: r.Unit, Host: r.Host,
		Starts: o.On.At(r.Starts), Ends: o.On.At(r.Ends), Place: r.Place, Head: r.Head, Presides: r.Presides,
		Attends: r.Attends, Units: slices.Clone(r.Units), Focus: r.Focus, Places: r.Places, Reason: o.Why.Name,
	}
	if o.Cancelled {
		s.Status = SessionCancelled
	}
	s.Cutoff = CutoffOf(s.On(), r.CutDays, c)
	return s
}

// CutoffOf returns the last minute in which places at a session on that day can be
// booked: of the working day so many before; none, the zero time, for 0.
func CutoffOf(on Date, workingDays int, c Calendar) time.Time {
	if workingDays <= 0 {
		return time.Time{}
	}
	return c.AddWorking(on, -workingDays).At(24*60 - 1)
}
