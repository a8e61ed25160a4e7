package backend

import (
	"slices"
	"strconv"

	"tiepdan"
)

// What forms let people choose from.

func kindOptions(lang tiepdan.Language) (opts []option) {
	for _, k := range tiepdan.Kinds() {
		opts = append(opts, option{Value: string(k), Label: plain(lang, "kind."+string(k))})
	}
	return opts
}

func roleOptions(lang tiepdan.Language) (opts []option) {
	for _, r := range tiepdan.StaffRoles() {
		opts = append(opts, option{Value: string(r), Label: plain(lang, "role."+string(r))})
	}
	return opts
}

func fieldName(f tiepdan.Field, lang tiepdan.Language) string {
	if lang == tiepdan.English && f.NameEN != "" {
		return f.NameEN
	}
	return f.Name
}

func fieldOptions(rules *tiepdan.Rules, lang tiepdan.Language) (opts []option) {
	for _, f := range rules.Fields {
		if f.Active {
			opts = append(opts, option{Value: f.Code, Label: fieldName(f, lang)})
		}
	}
	return opts
}

func placeOptions(rules *tiepdan.Rules) (opts []option) {
	for _, u := range rules.Wards() {
		opts = append(opts, option{Value: u.Code, Label: u.Name})
	}
	return opts
}

// unitOptions are the units that are at work, with how much each has when loads are known.
func unitOptions(rules *tiepdan.Rules, loads *tiepdan.Loads, lang tiepdan.Language) (opts []option) {
	for _, u := range rules.Units {
		if !u.Active {
			continue
		}
		o := option{Value: strconv.FormatInt(u.ID, 10), Label: u.Name}
		if loads != nil {
			o.Hint = loadHint(loads.Units[u.ID], lang)
		}
		opts = append(opts, o)
	}
	return opts
}

// officerGroups are the people who work cases, under their units.
func officerGroups(rules *tiepdan.Rules, staff []tiepdan.Staff, loads *tiepdan.Loads, lang tiepdan.Language) (gs []group) {
	for _, u := range rules.Units {
		g := group{Label: u.Name}
		for _, p := range staff {
			if p.Unit != u.ID || p.Disabled || !slices.Contains([]tiepdan.Role{tiepdan.Officer, tiepdan.UnitHead}, p.Role) {
				continue
			}
			o := option{Value: strconv.FormatInt(p.ID, 10), Label: p.Name}
			if loads != nil {
				o.Hint = loadHint(loads.Officers[p.ID], lang)
			}
			g.Options = append(g.Options, o)
		}
		if len(g.Options) > 0 {
			gs = append(gs, g)
		}
	}
	return gs
}

func loadHint(l tiepdan.Load, lang tiepdan.Language) string {
	return said(lang, "load", map[string]any{"Open": l.Open, "Overdue": l.Overdue})
}
