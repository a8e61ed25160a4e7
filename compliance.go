package tiepdan

import (
	"cmp"
	"slices"
	"time"
)

// Owes returns on how many days the law wants h to receive citizens in the month
// that d is in, and by which rule: the one of h's office that was in force then.
// Where the law counts by weeks, a week belongs to the month in which it begins.
func (h Head) Owes(d Date) (days int, rule Rule, ok bool) {
	month := monthOf(d)
	named, ok := RuleByID(h.Duty)
	if !ok || len(named.AppliesTo) == 0 {
		return 0, Rule{}, false
	}
	for _, r := range RulesFor(named.AppliesTo[0], "", month) {
		if r.Kind != RuleRecurrence {
			continue
		}
		if r.Unit == DayPerWeek {
			return r.Length * mondays(month), r, true
		}
		return r.Length, r, true
	}
	return 0, Rule{}, false
}

// DutyRules are the law's rules that a head's duty may name, those that ended too.
func DutyRules() []Rule {
	return slices.DeleteFunc(Laws(), func(r Rule) bool { return r.Kind != RuleRecurrence })
}

func monthOf(d Date) Date { return Date{d.Year, d.Month, 1} }

func mondays(month Date) (n int) {
	for d := month; d.Month == month.Month; d = d.Add(1) {
		if d.Weekday() == time.Monday {
			n++
		}
	}
	return n
}

// fulfils reports whether s counts towards a head's days. What is held out of turn,
// as a dialogue or at another body comes on top of them (Điều 12, 13, 15, 18).
func (s Session) fulfils() bool { return s.Head != 0 && (s.Kind == Periodic || s.Kind == Regular) }

// HeadMonth is what a head owed in a month and what came of it, in days: two
// receptions on one day are one.
type HeadMonth struct {
	Head
	Month    Date // its first day
	Required int  // by the law
	Rule     Rule // … and which; zero: none known
	Planned  int  // days that were not cancelled, those to come too
	InPerson int  // the head received
	// Delegated days were held by somebody else; the law knows no delegation of
	// the head's own days, so they are counted apart.
	Delegated int
	NotHeld   int // past, not cancelled, not held
	Cancelled int
}

// Missing returns how many days the head still owes.
func (m HeadMonth) Missing() int { return max(0, m.Required-m.InPerson) }

// WholeMonths widens a span to the whole months that it touches.
func WholeMonths(from, until Date) (Date, Date) {
	if !from.Before(until) {
		return monthOf(from), monthOf(from)
	}
	return monthOf(from), monthOf(until.Add(-1)).AddMonths(1)
}

// Compliance holds what was held against what the law wants, a line for each head
// and each whole month that [from, until) touches. ss are all sessions of those
// months; see [WholeMonths].
func Compliance(heads []Head, ss []Session, from, until, today Date) []HeadMonth {
	from, until = WholeMonths(from, until)
	days := headDays(ss, today)
	var ms []HeadMonth
	for _, h := range heads {
		for month := from; month.Before(until); month = month.AddMonths(1) {
			m := HeadMonth{Head: h, Month: month}
			m.Required, m.Rule, _ = h.Owes(month)
			for day, outcome := range days[h.ID] {
				if monthOf(day) == month {
					m.count(outcome)
				}
			}
			if h.Active || m.Planned+m.Cancelled > 0 {
				ms = append(ms, m)
			}
		}
	}
	return ms
}

// outcome is what became of a head's day; of several receptions the best counts.
type outcome int

const (
	dayCancelled outcome = iota
	dayNotHeld
	dayToCome
	dayDelegated
	dayInPerson
)

func headDays(ss []Session, today Date) map[int64]map[Date]outcome {
	days := map[int64]map[Date]outcome{}
	for _, s := range ss {
		if !s.fulfils() {
			continue
		}
		if days[s.Head] == nil {
			days[s.Head] = map[Date]outcome{}
		}
		days[s.Head][s.On()] = max(days[s.Head][s.On()], s.outcome(today))
	}
	return days
}

func (s Session) outcome(today Date) outcome {
	switch {
	case s.Cancelled():
		return dayCancelled
	case s.Status == SessionHeld && s.InPerson:
		return dayInPerson
	case s.Status == SessionHeld:
		return dayDelegated
	case s.Status != SessionOpen && s.On().Before(today):
		return dayNotHeld
	}
	return dayToCome
}

func (m *HeadMonth) count(o outcome) {
	switch o {
	case dayCancelled:
		m.Cancelled++
		return
	case dayInPerson:
		m.InPerson++
	case dayDelegated:
		m.Delegated++
	case dayNotHeld:
		m.NotHeld++
	}
	m.Planned++
}

// UnitAttendance is how a unit came to the sessions that it was called to.
type UnitAttendance struct {
	Unit    int64 // 0: people of no unit
	Called  int   // was to come to sessions that are over
	Came    int   // called or not
	OnTime  int
	Late    int
	Absent  int // called, and not there
	Minutes int // late, in all
}

// AttendanceByUnit counts the attendance at the sessions that were held, a line for
// each unit. Those who received are counted as well.
func AttendanceByUnit(ss []Session, as []Attendance) []UnitAttendance {
	starts := map[int64]time.Time{}
	for _, s := range ss {
		if s.Status == SessionHeld {
			starts[s.ID] = s.Starts
		}
	}
	lines := map[int64]*UnitAttendance{}
	for _, a := range as {
		begin, held := starts[a.Session]
		if !held {
			continue
		}
		if lines[a.Unit] == nil {
			lines[a.Unit] = &UnitAttendance{Unit: a.Unit}
		}
		lines[a.Unit].count(a, begin)
	}
	var us []UnitAttendance
	for _, u := range lines {
		us = append(us, *u)
	}
	slices.SortFunc(us, func(a, b UnitAttendance) int { return cmp.Compare(a.Unit, b.Unit) })
	return us
}

func (u *UnitAttendance) count(a Attendance, begin time.Time) {
	if a.Called {
		u.Called++
	}
	late := a.Late(begin)
	switch {
	case a.Came.IsZero() && a.Called:
		u.Absent++
	case a.Came.IsZero():
	case late > 0:
		u.Came++
		u.Late++
		u.Minutes += int(late / time.Minute)
	default:
		u.Came++
		u.OnTime++
	}
}
