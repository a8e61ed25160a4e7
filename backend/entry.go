package backend

import (
	"net/http"
	"net/url"
	"strings"

	"tiepdan"
)

// entryForm is the form of an entry of the book, as desk.html and
// book_correct.html draw it. Slot says where it belongs, so that a browser which
// kept what was typed finds it again.
type entryForm struct {
	Path     string
	Slot     string
	Ref      string
	Corrects bool             // it corrects an entry
	Code     tiepdan.CaseCode // of the case that it is about already
	Form     form
	Kinds    []option
	Fields   []fieldOption
	Places   []option
	Results  []option
	Grounds  []option
}

// fieldOption is a field, and whether it makes a denunciation of what is entered.
type fieldOption struct {
	option
	Seals bool
}

func (s *Server) entryForm(r *http.Request, path, slot string, f form) (*entryForm, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return nil, err
	}
	lang := s.language(r)
	e := &entryForm{Path: path, Slot: slot, Ref: f.Value("ref"), Form: f, Kinds: kindOptions(lang), Places: placeOptions(rules)}
	for _, have := range rules.Fields {
		if have.Active {
			o := fieldOption{option{Value: have.Code, Label: fieldName(have, lang)}, have.Corruption}
			if have.Corruption {
				o.Hint = plain(lang, "intake.corruption")
			}
			e.Fields = append(e.Fields, o)
		}
	}
	for _, res := range tiepdan.Results() {
		e.Results = append(e.Results, option{Value: string(res), Label: plain(lang, "result."+string(res))})
	}
	for _, g := range tiepdan.Grounds() {
		e.Grounds = append(e.Grounds, option{Value: string(g), Label: plain(lang, "ground."+string(g))})
	}
	return e, nil
}

// newEntryForm is the form for who is being received. What a case of theirs tells
// stands in it already.
func (s *Server) newEntryForm(r *http.Request, d tiepdan.Session, a tiepdan.Appointment) (*entryForm, error) {
	f := filled("ref", newRef(), "name", a.Name, "phone", a.Phone, "signed", "1", "people", "1")
	if a.Case != 0 {
		if err := s.fillFromCase(r, a, f.Values); err != nil {
			return nil, err
		}
	}
	e, err := s.entryForm(r, deskPath(d.ID)+"/entry", "desk/"+decimal(d.ID)+"/"+decimal(a.ID), f)
	if err == nil {
		e.Code = a.CaseCode
	}
	return e, err
}

// fillFromCase writes into a form what the case of an appointment says of the
// person, where the one at the desk may see it.
func (s *Server) fillFromCase(r *http.Request, a tiepdan.Appointment, v url.Values) error {
	c, err := s.Store.ViewCase(r.Context(), a.Case, who(r).Actor())
	if err != nil {
		return err
	}
	if c.Sealed() || who(r).Actor().See(c) != tiepdan.Everything {
		return nil
	}
	v.Set("kind", string(c.Kind))
	v.Set("field", c.Field)
	v.Set("place", c.Place)
	v.Set("again", "1")
	if p := c.Person; tiepdan.Fold(p.Name) == tiepdan.Fold(a.Name) || a.Name == "" {
		v.Set("name", p.Name)
		v.Set("phone", p.Phone)
		v.Set("address", p.Address)
		v.Set("id_number", p.IDNumber)
	}
	return nil
}

// shownAgain is the form of an entry as it stands in the book, to be corrected.
func shownAgain(e tiepdan.Reception) form {
	return filled("ref", e.Ref, "expected", decimal(e.Version), "kind", string(e.Kind), "field", e.Field, "content", e.Content,
		"name", e.Person.Name, "phone", e.Person.Phone, "address", e.Person.Address, "id_number", e.Person.IDNumber,
		"id_seen", mark1(e.IDSeen), "people", decimal(e.People), "representatives", strings.Join(e.Spokesmen, "\n"),
		"again", mark1(e.Again), "prior", e.PriorBody, "result", string(e.Result), "handling", e.Handling, "body", e.Body,
		"ground", string(e.Ground), "ground_text", e.GroundText, "answer_by", dateValue(e.AnswerBy), "followed", e.Followed,
		"note", e.Note, "signed", "1")
}

func dateValue(d tiepdan.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// readEntry reads an entry's form over e, which holds what the form doesn't ask.
// Of a denouncer no person is read at all.
func readEntry(r *http.Request, rules *tiepdan.Rules, e tiepdan.Reception) (tiepdan.Reception, error) {
	e.Kind, e.Field = tiepdan.Kind(r.PostFormValue("kind")), r.PostFormValue("field")
	if field, ok := rules.Field(e.Field); e.Field != "" && !ok {
		return e, incomplete("petition.field_unknown")
	} else if field.Corruption {
		e.Kind = tiepdan.ToCao
	}
	e.Content, e.Handling = tiepdan.Clean(r.PostFormValue("content")), tiepdan.Clean(r.PostFormValue("handling"))
	in := typedIn(r)
	e.Again, e.PriorBody = ticked(r, "again"), in.line("prior")
	e.Note, e.Followed = tiepdan.Clean(r.PostFormValue("note")), tiepdan.Clean(r.PostFormValue("followed"))
	if readResult(in, &e); in.fault != nil {
		return e, in.fault
	}
	e.Person, e.Spokesmen, e.IDSeen = tiepdan.Person{}, nil, false
	if e.Sealed() {
		people, err := peopleOf(r)
		e.People = max(1, people)
		return e, err
	}
	return readReceived(r, e)
}

// readResult reads what came of it, and of the rest only what that result needs.
func readResult(in *typedForm, e *tiepdan.Reception) {
	e.Result = tiepdan.Result(in.r.PostFormValue("result"))
	e.Body, e.Ground, e.GroundText, e.AnswerBy = "", "", "", tiepdan.Date{}
	switch e.Result {
	case tiepdan.ResultTransfer:
		e.Body = in.line("body")
	case tiepdan.ResultGuided:
		e.Body = in.line("guided_to")
	case tiepdan.ResultRefused:
		e.Ground, e.GroundText = tiepdan.Ground(in.r.PostFormValue("ground")), in.line("ground_text")
	case tiepdan.ResultPromised:
		e.AnswerBy = in.day("answer_by")
	}
}

// readReceived reads who was received, by the rules of a petition.
func readReceived(r *http.Request, e tiepdan.Reception) (tiepdan.Reception, error) {
	if strings.TrimSpace(r.PostFormValue("name")) == "" {
		return e, incomplete("reception.name_missing")
	}
	p := tiepdan.Petition{Kind: e.Kind}
	if err := setPerson(&p, r); err != nil {
		return e, err
	}
	e.Person, e.People, e.Spokesmen, e.IDSeen = p.Person, max(1, p.Group.People), p.Group.Representatives, ticked(r, "id_seen")
	if e.InGroup() && len(e.Spokesmen) == 0 {
		return e, incomplete("page.entry.spokesmen_missing")
	}
	return e, nil
}
