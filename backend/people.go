package backend

import (
	"net/http"
	"strings"

	"tiepdan"
)

// personRow is a member of staff in the list.
type personRow struct {
	tiepdan.Staff
	UnitName string
	Load     tiepdan.Load
}

// peoplePage is what people.html shows.
type peoplePage struct {
	Rows  []personRow
	Joins int // accounts that wait for confirmation
}

func (s *Server) showPeople(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return err
	}
	loads, err := s.Store.Loads(r.Context())
	if err != nil {
		return err
	}
	var p peoplePage
	for _, one := range staff {
		unit, _ := rules.Unit(one.Unit)
		p.Rows = append(p.Rows, personRow{one, unit.Name, loads.Officers[one.ID]})
	}
	if p.Joins, err = joinsWaiting(r.Context(), s.Store, who(r)); err != nil {
		return err
	}
	return s.render(w, r, "people", p)
}

// personPage is what person.html shows: one member of staff, or a new one.
type personPage struct {
	Person   tiepdan.Staff // the zero value: a new one
	UnitName string
	Self     bool // one's own role, clearance and access are for somebody else to change
	Form     form
	Roles    []option
	Units    []option
}

func (s *Server) personPage(r *http.Request, person tiepdan.Staff, f form) (personPage, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return personPage{}, err
	}
	unit, _ := rules.Unit(person.Unit)
	lang := s.language(r)
	return personPage{Person: person, UnitName: unit.Name, Self: person.ID == who(r).ID, Form: f,
		Roles: roleOptions(lang), Units: unitOptions(rules, nil, lang)}, nil
}

func (s *Server) showNewPerson(w http.ResponseWriter, r *http.Request) error {
	p, err := s.personPage(r, tiepdan.Staff{}, form{})
	if err != nil {
		return err
	}
	return s.render(w, r, "person", p)
}

// person is the member of staff that the address names.
func (s *Server) person(r *http.Request) (tiepdan.Staff, error) {
	id, err := pathID(r, "staff.none")
	if err != nil {
		return tiepdan.Staff{}, err
	}
	return s.Store.Staff(r.Context(), id)
}

func (s *Server) showPerson(w http.ResponseWriter, r *http.Request) error {
	person, err := s.person(r)
	if err != nil {
		return err
	}
	f := filled("login", person.Login, "name", person.Name, "role", string(person.Role), "unit", decimal(person.Unit),
		"cleared", mark1(person.Cleared))
	p, err := s.personPage(r, person, f)
	if err != nil {
		return err
	}
	return s.render(w, r, "person", p)
}

// savePerson adds a member of staff, or changes the one that the address names.
func (s *Server) savePerson(w http.ResponseWriter, r *http.Request) error {
	var person tiepdan.Staff
	if r.PathValue("id") != "" {
		var err error
		if person, err = s.person(r); err != nil {
			return err
		}
	}
	id, err := s.writePerson(r, person)
	if err != nil {
		return s.again(w, r, err, "person", func(f form) (any, error) { return s.personPage(r, person, f) })
	}
	said := "people.saved"
	if person.ID == 0 {
		said = "people.added"
	}
	return s.done(w, r, said, "/people/"+decimal(id))
}

func (s *Server) writePerson(r *http.Request, person tiepdan.Staff) (int64, error) {
	by := who(r)
	changed := person
	changed.Login, changed.Name = r.PostFormValue("login"), strings.Join(strings.Fields(tiepdan.Clean(r.PostFormValue("name"))), " ")
	if person.ID == 0 || person.ID != by.ID {
		changed.Role, changed.Cleared = tiepdan.Role(r.PostFormValue("role")), ticked(r, "cleared")
		changed.Unit = number(r, "unit")
	}
	if !changed.Role.InUnit() {
		changed.Unit = 0
	}
	if changed.Unit != 0 {
		rules, err := s.Store.Rules(r.Context())
		if err != nil {
			return 0, err
		}
		if _, ok := rules.Unit(changed.Unit); !ok {
			return 0, &tiepdan.Error{Code: tiepdan.Invalid, Key: "staff.unit_missing"}
		}
	}
	return s.Store.SaveStaff(r.Context(), by.Actor(), changed)
}
