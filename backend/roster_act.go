package backend

import (
	"net/http"
	"net/url"
	"slices"

	"tiepdan"
)

// fillRoster gives the month's turns by rotation, fair over the last three months;
// who is on leave on a day has none there.
func (s *Server) fillRoster(w http.ResponseWriter, r *http.Request) error {
	from, until, err := s.monthOf(r)
	if err != nil {
		return err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	standing, err := s.Store.Roster(r.Context(), from.AddMonths(-3), until)
	if err != nil {
		return err
	}
	turn := tiepdan.Rotation{From: from, Until: until, Standing: standing, Shifts: []tiepdan.Shift{tiepdan.WholeDay},
		Away: func(staff int64, on tiepdan.Date) bool { _, away := rules.Leaves.Away(staff, on); return away }}
	if !ticked(r, "keep") {
		turn.Standing = slices.DeleteFunc(standing, func(t tiepdan.OnDuty) bool { return !t.On.Before(from) })
	}
	if r.PostFormValue("shifts") == "halves" {
		turn.Shifts = []tiepdan.Shift{tiepdan.Morning, tiepdan.Afternoon}
	}
	if turn.Staff, err = s.onRoster(r, r.PostForm["staff"]); err == nil && len(turn.Staff) == 0 {
		err = incomplete("page.roster.nobody")
	}
	if err == nil {
		err = s.Store.SaveRoster(r.Context(), who(r).Actor(), from, until, tiepdan.FillRoster(turn, rules.Calendar))
	}
	if err != nil {
		return s.again(w, r, err, "roster", func(f form) (any, error) { return s.rosterPage(r, f) })
	}
	return s.done(w, r, "roster.filled", rosterPath(from))
}

// onRoster are the members of staff that a form names.
func (s *Server) onRoster(r *http.Request, values []string) (ids []int64, err error) {
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return nil, err
	}
	for _, one := range staff {
		if slices.Contains(values, decimal(one.ID)) {
			ids = append(ids, one.ID)
		}
	}
	return ids, nil
}

// saveRoster keeps a month as it was set day by day.
func (s *Server) saveRoster(w http.ResponseWriter, r *http.Request) error {
	from, until, err := s.monthOf(r)
	if err != nil {
		return err
	}
	known, err := s.Store.StaffList(r.Context())
	if err != nil {
		return err
	}
	var turns []tiepdan.OnDuty
	in := typedIn(r)
	for d := from; d.Before(until); d = d.Add(1) {
		turns = append(turns, turnsOf(in, d, known)...)
	}
	if err = in.fault; err == nil {
		err = s.Store.SaveRoster(r.Context(), who(r).Actor(), from, until, turns)
	}
	if err != nil {
		return s.again(w, r, err, "roster", func(f form) (any, error) { return s.rosterPage(r, f) })
	}
	return s.done(w, r, "roster.saved", rosterPath(from))
}

// turnsOf reads who is on duty on a day.
func turnsOf(in *typedForm, on tiepdan.Date, known []tiepdan.Staff) (turns []tiepdan.OnDuty) {
	note := in.line("note-" + on.String())
	for _, shift := range []tiepdan.Shift{tiepdan.WholeDay, tiepdan.Morning, tiepdan.Afternoon} {
		chosen := in.r.PostForm[string(shift)+"-"+on.String()]
		for _, one := range known {
			if slices.Contains(chosen, decimal(one.ID)) {
				turns = append(turns, tiepdan.OnDuty{On: on, Shift: shift, Staff: one.ID, Note: note})
			}
		}
	}
	return turns
}

// sendRoster is the month's roster as a PDF.
func (s *Server) sendRoster(w http.ResponseWriter, r *http.Request) error {
	from, _, err := s.monthOf(r)
	if err != nil {
		return err
	}
	return s.sendPrint(w, r, "roster", 0, url.Values{"month": {monthText(from)}})
}
