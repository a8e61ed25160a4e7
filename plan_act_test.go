package tiepdan

import "testing"

func TestAPlanIsSubmittedThenPublished(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		from PlanStatus
		do   PlanAction
		by   Role
		to   PlanStatus
		code Code
	}{
		{"the desk submits", PlanDrafting, SubmitPlan, Receptionist, PlanSubmitted, ""},
		{"a unit's officer doesn't", PlanDrafting, SubmitPlan, Officer, PlanDrafting, Forbidden},
		{"not twice", PlanSubmitted, SubmitPlan, Receptionist, PlanSubmitted, Conflict},
		{"a leader asks for changes", PlanSubmitted, AskPlanChanges, Leader, PlanDrafting, ""},
		{"not of a draft", PlanDrafting, AskPlanChanges, Leader, PlanDrafting, Conflict},
		{"the desk doesn't ask itself", PlanSubmitted, AskPlanChanges, Receptionist, PlanSubmitted, Forbidden},
		{"a leader publishes", PlanSubmitted, PublishPlan, Leader, PlanPublished, ""},
		{"what was added is published later", PlanPublished, PublishPlan, BoardHead, PlanPublished, ""},
		{"a draft isn't published", PlanDrafting, PublishPlan, Leader, PlanDrafting, Conflict},
		{"the desk publishes nothing", PlanSubmitted, PublishPlan, Receptionist, PlanSubmitted, Forbidden},
		{"an auditor only reads", PlanDrafting, SubmitPlan, Auditor, PlanDrafting, Forbidden},
	} {
		to, err := Plan{Status: c.from}.After(c.do, c.by)
		if to != c.to || err == nil && c.code != "" || err != nil && CodeOf(err) != c.code {
			t.Errorf("%s: %s, %v", c.name, to, err)
		}
		if may := (Plan{Status: c.from}).May(c.do, c.by); may != (c.code == "") {
			t.Errorf("%s: may is %v", c.name, may)
		}
	}
}
