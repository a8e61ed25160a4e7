package main

import (
	"strconv"
	"strings"
	"time"

	"tiepdan"
	"tiepdan/templates/paper"
	"tiepdan/templates/xlsx"
)

// How many results a workbook and a printed report hold.
const (
	mostInWorkbook = 20_000
	mostPrinted    = 1_000
)

// resultFilter is what q narrows the results by.
func (p *printing) resultFilter() (f tiepdan.ResultFilter, err error) {
	if f.From, f.Until, err = p.days(); err != nil {
		return f, err
	}
	f.By, f.Kind, f.Outcome, f.Limit = p.by, tiepdan.Kind(p.q.Get("kind")), p.q.Get("outcome"), 500
	f.Unit, _ = strconv.ParseInt(p.q.Get("unit"), 10, 64)
	if late, err := strconv.ParseBool(p.q.Get("late")); err == nil {
		f.Late = &late
	}
	return f, nil
}

// results are what the filter finds, the last first, and no more than the limit.
func (p *printing) results(f tiepdan.ResultFilter, limit int) (list []tiepdan.CaseResult, more bool, err error) {
	for {
		page, next, err := p.store.Results(p.ctx, f)
		if err != nil {
			return nil, false, err
		}
		list = append(list, page...)
		if len(list) > limit {
			return list[:limit], true, nil
		}
		if f.After = next; next == "" {
			return list, false, nil
		}
	}
}

// resultUnits are the figures of each unit that has results.
func (p *printing) resultUnits(f tiepdan.ResultFilter) (units []paper.ResultUnit, err error) {
	ids := []int64{f.Unit}
	if f.Unit == 0 {
		ids = ids[:0]
		for _, u := range p.rules.Units {
			ids = append(ids, u.ID)
		}
	}
	all, err := p.store.SumResults(p.ctx, f)
	if err != nil {
		return nil, err
	}
	named := 0
	for _, id := range ids {
		of := f
		of.Unit = id
		sum, err := p.store.SumResults(p.ctx, of)
		if err != nil {
			return nil, err
		}
		if named += sum.N; sum.N > 0 {
			units = append(units, paper.ResultUnit{Unit: p.unit(id), All: sum.N, InTime: sum.InTime, Late: sum.Late, NoTerm: sum.NoTerm})
		}
		all.InTime, all.Late, all.NoTerm = all.InTime-sum.InTime, all.Late-sum.Late, all.NoTerm-sum.NoTerm
	}
	if rest := all.N - named; rest > 0 {
		units = append(units, paper.ResultUnit{Unit: say("page.reports.nobody", nil), All: rest, InTime: all.InTime, Late: all.Late, NoTerm: all.NoTerm})
	}
	return units, nil
}

func (p *printing) resultsXLSX() (of string, data []byte, err error) {
	f, err := p.resultFilter()
	if err != nil {
		return "", nil, err
	}
	list, more, err := p.results(f, mostInWorkbook)
	if err != nil {
		return "", nil, err
	}
	units, err := p.resultUnits(f)
	if err != nil {
		return "", nil, err
	}
	names, err := p.staffNames()
	if err != nil {
		return "", nil, err
	}
	d := xlsx.ResultsData{Heading: p.heading(f.From, f.Until), More: more}
	for _, u := range units {
		d.Units = append(d.Units, xlsx.ResultUnit(u))
	}
	for _, r := range list {
		var told []string
		for _, id := range r.ToldTo {
			told = append(told, names[id])
		}
		d.List = append(d.List, xlsx.ResultRow{Code: string(r.Code), Kind: say("page.kind."+string(r.Kind), nil), Unit: p.unit(r.Unit), Outcome: sayOr("page.finding.", r.Outcome),
			Document: r.Document, Signed: dateOrZero(r.Signed), Answered: dateOrZero(r.Answered), How: sayOr("page.way.", r.How), Delivered: dateOrZero(r.Delivered),
			Due: dateOrZero(r.Due), Late: r.Late, Reported: r.At, ToldTo: strings.Join(told, ", ")})
	}
	data, err = xlsx.Results(d)
	return f.From.String(), data, err
}

func (p *printing) resultsPDF() (of string, data []byte, err error) {
	f, err := p.resultFilter()
	if err != nil {
		return "", nil, err
	}
	list, more, err := p.results(f, mostPrinted)
	if err != nil {
		return "", nil, err
	}
	d := paper.ResultReportData{Office: p.office(), From: f.From.Time(), Until: last(f.Until), More: more, At: p.now}
	if d.Units, err = p.resultUnits(f); err != nil {
		return "", nil, err
	}
	for _, r := range list {
		d.List = append(d.List, paper.ResultRow{Code: string(r.Code), Kind: say("page.kind."+string(r.Kind), nil), Unit: p.unit(r.Unit), Outcome: sayOr("page.finding.", r.Outcome),
			Document: r.Document, Signed: dateOrZero(r.Signed), How: sayOr("page.way.", r.How), Delivered: dateOrZero(r.Delivered), Due: dateOrZero(r.Due), Late: r.Late, Reported: r.At})
	}
	data, err = paper.ResultReport(d)
	return f.From.String(), data, err
}

// satisfactionXLSX is what citizens said of their answers.
func (p *printing) satisfactionXLSX() (of string, data []byte, err error) {
	from, until, err := p.days()
	if err != nil {
		return "", nil, err
	}
	counts, err := p.store.Satisfaction(p.ctx, p.by, from.Time(), until.Time())
	if err != nil {
		return "", nil, err
	}
	words, err := p.store.SatisfactionWords(p.ctx, p.by, from.Time(), until.Time(), 500)
	if err != nil {
		return "", nil, err
	}
	d := xlsx.SatisfactionData{Heading: p.heading(from, until)}
	for _, why := range tiepdan.Discontents() {
		d.Reasons = append(d.Reasons, say("page.unhappy."+why, nil))
	}
	for _, n := range counts {
		line := xlsx.SatisfactionLine{Unit: p.unitOrNobody(n.Unit), Kind: say("page.kind."+string(n.Kind), nil), Answered: n.Answered, Asked: n.Asked, Rated: n.Rated(),
			Good: n.Satisfied, Fair: n.Fair, Bad: n.Unsatisfied, Reopened: n.Reopened}
		for _, why := range tiepdan.Discontents() {
			line.Reasons = append(line.Reasons, n.Discontents[why])
		}
		d.Lines = append(d.Lines, line)
	}
	for _, x := range words {
		d.Words = append(d.Words, xlsx.SatisfactionWords{Code: string(x.Code), Unit: p.unitOrNobody(x.Unit), Kind: say("page.kind."+string(x.Kind), nil), At: x.At.Truncate(time.Minute),
			Rating: say("page.rating."+strconv.Itoa(x.Rating), nil), Reason: sayOr("page.unhappy.", x.Unhappy), Words: x.Words})
	}
	data, err = xlsx.Satisfaction(d)
	return from.String(), data, err
}

// sayOr is the words under prefix and a name; nothing for no name.
func sayOr(prefix, name string) string {
	if name == "" {
		return ""
	}
	return say(prefix+name, nil)
}

func (p *printing) unitOrNobody(id int64) string {
	if id == 0 {
		return say("page.reports.nobody", nil)
	}
	return p.unit(id)
}

// staffNames are everybody's, by their ids.
func (p *printing) staffNames() (map[int64]string, error) {
	staff, err := p.store.StaffList(p.ctx)
	names := map[int64]string{}
	for _, s := range staff {
		names[s.ID] = s.Name
	}
	return names, err
}
