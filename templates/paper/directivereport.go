package paper

import (
	"fmt"
	"time"
)

// DirectiveReportData is how the units carry out what leaders directed them to do.
type DirectiveReportData struct {
	Office Office
	From   time.Time
	Until  time.Time // the last day
	Units  []DirectiveUnit
	List   []DirectiveRow
	At     time.Time
}

// DirectiveUnit is a unit's figures. Done = InTime + Late; Overdue are of the Open.
type DirectiveUnit struct {
	Unit    string
	Issued  int
	Done    int
	InTime  int
	Late    int
	Open    int
	Overdue int
}

// DirectiveRow is one direction. Of a Secret one the words aren't printed.
type DirectiveRow struct {
	Code    string
	Task    string
	Unit    string
	Officer string
	Status  string
	Result  string
	Issued  time.Time
	Due     time.Time
	Done    time.Time
	Overdue bool
	Secret  bool
	Urged   int
}

// DirectiveReport returns the report on directions, A4 landscape.
func DirectiveReport(d DirectiveReportData) ([]byte, error) {
	d = scrubbed(d)
	return drawn(wide, "directive.title", d, d.At, func(s *sheet) {
		s.code = s.say("directive.foot", nil)
		s.letterhead(headA4, d.Office, d.At)
		s.entitled(s.say("directive.title", d), s.say("days", span{d.From, d.Until}))
		s.part("directive.by_unit")
		s.directiveUnits(d.Units)
		s.down(4)
		s.part("directive.list")
		s.directiveList(d.List)
	})
}

func (s *sheet) directiveUnits(units []DirectiveUnit) {
	t := &table{cols: []float64{12, 0, 24, 24, 24, 26, 30, 28}, look: tableA4, whole: 60}
	t.head = s.labels(t, "list.n", "directive.unit", "directive.n_issued", "directive.n_done",
		"directive.n_in_time", "directive.n_late", "directive.n_open", "directive.n_overdue")
	s.begin(t)
	all := DirectiveUnit{Unit: s.say("list.total", nil)}
	for i, u := range units {
		s.tr(t, u.cells(fmt.Sprint(i+1), "")...)
		all.Issued, all.Done, all.InTime, all.Late = all.Issued+u.Issued, all.Done+u.Done, all.InTime+u.InTime, all.Late+u.Late
		all.Open, all.Overdue = all.Open+u.Open, all.Overdue+u.Overdue
	}
	s.tr(t, all.cells("", "B")...)
}

func (u DirectiveUnit) cells(n, style string) []cell {
	cs := []cell{mid(n), {runs: []run{{style, u.Unit}}}}
	for _, v := range []int{u.Issued, u.Done, u.InTime, u.Late, u.Open, u.Overdue} {
		cs = append(cs, cell{runs: []run{{style, fmt.Sprint(v)}}, align: centre})
	}
	return cs
}

func (s *sheet) directiveList(rows []DirectiveRow) {
	t := &table{cols: []float64{22, 0, 42, 23, 23, 23, 30, 56}, look: look{pt: 10, lead: 4.4}, whole: 60}
	t.head = s.labels(t, "directive.code", "directive.task", "directive.unit", "directive.issued_on",
		"directive.due", "directive.done_on", "directive.status", "directive.result")
	s.begin(t)
	for _, r := range rows {
		if r.Secret {
			r.Task, r.Result = s.say("directive.secret", nil), ""
		}
		s.tr(t, mid(r.Code), text(r.Task), text(lined(r.Unit, r.Officer)), mid(s.day(r.Issued)), mid(s.day(r.Due)),
			mid(s.day(r.Done)), s.standing(r), text(r.Result))
	}
	if len(rows) == 0 {
		s.tr(t, cell{}, text(s.say("list.none", nil)), cell{}, cell{}, cell{}, cell{}, cell{}, cell{})
	}
}

// standing is where a direction stands: overdue in bold, and how often it was urged.
func (s *sheet) standing(r DirectiveRow) cell {
	c := text(r.Status)
	if r.Overdue {
		c.runs = append(c.runs, run{"B", "\n" + s.say("directive.late", nil)})
	}
	if r.Urged > 0 {
		c.runs = append(c.runs, run{"", "\n" + s.say("directive.urged", r.Urged)})
	}
	return c
}
