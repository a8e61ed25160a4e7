package tiepdan

import "time"

// Term is a period: so many of a unit. A negative length counts backward, to the day before which something must be done.
type Term struct {
	Length int      `json:"length"`
	Unit   TimeUnit `json:"unit"`
}

// Counts reports whether t is a period at all, and not, say, two days in each month.
func (t Term) Counts() bool { return t.InDays() || t.Unit == Hour || t.Unit == WorkingHour }

// InDays reports whether t ends with a day, and not at an hour.
func (t Term) InDays() bool { return t.Unit == WorkingDay || t.Unit == CalendarDay || t.Unit == Year }

// Rest is a stretch in which the clock stands still: from the day after From to Until, inclusive. With no Until it
// rests still, and nobody knows the due day.
type Rest struct {
	From  Date `json:"from"`
	Until Date `json:"until,omitzero"`
}

func (r Rest) holds(d Date) bool { return d.After(r.From) && (r.Until.IsZero() || !d.After(r.Until)) }

// Due is the last day of a term, and how it came about.
type Due struct {
	On      Date   // none when Resting, or when the term isn't in days
	Start   Date   // the day of the event
	Steps   []Step // in the order of the days
	Resting bool   // a rest without an end stands in the way
	// Provisional: an unconfirmed day off was counted on, or a year whose official arrangement isn't known.
	Provisional bool
}

// StepKind names what happened in a Step.
type StepKind string

const (
	StepStarted StepKind = "started" // the event's own day; it isn't counted (Civil Code 2015, Article 147(2))
	StepWeekend StepKind = "weekend" // days off that were passed over
	StepHoliday StepKind = "holiday"
	StepMakeup  StepKind = "makeup"
	StepSwapOff StepKind = "swapoff"
	StepClosure StepKind = "closure"
	StepWork    StepKind = "work"   // a weekend day that was counted, since it is worked in exchange
	StepRest    StepKind = "rest"   // the clock stood still
	StepEnded   StepKind = "ended"  // the last day counted
	StepRolled  StepKind = "rolled" // that was a day off: from it to the working day To (Article 148(5)), which is earlier in a backward term
)

// StepKinds are all kinds, for whoever has to say each of them.
var StepKinds = []StepKind{StepStarted, StepWeekend, StepHoliday, StepMakeup, StepSwapOff, StepClosure, StepWork, StepRest, StepEnded, StepRolled}

// Step is a stretch of days that a count passed, From and To inclusive. Note is the name in the table of holidays.
type Step struct {
	Kind        StepKind
	From, To    Date
	Note        string
	Unconfirmed bool
}

// Due counts a term from the day of an event. That day isn't counted; days of rest aren't; of a term in working days,
// only those are; a term that would end on a day off ends on the next working day. A backward term goes the other way
// in everything and knows no rests. The zero Due answers a term that isn't in days.
func (c Calendar) Due(start Date, term Term, rests ...Rest) Due {
	if !term.InDays() {
		return Due{}
	}
	w := walk{cal: c, working: term.Unit == WorkingDay, rests: rests, step: 1, at: start, due: Due{Start: start}}
	w.tell(Step{Kind: StepStarted, From: start, To: start})
	days := term.Length
	if term.Unit == Year {
		days = start.DaysUntil(start.AddMonths(12 * term.Length))
	}
	if days < 0 {
		w.step, w.rests, days = -1, nil, -days
	}
	for ; days > 0 && !w.due.Resting; days-- {
		w.count()
	}
	return w.end()
}

// walk goes from day to day and tells what it meets.
type walk struct {
	cal     Calendar
	working bool // only working days are counted
	rests   []Rest
	step    int // 1 forward, -1 backward
	at      Date
	due     Due
}

// count goes on to the next day that is counted.
func (w *walk) count() {
	for {
		w.at = w.at.Add(w.step)
		if rest, ok := w.resting(); ok {
			if rest.Until.IsZero() {
				w.tell(Step{Kind: StepRest, From: w.at})
				w.due.Resting = true
				return
			}
			w.tell(Step{Kind: StepRest, From: w.at, To: w.at})
			continue
		}
		if !w.working {
			return
		}
		why, off := w.cal.Why(w.at)
		if why.Kind != "" {
			w.tell(stepOf(why, w.at))
		}
		if !off {
			return
		}
	}
}

// resting returns the rest that holds the day; of several the one that has no end.
func (w *walk) resting() (rest Rest, ok bool) {
	for _, r := range w.rests {
		if r.holds(w.at) && (!ok || r.Until.IsZero()) {
			rest, ok = r, true
		}
	}
	return rest, ok
}

// end moves off a day off and closes the story.
func (w *walk) end() Due {
	if w.due.Resting {
		return w.due
	}
	last := w.at
	if last != w.due.Start {
		w.tell(Step{Kind: StepEnded, From: last, To: last})
	}
	if !w.cal.Works(last) {
		for !w.cal.Works(w.at) {
			why, _ := w.cal.Why(w.at)
			w.tell(stepOf(why, w.at))
			w.at = w.at.Add(w.step)
		}
		w.tell(Step{Kind: StepRolled, From: last, To: w.at})
	}
	w.due.On = w.at
	if w.at.Year > w.cal.LastConfirmedYear() {
		w.due.Provisional = true
	}
	return w.due
}

func stepOf(why Holiday, d Date) Step {
	return Step{Kind: StepKind(why.Kind), From: d, To: d, Note: why.Name, Unconfirmed: !why.Confirmed}
}

// tell adds a step, or lengthens the last one when this is more of the same. Steps of a backward count are told in
// the order in which they are met, each with the earlier day as From.
func (w *walk) tell(s Step) {
	w.due.Provisional = w.due.Provisional || s.Unconfirmed
	if n := len(w.due.Steps); n > 0 && s.Kind != StepRolled && s.Kind != StepEnded && !s.To.IsZero() {
		last := &w.due.Steps[n-1]
		if last.Kind == s.Kind && last.Note == s.Note && last.Unconfirmed == s.Unconfirmed {
			switch {
			case w.step > 0 && last.To.Add(1) == s.From:
				last.To = s.To
				return
			case w.step < 0 && s.To.Add(1) == last.From:
				last.From = s.From
				return
			}
		}
	}
	w.due.Steps = append(w.due.Steps, s)
}

// Counted is how many days of a term have gone by from the day of its event to a
// later one, as [Calendar.Due] counts them: in working days, or in days.
func (c Calendar) Counted(start, to Date, unit TimeUnit, rests ...Rest) (n int) {
	w := walk{cal: c, rests: rests}
	for w.at = start; w.at.Before(to); {
		w.at = w.at.Add(1)
		if _, rests := w.resting(); !rests && (unit != WorkingDay || c.Works(w.at)) {
			n++
		}
	}
	return n
}

// DueHours returns when so many hours of the office's time have gone by since start. Time outside the hours and
// on days off isn't counted.
func (c Calendar) DueHours(start time.Time, hours int, h Hours) time.Time {
	left := time.Duration(hours) * time.Hour
	if left <= 0 {
		return start
	}
	for d := c.Next(DateOf(start)); ; d = c.Next(d.Add(1)) {
		for _, span := range h.on(d) {
			from, to := d.At(span.From), d.At(span.To)
			if from.Before(start) {
				from = start
			}
			if length := to.Sub(from); length >= left {
				return from.Add(left).In(Hanoi)
			} else if length > 0 {
				left -= length
			}
		}
	}
}

// DueAt returns the moment at which any term ends: of one in days, the end of its last day (Article 148(6)). It is
// the zero time when there is no such moment.
func (c Calendar) DueAt(start time.Time, term Term, h Hours, rests ...Rest) time.Time {
	switch term.Unit {
	case Hour:
		return start.Add(time.Duration(term.Length) * time.Hour)
	case WorkingHour:
		return c.DueHours(start, term.Length, h)
	}
	due := c.Due(DateOf(start), term, rests...)
	if due.On.IsZero() {
		return time.Time{}
	}
	return due.On.Add(1).Time()
}
