package backend

import (
	"strconv"

	"tiepdan"
)

// groundOptions are the law's grounds for an act; those that aren't well supported say so.
func groundOptions(do tiepdan.Action, k tiepdan.Kind, on tiepdan.Date, lang tiepdan.Language) (opts []option) {
	for _, g := range tiepdan.LegalGrounds(do, k, on) {
		label := g.Label
		if lang == tiepdan.English {
			label = g.LabelEN
		}
		if !g.Confirmed() {
			label += " (" + plain(lang, "duty.unconfirmed") + ")"
		}
		opts = append(opts, option{Value: g.ID, Label: label})
	}
	return opts
}

func wayOptions(do tiepdan.Action, lang tiepdan.Language) (opts []option) {
	for _, way := range tiepdan.Ways(do) {
		opts = append(opts, option{Value: way, Label: plain(lang, "way."+way)})
	}
	return opts
}

// leaderOptions are those who may give direction in the case.
func leaderOptions(staff []tiepdan.Staff, c tiepdan.Case) (opts []option) {
	for _, p := range staff {
		if !p.Disabled && (p.Role == tiepdan.Leader || p.Role == tiepdan.BoardHead) && p.Actor().See(c) == tiepdan.Everything {
			opts = append(opts, option{Value: strconv.FormatInt(p.ID, 10), Label: p.Name})
		}
	}
	return opts
}
