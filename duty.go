package tiepdan

import "slices"

// Duty is one clock of a case: what the law or the office's own target asks, by
// which day, and how that day came about. It is worked out from the case's
// history and never kept, so that a corrected holiday corrects it.
type Duty struct {
	ID        string // the rule's, such as "complaint.resolve_first", or [TargetDuty]
	Label     string // the rule's name in the law's language; "" for the target
	Source    string
	Legal     bool
	Confirmed bool
	Due       Due
	On        Date // the last day, extended or not
	Extended  bool // by a recorded decision, in Until
	Met       Date // when it was done; zero: not yet
}

// TargetDuty is the office's own target for a kind, which is no law.
const TargetDuty = "office.target"

// Late reports whether the duty was missed, or is by the day today.
func (d Duty) Late(today Date) bool {
	if d.On.IsZero() {
		return false
	}
	if !d.Met.IsZero() {
		return d.Met.After(d.On)
	}
	return today.After(d.On)
}

// Pending reports whether the duty still stands.
func (d Duty) Pending() bool { return d.Met.IsZero() && !d.On.IsZero() }

// clock ties a rule of the law to the acts that start and meet it.
type clock struct {
	Rule   string
	Kinds  []Kind
	Starts Action
	Meets  []Action
	Longer bool // a recorded extension moves it
}

var (
	taken    = []Action{Accept, VerifyMore, Refuse, GuideCitizen, SendBack, Transfer, FileAway, Divide, Answer, Approve, Withdraw, RecordWithdrawal}
	resolved = []Action{Answer, Approve, Refuse, GuideCitizen, SendBack, Transfer, FileAway, Divide, Withdraw, RecordWithdrawal, Terminate}
)

// clocks are the terms that run in a case. Accepting (thụ lý) starts the term of
// resolution; taking a task starts none.
var clocks = []clock{
	{Rule: "reception.initial_notice", Starts: Submit, Meets: taken},
	{Rule: "complaint.accept_first", Kinds: []Kind{KhieuNai}, Starts: RecordOriginal, Meets: taken},
	{Rule: "complaint.resolve_first", Kinds: []Kind{KhieuNai}, Starts: Accept, Meets: resolved, Longer: true},
	{Rule: "denunciation.verify_conditions", Kinds: []Kind{ToCao}, Starts: Submit, Meets: taken},
	{Rule: "denunciation.resolve", Kinds: []Kind{ToCao}, Starts: Accept, Meets: resolved, Longer: true},
}

// Duties returns c's clocks, the law's first, in the order in which they run.
func Duties(c Case, r *Rules) []Duty {
	var ds []Duty
	for _, k := range clocks {
		rule, ok := RuleByID(k.Rule)
		if !ok || len(k.Kinds) > 0 && !slices.Contains(k.Kinds, c.Kind) {
			continue
		}
		start, ok := c.started(k.Starts)
		if !ok || !rule.InForce(start) {
			continue
		}
		d := Duty{ID: rule.ID, Label: rule.Label, Source: rule.Source, Legal: true, Confirmed: rule.Confirmed(),
			Due: r.Calendar.Due(start, rule.Term())}
		ds = append(ds, d.read(c, k))
	}
	if t := r.Kind(c.Kind).TargetDays; t > 0 && c.Status != AwaitingOriginal {
		d := Duty{ID: TargetDuty, Confirmed: true,
			Due: r.Calendar.Due(c.Legal, Term{Length: t, Unit: WorkingDay}, c.rests()...)}
		ds = append(ds, d.read(c, clock{Starts: Submit, Meets: resolved, Longer: true}))
	}
	return ds
}

// NextDue returns the open duty that falls due first.
func NextDue(c Case, r *Rules) (Duty, bool) {
	var next Duty
	for _, d := range Duties(c, r) {
		if d.Pending() && (next.On.IsZero() || d.On.Before(next.On)) {
			next = d
		}
	}
	return next, !next.On.IsZero() && c.Status.Open()
}

// started returns the day that an act set a clock going: the legal day of the
// filing, the day of the act for the others. A complaint that was signed from
// the start is received with its filing.
func (c Case) started(by Action) (Date, bool) {
	for _, e := range c.History {
		if e.Do == by {
			if by == Submit {
				return c.Legal, true
			}
			return DateOf(e.At), true
		}
	}
	if by == RecordOriginal && c.Status != AwaitingOriginal && c.Kind == KhieuNai {
		return c.Legal, len(c.History) > 0 && c.History[0].To != AwaitingOriginal
	}
	return Date{}, false
}

// read works out from the history when the duty was met, and where it was extended to.
func (d Duty) read(c Case, k clock) Duty {
	d.On = d.Due.On
	for _, e := range c.History {
		if k.Longer && e.Do == Extend && e.Details.Until.After(d.On) {
			d.On, d.Extended = e.Details.Until, true
		}
		if d.Met.IsZero() && slices.Contains(k.Meets, e.Do) {
			d.Met = DateOf(e.At)
		}
	}
	return d
}

// rests are the stretches in which the citizen was asked for something: they
// rest the office's own target, never a clock of the law.
func (c Case) rests() []Rest {
	var rs []Rest
	for _, e := range c.History {
		if e.To == Waiting && e.From != Waiting {
			rs = append(rs, Rest{From: DateOf(e.At)})
		}
		if e.From == Waiting && e.To != Waiting && len(rs) > 0 {
			rs[len(rs)-1].Until = DateOf(e.At)
		}
	}
	return rs
}
