package tiepdan

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// RoutingRule says where cases of some sort go. What it doesn't name it doesn't
// ask for; of what it names, one must be the case's.
type RoutingRule struct {
	ID      int64
	Name    string
	Order   int
	Kinds   []Kind
	Fields  []string
	Places  []string
	Words   []string // words or phrases of the content; marks and case don't matter
	Unit    int64
	Officer int64 // 0: the unit's head decides, unless Rotate
	Rotate  bool  // to whose turn it is of the unit's officers
	Auto    bool  // done when a case is filed or classified; else only proposed
	Active  bool
}

// Reason is one reason why a case was routed so, for a text to say: Kind is kind,
// field, place, word (Value is what matched), turn (Value is how many open cases
// they had), away (who the rule names is) or skipped (Value is the name of a rule
// that fits too and leads to nobody who may have the case).
type Reason struct {
	Kind  string `json:"kind"`
	Value string `json:"value,omitempty"`
}

// Valid says what a rule lacks.
func (r RoutingRule) Valid() error {
	switch {
	case strings.TrimSpace(r.Name) == "":
		return invalid("routing.name_missing", nil)
	case r.Unit == 0:
		return invalid("act.unit_missing", nil)
	case len(r.Kinds)+len(r.Fields)+len(r.Places)+len(r.Words) == 0:
		return invalid("routing.asks_nothing", nil)
	}
	for _, k := range r.Kinds {
		if !k.Valid() {
			return invalid("petition.kind_unknown", nil)
		}
	}
	return nil
}

// Routing is where a rule sends a case.
type Routing struct {
	Rule    RoutingRule
	Unit    int64
	Officer int64
	Why     []Reason
}

// Dispatch is what routing a case goes by: the rules in force, who works here, who
// is away and how much everybody has.
type Dispatch struct {
	Rules  []RoutingRule // the first that fits decides
	Units  []Unit
	Staff  []Staff
	Leaves Leaves
	Loads  Loads
	Today  Date
}

// Route returns where the first rule that fits sends the case; ok is false when
// none does. It never leads to a unit or person that the case complains about or
// that is kept from it. A denunciation's content routes nothing: only its kind and
// field do, and only to people who are cleared.
func (d Dispatch) Route(c Case) (r Routing, ok bool) {
	var skipped []Reason
	rules := slices.Clone(d.Rules)
	slices.SortStableFunc(rules, func(a, b RoutingRule) int { return cmp.Compare(a.Order, b.Order) })
	text := sync.OnceValue(func() string { return " " + Fold(c.Text) + " " })
	for _, rule := range rules {
		why, fits := rule.match(c, text)
		if !fits {
			continue
		}
		if r, ok = d.follow(rule, c); ok {
			r.Why = append(append(why, r.Why...), skipped...)
			return r, true
		}
		skipped = append(skipped, Reason{Kind: "skipped", Value: rule.Name})
	}
	return Routing{}, false
}

// match reports whether the rule is about c, and by what. text is its folded content.
func (r RoutingRule) match(c Case, text func() string) (why []Reason, ok bool) {
	if !r.Active || c.Sealed() && (len(r.Words) > 0 || len(r.Places) > 0) {
		return nil, false
	}
	if !among(r.Kinds, c.Kind, "kind", &why) || !among(r.Fields, c.Field, "field", &why) || !among(r.Places, c.Place, "place", &why) {
		return nil, false
	}
	if len(r.Words) > 0 {
		word, found := firstPhrase(text(), r.Words)
		if !found {
			return nil, false
		}
		why = append(why, Reason{Kind: "word", Value: word})
	}
	return why, true
}

// among reports whether value is one of those asked for, if any are, and notes it.
func among[T ~string](asked []T, value T, kind string, why *[]Reason) bool {
	if len(asked) == 0 {
		return true
	}
	if !slices.Contains(asked, value) {
		return false
	}
	*why = append(*why, Reason{Kind: kind, Value: string(value)})
	return true
}

// firstPhrase returns the first of the phrases that stands in the folded text, as
// whole words.
func firstPhrase(text string, phrases []string) (string, bool) {
	for _, p := range phrases {
		if f := Fold(p); f != "" && strings.Contains(text, " "+f+" ") {
			return p, true
		}
	}
	return "", false
}

// follow is where the rule leads, unless nobody there may have the case.
func (d Dispatch) follow(rule RoutingRule, c Case) (Routing, bool) {
	r := Routing{Rule: rule, Unit: rule.Unit}
	if !d.unitMay(c, rule.Unit) {
		return r, false
	}
	switch {
	case rule.Officer != 0:
		if !slices.ContainsFunc(d.Staff, func(s Staff) bool { return s.ID == rule.Officer && s.Unit == rule.Unit && d.works(s, c) }) {
			return r, false
		}
		r.Officer = rule.Officer
		if _, away := d.Leaves.Away(rule.Officer, d.Today); away {
			if r.Officer, _ = d.Turn(c, rule.Unit); r.Officer == 0 {
				return r, !c.Sealed() || d.headCleared(c, rule.Unit)
			}
			r.Why = append(r.Why, Reason{Kind: "away"}, d.turnReason(r.Officer))
		}
	case rule.Rotate:
		var ok bool
		if r.Officer, ok = d.Turn(c, rule.Unit); !ok {
			return r, !c.Sealed() || d.headCleared(c, rule.Unit)
		}
		r.Why = append(r.Why, d.turnReason(r.Officer))
	case c.Sealed():
		return r, d.headCleared(c, rule.Unit)
	}
	return r, true
}

// Turn returns whose turn it is among a unit's officers: who has the fewest open
// cases, then who was given one longest ago. Who is away, may not have the case or
// is complained about by it is left out.
func (d Dispatch) Turn(c Case, unit int64) (officer int64, ok bool) {
	for _, s := range d.Staff {
		if s.Role != Officer || s.Unit != unit || !d.works(s, c) {
			continue
		}
		if _, away := d.Leaves.Away(s.ID, d.Today); away {
			continue
		}
		if !ok || d.sooner(s.ID, officer) {
			officer, ok = s.ID, true
		}
	}
	return officer, ok
}

func (d Dispatch) sooner(a, b int64) bool {
	la, lb := d.Loads.Officers[a], d.Loads.Officers[b]
	return cmp.Or(cmp.Compare(la.Open, lb.Open), la.Given.Compare(lb.Given), cmp.Compare(a, b)) < 0
}

func (d Dispatch) turnReason(officer int64) Reason {
	return Reason{Kind: "turn", Value: strconv.Itoa(d.Loads.Officers[officer].Open)}
}

// unitMay reports whether the case may go to the unit at all.
func (d Dispatch) unitMay(c Case, unit int64) bool {
	i := slices.IndexFunc(d.Units, func(u Unit) bool { return u.ID == unit && u.Active })
	if i < 0 || Named(c.Respondent, d.Units[i].Name) || slices.Contains(c.Barred.Units, unit) {
		return false
	}
	// A unit whose head is complained about is led by them.
	return !slices.ContainsFunc(d.Staff, func(s Staff) bool {
		return s.Role == UnitHead && s.Unit == unit && !s.Disabled && Named(c.Respondent, s.Name)
	})
}

// works reports whether the person may be given the case.
func (d Dispatch) works(s Staff, c Case) bool {
	return !s.Disabled && s.Role.InUnit() && (s.Cleared || !c.Sealed()) && !Named(c.Respondent, s.Name) &&
		!c.Barred.Bars(s.Actor())
}

// headCleared reports whether the unit has a head who may see what is confidential.
func (d Dispatch) headCleared(c Case, unit int64) bool {
	return slices.ContainsFunc(d.Staff, func(s Staff) bool { return s.Role == UnitHead && s.Unit == unit && d.works(s, c) && s.Cleared })
}
