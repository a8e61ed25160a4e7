package backend

import (
	"net/http"
	"slices"
	"time"

	"tiepdan"
)

// newDirectivePage is what directive_new.html shows: a direction out of a session,
// about a case, or alone.
type newDirectivePage struct {
	Form     form
	Units    []option
	Officers []group
	Session  *tiepdan.Session
	Entries  []option // of the session's book
	Code     tiepdan.CaseCode
	Sealed   bool // the direction will be secret
}

func (s *Server) showNewDirective(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	due := rules.Calendar.AddWorking(tiepdan.DateOf(s.Now()), 10)
	f := filled("due", due.String(), "session", r.FormValue("session"), "case", r.FormValue("case"))
	p, err := s.newDirectivePage(r, f)
	if err != nil {
		return err
	}
	return s.render(w, r, "directive_new", p)
}

func (s *Server) newDirectivePage(r *http.Request, f form) (newDirectivePage, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return newDirectivePage{}, err
	}
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return newDirectivePage{}, err
	}
	lang := s.language(r)
	p := newDirectivePage{Form: f, Units: unitOptions(rules, nil, lang), Officers: officerGroups(rules, staff, nil, lang)}
	c, err := s.directedCase(r, f.Value("case"))
	if err != nil {
		return p, err
	}
	p.Code, p.Sealed = c.Code, c.Sealed()
	id := number(r, "session")
	if id == 0 {
		return p, nil
	}
	d, err := s.Store.Session(r.Context(), id)
	if err != nil {
		return p, err
	}
	p.Session = &d
	entries, _, err := s.Store.Receptions(r.Context(), tiepdan.ReceptionFilter{By: who(r).Actor(), Session: id, Limit: mostOfSession})
	slices.Reverse(entries)
	for _, e := range entries {
		o := option{Value: decimal(e.ID), Label: said(lang, "directives.entry", map[string]any{"N": e.Number, "Name": e.Person.Name, "Sealed": e.Sealed()})}
		p.Entries = append(p.Entries, o)
	}
	return p, err
}

// directedCase is the case that a direction is about, if the person sees it whole;
// none where no code is given.
func (s *Server) directedCase(r *http.Request, typed string) (tiepdan.Case, error) {
	if typed == "" {
		return tiepdan.Case{}, nil
	}
	code, err := tiepdan.ParseCaseCode(typed)
	if err != nil {
		return tiepdan.Case{}, &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.case.unknown"}
	}
	c, err := s.Store.CaseByCode(r.Context(), code)
	if err == nil && who(r).Actor().See(c) != tiepdan.Everything {
		err = &tiepdan.Error{Code: tiepdan.Forbidden, Key: "directive.not_yours"}
	}
	return c, err
}

// issueDirective gives a unit something to do. A form that comes twice gives it once.
func (s *Server) issueDirective(w http.ResponseWriter, r *http.Request) error {
	d, err := s.typedDirective(r)
	if err == nil {
		d, err = s.issueOnce(r, d)
	}
	if err != nil {
		return s.again(w, r, err, "directive_new", func(f form) (any, error) { return s.newDirectivePage(r, f) })
	}
	return s.done(w, r, "directives.issued", directivePath(d.ID))
}

func (s *Server) typedDirective(r *http.Request) (tiepdan.Directive, error) {
	c, err := s.directedCase(r, r.PostFormValue("case"))
	in := typedIn(r)
	d := tiepdan.Directive{Session: number(r, "session"), Reception: number(r, "reception"), Case: c.ID, Unit: number(r, "unit"), Officer: number(r, "officer"),
		Task: r.PostFormValue("task"), Due: in.day("due")}
	if err == nil {
		err = in.fault
	}
	if err == nil && d.Session != 0 {
		_, err = s.Store.Session(r.Context(), d.Session)
	}
	return d, err
}

// sentTwice is how long the same direction by the same person counts as one.
const sentTwice = 2 * time.Minute

// issueOnce returns the same direction where this person has just given it.
func (s *Server) issueOnce(r *http.Request, d tiepdan.Directive) (tiepdan.Directive, error) {
	by, now := who(r).Actor(), s.Now()
	last, _, err := s.Store.Directives(r.Context(), tiepdan.DirectiveFilter{By: by, Unit: d.Unit, From: tiepdan.DateOf(now.Add(-sentTwice)), Limit: 10})
	if err != nil {
		return d, err
	}
	for _, l := range last {
		if l.IssuedBy == by.Staff && l.Task == tiepdan.Clean(d.Task) && l.Due == d.Due && l.Case == d.Case && l.Officer == d.Officer && now.Sub(l.Issued) < sentTwice && l.Task != "" {
			return l, nil
		}
	}
	return s.Store.IssueDirective(r.Context(), by, d, now)
}
