package backend

import (
	"slices"

	"tiepdan"
)

// staffing is what one chooses a unit or a person by: how much each has, and who
// is away.
type staffing struct {
	names namer
	loads tiepdan.Loads
	today tiepdan.Date
}

// units are those at work, each with how much it has.
func (st staffing) units() []option {
	return unitOptions(st.names.rules, &st.loads, st.names.lang)
}

// officers are those of the people who work cases, under their units, each with
// how much they have and until when they are away.
func (st staffing) officers(people []tiepdan.Staff) []group {
	groups := officerGroups(st.names.rules, people, &st.loads, st.names.lang)
	for i := range groups {
		for j := range groups[i].Options {
			o := &groups[i].Options[j]
			if at := slices.IndexFunc(people, func(p tiepdan.Staff) bool { return decimal(p.ID) == o.Value }); at >= 0 {
				if away := st.names.away(people[at].ID, st.today); away != "" {
					o.Hint += " · " + away
				}
			}
		}
	}
	return groups
}

// away says until when somebody is on leave and who stands in; "" when they are here.
func (n namer) away(staff int64, today tiepdan.Date) string {
	l, ok := n.rules.Leaves.Away(staff, today)
	if !ok {
		return ""
	}
	args := map[string]any{"Until": writeDate(l.Until)}
	if substitute, ok := n.rules.Leaves.StandIn(staff, today); ok {
		args["Name"] = n.person(substitute)
		return said(n.lang, "leaves.away_substitute", args)
	}
	return said(n.lang, "leaves.away_until", args)
}
