package bot

import (
	"strings"

	"tiepdan"
)

// templatesOnPage is how many templates stand on one screen.
const templatesOnPage = 6

// templated reports whether the words under way may begin with a template: an
// answer, or how it goes.
func (s *step) templated(c tiepdan.Case) bool {
	return (answers(s.t.Do) || s.t.Do == tiepdan.Progress) && !c.Sealed() && len(s.templates(c)) > 0
}

func (s *step) templates(c tiepdan.Case) []tiepdan.AnswerTemplate {
	return s.w.Rules.TemplatesFor(c, s.t.Do, s.t.Check.Result)
}

// templateScreen lists the templates that fit, a page of them.
func (s *step) templateScreen(c tiepdan.Case) Reply {
	ts := s.templates(c)
	from := s.t.Page * templatesOnPage
	if from >= len(ts) {
		from = 0
	}
	to := min(len(ts), from+templatesOnPage)
	var rows [][]Button
	for _, t := range ts[from:to] {
		rows = append(rows, row(named("tpl_use/"+t.Key, t.Name)))
	}
	if to < len(ts) {
		rows = append(rows, row(Button{ID: "tpl/" + itoa(s.t.Page+1), Key: "button.later", Args: Args{}}))
	}
	return Reply{Key: "work.templates", Args: Args{"Code": string(c.Code), "Any": len(ts) > 0}, Buttons: append(rows, rowOf("work_drop")), Case: c.ID}
}

// templateButton opens the list of templates, turns its page, or takes one.
func (s *step) templateButton(c tiepdan.Case, id string) {
	what, rest, _ := strings.Cut(id, "/")
	switch {
	case !s.templated(c):
		s.stale(id)
		return
	case what == "tpl":
		s.t.Step, s.t.Page = "tpl", pageOf(rest)
	default:
		t, ok := s.w.Rules.AnswerTemplate(rest)
		if !ok || !t.Active {
			s.stale(id)
			return
		}
		s.beginWith(c, t)
	}
	s.t.Rev++
	s.show(s.workScreen(c))
}

// beginWith makes the template, filled in, the words under way; files that were sent stay.
func (s *step) beginWith(c tiepdan.Case, t tiepdan.AnswerTemplate) {
	say := func(key string, args any) string {
		said, err := s.w.Texts.Plain(tiepdan.Vietnamese, key, args)
		if err != nil {
			return ""
		}
		return said
	}
	fill := tiepdan.Filling{Case: c, Rules: s.w.Rules, Details: s.t.Check.details(), Today: tiepdan.DateOf(s.w.Now), Say: say}
	s.t.Words.Passages = []tiepdan.Passage{{Text: fill.Fill(t.Body), At: s.w.Now}}
	s.t.Step, s.t.Page, s.t.Filled = "", 0, true
	if s.t.Do == tiepdan.Progress {
		s.t.Step = "until"
	}
}
