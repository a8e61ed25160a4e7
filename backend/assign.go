package backend

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"tiepdan"
)

// away is asked of who gives a case to somebody who is on leave.
var away = actField{"away", "tick", true}

// byTurns is the value of the choice that leaves the officer to whose turn it is.
var byTurns = decimal(tiepdan.ByTurns)

// staffs reads what a choice of a unit or person goes by, where the acts have one.
func (ch *chooser) staffs(ctx context.Context, s *Server, can []tiepdan.Action) error {
	if !slices.Contains(can, tiepdan.Assign) && !slices.Contains(can, tiepdan.Involve) {
		return nil
	}
	d, err := s.Store.Dispatch(ctx)
	if err != nil {
		return err
	}
	ch.loads = d.Loads
	if ch.c.Unit == 0 && slices.Contains(can, tiepdan.Assign) {
		ch.route, ch.routed = d.Route(ch.c)
	}
	return nil
}

// units are those that the case may go to, or that may help with it: a unit's head
// gives it on in theirs only, and nobody to whom it is about.
func (ch chooser) units(do tiepdan.Action) []option {
	own := decimal(ch.actor.Unit)
	return slices.DeleteFunc(ch.staffing().units(), func(o option) bool {
		id, _ := strconv.ParseInt(o.Value, 10, 64)
		switch {
		case slices.Contains(ch.c.Barred.Units, id):
			return true
		case do == tiepdan.Involve:
			return id == ch.c.Unit || slices.ContainsFunc(ch.c.Helpers, func(h tiepdan.Helper) bool { return h.Unit == id && h.Done == 0 })
		}
		return ch.actor.Role == tiepdan.UnitHead && o.Value != own
	})
}

// officers are those who may have the case: a sealed one goes to named people only,
// none to whom it is about. Of an assignment, before them stands whose turn it is.
func (ch chooser) officers(do tiepdan.Action) []group {
	people := slices.DeleteFunc(slices.Clone(ch.names.staff), func(p tiepdan.Staff) bool {
		elsewhere := do == tiepdan.Assign && ch.actor.Role == tiepdan.UnitHead && p.Unit != ch.actor.Unit
		return ch.c.Sealed() && !p.Cleared || elsewhere || ch.c.Barred.Bars(p.Actor())
	})
	groups := ch.staffing().officers(people)
	if do != tiepdan.Assign {
		return groups
	}
	turn := group{Options: []option{{Value: byTurns, Label: plain(ch.names.lang, "act.by_turns")}}}
	return append([]group{turn}, groups...)
}

func (ch chooser) staffing() staffing {
	return staffing{names: ch.names, loads: ch.loads, today: ch.today}
}

// assigns is what stands in the form of an assignment: what a rule says, else the
// unit that the field names.
func (ch chooser) assigns() form {
	unit, officer := ch.c.Unit, ch.c.Officer
	f := filled()
	switch field, _ := ch.names.rules.Field(ch.c.Field); {
	case ch.actor.Role == tiepdan.UnitHead:
		unit = ch.actor.Unit
	case ch.routed:
		unit, officer = ch.route.Unit, ch.route.Officer
		if ch.route.Rule.Rotate {
			officer = tiepdan.ByTurns
		}
		f.Values.Set("rule", decimal(ch.route.Rule.ID))
	case unit == 0:
		unit = field.Unit
	}
	f.Values.Set("unit", decimal(unit))
	f.Values.Set("officer", decimal(officer))
	return f
}

// gone reports whether the form gives the case to somebody who is away.
func (ch chooser) gone(f form) bool {
	id, _ := strconv.ParseInt(f.Value("officer"), 10, 64)
	_, gone := ch.names.rules.Leaves.Away(id, ch.today)
	return gone
}

// assign does an assignment: to whom was chosen, or to whose turn it is. What
// follows a rule keeps its name and why.
func (s *Server) assign(r *http.Request, c tiepdan.Case, a tiepdan.Act) (tiepdan.Case, error) {
	if err := s.present(r, a); err != nil {
		return c, err
	}
	if err := s.markRule(r, c, &a); err != nil {
		return c, err
	}
	seen := int(number(r, "seen"))
	if a.Details.Officer != tiepdan.ByTurns {
		after, _, err := s.Store.UpdateCase(r.Context(), c.ID, once(a, 0, seen))
		return after, err
	}
	after, _, err := s.Store.UpdateRouted(r.Context(), c.ID, func(d tiepdan.Dispatch) tiepdan.Change { return onceBy(a, unlessSince(seen, a, a.ByTurn(d))) })
	return after, err
}

// present asks once more where the one who gets the case is away.
func (s *Server) present(r *http.Request, a tiepdan.Act) error {
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	l, gone := names.rules.Leaves.Away(a.Details.Officer, tiepdan.DateOf(s.Now()))
	if !gone || ticked(r, "away") {
		return nil
	}
	return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.case.officer_away",
		Args: map[string]any{"Name": names.person(a.Details.Officer), "Until": writeDate(l.Until)}}
}

// markRule notes the rule that the form was filled in by, if it still says what was
// sent.
func (s *Server) markRule(r *http.Request, c tiepdan.Case, a *tiepdan.Act) error {
	rule := number(r, "rule")
	if rule == 0 || c.Unit != 0 {
		return nil
	}
	d, err := s.Store.Dispatch(r.Context())
	if err != nil {
		return err
	}
	route, ok := d.Route(c)
	turns := route.Rule.Rotate && a.Details.Officer == tiepdan.ByTurns
	if ok && route.Rule.ID == rule && route.Unit == a.Details.Unit && (turns || route.Officer == a.Details.Officer) {
		route.Mark(&a.Details)
	}
	if turns { // whose turn it really is, and why, is found out when it is done
		a.Details.Reasons = slices.DeleteFunc(a.Details.Reasons, func(w tiepdan.Reason) bool { return w.Kind == "turn" })
	}
	return nil
}

// ruled says in one line by which rule and why a case was given out.
func (n namer) ruled(d tiepdan.Details) string {
	var why []string
	for _, w := range n.whyRouted(d.Reasons) {
		why = append(why, said(n.lang, "routing.why_"+w.Kind, map[string]any{"Value": w.Value}))
	}
	if d.Why != "" {
		why = append([]string{"“" + d.Why + "”"}, why...)
	}
	return strings.Join(why, "; ")
}
