package bot

import (
	"strings"

	"tiepdan"
)

// citizen is who acts when a person acts on their own case.
var citizen = tiepdan.Actor{Role: tiepdan.Citizen}

// citizenChoice takes a button about one of the person's own cases.
func (s *step) citizenChoice(id string) error {
	about := s.w.About
	if !about.Mine {
		s.toast("case.gone", nil)
		s.present()
		return nil
	}
	c := about.Case
	do := strings.SplitN(id, "/", 3)[2]
	switch {
	case do == "show" || do == "withdraw":
		s.t.leave()
		s.ask(id)
	case do == "add":
		s.openThread(c)
	case do == "withdraw_yes":
		s.withdraw(c)
	case s.afterChoice(c, do):
	default:
		s.stale(id)
	}
	return nil
}

// openThread lets the person write to a case of theirs.
func (s *step) openThread(c tiepdan.Case) {
	s.t.leave()
	if adding(c) == "" {
		s.show(Reply{Key: "case.add_over", Args: s.caseArgs(c), Buttons: [][]Button{rowOf("submit", "menu")}})
		return
	}
	s.t.Scene, s.t.Case = InThread, c.ID
	s.show(s.threadScreen(c))
}

// adding is what a citizen's word is to the case as it stands: what it was asked
// for, or one more; "" when the case takes none.
func adding(c tiepdan.Case) tiepdan.Action {
	for _, do := range []tiepdan.Action{tiepdan.Supply, tiepdan.Add} {
		if tiepdan.May(c, citizen, do) {
			return do
		}
	}
	return ""
}

func (s *step) threadScreen(c tiepdan.Case) Reply {
	args := s.caseArgs(c)
	return Reply{Key: "case.add", Args: args, Buttons: [][]Button{rowOf("thread_done"), rowOf("menu")}, Case: c.ID}
}

// addToCase puts a message into the case that the person writes to.
func (s *step) addToCase() error {
	about := s.w.About
	if about == nil || !about.Mine {
		s.t.leave()
		s.say("case.gone", nil)
		s.menu()
		return nil
	}
	return s.put(about.Case)
}

// replied takes an answer to one of our messages about a case.
func (s *step) replied() error {
	about := s.w.About
	switch {
	case about.Gone && s.staffSide():
		s.say("work.reply_gone", nil)
	case about.Gone:
		s.say("case.gone", nil)
	case about.Mine && s.staffSide():
		s.say("work.reply_own", Args{"Code": string(about.Case.Code)})
	case about.Mine:
		return s.put(about.Case)
	case s.staffSide():
		return s.workReply(about.Case)
	default:
		s.say("case.gone", nil)
	}
	return nil
}

// put makes the message a line of the case's history.
func (s *step) put(c tiepdan.Case) error {
	do := adding(c)
	if do == "" {
		s.show(Reply{Key: "case.add_over", Args: s.caseArgs(c), Buttons: [][]Button{rowOf("submit", "menu")}})
		return nil
	}
	files := s.looseFiles()
	if tiepdan.Clean(s.ev.Text) == "" && len(files) == 0 {
		if !s.shown() {
			s.say("case.add_nothing", nil)
		}
		return nil
	}
	s.emergency(s.ev.Text)
	s.cmd = UpdateCase{Case: c.ID, Message: s.ev.Message,
		Act:  s.act(citizen, tiepdan.Act{Do: do, Text: s.ev.Text, Files: files}),
		Then: Reply{Key: "case.added", Args: Args{"Code": string(c.Code), "Files": len(files), "Supplied": do == tiepdan.Supply}, Case: c.ID, Quiet: true, ReplyTo: s.ev.Message}}
	return nil
}

// act completes an act with who, when, and the deed that it is.
func (s *step) act(by tiepdan.Actor, a tiepdan.Act) tiepdan.Act {
	a.By, a.At, a.Details.Ref = by, s.w.Now, s.ev.ID
	return a
}

// edited takes a changed message: of the draft, of what is being written, or of
// what came into a case.
func (s *step) edited() error {
	if s.editedPurpose() {
		return nil
	}
	if d := s.t.Draft; d != nil && d.EditContent(s.ev.Message, s.ev.Text) {
		if s.t.Scene == InPetition && s.t.Step == "review" {
			s.t.Rev++
			s.say("petition.edited", nil)
			s.showStep()
			return nil
		}
		s.out = append(s.out, Reply{Key: "petition.edited", Args: Args{}, Quiet: true, ReplyTo: s.ev.Message})
		return nil
	}
	for i := range s.t.Words.Passages {
		if p := &s.t.Words.Passages[i]; p.Ref == s.ev.Message && tiepdan.Clean(s.ev.Text) != "" {
			p.Text = tiepdan.Clean(s.ev.Text)
			s.out = append(s.out, Reply{Key: "petition.edited", Args: Args{}, Quiet: true, ReplyTo: s.ev.Message})
			return nil
		}
	}
	return s.amend()
}

// amend records a changed message of a case. What stood there before stays.
func (s *step) amend() error {
	about := s.w.About
	if about == nil || !about.Mine || !about.Reply || tiepdan.Clean(s.ev.Text) == "" {
		return nil
	}
	c := about.Case
	if !tiepdan.May(c, citizen, tiepdan.Amend) {
		s.say("case.amend_over", Args{"Code": string(c.Code)})
		return nil
	}
	versions := 2
	for _, e := range c.History {
		if e.Do == tiepdan.Amend && e.Details.Proposal == about.Entry {
			versions++
		}
	}
	a := tiepdan.Act{Do: tiepdan.Amend, Text: s.ev.Text, Details: tiepdan.Details{Versions: versions, Proposal: about.Entry}}
	s.cmd = UpdateCase{Case: c.ID, Act: s.act(citizen, a),
		Then: Reply{Key: "case.amended", Args: Args{"Code": string(c.Code)}, Case: c.ID, Quiet: true, ReplyTo: s.ev.Message}}
	return nil
}

// withdraw takes a case back, as its kind allows.
func (s *step) withdraw(c tiepdan.Case) {
	do := withdrawing(c)
	if do == "" {
		s.t.leave()
		s.ask("case/" + itoa64(c.ID) + "/show")
		return
	}
	s.t.leave()
	s.cmd = UpdateCase{Case: c.ID, Act: s.act(citizen, tiepdan.Act{Do: do}),
		Then: Reply{Key: "case.withdrawn", Args: s.caseArgs(c), Case: c.ID, Buttons: [][]Button{rowOf("mycases", "menu")}}}
}

// withdrawing is how the citizen may take c back in the chat, or "".
func withdrawing(c tiepdan.Case) tiepdan.Action {
	for _, do := range []tiepdan.Action{tiepdan.Withdraw, tiepdan.AskWithdraw} {
		if tiepdan.May(c, citizen, do) {
			return do
		}
	}
	return ""
}

// caseChoice takes the buttons of a screen about a case that only it has.
func (s *step) caseChoice(id string) error {
	switch {
	case id == "thread_done" && s.t.Scene == InThread:
		s.t.leave()
		s.menu()
	case id == "comment_skip" && s.t.Scene == InComment:
		s.skipComment()
	case s.t.Scene == InWork:
		return s.workButtons(id)
	default:
		s.stale(id)
	}
	return nil
}

// presentCase shows the screen of a talk about a case.
func (s *step) presentCase() {
	about := s.w.About
	if about == nil || about.Gone || about.Case.ID != s.t.Case || s.t.Scene == InWork && s.w.Staff == nil {
		s.show(Reply{Key: "case.elsewhere", Args: Args{}, Buttons: [][]Button{rowOf("menu")}})
		return
	}
	switch s.t.Scene {
	case InThread:
		s.show(s.threadScreen(about.Case))
	case InComment:
		s.show(s.commentScreen(about.Case))
	case InWish:
		s.show(s.wishScreen(about.Case))
	default:
		s.show(s.workScreen(about.Case))
	}
}
