package bot

import (
	"cmp"
	"slices"
	"strings"

	"tiepdan"
)

// stepsShown is how many steps of a case's way stand on its screen; what lies
// between the first and these is counted.
const stepsShown = 5

// milestones are the acts that a citizen is told of as a step of their case.
var milestones = []tiepdan.Action{tiepdan.Submit, tiepdan.RecordOriginal, tiepdan.VerifyMore, tiepdan.Accept, tiepdan.Refuse, tiepdan.GuideCitizen,
	tiepdan.SendBack, tiepdan.Transfer, tiepdan.FileAway, tiepdan.Divide, tiepdan.Assign, tiepdan.AskMore, tiepdan.Supply, tiepdan.Progress,
	tiepdan.Extend, tiepdan.Suspend, tiepdan.Resume, tiepdan.Terminate, tiepdan.Answer, tiepdan.Approve, tiepdan.CloseCase, tiepdan.Reopen,
	tiepdan.AskReopen, tiepdan.RefuseReopen, tiepdan.Withdraw, tiepdan.AskWithdraw, tiepdan.RecordWithdrawal, tiepdan.WithdrawPart}

// wayOf is what happened to c, in the order in which it did: the first step and
// the last few, and how many were left out between. Of a sealed case no unit is named.
func wayOf(r *tiepdan.Rules, c tiepdan.Case) (steps []Args, left int) {
	var unit int64
	for _, e := range c.History {
		if !slices.Contains(milestones, e.Do) || e.Do == tiepdan.Assign && (e.Details.Unit == unit || c.Sealed()) {
			continue
		}
		if e.Do == tiepdan.Assign {
			unit = e.Details.Unit
		}
		u, _ := r.Unit(e.Details.Unit)
		steps = append(steps, Args{"Do": string(e.Do), "On": tiepdan.DateOf(e.At), "Unit": u.Name, "Until": e.Details.Until,
			"HasUntil": !e.Details.Until.IsZero(), "Body": e.Details.Body, "Own": e.By.Role == tiepdan.Citizen})
	}
	if left = len(steps) - 1 - stepsShown; left <= 1 { // one line more is as short as saying so
		return steps, 0
	}
	return append(steps[:1:1], steps[1+left:]...), left
}

// coming are the days that the citizen may count on: until when the signed original
// is to be brought, until when the office says whether it takes the case, until when
// it is resolved, and what it promised.
func coming(r *tiepdan.Rules, c tiepdan.Case, today tiepdan.Date) []Args {
	if !c.Status.Open() {
		return nil
	}
	by := map[string]tiepdan.Date{}
	for _, d := range tiepdan.Duties(c, r) {
		what := dutyTold(d)
		sooner := by[what].IsZero() || d.On.Before(by[what]) || d.By == tiepdan.RecordOriginal // what waited for the signed petition counts from that
		if what != "" && d.Pending() && !d.Internal && !d.Keeps && sooner {
			by[what] = d.On
		}
	}
	if c.Status == tiepdan.Suspended {
		delete(by, "resolve")
		delete(by, "target")
	}
	if c.Status == tiepdan.AwaitingOriginal { // it is the citizen's turn first
		by["original"] = by["notice"]
		delete(by, "notice")
	}
	if on := promised(c); !on.IsZero() {
		delete(by, "target")
		by["promised"] = on
	}
	var lines []Args
	for _, what := range []string{"original", "notice", "resolve", "promised", "target"} {
		if on := by[what]; !on.IsZero() && !(what == "target" && on.Before(today)) {
			lines = append(lines, Args{"What": what, "On": on, "Late": on.Before(today)})
		}
	}
	return lines
}

// dutyTold is what a duty means to the citizen, or "" where it is the office's own concern.
func dutyTold(d tiepdan.Duty) string {
	_, what, _ := strings.Cut(d.ID, ".")
	switch {
	case d.ID == tiepdan.TargetDuty:
		return "target"
	case d.ID == "reception.initial_notice", strings.HasPrefix(what, "accept_first"), strings.HasPrefix(what, "accept_second"), what == "verify_conditions":
		return "notice"
	case strings.HasPrefix(what, "resolve"), what == "continued":
		return "resolve"
	}
	return ""
}

// promised is the day that the office named in its last word on how it stands.
func promised(c tiepdan.Case) tiepdan.Date {
	for _, e := range slices.Backward(c.History) {
		switch e.Do {
		case tiepdan.Progress:
			return e.Details.Until
		case tiepdan.Answer, tiepdan.Approve:
			return tiepdan.Date{}
		}
	}
	return tiepdan.Date{}
}

// statusArgs are what a citizen's screen says of where their case stands.
func statusArgs(w World, c tiepdan.Case) Args {
	args := caseArgs(w.Rules, w.Language(), c)
	args["Text"], args["Cut"] = "", false
	if !c.Sealed() {
		args["Text"], args["Cut"] = excerpt(c.Text, wayExcerpt)
	}
	unit, _ := w.Rules.Unit(c.Unit)
	if args["Unit"] = unit.Name; c.Sealed() {
		args["Unit"] = ""
	}
	args["Way"], args["Left"] = wayOf(w.Rules, c)
	args["Coming"] = coming(w.Rules, c, tiepdan.DateOf(w.Now))
	s, rated := c.Satisfaction()
	args["Rating"], args["Rated"], args["RatingUntil"] = s.Rating, rated, tiepdan.DateOf(s.Until())
	args["Can"] = recourses(w, c, tiepdan.Session{})
	return args
}

// wayExcerpt is how much of its own content a case's screen shows.
const wayExcerpt = 300

// recourses are what the citizen may do about their case, ready to be said;
// d is the next session to come to, if there is one.
func recourses(w World, c tiepdan.Case, d tiepdan.Session) (lines []Args) {
	body := ""
	for _, e := range c.History {
		body = cmp.Or(e.Details.Body, body)
	}
	for _, rc := range tiepdan.Recourses(c, w.Rules, tiepdan.DateOf(w.Now)) {
		lines = append(lines, Args{"Do": rc.Do, "By": rc.By, "HasBy": !rc.By.IsZero(), "Late": rc.Late, "Body": body, "Kind": string(c.Kind),
			"Name": w.Rules.Office.Name, "Session": d.ID != 0, "On": d.On(), "Starts": d.Starts})
	}
	return lines
}

// comesToReception reports whether the citizen may come to a session about c next.
func comesToReception(w World, c tiepdan.Case) bool {
	return slices.ContainsFunc(tiepdan.Recourses(c, w.Rules, tiepdan.DateOf(w.Now)), func(rc tiepdan.Recourse) bool { return rc.Do == "reception" })
}
