package backend

import (
	"slices"

	"tiepdan"
)

// bubble is one turn of the talk about a case. Side is citizen, office, or
// internal for what never reaches the citizen.
type bubble struct {
	tiepdan.Entry
	Side       string
	Who        string
	Desk       bool // staff wrote it down for the citizen
	Deliveries []tiepdan.Delivery
}

// unsaid are the acts that are history and no talk.
var unsaid = []tiepdan.Action{tiepdan.Assign, tiepdan.Take, tiepdan.Classify, tiepdan.Involve, tiepdan.Release, tiepdan.Link, tiepdan.Unlink,
	tiepdan.Bar, tiepdan.Unbar, tiepdan.Divide, tiepdan.Escalate, tiepdan.Retain, tiepdan.Destroy, tiepdan.RecordDelivery, tiepdan.Publish}

// threadOf makes the talk of a case's history. The filing's own words stand above
// it; of the filing only the receipt is a turn.
func threadOf(c tiepdan.Case, ds []tiepdan.Delivery, names namer) (bs []bubble) {
	for _, e := range c.History {
		b := bubble{Entry: e, Who: entryName(e, names), Deliveries: toCitizen(ds, e.N)}
		switch {
		case c.Status == tiepdan.Destroyed:
			continue // its words are gone; when each was said stands in the history
		case e.Do == tiepdan.Submit:
			if len(b.Deliveries) == 0 {
				continue
			}
			b.Side, b.Text, b.Files, b.Who = "office", "", nil, ""
		case slices.Contains(unsaid, e.Do):
			continue
		case e.Internal():
			b.Side = "internal"
		case fromCitizen(e):
			b.Side, b.Desk = "citizen", e.By.Role != tiepdan.Citizen
		default:
			b.Side = "office"
		}
		bs = append(bs, b)
	}
	return bs
}

// fromCitizen reports whether an entry's words are the citizen's, whoever wrote them down.
func fromCitizen(e tiepdan.Entry) bool {
	switch e.Do {
	case tiepdan.Supply, tiepdan.Add, tiepdan.Amend, tiepdan.Rate, tiepdan.Withdraw, tiepdan.AskWithdraw, tiepdan.AskReopen:
		return true
	}
	return false
}

func toCitizen(ds []tiepdan.Delivery, entry int) (mine []tiepdan.Delivery) {
	for _, d := range ds {
		if d.Entry == entry && d.Audience == string(tiepdan.ToCitizen) {
			mine = append(mine, d)
		}
	}
	return mine
}

func entryName(e tiepdan.Entry, names namer) string {
	if e.Name != "" {
		return e.Name
	}
	return names.person(e.By.Staff)
}
