package tiepdan

import (
	"slices"
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
	// Of a citizen's Reopen or AskReopen: for how many days after an answer the office
	// allows it; 0: [ReopenDays].
	ReopenDays int
}

// Change is a rule meeting a case: what the case becomes and the line that its
// history gains, or why it may not be. It touches nothing but its argument.
type Change func(Case) (Case, Entry, error)

// Apply is the [Change] that a makes, as the lifecycle allows.
func (a Act) Apply(c Case) (Case, Entry, error) {
	m, self, err := a.move(c)
	if err != nil {
		return c, Entry{}, err
	}
	if err := m.When.timely(c, a); err != nil {
		return c, Entry{}, err
	}
	a.Text, a.Reason = Clean(a.Text), Clean(a.Reason)
	if err := a.complete(c, self); err != nil {
		return c, Entry{}, err
	}
	e := a.entry(c, m, self)
	c = c.then(e)
	if c.Sealed() {
		c = c.Strip()
	}
	if c.Status == Destroyed {
		c = c.Erased()
	}
	return c, e, nil
}

// entry is the line that the history gains.
func (a Act) entry(c Case, m move, self Actor) Entry {
	by := Actor{Role: self.Role, Staff: a.By.Staff, Unit: self.Unit}
	e := Entry{N: len(c.History) + 1, Do: a.Do, By: by, At: a.At, From: c.Status, To: m.To,
		Text: a.Text, Reason: a.Reason, Details: a.Details, Files: a.Files}
	if m.To == same {
		e.To = c.Status
	}
	if self.Staff != a.By.Staff {
		e.Details.For = self.Staff
	}
	switch a.Do {
	case Approve:
		p, _ := c.Proposal()
		e.Text, e.Files, e.Details.Proposal = p.Text, p.Files, p.N
		e.Details.answerAs(p.Details)
	case Endorse, Revise:
		p, _ := c.Proposal()
		e.Details.Proposal = p.N
	case RecordDelivery:
		if e.Details = e.Details.tried(c); c.Sealed() {
			e.Files = nil // a receipt shows whose name is on it
		}
	case Classify:
		d := &e.Details
		d.Kind, d.Field = a.Kind.Kind, a.Field.Code
		d.Approval, d.Chain, d.Written, d.Corruption = a.Kind.Approval, a.Kind.Chain, a.Kind.Written, a.Field.Corruption
	}
	return e
}

// answerAs takes over what was approved: nothing else is sent.
func (d *Details) answerAs(p Details) {
	d.Document, d.Signer, d.Signed = p.Document, p.Signer, p.Signed
	d.Result, d.Evidence, d.Next = p.Result, p.Evidence, p.Next
}

// move finds the row that lets a happen and as whom it is done, or says why there is none.
func (a Act) move(c Case) (move, Actor, error) {
	reaches, role, able := false, true, false
	for _, self := range a.By.selves() {
		if a.By.keptFrom(c) || !self.reaches(c) {
			continue
		}
		reaches = true
		for _, m := range lifecycle {
			if m.Do != a.Do || !slices.Contains(m.From, c.Status) || !m.takes(c.Kind) {
				continue
			}
			if m.fits(c, self) {
				return m, self, nil
			}
			if role = slices.Contains(m.By, self.Role) && self.leads(c, a.Do); role {
				able = true
			}
		}
	}
	if !reaches || !role && !able {
		return move{}, Actor{}, &Error{Code: Forbidden, Key: "case.not_yours"}
	}
	return move{}, Actor{}, &Error{Code: Conflict, Key: "case.not_now"}
}

// then is c after e: the only way in which a case comes to be what it is.
func (c Case) then(e Entry) Case {
	d := e.Details
	switch e.Do {
	case Submit:
		c.Kind, c.Field, c.Place, c.Corruption = d.Kind, d.Field, d.Place, d.Corruption
		c.Approval, c.Chain, c.Written = d.Approval, d.Chain, d.Written
		c.Round, c.Earlier = max(1, d.Round), d.Earlier
		if d.Barred != nil {
			c.Barred = *d.Barred // of a part: as for the whole
		}
	case Classify:
		c.Kind, c.Field, c.Place, c.Corruption = d.Kind, d.Field, d.Place, d.Corruption
		c.Approval, c.Chain, c.Written = d.Approval, d.Chain, d.Written
		if d.Class != nil {
			c.Class = *d.Class
		}
	case Accept:
		c.Accepted = true
	case Assign:
		c.Unit, c.Officer = d.Unit, d.Officer
	case Take, AskMore:
		if c.Officer == 0 && e.By.Role != BoardHead {
			c.Officer = e.by()
		}
	case MarkUrgent:
		c.Urgent = true
	case Involve:
		c.Helpers = append(slices.Clip(c.Helpers), Helper{Unit: d.Unit, Officer: d.Officer, Task: e.Text, Due: d.Until, Entry: e.N})
	case Contribute, Release:
		c.Helpers = c.helpEnds(e)
	case Bar:
		c.Barred = Barred{Units: union(c.Barred.Units, d.Barred.Units), Staff: union(c.Barred.Staff, d.Barred.Staff)}
	case Unbar:
		c.Barred = Barred{Units: without(c.Barred.Units, d.Barred.Units), Staff: without(c.Barred.Staff, d.Barred.Staff)}
	}
	if e.To == Received && e.From != Received {
		c.Unit, c.Officer = 0, 0 // nobody has it
	}
	if c.Sealed() {
		c.Approval = true
	}
	c.Status = e.To
	c.History = append(slices.Clip(c.History), e)
	return c
}

// by is whose deed it counts as: the colleague's in whose place it was done.
func (e Entry) by() int64 {
	if e.Details.For != 0 {
		return e.Details.For
	}
	return e.By.Staff
}

// helpEnds closes the help that e tells of: of the unit it names, else of the actor's own.
func (c Case) helpEnds(e Entry) []Helper {
	hs := slices.Clone(c.Helpers)
	self := Actor{Role: e.By.Role, Staff: e.by(), Unit: e.By.Unit}
	for i, h := range hs {
		if h.open() && (e.Do == Release && h.Unit == e.Details.Unit || e.Do == Contribute && self.helps(h)) {
			hs[i].Done = e.N
		}
	}
	if e.Do == Release {
		hs = slices.DeleteFunc(hs, func(h Helper) bool { return h.Done == e.N })
	}
	return hs
}

func union(a, b []int64) []int64 {
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	return slices.Compact(all)
}

func without(a, b []int64) []int64 {
	left := slices.DeleteFunc(slices.Clone(a), func(id int64) bool { return slices.Contains(b, id) })
	if len(left) == 0 {
		return nil // as the books read nobody
	}
	return left
}

// Rebuild is c as its history alone tells: what the person said of themself, the
// words as they were filed, the books' own marks and the links are taken over.
func Rebuild(c Case) Case {
	r := Case{ID: c.ID, Code: c.Code, Number: c.Number, Draft: c.Draft, Mode: c.Mode, Point: c.Point, Text: c.Text, Person: c.Person,
		Group: c.Group, Unnamed: c.Unnamed, Respondent: c.Respondent, Channel: c.Channel, Language: c.Language,
		Received: c.Received, Legal: c.Legal, Links: c.Links, Files: c.Files}
	for _, e := range c.History {
		r = r.then(e)
	}
	return r
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
	c := Case{Draft: p.ID, Mode: p.Mode, Point: p.Point, Text: p.Text(), Person: p.Person, Group: p.Group,
		Unnamed: p.Anonymous, Respondent: p.Respondent, Received: at, Legal: legal, Files: p.Files}
	status := Received
	if c.Mode == Prepare && (by.Role == Citizen || p.Unsigned) {
		status = AwaitingOriginal
	}
	e := Entry{N: 1, Do: Submit, By: by, At: at, To: status, Text: c.Text, Files: p.Files,
		Details: Details{Kind: p.Kind, Field: p.Field, Place: p.Place, LegalDay: legal, Desk: by.Role != Citizen,
			Approval: s.Approval, Chain: s.Chain, Written: s.Written, Round: p.Round(), Earlier: p.Earlier}}
	if c = c.then(e); c.Sealed() {
		c = c.Strip()
	}
	return c, nil
}
