package backend

import (
	"net/http"
	"regexp"
	"strings"

	"tiepdan"
)

// codeForm is how units and fields are named in addresses and in the books.
var codeForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$`)

// unitRow is a unit in the list.
type unitRow struct {
	tiepdan.Unit
	Load   tiepdan.Load
	People int
}

// unitsPage is what units.html shows: the list, and the form of one.
type unitsPage struct {
	Rows []unitRow
	Unit tiepdan.Unit // the zero value: a new one
	Form form
}

func (s *Server) unitsPage(r *http.Request, u tiepdan.Unit, f form) (unitsPage, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return unitsPage{}, err
	}
	loads, err := s.Store.Loads(r.Context())
	if err != nil {
		return unitsPage{}, err
	}
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return unitsPage{}, err
	}
	people := map[int64]int{}
	for _, one := range staff {
		if !one.Disabled {
			people[one.Unit]++
		}
	}
	p := unitsPage{Unit: u, Form: f}
	for _, unit := range rules.Units {
		p.Rows = append(p.Rows, unitRow{unit, loads.Units[unit.ID], people[unit.ID]})
	}
	return p, nil
}

func (s *Server) showUnits(w http.ResponseWriter, r *http.Request) error {
	p, err := s.unitsPage(r, tiepdan.Unit{}, filled("active", "1"))
	if err != nil {
		return err
	}
	return s.render(w, r, "units", p)
}

// unit is the one that the address names; a new one where it names none.
func (s *Server) unit(r *http.Request) (tiepdan.Unit, error) {
	if r.PathValue("id") == "" {
		return tiepdan.Unit{}, nil
	}
	id, err := pathID(r, "unit.none")
	if err != nil {
		return tiepdan.Unit{}, err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return tiepdan.Unit{}, err
	}
	u, ok := rules.Unit(id)
	if !ok {
		return u, &tiepdan.Error{Code: tiepdan.NotFound, Key: "unit.none"}
	}
	return u, nil
}

func (s *Server) showUnit(w http.ResponseWriter, r *http.Request) error {
	u, err := s.unit(r)
	if err != nil {
		return err
	}
	f := filled("code", u.Code, "name", u.Name, "ward", mark1(u.Ward), "remote", mark1(u.Remote), "active", mark1(u.Active))
	p, err := s.unitsPage(r, u, f)
	if err != nil {
		return err
	}
	return s.render(w, r, "units", p)
}

func (s *Server) saveUnit(w http.ResponseWriter, r *http.Request) error {
	before, err := s.unit(r)
	if err != nil {
		return err
	}
	in := typedIn(r)
	u := tiepdan.Unit{ID: before.ID, Code: strings.TrimSpace(r.PostFormValue("code")), Name: in.line("name"),
		Ward: ticked(r, "ward"), Remote: ticked(r, "remote"), Active: ticked(r, "active")}
	if before.ID != 0 {
		u.Code = before.Code // cases of wards name it
	}
	err = incomplete("page.units.incomplete")
	switch {
	case in.fault != nil:
		err = in.fault
	case u.Name != "" && codeForm.MatchString(u.Code):
		err = s.Store.SaveUnit(r.Context(), who(r).Actor(), u)
	}
	if err != nil {
		return s.again(w, r, err, "units", func(f form) (any, error) { return s.unitsPage(r, before, f) })
	}
	return s.done(w, r, "units.saved", "/units")
}
