package paper

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// TemplateFault is what is wrong with a template that an office made. Reason is
// one of the Fault constants; What is the field, mark or part that it is about.
type TemplateFault struct {
	Reason string
	What   string
}

func (f *TemplateFault) Error() string { return f.Reason + ": " + f.What }

// The reasons why a template isn't taken.
const (
	FaultNotWord   = "not_word"      // no Word document at all, or a damaged one
	FaultMacros    = "macros"        // holds what runs
	FaultOutside   = "outside"       // fetches something from elsewhere when it is opened
	FaultTooLarge  = "too_large"     // unfolds beyond measure
	FaultUnknown   = "unknown_field" // names a field that there is none of
	FaultInside    = "inside"        // names a field of the letter within a repetition, without its $
	FaultList      = "list"          // prints a list as if it were a word
	FaultNotList   = "not_list"      // repeats what is no list
	FaultNoField   = "no field"      // holds {{…}} that is no field
	FaultMark      = "mark"          // holds [[…]] that is no mark, or one out of place
	FaultFieldless = "fieldless"     // has no field, and so would say the same of every case
)

func fault(reason, what string) error { return &TemplateFault{Reason: reason, What: what} }

// Bounds of an uploaded template, far beyond what a letter needs.
const (
	mostParts = 400
	mostText  = 4 << 20
	mostMarks = 300
)

// TryTemplate fills an office's own template of f with made-up cases: one that has
// everything, one whose sender is secret, one that lacks all. It returns the first,
// and which fields of the built-in template it doesn't use. What it doesn't take is
// a [TemplateFault].
func TryTemplate(f Form, docx []byte) (filled []byte, unused []string, err error) {
	names, err := fieldsIn(docx)
	if err != nil {
		return nil, nil, err
	}
	if len(names) == 0 {
		return nil, nil, fault(FaultFieldless, "")
	}
	if filled, err = f.trial(docx); err != nil {
		return nil, nil, f.asFault(err)
	}
	built, err := CaseTemplate(f)
	if err != nil {
		return nil, nil, err
	}
	usual, err := fieldsIn(built)
	for _, n := range usual {
		if !slices.Contains(names, n) {
			unused = append(unused, n)
		}
	}
	return filled, unused, err
}

// trial fills docx with each made-up case, and returns what the first one gave.
func (f Form) trial(docx []byte) (filled []byte, err error) {
	var fills []func() ([]byte, error)
	if f.Apart {
		for _, d := range []PetitionData{SamplePetition(), {}} {
			fills = append(fills, func() ([]byte, error) { return PetitionDOCX(d, docx) })
		}
	} else {
		secret := SampleCase()
		secret.Secret, secret.Matter = true, Denunciation
		for _, d := range []CaseLetter{SampleCase(), secret, {}} {
			fills = append(fills, func() ([]byte, error) { return CaseDOCX(f, d, docx) })
		}
	}
	for _, fill := range fills {
		out, err := fill()
		if err != nil {
			return nil, err
		}
		if filled == nil {
			filled = out
		}
	}
	return filled, nil
}

// fieldType is the struct whose fields f's template may name.
func (f Form) fieldType() reflect.Type {
	if f.Apart {
		return reflect.TypeFor[petitionFields]()
	}
	return reflect.TypeFor[CaseFields]()
}

// Used returns the fields that a form's built-in template uses.
func (f Form) Used() ([]string, error) {
	built, err := CaseTemplate(f)
	if err != nil {
		return nil, err
	}
	return fieldsIn(built)
}

var fieldName = regexp.MustCompile(`(?:\{\{|\[\[(?:if-)?(?:row|para|table))\s*\$?\.([A-Za-z]\w*)`)

// fieldsIn returns the fields that a template names, each once, and refuses a file
// that isn't to be filled, or to be handed on.
func fieldsIn(docx []byte) (names []string, err error) {
	parts, err := unpack(docx)
	if err != nil {
		return nil, Form{}.asFault(err)
	}
	if err := harmless(parts); err != nil {
		return nil, err
	}
	text := false
	for _, p := range parts {
		if !filled.MatchString(p.name) {
			continue
		}
		text = text || p.name == "word/document.xml"
		if wellFormed(p.data) != nil {
			return nil, fault(FaultNotWord, p.name)
		}
		whole := paraTag.ReplaceAllStringFunc(string(p.data), joinRuns)
		if len(p.data) > mostText || len(mark.FindAllStringIndex(whole, mostMarks+1)) > mostMarks {
			return nil, fault(FaultTooLarge, p.name)
		}
		for _, m := range fieldName.FindAllStringSubmatch(whole, -1) {
			if !slices.Contains(names, m[1]) {
				names = append(names, m[1])
			}
		}
	}
	if !text {
		return nil, fault(FaultNotWord, "")
	}
	return names, nil
}

var (
	outward   = regexp.MustCompile(`<Relationship\s[^>]*TargetMode\s*=\s*["']External["'][^>]*>`)
	hyperlink = regexp.MustCompile(`Type\s*=\s*["'][^"']*/hyperlink["']`)
)

// harmless refuses what does something by itself when the file is opened.
func harmless(parts []part) error {
	if len(parts) > mostParts {
		return fault(FaultTooLarge, fmt.Sprint(len(parts)))
	}
	for _, p := range parts {
		name := strings.ToLower(p.name)
		switch {
		case !fs.ValidPath(strings.TrimSuffix(p.name, "/")), strings.Contains(p.name, `\`): // it would unpack beside its folder
			return fault(FaultNotWord, path.Base(p.name))
		case strings.HasPrefix(name, "word/embeddings/"), strings.Contains(name, "activex"), strings.HasSuffix(name, ".bin"):
			return fault(FaultMacros, path.Base(p.name))
		case strings.HasSuffix(name, ".xml") && bytes.Contains(p.data, []byte("<!DOCTYPE")):
			return fault(FaultNotWord, p.name)
		case strings.HasSuffix(name, ".rels"):
			for _, rel := range outward.FindAll(p.data, -1) {
				if !hyperlink.Match(rel) {
					return fault(FaultOutside, path.Base(p.name))
				}
			}
		}
	}
	return nil
}

var (
	noField  = regexp.MustCompile(`can't evaluate field (\w+) in type (\S+)`)
	notRange = regexp.MustCompile(`range can't iterate|range over`)
	atField  = regexp.MustCompile(`at <(?:escape )?\$?\.([\w.]*)>`)
)

// asFault reads the fault out of an error of filling.
func (f Form) asFault(err error) error {
	if known, ok := errors.AsType[*TemplateFault](err); ok {
		if m := atField.FindStringSubmatch(err.Error()); known.What == "" && m != nil {
			known.What = m[1]
		}
		return known
	}
	said := err.Error()
	if m := noField.FindStringSubmatch(said); m != nil {
		_, ofLetter := f.fieldType().FieldByName(m[1])
		if ofLetter && m[2] != f.fieldType().String() {
			return fault(FaultInside, m[1])
		}
		return fault(FaultUnknown, m[1])
	}
	if m := atField.FindStringSubmatch(said); m != nil && notRange.MatchString(said) {
		return fault(FaultNotList, m[1])
	}
	return fault(FaultNotWord, "")
}

// FieldInfo is a field that a template may use; Items are those of its rows.
type FieldInfo struct {
	Name  string
	Kind  string // "word", "flag", "list" or "rows"
	Items []string
}

// Fields are all fields that a form's template may name.
func (f Form) Fields() (all []FieldInfo) {
	t := f.fieldType()
	for i := range t.NumField() {
		field := t.Field(i)
		info := FieldInfo{Name: field.Name, Kind: "word"}
		switch {
		case !field.IsExported():
			continue
		case field.Type.Kind() == reflect.Bool:
			info.Kind = "flag"
		case field.Type == reflect.TypeFor[[]string]():
			info.Kind = "list"
		case field.Type.Kind() == reflect.Slice:
			info.Kind = "rows"
			for j := range field.Type.Elem().NumField() {
				info.Items = append(info.Items, field.Type.Elem().Field(j).Name)
			}
		}
		all = append(all, info)
	}
	return all
}
