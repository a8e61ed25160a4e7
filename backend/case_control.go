package backend

import (
	"net/url"

	"tiepdan"
)

// fill gives an act's field what there is to choose from, and its hints.
func (ch chooser) fill(c *actControl, do tiepdan.Action, name string) {
	lang, only := ch.names.lang, func(opts []option) []group { return []group{{Options: opts}} }
	switch name {
	case "reason":
		c.Rows = 3
	case "result", "evidence", "next", "signer":
		ch.checkControl(do, c)
	case "until", "signed", "on":
		c.Type, c.Part = "date", "input"
	case "ground":
		c.Groups, c.Empty = only(groundOptions(ch.c, do, ch.today, lang)), "act.choose_ground"
	case "how":
		c.Groups = only(wayOptions(ch.c, do, lang))
	case "outcome":
		c.Groups = only(wordOptions("delivered.", lang, tiepdan.DeliveryOutcomes()...))
	case "part":
		c.Most = tiepdan.MaxAddress
	case "taker", "parcel":
		c.Hint = "act." + name + "_hint"
	case "asked":
		c.Groups, c.Empty = only(leaderOptions(ch.names.staff, ch.c)), "act.any_leader"
	case "files":
		c.Hint = "act.files_hint"
	case "sealing", "away":
		c.Hint = "act." + name + "_hint"
	case "kind":
		if !ch.c.Sealed() {
			c.Hint = "act.kind_hint"
		}
		c.Groups = only(kindOptions(lang))
	case "field":
		c.Groups = only(fieldOptions(ch.names.rules, lang))
	case "place":
		c.Groups, c.Empty = only(placeOptions(ch.names.rules)), "act.no_place"
	case "unit":
		c.Groups, c.Empty = only(ch.units(do)), "act.choose_unit"
	case "officer":
		c.Groups, c.Empty = ch.officers(do), "act.unit_decides"
	default:
		ch.fillClass(c, name)
	}
}

// fillClass does the same for the fields of a classification, and of an acceptance.
func (ch chooser) fillClass(c *actControl, name string) {
	lang, only := ch.names.lang, func(opts []option) []group { return []group{{Options: opts}} }
	switch name {
	case "mixed":
		c.Hint = "act.mixed_hint"
	case "eligible", "competent":
		c.Groups = only(verdictOptions(name, lang))
	case "lacks":
		c.Groups, c.Hint = only(requirementOptions(ch.c.Kind, lang)), "act.lacks_hint"
		if ch.c.Class.IsZero() && len(tiepdan.Wanting(ch.c)) > 0 {
			c.Hint = "act.lacks_proposed"
		}
	case "authority":
		c.Groups, c.Empty, c.Hint = only(authorityOptions(lang)), "act.no_authority", "act.authority_hint"
	case "people":
		c.Type, c.Hint = "number", "act.people_hint"
	case "checked":
		c.Label, c.Hint = "act.checked_"+string(ch.c.Kind), "act.checked_hint_"+string(ch.c.Kind)
		c.Groups = only(conditionOptions(ch.c.Kind, ch.today, lang))
	}
}

// begin is what stands in an act's form before anybody types: the case as it is,
// the unit that the field names, the answer that was sent back, the letter that
// goes with a ground.
func (ch chooser) begin(do tiepdan.Action) url.Values {
	c, v := ch.c, url.Values{}
	switch do {
	case tiepdan.Classify:
		ch.beginClass(v)
	case tiepdan.Assign:
		return ch.assigns().Values
	case tiepdan.Propose, tiepdan.Answer:
		ch.beginAnswer(v)
	case tiepdan.RecordDelivery:
		v.Set("on", ch.today.String())
		v.Set("outcome", tiepdan.DeliveryDone)
		if e, ok := c.OnItsWay(); ok {
			v.Set("how", e.Details.How)
			v.Set("parcel", e.Details.Parcel)
		}
	case tiepdan.Retain:
		v.Set("until", ch.today.AddMonths(12).String())
	case tiepdan.AskMore, tiepdan.Tell:
		if ch.ground == "lacks" {
			v.Set("text", lacksLetter(c))
		}
	default:
		v.Set("ground", ch.ground)
		v.Set("reason", letter(c, do, ch.ground))
	}
	return v
}

// beginClass is the classification as it stands; where there is none, what the
// case's books show to be lacking is proposed.
func (ch chooser) beginClass(v url.Values) {
	c, k := ch.c, ch.c.Class
	v.Set("kind", string(c.Kind))
	v.Set("field", c.Field)
	v.Set("place", c.Place)
	v.Set("mixed", mark1(k.Mixed))
	v.Set("eligible", string(k.Eligible))
	v.Set("competent", string(k.Competent))
	v.Set("authority", k.Authority)
	v["lacks"] = k.Lacks
	if k.IsZero() {
		v["lacks"] = tiepdan.Wanting(c)
	}
	people := max(k.People, c.Group.People)
	v.Set("people", decimal(max(1, people)))
}
