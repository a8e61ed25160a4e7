package tiepdan

import (
	"slices"
	"time"
)

// CaseResult is what is reported upward of a case when it is closed: what came of
// it, by which paper, how that reached the citizen and whether it was in time.
type CaseResult struct {
	Case      int64
	Code      CaseCode
	Entry     int // the closing
	At        time.Time
	Kind      Kind
	Field     string
	Sealed    bool
	Unit      int64
	Outcome   string // one of [Findings], or "" where the answer says none
	Document  string // number of the signed paper, as it was recorded last
	Signed    Date
	Answered  Date
	How       string // one of [Ways]
	Delivered Date
	Due       Date // zero: nothing was due
	Late      int  // days
	ToldTo    []int64
}

// ResultOf returns what is reported of c, whose last act was its closing; not ok for
// any other case.
func ResultOf(c Case, r *Rules) (res CaseResult, ok bool) {
	answer, ok := c.AnswerGiven()
	end := c.History[len(c.History)-1]
	if !ok || end.Do != CloseCase {
		return res, false
	}
	res = CaseResult{Case: c.ID, Code: c.Code, Entry: end.N, At: end.At, Kind: c.Kind, Field: c.Field, Sealed: c.Sealed(), Unit: c.Unit}
	d := answer.Details
	res.Outcome, res.Document, res.Signed, res.Answered = d.Result, d.Document, d.Signed, DateOf(answer.At)
	if papers := c.SignedPapers(); len(papers) > 0 {
		last := papers[len(papers)-1].Details
		res.Document, res.Signed = last.Document, last.Signed
	}
	if to, reached := c.Delivered(); reached {
		res.How, res.Delivered = to.How, to.On
	}
	if due, is := answeredBy(c, answer, r); is {
		res.Due, res.Late = due.On, due.LateBy(res.Answered)
	}
	return res, true
}

// ResultsOf are what was reported of c at each of its closings.
func ResultsOf(c Case, r *Rules) (all []CaseResult) {
	history := c.History
	for i, e := range history {
		if e.Do == CloseCase {
			c.History, c.Status = history[:i+1], Closed
			if res, ok := ResultOf(c, r); ok {
				all = append(all, res)
			}
		}
	}
	return all
}

// answeredBy is the duty that the answer did: the law's that runs last, else the
// office's own.
func answeredBy(c Case, answer Entry, r *Rules) (d Duty, ok bool) {
	for _, one := range Duties(c, r) {
		met := slices.Contains(decided, one.MetBy) && !one.Moot && one.Since < answer.N && !one.Met.Before(DateOf(answer.At))
		if met && !one.Internal && !one.Keeps && !one.On.IsZero() && (one.Legal || !ok) {
			d, ok = one, true
		}
	}
	return d, ok
}

// ResultFilter narrows the results that were reported in a span of days.
type ResultFilter struct {
	By          Actor
	From, Until Date // Until is the first day after
	Kind        Kind
	Unit        int64
	Outcome     string // one of [Findings]; "none": it says none
	Late        *bool
	After       string // where the page before ended
	Limit       int
}

// ResultSum counts results.
type ResultSum struct {
	N, InTime, Late, NoTerm int
	Outcomes                map[string]int
	Hows                    map[string]int
	Kinds                   map[Kind]int
}

// Outcomes are all that answers may find, of any kind, each once.
func Outcomes() (all []string) {
	for _, k := range Kinds() {
		for _, f := range Findings(k) {
			if !slices.Contains(all, f) {
				all = append(all, f)
			}
		}
	}
	return all
}
