package tiepdan

import "slices"

// Duty is one clock of a case: what the law or the office itself asks, by which
// day, and how that day came about. It is worked out from the case's history and
// never kept, so that a corrected holiday corrects it.
type Duty struct {
	ID        string // the rule's, such as "complaint.resolve_first", or one of the office's own, as [TargetDuty]
	Label     string // the rule's name in the law's language; "" for the office's own
	Source    string
	Note      string // what is to be known of the rule
	Legal     bool
	Internal  bool // between members of staff: no citizen hears of it, no list is ordered by it
	Keeps     bool // a time to keep something, which nobody can be late with
	After     bool // what ended the case set it going: to send, to make public, to act on
	Confirmed bool

	By       Action // what set it going
	Since    int    // the entry that gave it its present term: that, or the last that extended it
	Due      Due
	On       Date // the last day, extended or not; none while it rests
	Extended []Extended
	Met      Date // when it was done; zero: not yet; not before it started
	Done     Date // the day itself on which it was: perhaps a day off before the start
	MetBy    Action
	Moot     bool  // it fell away before anybody did it, on the day Met
	Unit     int64 // of a helping unit's

	rule  Rule
	term  Term
	rests []Rest
	moves Action // a recorded act of this kind extends it
}

// Extended is a decision that gave a duty more time.
type Extended struct {
	Entry    int
	On       Date // the day of the decision
	Until    Date
	Ground   string
	Document string
}

// Late reports whether the duty was missed, or is by the day today.
func (d Duty) Late(today Date) bool {
	switch {
	case d.On.IsZero() || d.Keeps || d.Moot:
		return false
	case !d.Met.IsZero():
		return d.Met.After(d.On)
	}
	return today.After(d.On)
}

// LateBy is by how many days it was missed, or is by today; 0 when it isn't late.
func (d Duty) LateBy(today Date) int {
	if !d.Late(today) {
		return 0
	}
	if !d.Met.IsZero() {
		today = d.Met
	}
	return d.On.DaysUntil(today)
}

// Pending reports whether the duty still stands, with a day.
func (d Duty) Pending() bool { return d.Met.IsZero() && !d.On.IsZero() }

// Used is how much of the term has gone by, of a hundred, as its own days are counted.
func (d Duty) Used(today Date, cal Calendar) int {
	if !d.Met.IsZero() {
		today = d.Met
	}
	if d.On.IsZero() || !today.After(d.Due.Start) {
		return 0
	}
	whole := cal.Counted(d.Due.Start, d.On, d.unit(), d.rests...)
	if whole == 0 || !today.Before(d.On) {
		return 100
	}
	return min(100, cal.Counted(d.Due.Start, today, d.unit(), d.rests...)*100/whole)
}

// unit is what its days are counted in; a year's are days of the calendar.
func (d Duty) unit() TimeUnit {
	if d.term.Unit == WorkingDay {
		return WorkingDay
	}
	return CalendarDay
}

// NextDue returns the open duty that falls due first, of those that the citizen
// may know of.
func NextDue(c Case, r *Rules) (Duty, bool) {
	if !c.Status.Open() {
		return Duty{}, false
	}
	return soonest(c, r)
}

// Remaining returns what is still owed of a case that has ended and falls due
// first: a decision to be sent or made public, a conclusion to be acted on.
func Remaining(c Case, r *Rules) (Duty, bool) {
	if c.Status.Open() || c.Status == Destroyed {
		return Duty{}, false
	}
	return soonest(c, r)
}

// soonest is the pending duty that falls due first, of those that the citizen may know of.
func soonest(c Case, r *Rules) (next Duty, ok bool) {
	for _, d := range Duties(c, r) {
		if d.Pending() && !d.Internal && !d.Keeps && (next.On.IsZero() || d.On.Before(next.On)) {
			next = d
		}
	}
	return next, !next.On.IsZero()
}

// Duties returns c's clocks: the law's in the order in which they run, then the
// office's own.
func Duties(c Case, r *Rules) []Duty {
	var ds []Duty
	for _, k := range clocks {
		if !k.runsFor(c) {
			continue
		}
		for _, s := range c.starts(k) {
			if rule, ok := RuleOn(k.family(c, r), s.On); ok && rule.Term().InDays() {
				ds = append(ds, c.legal(k, s, rule, r.Calendar))
			}
		}
	}
	return append(ds, c.own(r)...)
}

// start is the entry that set a clock going, and the day that its term counts from.
type start struct {
	Entry
	On Date
}

// starts are the entries that set the clock going: the legal day of the filing,
// the day of the act for the others.
func (c Case) starts(k clock) (ss []start) {
	for _, e := range c.History {
		if slices.Contains(k.Starts, e.Do) && (k.When == nil || k.When(c, e)) {
			ss = append(ss, start{e, c.dayOf(e)})
		}
	}
	return ss
}

// dayOf is the day that counts for an entry: of the filing the law's.
func (c Case) dayOf(e Entry) Date {
	if e.Do == Submit && !c.Legal.IsZero() {
		return c.Legal
	}
	return DateOf(e.At)
}

func (c Case) legal(k clock, s start, rule Rule, cal Calendar) Duty {
	d := Duty{ID: rule.ID, Label: rule.Label, Source: rule.Source, Note: rule.Note, Legal: true, Keeps: rule.Kind == RuleRetention,
		Confirmed: rule.Confirmed(), rule: rule, term: rule.Term(), moves: k.Longer}
	if rest, ok := RuleOn(k.Rests, s.On); ok && rest.Kind == RuleClockStop {
		d.rests = c.restsIn(Suspended)
	}
	return c.read(d, s, k, cal)
}

// read works out from the history after its start when the duty is due, what
// extended it, and when it was met or fell away.
func (c Case) read(d Duty, s start, k clock, cal Calendar) Duty {
	d.By, d.Since, d.After = s.Do, s.N, !s.To.Open()
	d.Due = cal.Due(s.On, d.term, d.rests...)
	d.On = d.Due.On
	for _, e := range c.History[s.N:] {
		switch {
		case e.Do == RecordDelivery && !e.byHand(): // a notice by chat isn't the paper
		case slices.Contains(k.Meets, e.Do), slices.Contains(k.Ends, e.Do):
			d.Moot = !slices.Contains(k.Meets, e.Do)
			d.Met, d.Done, d.MetBy = later(e.doneOn(), s.On), e.doneOn(), e.Do
			return d
		case d.moves != "" && e.Do == d.moves:
			d = d.extended(e, cal)
		}
	}
	return d
}

// doneOn is the day on which what e tells of was done.
func (e Entry) doneOn() Date {
	if e.Do == RecordDelivery {
		return e.TriedOn()
	}
	return DateOf(e.At)
}

func earlier(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b Date) Date {
	if a.Before(b) {
		return b
	}
	return a
}

// restsIn are the stretches that c stood in one of these.
func (c Case) restsIn(in ...Status) []Rest {
	var rs []Rest
	for _, e := range c.History {
		was, is := slices.Contains(in, e.From), slices.Contains(in, e.To)
		if is && !was {
			rs = append(rs, Rest{From: DateOf(e.At)})
		}
		if was && !is && len(rs) > 0 {
			rs[len(rs)-1].Until = later(DateOf(e.At), rs[len(rs)-1].From)
		}
	}
	return rs
}
