package tiepdan

import (
	"cmp"
	"strings"
)

// ReopenDays is for how many days after an answer a citizen may have the case
// reopened, where the office has set no other number.
const ReopenDays = 30

// Recourse is what a citizen may do about how their case stands or ended. Do is
// its name: reopen, ask_reopen, reopen_asked (that wish waits for a decision),
// second, continue, court, elsewhere, mend, anew, coerced, or reception.
type Recourse struct {
	Do   string
	By   Date // the last day; zero: none is known
	Late bool // By is past
}

// Recourses returns what the citizen may do about c, what is closest first.
func Recourses(c Case, r *Rules, today Date) (rs []Recourse) {
	add := func(dos ...string) {
		for _, do := range dos {
			rs = append(rs, Recourse{Do: do})
		}
	}
	switch c.Status {
	case Answered, Closed:
		rs = append(rs, reopenings(c, r, today)...)
	case Guided:
		add("elsewhere")
	case Transferred:
		add("elsewhere")
	case Refused, Returned, FiledAway:
		if c.Kind == PhanAnh || c.Kind == KienNghi {
			add("anew")
		} else {
			add("mend")
		}
	case Withdrawn, Terminated:
		switch {
		case c.Kind == PhanAnh || c.Kind == KienNghi:
			add("anew")
		case c.did(RecordWithdrawal):
			add("coerced")
		}
	}
	if s, ok := NextRound(c, r, today); ok {
		rs = append(rs, s)
	}
	if c.Kind == KhieuNai && !c.Sealed() && (c.Status == Answered || c.Status == Closed || !c.lapsed(r, today).IsZero()) {
		add("court")
	}
	if !c.Status.Open() || len(rs) > 0 {
		add("reception")
	}
	return rs
}

// reopenings are how an answered case may be looked at again.
func reopenings(c Case, r *Rules, today Date) []Recourse {
	by := ReopenBy(c, r)
	switch citizen := (Actor{Role: Citizen}); {
	case c.asksReopening():
		return []Recourse{{Do: "reopen_asked"}}
	case by.IsZero() || today.After(by):
		return nil
	case May(c, citizen, Reopen):
		return []Recourse{{Do: "reopen", By: by}}
	case May(c, citizen, AskReopen):
		return []Recourse{{Do: "ask_reopen", By: by}}
	}
	return nil
}

// ReopenBy is the last day on which the citizen may have c looked at again;
// zero, if it hasn't been answered.
func ReopenBy(c Case, r *Rules) Date { return reopenBy(c, r.Office.ReopenDays) }

func reopenBy(c Case, days int) Date {
	e, ok := c.last(Answer, Approve)
	if !ok {
		return Date{}
	}
	return DateOf(e.At).Add(cmp.Or(days, ReopenDays))
}

// ReopenOver says why a wish to have c reopened comes too late, or nil. [Act.Apply]
// asks the same.
func ReopenOver(c Case, r *Rules, today Date) error { return reopenOver(c, r.Office.ReopenDays, today) }

func reopenOver(c Case, days int, today Date) error {
	if by := reopenBy(c, days); today.After(by) {
		return &Error{Code: Conflict, Key: "act.reopen_over", Args: map[string]any{"By": by}}
	}
	return nil
}

// NextRound reports whether the citizen may go on to a second round of c, and
// by which day: khiếu nại lần hai after the first answer, or once the time for it
// has passed (Luật Khiếu nại 2011, Điều 33); tố cáo tiếp after the conclusion (Luật
// Tố cáo 2018, Điều 37).
func NextRound(c Case, r *Rules, today Date) (Recourse, bool) {
	told := c.Status == Answered || c.Status == Closed
	switch {
	case c.Kind == KhieuNai && !c.Sealed() && c.Round < 2 && (told || !c.lapsed(r, today).IsZero()):
		by := c.secondBy(r, today)
		return Recourse{Do: "second", By: by, Late: !by.IsZero() && today.After(by)}, true
	case c.Sealed() && told:
		return Recourse{Do: "continue"}, true
	}
	return Recourse{}, false
}

// secondBy is the last day for a second complaint: as [SecondBy] has it after an
// answer, else counted from the day by which that should have been there.
func (c Case) secondBy(r *Rules, today Date) Date {
	if d, ok := SecondBy(c, r); ok {
		return d.On
	}
	from := c.lapsed(r, today)
	rule, ok := RuleOn("complaint.second_filing", from)
	if !ok || from.IsZero() {
		return Date{}
	}
	term := rule.Term()
	for _, x := range rule.Extensions {
		if x.Ground == remoteGround && r.remote(c) {
			term = rule.Longest(x)
		}
	}
	return r.Calendar.Due(from, term).On
}

// lapsed is the last day of the term in which an open complaint should have been
// resolved, if that has passed by today.
func (c Case) lapsed(r *Rules, today Date) Date {
	if c.Kind != KhieuNai || !c.Status.Open() {
		return Date{}
	}
	for _, d := range Duties(c, r) {
		if d.Legal && strings.HasPrefix(d.ID, "complaint.resolve_") && d.Pending() && today.After(d.On) {
			return d.On
		}
	}
	return Date{}
}
