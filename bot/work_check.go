package bot

import (
	"slices"
	"strings"

	"tiepdan"
)

// Check is the checklist of an answer, as far as its author has come: what goes
// with the words to who approves them.
type Check struct {
	Result   string `json:"result,omitempty"`
	Evidence string `json:"evidence,omitempty"`
	Signer   string `json:"signer,omitempty"`
	Next     string `json:"next,omitempty"`
}

func (k Check) details() tiepdan.Details {
	return tiepdan.Details{Result: k.Result, Evidence: k.Evidence, Signer: k.Signer, Next: k.Next}
}

// checkOf is the checklist that a new version begins with: that of the one before.
func checkOf(c tiepdan.Case) Check {
	ps := c.Proposals()
	if len(ps) == 0 {
		return Check{}
	}
	d := ps[len(ps)-1].Details
	return Check{Result: d.Result, Evidence: d.Evidence, Signer: d.Signer, Next: d.Next}
}

// checking reports whether one of the checklist's questions is asked at the moment.
func (s *step) checking() bool {
	return slices.Contains([]string{"result", "evidence", "signer", "next"}, s.t.Step)
}

// checkNext goes on to what the checklist lacks; with nothing lacking, back to the draft.
func (s *step) checkNext(c tiepdan.Case) {
	s.t.Step = s.t.Check.details().Unchecked(c)
	if s.t.Step == "next" {
		if rights := tiepdan.NextRights(c.Kind, c.Round); len(rights) == 1 {
			s.t.Check.Next, s.t.Step = rights[0], ""
		}
	}
	s.t.Rev++
	s.show(s.workScreen(c))
}

// checkScreen asks one of the checklist's questions.
func (s *step) checkScreen(c tiepdan.Case) Reply {
	var rows [][]Button
	choices := map[string][]string{"result": tiepdan.Findings(c.Kind), "next": tiepdan.NextRights(c.Kind, c.Round)}[s.t.Step]
	for _, id := range choices {
		rows = append(rows, row(Button{ID: "check/" + id, Key: "button.check_" + s.t.Step, Args: id}))
	}
	if !tiepdan.Checked(c.Kind) {
		rows = append(rows, rowOf("check_skip"))
	}
	return Reply{Key: "work.check", Args: Args{"Code": string(c.Code), "Step": s.t.Step}, Buttons: append(rows, rowOf("work_drop")), Case: c.ID}
}

// checkButton takes a choice of the checklist.
func (s *step) checkButton(c tiepdan.Case, id string) {
	switch choice, chosen := strings.CutPrefix(id, "check/"); {
	case id == "check":
		s.t.Check, s.t.Step = Check{Evidence: s.t.Check.Evidence, Signer: s.t.Check.Signer}, "result"
		s.t.Rev++
		s.show(s.workScreen(c))
		return
	case id == "check_skip" && !tiepdan.Checked(c.Kind):
	case chosen && s.t.Step == "result" && slices.Contains(tiepdan.Findings(c.Kind), choice):
		s.t.Check.Result = choice
	case chosen && s.t.Step == "next" && slices.Contains(tiepdan.NextRights(c.Kind, c.Round), choice):
		s.t.Check.Next = choice
	default:
		s.stale(id)
		return
	}
	s.checkNext(c)
}

// checkWords takes the typed part of the checklist; what is to be chosen isn't typed.
func (s *step) checkWords(c tiepdan.Case) error {
	text := tiepdan.Clean(s.ev.Text)
	switch {
	case text == "" || s.t.Step == "result" || s.t.Step == "next":
		s.show(s.workScreen(c))
		return nil
	case s.t.Step == "signer" && len([]rune(text)) > maxLine:
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "line.long", Args: Args{"Max": maxLine}}
	case s.t.Step == "signer":
		s.t.Check.Signer = strings.Join(strings.Fields(text), " ")
	case len([]rune(text)) > evidenceLimit:
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "petition.content_long", Args: Args{"Max": evidenceLimit}}
	default:
		s.t.Check.Evidence = text
	}
	s.checkNext(c)
	return nil
}
