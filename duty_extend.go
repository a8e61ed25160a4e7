package tiepdan

// extended is d after a recorded act that gives it more time. The term becomes
// longer by days that are counted as all of its days: what rests it afterwards
// moves the new day as it would have moved the old one. It never becomes shorter.
func (d Duty) extended(e Entry, cal Calendar) Duty {
	day := DateOf(e.At)
	until, term := e.Details.Until, d.term
	switch {
	case d.Keeps:
		if !until.After(d.On) {
			return d
		}
		d.On = until
	case e.Do == VerifyMore:
		if len(d.rule.Extensions) == 0 {
			return d
		}
		term = d.rule.Longest(d.rule.Extensions[0])
		d.Due = cal.Due(d.Due.Start, term, d.rests...)
		until, d.On = d.Due.On, d.Due.On
	default:
		then := restsUpTo(d.rests, day)
		if !until.After(cal.Due(d.Due.Start, term, then...).On) {
			return d
		}
		term = d.until(until, then, cal)
		d.Due = cal.Due(d.Due.Start, term, d.rests...)
		d.On = d.Due.On
	}
	d.term, d.Since = term, e.N
	d.Extended = append(d.Extended, Extended{Entry: e.N, On: day, Until: until, Ground: e.Details.Ground, Document: e.Details.Document})
	return d
}

// until is d's term if it ends on that day.
func (d Duty) until(last Date, rests []Rest, cal Calendar) Term {
	if d.unit() == WorkingDay {
		last = cal.Next(last)
	}
	return Term{cal.Counted(d.Due.Start, last, d.unit(), rests...), d.unit()}
}

// restsUpTo are the rests as they were known on a day.
func restsUpTo(rests []Rest, day Date) (then []Rest) {
	for _, r := range rests {
		if !r.From.Before(day) {
			continue
		}
		if r.Until.IsZero() || r.Until.After(day) {
			r.Until = day
		}
		then = append(then, r)
	}
	return then
}

// CheckUntil says what is wrong with the day that an act of a day names, by the
// calendar and the clocks of the case: one that moves a deadline, or is promised to
// the citizen, is a working day.
func CheckUntil(c Case, do Action, d Details, on Date, r *Rules) error {
	switch do {
	case Extend:
		return CheckExtension(c, d, on, r)
	case Progress:
		return onWorkingDay("act.promise_day_off", d.Until, on, r.Calendar)
	}
	return nil
}

// onWorkingDay refuses a day off, and names the working days beside it that are to come.
func onWorkingDay(key string, day, today Date, cal Calendar) error {
	if cal.Works(day) {
		return nil
	}
	args := map[string]any{"Before": cal.Previous(day), "After": cal.Next(day)}
	if !cal.Previous(day).After(today) {
		args["Before"] = Date{}
	}
	return invalid(key, args)
}

// CheckExtension says what is wrong with a decision of a day that gives c more
// time: an extension ends on a working day, moves a clock, and stays within what
// the law allows for its ground.
func CheckExtension(c Case, d Details, decided Date, r *Rules) error {
	if err := onWorkingDay("act.extend_day_off", d.Until, decided, r.Calendar); err != nil {
		return err
	}
	moved := false
	for _, duty := range Duties(c, r) {
		if duty.moves != Extend || !duty.Met.IsZero() || !d.Until.After(duty.onBy(decided, r.Calendar)) {
			continue
		}
		if duty.Legal {
			latest, ok := duty.latest(d.Ground, decided, r.Calendar)
			if !ok {
				return invalid("act.extend_no_more", map[string]any{"Label": duty.Label})
			}
			if d.Until.After(latest) {
				return invalid("act.extend_beyond", map[string]any{"Label": duty.Label, "Latest": latest})
			}
		}
		moved = true
	}
	if !moved {
		return invalid("act.extend_nothing", nil)
	}
	return nil
}

// onBy is d's last day as it stood on a day, whether it rests or not.
func (d Duty) onBy(day Date, cal Calendar) Date {
	return cal.Due(d.Due.Start, d.term, restsUpTo(d.rests, day)...).On
}

// latest is the last day to which a decision on that ground may extend d; not ok
// when the law lets no decision on it do so, or none any more.
func (d Duty) latest(ground string, decided Date, cal Calendar) (last Date, ok bool) {
	for _, x := range d.rule.Extensions {
		if x.Ground != ground || x.Ground == "" || x.Times > 0 && len(d.Extended) >= x.Times {
			continue
		}
		longest := d.rule.Longest(x)
		if x.Additional > 0 {
			longest.Length = min(longest.Length, d.term.Length+x.Additional)
		}
		on := cal.Due(d.Due.Start, longest, restsUpTo(d.rests, decided)...).On
		if !ok || on.After(last) {
			last, ok = on, true
		}
	}
	return last, ok
}

// Extendable is what a decision of a day on a ground could do to the case: which
// duty it moves, from which day, and to which day at most. No Latest: the law
// sets none.
type Extendable struct {
	Duty   Duty
	Ground string
	Latest Date
}

// Extendables are the duties of c that a decision of that day may still extend,
// once for each ground that the law knows.
func Extendables(c Case, decided Date, r *Rules) (xs []Extendable) {
	for _, d := range Duties(c, r) {
		if d.moves != Extend || !d.Met.IsZero() {
			continue
		}
		if !d.Legal {
			xs = append(xs, Extendable{Duty: d})
			continue
		}
		for _, g := range LegalGrounds(Extend, c.Kind, decided) {
			if last, ok := d.latest(g.ID, decided, r.Calendar); ok && last.After(d.On) {
				xs = append(xs, Extendable{d, g.ID, last})
			}
		}
	}
	return xs
}

// PromiseMoved reports whether the day that a citizen was told of by the last
// extension isn't the case's any more, since the calendar has changed.
func PromiseMoved(c Case, r *Rules) (promised, now Date, moved bool) {
	for _, d := range Duties(c, r) {
		if n := len(d.Extended); n > 0 && d.moves == Extend && d.Pending() {
			promised = d.Extended[n-1].Until
			if on := d.onBy(d.Extended[n-1].On, r.Calendar); on != promised {
				return promised, d.On, true
			}
		}
	}
	return Date{}, Date{}, false
}

// Recount is what a change of the calendar or of a term did to the open cases.
type Recount struct {
	ID       int64
	Moved    int     // fall due on another day
	Promised []int64 // were extended to a day that isn't theirs any more
	Done     bool    // or it goes on by itself
}
