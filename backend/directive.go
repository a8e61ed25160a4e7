package backend

import (
	"net/http"
	"slices"

	"tiepdan"
)

// directiveLine is a line of a direction's history as the page shows it.
type directiveLine struct {
	tiepdan.DirectiveEntry
	To   string // assigned to
	For  string // in whose place
	Side string // of the thread: who directs, or who does it
}

// directivePage is what directive.html shows.
type directivePage struct {
	directiveRow
	IssuedByName string
	From         *tiepdan.Session // that it came of
	SeesCase     bool
	Lines        []directiveLine
	Acts         directiveActs
}

// Path is the direction's own page.
func (p directivePage) Path() string { return directivePath(p.ID) }

func (s *Server) showDirective(w http.ResponseWriter, r *http.Request) error {
	d, err := s.directiveAsked(r)
	if err != nil {
		return err
	}
	return s.renderDirective(w, r, d, http.StatusOK, tiepdan.DirectiveAction(r.FormValue("do")), form{})
}

// directiveAsked is the direction that the address names, as this person may see it.
func (s *Server) directiveAsked(r *http.Request) (tiepdan.Directive, error) {
	id, err := pathID(r, "directive.none")
	if err != nil {
		return tiepdan.Directive{}, err
	}
	return s.Store.ViewDirective(r.Context(), who(r).Actor(), id)
}

// renderDirective shows a direction with one act's form open, filled in as f.
func (s *Server) renderDirective(w http.ResponseWriter, r *http.Request, d tiepdan.Directive, status int, open tiepdan.DirectiveAction, f form) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return err
	}
	names := namer{rules: rules, staff: staff, lang: s.language(r)}
	actor := who(r).Actor()
	p := directivePage{directiveRow: directiveRows([]tiepdan.Directive{d}, names, actor, tiepdan.DateOf(s.Now()))[0], IssuedByName: names.person(d.IssuedBy)}
	for _, e := range d.History {
		p.Lines = append(p.Lines, directiveLine{DirectiveEntry: e, To: names.person(e.To), For: names.person(e.For), Side: sideOf(e)})
	}
	p.Acts = drawDirectiveActs(d, actor, names, open, f)
	if d.Session != 0 {
		from, err := s.Store.Session(r.Context(), d.Session)
		if err != nil {
			return err
		}
		p.From = &from
	}
	if d.CaseCode != "" {
		c, err := s.Store.CaseByCode(r.Context(), d.CaseCode)
		if err != nil {
			return err
		}
		p.SeesCase = actor.See(c) != tiepdan.Nothing
	}
	return s.renderStatus(w, r, "directive", status, p)
}

// sideOf is whose words a line has: "office" directs, "citizen" is the other side of
// a thread, here the unit.
func sideOf(e tiepdan.DirectiveEntry) string {
	switch e.Do {
	case tiepdan.TakeDirective, tiepdan.ProgressDirective, tiepdan.ReportDirective:
		return "citizen"
	}
	return "office"
}

// sendDirectiveFile hands out a file of a direction to who sees it whole.
func (s *Server) sendDirectiveFile(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "directive.none")
	if err != nil {
		return err
	}
	a, err := s.Store.DirectiveFile(r.Context(), who(r).Actor(), id, r.PathValue("sha"))
	if err != nil {
		return err
	}
	return s.sendAttachment(w, r, a, true) // it may become secret: no browser keeps it
}

// caseDirections are a case's directions on the case's page.
type caseDirections struct {
	Rows   []directiveRow
	Issues bool // may give one
}

// Any reports whether there is anything to show.
func (c caseDirections) Any() bool { return c.Issues || len(c.Rows) > 0 }

// directionsOf are what was directed about a case that this person sees whole.
func (s *Server) directionsOf(r *http.Request, c tiepdan.Case, names namer) (caseDirections, error) {
	actor := who(r).Actor()
	ds, err := s.Store.CaseDirectives(r.Context(), actor, c.ID)
	rows := directiveRows(ds, names, actor, tiepdan.DateOf(s.Now()))
	return caseDirections{Rows: rows, Issues: slices.Contains(deciders, actor.Role)}, err
}
