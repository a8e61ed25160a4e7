package backend

import (
	"net/url"
	"slices"

	"tiepdan"
	"tiepdan/templates"
)

// suggested is what the law makes of a case, as the panel tells it. Path leads to
// the act's form, filled in; "" where the decision is another's.
type suggested struct {
	tiepdan.Suggestion
	Label string // a key: the act's
	Path  string
	Page  bool
}

// suggested are what fits the case; who may not do it is told that others decide.
func (ch chooser) suggested(can []tiepdan.Action) (list []suggested) {
	if !slices.ContainsFunc(can, decisive) {
		return nil
	}
	for _, s := range tiepdan.Suggest(ch.c, ch.today) {
		if slices.Contains(elsewhere, s.Do) && pagesOf[s.Do] == "" {
			continue
		}
		row := suggested{Suggestion: s, Label: ch.label(s.Do)}
		if slices.Contains(can, s.Do) {
			row.Path, row.Page = ch.way(s), pagesOf[s.Do] != ""
		}
		list = append(list, row)
	}
	return list
}

// decisive are the acts of those who say what becomes of a petition: only they are
// told what the law suggests.
func decisive(do tiepdan.Action) bool {
	return slices.Contains([]tiepdan.Action{tiepdan.Classify, tiepdan.GuideCitizen, tiepdan.FileAway, tiepdan.Retain, tiepdan.Terminate,
		tiepdan.RecordReply, tiepdan.Reopen}, do)
}

func (ch chooser) way(s tiepdan.Suggestion) string {
	if page := pagesOf[s.Do]; page != "" {
		return casePath(ch.c.Code) + page
	}
	q := url.Values{"do": {string(s.Do)}}
	switch {
	case s.Ground != "":
		q.Set("ground", s.Ground)
	case s.Why == "curable":
		q.Set("ground", "lacks")
	}
	return casePath(ch.c.Code) + "?" + q.Encode() + "#act-" + string(s.Do)
}

// letter is what an office writes to the citizen about such an outcome, for the one
// who decides to change: by its ground, else by the act, else nothing. It is in the
// citizen's language.
func letter(c tiepdan.Case, do tiepdan.Action, ground string) string {
	words := templates.Messages(c.Language)
	for _, key := range []string{"letter." + string(do) + "." + ground, "letter." + ground, "letter." + string(do)} {
		if words.Has(key) {
			said, err := words.Plain(key, map[string]any{"Kind": string(c.Kind)})
			if err == nil {
				return said
			}
		}
	}
	return ""
}

// lacksLetter asks the citizen for what their petition lacks.
func lacksLetter(c tiepdan.Case) string {
	said, err := templates.Messages(c.Language).Plain("letter.lacks", map[string]any{"Lacks": requirementNames(c.Class.Lacks, c.Language)})
	if err != nil {
		return ""
	}
	return said
}
