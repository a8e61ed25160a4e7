package backend

import (
	"net/http"
	"slices"
	"strings"

	"tiepdan"
)

// insertBox is what an act's form offers to begin its words with.
type insertBox struct {
	Path    string
	Control string // the field that it goes into
	Target  string // … and its id
	Choices []templateChoice
	Gaps    []string // that the words still have
}

// templateChoice is a template in an act's form. Those for another result than the
// chosen one are there, too, but out of sight: the page brings them when it changes.
type templateChoice struct {
	option
	Result string // that it is for; "": any
	Place  int    // among all, as long as no result is chosen
	Unfit  bool
}

// wordsOf is the field of an act's form that holds the words for the citizen.
func wordsOf(do tiepdan.Action) string {
	for _, f := range actFields[do] {
		if f.Name == "text" || f.Name == "reason" {
			return f.Name
		}
	}
	return ""
}

// offerTemplates lets an act's form begin with one of the templates that fit.
func (ch chooser) offerTemplates(a *actForm) {
	if !tiepdan.TakesTemplates(a.Do) {
		return
	}
	field := wordsOf(a.Do)
	box := insertBox{Path: casePath(ch.c.Code) + "/template", Control: field, Target: "act-" + string(a.Do) + "-" + field, Gaps: tiepdan.Gaps(a.Form.Value(field))}
	box.Choices = ch.templates(a.Do, a.Form.Value("result"))
	if len(box.Choices) > 0 {
		a.Insert = &box
	}
}

// templates are the choices for doing that: first those that fit the result, the best
// of them first, then the rest.
func (ch chooser) templates(do tiepdan.Action, result string) (choices []templateChoice) {
	for i, t := range ch.names.rules.TemplatesFor(ch.c, do, "") {
		c := templateChoice{option: option{Value: t.Key, Label: t.Name}, Result: t.Result, Place: i, Unfit: result != "" && t.Result != "" && t.Result != result}
		if t.BuiltIn() {
			c.Hint = plain(ch.names.lang, "answer_template.built_in")
		}
		choices = append(choices, c)
	}
	rank := func(c templateChoice) int {
		switch {
		case c.Unfit:
			return 2
		case result != "" && c.Result == result:
			return 0
		}
		return 1
	}
	slices.SortStableFunc(choices, func(a, b templateChoice) int { return rank(a) - rank(b) })
	return choices
}

// insertTemplate gives an act's form back with a template filled in behind the words
// that stand there.
func (s *Server) insertTemplate(w http.ResponseWriter, r *http.Request) error {
	c, err := s.caseAsked(r)
	if err != nil {
		return err
	}
	do := tiepdan.Action(r.PostFormValue("do"))
	if !tiepdan.May(c, who(r).Actor(), do) || !tiepdan.TakesTemplates(do) {
		return s.actAgain(w, r, c.ID, do, &tiepdan.Error{Code: tiepdan.Conflict, Key: "case.not_now"})
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	t, ok := rules.AnswerTemplate(r.PostFormValue("template"))
	if !ok || !t.Active {
		return s.actAgain(w, r, c.ID, do, incomplete("answer_template.not_chosen"))
	}
	act, err := s.actOf(r, do)
	if err != nil {
		return s.actAgain(w, r, c.ID, do, err)
	}
	fill := tiepdan.Filling{Case: c, Rules: rules, Details: act.Details, Today: tiepdan.DateOf(s.Now()), Say: sayVietnamese}
	field := wordsOf(do)
	text := strings.TrimSpace(tiepdan.Clean(r.PostFormValue(field)) + "\n\n" + fill.Fill(t.Body))
	r.PostForm.Set(field, text)
	return s.renderCase(w, r, c, http.StatusOK, do, form{Values: r.PostForm})
}
