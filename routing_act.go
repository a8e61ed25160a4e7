package tiepdan

import (
	"fmt"
	"hash/fnv"
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

// RoutedBy returns the rules in force that are about c, which nobody has yet, if one
// of them acts by itself: by these, and no newer ones, it is routed.
func (r *Rules) RoutedBy(c Case) (by []RoutingRule) {
	if c.Status != Received || c.Unit != 0 || !slices.ContainsFunc(r.Routing, RoutingRule.acts) {
		return nil
	}
	text := sync.OnceValue(func() string { return " " + Fold(c.Text) + " " })
	for _, rule := range r.Routing {
		if _, fits := rule.match(c, text); fits {
			by = append(by, rule)
		}
	}
	if !slices.ContainsFunc(by, RoutingRule.acts) {
		return nil
	}
	return by
}

func (r RoutingRule) acts() bool { return r.Active && r.Auto }

// Meaning is a number for what the rule asks and where it leads: another one when
// either was changed, and the same under another name, in another place of the order
// and while it is switched off.
func (r RoutingRule) Meaning() int64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%q %q %q %q %d %d %t %t", r.Kinds, r.Fields, r.Places, r.Words, r.Unit, r.Officer, r.Rotate, r.Auto)
	return int64(h.Sum64())
}

// Meant returns d with no other rules than those that are named, each by its ID, and
// still mean what they did then, by its [RoutingRule.Meaning].
func (d Dispatch) Meant(then map[int64]int64) Dispatch {
	d.Rules = slices.DeleteFunc(slices.Clone(d.Rules), func(r RoutingRule) bool {
		meaning, named := then[r.ID]
		return !named || meaning != r.Meaning()
	})
	return d
}
