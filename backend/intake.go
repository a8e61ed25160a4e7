package backend

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"tiepdan"
)

// intakePage is what intake.html shows: first the kinds to choose from, then the
// form of one. Of a denunciation it asks for no person.
type intakePage struct {
	Kind    tiepdan.Kind
	Kinds   []tiepdan.KindSetting
	Form    form
	Draft   string
	Signs   bool // it takes a signed original
	Bases   []option
	Earlier string // the code of the case that this one follows
	Fields  []option
	Places  []option
	Files   []tiepdan.Attachment // kept at an earlier try
	Refused []refusedFile
}

// refusedFile is one that the office doesn't take, and why.
type refusedFile struct {
	Said template.HTML
}

// Sealed reports whether the form is a denunciation's.
func (p intakePage) Sealed() bool { return p.Kind == tiepdan.ToCao }

// Unnamable reports whether the person may stay unnamed.
func (p intakePage) Unnamable() bool { return p.Kind == tiepdan.PhanAnh }

func (s *Server) intakePage(r *http.Request, kind tiepdan.Kind, draft string, f form) (intakePage, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return intakePage{}, err
	}
	p := intakePage{Bases: basisOptions(s.language(r)), Earlier: f.Value("earlier"), Kind: kind, Kinds: rules.Kinds, Form: f, Draft: draft, Places: placeOptions(rules)}
	p.Signs = rules.Kind(kind).Mode == tiepdan.Prepare
	lang := s.language(r)
	for _, field := range rules.FieldsFor(kind) {
		o := option{Value: field.Code, Label: fieldName(field, lang)}
		if field.Corruption {
			o.Hint = plain(lang, "intake.corruption")
		}
		p.Fields = append(p.Fields, o)
	}
	p.Files, err = s.intakeFiles(r, draft)
	return p, err
}

func (s *Server) showIntake(w http.ResponseWriter, r *http.Request) error {
	kind := tiepdan.Kind(r.FormValue("kind"))
	if !kind.Valid() {
		kind = ""
	}
	f := filled("signed", "1")
	if c, ok, err := s.earlierAsked(r); err != nil {
		return err
	} else if ok {
		rules, err := s.Store.Rules(r.Context())
		if err != nil {
			return err
		}
		kind, f = c.Kind, secondForm(c, rules)
	}
	p, err := s.intakePage(r, kind, rand.Text(), f)
	if err != nil {
		return err
	}
	return s.render(w, r, "intake", p)
}

// draftForm is what the form's own draft may look like. The draft makes a form
// that is sent twice one case.
var draftForm = regexp.MustCompile(`^[A-Z2-7]{20,40}$`)

// takeIn files what a person brought. Files are kept first: a form that comes back
// for another fault has them still.
func (s *Server) takeIn(w http.ResponseWriter, r *http.Request) error {
	draft := r.PostFormValue("draft")
	if !draftForm.MatchString(draft) {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.error.bad_form"}
	}
	kind := tiepdan.Kind(r.PostFormValue("kind"))
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	files, refused, err := s.keepIntake(r, draft, sealedForm(r, rules))
	if err != nil {
		return err
	}
	p, err := s.desk(r, rules, "desk-"+draft, files)
	if err == nil && len(refused) > 0 {
		err = &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.intake.refused"}
	}
	var c tiepdan.Case
	if err == nil {
		c, err = s.fileOnce(r, p)
	}
	if errors.Is(err, errFiled) {
		if draft, err = s.formAnew(r, draft, files); err == nil {
			err = &tiepdan.Error{Code: tiepdan.Conflict, Key: "page.intake.filed", Args: map[string]any{"Code": c.Code}}
		}
	}
	if err != nil {
		return s.again(w, r, err, "intake", func(f form) (any, error) {
			page, err := s.intakePage(r, kind, draft, f)
			page.Refused = refused
			return page, err
		})
	}
	s.sessions.Remove(r.Context(), intakeKey(draft))
	http.Redirect(w, r, "/intake/"+string(c.Code), http.StatusSeeOther)
	return nil
}

// sealedForm reports whether what is sent will be a denunciation.
func sealedForm(r *http.Request, rules *tiepdan.Rules) bool {
	field, _ := rules.Field(r.PostFormValue("field"))
	return field.Corruption || tiepdan.Kind(r.PostFormValue("kind")) == tiepdan.ToCao
}

// desk makes the petition by the same rules as a chat's, and returns the first
// fault. The person is asked last: of what has become a denunciation, not at all.
func (s *Server) desk(r *http.Request, rules *tiepdan.Rules, id string, files []tiepdan.Attachment) (tiepdan.Petition, error) {
	p := tiepdan.Petition{ID: id, Begun: s.Now()}
	earlier, follows, err := s.earlierAsked(r)
	if err != nil {
		return p, err
	}
	if err := p.SetKind(rules.Kind(tiepdan.Kind(r.PostFormValue("kind")))); err != nil {
		return p, err
	}
	if follows {
		p.Earlier = earlier.ID
	}
	field, _ := rules.Field(r.PostFormValue("field"))
	if err := p.SetField(field); err != nil {
		return p, err
	}
	if place := r.PostFormValue("place"); place != "" {
		if _, ok := rules.Ward(place); !ok {
			return p, incomplete("page.intake.place_unknown")
		}
		p.Place = place
	}
	if text := r.PostFormValue("content"); strings.TrimSpace(text) != "" {
		if err := p.AddContent("", text, s.Now()); err != nil {
			return p, contentFault(err)
		}
	}
	for _, f := range files {
		if err := p.AddFile(f); err != nil {
			return p, err
		}
	}
	if p.Sealed() {
		return p, nil
	}
	return p, deskPerson(&p, r)
}

// deskPerson sets who brings it, for whom, and against whom.
func deskPerson(p *tiepdan.Petition, r *http.Request) error {
	p.Unsigned = !ticked(r, "signed")
	if ticked(r, "unnamed") {
		return p.StayUnnamed()
	}
	return setPerson(p, r)
}

// setPerson reads the fields that the desk and the secure page share.
func setPerson(p *tiepdan.Petition, r *http.Request) error {
	if err := p.SetName(r.PostFormValue("name")); err != nil {
		return err
	}
	if phone := r.PostFormValue("phone"); strings.TrimSpace(phone) != "" {
		if err := p.SetPhone(phone); err != nil {
			return err
		}
	}
	if err := p.SetAddress(r.PostFormValue("address")); err != nil {
		return err
	}
	if err := p.SetIDNumber(r.PostFormValue("id_number")); err != nil {
		return err
	}
	if err := p.SetRespondent(r.PostFormValue("respondent"), r.PostFormValue("respondent_address")); err != nil {
		return err
	}
	people, err := peopleOf(r)
	if err != nil {
		return err
	}
	return p.SetGroup(tiepdan.NewGroup(r.PostFormValue("on_behalf"), r.PostFormValue("basis"), people,
		r.PostFormValue("representatives"), r.PostFormValue("complainants")))
}

func intakeKey(draft string) string { return "intake:" + draft }

// intakeFiles are what was kept for a draft already. They stand in the session: a
// browser is never believed which content belongs to its case.
func (s *Server) intakeFiles(r *http.Request, draft string) (files []tiepdan.Attachment, err error) {
	if kept := s.sessions.GetBytes(r.Context(), intakeKey(draft)); kept != nil {
		err = json.Unmarshal(kept, &files)
	}
	return files, err
}

// keepIntake keeps the files that were sent and adds them to those kept before;
// the ones that were taken off the list are dropped from it.
func (s *Server) keepIntake(r *http.Request, draft string, sealed bool) (files []tiepdan.Attachment, refused []refusedFile, err error) {
	if files, err = s.intakeFiles(r, draft); err != nil {
		return nil, nil, err
	}
	files = slices.DeleteFunc(files, func(f tiepdan.Attachment) bool { return slices.Contains(r.PostForm["drop"], f.SHA256) })
	if r.MultipartForm != nil {
		for _, sent := range r.MultipartForm.File["files"] {
			kept, why, err := s.keep(r, sent, sealed)
			if err != nil {
				return nil, nil, err
			}
			if why != "" {
				said := s.explain(r, &tiepdan.Error{Code: tiepdan.Invalid, Key: why, Args: map[string]any{"Name": sent.Filename}})
				refused = append(refused, refusedFile{said})
			} else if len(files) <= tiepdan.MaxFiles {
				files = append(files, kept)
			}
		}
	}
	return files, refused, s.keepFiles(r, draft, files)
}

// keepFiles notes which files a draft has.
func (s *Server) keepFiles(r *http.Request, draft string, files []tiepdan.Attachment) error {
	b, err := json.Marshal(files)
	s.sessions.Put(r.Context(), intakeKey(draft), b)
	return err
}

// takenInPage is what taken_in.html shows: what to print for the person.
type takenInPage struct {
	Code     tiepdan.CaseCode
	Kind     tiepdan.Kind
	Sealed   bool
	Unsigned bool
	Path     string
	Papers   []paperLink
	Alike    []tiepdan.Alike // perhaps the office has it already
	Letter   int
}

func (s *Server) showTakenIn(w http.ResponseWriter, r *http.Request) error {
	c, err := s.seenCase(r)
	if err != nil {
		return err
	}
	p := takenInPage{Code: c.Code, Kind: c.Kind, Sealed: c.Sealed(), Unsigned: c.Status == tiepdan.AwaitingOriginal, Path: casePath(c.Code),
		Papers: papersHandedOver(c)}
	if p.Alike, p.Letter, err = s.suggested(r, c); err != nil {
		return err
	}
	return s.render(w, r, "taken_in", p)
}

// papersHandedOver are those that go with the person who stands at the desk: what they
// sign and bring, or, of what they have handed in, that it was taken.
func papersHandedOver(c tiepdan.Case) []paperLink {
	links := []paperLink{{Kind: "receipt"}}
	switch {
	case c.Status == tiepdan.AwaitingOriginal && c.Kind == tiepdan.KhieuNai:
		links = append(links, paperLink{"petition", true}, paperLink{Kind: "checklist"})
	case c.Kind == tiepdan.KhieuNai || len(c.Files) > 0:
		links = append(links, paperLink{"handover", true})
	}
	return slices.DeleteFunc(links, func(p paperLink) bool { return !hasPaper(c, p.Kind) })
}

// seenCase is the case that the address names, for who may see that it is there.
func (s *Server) seenCase(r *http.Request) (tiepdan.Case, error) {
	none := &tiepdan.Error{Code: tiepdan.NotFound, Key: "case.none"}
	code, err := tiepdan.ParseCaseCode(r.PathValue("code"))
	if err != nil {
		return tiepdan.Case{}, none
	}
	c, err := s.Store.CaseByCode(r.Context(), code)
	if err == nil && who(r).Actor().See(c) == tiepdan.Nothing {
		return tiepdan.Case{}, none
	}
	return c, err
}
