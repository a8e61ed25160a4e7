package bot

import (
	"strings"
	"unicode/utf8"

	"tiepdan"
)

// answers reports whether the words under way are an answer to the citizen:
// those are shown back before they go anywhere.
func answers(do tiepdan.Action) bool { return do == tiepdan.Answer || do == tiepdan.Propose }

// reasoned reports whether the words of an act are why it is done.
func reasoned(do tiepdan.Action) bool {
	return do == tiepdan.Return || do == tiepdan.Revise || do == tiepdan.Reopen || do == tiepdan.RefuseReopen
}

// workScreen asks for the words of an act, or shows those of an answer back.
func (s *step) workScreen(c tiepdan.Case) Reply {
	w := s.t.Words
	switch {
	case s.checking():
		return s.checkScreen(c)
	case s.t.Step == "until":
		return s.untilScreen(c)
	case s.t.Step == "tpl":
		return s.templateScreen(c)
	}
	var rows [][]Button
	if s.templated(c) {
		rows = append(rows, rowOf("tpl"))
	}
	if len(w.Passages)+len(w.Files) == 0 {
		return Reply{Key: "work.ask", Args: Args{"Code": string(c.Code), "Do": string(s.t.Do), "Approval": c.Approval},
			Buttons: append(rows, rowOf("work_drop")), Case: c.ID}
	}
	if !s.t.Filled {
		rows = nil // what is written isn't thrown away for a template
	}
	switch by := s.w.Staff.Actor(); {
	case s.t.Do == tiepdan.Revise:
		rows = append(rows, rowOf("revise_send"))
	default:
		var bs []Button
		if tiepdan.May(c, by, tiepdan.Answer) {
			bs = append(bs, button("answer_send"))
		}
		if tiepdan.May(c, by, tiepdan.Propose) {
			bs = append(bs, button("answer_propose"))
		}
		rows = append(rows, append(bs, button("check")))
	}
	p := tiepdan.Petition{Content: w.Passages}
	return Reply{Key: "work.draft", Args: Args{"Code": string(c.Code), "Do": string(s.t.Do), "Text": p.Text(), "Files": len(w.Files), "Approval": c.Approval,
		"Check": s.t.Check, "Filled": s.t.Filled, "Gaps": tiepdan.Gaps(p.Text())},
		Buttons: append(rows, rowOf("work_drop")), Files: w.Files, Case: c.ID}
}

// workReply takes an answer to one of our messages about a case: it begins, or
// goes on with, an answer to the citizen, or says to a proposal what to change.
func (s *step) workReply(c tiepdan.Case) error {
	if c.Sealed() {
		s.say("work.sealed", Args{"Code": string(c.Code)})
		return nil
	}
	if s.t.Scene == InWork && s.t.Case == c.ID {
		return s.takeWords(c)
	}
	if s.t.Scene == InWork && len(s.t.Words.Passages)+len(s.t.Words.Files) > 0 {
		s.say("work.unsent", Args{"Code": s.t.Code})
		return nil
	}
	by := s.w.Staff.Actor()
	for _, do := range s.replies(c) {
		if !tiepdan.May(c, by, do) {
			continue
		}
		s.leave()
		s.enterWork(c, do)
		return s.takeWords(c)
	}
	return s.cannot(c)
}

// replies are what an answer to one of our messages may be: to a question, its
// answer; else words for the citizen, or on a proposal, or what a helping unit found.
func (s *step) replies(c tiepdan.Case) []tiepdan.Action {
	q, open := c.Question()
	if open && s.w.About != nil && s.w.About.Entry == q.N {
		return []tiepdan.Action{tiepdan.Direct}
	}
	return []tiepdan.Action{tiepdan.Answer, tiepdan.Propose, tiepdan.Revise, tiepdan.Direct, tiepdan.Contribute}
}

// workWords takes a message while an act's words are under way.
func (s *step) workWords() error {
	about := s.w.About
	if about == nil || about.Gone || about.Mine || about.Case.ID != s.t.Case || s.w.Staff == nil {
		s.say("work.reply_gone", nil)
		return nil
	}
	return s.takeWords(about.Case)
}

func (s *step) takeWords(c tiepdan.Case) error {
	if s.t.Step == "tpl" { // words of one's own after all
		s.t.Step, s.t.Page = "", 0
	}
	switch {
	case s.checking():
		return s.checkWords(c)
	case s.t.Do == tiepdan.Progress:
		s.t.Step = "until"
		return s.untilWords(c)
	case answers(s.t.Do) || s.t.Do == tiepdan.Revise && s.w.About.Reply || len(s.t.Words.Passages) > 0:
		return s.draftWords(c)
	}
	a := tiepdan.Act{Do: s.t.Do, Text: s.ev.Text, Files: s.looseFiles()}
	if reasoned(s.t.Do) {
		a.Text, a.Reason, a.Files = "", s.ev.Text, nil
	}
	if tiepdan.Clean(s.ev.Text) == "" && len(a.Files) == 0 {
		s.show(s.workScreen(c))
		return nil
	}
	s.t.leave()
	s.doWork(c, a)
	return nil
}

// addWords adds a message, its text and files, to the words that staff are writing.
func (s *step) addWords() error {
	w := &s.t.Words
	w.Files = append(w.Files, s.looseFiles()...)
	if text := tiepdan.Clean(s.ev.Text); text != "" {
		if s.t.Filled {
			w.Passages, s.t.Filled = nil, false
		}
		if length(w.Passages)+utf8.RuneCountInString(text) > answerLimit {
			return &tiepdan.Error{Code: tiepdan.Invalid, Key: "petition.content_long", Args: Args{"Max": answerLimit}}
		}
		w.Passages = append(w.Passages, tiepdan.Passage{Ref: s.ev.Message, Text: text, At: s.ev.At})
	}
	s.t.Rev++ // an earlier showing isn't what would be sent
	return nil
}

// draftWords adds a message to the draft and shows it back.
func (s *step) draftWords(c tiepdan.Case) error {
	if err := s.addWords(); err != nil {
		return err
	}
	s.show(s.workScreen(c))
	return nil
}

// workButtons takes the buttons under words that were shown back.
func (s *step) workButtons(id string) error {
	about := s.w.About
	if id == "work_drop" {
		s.t.leave()
		s.toast("words.dropped", nil)
		s.menu()
		return nil
	}
	do, ok := map[string]tiepdan.Action{"answer_send": tiepdan.Answer, "answer_propose": tiepdan.Propose, "revise_send": tiepdan.Revise}[id]
	if about == nil || about.Gone || s.w.Staff == nil {
		s.stale(id)
		return nil
	}
	switch {
	case id == "tpl" || strings.HasPrefix(id, "tpl/") || strings.HasPrefix(id, "tpl_use/"):
		s.templateButton(about.Case, id)
		return nil
	case strings.HasPrefix(id, "check"):
		s.checkButton(about.Case, id)
		return nil
	case strings.HasPrefix(id, "until/"):
		s.untilButton(about.Case, id)
		return nil
	case !ok:
		s.stale(id)
		return nil
	}
	p := tiepdan.Petition{Content: s.t.Words.Passages}
	a := tiepdan.Act{Do: do, Text: p.Text(), Files: s.t.Words.Files, Details: s.t.Check.details()}
	if answers(do) && a.Details.Unchecked(about.Case) != "" {
		s.checkNext(about.Case)
		return nil
	}
	if do == tiepdan.Revise {
		a.Text, a.Reason, a.Files = "", a.Text, nil
	}
	s.t.leave()
	s.doWork(about.Case, a)
	return nil
}

// leave ends what is under way, and says so if words are lost by it.
func (s *step) leave() {
	switch said := len(s.t.Words.Passages)+len(s.t.Words.Files) > 0; {
	case s.t.Scene == InBooking:
		s.toast("booking.left", Args{"Words": said})
	case said && (s.t.Scene == InWork || s.t.Scene == InLoose || s.t.Scene == InOrder):
		s.toast("words.dropped", nil)
	}
	if s.t.Scene == InPetition {
		s.dropEmpty()
	}
	s.t.leave()
}
