package backend

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"

	"tiepdan"
)

// dividePage is what divide.html shows: the petition's passages, each of which may be
// given to a part, and the parts, as many as were asked for.
type dividePage struct {
	Case     tiepdan.Case
	Passages []passage
	Parts    []partForm
	Form     form
	Wrong    int // which part is at fault; 0: none, or all
	Sealing  bool
	Kinds    []option
	Fields   []option
	Places   []option
	Numbers  []option
	MayAdd   bool
}

// passage is a paragraph; Name is its field.
type passage struct {
	Name, Text string
}

// partForm names the fields of one part.
type partForm struct{ N int }

func (p partForm) name(field string) string { return fmt.Sprintf("%s-%d", field, p.N) }

// Text, Kind, Field, Place and Files are the names of the part's fields.
func (p partForm) Text() string  { return p.name("text") }
func (p partForm) Kind() string  { return p.name("kind") }
func (p partForm) Field() string { return p.name("field") }
func (p partForm) Place() string { return p.name("place") }
func (p partForm) Files() string { return p.name("file") }

func (s *Server) showDivision(w http.ResponseWriter, r *http.Request) error {
	c, err := s.dividing(r)
	if err != nil {
		return err
	}
	f := form{Values: url.Values{"parts": {"2"}}}
	for n := range 2 {
		p := partForm{n + 1}
		f.Values.Set(p.Kind(), string(c.Kind))
		f.Values.Set(p.Field(), c.Field)
		f.Values.Set(p.Place(), c.Place)
	}
	return s.renderDivision(w, r, c, http.StatusOK, f, tiepdan.Partition{})
}

// dividing is the case that the address names, for who may divide it as it stands.
func (s *Server) dividing(r *http.Request) (tiepdan.Case, error) {
	c, err := s.caseAsked(r)
	if err == nil && who(r).Actor().See(c) != tiepdan.Everything {
		err = &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.case.unknown"}
	}
	if err == nil && !tiepdan.May(c, who(r).Actor(), tiepdan.Divide) {
		err = &tiepdan.Error{Code: tiepdan.Conflict, Key: "case.not_now"}
	}
	return c, err
}

func (s *Server) renderDivision(w http.ResponseWriter, r *http.Request, c tiepdan.Case, status int, f form, pn tiepdan.Partition) error {
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	n := partsAsked(f.Values)
	p := dividePage{Case: c, Form: f, Wrong: pn.Wrong, Sealing: pn.Sealing, Kinds: kindOptions(names.lang), Fields: fieldOptions(names.rules, names.lang),
		Places: placeOptions(names.rules), MayAdd: n < tiepdan.MaxParts}
	for i, text := range tiepdan.Passages(c.Text) {
		p.Passages = append(p.Passages, passage{fmt.Sprintf("passage-%d", i+1), text})
	}
	for i := range n {
		p.Parts = append(p.Parts, partForm{i + 1})
		p.Numbers = append(p.Numbers, option{Value: strconv.Itoa(i + 1), Label: said(names.lang, "divide.part_n", map[string]any{"N": i + 1})})
	}
	return s.renderStatus(w, r, "divide", status, p)
}

// partsAsked is how many parts the form has by now.
func partsAsked(v url.Values) int {
	n, _ := strconv.Atoi(v.Get("parts"))
	return min(max(n, 2), tiepdan.MaxParts)
}

// divide does what the pressed button says: gives the form one more part, fills the
// parts with the passages that were given to them, or divides the petition.
func (s *Server) divide(w http.ResponseWriter, r *http.Request) error {
	c, err := s.dividing(r)
	if err != nil {
		return err
	}
	f := form{Values: r.PostForm}
	switch r.PostFormValue("do") {
	case "more":
		f.Values.Set("parts", strconv.Itoa(partsAsked(f.Values)+1))
		return s.renderDivision(w, r, c, http.StatusOK, f, tiepdan.Partition{})
	case "fill":
		fillParts(f.Values, tiepdan.Passages(c.Text))
		return s.renderDivision(w, r, c, http.StatusOK, f, tiepdan.Partition{})
	}
	pn, err := s.divideAs(r, c, partsTyped(f.Values))
	if err != nil {
		wrong := pn.Wrong
		f, status, err := s.mend(r, err)
		if err != nil {
			return err
		}
		if wrong > 0 {
			f.Said = template.HTML(fmt.Sprintf("<strong>%s</strong> %s", template.HTMLEscapeString(said(s.language(r), "divide.part_n", map[string]any{"N": wrong})), f.Said))
		}
		return s.renderDivision(w, r, c, status, f, pn)
	}
	if pn.Sealing {
		return s.done(w, r, "done.divide", "/inbox") // nothing leads from the whole to its ordinary parts
	}
	return s.done(w, r, "done.divide", casePath(c.Code))
}

// divideAs divides c, after what becomes of a petition that holds a denunciation was confirmed.
func (s *Server) divideAs(r *http.Request, c tiepdan.Case, parts []tiepdan.Part) (tiepdan.Partition, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return tiepdan.Partition{}, err
	}
	pn, err := tiepdan.PartitionOf(c, parts, rules)
	if err != nil {
		return pn, err
	}
	if pn.Sealing && !ticked(r, "sealing") {
		return pn, &tiepdan.Error{Code: tiepdan.Invalid, Key: "divide.sealing"}
	}
	act := tiepdan.Act{Do: tiepdan.Divide, By: who(r).Actor(), At: s.Now(), Reason: r.PostFormValue("reason")}
	_, _, err = s.Store.DivideCase(r.Context(), c.ID, act, parts)
	return pn, err
}

// fillParts puts the passages into the parts that they were given to, in their order.
func fillParts(v url.Values, passages []string) {
	for n := range partsAsked(v) {
		text := ""
		for i, passage := range passages {
			if v.Get(fmt.Sprintf("passage-%d", i+1)) == strconv.Itoa(n+1) {
				text += passage + "\n"
			}
		}
		if text != "" {
			v.Set(partForm{n + 1}.Text(), text)
		}
	}
}

func partsTyped(v url.Values) (parts []tiepdan.Part) {
	for n := range partsAsked(v) {
		p := partForm{n + 1}
		parts = append(parts, tiepdan.Part{Text: v.Get(p.Text()), Kind: tiepdan.Kind(v.Get(p.Kind())), Field: v.Get(p.Field()),
			Place: v.Get(p.Place()), Files: v[p.Files()]})
	}
	return parts
}
