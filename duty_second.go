package tiepdan

// SecondBy is the last day on which a citizen may complain a second time about
// what c decided (Luật Khiếu nại 2011, Điều 33), counted from the day on which
// the decision reached them; not ok for what isn't a first complaint's decision.
func SecondBy(c Case, r *Rules) (d Duty, ok bool) {
	if c.Kind != KhieuNai || c.Round == 2 || !c.Status.ended() {
		return d, false
	}
	e, ok := c.last(decided...)
	if !ok || !resolving(c, e) {
		return d, false
	}
	from := DateOf(e.At)
	for _, after := range c.History[e.N:] {
		if after.Reached() && after.byHand() {
			from = later(after.TriedOn(), from)
			break
		}
	}
	rule, ok := RuleOn("complaint.second_filing", from)
	if !ok {
		return d, false
	}
	d = Duty{ID: rule.ID, Label: rule.Label, Source: rule.Source, Note: rule.Note, Legal: true, Confirmed: rule.Confirmed(),
		By: e.Do, Since: e.N, rule: rule, term: rule.Term()}
	for _, x := range rule.Extensions {
		if x.Ground == remoteGround && r.remote(c) {
			d.term = rule.Longest(x)
		}
	}
	d.Due = r.Calendar.Due(from, d.term)
	d.On = d.Due.On
	return d, !d.On.IsZero()
}

// remoteGround is the ground of what a rule gives remote places.
const remoteGround = "remote"

func (s Status) ended() bool { return s == Answered || s == Closed }
