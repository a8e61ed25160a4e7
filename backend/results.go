package backend

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tiepdan"
)

// resultParams are what the results are narrowed by beside their period.
var resultParams = []string{"kind", "unit", "outcome", "late"}

// resultRow is a reported result as the list shows it.
type resultRow struct {
	tiepdan.CaseResult
	FieldName string
	UnitName  string
	Told      string // the first of those who had the report
	MoreTold  int
}

// tally is a count of results with a name, and where they are listed.
type tally struct {
	Name string
	N    int
	Path string
}

// resultsPage is what results.html shows.
type resultsPage struct {
	Asked    spanAsked
	Form     form
	Kinds    []option
	Units    []option
	Outcomes []option
	Lates    []option
	Narrowed int
	Clear    string
	Sum      tiepdan.ResultSum
	ByResult []tally
	ByWay    []tally
	Rows     []resultRow
	Next     string
	First    string
	XLSX     string
	PDF      string
}

func (s *Server) showResults(w http.ResponseWriter, r *http.Request) error {
	asked, f, status, err := s.readSpan(r, "month", resultParams...)
	if err != nil {
		return err
	}
	asked.Form = f
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	p := resultsPage{Asked: asked, Form: form{Values: asked.Keep}}
	p.choices(names)
	filter := resultFilter(who(r).Actor(), asked, r)
	if p.Sum, err = s.Store.SumResults(r.Context(), filter); err != nil {
		return err
	}
	list, next, err := s.Store.Results(r.Context(), filter)
	if err != nil {
		return err
	}
	for _, res := range list {
		p.Rows = append(p.Rows, resultRowOf(res, names))
	}
	p.links(next, filter.After != "", names.lang)
	return s.renderStatus(w, r, "results", status, p)
}

// resultFilter reads the filter from the address. What means nothing narrows nothing.
func resultFilter(by tiepdan.Actor, asked spanAsked, r *http.Request) tiepdan.ResultFilter {
	f := tiepdan.ResultFilter{By: by, From: asked.From, Until: asked.Until, After: r.FormValue("after"), Unit: number(r, "unit"), Limit: pageOfCases}
	if k := tiepdan.Kind(r.FormValue("kind")); k.Valid() {
		f.Kind = k
	}
	if o := r.FormValue("outcome"); o == "none" || slices.Contains(tiepdan.Outcomes(), o) {
		f.Outcome = o
	}
	if late := r.FormValue("late"); late == "yes" || late == "no" {
		f.Late = new(late == "yes")
	}
	return f
}

func (p *resultsPage) choices(names namer) {
	p.Kinds = kindOptions(names.lang)
	for _, u := range names.rules.Units {
		p.Units = append(p.Units, option{Value: decimal(u.ID), Label: u.Name})
	}
	p.Outcomes = append(wordOptions("finding.", names.lang, tiepdan.Outcomes()...), option{Value: "none", Label: plain(names.lang, "results.no_outcome")})
	p.Lates = wordOptions("results.late_", names.lang, "no", "yes")
	p.Narrowed = len(p.Asked.Keep)
	p.Clear = p.Asked.address(spanQuery(p.Asked, nil))
}

// links are the ways on from the page, and its counts.
func (p *resultsPage) links(next string, further bool, lang tiepdan.Language) {
	here := p.Asked.Query()
	if next != "" {
		p.Next = p.Asked.address(plus(here, "after", next))
	}
	if further {
		p.First = p.Asked.address(here)
	}
	p.XLSX, p.PDF = "/results.xlsx?"+here.Encode(), "/results.pdf?"+here.Encode()
	for _, o := range append(tiepdan.Outcomes(), "") {
		if n := p.Sum.Outcomes[o]; n > 0 {
			name := plain(lang, "results.no_outcome")
			if o != "" {
				name = plain(lang, "finding."+o)
			}
			p.ByResult = append(p.ByResult, tally{name, n, p.Asked.address(plus(here, "outcome", cmp.Or(o, "none")))})
		}
	}
	for _, how := range tiepdan.Ways(tiepdan.RecordDelivery) {
		if n := p.Sum.Hows[how]; n > 0 {
			p.ByWay = append(p.ByWay, tally{Name: plain(lang, "way."+how), N: n})
		}
	}
}

func resultRowOf(res tiepdan.CaseResult, names namer) resultRow {
	row := resultRow{CaseResult: res, UnitName: names.unit(res.Unit)}
	if !res.Sealed {
		row.FieldName = names.field(res.Field)
	}
	if len(res.ToldTo) > 0 {
		row.Told, row.MoreTold = names.person(res.ToldTo[0]), len(res.ToldTo)-1
	}
	return row
}

// plus is an address's query with one more thing in it.
func plus(q url.Values, name, value string) url.Values {
	more := maps.Clone(q)
	more.Set(name, value)
	return more
}

// printResults makes a paper of what the page would show, all of its pages.
func (s *Server) printResults(what string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		a, _, status, err := s.readSpan(r, "month", resultParams...)
		if err == nil && status != http.StatusOK {
			err = incomplete("page.book.span_wrong")
		}
		if err != nil {
			return err
		}
		f := resultFilter(who(r).Actor(), a, r)
		q := url.Values{"from": {a.From.String()}, "until": {a.Until.String()}, "kind": {string(f.Kind)}, "unit": {strconv.FormatInt(f.Unit, 10)}, "outcome": {f.Outcome}}
		if f.Late != nil {
			q.Set("late", strconv.FormatBool(*f.Late))
		}
		return s.sendPrint(w, r, what, 0, q)
	}
}

// keptOf are the named parts of an address that have something in them.
func keptOf(r *http.Request, names []string) url.Values {
	kept := url.Values{}
	for _, name := range names {
		if v := strings.TrimSpace(r.FormValue(name)); v != "" {
			kept.Set(name, v)
		}
	}
	return kept
}
