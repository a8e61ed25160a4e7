package backend

import (
	"net/http"

	"tiepdan"
)

// directedUnit is a unit's directions as the report shows them.
type directedUnit struct {
	tiepdan.DirectiveUnit
	Name  string
	Path  string // of the list of them
	Share int    // in time, of a hundred of those done
}

// directiveReportPage is what report_directives.html shows.
type directiveReportPage struct {
	Head  reportHead
	Units []directedUnit
	Sum   directedUnit
}

func (s *Server) showDirectiveReport(w http.ResponseWriter, r *http.Request) error {
	head, status, err := s.reportHead(r, "directives", "quarter")
	if err != nil {
		return err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	units, err := s.Store.DirectiveReport(r.Context(), who(r).Actor(), head.Asked.From, head.Asked.Until)
	if err != nil {
		return err
	}
	p := directiveReportPage{Head: head}
	sum := &p.Sum.DirectiveUnit
	for _, u := range units {
		known, _ := rules.Unit(u.Unit)
		q := head.Asked.Query()
		q.Set("unit", decimal(u.Unit))
		q.Set("view", "all")
		p.Units = append(p.Units, directedUnit{u, known.Name, "/directives?" + q.Encode(), inTime(u)})
		sum.Issued += u.Issued
		sum.Done += u.Done
		sum.Cancelled += u.Cancelled
		sum.InTime += u.InTime
		sum.Late += u.Late
		sum.Open += u.Open
		sum.Overdue += u.Overdue
		sum.Urged += u.Urged
	}
	p.Sum.Share = inTime(*sum)
	return s.renderStatus(w, r, "report_directives", status, p)
}

func inTime(u tiepdan.DirectiveUnit) int { return int(shareOf(u.InTime, u.Done)) }
