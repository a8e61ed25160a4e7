package main

import (
	"errors"
	"slices"

	"tiepdan"
	"tiepdan/templates/paper"
)

// Forms are the papers whose Word template the office may replace, in the order of
// a case's life.
func (p papers) Forms() (all []tiepdan.PaperForm) {
	for _, f := range paper.Templates() {
		from, _ := tiepdan.ParseDate(f.ValidFrom) // held by the forms' own test
		all = append(all, tiepdan.PaperForm{Kind: f.Kind, FormCode: f.FormCode, Source: f.Source, ValidFrom: from,
			Confirmed: f.Confirmed, Internal: f.Internal})
	}
	return all
}

// form is the form of that kind; one that there is none of isn't found.
func form(kind string) (paper.Form, error) {
	f, ok := paper.FormOf(kind)
	if !ok {
		return f, &tiepdan.Error{Code: tiepdan.NotFound, Key: "template.none"}
	}
	return f, nil
}

// FormFields are the fields that a template may use; Used are those of the form's
// built-in template.
func (p papers) FormFields(kind string) (all []tiepdan.PaperField, err error) {
	f, err := form(kind)
	if err != nil {
		return nil, err
	}
	used, err := f.Used()
	for _, i := range f.Fields() {
		all = append(all, tiepdan.PaperField{Name: i.Name, Kind: i.Kind, Items: i.Items, Used: slices.Contains(used, i.Name), Key: fieldKey(f, i.Name)})
	}
	return all, err
}

// fieldKey names the words for a field, without "page.templates.": the petition's
// fields are its own.
func fieldKey(f paper.Form, name string) string {
	if f.Apart {
		return "p_" + name
	}
	return "f_" + name
}

// FormTemplate is a form's built-in Word template.
func (p papers) FormTemplate(kind string) (name, mime string, data []byte, err error) {
	f, err := form(kind)
	if err == nil {
		data, err = paper.CaseTemplate(f)
	}
	return f.File + "-mau.docx", docxType, data, err
}

// FormSample is a form's built-in page with sample data.
func (p papers) FormSample(kind string) (name, mime string, data []byte, err error) {
	f, err := form(kind)
	switch {
	case err != nil:
	case f.Apart:
		data, err = paper.Petition(paper.SamplePetition())
	default:
		data, err = paper.CasePDF(f, paper.SampleCase())
	}
	return f.File + "-thu.pdf", pdfType, data, err
}

// TryTemplate fills a template with sample data, or the built-in one where there is none.
func (p papers) TryTemplate(kind string, docx []byte) (name, mime string, filled []byte, unused []string, err error) {
	f, err := form(kind)
	if err == nil && docx == nil {
		docx, err = paper.CaseTemplate(f)
	}
	if err == nil {
		filled, unused, err = paper.TryTemplate(f, docx)
	}
	if fault, ok := errors.AsType[*paper.TemplateFault](err); ok {
		err = &tiepdan.Error{Code: tiepdan.Invalid, Key: faultKeys[fault.Reason], Args: map[string]any{"What": fault.What}}
	}
	return f.File + "-thu.docx", docxType, filled, unused, err
}

// faultKeys are the words for what is wrong with a template.
var faultKeys = map[string]string{
	paper.FaultNotWord: "template.not_word", paper.FaultMacros: "template.macros", paper.FaultOutside: "template.outside",
	paper.FaultTooLarge: "template.too_large", paper.FaultUnknown: "template.unknown_field", paper.FaultInside: "template.inside",
	paper.FaultList: "template.list", paper.FaultNotList: "template.not_list", paper.FaultNoField: "template.no_field",
	paper.FaultMark: "template.mark", paper.FaultFieldless: "template.fieldless",
}
