package paper

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func guidanceForm(t *testing.T) Form {
	t.Helper()
	f, ok := FormOf("guidance")
	if !ok {
		t.Fatal("no guidance")
	}
	return f
}

// reworked is the built-in template of f with old changed for new in its text.
func reworked(t *testing.T, f Form, change ...string) []byte {
	t.Helper()
	parts, err := unpack(must(t)(CaseTemplate(f)))
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range parts {
		if p.name == "word/document.xml" {
			parts[i].data = []byte(strings.NewReplacer(change...).Replace(string(p.data)))
		}
	}
	return must(t)(pack(parts))
}

func TestBuiltInTemplatesPassTheirOwnTrial(t *testing.T) {
	t.Parallel()
	for _, f := range Templates() {
		out, unused, err := TryTemplate(f, must(t)(CaseTemplate(f)))
		if err != nil || len(unused) > 0 || !bytes.HasPrefix(out, []byte("PK")) {
			t.Errorf("%s: %v, %v", f.Kind, unused, err)
		}
	}
}

func TestTrialNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	f := guidanceForm(t)
	for _, c := range []struct{ name, was, now, reason, what string }{
		{"a misspelt field", "{{.Body}}", "{{.Bodi}}", FaultUnknown, "Bodi"},
		{"a misspelt field that only shows for some", "{{.Returned}}", "{{.Retruned}}", FaultUnknown, "Retruned"},
		{"a letter's field in a repetition", "[[para .Recipients]]{{.}}", "[[para .Recipients]]{{.Code}}", FaultInside, "Code"},
		{"a list where a word stands", "{{.Body}}", "{{.Papers}}", FaultList, "Papers"},
		{"a word that is repeated", "[[para .Recipients]]{{.}}", "[[para .Body]]{{.}}", FaultNotList, "Body"},
		{"code", "{{.Body}}", "{{printf .Body}}", FaultNoField, "{{printf .Body}}"},
		{"a mark that is none", "[[if-para .Named]]", "[[ifpara .Named]]", FaultMark, "[[ifpara .Named]]"},
		{"a row outside a table", "[[if-para .Named]]", "[[row .Papers]]", FaultMark, "[[row .Papers]]"},
		{"broken markup", "</w:body>", "<w:body>", FaultNotWord, "word/document.xml"},
	} {
		_, _, err := TryTemplate(f, reworked(t, f, c.was, c.now))
		if got, ok := errors.AsType[*TemplateFault](err); !ok || got.Reason != c.reason || got.What != c.what {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTrialTellsWhatIsNoLongerUsed(t *testing.T) {
	t.Parallel()
	f := guidanceForm(t)
	_, unused, err := TryTemplate(f, reworked(t, f, "{{.Body}}", "nơi có thẩm quyền"))
	if err != nil || strings.Join(unused, " ") != "Body" {
		t.Errorf("%v, %v", unused, err)
	}
}

func TestTrialRefusesWhatActs(t *testing.T) {
	t.Parallel()
	f := guidanceForm(t)
	with := func(more ...part) []byte {
		parts, err := unpack(must(t)(CaseTemplate(f)))
		if err != nil {
			t.Fatal(err)
		}
		return must(t)(pack(append(parts, more...)))
	}
	rel := func(kind string) part {
		return part{"word/_rels/header9.xml.rels", []byte(`<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` +
			kind + `" Target="http://mau.example/x" TargetMode="External"/></Relationships>`)}
	}
	many := make([]part, mostParts)
	for i := range many {
		many[i] = part{name: "word/p" + strings.Repeat("x", i+1)}
	}
	for name, c := range map[string]struct {
		docx   []byte
		reason string
	}{
		"a template from elsewhere":   {with(rel("attachedTemplate")), FaultOutside},
		"a picture from elsewhere":    {with(rel("image")), FaultOutside},
		"macros":                      {with(part{"word/vbaProject.bin", nil}), FaultMacros},
		"an embedded object":          {with(part{"word/embeddings/oleObject1.bin", nil}), FaultMacros},
		"a part beside its folder":    {with(part{"../mau.txt", []byte("mẫu")}), FaultNotWord},
		"a part of another system":    {with(part{`word\..\..\mau.txt`, []byte("mẫu")}), FaultNotWord},
		"a document type":             {with(part{"word/settings.xml", []byte("<!DOCTYPE x>")}), FaultNotWord},
		"no zip at all":               {[]byte("mẫu"), FaultNotWord},
		"a zip of something else":     {must(t)(pack([]part{{"a.txt", []byte("a")}})), FaultNotWord},
		"what unfolds beyond measure": {with(part{"word/media/a.png", make([]byte, maxDOCX)}), FaultTooLarge},
		"parts without end":           {with(many...), FaultTooLarge},
		"a letter without a field":    {wordFile(t, p("Không có trường nào")), FaultFieldless},
		"repetitions of repetitions":  {reworked(t, f, "[[para .Recipients]]", strings.Repeat("[[para $.Papers]]", 30)), FaultMark},
	} {
		_, _, err := TryTemplate(f, c.docx)
		if got, ok := errors.AsType[*TemplateFault](err); !ok || got.Reason != c.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := TryTemplate(f, with(rel("hyperlink"))); err != nil {
		t.Errorf("a link is refused: %v", err)
	}
}

// tree is data whose repetitions nest.
type tree struct{ Kids []tree }

// A template of a few kilobytes must not grow without end when it is filled.
func TestRepetitionsWithinRepetitionsEnd(t *testing.T) {
	t.Parallel()
	leaf := tree{}
	for range 7 {
		leaf = tree{Kids: []tree{leaf, leaf, leaf, leaf, leaf, leaf, leaf, leaf, leaf, leaf}}
	}
	_, err := FillDOCX(wordFile(t, p(strings.Repeat("[[para .Kids]]", 7)+strings.Repeat("mẫu", 10))), leaf)
	if got, ok := errors.AsType[*TemplateFault](err); !ok || got.Reason != FaultTooLarge {
		t.Error(err)
	}
}
