package backend

import (
	"net/http"

	"tiepdan"
)

// citizenSide is what a case's page shows of what the citizen said of its answer,
// and of what they may do next.
type citizenSide struct {
	Said    *tiepdan.Satisfaction
	Wishes  string // why they ask for another look, while that waits for a decision
	Asked   bool   // … and that they ask
	Decides bool   // the one who looks may decide on it
	Second  *tiepdan.Recourse
	Intake  string // where the second complaint is taken in at the desk, for who may
}

// citizenOf gathers it. A denunciation has no second round at the desk: nothing
// there may tie a person to it.
func citizenOf(c tiepdan.Case, rules *tiepdan.Rules, by tiepdan.Actor, today tiepdan.Date) (p citizenSide) {
	if said, ok := c.Satisfaction(); ok {
		p.Said = &said
	}
	for _, rc := range tiepdan.Recourses(c, rules, today) {
		p.Asked = p.Asked || rc.Do == "reopen_asked"
	}
	if p.Asked {
		for _, e := range c.History {
			if e.Do == tiepdan.AskReopen {
				p.Wishes = e.Text
			}
		}
		p.Decides = tiepdan.May(c, by, tiepdan.RefuseReopen)
	}
	if next, ok := tiepdan.NextRound(c, rules, today); ok && !c.Sealed() {
		p.Second = &next
		if by.Role == tiepdan.Receptionist || by.Role == tiepdan.BoardHead {
			p.Intake = "/intake?kind=" + string(c.Kind) + "&earlier=" + string(c.Code)
		}
	}
	return p
}

// earlierAsked is the case that a petition taken in at the desk follows, if the
// form names one that the person sees and that may be followed.
func (s *Server) earlierAsked(r *http.Request) (c tiepdan.Case, ok bool, err error) {
	code, err := tiepdan.ParseCaseCode(r.FormValue("earlier"))
	if err != nil {
		return c, false, nil // none, or none that there is
	}
	c, err = s.Store.CaseByCode(r.Context(), code)
	if tiepdan.CodeOf(err) == tiepdan.NotFound && err != nil {
		return c, false, nil
	}
	if err != nil || c.Sealed() || who(r).Actor().See(c) != tiepdan.Everything {
		return tiepdan.Case{}, false, err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return c, false, err
	}
	_, ok = tiepdan.NextRound(c, rules, tiepdan.DateOf(s.Now()))
	return c, ok, nil
}

// secondForm is a second complaint's form with what the first one tells.
func secondForm(c tiepdan.Case, rules *tiepdan.Rules) form {
	against := rules.Office.Name
	if u, ok := rules.Unit(c.Unit); ok {
		against = u.Name
	}
	people := ""
	if c.Group.Many() {
		people = decimal(c.Group.People)
	}
	return filled("signed", "1", "field", c.Field, "place", c.Place, "name", c.Person.Name, "phone", c.Person.Phone, "address", c.Person.Address,
		"id_number", c.Person.IDNumber, "respondent", against, "on_behalf", c.Group.OnBehalf, "basis", c.Group.Basis, "people", people,
		"representatives", joinLines(c.Group.Representatives), "complainants", c.Group.Listed(), "earlier", string(c.Code))
}

// basisOptions are the rights by which somebody speaks for another.
func basisOptions(lang tiepdan.Language) (opts []option) {
	for _, b := range tiepdan.Bases() {
		opts = append(opts, option{Value: b, Label: plain(lang, "basis."+b)})
	}
	return opts
}
