package backend

import (
	"net/http"
	"net/url"
	"slices"

	"tiepdan"
)

// triedRule is what one rule would have done.
type triedRule struct {
	routingRow
	Draft bool // as typed, not as it stands
	On    bool // it took part
	Count int
	Same  int // of these, how many went to that unit in fact
	Other int // how many went to another
	None  int // how many nobody was given
}

// triedCase is a case that would have gone elsewhere than it did.
type triedCase struct {
	Code   tiepdan.CaseCode
	Kind   tiepdan.Kind
	Field  string
	Went   string // the unit that has it; "" none
	Would  string
	Rule   string
	Why    []whyRouted
	Linked bool // the reader may open it
}

// tryPage is what routing_try.html shows.
type tryPage struct {
	Form   form
	From   tiepdan.Date
	Until  tiepdan.Date
	Rules  []triedRule
	Cases  int
	Capped bool
	Unmet  int // cases that no rule fits
	Diffs  []triedCase
	More   int // further cases that differ
	Draft  url.Values
}

const (
	triedCases = 2000 // how many cases a dry run looks at
	shownDiffs = 50
)

// tryRouting shows where a set of rules would have sent the cases of a period, and
// where they really went. It changes nothing.
func (s *Server) tryRouting(w http.ResponseWriter, r *http.Request) error {
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	in := typedIn(r)
	p := tryPage{Form: form{Values: r.Form}, From: in.day("from"), Until: in.day("until_day")}
	if in.fault != nil { // tried over the usual months, and said
		p.Form.Said = s.explain(r, in.fault)
	}
	today := tiepdan.DateOf(s.Now())
	if p.Until.IsZero() || p.Until.After(today) {
		p.Until = today
	}
	if p.From.IsZero() || p.From.After(p.Until) {
		p.From = p.Until.AddMonths(-3)
	}
	if in.fault == nil {
		p.Form.Values.Set("from", p.From.String())
		p.Form.Values.Set("until_day", p.Until.String())
	}
	set, err := s.draftRules(r, names, &p)
	if err != nil {
		return err
	}
	d, err := s.Store.Dispatch(r.Context())
	if err != nil {
		return err
	}
	d.Rules = set
	by := who(r).Actor()
	if !by.Role.MayEnter(tiepdan.CaseArea) {
		by = tiepdan.Actor{Role: tiepdan.System} // counts only, and of no sealed case
	}
	cases, capped, err := s.Store.PastCases(r.Context(), by, p.From, p.Until, triedCases)
	if err != nil {
		return err
	}
	p.Cases, p.Capped = len(cases), capped
	p.try(cases, d, names, by.Role != tiepdan.System)
	return s.render(w, r, "routing_try", p)
}

// draftRules are the rules to try: those ticked, or else those in force, and the one
// that was typed in place of the one that it changes.
func (s *Server) draftRules(r *http.Request, names namer, p *tryPage) (set []tiepdan.RoutingRule, err error) {
	all := slices.Clone(names.rules.Routing)
	var draft int64 = -1
	if r.FormValue("draft") != "" {
		rule, err := s.readRoutingRule(r, number(r, "draft"))
		if err != nil {
			p.Form.Said = s.explain(r, err)
		}
		rule.Active = true
		draft = rule.ID
		if i := slices.IndexFunc(all, func(o tiepdan.RoutingRule) bool { return o.ID == rule.ID && rule.ID != 0 }); i >= 0 {
			rule.Order = all[i].Order
			all[i] = rule
		} else {
			rule.Order = 1 << 30
			all = append(all, rule)
		}
		p.Draft = routingValues(rule)
		p.Draft.Set("draft", decimal(rule.ID))
	}
	for _, rule := range all {
		if r.Form.Has("ticked") {
			rule.Active = rule.ID == draft || slices.Contains(r.Form["rule"], decimal(rule.ID))
		}
		p.Rules = append(p.Rules, triedRule{routingRow: names.routingRow(rule), Draft: rule.ID == draft, On: rule.Active})
		set = append(set, rule)
	}
	return set, nil
}

// try routes the cases and compares.
func (p *tryPage) try(cases []tiepdan.Case, d tiepdan.Dispatch, names namer, linked bool) {
	for _, c := range cases {
		r, ok := d.Route(c)
		if !ok {
			p.Unmet++
			continue
		}
		i := slices.IndexFunc(p.Rules, func(t triedRule) bool { return t.ID == r.Rule.ID })
		p.Rules[i].Count++
		switch c.Unit {
		case r.Unit:
			p.Rules[i].Same++
			continue
		case 0:
			p.Rules[i].None++
		default:
			p.Rules[i].Other++
		}
		if len(p.Diffs) == shownDiffs || !linked {
			p.More++
			continue
		}
		p.Diffs = append(p.Diffs, triedCase{Code: c.Code, Kind: c.Kind, Field: names.field(c.Field), Went: names.unit(c.Unit),
			Would: names.unit(r.Unit), Rule: r.Rule.Name, Why: names.whyRouted(r.Why)})
	}
}

// whyRouted is one reason, with its value as people call it.
type whyRouted struct {
	Kind  string
	Value string
}

func (n namer) whyRouted(why []tiepdan.Reason) (ws []whyRouted) {
	for _, w := range why {
		value := w.Value
		switch w.Kind {
		case "kind":
			value = plain(n.lang, "kind."+w.Value)
		case "field":
			value = n.field(w.Value)
		case "place":
			value = n.place(w.Value)
		}
		ws = append(ws, whyRouted{w.Kind, value})
	}
	return ws
}
