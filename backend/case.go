package backend

import (
	"net/http"
	"slices"
	"strings"

	"tiepdan"
)

// casePage is what case.html shows. Of a case whose outline only is for this
// person, the store has left everything else out already.
type casePage struct {
	Case       tiepdan.Case
	Outline    bool
	FieldName  string
	PlaceName  string
	UnitName   string
	Officer    string
	Mark       dueMark // of the duty that falls due next
	Clocks     clockPanel
	Given      []tiepdan.Attachment // with the filing
	Thread     []bubble
	Reachable  bool // by a chat; else by telephone, post or in person
	History    []historyRow
	Acts       actPanel
	Class      []fact
	Reclassify string // where it is classified, for who may
	Papers     []paperLink
	Directed   caseDirections
	Tries      []answerTries
	Help       helpPanel
	Bars       barPanel
	Links      linksPanel
	Citizen    citizenSide
	People     int // who put their names to it
}

// Destroyed reports whether nothing is left of the case but its history.
func (p casePage) Destroyed() bool { return p.Case.Status == tiepdan.Destroyed }

// Rests reports whether the case is suspended and no deadline of it runs.
func (p casePage) Rests() bool {
	return p.Case.Status == tiepdan.Suspended && p.Mark.On.IsZero()
}

// Since is the entry by which the case came to stand where it does.
func (p casePage) Since() tiepdan.Entry {
	e, _ := p.Case.Since()
	return e
}

// Path is the case's page.
func (p casePage) Path() string { return casePath(p.Case.Code) }

func (s *Server) showCase(w http.ResponseWriter, r *http.Request) error {
	c, err := s.caseAsked(r)
	if err != nil {
		return err
	}
	return s.renderCase(w, r, c, http.StatusOK, tiepdan.Action(r.FormValue("do")), form{})
}

// caseAsked returns the case that the address names, as this person may see it.
// A code that is written wrong and one that isn't there are the same.
func (s *Server) caseAsked(r *http.Request) (tiepdan.Case, error) {
	code, err := tiepdan.ParseCaseCode(r.PathValue("code"))
	if err != nil {
		return tiepdan.Case{}, &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.case.unknown"}
	}
	c, err := s.Store.CaseByCode(r.Context(), code)
	if err == nil {
		c, err = s.Store.ViewCase(r.Context(), c.ID, who(r).Actor())
	}
	if tiepdan.CodeOf(err) == tiepdan.NotFound && err != nil {
		return tiepdan.Case{}, &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.case.unknown"}
	}
	return c, err
}

// renderCase shows a case with one act's form open, filled in as f.
func (s *Server) renderCase(w http.ResponseWriter, r *http.Request, c tiepdan.Case, status int, open tiepdan.Action, f form) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return err
	}
	names := namer{rules: rules, staff: staff, lang: s.language(r), by: who(r).Actor()}
	actor, today := names.by, tiepdan.DateOf(s.Now())
	p := casePage{Case: c, Outline: actor.See(c) != tiepdan.Everything, FieldName: names.field(c.Field), PlaceName: names.place(c.Place),
		UnitName: names.unit(c.Unit), Officer: names.person(c.Officer), Clocks: clocksOf(c, names, today),
		Reachable: c.Channel != "desk"}
	if d, ok := tiepdan.NextDue(c, rules); ok {
		p.Mark = markOf(d.On, today)
	} else if d, ok := tiepdan.Remaining(c, rules); ok {
		p.Mark = markOf(d.On, today)
	}
	p.History = historyOf(c, names)
	if !p.Outline {
		if err := s.fillCase(r, &p, names, open, f); err != nil {
			return err
		}
	}
	return s.renderStatus(w, r, "case", status, p)
}

// fillCase adds what only those see who see everything.
func (s *Server) fillCase(r *http.Request, p *casePage, names namer, open tiepdan.Action, f form) error {
	ds, err := s.Store.Deliveries(r.Context(), p.Case.ID)
	if err != nil {
		return err
	}
	if len(p.Case.History) > 0 {
		p.Given = p.Case.History[0].Files
	}
	p.Thread = threadOf(p.Case, ds, names)
	p.Tries = triesOf(p.Case, ds, who(r).Actor(), names)
	p.Papers = papersOf(p.Case)
	if p.Directed, err = s.directionsOf(r, p.Case, names); err != nil {
		return err
	}
	if err := s.fillTogether(r, p, names, open, f); err != nil {
		return err
	}
	p.Class = classRows(p.Case.Class, names.lang)
	if tiepdan.May(p.Case, who(r).Actor(), tiepdan.Classify) {
		p.Reclassify = p.Path() + "?do=classify#act-classify"
	}
	said := form{}
	if open == tiepdan.Link {
		said = f
	}
	if p.Links, err = s.linksOf(r, p.Case, said); err != nil {
		return err
	}
	p.Citizen, p.People = citizenOf(p.Case, names.rules, who(r).Actor(), tiepdan.DateOf(s.Now())), p.Case.People()
	p.Acts, err = s.actPanel(r, p.Case, names, open, f)
	return err
}

// namer turns what a case refers to into what people call it.
type namer struct {
	rules *tiepdan.Rules
	staff []tiepdan.Staff
	lang  tiepdan.Language
	by    tiepdan.Actor // who reads
}

func (n namer) field(code string) string {
	f, _ := n.rules.Field(code)
	return fieldName(f, n.lang)
}

func (n namer) place(code string) string {
	u, _ := n.rules.Ward(code)
	return u.Name
}

func (n namer) unit(id int64) string {
	u, _ := n.rules.Unit(id)
	return u.Name
}

func (n namer) person(id int64) string {
	p, _ := n.someone(id)
	return p.Name
}

func (n namer) someone(id int64) (tiepdan.Staff, bool) {
	for _, p := range n.staff {
		if p.ID == id {
			return p, true
		}
	}
	return tiepdan.Staff{}, false
}

// paperLink is a document of a case: as a page, and where there is one as a Word file.
type paperLink struct {
	Kind string
	Word bool
}

// papersOf are the documents of a case: of what was done to it, the newest first,
// then what it can be printed as at any time.
func papersOf(c tiepdan.Case) (links []paperLink) {
	calls := tiepdan.CasePapers(c)
	slices.SortStableFunc(calls, func(a, b tiepdan.CasePaper) int { return b.Entry.N - a.Entry.N })
	for _, p := range calls {
		links = append(links, paperLink{p.Kind, true})
	}
	links = append(links, paperLink{Kind: "receipt"})
	if c.Kind == tiepdan.KhieuNai {
		links = append(links, paperLink{"petition", true}, paperLink{Kind: "checklist"})
	}
	return links
}

// hasPaper reports whether the case has that document, in that form.
func hasPaper(c tiepdan.Case, name string) bool {
	kind, word := strings.CutSuffix(name, "_docx")
	return slices.ContainsFunc(papersOf(c), func(p paperLink) bool { return p.Kind == kind && (p.Word || !word) })
}
