package backend

import (
	"net/http"

	"tiepdan"
)

// overdueUnit is a unit's days as the report shows them.
type overdueUnit struct {
	tiepdan.OverdueUnit
	Name string
}

// overduePage is what report_overdue.html shows.
type overduePage struct {
	Head  reportHead
	Units []overdueUnit
	Sum   overdueUnit
}

func (s *Server) showOverdueReport(w http.ResponseWriter, r *http.Request) error {
	head, status, err := s.reportHead(r, "overdue", "quarter")
	if err != nil {
		return err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	units, err := s.Store.OverdueReport(r.Context(), who(r).Actor(), head.Asked.From, head.Asked.Until)
	if err != nil {
		return err
	}
	p := overduePage{Head: head}
	for _, u := range units {
		known, _ := rules.Unit(u.Unit)
		p.Units = append(p.Units, overdueUnit{u, known.Name})
		p.Sum.OverdueUnit = p.Sum.Add(u)
	}
	return s.renderStatus(w, r, "report_overdue", status, p)
}
