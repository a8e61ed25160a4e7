package backend

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"tiepdan"
)

// planPage is what plan.html shows: a quarter's sessions by weeks, to be worked on
// in place.
type planPage struct {
	Plan       tiepdan.Plan
	Weeks      []planWeek
	Warnings   []warningGroup
	Draft      int
	Confirmed  int
	Published  int
	Cancelled  int
	Heads      []option
	Units      []option
	Edits      bool
	Decides    bool
	Before     string
	After      string
	Said       form // what is wrong with the plan as a whole
	AskForm    form
	Submitter  string
	PostBy     tiepdan.Date // of the first session that nobody has announced
	Counted    bool
	PublishedN int
}

// planWeek is one week of the plan. The regular duty is one line of it.
type planWeek struct {
	From  tiepdan.Date
	Until tiepdan.Date // its last day
	Duty  []tiepdan.Session
	Draft []int64 // those of Duty that nobody confirmed
	Rows  []planRow
}

// planRow is a session of the plan with the form to change it.
type planRow struct {
	tiepdan.Session
	HeadName string
	Called   []string
	Warnings []tiepdan.PlanWarning
	Form     form
	Open     bool // its form stands open: something in it was wrong
	Mark     string
}

// warningGroup is one kind of warning: how many sessions it is about, or each
// where it is about none.
type warningGroup struct {
	Key   string
	N     int
	First int64 // the first session that it is about
	Said  []tiepdan.PlanWarning
}

// planOf is the plan that the address names.
func planOf(r *http.Request) (year, quarter int, err error) {
	year, err = strconv.Atoi(r.PathValue("year"))
	quarter, err2 := strconv.Atoi(r.PathValue("quarter"))
	if err != nil || err2 != nil || year < 2000 || year > 2100 || quarter < 1 || quarter > 4 {
		return 0, 0, &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.error.no_page"}
	}
	return year, quarter, nil
}

func planPath(year, quarter int) string { return fmt.Sprintf("/plans/%d/%d", year, quarter) }

// goToPlan leads to the plan that is to be worked on: this quarter's, or in its
// last month the next one's.
func (s *Server) goToPlan(w http.ResponseWriter, r *http.Request) error {
	year, quarter := tiepdan.QuarterOf(tiepdan.DateOf(s.Now()).AddMonths(1))
	http.Redirect(w, r, planPath(year, quarter), http.StatusSeeOther)
	return nil
}

func (s *Server) showPlan(w http.ResponseWriter, r *http.Request) error {
	p, err := s.planPage(r, 0, form{})
	if err != nil {
		return err
	}
	return s.render(w, r, "plan", p)
}

// planPage builds the page; the row named by open stands open with the form f.
func (s *Server) planPage(r *http.Request, open int64, f form) (planPage, error) {
	year, quarter, err := planOf(r)
	if err != nil {
		return planPage{}, err
	}
	plan, list, err := s.Store.Plan(r.Context(), year, quarter)
	if err != nil {
		return planPage{}, err
	}
	plan.Year, plan.Quarter = year, quarter
	heads, err := s.Store.Heads(r.Context())
	if err != nil {
		return planPage{}, err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return planPage{}, err
	}
	role := who(r).Role
	p := planPage{Plan: plan, Heads: headOptions(heads), Units: unitOptions(rules, nil, s.language(r)),
		Edits: slices.Contains(planners, role), Decides: slices.Contains(deciders, role)}
	p.beside()
	today := tiepdan.DateOf(s.Now())
	warnings := plan.Warnings(list, heads, today, rules.Calendar)
	p.Warnings = gather(warnings, list)
	b := planBuilder{rules: rules, heads: heads, warnings: warnings, open: open, form: f}
	for _, d := range list {
		p.count(d, today, rules.Calendar)
		p.Weeks = b.put(p.Weeks, d)
	}
	if n, err := strconv.Atoi(r.URL.Query().Get("published")); err == nil && r.Method == http.MethodGet {
		p.PublishedN, p.Counted = n, true
	}
	return p, s.submitter(r, &p)
}

// submitter names who submitted the plan.
func (s *Server) submitter(r *http.Request, p *planPage) error {
	if p.Plan.SubmittedBy == 0 {
		return nil
	}
	staff, err := s.Store.Staff(r.Context(), p.Plan.SubmittedBy)
	p.Submitter = staff.Name
	return err
}

func (p *planPage) beside() {
	from, until := p.Plan.Days()
	year, quarter := tiepdan.QuarterOf(from.Add(-1))
	p.Before = planPath(year, quarter)
	year, quarter = tiepdan.QuarterOf(until)
	p.After = planPath(year, quarter)
}

func (p *planPage) count(d tiepdan.Session, today tiepdan.Date, c tiepdan.Calendar) {
	switch {
	case d.Cancelled():
		p.Cancelled++
	case d.Status == tiepdan.SessionDraft:
		p.Draft++
	case d.Public():
		p.Published++
	default:
		p.Confirmed++
	}
	if by := tiepdan.PostBy(d, c); !d.Public() && !d.Cancelled() && d.Kind == tiepdan.Periodic && !by.Before(today) && (p.PostBy.IsZero() || by.Before(p.PostBy)) {
		p.PostBy = by
	}
}

// planBuilder puts sessions into weeks.
type planBuilder struct {
	rules    *tiepdan.Rules
	heads    []tiepdan.Head
	warnings []tiepdan.PlanWarning
	open     int64
	form     form
}

func (b planBuilder) put(weeks []planWeek, d tiepdan.Session) []planWeek {
	monday := mondayOf(d.On())
	if n := len(weeks); n == 0 || weeks[n-1].From != monday {
		weeks = append(weeks, planWeek{From: monday, Until: monday.Add(6)})
	}
	w := &weeks[len(weeks)-1]
	if isDuty(d) && len(b.of(d.ID)) == 0 && d.ID != b.open {
		w.Duty = append(w.Duty, d)
		if d.Status == tiepdan.SessionDraft {
			w.Draft = append(w.Draft, d.ID)
		}
		return weeks
	}
	row := planRow{Session: d, Called: unitNames(b.rules, d.Units), Warnings: b.of(d.ID), Form: sessionForm(d), Mark: "s-" + decimal(d.ID)}
	for _, h := range b.heads {
		if h.ID == d.Head {
			row.HeadName = h.Name
		}
	}
	if d.ID == b.open {
		row.Form, row.Open = b.form, true
	}
	w.Rows = append(w.Rows, row)
	return weeks
}

// of are the warnings about one session, but for those that its badge says.
func (b planBuilder) of(id int64) (ws []tiepdan.PlanWarning) {
	for _, w := range b.warnings {
		if w.Session == id && w.Key != "plan.unconfirmed" {
			ws = append(ws, w)
		}
	}
	return ws
}

// gather makes one line of all warnings of a kind; those about no single session
// are said one by one.
func gather(warnings []tiepdan.PlanWarning, list []tiepdan.Session) (groups []warningGroup) {
	duty := map[int64]bool{}
	for _, d := range list {
		duty[d.ID] = isDuty(d)
	}
	for _, w := range warnings {
		i := slices.IndexFunc(groups, func(g warningGroup) bool { return g.Key == w.Key })
		if i < 0 {
			groups, i = append(groups, warningGroup{Key: w.Key}), len(groups)
		}
		g := &groups[i]
		g.N++
		if w.Session == 0 {
			g.Said = append(g.Said, w)
		} else if g.First == 0 && !(duty[w.Session] && w.Key == "plan.unconfirmed") {
			g.First = w.Session
		}
	}
	return groups
}
