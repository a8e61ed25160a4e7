package tiepdan

import (
	"cmp"
	"slices"
)

// Warnings returns what a person should know about p before it is published, of
// those of ss that are in its quarter: what concerns a session in the order of the
// sessions, then what heads lack. Cancelled sessions need no warning.
func (p Plan) Warnings(ss []Session, heads []Head, today Date, c Calendar) []PlanWarning {
	ss = p.coming(ss)
	var ws []PlanWarning
	for i, s := range ss {
		ws = append(ws, s.warnings(today, c)...)
		for _, earlier := range ss[:i] {
			if same := earlier.clash(s); same != "" {
				ws = append(ws, PlanWarning{Key: "plan.clash", Session: s.ID, Head: s.Head,
					Args: map[string]any{"Same": same, "With": earlier.ID, "Starts": earlier.Starts, "On": earlier.On()}})
			}
		}
	}
	return append(ws, p.tooFew(ss, heads)...)
}

// coming returns the plan's sessions that are to be, in their order.
func (p Plan) coming(ss []Session) []Session {
	from, until := p.Days()
	ss = slices.DeleteFunc(slices.Clone(ss), func(s Session) bool {
		return s.Cancelled() || s.On().Before(from) || !s.On().Before(until)
	})
	slices.SortStableFunc(ss, func(a, b Session) int { return cmp.Or(a.Starts.Compare(b.Starts), cmp.Compare(a.ID, b.ID)) })
	return ss
}

// warnings are those that concern s by itself.
func (s Session) warnings(today Date, c Calendar) []PlanWarning {
	var ws []PlanWarning
	warn := func(key string, args map[string]any) {
		ws = append(ws, PlanWarning{Key: key, Session: s.ID, Head: s.Head, Args: args})
	}
	if s.Status == SessionDraft {
		warn("plan.unconfirmed", map[string]any{"On": s.On()})
	}
	if why, off := c.Why(s.On()); off {
		warn("plan.day_off", map[string]any{"On": s.On(), "Why": why.Name})
	}
	if why, off := c.Why(s.Original); off && s.Moved() && !why.Confirmed {
		warn("plan.unsure", map[string]any{"On": s.On(), "Original": s.Original, "Why": why.Name}) // the notice may give another day off
	}
	if by := PostBy(s, c); s.postedAfter(by, today) {
		warn("plan.late", map[string]any{"On": s.On(), "By": by})
	}
	if s.Kind == Periodic && s.Head == 0 {
		warn("plan.no_head", map[string]any{"On": s.On()})
	}
	if s.Delegated {
		warn("plan.delegated", map[string]any{"On": s.On(), "Presides": s.Presides, "Why": s.Why})
	}
	return ws
}

// postedAfter reports whether s was, or would be today, announced after its last
// day. The regular reception is posted once for all, as office hours are, and one
// out of turn can't be known so early.
func (s Session) postedAfter(by, today Date) bool {
	if s.Kind == Regular || s.Kind == Extraordinary {
		return false
	}
	if s.Public() {
		return DateOf(s.Published).After(by)
	}
	return today.After(by)
}

// clash names what s and t can't have at the same time: "head" or "place"; "" when
// they don't meet. The regular reception goes on beside any other in its room.
func (s Session) clash(t Session) string {
	switch {
	case !s.Starts.Before(t.Ends) || !t.Starts.Before(s.Ends):
		return ""
	case s.Head != 0 && s.Head == t.Head && !s.Delegated && !t.Delegated:
		return "head"
	case s.Kind != Regular && t.Kind != Regular && Fold(s.Place) != "" && Same(s.Place, t.Place):
		return "place"
	}
	return ""
}

// tooFew warns of each head for whom a month holds fewer days in person than the law wants.
func (p Plan) tooFew(ss []Session, heads []Head) []PlanWarning {
	own := slices.DeleteFunc(slices.Clone(ss), func(s Session) bool { return s.Delegated })
	from, until := p.Days()
	var ws []PlanWarning
	for _, m := range Compliance(heads, own, from, until, from) {
		if m.Active && m.Planned < m.Required {
			ws = append(ws, PlanWarning{Key: "plan.too_few", Head: m.ID, Args: map[string]any{
				"Month": m.Month, "Needed": m.Required, "Planned": m.Planned, "Name": m.Name, "Title": m.Title}})
		}
	}
	return ws
}
