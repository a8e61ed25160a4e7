package backend

import (
	"crypto/rand"
	"encoding/json"
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"slices"

	"tiepdan"
)

// bulks are what may be done to many cases at once. Each case is held against the
// lifecycle by itself.
var bulks = map[string]tiepdan.Action{"assign": tiepdan.Assign, "route": tiepdan.Assign, "classify": tiepdan.Classify,
	"take": tiepdan.Take, "close": tiepdan.CloseCase}

// bulkOrder is the order of their buttons.
var bulkOrder = []string{"assign", "route", "classify", "take", "close"}

// bulkOf are those of them that a list's line may be chosen for.
func bulkOf(l tiepdan.CaseLine, by tiepdan.Actor) (dos []string) {
	for _, do := range bulkOrder {
		switch {
		case !by.Role.Writes() || !l.Offers(by, bulks[do]):
		case do == "route" && by.Role.InUnit(), do == "take" && !by.Role.InUnit():
		default:
			dos = append(dos, do)
		}
	}
	return dos
}

// offerBulk lets those of the page's cases be chosen that something fits, and offers
// what fits one of them.
func (p *listPage) offerBulk(by tiepdan.Actor) {
	fits := map[string]bool{}
	for i, row := range p.Rows {
		for _, do := range bulkOf(row.CaseLine, by) {
			fits[do], p.Rows[i].Pick = true, true
		}
	}
	for _, do := range bulkOrder {
		if fits[do] {
			p.Bulks = append(p.Bulks, do)
		}
	}
}

// mostBulk is how many cases are done at once.
const mostBulk = 100

// bulkRow is one of the chosen cases.
type bulkRow struct {
	Code  tiepdan.CaseCode
	Kind  tiepdan.Kind
	Field string
	Can   bool
	To    string // of a routing: where the rules lead
}

// bulkPage is what bulk.html shows: the chosen cases, and what is asked for all.
type bulkPage struct {
	Do       string
	Ref      string
	Back     string
	Rows     []bulkRow
	Can      int
	Form     form
	Units    []option
	Officers []group
	Fields   []option
}

// bulkAsked reads what is to be done to which cases.
func bulkAsked(r *http.Request) (do string, codes []tiepdan.CaseCode, err error) {
	do = r.FormValue("do")
	if _, known := bulks[do]; !known {
		return do, nil, &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.error.no_page"}
	}
	for _, value := range r.Form["case"] {
		if code, err := tiepdan.ParseCaseCode(value); err == nil && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	switch {
	case len(codes) == 0:
		return do, nil, &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.bulk.none"}
	case len(codes) > mostBulk:
		return do, nil, &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.bulk.many", Args: map[string]any{"Max": mostBulk}}
	}
	return do, codes, nil
}

// showBulk shows the chosen cases, which of them the act fits, and what it needs. It
// changes nothing.
func (s *Server) showBulk(w http.ResponseWriter, r *http.Request) error {
	p, err := s.bulkPage(r, form{Values: url.Values{}})
	if err != nil {
		return err
	}
	return s.render(w, r, "bulk", p)
}

func (s *Server) bulkPage(r *http.Request, f form) (bulkPage, error) {
	do, codes, err := bulkAsked(r)
	if err != nil {
		return bulkPage{}, err
	}
	names, err := s.namer(r)
	if err != nil {
		return bulkPage{}, err
	}
	d, err := s.Store.Dispatch(r.Context())
	if err != nil {
		return bulkPage{}, err
	}
	p := bulkPage{Do: do, Ref: rand.Text(), Form: f, Fields: fieldOptions(names.rules, names.lang), Back: local(r.FormValue("back"))}
	if ref := f.Value("ref"); ref != "" {
		p.Ref = ref
	}
	actor := who(r).Actor()
	for _, code := range codes {
		c, err := s.Store.CaseByCode(r.Context(), code)
		if err != nil || actor.See(c) != tiepdan.Everything {
			p.Rows = append(p.Rows, bulkRow{Code: code})
			continue
		}
		row := bulkRow{Code: code, Kind: c.Kind, Field: names.field(c.Field), Can: tiepdan.May(c, actor, bulks[do])}
		if do == "route" && row.Can {
			route, ok := d.Route(c)
			row.Can, row.To = ok, names.unit(route.Unit)
		}
		if row.Can {
			p.Can++
		}
		p.Rows = append(p.Rows, row)
	}
	ch := chooser{actor: actor, names: names, loads: d.Loads, today: d.Today}
	p.Units, p.Officers = ch.units(tiepdan.Assign), ch.officers(tiepdan.Assign)
	return p, nil
}

// refForm is what names a try at something for many cases.
var refForm = regexp.MustCompile(`^[A-Z2-7]{20,40}$`)

// bulkResult is what became of one case.
type bulkResult struct {
	Code tiepdan.CaseCode
	Said string // why not; "": it was done
}

// bulkDone is what bulk_done.html shows.
type bulkDone struct {
	Do     string
	Back   string
	Done   []tiepdan.CaseCode
	Failed []bulkFailed
}

type bulkFailed struct {
	Code tiepdan.CaseCode
	Said template.HTML
}

// doBulk does it to each of the cases, each by itself: what can't be done to one
// keeps nobody from the others. The same form sent twice acts once.
func (s *Server) doBulk(w http.ResponseWriter, r *http.Request) error {
	do, codes, err := bulkAsked(r)
	if err != nil {
		return err
	}
	ref := r.PostFormValue("ref")
	if !refForm.MatchString(ref) {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.error.bad_form"}
	}
	b, err := s.bulk(r, do, ref)
	if err != nil {
		return s.again(w, r, err, "bulk", func(f form) (any, error) { return s.bulkPage(r, f) })
	}
	results := make([]bulkResult, 0, len(codes))
	for _, code := range codes {
		said, err := b.one(r, code)
		if err != nil {
			return err
		}
		results = append(results, bulkResult{code, said})
	}
	kept, err := json.Marshal(results)
	if err != nil {
		return err
	}
	s.sessions.Put(r.Context(), "bulk:"+ref, kept)
	http.Redirect(w, r, "/bulk/"+ref+"?"+url.Values{"do": {do}, "back": {local(r.FormValue("back"))}}.Encode(), http.StatusSeeOther)
	return nil
}

// showBulkDone tells what became of each.
func (s *Server) showBulkDone(w http.ResponseWriter, r *http.Request) error {
	kept := s.sessions.GetBytes(r.Context(), "bulk:"+r.PathValue("ref"))
	if _, known := bulks[r.FormValue("do")]; !known || kept == nil {
		return &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.error.no_page"}
	}
	var results []bulkResult
	if err := json.Unmarshal(kept, &results); err != nil {
		return err
	}
	p := bulkDone{Do: r.FormValue("do"), Back: local(r.FormValue("back"))}
	for _, one := range results {
		if one.Said == "" {
			p.Done = append(p.Done, one.Code)
		} else {
			p.Failed = append(p.Failed, bulkFailed{one.Code, template.HTML(one.Said)}) // a text of ours, escaped when it was made
		}
	}
	return s.render(w, r, "bulk_done", p)
}
