package backend

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"tiepdan"
)

const pageOfDirectives = 30

// directiveRow is a direction as lists show it. Of a hidden one its words are not
// this person's to read.
type directiveRow struct {
	tiepdan.Directive
	Mark        dueMark
	UnitName    string
	OfficerName string
	Hidden      bool
}

func directiveRows(ds []tiepdan.Directive, names namer, by tiepdan.Actor, today tiepdan.Date) (rows []directiveRow) {
	for _, d := range ds {
		row := directiveRow{Directive: d, UnitName: names.unit(d.Unit), OfficerName: names.person(d.Officer), Hidden: by.SeeDirective(d) != tiepdan.Everything}
		if d.Status.Open() {
			row.Mark = markOf(d.Due, today)
		}
		rows = append(rows, row)
	}
	return rows
}

func directivePath(id int64) string { return "/directives/" + decimal(id) }

// directiveViews are the tabs above the list, in their order; the first is the default.
var directiveViews = []struct {
	Name   string
	For    func(tiepdan.Role) bool
	Narrow func(f *tiepdan.DirectiveFilter, staff tiepdan.Staff)
}{
	{"open", anybody, func(f *tiepdan.DirectiveFilter, _ tiepdan.Staff) { f.Open = true }},
	{"overdue", anybody, func(f *tiepdan.DirectiveFilter, _ tiepdan.Staff) { f.Overdue = true }},
	{"mine", works, func(f *tiepdan.DirectiveFilter, staff tiepdan.Staff) { f.Open, f.Officers = true, selvesOf(staff) }},
	{"reported", decides, func(f *tiepdan.DirectiveFilter, _ tiepdan.Staff) {
		f.Open, f.Status = true, []tiepdan.DirectiveStatus{tiepdan.DirectiveReported}
	}},
	{"done", anybody, func(f *tiepdan.DirectiveFilter, _ tiepdan.Staff) {
		f.Status = []tiepdan.DirectiveStatus{tiepdan.DirectiveDone}
	}},
	{"all", anybody, func(*tiepdan.DirectiveFilter, tiepdan.Staff) {}},
}

// selvesOf are a member of staff and the officers whom they stand in for.
func selvesOf(staff tiepdan.Staff) []int64 {
	ids := []int64{staff.ID}
	for _, s := range staff.For {
		ids = append(ids, s.Staff)
	}
	return ids
}

func anybody(tiepdan.Role) bool      { return true }
func works(role tiepdan.Role) bool   { return role.InUnit() }
func decides(role tiepdan.Role) bool { return slices.Contains(deciders, role) }

// directivesPage is what directives.html shows.
type directivesPage struct {
	Rows   []directiveRow
	Count  int
	Capped bool
	Next   string
	First  string
	Views  []viewLink
	Form   form
	Units  []option
	Issues bool
	Narrow bool

	Ignored []unread // of the filter
}

// directiveFilter reads the list's filter from its address; Until is shown as the
// last day.
func directiveFilter(r *http.Request) (tiepdan.DirectiveFilter, string) {
	staff := who(r)
	f := tiepdan.DirectiveFilter{By: staff.Actor(), Unit: number(r, "unit"), From: day(r, "from"), After: r.FormValue("after"), Limit: pageOfDirectives}
	if last := day(r, "until"); !last.IsZero() {
		f.Until = last.Add(1)
	}
	for _, v := range directiveViews {
		if v.Name == cmp.Or(r.FormValue("view"), directiveViews[0].Name) && v.For(staff.Role) {
			v.Narrow(&f, staff)
			return f, v.Name
		}
	}
	directiveViews[0].Narrow(&f, staff)
	return f, directiveViews[0].Name
}

func (s *Server) showDirectives(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return err
	}
	f, view := directiveFilter(r)
	ds, next, err := s.Store.Directives(r.Context(), f)
	if err != nil {
		return err
	}
	names := namer{rules: rules, staff: staff, lang: s.language(r)}
	p := directivesPage{Rows: directiveRows(ds, names, f.By, tiepdan.DateOf(s.Now())), Form: form{Values: r.URL.Query()},
		Issues: decides(f.By.Role), Narrow: f.Unit != 0 && !f.By.Role.InUnit() || !f.From.IsZero() || !f.Until.IsZero()}
	if !f.By.Role.InUnit() {
		p.Units = unitOptions(rules, nil, names.lang)
	}
	if p.Count, err = s.Store.CountDirectives(r.Context(), f); err != nil {
		return err
	}
	p.Capped = p.Count >= tiepdan.CountCap
	if next != "" {
		p.Next = with(r.URL, "after", next)
	}
	if f.After != "" {
		p.First = with(r.URL, "after", "")
	}
	p.Views = directiveTabs(r, view)
	p.Ignored = unreadDays(r, names.lang, "from", "directives.issued_from", "until", "directives.issued_until")
	return s.render(w, r, "directives", p)
}

func directiveTabs(r *http.Request, view string) (links []viewLink) {
	for _, v := range directiveViews {
		if v.For(who(r).Role) {
			at := &url.URL{Path: "/directives", RawQuery: without(r.URL.Query(), "after")}
			links = append(links, viewLink{Name: v.Name, Path: with(at, "view", v.Name), Current: v.Name == view})
		}
	}
	return links
}
