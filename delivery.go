package tiepdan

import (
	"cmp"
	"slices"
	"strings"
)

// What came of an attempt to bring an answer to the citizen. An entry that says
// nothing of it tells of one that reached them.
const (
	DeliverySent     = "sent"      // it is on its way; what becomes of it isn't known yet
	DeliveryDone     = "delivered" //
	DeliveryRefused  = "refused"   // the citizen didn't take it
	DeliveryReturned = "returned"  // the post brought it back
	DeliveryFailed   = "failed"    // the chat wouldn't take it
)

// DeliveryOutcomes are those that a person records; that a chat failed a machine sees.
func DeliveryOutcomes() []string {
	return []string{DeliveryDone, DeliverySent, DeliveryRefused, DeliveryReturned}
}

// DeliveryOutcome is what came of the attempt that e tells of.
func (e Entry) DeliveryOutcome() string { return cmp.Or(e.Details.Outcome, DeliveryDone) }

// Reached reports whether e is an attempt that brought an answer to the citizen.
func (e Entry) Reached() bool {
	return e.Do == RecordDelivery && e.DeliveryOutcome() == DeliveryDone
}

// missed reports whether e is an attempt that brought it nowhere, for good.
func (e Entry) missed() bool {
	return e.Do == RecordDelivery && slices.Contains([]string{DeliveryRefused, DeliveryReturned, DeliveryFailed}, e.Details.Outcome)
}

// byHand reports whether e is an attempt that a person made and wrote down. What a
// chat brings is a notice, not the paper that the law wants handed over.
func (e Entry) byHand() bool { return e.Do == RecordDelivery && e.By.Role != System }

// TriedOn is the day of an attempt: the one that was written down, else that of the writing.
func (e Entry) TriedOn() Date {
	if !e.Details.On.IsZero() {
		return e.Details.On
	}
	return DateOf(e.At)
}

// Answers are all answers that went out, the first first, those too after which the
// case was opened again.
func (c Case) Answers() (es []Entry) {
	for _, e := range c.History {
		if slices.Contains(decided, e.Do) {
			es = append(es, e)
		}
	}
	return es
}

// Tries are the attempts to bring that answer to the citizen, the first first.
func (c Case) Tries(answer Entry) (es []Entry) {
	last := 0
	for _, e := range c.History {
		if slices.Contains(decided, e.Do) {
			last = e.N
		}
		if of := e.Details.Of; e.Do == RecordDelivery && (of == answer.N || of == 0 && last == answer.N) {
			es = append(es, e)
		}
	}
	return es
}

// Handover is how the answer that stands reached the citizen.
type Handover struct {
	How string // one of [Ways]
	On  Date
	By  Entry // the attempt; none of a chat that has said nothing yet
}

// Delivered returns how the answer that stands reached the citizen: by whose hand,
// where somebody wrote that down, else by chat, which a chat that hasn't failed is
// taken to have done.
func (c Case) Delivered() (d Handover, ok bool) {
	answer, ok := c.AnswerGiven()
	if !ok {
		return d, false
	}
	tries := c.Tries(answer)
	for _, hand := range []bool{true, false} {
		for _, e := range tries {
			if e.Reached() && e.byHand() == hand {
				return Handover{e.Details.How, e.TriedOn(), e}, true
			}
		}
	}
	failed := slices.ContainsFunc(tries, func(e Entry) bool { return e.missed() && e.Details.How == "chat" })
	return Handover{How: "chat", On: DateOf(answer.At)}, c.Channel != "desk" && !failed
}

// AwaitsDelivery reports whether somebody still has to bring the answer that stands
// to the citizen: because nothing has, or because it is a signed paper of which the
// chat brought a notice only.
func (c Case) AwaitsDelivery() bool {
	if c.Status != Answered {
		return false
	}
	d, ok := c.Delivered()
	return !ok || c.Written && !d.By.byHand()
}

// OnItsWay returns the attempt of which it isn't known yet what became of it.
func (c Case) OnItsWay() (e Entry, ok bool) {
	answer, given := c.AnswerGiven()
	if !given {
		return e, false
	}
	for _, try := range c.Tries(answer) {
		if try.byHand() {
			e = try
		}
	}
	return e, e.Details.Outcome == DeliverySent
}

// delivers holds an attempt against what may be said of one.
func (a Act) delivers(c Case, self Actor) error {
	d := a.Details
	switch {
	case !slices.Contains(Ways(RecordDelivery), d.How):
		return invalid("act.how_missing", nil)
	case d.Outcome != "" && !slices.Contains(DeliveryOutcomes(), d.Outcome) && !(self.Role == System && d.Outcome == DeliveryFailed):
		return invalid("act.outcome_unknown", nil)
	case d.Of != 0 && !slices.ContainsFunc(c.Answers(), func(e Entry) bool { return e.N == d.Of }):
		return invalid("act.delivery_of_unknown", nil)
	case d.How == "in_person" && d.Outcome == DeliveryDone && strings.TrimSpace(d.Taker) == "" && !c.Sealed():
		return invalid("act.taker_missing", nil)
	case !slices.Contains(c.DeliveryWays(), d.How):
		return invalid("act.no_chat", nil)
	}
	return nil
}

// tried is what an attempt's entry says: of the answer that stands, unless it names
// one; of a sealed case nothing that shows who took it.
func (d Details) tried(c Case) Details {
	if answer, ok := c.AnswerGiven(); ok && d.Of == 0 {
		d.Of = answer.N
	}
	if c.Sealed() {
		d.Taker, d.Parcel = "", ""
	}
	return d
}

// ClosesAfter is the [Change] by which a machine closes a case whose answer reached
// the citizen so many days ago or earlier, and which nothing holds open.
func ClosesAfter(days int, a Act) Change {
	return func(c Case) (Case, Entry, error) {
		d, ok := c.Delivered()
		if !ok || days <= 0 || DateOf(a.At).Before(d.On.Add(days)) || c.asksReopening() || c.AwaitsDelivery() {
			return c, Entry{}, &Error{Code: Conflict, Key: "case.not_now"}
		}
		return a.Apply(c)
	}
}

// ClosesFrom is the day from which a case's days until it is closed by itself are
// counted; zero: it isn't.
func ClosesFrom(c Case) Date {
	d, ok := c.Delivered()
	if c.Status != Answered || !ok || c.Lacks() != "" || c.AwaitsDelivery() || c.asksReopening() {
		return Date{}
	}
	return d.On
}
