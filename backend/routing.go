package backend

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tiepdan"
)

// routingRow is a rule in the list, in words.
type routingRow struct {
	tiepdan.RoutingRule
	FieldNames []string
	PlaceNames []string
	UnitName   string
	Person     string
	First      bool
	Last       bool
}

// routingPage is what routing.html shows.
type routingPage struct {
	Rows []routingRow
}

func (s *Server) showRouting(w http.ResponseWriter, r *http.Request) error {
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	var p routingPage
	for i, rule := range names.rules.Routing {
		row := names.routingRow(rule)
		row.First, row.Last = i == 0, i == len(names.rules.Routing)-1
		p.Rows = append(p.Rows, row)
	}
	return s.render(w, r, "routing", p)
}

func (n namer) routingRow(rule tiepdan.RoutingRule) routingRow {
	row := routingRow{RoutingRule: rule, UnitName: n.unit(rule.Unit), Person: n.person(rule.Officer)}
	for _, f := range rule.Fields {
		row.FieldNames = append(row.FieldNames, n.field(f))
	}
	for _, p := range rule.Places {
		row.PlaceNames = append(row.PlaceNames, n.place(p))
	}
	return row
}

// routingRulePage is what routing_rule.html shows: one rule, or a new one.
type routingRulePage struct {
	Rule     tiepdan.RoutingRule // the zero value: a new one
	Form     form
	Kinds    []option
	Fields   []option
	Places   []option
	Units    []option
	Officers []group
}

func (s *Server) routingRulePage(r *http.Request, rule tiepdan.RoutingRule, f form) (routingRulePage, error) {
	names, err := s.namer(r)
	if err != nil {
		return routingRulePage{}, err
	}
	loads, err := s.Store.Loads(r.Context())
	if err != nil {
		return routingRulePage{}, err
	}
	staffed := staffing{names: names, loads: loads, today: tiepdan.DateOf(s.Now())}
	return routingRulePage{Rule: rule, Form: f, Kinds: kindOptions(names.lang), Fields: fieldOptions(names.rules, names.lang),
		Places: placeOptions(names.rules), Units: staffed.units(), Officers: staffed.officers(names.staff)}, nil
}

func (s *Server) showNewRoutingRule(w http.ResponseWriter, r *http.Request) error {
	p, err := s.routingRulePage(r, tiepdan.RoutingRule{}, filled("who", "rotate"))
	if err != nil {
		return err
	}
	return s.render(w, r, "routing_rule", p)
}

// routingRule is the one that the address names; a new one where it names none.
func (s *Server) routingRule(r *http.Request) (tiepdan.RoutingRule, error) {
	if r.PathValue("id") == "" {
		return tiepdan.RoutingRule{}, nil
	}
	id, err := pathID(r, "routing.none")
	if err != nil {
		return tiepdan.RoutingRule{}, err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return tiepdan.RoutingRule{}, err
	}
	for _, rule := range rules.Routing {
		if rule.ID == id {
			return rule, nil
		}
	}
	return tiepdan.RoutingRule{}, &tiepdan.Error{Code: tiepdan.NotFound, Key: "routing.none"}
}

func (s *Server) showRoutingRule(w http.ResponseWriter, r *http.Request) error {
	rule, err := s.routingRule(r)
	if err != nil {
		return err
	}
	p, err := s.routingRulePage(r, rule, form{Values: routingValues(rule)})
	if err != nil {
		return err
	}
	return s.render(w, r, "routing_rule", p)
}

// routingValues is the rule as its form has it.
func routingValues(rule tiepdan.RoutingRule) url.Values {
	v := filled("name", rule.Name, "unit", decimal(rule.Unit), "who", "head", "words", strings.Join(rule.Words, "\n"),
		"auto", mark1(rule.Auto), "active", mark1(rule.Active)).Values
	for _, k := range rule.Kinds {
		v.Add("kinds", string(k))
	}
	v["fields"], v["places"] = rule.Fields, rule.Places
	switch {
	case rule.Officer != 0:
		v.Set("who", "officer")
		v.Set("officer", decimal(rule.Officer))
	case rule.Rotate:
		v.Set("who", "rotate")
	}
	return v
}

// mostRoutingWords is how many words or phrases a rule may have.
const mostRoutingWords = 100

// readRoutingRule reads a rule's form.
func (s *Server) readRoutingRule(r *http.Request, id int64) (tiepdan.RoutingRule, error) {
	rule := tiepdan.RoutingRule{ID: id, Name: strings.Join(strings.Fields(tiepdan.Clean(r.FormValue("name"))), " "), Unit: number(r, "unit"),
		Rotate: r.FormValue("who") == "rotate", Auto: ticked(r, "auto"), Active: ticked(r, "active")}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return rule, err
	}
	for _, k := range tiepdan.Kinds() {
		if slices.Contains(r.Form["kinds"], string(k)) {
			rule.Kinds = append(rule.Kinds, k)
		}
	}
	for _, f := range rules.Fields {
		if slices.Contains(r.Form["fields"], f.Code) {
			rule.Fields = append(rule.Fields, f.Code)
		}
	}
	for _, u := range rules.Wards() {
		if slices.Contains(r.Form["places"], u.Code) {
			rule.Places = append(rule.Places, u.Code)
		}
	}
	for line := range strings.SplitSeq(tiepdan.Clean(r.FormValue("words")), "\n") {
		if tiepdan.Fold(line) != "" && len(rule.Words) < mostRoutingWords {
			rule.Words = append(rule.Words, strings.TrimSpace(line))
		}
	}
	if _, ok := rules.Unit(rule.Unit); !ok {
		rule.Unit = 0
	}
	if r.FormValue("who") == "officer" {
		if rule.Officer = number(r, "officer"); rule.Officer == 0 {
			return rule, incomplete("routing.officer_missing")
		}
		return rule, s.fits(r.Context(), tiepdan.Case{}, tiepdan.Details{Unit: rule.Unit, Officer: rule.Officer})
	}
	return rule, nil
}

// saveRoutingRule adds a rule, or changes the one that the address names.
func (s *Server) saveRoutingRule(w http.ResponseWriter, r *http.Request) error {
	before, err := s.routingRule(r)
	if err != nil {
		return err
	}
	rule, err := s.readRoutingRule(r, before.ID)
	if err == nil {
		_, err = s.Store.SaveRoutingRule(r.Context(), who(r).Actor(), rule)
	}
	if err != nil {
		return s.again(w, r, err, "routing_rule", func(f form) (any, error) { return s.routingRulePage(r, before, f) })
	}
	return s.done(w, r, "routing.saved", "/routing")
}

func (s *Server) moveRoutingRule(w http.ResponseWriter, r *http.Request) error {
	rule, err := s.routingRule(r)
	if err != nil {
		return err
	}
	if err := s.Store.MoveRoutingRule(r.Context(), who(r).Actor(), rule.ID, r.FormValue("where") == "up"); err != nil {
		return err
	}
	http.Redirect(w, r, "/routing#rule-"+decimal(rule.ID), http.StatusSeeOther)
	return nil
}
