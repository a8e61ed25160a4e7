package backend

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tiepdan"
)

// caseParams are what the address of a list of cases is narrowed by, in the order
// of the form. Beside them stand view, a tab; order; after, a page; and saved.
var caseParams = []string{"q", "status", "kind", "field", "place", "unit", "officer", "late_help", "from", "to", "due", "accepted", "round", "urgent", "one"}

// caseQuery reads a list's address, a saved one too. What means nothing any more,
// or never did, narrows nothing and is counted.
type caseQuery struct {
	url.Values
	rules   *tiepdan.Rules
	staff   []tiepdan.Staff
	lang    tiepdan.Language
	f       tiepdan.CaseFilter
	chips   []chip
	Ignored []unread
}

// chip is one part of the filter, and the list without it.
type chip struct {
	Name  string
	Value string
	Path  string
}

const groupPrefix = "group:"

// dueSpans are the spans that "due within" offers, in days.
var dueSpans = []int{3, 7, 30}

func (s *Server) readQuery(r *http.Request, q url.Values) (*caseQuery, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return nil, err
	}
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return nil, err
	}
	return s.readAmong(r, q, rules, staff), nil
}

// readAmong is readQuery with the office at hand.
func (s *Server) readAmong(r *http.Request, q url.Values, rules *tiepdan.Rules, staff []tiepdan.Staff) *caseQuery {
	me, today := who(r), tiepdan.DateOf(s.Now())
	c := &caseQuery{Values: q, rules: rules, staff: staff, lang: s.language(r)}
	c.f = tiepdan.CaseFilter{By: me.Actor(), After: q.Get("after"), Limit: pageOfCases, Order: tiepdan.CaseOrder(q.Get("order"))}
	if !slices.Contains(tiepdan.CaseOrders(), c.f.Order) {
		c.f.Order = tiepdan.NewestFirst
		c.ignore("cases.order", q.Get("order"))
	}
	for _, name := range caseParams {
		value := strings.TrimSpace(q.Get(name))
		if value == "" {
			continue
		}
		shown, ok := c.read(name, value, today)
		if !ok {
			c.ignore("chip."+name, value)
			continue
		}
		c.chips = append(c.chips, chip{Name: name, Value: shown, Path: listPath(without(q, "after", "saved", name))})
	}
	if name := q.Get("view"); !knownView(name) {
		c.ignore("cases.views", name)
	}
	for _, v := range views {
		if v.Name == c.view() {
			v.Narrow(&c.f, me, today)
		}
	}
	if c.f.Remains && q.Get("order") == "" {
		c.f.Order = tiepdan.DueFirst // what is late stands first
	}
	return c
}

func listPath(query string) string {
	if query == "" {
		return "/cases?view=" + views[0].Name
	}
	return "/cases?" + query
}

// ignore notes that a part of the filter, of that label, wasn't understood.
func (c *caseQuery) ignore(label, value string) {
	if value = strings.TrimSpace(value); value != "" {
		c.Ignored = append(c.Ignored, unread{Name: plain(c.lang, label), Said: beginning([]rune(value))})
	}
}

// view is the tab: who looks for words or a state looks everywhere.
func (c *caseQuery) view() string {
	name := c.Get("view")
	known := knownView(name)
	switch {
	case c.Get("status") != "" || !known && c.Get("q") != "":
		return "all"
	case !known:
		return views[0].Name
	}
	return name
}

func knownView(name string) bool {
	return slices.ContainsFunc(views, func(v caseTab) bool { return v.Name == name })
}

// read sets one part of the filter and says how it is shown.
func (c *caseQuery) read(name, value string, today tiepdan.Date) (shown string, ok bool) {
	f := &c.f
	switch name {
	case "q":
		f.Words = value
		return value, true
	case "status":
		return c.status(value)
	case "kind":
		f.Kind = tiepdan.Kind(value)
		if !f.Kind.Valid() {
			f.Kind = ""
			return "", false
		}
		return plain(c.lang, "kind."+value), true
	case "field":
		field, ok := c.rules.Field(value)
		f.Field = field.Code
		return fieldName(field, c.lang), ok
	case "place":
		ward, ok := c.rules.Ward(value)
		f.Place = ward.Code
		return ward.Name, ok
	case "unit":
		id, _ := strconv.ParseInt(value, 10, 64)
		unit, ok := c.rules.Unit(id)
		f.Unit = unit.ID
		return unit.Name, ok
	case "late_help":
		id, _ := strconv.ParseInt(value, 10, 64)
		unit, ok := c.rules.Unit(id)
		f.LateHelp = unit.ID
		return unit.Name, ok
	case "officer":
		id, _ := strconv.ParseInt(value, 10, 64)
		i := slices.IndexFunc(c.staff, func(p tiepdan.Staff) bool { return p.ID == id })
		if i < 0 {
			return "", false
		}
		f.Officer = id
		return c.staff[i].Name, true
	}
	return c.readMore(name, value, today)
}

func (c *caseQuery) readMore(name, value string, today tiepdan.Date) (shown string, ok bool) {
	f := &c.f
	switch name {
	case "from", "to":
		day, err := tiepdan.ParseDate(value)
		if err != nil || day.Year < 1900 || day.Year > 2200 {
			return "", false
		}
		if name == "from" {
			f.From = day
		} else {
			f.To = day
		}
		return writeDate(day), true
	case "due":
		if value == "overdue" {
			f.Overdue = true
			return plain(c.lang, "cases.due_overdue"), true
		}
		days, err := strconv.Atoi(value)
		if err != nil || days < 1 || days > 366 {
			return "", false
		}
		f.DueBefore = today.Add(days + 1)
		return said(c.lang, "cases.due_within", map[string]any{"N": days}), true
	case "accepted":
		if value != "yes" && value != "no" {
			return "", false
		}
		yes := value == "yes"
		f.Accepted = &yes
		return plain(c.lang, "cases.accepted_"+value), true
	case "round":
		f.Round, _ = strconv.Atoi(value)
		if f.Round != 1 && f.Round != 2 {
			f.Round = 0
			return "", false
		}
		return plain(c.lang, "cases.round_"+value), true
	case "one":
		f.OneAMatter = value == "1"
		return plain(c.lang, "chip.one_value"), f.OneAMatter
	case "urgent":
		f.Urgent = value == "1"
		return plain(c.lang, "yes"), f.Urgent
	}
	return "", false
}

func (c *caseQuery) status(value string) (shown string, ok bool) {
	if group, is := strings.CutPrefix(value, groupPrefix); is && slices.Contains(tiepdan.StatusGroups(), tiepdan.StatusGroup(group)) {
		c.f.Status = tiepdan.StatusGroup(group).Statuses()
		return plain(c.lang, "cases.group_"+group), true
	}
	if st := tiepdan.Status(value); slices.Contains(tiepdan.Statuses(), st) {
		c.f.Status = []tiepdan.Status{st}
		return plain(c.lang, "status."+value), true
	}
	return "", false
}

// narrowing is the part of an address that a saved view keeps.
func narrowing(q url.Values) string {
	out := url.Values{}
	for _, name := range append([]string{"view", "order"}, caseParams...) {
		if v := strings.TrimSpace(q.Get(name)); v != "" {
			out.Set(name, v)
		}
	}
	return out.Encode()
}
