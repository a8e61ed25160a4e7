package tiepdan

import "slices"

// Proposal returns the answer that waits for approval, or the last one that did.
func (c Case) Proposal() (Entry, bool) { return c.last(Propose) }

// Proposals are all that was proposed since the case was last opened, the first first.
func (c Case) Proposals() []Entry { return c.sinceReopened(Propose) }

// Judgments are the approvals that the present proposal has gained, the first first.
func (c Case) Judgments() (es []Entry) {
	for _, e := range slices.Backward(c.History) {
		switch e.Do {
		case Endorse:
			es = append(es, e)
		case Propose:
			slices.Reverse(es)
			return es
		}
	}
	return es
}

// AnyDecider stands for whoever decides for the office, where no chain says who judges.
const AnyDecider Role = "decider"

// Judges are who must agree with the present proposal, one after the other. A head
// who proposes an answer begins the chain above themself: nobody judges their own.
// None: any who decides.
func (c Case) Judges() []Role {
	p, ok := c.Proposal()
	if !ok {
		return c.Chain
	}
	return slices.DeleteFunc(slices.Clone(c.Chain), func(r Role) bool { return slices.Index(ranks, r) <= slices.Index(ranks, p.By.Role) })
}

// ranks are the roles that judge, from below.
var ranks = []Role{UnitHead, BoardHead, Leader}

// turn says which of the chain is to judge the present proposal.
func (c Case) turn() int { return len(c.Judgments()) }

// Judge is whose turn it is to judge the proposal that waits: one of the chain's
// roles, or [AnyDecider]; "" when none waits.
func (c Case) Judge() Role {
	if c.Status != InReview {
		return ""
	}
	if js, t := c.Judges(), c.turn(); t < len(js) {
		return js[t]
	}
	return AnyDecider
}

// judgedBy reports whether it is a's turn to judge the present proposal. Who proposed
// it or agreed already doesn't; a stand-in counts as both people.
func (c Case) judgedBy(a Actor) bool {
	p, ok := c.Proposal()
	if !ok || a.did(p) || slices.ContainsFunc(c.Judgments(), a.did) {
		return false
	}
	if js, t := c.Judges(), c.turn(); t < len(js) {
		return js[t] == a.Role && (a.Role != UnitHead || a.Unit == c.Unit)
	}
	return slices.Contains(deciders, a.Role)
}

// did reports whether e is a's deed: done by them, or in their place.
func (a Actor) did(e Entry) bool { return a.is(e.By.Staff) || a.is(e.Details.For) }
