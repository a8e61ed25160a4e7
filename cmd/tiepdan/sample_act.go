package main

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"tiepdan"
)

// sampleAct is something that is done to a sample case: an action's name alone,
// or with what it takes. By is a login; without one, whoever it usually falls to.
type sampleAct struct {
	Do                          tiepdan.Action
	By, Text, Reason            string
	Ground, Body, Document, How string
	Signer, Result, Evidence    string
	Next, Unit, Authority       string
	Eligible, Competent         tiepdan.Verdict
	Lacks                       []string
	Days                        int // Until: so many days later
}

// UnmarshalJSON takes a name alone, too.
func (a *sampleAct) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &a.Do)
	}
	type plain sampleAct
	return json.Unmarshal(b, (*plain)(a))
}

// usually is to whom an act falls; the others fall to the case's officer.
var usually = map[tiepdan.Action]string{
	tiepdan.RecordOriginal: "tiepnhan", tiepdan.Classify: "tiepnhan", tiepdan.Accept: "truongban", tiepdan.Assign: "truongban",
	tiepdan.Refuse: "truongban", tiepdan.SendBack: "truongban", tiepdan.Transfer: "truongban", tiepdan.FileAway: "truongban",
	tiepdan.Suspend: "truongban", tiepdan.Resume: "truongban", tiepdan.Terminate: "truongban",
}

// act is one of a sample case's acts, by the person whose part it is.
func (sc sampleCase) act(a sampleAct, rules *tiepdan.Rules, staff map[string]tiepdan.Actor, field tiepdan.Field, at time.Time) tiepdan.Act {
	officer := sc.officer(rules, field)
	act := tiepdan.Act{Do: a.Do, By: staff[cmp.Or(a.By, usually[a.Do], officer)], At: at, Text: a.Text, Reason: a.Reason,
		Details: tiepdan.Details{Ground: a.Ground, Body: a.Body, Document: a.Document, How: a.How, Signer: a.Signer,
			Result: a.Result, Evidence: a.Evidence, Next: a.Next}}
	d := &act.Details
	if a.Signer != "" {
		d.Signed = tiepdan.DateOf(at)
	}
	if a.Days > 0 {
		d.Until = rules.Calendar.Next(tiepdan.DateOf(at).Add(a.Days))
	}
	switch a.Do {
	case tiepdan.Classify:
		act.Field, act.Kind = field, rules.Kind(sc.Kind)
		d.Kind, d.Field, d.Place = sc.Kind, field.Code, sc.Place
		d.Class = &tiepdan.Class{Eligible: a.Eligible, Competent: a.Competent, Lacks: a.Lacks, Authority: a.Authority, People: 1}
	case tiepdan.Assign:
		d.Unit, d.Officer = staff[officer].Unit, staff[officer].Staff
	case tiepdan.Involve:
		d.Unit = unitID(rules, a.Unit)
	}
	return act
}

// officer is the login of whoever works on the case's field.
func (sc sampleCase) officer(rules *tiepdan.Rules, field tiepdan.Field) string {
	if slices.Contains([]int64{0, unitID(rules, "ha-tang")}, field.Unit) {
		return "canbo1"
	}
	return "canbo2"
}
