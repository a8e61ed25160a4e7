package backend

import (
	"cmp"
	"net/http"
	"slices"

	"tiepdan"
)

// dossierPage is what dossier.html shows: whom the session will receive, what
// about, and what is known of it.
type dossierPage struct {
	Session tiepdan.Session
	Path    string
	Matters []matter
}

// matter is one of those booked, with their case as the reader may see it.
type matter struct {
	Place   placeRow
	Case    *tiepdan.Case
	Outline bool
	Field   string
	Unit    string
	Due     dueMark
	History []historyRow
}

// CasePath is the page of the matter's case.
func (m matter) CasePath() string { return casePath(m.Case.Code) }

func (s *Server) showDossier(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	places, err := s.Store.Appointments(r.Context(), who(r).Actor(), d.ID)
	if err != nil {
		return err
	}
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	slices.SortStableFunc(places, func(a, b tiepdan.Appointment) int { // by the numbers, the waiting list last
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.Number, b.Number))
	})
	p := dossierPage{Session: d, Path: deskPath(d.ID)}
	for _, a := range places {
		if a.Status == tiepdan.AppointmentDropped || a.Status == tiepdan.NoShow {
			continue
		}
		m := matter{Place: newPlaceRow(d, a, s.Now())}
		if a.Case != 0 {
			if err := s.matterOf(r, names, a.Case, &m); err != nil {
				return err
			}
		}
		p.Matters = append(p.Matters, m)
	}
	return s.render(w, r, "dossier", p)
}

// lastSteps is how many steps of a case's history a dossier has.
const lastSteps = 6

// matterOf tells a matter of its case. A look at a sealed one is recorded by the
// store, which leaves out what the reader may not see.
func (s *Server) matterOf(r *http.Request, names namer, id int64, m *matter) error {
	actor := who(r).Actor()
	c, err := s.Store.ViewCase(r.Context(), id, actor)
	if err != nil {
		return err
	}
	m.Case, m.Outline = &c, actor.See(c) != tiepdan.Everything
	m.Field, m.Unit = names.field(c.Field), names.unit(c.Unit)
	if next, ok := tiepdan.NextDue(c, names.rules); ok {
		m.Due = markOf(next.On, tiepdan.DateOf(s.Now()))
	}
	m.History = historyOf(c, names)
	m.History = m.History[:min(len(m.History), lastSteps)]
	return nil
}

// namer knows what everything is called in the reader's language.
func (s *Server) namer(r *http.Request) (namer, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return namer{}, err
	}
	staff, err := s.Store.StaffList(r.Context())
	return namer{rules: rules, staff: staff, lang: s.language(r), by: who(r).Actor()}, err
}
