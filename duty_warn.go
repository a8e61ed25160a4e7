package tiepdan

import (
	"fmt"
	"slices"
)

// The levels at which a duty is warned of, in per cent of its term: the officer
// hears of half of it in the morning's digest, the head of the unit of the rest
// that is left, who decides for the office of what is overdue.
const (
	WarnHalf = 50
	WarnSoon = 80
	WarnLate = 100
)

// shortTerm is the length under which nobody is told of the half of a term.
const shortTerm = 4

// Warning is a level of a duty, and the first day on which it is to be told.
type Warning struct {
	Duty  Duty
	Level int
	On    Date
}

// Key names the warning among all of its case: told once, it isn't told again
// unless the duty starts anew or is extended.
func (w Warning) Key() string { return fmt.Sprintf("%s/%d/%d", w.Duty.ID, w.Duty.Since, w.Level) }

// Warnings are what there is to be told of c's pending duties, now or later.
func Warnings(c Case, r *Rules) (ws []Warning) {
	for _, d := range Duties(c, r) {
		if !d.Pending() {
			continue
		}
		if !d.Keeps {
			whole := r.Calendar.Counted(d.Due.Start, d.On, d.unit(), d.rests...)
			for _, level := range []int{WarnHalf, WarnSoon} {
				if level == WarnHalf && whole < shortTerm || d.Due.Start == d.On {
					continue
				}
				// A date that a person set may be a day off, before which no part of its term ends on a working day.
				part := Term{(whole*level + 99) / 100, d.unit()}
				ws = append(ws, Warning{d, level, earlier(r.Calendar.Due(d.Due.Start, part, d.rests...).On, d.On)})
			}
		}
		ws = append(ws, Warning{d, WarnLate, r.Calendar.Next(d.On.Add(1))})
	}
	return ws
}

// DueWarnings are those to be told today, of each duty the highest; next is the
// day on which there is something to tell again, and kept is what was told, with
// today's, as far as it still means something.
func DueWarnings(c Case, r *Rules, today Date, told []string) (now []Warning, next Date, kept []string) {
	for _, w := range Warnings(c, r) {
		switch {
		case w.On.After(today):
			// What isn't late any more, since the calendar changed, is told of when it is again.
			if was := slices.Contains(told, w.Key()); was && w.Level != WarnLate {
				kept = append(kept, w.Key())
			} else if next.IsZero() || w.On.Before(next) {
				next = w.On
			}
		case slices.Contains(told, w.Key()):
			kept = append(kept, w.Key())
		default:
			kept = append(kept, w.Key())
			if n := len(now); n > 0 && now[n-1].Duty.ID == w.Duty.ID && now[n-1].Duty.Since == w.Duty.Since {
				now[n-1] = w
			} else {
				now = append(now, w)
			}
		}
	}
	return now, next, kept
}

// NextWarning is the day from which on there is something to tell of c that
// wasn't told; none when there is nothing.
func NextWarning(c Case, r *Rules, told []string) (next Date) {
	for _, w := range Warnings(c, r) {
		if !slices.Contains(told, w.Key()) && (next.IsZero() || w.On.Before(next)) {
			next = w.On
		}
	}
	return next
}

// Act is the entry that a warning leaves in the history, with whom it tells; the
// half of a term leaves none.
func (w Warning) Act() Act {
	return Act{Do: Escalate, By: Actor{Role: System},
		Details: Details{Duty: w.Duty.ID, Level: w.Level, Since: w.Duty.Since, Until: w.Duty.On, Unit: w.Duty.Unit}}
}

// warned are who is told by an escalation: of what a unit has to do it and its
// head, then who decides for the office; of what waits between members of staff,
// those whose step it is, then whose it is to see to it.
func (c Case) warned(e Entry) (ns []Notice) {
	key := "notice.due"
	if e.Details.Level >= WarnLate {
		key = "notice.overdue"
	}
	tell := func(to Audience) { ns = append(ns, Notice{To: to, Unit: c.Unit, Key: key, Entry: e.N}) }
	late := e.Details.Level >= WarnLate
	switch e.Details.Duty {
	case AssignDuty:
		tell(either(late, ToBoardHeads, ToDesk))
	case TakeDuty:
		tell(either(late, ToBoardHeads, ToUnitHead))
	case DirectDuty:
		ns = append(ns, c.asked(key, e.N))
		if late {
			ns = append(ns, c.worker(key, e.N))
		}
	case HelpDuty:
		for _, h := range c.HelpWanted() {
			if h.Entry == e.Details.Since && h.Officer != 0 {
				ns = append(ns, Notice{To: ToStaff, Staff: h.Officer, Key: key, Entry: e.N})
			}
		}
		ns = append(ns, Notice{To: ToUnitHead, Unit: e.Details.Unit, Key: key, Entry: e.N})
		if late {
			ns = append(ns, c.worker(key, e.N))
		}
	case storage:
		tell(ToBoardHeads)
	default:
		ns = append(ns, c.worker(key, e.N))
		if c.Officer != 0 && c.Unit != 0 {
			tell(ToUnitHead)
		}
		if late {
			tell(ToDeciders)
		}
	}
	return ns
}

// storage is the year for which what was filed away is kept: at its end the head
// decides what becomes of it.
const storage = "petition.storage"

func either(yes bool, a, b Audience) Audience {
	if yes {
		return a
	}
	return b
}

// asked is a notice to the leader whom the open question is for.
func (c Case) asked(key string, entry int) Notice {
	if q, _ := c.Question(); q.Details.Asked != 0 {
		return Notice{To: ToStaff, Staff: q.Details.Asked, Key: key, Entry: entry}
	}
	return Notice{To: ToDeciders, Key: key, Entry: entry}
}

// Escalated returns the duty that an escalation of c's history told of, if it
// still stands: what was done meanwhile needs no telling.
func Escalated(c Case, e Entry, r *Rules) (Duty, bool) {
	for _, d := range Duties(c, r) {
		if d.ID == e.Details.Duty && d.Since == e.Details.Since && d.Pending() {
			return d, true
		}
	}
	return Duty{}, false
}
