package tiepdan

import "slices"

// ConclusionAction is something that a person does to a conclusion as a whole.
type ConclusionAction string

const (
	WriteConclusion   ConclusionAction = "write"
	SubmitConclusion  ConclusionAction = "submit"
	ReturnConclusion  ConclusionAction = "return" // with the changes that the leader asks for
	ApproveConclusion ConclusionAction = "approve"
	NumberConclusion  ConclusionAction = "number" // as the signed paper is numbered
)

type conclusionMove struct {
	From []ConclusionStatus
	Do   ConclusionAction
	By   []Role
	To   ConclusionStatus // "": stays
}

// conclusionMoves are a conclusion's whole life. What is not a row cannot happen.
var conclusionMoves = []conclusionMove{
	{[]ConclusionStatus{ConclusionDraft}, WriteConclusion, []Role{Receptionist, BoardHead, Leader}, ""},
	{[]ConclusionStatus{ConclusionDraft}, SubmitConclusion, []Role{Receptionist, BoardHead, Leader}, ConclusionSubmitted},
	{[]ConclusionStatus{ConclusionSubmitted}, ReturnConclusion, deciders, ConclusionDraft},
	{[]ConclusionStatus{ConclusionSubmitted}, ApproveConclusion, deciders, ConclusionApproved},
	{[]ConclusionStatus{ConclusionDraft, ConclusionSubmitted, ConclusionApproved}, NumberConclusion, []Role{Receptionist, BoardHead}, ""},
}

// After returns where c stands after the actor did the action, or why it can't be.
// Whether somebody else must approve it is [Conclusion.Approves]'s to say.
func (c Conclusion) After(do ConclusionAction, by Actor) (ConclusionStatus, error) {
	for _, m := range conclusionMoves {
		switch {
		case m.Do != do:
		case !slices.Contains(m.By, by.Role):
			return c.Status, &Error{Code: Forbidden, Key: "conclusion.not_yours"}
		case !slices.Contains(m.From, c.Status):
			return c.Status, &Error{Code: Conflict, Key: "conclusion.not_now"}
		case m.To == "":
			return c.Status, nil
		default:
			return m.To, nil
		}
	}
	return c.Status, &Error{Code: Conflict, Key: "conclusion.not_now"}
}

// May reports whether the actor may do the action to c as it stands.
func (c Conclusion) May(do ConclusionAction, by Actor) bool {
	_, err := c.After(do, by)
	return err == nil
}

// Approves reports why the actor may not approve c as they see it, if so: four eyes
// see it, unless nobody else could; and nobody signs for words that they may not read.
func (c Conclusion) Approves(by Actor, others bool) error {
	if _, err := c.After(ApproveConclusion, by); err != nil {
		return err
	}
	switch {
	case others && by.Staff == c.By:
		return &Error{Code: Forbidden, Key: "conclusion.four_eyes"}
	case c.Secret() && !by.Cleared:
		return &Error{Code: Forbidden, Key: "conclusion.not_cleared"}
	case slices.ContainsFunc(c.Items, func(i ConclusionItem) bool { return i.Withheld }):
		return &Error{Code: Forbidden, Key: "conclusion.withheld"}
	}
	return nil
}

// OthersApprove reports whether somebody else could approve c.
func (c Conclusion) OthersApprove(by Actor) bool {
	return slices.ContainsFunc(c.Approvers, func(id int64) bool { return id != by.Staff })
}

// Secret reports whether any of it is about a denunciation.
func (c Conclusion) Secret() bool {
	return slices.ContainsFunc(c.Items, func(i ConclusionItem) bool { return i.Secret })
}

// Check reports the first thing that is missing in a conclusion before it goes to
// the leader. Items are counted from 1 in Args.
func (c Conclusion) Check(today Date) error {
	if len(c.Items) == 0 {
		return invalid("conclusion.items_missing", nil)
	}
	for n, i := range c.Items {
		if key := i.missing(today); key != "" {
			return invalid(key, map[string]any{"Item": n + 1})
		}
	}
	return nil
}

func (i ConclusionItem) missing(today Date) string {
	switch {
	case i.Matter == "" || i.Text == "":
		return "conclusion.text_missing"
	case i.Unit == 0 && i.Task != "":
		return "conclusion.unit_missing"
	case i.Unit != 0 && i.Task == "":
		return "conclusion.task_missing"
	case i.Directs() && i.Due.IsZero():
		return "conclusion.due_missing"
	case i.Directs() && i.Due.Before(today):
		return "conclusion.due_past"
	}
	return ""
}

// Directs reports whether the item gives a unit something to do.
func (i ConclusionItem) Directs() bool { return i.Unit != 0 && i.Task != "" }

// Hidden returns the item without its words.
func (i ConclusionItem) Hidden() ConclusionItem {
	return ConclusionItem{Reception: i.Reception, Unit: i.Unit, Due: i.Due, Secret: i.Secret, Withheld: true}
}
