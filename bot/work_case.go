package bot

import (
	"slices"
	"strings"

	"tiepdan"
)

// workArgs are what staff are told of a case: of a denunciation, its code.
func workArgs(w World, c tiepdan.Case) Args {
	args := caseArgs(w.Rules, w.Language(), c)
	today := tiepdan.DateOf(w.Now)
	args["Days"] = 0
	if due := args["Due"].(tiepdan.Date); !due.IsZero() {
		args["Days"] = daysLeft(w.Rules.Calendar, today, due)
	}
	unit, _ := w.Rules.Unit(c.Unit)
	args["Unit"], args["Approval"] = unit.Name, c.Approval
	return args
}

// workCase shows a case to a member of staff under a message's key, with what
// they may do to it.
func workCase(w World, staff tiepdan.Staff, c tiepdan.Case, key string, more Args) Reply {
	if c.Sealed() {
		return Reply{Key: "work.sealed", Args: Args{"Code": string(c.Code)}, Buttons: [][]Button{rowOf("menu")}, Case: c.ID, Protect: true}
	}
	args := workArgs(w, c)
	for k, v := range more {
		args[k] = v
	}
	return Reply{Key: key, Args: args, Buttons: append(workActs(staff.Actor(), c), rowOf("menu")), Case: c.ID}
}

// workActs are the buttons of what the actor may do to c in a chat.
func workActs(by tiepdan.Actor, c tiepdan.Case) [][]Button {
	acts := tiepdan.Actions(c, by)
	has := func(do tiepdan.Action) bool { return slices.Contains(acts, do) }
	var bs []Button
	add := func(yes bool, do string) {
		if yes {
			bs = append(bs, workButton(c.ID, do))
		}
	}
	for _, do := range []tiepdan.Action{tiepdan.Approve, tiepdan.Endorse} {
		if p, ok := c.Proposal(); ok && has(do) {
			bs = append(bs, Button{ID: "work/" + itoa64(c.ID) + "/" + string(do) + "/" + itoa(p.N), Key: "button.work_" + string(do), Args: Args{}})
		}
	}
	add(has(tiepdan.Revise), "revise")
	add(has(tiepdan.RefuseReopen) && has(tiepdan.Reopen), "reopen") // the citizen asks for it
	add(has(tiepdan.RefuseReopen), "refuse_reopen")
	add(has(tiepdan.Take), "take")
	add(has(tiepdan.Return), "return")
	add(has(tiepdan.AskMore), "ask_more")
	add(has(tiepdan.Answer) || has(tiepdan.Propose) || has(tiepdan.Take), "answer") // before it is taken, it says so
	add(has(tiepdan.Contribute), "contribute")
	add(has(tiepdan.Direct), "direct")
	add(has(tiepdan.Consult), "consult")
	add(has(tiepdan.Progress), "progress")
	add(by.See(c) == tiepdan.Everything, "files")
	add(has(tiepdan.Note), "note")
	return columns(2, bs)
}

// workChoice takes a button of staff about a case.
func (s *step) workChoice(id string) error {
	about := s.w.About
	if s.w.Staff == nil || about == nil || about.Mine {
		s.toast("work.not_yours", nil)
		s.present()
		return nil
	}
	c, staff := about.Case, *s.w.Staff
	parts := strings.Split(id, "/")
	s.leave()
	switch do := parts[2]; {
	case c.Sealed() || do == "show":
		s.t.View = "work/" + itoa64(c.ID) + "/show"
		s.show(workCase(s.w, staff, c, "work.case", nil))
	case do == "files":
		if staff.Actor().See(c) != tiepdan.Everything {
			return &tiepdan.Error{Code: tiepdan.Forbidden, Key: "case.not_yours"}
		}
		s.say("work.files", Args{"Code": string(c.Code), "Text": c.Text, "Files": len(c.Files)})
		s.out[len(s.out)-1].Files, s.out[len(s.out)-1].Case = c.Files, c.ID
	case do == "take":
		s.doWork(c, tiepdan.Act{Do: tiepdan.Take})
	case do == "approve" || do == "endorse":
		s.approve(c, tiepdan.Action(do), parts)
	default:
		return s.openWork(c, do)
	}
	return nil
}

// approve lets an answer go out, or up to whose turn is next, if it is still the one
// that was read.
func (s *step) approve(c tiepdan.Case, do tiepdan.Action, parts []string) {
	p, ok := c.Proposal()
	if !ok || len(parts) != 4 || pageOf(parts[3]) != p.N {
		s.say("work.proposal_new", Args{"Code": string(c.Code)})
		if ok && c.Status == tiepdan.InReview {
			s.show(proposal(s.w, *s.w.Staff, c, p))
		}
		return
	}
	s.doWork(c, tiepdan.Act{Do: do})
}

// doWork does an act of staff and leads on to what comes next.
func (s *step) doWork(c tiepdan.Case, a tiepdan.Act) {
	message := s.ev.Message
	if s.ev.Kind == Pressed {
		message = "" // that is the button's own, about its case already
	}
	rows := [][]Button{row(workButton(c.ID, "show")), rowOf("menu")}
	if a.Do == tiepdan.Take { // what comes next
		rows = append([][]Button{row(workButton(c.ID, "ask_more"), workButton(c.ID, "answer"))}, rows...)
	}
	s.cmd = UpdateCase{Case: c.ID, Message: message, Act: s.act(s.w.Staff.Actor(), a),
		Then: Reply{Key: "work.done", Args: Args{"Code": string(c.Code), "Do": string(a.Do)}, Case: c.ID, Buttons: rows}}
}

// worded are the buttons whose act takes words.
var worded = map[string][]tiepdan.Action{"return": {tiepdan.Return}, "ask_more": {tiepdan.AskMore}, "note": {tiepdan.Note},
	"reopen": {tiepdan.Reopen}, "refuse_reopen": {tiepdan.RefuseReopen}, "revise": {tiepdan.Revise}, "answer": {tiepdan.Answer, tiepdan.Propose},
	"consult": {tiepdan.Consult}, "direct": {tiepdan.Direct}, "contribute": {tiepdan.Contribute}, "progress": {tiepdan.Progress}}

// openWork asks for the words of an act.
func (s *step) openWork(c tiepdan.Case, do string) error {
	for _, a := range worded[do] {
		if tiepdan.May(c, s.w.Staff.Actor(), a) {
			s.enterWork(c, a)
			s.show(s.workScreen(c))
			return nil
		}
	}
	if len(worded[do]) == 0 {
		s.stale(s.ev.Choice)
		return nil
	}
	return s.cannot(c)
}

// enterWork begins the words of an act.
func (s *step) enterWork(c tiepdan.Case, do tiepdan.Action) {
	s.t.Scene, s.t.Case, s.t.Do, s.t.Code = InWork, c.ID, do, string(c.Code)
	if answers(do) {
		s.t.Check = checkOf(c)
	}
}

// cannot says why an act isn't possible: before a task is taken, that it is to be taken.
func (s *step) cannot(c tiepdan.Case) error {
	by := s.w.Staff.Actor()
	if tiepdan.May(c, by, tiepdan.Take) {
		s.show(Reply{Key: "work.take_first", Args: Args{"Code": string(c.Code), "Words": tiepdan.Clean(s.ev.Text) != ""}, Case: c.ID,
			Buttons: [][]Button{row(workButton(c.ID, "take")), rowOf("menu")}})
		return nil
	}
	if by.See(c) != tiepdan.Everything || !by.Role.Writes() {
		return &tiepdan.Error{Code: tiepdan.Forbidden, Key: "case.not_yours"}
	}
	return &tiepdan.Error{Code: tiepdan.Conflict, Key: "case.not_now"}
}
