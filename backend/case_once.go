package backend

import (
	"errors"
	"slices"

	"tiepdan"
)

// What holds an act of a page against what was done since it was shown: by the same form,
// or by somebody else.

// errDone says that this very act was done already: its form came twice.
var errDone = errors.New("backend: this act is done")

// meanwhile is the key of what is said where somebody else did the same just now.
const meanwhile = "page.case.meanwhile"

// formUsed is the key of what is said of a form that did something else already.
const formUsed = "page.case.form_used"

// once is the change that an act makes unless the same form has made it before.
// What is approved or sent back must be what the person read.
func once(a tiepdan.Act, proposal, seen int) tiepdan.Change {
	return onceBy(a, unlessSince(seen, a, func(c tiepdan.Case) (tiepdan.Case, tiepdan.Entry, error) {
		if a.Do == tiepdan.Approve || a.Do == tiepdan.Endorse || a.Do == tiepdan.Revise {
			if p, _ := c.Proposal(); p.N != proposal {
				return c, tiepdan.Entry{}, &tiepdan.Error{Code: tiepdan.Conflict, Key: "page.case.proposal_changed"}
			}
		}
		return a.Apply(c)
	}))
}

// onceBy makes the change unless the same form has made it before.
func onceBy(a tiepdan.Act, change tiepdan.Change) tiepdan.Change {
	return func(c tiepdan.Case) (tiepdan.Case, tiepdan.Entry, error) {
		for _, e := range c.History {
			if e.Details.Ref == a.Details.Ref && e.By.Staff == a.By.Staff {
				return c, tiepdan.Entry{}, doneBy(c, e, a)
			}
		}
		return change(c)
	}
}

// oneAtATime are the acts that two people do in place of each other: who had the page
// open while a colleague did one is told before it is done anew.
var oneAtATime = []tiepdan.Action{tiepdan.Classify, tiepdan.Assign, tiepdan.Involve, tiepdan.AskMore, tiepdan.Tell, tiepdan.Progress, tiepdan.Extend,
	tiepdan.RecordDocument, tiepdan.RecordDelivery}

// unlessSince makes the change unless somebody else did the same to the case after the
// page was shown that the act comes from. seen is the last entry then; 0: not told.
func unlessSince(seen int, a tiepdan.Act, change tiepdan.Change) tiepdan.Change {
	return func(c tiepdan.Case) (tiepdan.Case, tiepdan.Entry, error) {
		if seen > 0 && slices.Contains(oneAtATime, a.Do) {
			for _, e := range c.History[min(seen, len(c.History)):] {
				machine := e.By.Role == tiepdan.System && e.Do != tiepdan.Assign
				if e.Do == a.Do && e.By.Staff != a.By.Staff && !machine {
					return c, tiepdan.Entry{}, &tiepdan.Error{Code: tiepdan.Conflict, Key: meanwhile, Args: map[string]any{"At": e.At}}
				}
			}
		}
		return change(c)
	}
}

// doneBy says that the entry came of a's form. Where that had other words put into it
// since, as a browser's way back allows, these aren't done. What is taken out of words
// later, as of a denunciation, tells nothing.
func doneBy(c tiepdan.Case, e tiepdan.Entry, a tiepdan.Act) error {
	other := func(was, is string) bool { return was != "" && is != "" && was != tiepdan.Clean(is) }
	if e.Do != a.Do || !c.Sealed() && (other(e.Text, a.Text) || other(e.Reason, a.Reason)) {
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: formUsed}
	}
	return errDone
}
