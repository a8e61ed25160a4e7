package tiepdan

import (
	"slices"
	"sync"
)

// ByTurns stands for the officer of an [Assign] who is chosen when it is done: whose
// turn it is then.
const ByTurns int64 = -1

// ByTurn is the [Change] that a, an assignment, makes with whose turn it is in its unit.
func (a Act) ByTurn(d Dispatch) Change {
	return func(c Case) (Case, Entry, error) {
		officer, ok := d.Turn(c, a.Details.Unit)
		if !ok {
			return c, Entry{}, &Error{Code: Conflict, Key: "act.nobody_free"}
		}
		a := a
		a.Details.Officer = officer
		a.Details.Reasons = append(a.Details.Reasons[:len(a.Details.Reasons):len(a.Details.Reasons)], d.turnReason(officer))
		return a.Apply(c)
	}
}

// ByRule is the [Change] that a, an assignment, makes as the routing rules say. Where
// auto is set, only a rule that acts by itself does.
func (a Act) ByRule(d Dispatch, auto bool) Change {
	return func(c Case) (Case, Entry, error) {
		r, ok := d.Route(c)
		if !ok || auto && !r.Rule.Auto {
			return c, Entry{}, &Error{Code: Conflict, Key: "routing.no_rule"}
		}
		a := a
		r.Mark(&a.Details)
		a.Details.Unit, a.Details.Officer = r.Unit, r.Officer
		return a.Apply(c)
	}
}

// Mark notes in an assignment's details by which rule it is made, and why.
func (r Routing) Mark(d *Details) { d.Rule, d.Why, d.Reasons = r.Rule.ID, r.Rule.Name, r.Why }

// RoutesItself reports whether a rule that acts by itself may be about c, which
// nobody has yet.
func (r *Rules) RoutesItself(c Case) bool {
	if c.Status != Received || c.Unit != 0 || !slices.ContainsFunc(r.Routing, func(rule RoutingRule) bool { return rule.Active && rule.Auto }) {
		return false
	}
	text := sync.OnceValue(func() string { return " " + Fold(c.Text) + " " })
	return slices.ContainsFunc(r.Routing, func(rule RoutingRule) bool {
		_, fits := rule.match(c, text)
		return fits && rule.Auto
	})
}
