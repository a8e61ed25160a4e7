package backend

import (
	"net/http"
	"slices"
	"strings"

	"tiepdan"
)

// entryPage is what book_entry.html shows: an entry in its last version, and what
// each version before said.
type entryPage struct {
	Entry    tiepdan.Reception
	Hidden   bool // sealed, and not for this reader
	Facts    []entryFact
	Versions []tiepdan.Reception
	Names    map[int64]string
	Corrects bool
	CaseCode tiepdan.CaseCode
	Session  tiepdan.Session
}

// entryFact is one field in all versions, the first first. Key is its label's.
type entryFact struct {
	Key   string
	Cells []entryCell
	Moved bool // not the same in all
}

// Last is what the field says now.
func (f entryFact) Last() string { return f.Cells[len(f.Cells)-1].Text }

// entryCell is a field in one version.
type entryCell struct {
	Text    string
	Changed bool // other than in the version before
}

func (s *Server) showEntry(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "reception.none")
	if err != nil {
		return err
	}
	actor := who(r).Actor()
	versions, err := s.Store.ReceptionVersions(r.Context(), actor, id)
	if err != nil {
		return err
	}
	e := versions[len(versions)-1]
	d, err := s.Store.Session(r.Context(), e.Session)
	if err != nil {
		return err
	}
	p := entryPage{Entry: e, Hidden: e.Sealed() && !actor.Cleared, Versions: versions, Session: d, CaseCode: e.CaseCode}
	p.Corrects = actor.Role.MayEnter(tiepdan.DeskArea) && !p.Hidden
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	p.Names = map[int64]string{}
	for _, v := range versions {
		p.Names[v.By] = names.person(v.By)
	}
	if !p.Hidden {
		p.Facts = entryFacts(versions, names)
	}
	return s.render(w, r, "book_entry", p)
}

// entryFacts sets the versions beside each other, field by field; what no version
// says is left out.
func entryFacts(versions []tiepdan.Reception, names namer) (facts []entryFact) {
	for _, part := range entryParts {
		f := entryFact{Key: part.Key}
		said := false
		for i, v := range versions {
			c := entryCell{Text: part.Say(v, names)}
			c.Changed = i > 0 && c.Text != f.Cells[i-1].Text
			f.Moved = f.Moved || c.Changed
			said = said || c.Text != ""
			f.Cells = append(f.Cells, c)
		}
		if said {
			facts = append(facts, f)
		}
	}
	return facts
}

// entryParts are the fields of an entry as its page shows them.
var entryParts = []struct {
	Key string
	Say func(e tiepdan.Reception, n namer) string
}{
	{"entry.person", func(e tiepdan.Reception, n namer) string {
		if e.Sealed() {
			return plain(n.lang, "entry.secret")
		}
		return e.Person.Name
	}},
	{"entry.address", func(e tiepdan.Reception, _ namer) string { return e.Person.Address }},
	{"entry.phone", func(e tiepdan.Reception, _ namer) string { return e.Person.Phone }},
	{"entry.id_number", func(e tiepdan.Reception, _ namer) string { return e.Person.IDNumber }},
	{"entry.id_seen", func(e tiepdan.Reception, n namer) string { return tickSaid(e.IDSeen, n.lang) }},
	{"entry.people", func(e tiepdan.Reception, _ namer) string { return decimal(e.People) }},
	{"entry.spokesmen", func(e tiepdan.Reception, _ namer) string { return strings.Join(e.Spokesmen, "\n") }},
	{"entry.kind", func(e tiepdan.Reception, n namer) string { return plain(n.lang, "kind."+string(e.Kind)) }},
	{"entry.field", func(e tiepdan.Reception, n namer) string { return n.field(e.Field) }},
	{"entry.content", func(e tiepdan.Reception, _ namer) string { return e.Content }},
	{"entry.again", func(e tiepdan.Reception, n namer) string { return tickSaid(e.Again, n.lang) }},
	{"entry.prior", func(e tiepdan.Reception, _ namer) string { return e.PriorBody }},
	{"entry.result", func(e tiepdan.Reception, n namer) string { return plain(n.lang, "result."+string(e.Result)) }},
	{"entry.body", func(e tiepdan.Reception, _ namer) string { return e.Body }},
	{"entry.ground", groundSaid},
	{"entry.ground_text", func(e tiepdan.Reception, _ namer) string { return e.GroundText }},
	{"entry.answer_by", func(e tiepdan.Reception, _ namer) string { return writeDate(e.AnswerBy) }},
	{"entry.handling", func(e tiepdan.Reception, _ namer) string { return e.Handling }},
	{"entry.followed", func(e tiepdan.Reception, _ namer) string { return e.Followed }},
	{"entry.note", func(e tiepdan.Reception, _ namer) string { return e.Note }},
	{"entry.receiver", func(e tiepdan.Reception, _ namer) string { return e.Receiver }},
}

func groundSaid(e tiepdan.Reception, n namer) string {
	if !slices.Contains(tiepdan.Grounds(), e.Ground) {
		return ""
	}
	return plain(n.lang, "ground."+string(e.Ground))
}

func tickSaid(on bool, lang tiepdan.Language) string {
	if on {
		return plain(lang, "yes")
	}
	return plain(lang, "no")
}

// correctPage is what book_correct.html shows.
type correctPage struct {
	Entry tiepdan.Reception
	Form  *entryForm
}

func (s *Server) showCorrection(w http.ResponseWriter, r *http.Request) error {
	e, err := s.entryAsked(r)
	if err != nil {
		return err
	}
	f := shownAgain(e)
	f.Values.Set("guided_to", e.Body)
	p, err := s.correctPage(r, e, f)
	if err != nil {
		return err
	}
	return s.render(w, r, "book_correct", p)
}

// entryAsked is the entry that the address names, for who may correct it: nobody
// corrects what they may not read.
func (s *Server) entryAsked(r *http.Request) (tiepdan.Reception, error) {
	id, err := pathID(r, "reception.none")
	if err != nil {
		return tiepdan.Reception{}, err
	}
	e, err := s.Store.Reception(r.Context(), who(r).Actor(), id)
	if err == nil && e.Sealed() && !who(r).Cleared {
		err = &tiepdan.Error{Code: tiepdan.Forbidden, Key: "page.entry.not_cleared"}
	}
	return e, err
}

func (s *Server) correctPage(r *http.Request, e tiepdan.Reception, f form) (correctPage, error) {
	ef, err := s.entryForm(r, "/book/"+decimal(e.ID), "book/"+decimal(e.ID)+"/"+f.Value("expected"), f)
	if err != nil {
		return correctPage{}, err
	}
	ef.Corrects, ef.Code = true, e.CaseCode
	ef.Ref = "correct-" + decimal(e.ID) + "-" + f.Value("expected")
	return correctPage{e, ef}, nil
}

// correctEntry writes another version, with the reason. Whoever corrects what has
// been corrected meanwhile is told so.
func (s *Server) correctEntry(w http.ResponseWriter, r *http.Request) error {
	e, err := s.entryAsked(r)
	if err != nil {
		return err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	next, err := s.corrected(r, rules, e)
	if err == nil {
		_, err = s.Store.CorrectReception(r.Context(), who(r).Actor(), e.ID, int(number(r, "expected")),
			func(tiepdan.Reception) (tiepdan.Reception, error) { return next, nil })
	}
	if err == nil {
		return s.entered(w, r, "/book/"+decimal(e.ID))
	}
	if background(r) {
		return s.unsaid(w, r, err)
	}
	return s.again(w, r, err, "book_correct", func(f form) (any, error) { return s.correctPage(r, e, f) })
}

// corrected is the entry as the form has it now.
func (s *Server) corrected(r *http.Request, rules *tiepdan.Rules, e tiepdan.Reception) (tiepdan.Reception, error) {
	had := e.Case
	next, err := readEntry(r, rules, e)
	if err != nil {
		return next, err
	}
	next.Why, next.Version = tiepdan.Clean(r.PostFormValue("why")), e.Version+1
	if had != 0 && next.Result == tiepdan.ResultTakenIn {
		_, err = next.Check() // it has its case
		return next, err
	}
	if number(r, "expected") != int64(e.Version) { // before a case is filed for nothing
		return next, &tiepdan.Error{Code: tiepdan.Conflict, Key: "reception.changed"}
	}
	return s.caseOf(r, rules, next, tiepdan.Appointment{Name: e.Person.Name, Phone: e.Person.Phone})
}

// printEntry prints a paper of an entry: the notice of a refusal, the day of an answer.
func (s *Server) printEntry(what string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		e, err := s.entryAsked(r)
		if err != nil {
			return err
		}
		wants := map[string]tiepdan.Result{"refusal": tiepdan.ResultRefused, "answer_date": tiepdan.ResultPromised}[what]
		if e.Result != wants {
			return &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.error.no_page"}
		}
		return s.sendPrint(w, r, what, e.ID, nil)
	}
}
