package backend

import (
	"cmp"
	"html/template"
	"maps"
	"net/http"
	"slices"

	"tiepdan"
	"tiepdan/templates"
)

// countRow is a count beside that of the same span a year earlier.
type countRow struct {
	Label   string
	Now     int
	Before  int
	More    int    // than before; negative: less
	Percent string // "" where there was nothing to compare with
	Share   string // of all receptions now; "" where it says nothing
	Bar     int    // of a hundred
	Strong  bool
}

// countTable is one breakdown of the report.
type countTable struct {
	Name string // a key's end
	Rows []countRow
}

// receptionsPage is what report_receptions.html shows. Said is the report's sentence
// in Vietnamese, ready for a report on paper; Gloss the reader's own, if another.
type receptionsPage struct {
	Head     reportHead
	Last     tiepdan.Date // the last day that is counted
	Clipped  bool         // the period isn't over
	Was      spanAsked    // a year earlier
	Said     template.HTML
	Gloss    template.HTML
	Now      tiepdan.ReceptionCounts
	Settled  string // shares of all receptions
	Together string
	Tables   []countTable
}

func (s *Server) showReceptionReport(w http.ResponseWriter, r *http.Request) error {
	head, status, err := s.reportHead(r, "receptions", "year")
	if err != nil {
		return err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	p := receptionsPage{Head: head}
	from, until := head.Asked.From, head.Asked.Until
	// What isn't over is compared with as much of the year before.
	if tomorrow := tiepdan.DateOf(s.Now()).Add(1); tomorrow.Before(until) && from.Before(tomorrow) {
		until, p.Clipped = tomorrow, true
	}
	p.Last = until.Add(-1)
	p.Was.From, p.Was.Until = tiepdan.YearBefore(from, until)
	lang := s.language(r)
	c := comparison{lang: lang, names: namer{rules: rules, lang: lang}}
	if c.now, err = s.Store.ReceptionCounts(r.Context(), from, until); err != nil {
		return err
	}
	if c.was, err = s.Store.ReceptionCounts(r.Context(), p.Was.From, p.Was.Until); err != nil {
		return err
	}
	if err := p.compare(c, rules); err != nil {
		return err
	}
	return s.renderStatus(w, r, "report_receptions", status, p)
}

// compare words the counts.
func (p *receptionsPage) compare(c comparison, rules *tiepdan.Rules) (err error) {
	p.Now = c.now
	p.Tables = []countTable{{"totals", c.totals()}, {"results", c.results()}, {"kinds", c.kinds()}, {"fields", c.fields()}, {"at", c.at()}}
	p.Settled = percent(c.now.Share(tiepdan.ResultSettled), c.lang)
	p.Together = percent(c.now.Share(tiepdan.ResultConciliate), c.lang)
	if p.Said, err = c.sentence(tiepdan.Vietnamese, p.Head.Asked, p.Last, rules); err == nil && c.lang != tiepdan.Vietnamese {
		p.Gloss, err = c.sentence(c.lang, p.Head.Asked, p.Last, rules)
	}
	return err
}

// comparison is a period's counts beside those of a year earlier.
type comparison struct {
	now, was tiepdan.ReceptionCounts
	lang     tiepdan.Language
	names    namer
}

// row compares two numbers. Part says that they are a part of all receptions.
func (c comparison) row(label string, now, was int, part bool) countRow {
	more, share, ok := tiepdan.Compared(now, was)
	row := countRow{Label: label, Now: now, Before: was, More: more}
	if ok {
		row.Percent = percent(share, c.lang)
	}
	if part && c.now.Times > 0 {
		of := shareOf(now, c.now.Times)
		row.Share, row.Bar = percent(of, c.lang), int(of)
	}
	return row
}

func (c comparison) totals() []countRow {
	row := func(key string, now, was int) countRow { return c.row(plain(c.lang, "reports."+key), now, was, false) }
	rows := []countRow{row("times", c.now.Times, c.was.Times), row("people", c.now.People, c.was.People), row("groups", c.now.Groups, c.was.Groups),
		row("group_people", c.now.GroupPeople, c.was.GroupPeople), row("matters", c.now.Matters, c.was.Matters), row("first", c.now.First, c.was.First),
		row("again", c.now.Again, c.was.Again)}
	rows[0].Strong = true
	return rows
}

func (c comparison) results() (rows []countRow) {
	for _, result := range tiepdan.Results() {
		rows = append(rows, c.row(plain(c.lang, "result."+string(result)), c.now.Results[result], c.was.Results[result], true))
	}
	return rows
}

func (c comparison) kinds() (rows []countRow) {
	for _, k := range tiepdan.Kinds() {
		rows = append(rows, c.row(plain(c.lang, "kind."+string(k)), c.now.Kinds[k].Times, c.was.Kinds[k].Times, true))
	}
	return rows
}

// fields are those that anybody came about, the most frequent first.
func (c comparison) fields() (rows []countRow) {
	codes := map[string]bool{}
	for code := range c.now.Fields {
		codes[code] = true
	}
	for code := range c.was.Fields {
		codes[code] = true
	}
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		rows = append(rows, c.row(cmp.Or(c.names.field(code), plain(c.lang, "reports.no_field")), c.now.Fields[code].Times, c.was.Fields[code].Times, true))
	}
	slices.SortStableFunc(rows, func(a, b countRow) int { return cmp.Compare(b.Now, a.Now) })
	return rows
}

func (c comparison) at() (rows []countRow) {
	for _, k := range tiepdan.SessionKinds() {
		if now, was := c.now.At[k].Times, c.was.At[k].Times; now+was > 0 {
			rows = append(rows, c.row(plain(c.lang, "session_kind."+string(k)), now, was, true))
		}
	}
	return rows
}

// mostNamed is how many fields the sentence names.
const mostNamed = 3

// sentence is the report in one, as offices write it.
func (c comparison) sentence(lang tiepdan.Language, a spanAsked, last tiepdan.Date, rules *tiepdan.Rules) (template.HTML, error) {
	c.lang, c.names = lang, namer{rules: rules, lang: lang}
	more, share, ok := tiepdan.Compared(c.now.Times, c.was.Times)
	var fields []countRow
	for _, f := range c.fields() {
		if f.Now > 0 && len(fields) < mostNamed && f.Label != plain(lang, "reports.no_field") {
			fields = append(fields, f)
		}
	}
	said, err := templates.Messages(lang).Say("page.reports.sentence", map[string]any{"Office": rules.Office.Name, "Asked": a, "From": writeDate(a.From), "Last": writeDate(last), "End": writeDate(a.Last()), "Count": thousands(c.now.Times, lang),
		"Now": c.now, "Was": c.was.Times, "More": max(more, -more), "Fewer": more < 0, "Percent": percent(max(share, -share), lang), "Compared": ok,
		"Fields": fields, "Settled": c.now.Results[tiepdan.ResultSettled], "SettledShare": percent(c.now.Share(tiepdan.ResultSettled), lang),
		"Together": c.now.Results[tiepdan.ResultConciliate], "TogetherShare": percent(c.now.Share(tiepdan.ResultConciliate), lang)})
	return template.HTML(said), err // escaped by the message's own template
}
