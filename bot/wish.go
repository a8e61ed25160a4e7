package bot

import (
	"slices"

	"tiepdan"
)

// A wish is something that a citizen asks for in their own words: that their
// case be looked at again, or that a part of it be left out.

// wishing is the act that a wish is to the case as it stands, or "".
func wishing(c tiepdan.Case, what string) tiepdan.Action {
	dos := []tiepdan.Action{tiepdan.Reopen, tiepdan.AskReopen}
	if what == "part" {
		dos = []tiepdan.Action{tiepdan.WithdrawPart, tiepdan.AskWithdraw}
	}
	for _, do := range dos {
		if tiepdan.May(c, citizen, do) {
			return do
		}
	}
	return ""
}

// wish asks for the words of one.
func (s *step) wish(c tiepdan.Case, what string) {
	s.t.leave()
	do := wishing(c, what)
	if err := s.wishOver(c, do); do == "" || err != nil {
		if e, ok := err.(*tiepdan.Error); ok {
			s.excuse(e)
		} else {
			s.say("case.wish_not", s.caseArgs(c))
		}
		s.ask("case/" + itoa64(c.ID) + "/show")
		return
	}
	s.t.Scene, s.t.Case, s.t.Do = InWish, c.ID, do
	s.show(s.wishScreen(c))
}

// wishOver says why it is too late for a wish, or nil.
func (s *step) wishOver(c tiepdan.Case, do tiepdan.Action) error {
	if do != tiepdan.Reopen && do != tiepdan.AskReopen {
		return nil
	}
	return tiepdan.ReopenOver(c, s.w.Rules, tiepdan.DateOf(s.w.Now))
}

func (s *step) wishScreen(c tiepdan.Case) Reply {
	args := s.caseArgs(c)
	args["Do"] = string(s.t.Do)
	return Reply{Key: "case.wish", Args: args, Buttons: [][]Button{row(keepCase(c)), rowOf("menu")}, Case: c.ID, Protect: c.Sealed()}
}

// takeWish does what was wished, with the words that say why.
func (s *step) takeWish() error {
	about := s.w.About
	if about == nil || !about.Mine || about.Case.ID != s.t.Case {
		s.t.leave()
		s.say("case.gone", nil)
		s.menu()
		return nil
	}
	c, do := about.Case, s.t.Do
	a := tiepdan.Act{Do: do, Text: s.ev.Text, Files: s.looseFiles(), ReopenDays: s.w.Rules.Office.ReopenDays}
	if tiepdan.Clean(a.Text) == "" && (do != tiepdan.Reopen && do != tiepdan.AskReopen || len(a.Files) == 0) {
		s.show(s.wishScreen(c))
		return nil
	}
	if do == tiepdan.WithdrawPart || do == tiepdan.AskWithdraw {
		line, ok := s.line()
		if !ok {
			s.show(s.wishScreen(c))
			return nil
		}
		a.Text, a.Details.Part = "", line
	}
	args := s.caseArgs(c)
	args["Do"] = string(do)
	s.t.leave()
	s.cmd = UpdateCase{Case: c.ID, Message: s.ev.Message, Act: s.act(citizen, a),
		Then: Reply{Key: "case.wished", Args: args, Case: c.ID, Buttons: [][]Button{row(caseButton(c.ID, "show")), rowOf("mycases", "menu")}}}
	return nil
}

// again reports whether the citizen may have the case looked at again now.
func lookedAtAgain(w World, c tiepdan.Case) bool {
	return slices.ContainsFunc(tiepdan.Recourses(c, w.Rules, tiepdan.DateOf(w.Now)), func(r tiepdan.Recourse) bool { return r.Do == "reopen" || r.Do == "ask_reopen" })
}
