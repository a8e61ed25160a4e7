package tiepdan

import (
	"slices"
	"strings"
	"time"
)

// Act is one deed that somebody wants to do to a case.
type Act struct {
	Do      Action
	By      Actor
	At      time.Time
	Text    string
	Reason  string
	Details Details
	Files   []Attachment
	Field   Field       // of a Classify: the field chosen
	Kind    KindSetting // of a Classify: the kind's setting
}

// Change is a rule meeting a case: what the case becomes and the line that its
// history gains, or why it may not be. It touches nothing but its argument.
type Change func(Case) (Case, Entry, error)

// Apply is the [Change] that a makes, as the lifecycle allows.
func (a Act) Apply(c Case) (Case, Entry, error) {
	m, err := a.move(c)
	if err != nil {
		return c, Entry{}, err
	}
	a.Text, a.Reason = Clean(a.Text), Clean(a.Reason)
	if err := a.complete(c); err != nil {
		return c, Entry{}, err
	}
	e := Entry{N: len(c.History) + 1, Do: a.Do, By: a.By, At: a.At, From: c.Status, To: m.To,
		Text: a.Text, Reason: a.Reason, Details: a.Details, Files: a.Files}
	if m.To == same {
		e.To = c.Status
	}
	if a.Do == Approve {
		p, _ := c.Proposal()
		e.Text, e.Files, e.Details.Proposal = p.Text, p.Files, p.N
		e.Details.Document = p.Details.Document
	}
	c = a.set(c)
	c.Status = e.To
	c.History = append(slices.Clip(c.History), e)
	return c, e, nil
}

// move finds the row that lets a happen, or says why there is none.
func (a Act) move(c Case) (move, error) {
	if !a.By.reaches(c) {
		return move{}, &Error{Code: Forbidden, Key: "case.not_yours"}
	}
	role := true
	for _, m := range lifecycle {
		if m.Do != a.Do || !slices.Contains(m.From, c.Status) || !m.takes(c.Kind) {
			continue
		}
		if role = slices.Contains(m.By, a.By.Role); role {
			if !c.allows(a.Do) {
				return move{}, &Error{Code: Conflict, Key: "case.not_now"}
			}
			return m, nil
		}
	}
	if !role {
		return move{}, &Error{Code: Forbidden, Key: "case.not_yours"}
	}
	return move{}, &Error{Code: Conflict, Key: "case.not_now"}
}

// complete asks for the words and facts without which an act says nothing.
func (a Act) complete(c Case) error {
	words := a.Text != "" || len(a.Files) > 0
	switch a.Do {
	case AskMore, Supply, Add, Amend, Tell, Note, Propose, Answer:
		if !words {
			return invalid("act.text_missing", nil)
		}
	case Refuse, Return, Revise, Extend:
		if a.Reason == "" {
			return invalid("act.reason_missing", nil)
		}
	case Transfer:
		if strings.TrimSpace(a.Details.Body) == "" {
			return invalid("act.body_missing", nil)
		}
	case Assign:
		if a.Details.Unit == 0 {
			return invalid("act.unit_missing", nil)
		}
		if a.By.Role == UnitHead && a.Details.Unit != a.By.Unit {
			return &Error{Code: Forbidden, Key: "case.not_your_unit"}
		}
	case Classify:
		if !a.Kind.Kind.Valid() || !a.Field.Offered(a.Kind.Kind) {
			return invalid("petition.field_unknown", nil)
		}
	case Rate:
		if a.Details.Rating < 1 || a.Details.Rating > 3 {
			return invalid("act.rating_unknown", nil)
		}
	}
	if a.Do == Extend && !a.Details.Until.After(DateOf(a.At)) {
		return invalid("act.until_past", nil)
	}
	return nil
}

// set writes what the act itself decides into the case.
func (a Act) set(c Case) Case {
	d := a.Details
	switch a.Do {
	case Assign:
		c.Unit, c.Officer = d.Unit, d.Officer
	case Take, AskMore:
		if c.Officer == 0 && a.By.Role != BoardHead {
			c.Officer = a.By.Staff
		}
	case Return:
		c.Unit, c.Officer = 0, 0
	case Accept:
		c.Accepted = true
	case Classify:
		c.Kind, c.Approval = a.Kind.Kind, a.Kind.Approval
		c.Field, c.Corruption, c.Place = a.Field.Code, a.Field.Corruption, d.Place
	}
	if c.Sealed() {
		c = c.Strip()
	}
	return c
}

// Strip returns c without what names the person who brought it. The store makes
// the same of everything else that it holds of the case.
func (c Case) Strip() Case {
	c.Person, c.Group, c.Unnamed = Person{}, Group{}, true
	c.Approval = true
	return c
}

// Open makes the case that a petition is filed as. The store gives it its ID and
// code, and keeps whose account it came from.
func Open(p Petition, s KindSetting, by Actor, at time.Time, legal Date) (Case, error) {
	if step := p.Missing(); step != "" {
		return Case{}, invalid("petition.missing_"+step, nil)
	}
	c := Case{Draft: p.ID, Kind: p.Kind, Mode: p.Mode, Approval: s.Approval, Field: p.Field, Place: p.Place,
		Point: p.Point, Status: Received, Text: p.Text(), Person: p.Person, Group: p.Group,
		Unnamed: p.Anonymous, Respondent: p.Respondent, Received: at, Legal: legal, Files: p.Files}
	if c.Mode == Prepare && (by.Role == Citizen || p.Unsigned) {
		c.Status = AwaitingOriginal
	}
	if c.Sealed() {
		c = c.Strip()
	}
	e := Entry{N: 1, Do: Submit, By: by, At: at, To: c.Status, Text: c.Text, Files: p.Files,
		Details: Details{Kind: c.Kind, Field: c.Field, Place: c.Place, LegalDay: legal, Desk: by.Role != Citizen}}
	c.History = []Entry{e}
	return c, nil
}
