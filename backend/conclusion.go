package backend

import (
	"html/template"
	"net/http"
	"slices"

	"tiepdan"
)

// conclusionItem is one matter of a conclusion as its page shows it.
type conclusionItem struct {
	tiepdan.ConclusionItem
	N        int // from 1; its fields' names end in it
	Person   string
	Number   int // of the entry in the book; 0: none
	UnitName string
	Hidden   bool   // not for this reader
	NoDay    string // what was typed for its day, and is none
}

// toldCitizen is somebody whom the conclusion concerns, and whether a message
// tells them.
type toldCitizen struct {
	tiepdan.ConclusionTold
	Person string
	Number int
}

// conclusionPage is what conclusion.html shows. Others may read it, too: what they
// may not see the store has left out.
type conclusionPage struct {
	Session    tiepdan.Session
	C          tiepdan.Conclusion
	Written    bool
	Items      []conclusionItem
	Units      []option
	Form       form
	Ask        form
	NumberForm form
	Unwritten  int // entries of the book that no item is about yet
	Citizens   []toldCitizen
	Quiet      int // received, but without a chat
	Concerned  []string
	Rows       []directiveRow
	May        map[string]bool
	WhyNot     template.HTML // why this person may not approve what they could otherwise
	Writer     string
	Approver   string
	Book       bool // may open the book, so sees names
}

// Path is the page's own.
func (p conclusionPage) Path() string { return conclusionPath(p.Session.ID) }

func conclusionPath(session int64) string { return "/sessions/" + decimal(session) + "/conclusion" }

func (s *Server) showConclusion(w http.ResponseWriter, r *http.Request) error {
	d, err := s.reception(r)
	if err != nil {
		return err
	}
	c, ok, err := s.Store.Conclusion(r.Context(), who(r).Actor(), d.ID)
	if err != nil {
		return err
	}
	if !ok && who(r).Role.InUnit() {
		return &tiepdan.Error{Code: tiepdan.NotFound, Key: "conclusion.none"}
	}
	p, err := s.conclusionPage(r, d, c, form{})
	if err != nil {
		return err
	}
	return s.render(w, r, "conclusion", p)
}

// conclusionPage shows c, which may be as somebody typed it.
func (s *Server) conclusionPage(r *http.Request, d tiepdan.Session, c tiepdan.Conclusion, f form) (conclusionPage, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return conclusionPage{}, err
	}
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return conclusionPage{}, err
	}
	names := namer{rules: rules, staff: staff, lang: s.language(r)}
	actor := who(r).Actor()
	p := conclusionPage{Session: d, C: c, Written: c.ID != 0, Form: f, Units: unitOptions(rules, nil, names.lang), May: map[string]bool{},
		NumberForm: filled("number", c.Number), Writer: names.person(c.By), Approver: names.person(c.ApprovedBy), Book: who(r).Role.MayEnter(tiepdan.BookArea)}
	for _, do := range []tiepdan.ConclusionAction{tiepdan.WriteConclusion, tiepdan.SubmitConclusion, tiepdan.ReturnConclusion, tiepdan.ApproveConclusion, tiepdan.NumberConclusion} {
		p.May[string(do)] = p.Written && c.May(do, actor)
	}
	p.May["draft"] = (!p.Written || p.May["write"]) && slices.Contains(planners, actor.Role) && (d.Status == tiepdan.SessionOpen || d.Status == tiepdan.SessionHeld)
	if p.May["approve"] {
		if err := c.Approves(actor, c.OthersApprove(actor)); err != nil {
			p.May["approve"], p.WhyNot = false, s.explain(r, err)
		}
	}
	return p, s.fillConclusion(r, &p, names)
}

// fillConclusion adds the items, whom they concern, and what came of them.
func (s *Server) fillConclusion(r *http.Request, p *conclusionPage, names namer) error {
	actor := who(r).Actor()
	entries, err := s.entriesOf(r, p)
	if err != nil {
		return err
	}
	about := map[int64]bool{}
	for n, i := range p.C.Items {
		e := entries[i.Reception]
		item := conclusionItem{ConclusionItem: i, N: n + 1, Person: e.Person.Name, Number: e.Number, UnitName: names.unit(i.Unit), Hidden: i.Withheld}
		if said := p.Form.Value("due-" + decimal(n+1)); i.Due.IsZero() && !i.Withheld {
			item.NoDay = said
		}
		p.Items = append(p.Items, item)
		about[i.Reception] = true
		if item.UnitName != "" && (i.Directs() || item.Hidden) && !slices.Contains(p.Concerned, item.UnitName) {
			p.Concerned = append(p.Concerned, item.UnitName)
		}
	}
	for id := range entries {
		if !about[id] {
			p.Unwritten++
		}
	}
	if !p.Written {
		return nil
	}
	if p.Book {
		if err := s.fillCitizens(r, p, entries, about); err != nil {
			return err
		}
	}
	ds, _, err := s.Store.Directives(r.Context(), tiepdan.DirectiveFilter{By: actor, Session: p.Session.ID, Limit: mostOfSession})
	p.Rows = directiveRows(ds, names, actor, tiepdan.DateOf(s.Now()))
	return err
}

// entriesOf are the session's entries of the book, for who may open it.
func (s *Server) entriesOf(r *http.Request, p *conclusionPage) (map[int64]tiepdan.Reception, error) {
	if !p.Book {
		return nil, nil
	}
	list, _, err := s.Store.Receptions(r.Context(), tiepdan.ReceptionFilter{By: who(r).Actor(), Session: p.Session.ID, Limit: mostOfSession})
	entries := make(map[int64]tiepdan.Reception, len(list))
	for _, e := range list {
		entries[e.ID] = e
	}
	return entries, err
}

// mostOfSession is how many entries and directions of one session are shown.
const mostOfSession = 200

// fillCitizens says who is told, of those whom an item is about.
func (s *Server) fillCitizens(r *http.Request, p *conclusionPage, entries map[int64]tiepdan.Reception, about map[int64]bool) error {
	told, err := s.Store.ConclusionTold(r.Context(), p.Session.ID)
	if err != nil {
		return err
	}
	chat := map[int64]bool{}
	for _, t := range told {
		if e := entries[t.Reception]; about[t.Reception] {
			chat[t.Reception] = true
			p.Citizens = append(p.Citizens, toldCitizen{ConclusionTold: t, Person: e.Person.Name, Number: e.Number})
		}
	}
	for id := range about {
		if id != 0 && !chat[id] && !entries[id].Sealed() {
			p.Quiet++
		}
	}
	return nil
}

// conclusionsPage is what conclusions.html shows.
type conclusionsPage struct {
	Asked spanAsked
	Rows  []tiepdan.ConclusionLine
}

// showConclusions lists the sessions that were held, and how far each conclusion is.
func (s *Server) showConclusions(w http.ResponseWriter, r *http.Request) error {
	asked, f, status, err := s.readSpan(r, "quarter")
	if err != nil {
		return err
	}
	asked.Form = f
	p := conclusionsPage{Asked: asked}
	if p.Rows, err = s.Store.ConclusionList(r.Context(), asked.From, asked.Until); err != nil {
		return err
	}
	return s.renderStatus(w, r, "conclusions", status, p)
}
