package backend

import (
	"net/http"

	"tiepdan"
)

// dutyMonth is a head's month as the report shows it.
type dutyMonth struct {
	tiepdan.HeadMonth
	Over bool // what is missing can't be made up for any more
}

// dutyRule is a rule that a head was under, and the months of the report that it
// was in force for.
type dutyRule struct {
	tiepdan.Rule
	From, To tiepdan.Date // months, both included
}

// headDuty is one head's part of the report.
type headDuty struct {
	tiepdan.Head
	UnitName string
	Rules    []dutyRule
	Months   []dutyMonth
	Sum      tiepdan.HeadMonth
	Missing  int // in months that are over
	Left     int // in those that aren't
}

// Share is how much of what the law wanted by now was done, of a hundred.
func (h headDuty) Share() int {
	wanted := 0
	done := 0
	for _, m := range h.Months {
		if m.Over {
			wanted += m.Required
			done += min(m.Required, m.InPerson)
		}
	}
	if wanted == 0 {
		return 100
	}
	return done * 100 / wanted
}

// dutyPage is what report_duty.html shows.
type dutyPage struct {
	Head  reportHead
	Heads []headDuty
	From  tiepdan.Date // the whole months
	Last  tiepdan.Date
}

func (s *Server) showDutyReport(w http.ResponseWriter, r *http.Request) error {
	head, status, err := s.reportHead(r, "duty", "quarter")
	if err != nil {
		return err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	heads, err := s.Store.Heads(r.Context())
	if err != nil {
		return err
	}
	from, until := tiepdan.WholeMonths(head.Asked.From, head.Asked.Until)
	ss, err := s.Store.SessionsOfHeads(r.Context(), from, until)
	if err != nil {
		return err
	}
	today := tiepdan.DateOf(s.Now())
	p := dutyPage{Head: head, From: from, Last: until.Add(-1)}
	for _, m := range tiepdan.Compliance(heads, ss, from, until, today) {
		if n := len(p.Heads); n == 0 || p.Heads[n-1].ID != m.ID {
			u, _ := rules.Unit(m.Unit)
			p.Heads = append(p.Heads, headDuty{Head: m.Head, UnitName: u.Name})
		}
		p.Heads[len(p.Heads)-1].add(m, today)
	}
	return s.renderStatus(w, r, "report_duty", status, p)
}

// add counts a month of the head's in.
func (h *headDuty) add(m tiepdan.HeadMonth, today tiepdan.Date) {
	over := !today.Before(m.Month.AddMonths(1))
	h.Months = append(h.Months, dutyMonth{m, over})
	h.Sum.Required += m.Required
	h.Sum.Planned += m.Planned
	h.Sum.InPerson += m.InPerson
	h.Sum.Delegated += m.Delegated
	h.Sum.NotHeld += m.NotHeld
	h.Sum.Cancelled += m.Cancelled
	if over {
		h.Missing += m.Missing()
	} else {
		h.Left += m.Missing()
	}
	if m.Rule.ID == "" {
		return
	}
	if n := len(h.Rules); n > 0 && h.Rules[n-1].ID == m.Rule.ID {
		h.Rules[n-1].To = m.Month
		return
	}
	h.Rules = append(h.Rules, dutyRule{m.Rule, m.Month, m.Month})
}
