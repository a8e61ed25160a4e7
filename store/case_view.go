package store

import (
	"context"

	"tiepdan"
)

// ViewCase returns of a case what a member of staff may see: all, its outline,
// or NotFound. A look at a sealed case is an audit row, written before it is
// granted.
func (s *Store) ViewCase(ctx context.Context, id int64, by tiepdan.Actor) (tiepdan.Case, error) {
	c, err := s.Case(ctx, id)
	if err != nil {
		return c, err
	}
	switch by.See(c) {
	case tiepdan.Nothing:
		return tiepdan.Case{}, notFound("case.none")
	case tiepdan.Outline:
		return outline(c), nil
	}
	if c.Sealed() {
		if err := audit(ctx, s.db, s.now(), by, "view", onCase, c.ID, nil); err != nil {
			return tiepdan.Case{}, err
		}
	}
	return c, nil
}

// outline is what of a sealed case those see who aren't named for it: that it
// is there, where it stands, and since when.
func outline(c tiepdan.Case) tiepdan.Case {
	o := tiepdan.Case{ID: c.ID, Code: c.Code, Number: c.Number, Kind: c.Kind, Mode: c.Mode, Approval: c.Approval, Status: c.Status,
		Unit: c.Unit, Officer: c.Officer, Unnamed: true, Received: c.Received, Legal: c.Legal, Accepted: c.Accepted, Corruption: c.Corruption, Round: c.Round,
		Barred: c.Barred}
	for _, e := range c.History {
		if e.Do == tiepdan.Link || e.Do == tiepdan.Unlink {
			continue // its moment would tell to which case
		}
		o.History = append(o.History, tiepdan.Entry{N: e.N, Do: e.Do, By: e.By, Name: e.Name, At: e.At, From: e.From, To: e.To,
			Details: tiepdan.Details{Until: e.Details.Until, LegalDay: e.Details.LegalDay}})
	}
	return o
}

// CaseFile returns a file of a case that the member of staff sees whole. Of a
// sealed case that is a look at it, too.
func (s *Store) CaseFile(ctx context.Context, by tiepdan.Actor, caseID int64, sha string) (tiepdan.Attachment, error) {
	c, err := s.Case(ctx, caseID)
	if err == nil && by.See(c) == tiepdan.Nothing {
		err = notFound("case.none")
	}
	if err != nil {
		return tiepdan.Attachment{}, err
	}
	for _, f := range c.Files {
		if f.SHA256 != sha || by.See(c) != tiepdan.Everything {
			continue
		}
		if c.Sealed() {
			err = audit(ctx, s.db, s.now(), by, "view_file", onCase, c.ID, nil)
		}
		return f, err
	}
	return tiepdan.Attachment{}, notFound("file.none")
}
