package backend

import (
	"net/http"
	"slices"
	"strings"

	"tiepdan"
)

// fieldRow is a field in the list.
type fieldRow struct {
	tiepdan.Field
	UnitName string
}

func (s *Server) showFields(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	var rows []fieldRow
	for _, f := range rules.Fields {
		unit, _ := rules.Unit(f.Unit)
		rows = append(rows, fieldRow{f, unit.Name})
	}
	return s.render(w, r, "fields", rows)
}

// fieldPage is what field.html shows: one field, or a new one.
type fieldPage struct {
	Field   tiepdan.Field // the zero value: a new one
	Form    form
	Kinds   []option
	Units   []option
	Buckets []string // the headings that others have
}

func (s *Server) fieldPage(r *http.Request, field tiepdan.Field, f form) (fieldPage, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return fieldPage{}, err
	}
	lang := s.language(r)
	p := fieldPage{Field: field, Form: f, Kinds: kindOptions(lang), Units: unitOptions(rules, nil, lang)}
	for _, other := range rules.Fields {
		if other.Bucket != "" && !slices.Contains(p.Buckets, other.Bucket) {
			p.Buckets = append(p.Buckets, other.Bucket)
		}
	}
	return p, nil
}

func (s *Server) showNewField(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	p, err := s.fieldPage(r, tiepdan.Field{}, filled("active", "1", "order", decimal(nextPlace(rules.Fields))))
	if err != nil {
		return err
	}
	return s.render(w, r, "field", p)
}

// nextPlace is the place after the last.
func nextPlace(fields []tiepdan.Field) int {
	last := 0
	for _, f := range fields {
		last = max(last, f.Order)
	}
	return last + 1
}

// field is the one that the address names.
func (s *Server) field(r *http.Request) (tiepdan.Field, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return tiepdan.Field{}, err
	}
	f, ok := rules.Field(r.PathValue("code"))
	if !ok {
		return f, &tiepdan.Error{Code: tiepdan.NotFound, Key: "field.none"}
	}
	return f, nil
}

func (s *Server) showField(w http.ResponseWriter, r *http.Request) error {
	field, err := s.field(r)
	if err != nil {
		return err
	}
	f := filled("name", field.Name, "name_en", field.NameEN, "bucket", field.Bucket, "unit", decimal(field.Unit),
		"corruption", mark1(field.Corruption), "active", mark1(field.Active), "order", decimal(field.Order))
	for _, k := range field.Kinds {
		f.Values.Add("kinds", string(k))
	}
	p, err := s.fieldPage(r, field, f)
	if err != nil {
		return err
	}
	return s.render(w, r, "field", p)
}

// saveField adds a field, or changes the one that the address names.
func (s *Server) saveField(w http.ResponseWriter, r *http.Request) error {
	var before tiepdan.Field
	if r.PathValue("code") != "" {
		var err error
		if before, err = s.field(r); err != nil {
			return err
		}
	}
	field, err := s.readField(r, before.Code)
	if err == nil {
		err = s.Store.SaveField(r.Context(), who(r).Actor(), field)
	}
	if err != nil {
		return s.again(w, r, err, "field", func(f form) (any, error) { return s.fieldPage(r, before, f) })
	}
	return s.done(w, r, "fields.saved", "/fields")
}

// readField reads the form. A new field's code mustn't be another's.
func (s *Server) readField(r *http.Request, code string) (tiepdan.Field, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return tiepdan.Field{}, err
	}
	if code == "" {
		code = strings.TrimSpace(r.PostFormValue("code"))
		if _, taken := rules.Field(code); taken {
			return tiepdan.Field{}, &tiepdan.Error{Code: tiepdan.Conflict, Key: "settings.taken"}
		}
	}
	in := typedIn(r)
	f := tiepdan.Field{Code: code, Name: in.line("name"), NameEN: in.line("name_en"), Bucket: in.line("bucket"), Unit: number(r, "unit"),
		Corruption: ticked(r, "corruption"), Active: ticked(r, "active"), Order: int(number(r, "order"))}
	for _, k := range tiepdan.Kinds() {
		if slices.Contains(r.PostForm["kinds"], string(k)) {
			f.Kinds = append(f.Kinds, k)
		}
	}
	if in.fault != nil {
		return f, in.fault
	}
	if _, known := rules.Unit(f.Unit); f.Unit != 0 && !known {
		return f, &tiepdan.Error{Code: tiepdan.Invalid, Key: "unit.none"}
	}
	if f.Name == "" || !codeForm.MatchString(code) {
		return f, incomplete("page.fields.incomplete")
	}
	return f, nil
}
