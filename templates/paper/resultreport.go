package paper

import (
	"fmt"
	"time"
)

// ResultReportData is what units reported of the cases that were closed.
type ResultReportData struct {
	Office Office
	From   time.Time
	Until  time.Time // the last day
	Units  []ResultUnit
	List   []ResultRow
	More   bool // there were more than are printed
	At     time.Time
}

// ResultUnit is a unit's figures. All = InTime + Late + NoTerm.
type ResultUnit struct {
	Unit   string
	All    int
	InTime int
	Late   int
	NoTerm int
}

// ResultRow is one result. Late is in days.
type ResultRow struct {
	Code      string
	Kind      string
	Unit      string
	Outcome   string
	Document  string
	Signed    time.Time
	How       string
	Delivered time.Time
	Due       time.Time
	Late      int
	Reported  time.Time
}

// ResultReport returns the report on results, A4 landscape.
func ResultReport(d ResultReportData) ([]byte, error) {
	d = scrubbed(d)
	return drawn(wide, "result.title", d, d.At, func(s *sheet) {
		s.code = s.say("result.foot", nil)
		s.letterhead(headA4, d.Office, d.At)
		s.entitled(s.say("result.title", d), s.say("days", span{d.From, d.Until}))
		s.part("directive.by_unit")
		s.resultUnits(d.Units)
		s.down(4)
		s.part("directive.list")
		s.resultList(d.List, d.More)
	})
}

func (s *sheet) resultUnits(units []ResultUnit) {
	t := &table{cols: []float64{12, 0, 30, 30, 30, 40}, look: tableA4, whole: 60}
	t.head = s.labels(t, "list.n", "result.unit", "result.all", "result.in_time", "result.late", "result.no_term")
	s.begin(t)
	all := ResultUnit{Unit: s.say("list.total", nil)}
	for i, u := range units {
		s.tr(t, u.cells(fmt.Sprint(i+1), "")...)
		all.All, all.InTime, all.Late, all.NoTerm = all.All+u.All, all.InTime+u.InTime, all.Late+u.Late, all.NoTerm+u.NoTerm
	}
	s.tr(t, all.cells("", "B")...)
}

func (u ResultUnit) cells(n, style string) []cell {
	cs := []cell{mid(n), {runs: []run{{style, u.Unit}}}}
	for _, v := range []int{u.All, u.InTime, u.Late, u.NoTerm} {
		cs = append(cs, cell{runs: []run{{style, fmt.Sprint(v)}}, align: centre})
	}
	return cs
}

func (s *sheet) resultList(rows []ResultRow, more bool) {
	t := &table{cols: []float64{34, 24, 0, 42, 44, 40, 30, 23}, look: look{pt: 10, lead: 4.4}, whole: 60}
	t.head = s.labels(t, "result.code", "result.kind", "result.unit", "result.outcome", "result.document", "result.how", "result.term", "result.reported")
	s.begin(t)
	for _, r := range rows {
		s.tr(t, mid(r.Code), text(r.Kind), text(r.Unit), text(r.Outcome), text(lined(r.Document, s.day(r.Signed))), text(lined(r.How, s.day(r.Delivered))),
			s.inTime(r), mid(s.day(r.Reported)))
	}
	if len(rows) == 0 {
		s.tr(t, cell{}, cell{}, text(s.say("list.none", nil)), cell{}, cell{}, cell{}, cell{}, cell{})
	}
	if more {
		s.tr(t, cell{}, cell{}, text(s.say("result.more", nil)), cell{}, cell{}, cell{}, cell{}, cell{})
	}
}

// inTime is whether a result came within its term: lateness in bold.
func (s *sheet) inTime(r ResultRow) cell {
	switch {
	case r.Due.IsZero():
		return text(s.say("result.no_term", nil))
	case r.Late > 0:
		return strong(s.say("result.late_by", r.Late))
	}
	return text(s.say("result.in_time", nil))
}
