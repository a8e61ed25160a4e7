package tiepdan

import "slices"

// guard is what a row of the lifecycle asks of a case beyond its status and kind,
// and of the one who acts beyond their role. Its name is for the table in docs.
type guard struct {
	Name  string
	Holds func(Case, Actor) bool
	From  func(Case) Date       // the first day of the act; nil: any day
	Late  func(Case, Act) error // why it is too late for the act; nil: its time doesn't end
}

func (g guard) holds(c Case, a Actor) bool { return g.Holds == nil || g.Holds(c, a) }

// when is a guard that asks of the case only.
func when(name string, holds func(Case) bool) guard {
	return guard{Name: name, Holds: func(c Case, _ Actor) bool { return holds(c) }}
}

// inTime is g as long as a citizen may have an answered case looked at again.
func (g guard) inTime() guard {
	g.Name += "; in time"
	g.Late = func(c Case, a Act) error { return reopenOver(c, a.ReopenDays, DateOf(a.At)) }
	return g
}

// timely says why it is too soon or too late for the act, or nil.
func (g guard) timely(c Case, a Act) error {
	if g.From != nil && DateOf(a.At).Before(g.From(c)) {
		return invalid("act.too_soon", map[string]any{"From": g.From(c)})
	}
	if g.Late == nil {
		return nil
	}
	return g.Late(c, a)
}

var (
	always       = guard{}
	accepted     = when("accepted", func(c Case) bool { return c.Accepted })
	notAccepted  = when("not accepted", func(c Case) bool { return !c.Accepted })
	notDestroyed = when("not destroyed", func(c Case) bool { return c.Status != Destroyed })
	notUrgent    = when("not urgent yet", func(c Case) bool { return !c.Urgent })
	notPublished = when("not public yet", func(c Case) bool { return !c.did(Publish) })
	linked       = when("linked", func(c Case) bool { return len(c.Links) > 0 })
	barred       = when("somebody is barred", func(c Case) bool { return !c.Barred.IsZero() })
	helped       = when("somebody helps", func(c Case) bool { return slices.ContainsFunc(c.Helpers, Helper.open) })
	unapproved   = when("its kind needs no approval", func(c Case) bool { return !c.Approval })
	unreplied    = when("no reply yet", func(c Case) bool { return !c.did(RecordReply) })
	withOfficer  = when("an officer has it", func(c Case) bool { return c.Officer != 0 })

	// An accepted case isn't accepted again, and what was found not to fulfil the conditions or not to be ours never.
	acceptable = when("not accepted, eligible, competent", func(c Case) bool {
		return !c.Accepted && c.Class.Eligible != No && c.Class.Competent != No && !c.Class.Mixed
	})
	// Guidance is given once for the same content (TT05, Mẫu số 02); so is the transfer of a denunciation.
	notGuided      = when("not accepted, not guided before", func(c Case) bool { return !c.Accepted && !c.cameBefore(Guided) })
	notTransferred = when("not accepted, not transferred before", func(c Case) bool { return !c.Accepted && !c.cameBefore(Transferred) })

	helping       = guard{Name: "their unit helps", Holds: func(c Case, a Actor) bool { return c.helpedBy(a) }}
	consulting    = when("a question is open", func(c Case) bool { _, open := c.Question(); return open })
	notConsulting = when("no question is open", func(c Case) bool { _, open := c.Question(); return !open })

	// Four eyes: nobody judges their own proposal, nor twice.
	judges  = guard{Name: "it is their turn; not their own", Holds: func(c Case, a Actor) bool { return c.judgedBy(a) }}
	handsUp = guard{Name: "it is their turn; others follow", Holds: func(c Case, a Actor) bool { return c.judgedBy(a) && c.turn() < len(c.Judges())-1 }}
	decides = guard{Name: "it is their turn, the last; not their own", Holds: func(c Case, a Actor) bool { return c.judgedBy(a) && c.turn() >= len(c.Judges())-1 }}

	answered = when("answered in writing, and delivered", func(c Case) bool { return c.Lacks() == "" })

	// What was filed away is kept first (TT05, Điều 28).
	keptLong = guard{Name: "after its year", From: func(c Case) Date {
		until, _ := KeptUntil(c)
		return until.Add(1)
	}}

	firstTime            = when("not reopened before", func(c Case) bool { return !c.did(Reopen) }).inTime()
	firstTimeWithOfficer = when("not reopened before; an officer has it", func(c Case) bool { return !c.did(Reopen) && c.Officer != 0 }).inTime()
	notFirstTime         = when("reopened before; not asked since the answer", func(c Case) bool { return c.did(Reopen) && !c.askedToReopen() }).inTime()
	askedToReopen        = when("the citizen asks for it", Case.asksReopening)
)

// did reports whether it was ever done to c.
func (c Case) did(do Action) bool {
	return slices.ContainsFunc(c.History, func(e Entry) bool { return e.Do == do })
}

// last returns the last entry that did one of these.
func (c Case) last(dos ...Action) (Entry, bool) {
	for _, e := range slices.Backward(c.History) {
		if slices.Contains(dos, e.Do) {
			return e, true
		}
	}
	return Entry{}, false
}

// Since returns the entry by which c came to stand where it does.
func (c Case) Since() (Entry, bool) {
	for _, e := range slices.Backward(c.History) {
		if e.To == c.Status && e.From != e.To {
			return e, true
		}
	}
	return Entry{}, false
}

// sinceReopened are the entries of that act since the case was last opened again, the
// first first.
func (c Case) sinceReopened(do Action) (es []Entry) {
	for _, e := range c.History {
		switch e.Do {
		case Reopen:
			es = nil
		case do:
			es = append(es, e)
		}
	}
	return es
}

// cameBefore reports whether c or a case of the same content met that end before.
func (c Case) cameBefore(as Status) bool {
	return slices.ContainsFunc(c.History, func(e Entry) bool { return e.To == as && e.From != as }) ||
		slices.ContainsFunc(c.Links, func(l Linked) bool { return l.Kind == SameContent && l.Status == as })
}

// Question returns the question to a leader that waits for direction.
func (c Case) Question() (Entry, bool) {
	e, ok := c.last(Consult, Direct)
	return e, ok && e.Do == Consult
}

// asksReopening reports whether the citizen's wish to have it reopened waits for a decision.
func (c Case) asksReopening() bool {
	e, ok := c.last(AskReopen, Reopen, RefuseReopen)
	return ok && e.Do == AskReopen
}

// askedToReopen reports whether the citizen asked for it since the last answer: once for each.
func (c Case) askedToReopen() bool {
	return slices.ContainsFunc(c.sinceAnswer(), func(e Entry) bool { return e.Do == AskReopen })
}

// is reports whether a is that member of staff, or acts in their place.
func (a Actor) is(staff int64) bool { return staff != 0 && (staff == a.Staff || staff == a.really) }
