package backend

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"tiepdan"
)

// rosterPage is what roster.html shows: a month of the duty roster as a sheet, and
// the forms to fill and to change it.
type rosterPage struct {
	Month  tiepdan.Date // its first day
	Before string
	After  string
	Weeks  [][]rosterDay
	Days   []rosterDay // those that are worked
	Staff  []option
	Form   form
	Shifts []option
	Loads  []rosterLoad
	Edits  bool
	Empty  bool
}

// rosterDay is one day of the sheet; the zero date is none of the month.
type rosterDay struct {
	On    tiepdan.Date
	Off   bool
	Why   string
	Turns []rosterTurn
	Today bool
	Note  string
}

// rosterTurn is one turn of a day; Away is one of somebody who is on leave then.
type rosterTurn struct {
	tiepdan.OnDuty
	Away bool
}

// Of returns who has the shift, and at least one empty place to choose somebody.
func (d rosterDay) Of(shift string) []string {
	var who []string
	for _, t := range d.Turns {
		if string(t.Shift) == shift {
			who = append(who, decimal(t.Staff))
		}
	}
	if len(who) == 0 {
		who = []string{""}
	}
	return who
}

// rosterLoad is how many half days somebody has in the month.
type rosterLoad struct {
	Name   string
	Halves int
}

// monthOf is the month that the request names, else this one.
func (s *Server) monthOf(r *http.Request) (from, until tiepdan.Date, err error) {
	today := tiepdan.DateOf(s.Now())
	from = tiepdan.Date{Year: today.Year, Month: today.Month, Day: 1}
	if v := r.FormValue("month"); v != "" {
		t, err := time.Parse("2006-01", v)
		if err != nil || t.Year() < 2000 || t.Year() > 2100 {
			return from, until, &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.error.no_page"}
		}
		from = tiepdan.Date{Year: t.Year(), Month: t.Month(), Day: 1}
	}
	return from, from.AddMonths(1), nil
}

func monthText(d tiepdan.Date) string { return fmt.Sprintf("%04d-%02d", d.Year, d.Month) }

func rosterPath(month tiepdan.Date) string { return "/roster?month=" + monthText(month) }

func (s *Server) showRoster(w http.ResponseWriter, r *http.Request) error {
	p, err := s.rosterPage(r, filled("shifts", string(tiepdan.WholeDay), "keep", "1"))
	if err != nil {
		return err
	}
	return s.render(w, r, "roster", p)
}

func (s *Server) rosterPage(r *http.Request, f form) (rosterPage, error) {
	from, until, err := s.monthOf(r)
	if err != nil {
		return rosterPage{}, err
	}
	turns, err := s.Store.Roster(r.Context(), from, until)
	if err != nil {
		return rosterPage{}, err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return rosterPage{}, err
	}
	p := rosterPage{Month: from, Before: rosterPath(from.AddMonths(-1)), After: rosterPath(until), Form: f, Empty: len(turns) == 0,
		Edits: slices.Contains(planners, who(r).Role)}
	if p.Staff, err = s.rosterStaff(r, turns); err != nil {
		return p, err
	}
	for _, shift := range []string{string(tiepdan.WholeDay), "halves"} {
		p.Shifts = append(p.Shifts, option{Value: shift, Label: plain(s.language(r), "roster.shifts_"+shift)})
	}
	p.draw(turns, rules, tiepdan.DateOf(s.Now()))
	p.load(turns)
	return p, nil
}

// rosterStaff are those who may be on duty, and those who are.
func (s *Server) rosterStaff(r *http.Request, turns []tiepdan.OnDuty) (opts []option, err error) {
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return nil, err
	}
	for _, one := range staff {
		serves := !one.Disabled && one.Role != tiepdan.Administrator && one.Role != tiepdan.Auditor
		has := slices.ContainsFunc(turns, func(t tiepdan.OnDuty) bool { return t.Staff == one.ID })
		if serves || has {
			opts = append(opts, option{Value: decimal(one.ID), Label: one.Name, Hint: plain(s.language(r), "role."+string(one.Role))})
		}
	}
	return opts, nil
}

// draw lays the month out, Monday first.
func (p *rosterPage) draw(turns []tiepdan.OnDuty, rules *tiepdan.Rules, today tiepdan.Date) {
	until := p.Month.AddMonths(1)
	for d := mondayOf(p.Month); d.Before(until); d = d.Add(7) {
		var week []rosterDay
		for on := d; on.Before(d.Add(7)); on = on.Add(1) {
			if on.Before(p.Month) || !on.Before(until) {
				week = append(week, rosterDay{})
				continue
			}
			why, off := rules.Calendar.Why(on)
			day := rosterDay{On: on, Off: off, Why: why.Name, Today: on == today}
			for _, t := range turns {
				if t.On == on {
					_, away := rules.Leaves.Away(t.Staff, on)
					day.Turns = append(day.Turns, rosterTurn{t, away})
					day.Note = t.Note
				}
			}
			if week = append(week, day); !off || len(day.Turns) > 0 {
				p.Days = append(p.Days, day)
			}
		}
		p.Weeks = append(p.Weeks, week)
	}
}

func (p *rosterPage) load(turns []tiepdan.OnDuty) {
	for _, t := range turns {
		i := slices.IndexFunc(p.Loads, func(l rosterLoad) bool { return l.Name == t.Name })
		if i < 0 {
			p.Loads, i = append(p.Loads, rosterLoad{Name: t.Name}), len(p.Loads)
		}
		p.Loads[i].Halves++
		if t.Shift == tiepdan.WholeDay {
			p.Loads[i].Halves++
		}
	}
	slices.SortFunc(p.Loads, func(a, b rosterLoad) int { return strings.Compare(a.Name, b.Name) })
}
