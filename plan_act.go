package tiepdan

import "slices"

// PlanAction is something that a person does to a quarter's plan as a whole.
type PlanAction string

const (
	SubmitPlan     PlanAction = "submit"
	AskPlanChanges PlanAction = "ask"
	PublishPlan    PlanAction = "publish" // again, too: what was confirmed since becomes public
)

type planMove struct {
	From []PlanStatus
	Do   PlanAction
	By   []Role
	To   PlanStatus
}

var planMoves = []planMove{
	{[]PlanStatus{PlanDrafting}, SubmitPlan, []Role{Receptionist, BoardHead, Leader}, PlanSubmitted},
	{[]PlanStatus{PlanSubmitted}, AskPlanChanges, []Role{BoardHead, Leader}, PlanDrafting},
	{[]PlanStatus{PlanSubmitted, PlanPublished}, PublishPlan, []Role{BoardHead, Leader}, PlanPublished},
}

// After returns where p stands after role did the action, or why it can't be.
func (p Plan) After(do PlanAction, role Role) (PlanStatus, error) {
	known := false
	for _, m := range planMoves {
		if m.Do != do {
			continue
		}
		may := slices.Contains(m.By, role) || role == System
		if known = known || may; may && slices.Contains(m.From, p.Status) {
			return m.To, nil
		}
	}
	if !known {
		return p.Status, &Error{Code: Forbidden, Key: "plan.not_yours"}
	}
	return p.Status, &Error{Code: Conflict, Key: "plan.not_now"}
}

// May reports whether role may do the action to p as it stands.
func (p Plan) May(do PlanAction, role Role) bool {
	_, err := p.After(do, role)
	return err == nil
}
