package tiepdan

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// TemplateField is a field of an answer's template. Paper is what the Word templates
// call the same thing.
type TemplateField struct {
	Name  string // as it stands in the template, {{mã đơn}}
	Paper string
	own   string // names an explanation of its own, where a letter says it otherwise than a paper
	Open  bool   // of a sealed case, too: it tells nothing of who or what it is about
	of    func(Filling) string
}

// Filling is what a template is filled from: a case, and what the act's form says so far.
type Filling struct {
	Case    Case
	Rules   *Rules
	Details Details
	Today   Date
	Say     func(key string, args any) string // a message in the language of the answer
}

var templateFields = []TemplateField{
	{Name: "kính gửi", Paper: "SenderTo", Open: true, of: func(f Filling) string {
		if f.Case.Sealed() {
			return f.Say("filling.to", "")
		}
		return f.Say("filling.to", f.Case.Person.Name)
	}},
	{Name: "họ tên", Paper: "Name", of: func(f Filling) string { return f.Case.Person.Name }},
	{Name: "địa chỉ", Paper: "Address", of: func(f Filling) string { return f.Case.Person.Address }},
	{Name: "mã đơn", Paper: "Code", Open: true, of: func(f Filling) string { return string(f.Case.Code) }},
	{Name: "loại đơn", Paper: "Kind", of: func(f Filling) string { return f.Say("kind.small", string(f.Case.Kind)) }},
	{Name: "lĩnh vực", Paper: "Field", of: func(f Filling) string { field, _ := f.Rules.Field(f.Case.Field); return field.Name }},
	{Name: "nơi xảy ra", Paper: "Where", of: func(f Filling) string { ward, _ := f.Rules.Ward(f.Case.Place); return ward.Name }},
	{Name: "ngày tiếp nhận", Paper: "ReceivedOn", of: func(f Filling) string { return onDay(DateOf(f.Case.Received)) }},
	{Name: "ngày thụ lý", Paper: "AcceptedOn", of: func(f Filling) string {
		e, _ := f.Case.last(Accept)
		return onDayOf(e.At)
	}},
	{Name: "hạn trả lời", Paper: "AnswerBy", of: func(f Filling) string { d, _ := NextDue(f.Case, f.Rules); return onDay(d.On) }},
	{Name: "hẹn đến ngày", Paper: "Until", of: func(f Filling) string { return onDay(f.Details.Until) }},
	{Name: "đơn vị giải quyết", Paper: "Unit", of: func(f Filling) string { u, _ := f.Rules.Unit(f.Case.Unit); return u.Name }},
	{Name: "cơ quan", Paper: "OfficeName", Open: true, of: func(f Filling) string { return f.Rules.Office.Name }},
	{Name: "cơ quan có thẩm quyền", Paper: "Body", of: func(f Filling) string { return f.Details.Body }},
	{Name: "căn cứ", Paper: "Laws", own: "grounds", of: Filling.grounds},
	{Name: "lý do", Paper: "Reason", of: func(f Filling) string { g, _ := LegalGroundByID(f.Details.Ground); return g.Label }},
	{Name: "quyền khiếu nại tiếp theo", Paper: "NextRight", of: Filling.nextRight},
	{Name: "số văn bản", Paper: "Number", own: "number", of: func(f Filling) string { return f.Details.Document }},
	{Name: "người ký", Paper: "Signer", of: func(f Filling) string { return f.Details.Signer }},
	{Name: "hôm nay", Paper: "Today", own: "today", Open: true, of: func(f Filling) string { return onDay(f.Today) }},
}

// Key is that of the words that explain the field, without "page.".
func (f TemplateField) Key() string {
	if f.own != "" {
		return "answer_template.f_" + f.own
	}
	return "templates.f_" + f.Paper
}

// TemplateFields are all that a template may use.
func TemplateFields() []TemplateField { return slices.Clone(templateFields) }

// grounds are what the act rests on: the ground's source, else what was typed.
func (f Filling) grounds() string {
	if g, ok := LegalGroundByID(f.Details.Ground); ok {
		return g.SourceOf(f.Case.Kind)
	}
	if f.Details.Legal != "" {
		return f.Details.Legal
	}
	return strings.TrimRight(strings.TrimSpace(f.Details.Evidence), ".")
}

// nextRight is the sentence that tells the citizen what they may do next: as the
// answer says, else the usual.
func (f Filling) nextRight() string {
	right := f.Details.Next
	if rights := NextRights(f.Case.Kind, f.Case.Round); right == "" && len(rights) > 0 {
		right = rights[0]
	}
	return f.Say("filling.right", right)
}

func onDay(d Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("02/01/2006")
}

func onDayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return onDay(DateOf(t))
}

var (
	templateMark = regexp.MustCompile(`\{\{([^{}]*)\}\}`)
	gap          = regexp.MustCompile(`\[(?:…|\.\.\.)[^\[\]\n]*\]|\{\{[^{}\n]*\}\}`)
)

// Gaps are the places of a text that are still to be filled in, such as [… người ký].
func Gaps(text string) []string { return gap.FindAllString(text, -1) }

// fieldNamed finds a field by its name, or by what the Word templates call it.
func fieldNamed(name string) (TemplateField, bool) {
	name = Clean(strings.Join(strings.Fields(name), " "))
	for _, f := range templateFields {
		if strings.EqualFold(f.Name, name) || "."+f.Paper == name {
			return f, true
		}
	}
	return TemplateField{}, false
}

// Fill puts the case's facts into a template's fields. What isn't known, or mustn't
// be told of a sealed case, stays as a gap; everything else stays as it is.
func (f Filling) Fill(body string) string {
	return templateMark.ReplaceAllStringFunc(body, func(mark string) string {
		field, ok := fieldNamed(mark[2 : len(mark)-2])
		if !ok {
			return mark
		}
		value := ""
		if field.Open || !f.Case.Sealed() {
			value = strings.TrimSpace(field.of(f))
		}
		if value == "" {
			return "[… " + field.Name + "]"
		}
		return strings.NewReplacer("{{", "{ {", "[…", "(…").Replace(value) // what people typed is no mark
	})
}

// CheckTemplate says which field of a template there is none of, and which is meant.
func CheckTemplate(body string) error {
	for _, m := range templateMark.FindAllStringSubmatch(body, -1) {
		if _, ok := fieldNamed(m[1]); !ok {
			return invalid("answer_template.field_unknown", map[string]any{"Field": strings.TrimSpace(m[1]), "Near": nearest(m[1])})
		}
	}
	rest := templateMark.ReplaceAllString(body, "")
	if strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		return invalid("answer_template.mark_open", nil)
	}
	return nil
}

// nearest is the field whose name is most like what was written.
func nearest(name string) string {
	best, least := "", 0
	for _, f := range templateFields {
		if d := apart(Fold(f.Name), Fold(name)); best == "" || d < least {
			best, least = f.Name, d
		}
	}
	return best
}

// apart counts the letters to change, add or leave out that make b of a.
func apart(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
