package backend

import (
	"fmt"
	"net/http"

	"tiepdan"
)

// overdueUnit is a unit's days as the report shows them.
type overdueUnit struct {
	tiepdan.OverdueUnit
	Name      string
	Helping   string // the list of what it helps others with and is late; "": the reader's own list is another
	Remaining string // … of what is owed late after a case's end
}

// overduePage is what report_overdue.html shows.
type overduePage struct {
	Head  reportHead
	Units []overdueUnit
	Sum   overdueUnit
}

const remainsLate = "/cases?view=remains&due=overdue"

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
		line := overdueUnit{OverdueUnit: u, Name: known.Name}
		if known.ID != 0 && !who(r).Role.InUnit() {
			line.Helping = fmt.Sprintf("/cases?late_help=%d", known.ID)
			line.Remaining = fmt.Sprintf("%s&unit=%d", remainsLate, known.ID)
		}
		p.Units = append(p.Units, line)
		p.Sum.OverdueUnit = p.Sum.Add(u)
	}
	if !who(r).Role.InUnit() {
		p.Sum.Remaining = remainsLate
	}
	return s.renderStatus(w, r, "report_overdue", status, p)
}
