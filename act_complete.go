package tiepdan

import (
	"slices"
	"strings"
)

// complete asks for the words and facts without which an act says nothing.
func (a Act) complete(c Case, self Actor) error {
	d := a.Details
	switch a.Do {
	case AskMore, Supply, Add, Amend, Tell, Note, Propose, Answer, Progress, Consult, Direct, Contribute, RecordReply, AskReopen:
		if a.Text == "" && len(a.Files) == 0 {
			return invalid("act.text_missing", nil)
		}
	case Refuse, Return, Revise, Extend, VerifyMore, GuideCitizen, SendBack, Suspend, Terminate, FileAway, Destroy, Bar, Unbar, MarkUrgent, Urge, RefuseReopen:
		if a.Reason == "" {
			return invalid("act.reason_missing", nil)
		}
	case Transfer:
		if strings.TrimSpace(d.Body) == "" {
			return invalid("act.body_missing", nil)
		}
	case Assign:
		return a.assigns(c, self)
	case Involve:
		return a.involves(c)
	case Release:
		if !slices.ContainsFunc(c.Helpers, func(h Helper) bool { return h.open() && h.Unit == d.Unit }) {
			return invalid("act.unit_missing", nil)
		}
	case Classify:
		return a.classifies()
	case Rate:
		return a.rates(c)
	case Link, Unlink:
		return a.links(c)
	case Divide:
		if len(d.Parts) == 0 {
			return invalid("act.parts_missing", nil)
		}
	case WithdrawPart:
		if strings.TrimSpace(d.Part) == "" {
			return invalid("act.part_missing", nil)
		}
	case RecordDocument:
		if strings.TrimSpace(d.Document) == "" {
			return invalid("act.document_missing", nil)
		}
	case RecordDelivery:
		if err := a.delivers(c, self); err != nil {
			return err
		}
	case Publish:
		if !slices.Contains(Ways(a.Do), d.How) {
			return invalid("act.how_missing", nil)
		}
	case Escalate:
		if d.Duty == "" {
			return invalid("act.text_missing", nil)
		}
	case Reopen:
		if self.Role != Citizen && a.Reason == "" || self.Role == Citizen && a.Text == "" && len(a.Files) == 0 {
			return invalid("act.reason_missing", nil)
		}
	}
	return a.agrees(c)
}

// agrees holds an act's dates, grounds and names against what may be.
func (a Act) agrees(c Case) error {
	d, today := a.Details, DateOf(a.At)
	if gaps := Gaps(a.Text + "\n" + a.Reason); len(gaps) > 0 && TakesTemplates(a.Do) {
		return invalid("act.gaps_left", map[string]any{"Gap": gaps[0], "N": len(gaps)})
	}
	switch a.Do {
	case Extend, Progress, Retain:
		if !d.Until.After(today) {
			return invalid("act.until_past", nil)
		}
	case Bar, Unbar:
		if d.Barred == nil || d.Barred.IsZero() {
			return invalid("act.barred_missing", nil)
		}
		if a.Do == Bar && (c.Unit != 0 && slices.Contains(d.Barred.Units, c.Unit) || c.Officer != 0 && slices.Contains(d.Barred.Staff, c.Officer)) {
			return invalid("act.barred_has_it", nil)
		}
	case Propose, Answer:
		if err := d.answers(c); err != nil {
			return err
		}
	case RecordDelivery:
		if d.On.After(today) {
			return invalid("act.on_future", nil)
		}
	}
	if d.Signed.After(today) {
		return invalid("act.signed_future", nil)
	}
	if came := DateOf(c.Received); !d.Signed.IsZero() && d.Signed.Before(came) || !d.On.IsZero() && d.On.Before(came) {
		return invalid("act.before_case", map[string]any{"Came": came})
	}
	if needsGround(a.Do, c.Kind) && !groundOffered(d.Ground, a.Do, c.Kind, today) {
		return invalid("act.ground_missing", nil)
	}
	return nil
}

func (a Act) assigns(c Case, self Actor) error {
	if a.Details.Unit == 0 {
		return invalid("act.unit_missing", nil)
	}
	if self.Role == UnitHead && a.Details.Unit != self.Unit {
		return &Error{Code: Forbidden, Key: "case.not_your_unit"}
	}
	return c.unbarred(a.Details)
}

func (a Act) involves(c Case) error {
	switch d := a.Details; {
	case d.Unit == 0:
		return invalid("act.unit_missing", nil)
	case d.Unit == c.Unit || slices.ContainsFunc(c.Helpers, func(h Helper) bool { return h.open() && h.Unit == d.Unit }):
		return invalid("act.unit_has_it", nil)
	case a.Text == "":
		return invalid("act.text_missing", nil)
	case !d.Until.IsZero() && d.Until.Before(DateOf(a.At)):
		return invalid("act.until_past", nil)
	}
	return c.unbarred(a.Details)
}

// unbarred reports that nobody gets the case whom it is about.
func (c Case) unbarred(d Details) error {
	if c.Barred.Bars(Actor{Staff: d.Officer, Unit: d.Unit}) {
		return invalid("act.barred", nil)
	}
	return nil
}

func (a Act) classifies() error {
	if !a.Kind.Kind.Valid() || !a.Field.Offered(a.Kind.Kind) {
		return invalid("petition.field_unknown", nil)
	}
	if k := a.Details.Class; k != nil {
		return k.check(a.Kind.Kind)
	}
	return nil
}

func (a Act) links(c Case) error {
	if a.Details.Other == 0 || a.Details.Other == c.ID {
		return invalid("act.other_missing", nil)
	}
	have, linked := c.LinkTo(a.Details.Other)
	switch {
	case a.Do == Unlink && !linked:
		return invalid("act.other_missing", nil)
	case a.Do == Unlink && have.Kind == PartOf:
		return invalid("act.link_part", nil) // where a case came from isn't undone
	case a.Do == Link && !slices.Contains(LinkKinds(), a.Details.Link):
		return invalid("act.link_unknown", nil)
	case a.Do == Link && linked:
		return &Error{Code: Conflict, Key: "act.linked_already"}
	}
	return nil
}

// Ways are how an answer reaches a citizen, or a decision the public.
func Ways(do Action) []string {
	if do == Publish {
		return []string{"meeting", "posting", "media"} // NĐ 124/2020
	}
	return []string{"chat", "post", "in_person", "email", "other"}
}

// DeliveryWays are those of them by which a paper may reach whose case c is: one that
// the desk took in has no chat.
func (c Case) DeliveryWays() []string {
	ways := Ways(RecordDelivery)
	if c.Channel == "desk" {
		ways = slices.DeleteFunc(ways, func(how string) bool { return how == "chat" })
	}
	return ways
}
