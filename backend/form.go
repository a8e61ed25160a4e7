package backend

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tiepdan"
)

// form is what a page's form shows again: what was typed, and what is wrong with it.
type form struct {
	Values url.Values
	Said   template.HTML // what is wrong, in words; "" when nothing is
}

// filled is a form that holds values, as for editing what is there. Pairs are
// names and values.
func filled(pairs ...string) form {
	f := form{Values: url.Values{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Values.Add(pairs[i], pairs[i+1])
	}
	return f
}

// Value returns what stands in a field.
func (f form) Value(name string) string { return f.Values.Get(name) }

// Has reports whether value is among the field's.
func (f form) Has(name, value string) bool { return slices.Contains(f.Values[name], value) }

// mend makes of a person's error the form as they typed it, with the words of
// what is wrong, and the status to answer with. Any other error it gives back.
func (s *Server) mend(r *http.Request, err error) (form, int, error) {
	switch code := tiepdan.CodeOf(err); code {
	case tiepdan.Invalid, tiepdan.Conflict, tiepdan.Limited:
		return form{Values: r.PostForm, Said: s.explain(r, err)}, statuses[code], nil
	}
	return form{}, 0, err
}

// control is one field of a form, as the parts "input", "area", "choose",
// "radios", "tick" and "upload" draw it.
type control struct {
	Form     form
	Name     string
	Label    string // a key without "page."
	Hint     string // likewise
	Type     string
	Rows     int
	Auto     string // autocomplete
	Required bool
	Focus    bool
	Groups   []group
	Empty    string // a key for the choice of nothing
	ID       string
	Most     int // characters that it takes; 0: of one line [tiepdan.MaxAddress], otherwise its rule says
}

// group is a list of choices under one heading; "" has none.
type group struct {
	Label   string
	Options []option
}

// option is one choice. Hint is said beside it; Text is what it suggests to write.
type option struct {
	Value string
	Label string
	Hint  string
	Text  string
}

// newControl builds a control in a template: control .Form "name" "people.name" "required" "hint=people.name_hint".
// Flags: required, focus, type=, rows=, auto=, hint=, empty=, id=, most=. Options are a []option or []group.
func newControl(f form, name, label string, more ...any) control {
	c := control{Form: f, Name: name, Label: label, Type: "text", Rows: 4, ID: "f-" + name}
	for _, m := range more {
		switch m := m.(type) {
		case []option:
			c.Groups = []group{{Options: m}}
		case []group:
			c.Groups = m
		case string:
			c.flag(m)
		}
	}
	return c
}

func (c *control) flag(flag string) {
	name, value, _ := strings.Cut(flag, "=")
	switch name {
	case "required":
		c.Required = true
	case "focus":
		c.Focus = true
	case "type":
		c.Type = value
	case "rows":
		c.Rows, _ = strconv.Atoi(value)
	case "auto":
		c.Auto = value
	case "hint":
		c.Hint = value
	case "empty":
		c.Empty = value
	case "id":
		c.ID = value
	case "most":
		c.Most, _ = strconv.Atoi(value)
	}
}

// Limit is how many characters may be typed into the control; 0: it isn't for the
// browser to say.
func (c control) Limit() int {
	if oneLined := slices.Contains([]string{"text", "tel", "email"}, c.Type); c.Most == 0 && oneLined && c.Groups == nil {
		return tiepdan.MaxAddress
	}
	return c.Most
}

// Value is what stands in the control.
func (c control) Value() string { return c.Form.Value(c.Name) }

// Chosen reports whether the choice is made.
func (c control) Chosen(value string) bool { return c.Form.Has(c.Name, value) }

// number reads an id from a form; what is no number is 0.
func number(r *http.Request, name string) int64 {
	n, _ := strconv.ParseInt(r.FormValue(name), 10, 64)
	return n
}

// day reads a date from an address; what is no date is none. A form's is read by
// [typedForm.day], which says so.
func day(r *http.Request, name string) tiepdan.Date {
	d, err := tiepdan.ParseDate(strings.TrimSpace(r.FormValue(name)))
	if err != nil {
		return tiepdan.Date{}
	}
	return d
}

// ticked reports whether a box was ticked.
func ticked(r *http.Request, name string) bool { return r.FormValue(name) != "" }
