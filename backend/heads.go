package backend

import (
	"net/http"
	"slices"

	"tiepdan"
)

// headRow is a head with what the law asks of them this month.
type headRow struct {
	tiepdan.Head
	UnitName  string
	Days      int
	Rule      tiepdan.Rule
	Known     bool
	Required  int // of this quarter's plan, for the month
	Planned   int
	Delegated int
}

// headsPage is what heads.html shows: the list, and the form of one.
type headsPage struct {
	Rows   []headRow
	Head   tiepdan.Head
	Form   form
	Units  []option
	Duties []option
	Staff  []option
	Edits  bool
}

func (s *Server) headsPage(r *http.Request, h tiepdan.Head, f form) (headsPage, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return headsPage{}, err
	}
	heads, err := s.Store.Heads(r.Context())
	if err != nil {
		return headsPage{}, err
	}
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return headsPage{}, err
	}
	p := headsPage{Head: h, Form: f, Units: unitOptions(rules, nil, s.language(r)), Edits: slices.Contains(deciders, who(r).Role)}
	for _, rule := range tiepdan.DutyRules() {
		if today := tiepdan.DateOf(s.Now()); !rule.ValidTo.IsZero() && rule.ValidTo.Before(today) && rule.ID != h.Duty {
			continue // nobody new can owe it
		}
		p.Duties = append(p.Duties, option{Value: rule.ID, Label: rule.Label})
	}
	for _, one := range staff {
		if !one.Disabled {
			p.Staff = append(p.Staff, option{Value: decimal(one.ID), Label: one.Name})
		}
	}
	return p, s.headRows(r, &p, heads, rules)
}

// headRows adds how this month stands for each head, by the law's own count.
func (s *Server) headRows(r *http.Request, p *headsPage, heads []tiepdan.Head, rules *tiepdan.Rules) error {
	today := tiepdan.DateOf(s.Now())
	from := tiepdan.Date{Year: today.Year, Month: today.Month, Day: 1}
	until := from.AddMonths(1)
	first, last := tiepdan.WholeMonths(from, until)
	list, err := s.Store.Sessions(r.Context(), first.Time(), last.Time())
	if err != nil {
		return err
	}
	months := tiepdan.Compliance(heads, list, from, until, today)
	for _, h := range heads {
		unit, _ := rules.Unit(h.Unit)
		row := headRow{Head: h, UnitName: unit.Name}
		row.Days, row.Rule, row.Known = h.Owes(today)
		for _, m := range months {
			if m.ID == h.ID {
				row.Required, row.Planned, row.Delegated = m.Required, m.Planned, m.Delegated
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return nil
}

func (s *Server) showHeads(w http.ResponseWriter, r *http.Request) error {
	p, err := s.headsPage(r, tiepdan.Head{}, filled("active", "1"))
	if err != nil {
		return err
	}
	return s.render(w, r, "heads", p)
}

// head is the one that the address names; a new one where it names none.
func (s *Server) head(r *http.Request) (tiepdan.Head, error) {
	if r.PathValue("id") == "" {
		return tiepdan.Head{}, nil
	}
	id, err := pathID(r, "head.none")
	if err != nil {
		return tiepdan.Head{}, err
	}
	heads, err := s.Store.Heads(r.Context())
	if err != nil {
		return tiepdan.Head{}, err
	}
	i := slices.IndexFunc(heads, func(h tiepdan.Head) bool { return h.ID == id })
	if i < 0 {
		return tiepdan.Head{}, &tiepdan.Error{Code: tiepdan.NotFound, Key: "head.none"}
	}
	return heads[i], nil
}

func (s *Server) showHead(w http.ResponseWriter, r *http.Request) error {
	h, err := s.head(r)
	if err != nil {
		return err
	}
	f := filled("name", h.Name, "title", h.Title, "unit", decimal(h.Unit), "duty", h.Duty, "staff", decimal(h.Staff), "active", mark1(h.Active))
	p, err := s.headsPage(r, h, f)
	if err != nil {
		return err
	}
	return s.render(w, r, "heads", p)
}

func (s *Server) saveHead(w http.ResponseWriter, r *http.Request) error {
	before, err := s.head(r)
	if err != nil {
		return err
	}
	in := typedIn(r)
	h := tiepdan.Head{ID: before.ID, Name: in.line("name"), Title: in.line("title"), Unit: number(r, "unit"), Duty: r.PostFormValue("duty"),
		Staff: number(r, "staff"), Active: ticked(r, "active")}
	known := slices.ContainsFunc(tiepdan.DutyRules(), func(rule tiepdan.Rule) bool { return rule.ID == h.Duty })
	err = incomplete("page.heads.incomplete")
	switch {
	case in.fault != nil:
		err = in.fault
	case h.Name != "" && h.Title != "" && known:
		if err = s.knownBy(r, h); err == nil {
			_, err = s.Store.SaveHead(r.Context(), who(r).Actor(), h)
		}
	}
	if err != nil {
		return s.again(w, r, err, "heads", func(f form) (any, error) { return s.headsPage(r, before, f) })
	}
	return s.done(w, r, "heads.saved", "/heads")
}

// knownBy reports whether a head's unit and account are there.
func (s *Server) knownBy(r *http.Request, h tiepdan.Head) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return err
	}
	if err := unitThere(rules, h.Unit); err != nil {
		return err
	}
	if h.Staff != 0 && !slices.ContainsFunc(staff, func(p tiepdan.Staff) bool { return p.ID == h.Staff }) {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "head.none"}
	}
	return nil
}
