package backend

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

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

// caseTab is a tab above the list; a Counted one says how many there are.
type caseTab struct {
	Name    string
	Counted bool
	Narrow  func(f *tiepdan.CaseFilter, staff tiepdan.Staff, today tiepdan.Date)
}

// views are the tabs above the list, in their order; the first is the default.
var views = []caseTab{
	{"open", false, func(f *tiepdan.CaseFilter, _ tiepdan.Staff, _ tiepdan.Date) { f.Open = true }},
	{"mine", true, func(f *tiepdan.CaseFilter, _ tiepdan.Staff, _ tiepdan.Date) { f.Open, f.Mine = true, true }},
	{"unassigned", true, func(f *tiepdan.CaseFilter, _ tiepdan.Staff, _ tiepdan.Date) { f.Open, f.Unassigned = true, true }},
	{"soon", true, func(f *tiepdan.CaseFilter, _ tiepdan.Staff, today tiepdan.Date) {
		f.Open, f.DueBefore = true, today.Add(soon+1)
	}},
	{"overdue", true, func(f *tiepdan.CaseFilter, _ tiepdan.Staff, _ tiepdan.Date) { f.Open, f.Overdue = true, true }},
	{"remains", true, func(f *tiepdan.CaseFilter, _ tiepdan.Staff, _ tiepdan.Date) { f.Remains = true }},
	{"all", false, func(*tiepdan.CaseFilter, tiepdan.Staff, tiepdan.Date) {}},
}

// caseRow is a line of a list as the page shows it.
type caseRow struct {
	tiepdan.CaseLine
	Mark dueMark
	Pick bool // something may be done to it together with others
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
	Rows                   []caseRow
	Bulks                  []string // what may be done to chosen ones at once
	Count                  int
	Capped                 bool
	matters                int    // that the counted ones are; 0: nobody knows yet
	Next                   string // the address of the next page
	First                  string // of the first, when this isn't it
	Views                  []viewLink
	Saved                  []savedLink
	MoreSaved              int              // how many saved ones aren't shown
	Current                tiepdan.CaseView // the saved one that is shown
	Chips                  []chip
	Ignored                []unread // parts of the filter that mean nothing, or nothing any more
	Orders                 []viewLink
	Query                  string // what a saved view would keep
	Export                 string
	Shares                 []option
	Form                   form
	Narrowed               int // how many filters beyond the view are set
	Statuses               []group
	Dues, Accepted, Rounds []option
	Kinds                  []option
	Fields                 []option
	Places                 []option
	Units                  []option
	Officers               []group
	Matters                mattersCount
}

// viewLink is a tab, or a way to sort.
type viewLink struct {
	Name    string
	Path    string
	Current bool
	Counted bool
	beside
}

func (s *Server) showInbox(w http.ResponseWriter, r *http.Request) error {
	f := inboxOf(who(r))
	f.After, f.Limit = r.FormValue("after"), pageOfCases
	p, err := s.list(r, f, r.URL)
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
	q, saved, list, err := s.asked(r)
	if err != nil {
		return err
	}
	c, err := s.readQuery(r, q)
	if err != nil {
		return err
	}
	p, err := s.casesPage(r, c, saved, list)
	if err != nil {
		return err
	}
	return s.render(w, r, "cases", p)
}

// casesPage reads what the page of a list shows: the list, and while it does, the
// numbers beside the links to others.
func (s *Server) casesPage(r *http.Request, c *caseQuery, saved tiepdan.CaseView, list []tiepdan.CaseView) (p listPage, err error) {
	links, numbers := s.savedLinks(r, c, list[:min(len(list), mostSaved)], saved.ID)
	tabs, more := s.tabs(r, c, saved)
	counted := s.countingBeside(r.Context(), append(numbers, more...))
	here := &url.URL{Path: "/cases", RawQuery: c.Values.Encode()}
	if saved.ID != 0 {
		here.RawQuery = url.Values{"saved": c.Values["saved"]}.Encode()
	}
	if p, err = s.list(r, c.f, here); err != nil {
		return p, err
	}
	p.Current, p.Saved, p.MoreSaved, p.Views = saved, links, len(list)-len(links), tabs
	s.fillFilters(r, &p, c)
	return p, errors.Join(s.countMatters(r, &p, c), counted())
}

// list reads one page of cases and how many there are in all; here is its address.
func (s *Server) list(r *http.Request, f tiepdan.CaseFilter, here *url.URL) (listPage, error) {
	found, err := s.Store.CasePage(r.Context(), f)
	if err != nil {
		return listPage{}, err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return listPage{}, err
	}
	p := listPage{matters: found.Count.Matters}
	today := tiepdan.DateOf(s.Now())
	for _, l := range found.Lines {
		row := caseRow{CaseLine: l, Mark: markOf(l.Mine(), today)}
		if field, ok := rules.Field(l.Field); ok {
			row.FieldName = fieldName(field, s.language(r))
		}
		p.Rows = append(p.Rows, row)
	}
	p.offerBulk(f.By)
	p.Count, p.Capped = found.Count.N, found.Count.More
	if !found.Count.Counted {
		if p.Count, p.Capped, err = s.Store.CountCases(r.Context(), f, tiepdan.CountCap); err != nil {
			return listPage{}, err
		}
	}
	if found.Next != "" {
		p.Next = with(here, "after", found.Next)
	}
	if f.After != "" {
		p.First = with(here, "after", "")
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

// fillFilters gives a list's page its chips and the choices of its filters.
func (s *Server) fillFilters(r *http.Request, p *listPage, c *caseQuery) {
	p.Form = form{Values: c.Values}
	p.Chips, p.Ignored, p.Narrowed = c.chips, c.Ignored, len(c.chips)
	p.Query, p.Shares = narrowing(c.Values), s.shares(r)
	p.Export = "/cases.xlsx?" + without(c.Values, "after", "saved")
	for _, o := range tiepdan.CaseOrders() {
		path := with(&url.URL{Path: "/cases", RawQuery: without(c.Values, "after", "saved")}, "order", string(o))
		p.Orders = append(p.Orders, viewLink{Name: string(o), Path: path, Current: o == c.f.Order})
	}
	p.Statuses, p.Kinds = statusGroups(c.lang), kindOptions(c.lang)
	p.Fields, p.Places = fieldOptions(c.rules, c.lang), placeOptions(c.rules)
	p.Units, p.Officers = unitOptions(c.rules, nil, c.lang), officerGroups(c.rules, c.staff, nil, c.lang)
	p.Dues, p.Accepted, p.Rounds = moreOptions(c.lang)
}

// tabs are those above a list, with the numbers beside some of them still to be counted.
func (s *Server) tabs(r *http.Request, c *caseQuery, saved tiepdan.CaseView) (tabs []viewLink, numbers []*beside) {
	me := who(r)
	tabs = make([]viewLink, 0, len(views)) // as long as it gets: the numbers stay where they are
	for _, v := range views {
		if v.Name == "mine" && !me.Role.InUnit() {
			continue // nobody gives them cases
		}
		path := with(&url.URL{Path: "/cases", RawQuery: without(c.Values, "after", "status", "saved")}, "view", v.Name)
		current := c.Get("status") == "" && saved.ID == 0 && c.view() == v.Name
		tabs = append(tabs, viewLink{Name: v.Name, Path: path, Current: current, Counted: v.Counted})
		if v.Counted {
			of := tiepdan.CaseFilter{By: me.Actor()}
			v.Narrow(&of, me, tiepdan.DateOf(s.Now()))
			tab := &tabs[len(tabs)-1]
			tab.of = of
			numbers = append(numbers, &tab.beside)
		}
	}
	return tabs, numbers
}

// statusGroups are the statuses under their groups, each of which may be chosen whole.
func statusGroups(lang tiepdan.Language) (gs []group) {
	for _, g := range tiepdan.StatusGroups() {
		name := plain(lang, "cases.group_"+string(g))
		of := group{Label: name, Options: []option{{Value: groupPrefix + string(g), Label: said(lang, "cases.group_all", map[string]any{"Group": name})}}}
		for _, st := range g.Statuses() {
			of.Options = append(of.Options, option{Value: string(st), Label: plain(lang, "status."+string(st))})
		}
		gs = append(gs, of)
	}
	return gs
}

func moreOptions(lang tiepdan.Language) (dues, accepted, rounds []option) {
	dues = []option{{Value: "overdue", Label: plain(lang, "cases.due_overdue")}}
	for _, n := range dueSpans {
		dues = append(dues, option{Value: fmt.Sprint(n), Label: said(lang, "cases.due_within", map[string]any{"N": n})})
	}
	for _, v := range []string{"yes", "no"} {
		accepted = append(accepted, option{Value: v, Label: plain(lang, "cases.accepted_"+v)})
	}
	for _, v := range []string{"1", "2"} {
		rounds = append(rounds, option{Value: v, Label: plain(lang, "cases.round_"+v)})
	}
	return dues, accepted, rounds
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
