package backend

import (
	"strconv"

	"tiepdan"
)

// groundOptions are the law's grounds for an act, each with the letter that goes
// with it; those that aren't well supported say so.
func groundOptions(c tiepdan.Case, do tiepdan.Action, on tiepdan.Date, lang tiepdan.Language) (opts []option) {
	for _, g := range tiepdan.LegalGrounds(do, c.Kind, on) {
		opts = append(opts, option{Value: g.ID, Label: groundName(g, lang), Text: letter(c, do, g.ID)})
	}
	return opts
}

func groundName(g tiepdan.LegalGround, lang tiepdan.Language) string {
	label := g.Label
	if lang == tiepdan.English {
		label = g.LabelEN
	}
	if !g.Confirmed() {
		label += " (" + plain(lang, "duty.unconfirmed") + ")"
	}
	return label
}

func wayOptions(c tiepdan.Case, do tiepdan.Action, lang tiepdan.Language) (opts []option) {
	ways := tiepdan.Ways(do)
	if do == tiepdan.RecordDelivery {
		ways = c.DeliveryWays()
	}
	return wordOptions("way.", lang, ways...)
}

// wordOptions are choices whose words stand under prefix and their values.
func wordOptions(prefix string, lang tiepdan.Language, values ...string) (opts []option) {
	for _, v := range values {
		opts = append(opts, option{Value: v, Label: plain(lang, prefix+v)})
	}
	return opts
}

// verdictOptions end with: not found out yet.
func verdictOptions(axis string, lang tiepdan.Language) []option {
	return append(wordOptions("class."+axis+"_", lang, string(tiepdan.Yes), string(tiepdan.No)),
		option{Label: plain(lang, "class.open")})
}

func requirementOptions(k tiepdan.Kind, lang tiepdan.Language) []option {
	return wordOptions("requirement.", lang, tiepdan.Requirements(k)...)
}

func authorityOptions(lang tiepdan.Language) []option {
	return wordOptions("authority.", lang, tiepdan.Authorities()...)
}

// conditionOptions are what must be looked at before a case is accepted.
func conditionOptions(k tiepdan.Kind, on tiepdan.Date, lang tiepdan.Language) (opts []option) {
	for _, id := range tiepdan.Conditions(k, on) {
		o := option{Value: id}
		if g, ok := tiepdan.LegalGroundByID(id); ok {
			o.Label = groundName(g, lang)
		} else {
			o.Label = plain(lang, "condition."+id)
		}
		opts = append(opts, o)
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
