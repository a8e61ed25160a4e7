package tiepdan

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// AnswerTemplate is a text that an officer puts into what a citizen will read: for
// some kinds of petition, one outcome and, of an answer, one finding.
type AnswerTemplate struct {
	Key        string `json:"key"` // "b." and a name, or "o" and a number: the office's own
	Name       string `json:"name"`
	Do         Action `json:"do"`     // the act whose words it is for; Answer stands for Propose, too
	Result     string `json:"result"` // of an Answer: one of [Findings]; "": any
	Kinds      []Kind `json:"kinds"`  // none: every kind
	Body       string `json:"text"`
	Source     string `json:"source"`
	Confidence string `json:"confidence"` // as of [Rule]
	Copied     string `json:"-"`          // of an own one: the key that it was made from
	Active     bool   `json:"-"`
	Place      int    `json:"-"`
	Version    int    `json:"-"` // of an own one
}

// AnswerTemplateVersion is what an own template said once.
type AnswerTemplateVersion struct {
	AnswerTemplate
	By string
	At time.Time
}

// BuiltIn reports whether the template came with the program.
func (t AnswerTemplate) BuiltIn() bool { return strings.HasPrefix(t.Key, "b.") }

// Confirmed reports whether what the text says of the law is well supported.
func (t AnswerTemplate) Confirmed() bool { return !t.BuiltIn() || t.Confidence == "high" }

// Templated are the acts with words that the citizen reads, in the order in which templates are listed.
func Templated() []Action {
	return []Action{Answer, Progress, AskMore, Tell, VerifyMore, GuideCitizen, Refuse, SendBack, Transfer, Extend, Suspend, Resume, Terminate}
}

// templatedAs is the act under which templates for do are kept.
func templatedAs(do Action) Action {
	if do == Propose {
		return Answer
	}
	return do
}

// TakesTemplates reports whether do's words may be begun with a template.
func TakesTemplates(do Action) bool { return slices.Contains(Templated(), templatedAs(do)) }

//go:embed answer_templates.json
var answerTemplatesJSON []byte

var builtInTemplates = sync.OnceValue(func() (ts []AnswerTemplate) {
	if err := json.Unmarshal(answerTemplatesJSON, &ts); err != nil {
		panic(fmt.Errorf("tiepdan: answer_templates.json: %w", err)) // the file is part of the program, and tested with it
	}
	for i := range ts {
		ts[i].Active, ts[i].Place = true, i+1
	}
	return ts
})

// BuiltInTemplates are those that the program brings, in their order.
func BuiltInTemplates() []AnswerTemplate { return slices.Clone(builtInTemplates()) }

// AnswerTemplates are the built-in templates and the office's own, in the office's
// order. Of a built-in one, kept only says where it stands and whether it is used.
func AnswerTemplates(kept []AnswerTemplate) []AnswerTemplate {
	all := BuiltInTemplates()
	for _, t := range kept {
		i := slices.IndexFunc(all, func(b AnswerTemplate) bool { return b.Key == t.Key })
		switch {
		case i >= 0:
			all[i].Place, all[i].Active = t.Place, t.Active
		case !t.BuiltIn(): // one that the program doesn't bring any more is gone
			all = append(all, t)
		}
	}
	slices.SortStableFunc(all, func(a, b AnswerTemplate) int { return a.Place - b.Place })
	return all
}

// AnswerTemplate returns the template of that key.
func (r *Rules) AnswerTemplate(key string) (AnswerTemplate, bool) {
	for _, t := range r.Templates {
		if t.Key == key {
			return t, true
		}
	}
	return AnswerTemplate{}, false
}

// TemplatesFor are the templates in use for doing that to c, the best first: those for
// the finding, if one is chosen, then for the kind, then the office's own, then in the
// office's order. A sealed case takes templates as any other; what they are filled with is less.
func (r *Rules) TemplatesFor(c Case, do Action, result string) (ts []AnswerTemplate) {
	for _, t := range r.Templates {
		if t.Active && t.Do == templatedAs(do) && t.IsFor(c.Kind) &&
			(t.Result == "" || result == "" || t.Result == result) && t.answers(c.Kind) && t.holds(c, r) {
			ts = append(ts, t)
		}
	}
	slices.SortStableFunc(ts, func(a, b AnswerTemplate) int { return b.weight(result) - a.weight(result) })
	return ts
}

// IsFor reports whether the template is for petitions of that kind.
func (t AnswerTemplate) IsFor(k Kind) bool { return len(t.Kinds) == 0 || slices.Contains(t.Kinds, k) }

// answers reports whether the finding is one that such a petition may have.
func (t AnswerTemplate) answers(k Kind) bool {
	return t.Result == "" || slices.Contains(Findings(k), t.Result)
}

// holds reports whether what the template says of the case is so. A word to the citizen
// may be about anything; one about an acceptance or a term is for a case that has them.
func (t AnswerTemplate) holds(c Case, r *Rules) bool {
	if t.Do != Tell {
		return true
	}
	for _, name := range []string{"ngày thụ lý", "hạn trả lời"} {
		field, _ := fieldNamed(name)
		if t.uses(field) && field.of(Filling{Case: c, Rules: r}) == "" {
			return false
		}
	}
	return true
}

func (t AnswerTemplate) uses(field TemplateField) bool {
	return slices.ContainsFunc(templateMark.FindAllStringSubmatch(t.Body, -1), func(m []string) bool {
		f, ok := fieldNamed(m[1])
		return ok && f.Name == field.Name
	})
}

func (t AnswerTemplate) weight(result string) (w int) {
	if result != "" && t.Result == result {
		w += 4
	}
	if len(t.Kinds) > 0 {
		w += 2
	}
	if !t.BuiltIn() {
		w++
	}
	return w
}

// Limits of what an office writes as a template.
const (
	maxTemplateName = 120
	maxTemplateBody = 8000
)

// Valid reports what is wrong with t, before anything is filled in.
func (t AnswerTemplate) Valid() error {
	switch {
	case t.Name == "":
		return invalid("answer_template.name_missing", nil)
	case len([]rune(t.Name)) > maxTemplateName:
		return invalid("answer_template.name_long", map[string]any{"Max": maxTemplateName})
	case !slices.Contains(Templated(), t.Do):
		return invalid("answer_template.do_unknown", nil)
	case strings.TrimSpace(t.Body) == "":
		return invalid("answer_template.body_missing", nil)
	case len([]rune(t.Body)) > maxTemplateBody:
		return invalid("answer_template.body_long", map[string]any{"Max": maxTemplateBody})
	}
	for _, k := range t.Kinds {
		if !k.Valid() || !t.answers(k) {
			return invalid("answer_template.result_unfit", nil)
		}
	}
	if t.Result != "" && (t.Do != Answer || !slices.ContainsFunc(Kinds(), t.answers)) {
		return invalid("answer_template.result_unfit", nil)
	}
	return CheckTemplate(t.Body)
}
