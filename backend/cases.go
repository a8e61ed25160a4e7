package backend

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tiepdan"
	"tiepdan/templates"
)

// soon is how many days before it falls due a case counts as due soon.
const soon = 3

const pageOfCases = 30

// inboxOf is what is new for a person: what nobody has, for those who hand cases
// out; what they were given and haven't taken, for those who get them.
func inboxOf(staff tiepdan.Staff) tiepdan.CaseFilter {
	f := tiepdan.CaseFilter{By: staff.Actor(), Status: []tiepdan.Status{tiepdan.Received}}
	switch staff.Role {
	case tiepdan.UnitHead:
		f.Status, f.Unit = []tiepdan.Status{tiepdan.Assigned}, staff.Unit
	case tiepdan.Officer:
		f.Status, f.Mine = []tiepdan.Status{tiepdan.Assigned}, true
	}
	return f
}

func overdueOf(staff tiepdan.Staff) tiepdan.CaseFilter {
	return tiepdan.CaseFilter{By: staff.Actor(), Open: true, Overdue: true}
}

// views are the tabs above the list, in their order; the first is the default.
var views = []struct {
	Name   string
	Narrow func(f *tiepdan.CaseFilter, staff tiepdan.Staff, today tiepdan.Date)
}{
	{"open", func(f *tiepdan.CaseFilter, _ tiepdan.Staff, _ tiepdan.Date) { f.Open = true }},
	{"mine", func(f *tiepdan.CaseFilter, _ tiepdan.Staff, _ tiepdan.Date) { f.Open, f.Mine = true, true }},
	{"unassigned", func(f *tiepdan.CaseFilter, _ tiepdan.Staff, _ tiepdan.Date) { f.Open, f.Unassigned = true, true }},
	{"soon", func(f *tiepdan.CaseFilter, _ tiepdan.Staff, today tiepdan.Date) {
		f.Open, f.DueBefore = true, today.Add(soon+1)
	}},
	{"overdue", func(f *tiepdan.CaseFilter, _ tiepdan.Staff, _ tiepdan.Date) { f.Open, f.Overdue = true, true }},
	{"all", func(*tiepdan.CaseFilter, tiepdan.Staff, tiepdan.Date) {}},
}

// filterOf reads a list's filter from its address.
func (s *Server) filterOf(r *http.Request) tiepdan.CaseFilter {
	staff, today := who(r), tiepdan.DateOf(s.Now())
	f := tiepdan.CaseFilter{By: staff.Actor(), Words: strings.TrimSpace(r.FormValue("q")),
		Kind: tiepdan.Kind(r.FormValue("kind")), Field: r.FormValue("field"), Place: r.FormValue("place"),
		Unit: number(r, "unit"), Officer: number(r, "officer"), After: r.FormValue("after"), Limit: pageOfCases}
	if st := tiepdan.Status(r.FormValue("status")); slices.Contains(tiepdan.Statuses(), st) {
		f.Status = []tiepdan.Status{st}
		return f
	}
	view := r.FormValue("view")
	if view == "" && f.Words != "" {
		view = "all" // who searches looks everywhere
	}
	for _, v := range views {
		if v.Name == cmp.Or(view, views[0].Name) {
			v.Narrow(&f, staff, today)
		}
	}
	return f
}

// caseRow is a line of a list as the page shows it.
type caseRow struct {
	tiepdan.CaseLine
	Mark dueMark
}

// dueMark is a due day with what it means today. Tone is late, soon, calm or done.
type dueMark struct {
	On   tiepdan.Date
	Days int // until then; negative when it has passed
	Tone string
}

// Over is by how many days the day has passed.
func (m dueMark) Over() int { return -m.Days }

func markOf(on, today tiepdan.Date) dueMark {
	if on.IsZero() {
		return dueMark{}
	}
	m := dueMark{On: on, Days: today.DaysUntil(on), Tone: "calm"}
	if m.Days < 0 {
		m.Tone = "late"
	} else if m.Days <= soon {
		m.Tone = "soon"
	}
	return m
}

// listPage is what cases.html and inbox.html show.
type listPage struct {
	Rows     []caseRow
	Count    int
	Capped   bool
	Next     string // the address of the next page
	First    string // of the first, when this isn't it
	Views    []viewLink
	Form     form
	Narrowed int // how many filters beyond the view are set
	Statuses []option
	Kinds    []option
	Fields   []option
	Places   []option
	Units    []option
	Officers []group
}

// viewLink is a tab.
type viewLink struct {
	Name    string
	Path    string
	Current bool
}

func (s *Server) showInbox(w http.ResponseWriter, r *http.Request) error {
	f := inboxOf(who(r))
	f.After, f.Limit = r.FormValue("after"), pageOfCases
	p, err := s.list(r, f)
	if err != nil {
		return err
	}
	return s.render(w, r, "inbox", p)
}

func (s *Server) showCases(w http.ResponseWriter, r *http.Request) error {
	if code, err := tiepdan.ParseCaseCode(r.FormValue("q")); err == nil {
		if c, err := s.Store.CaseByCode(r.Context(), code); err == nil && who(r).Actor().See(c) != tiepdan.Nothing {
			http.Redirect(w, r, casePath(c.Code), http.StatusSeeOther)
			return nil
		}
	}
	p, err := s.list(r, s.filterOf(r))
	if err != nil {
		return err
	}
	if err := s.fillFilters(r, &p); err != nil {
		return err
	}
	return s.render(w, r, "cases", p)
}

// list reads one page of cases and how many there are in all.
func (s *Server) list(r *http.Request, f tiepdan.CaseFilter) (listPage, error) {
	lines, next, err := s.Store.Cases(r.Context(), f)
	if err != nil {
		return listPage{}, err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return listPage{}, err
	}
	var p listPage
	today := tiepdan.DateOf(s.Now())
	for _, l := range lines {
		row := caseRow{CaseLine: l}
		if field, ok := rules.Field(l.Field); ok {
			row.FieldName = fieldName(field, s.language(r))
		}
		if l.Status.Open() {
			row.Mark = markOf(l.Due, today)
		}
		p.Rows = append(p.Rows, row)
	}
	if p.Count, p.Capped, err = s.Store.CountCases(r.Context(), f); err != nil {
		return listPage{}, err
	}
	if next != "" {
		p.Next = with(r.URL, "after", next)
	}
	if f.After != "" {
		p.First = with(r.URL, "after", "")
	}
	return p, nil
}

// with is u's path and query with one value changed.
func with(u *url.URL, name, value string) string {
	q := u.Query()
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return u.Path
	}
	return u.Path + "?" + q.Encode()
}

// fillFilters gives a list's page its tabs and the choices of its filters.
func (s *Server) fillFilters(r *http.Request, p *listPage) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return err
	}
	lang, q := s.language(r), r.URL.Query()
	p.Form = form{Values: q}
	for _, name := range []string{"status", "kind", "field", "place", "unit", "officer"} {
		if q.Get(name) != "" {
			p.Narrowed++
		}
	}
	view := q.Get("view")
	if view == "" && q.Get("q") != "" {
		view = "all"
	}
	for i, v := range views {
		if v.Name == "mine" && !who(r).Role.InUnit() {
			continue // nobody gives them cases
		}
		link := url.URL{Path: "/cases", RawQuery: q.Encode()}
		l := viewLink{Name: v.Name, Path: with(&url.URL{Path: link.Path, RawQuery: without(q, "after", "status")}, "view", v.Name)}
		l.Current = q.Get("status") == "" && (view == v.Name || view == "" && i == 0)
		p.Views = append(p.Views, l)
	}
	p.Statuses, p.Kinds = statusOptions(lang), kindOptions(lang)
	p.Fields, p.Places = fieldOptions(rules, lang), placeOptions(rules)
	p.Units, p.Officers = unitOptions(rules, nil, lang), officerGroups(rules, staff, nil, lang)
	return nil
}

func without(q url.Values, names ...string) string {
	rest := url.Values{}
	for name, values := range q {
		if !slices.Contains(names, name) {
			rest[name] = values
		}
	}
	return rest.Encode()
}

func casePath(code tiepdan.CaseCode) string { return "/cases/" + string(code) }

// said is a text with its numbers, plain, for a choice's label.
func said(lang tiepdan.Language, key string, args map[string]any) string {
	text, err := templates.Messages(lang).Plain("page."+key, args)
	if err != nil {
		return ""
	}
	return text
}
