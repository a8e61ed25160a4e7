package store

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// SaveConclusion writes a conclusion: its opening, items and signer. One that
// somebody else wrote since it was shown is a Conflict. Of items that the writer may
// not read, what stands there stays.
func (s *Store) SaveConclusion(ctx context.Context, by tiepdan.Actor, c tiepdan.Conclusion) (tiepdan.Conclusion, error) {
	out, err := s.changeConclusion(ctx, by, tiepdan.WriteConclusion, c.ID, c.Session, func(before tiepdan.Conclusion, about []int64) (tiepdan.Conclusion, error) {
		if before.Version != c.Version {
			return before, errConclusionChanged
		}
		after := before
		after.Opening, after.Signer, after.SignerRole = tiepdan.Clean(c.Opening), tiepdan.Clean(c.Signer), tiepdan.Clean(c.SignerRole)
		if n := tiepdan.Clean(c.Number); n != "" {
			after.Number = n
		}
		after.Items, after.By = mergedItems(before, c, by, about), by.Staff
		return after, nil
	})
	return out, broken(err, "save conclusion")
}

// DraftConclusion writes a draft from what the session's entries in the book say, or
// adds to one what was entered since.
func (s *Store) DraftConclusion(ctx context.Context, by tiepdan.Actor, session int64) (tiepdan.Conclusion, error) {
	entries, err := readReceptions(ctx, s.db, `r.session_id = $1 ORDER BY r.id`, session)
	if err != nil {
		return tiepdan.Conclusion{}, broken(err, "draft conclusion")
	}
	name, title, err := s.signer(ctx, session)
	if err != nil {
		return tiepdan.Conclusion{}, broken(noRow(err, "session.none"), "draft conclusion")
	}
	out, err := s.changeConclusion(ctx, by, tiepdan.WriteConclusion, 0, session, func(c tiepdan.Conclusion, _ []int64) (tiepdan.Conclusion, error) {
		if c.ID == 0 {
			c.Signer, c.SignerRole = name, title
		}
		for _, r := range entries {
			if !slices.ContainsFunc(c.Items, func(i tiepdan.ConclusionItem) bool { return i.Reception == r.ID }) {
				c.Items = append(c.Items, tiepdan.ConclusionItem{Reception: r.ID, Matter: r.Content, Text: r.Handling, Due: r.AnswerBy, Secret: r.Sealed()})
			}
		}
		c.By = by.Staff
		return c, nil
	})
	return out, broken(err, "draft conclusion")
}

// signer is who received at the session, by their title where it was the head in person.
func (s *Store) signer(ctx context.Context, session int64) (name, title string, err error) {
	err = s.db.QueryRow(ctx, `SELECT coalesce(nullif(d.receiver, ''), CASE WHEN d.delegated THEN d.presides END, h.name, d.presides),
			CASE WHEN d.in_person OR d.receiver = '' AND NOT d.delegated THEN coalesce(h.title, '') ELSE '' END
		FROM reception_sessions d LEFT JOIN heads h ON h.id = d.head WHERE d.id = $1`, session).Scan(&name, &title)
	return name, title, err
}

// SubmitConclusion gives a complete conclusion to the leader.
func (s *Store) SubmitConclusion(ctx context.Context, by tiepdan.Actor, id int64, version int) error {
	_, err := s.changeConclusion(ctx, by, tiepdan.SubmitConclusion, id, 0, func(c tiepdan.Conclusion, _ []int64) (tiepdan.Conclusion, error) {
		if c.Version != version {
			return c, errConclusionChanged
		}
		c.Asked = ""
		return c, c.Check(tiepdan.DateOf(s.now()))
	})
	return broken(err, "submit conclusion")
}

// AskConclusionChanges gives a conclusion back with what is to be changed.
func (s *Store) AskConclusionChanges(ctx context.Context, by tiepdan.Actor, id int64, text string) error {
	_, err := s.changeConclusion(ctx, by, tiepdan.ReturnConclusion, id, 0, func(c tiepdan.Conclusion, _ []int64) (tiepdan.Conclusion, error) {
		if c.Asked = tiepdan.Clean(text); c.Asked == "" {
			return c, &tiepdan.Error{Code: tiepdan.Invalid, Key: "conclusion.reason_missing"}
		}
		return c, nil
	})
	return broken(err, "ask for changes of a conclusion")
}

// NumberConclusion keeps the number that the signed paper has.
func (s *Store) NumberConclusion(ctx context.Context, by tiepdan.Actor, id int64, number string) error {
	_, err := s.changeConclusion(ctx, by, tiepdan.NumberConclusion, id, 0, func(c tiepdan.Conclusion, _ []int64) (tiepdan.Conclusion, error) {
		c.Number = tiepdan.Clean(number)
		return c, nil
	})
	return broken(err, "number conclusion")
}

// changeConclusion makes a change meet a conclusion: by its id, or, where that is
// zero, the one of a session, which may not be there yet. Row lock, rule, row and
// audit are one transaction. The change is told which receptions are about by.
func (s *Store) changeConclusion(ctx context.Context, by tiepdan.Actor, do tiepdan.ConclusionAction, id, session int64,
	change func(c tiepdan.Conclusion, about []int64) (tiepdan.Conclusion, error)) (c tiepdan.Conclusion, err error) {
	var about []int64
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		if c, err = lockConclusion(ctx, tx, id, session); err != nil {
			return err
		}
		to, err := c.After(do, by)
		if err != nil {
			return err
		}
		if about, err = receptionsAbout(ctx, tx, by, c.Session); err != nil {
			return err
		}
		if c, err = change(c, about); err != nil {
			return err
		}
		c.Status = to
		if err := markSecret(ctx, tx, &c); err != nil {
			return err
		}
		if err := writeConclusion(ctx, tx, &c); err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), by, "conclusion_"+string(do), onConclusion, c.ID, facts{"version": c.Version, "items": len(c.Items)})
	})
	return shownTo(c, by, about), err
}

// lockConclusion reads and locks the conclusion; a new one is of a session that is
// being held or was.
func lockConclusion(ctx context.Context, tx pgx.Tx, id, session int64) (tiepdan.Conclusion, error) {
	if id != 0 {
		return readConclusion(ctx, tx, `k.id = $1 FOR UPDATE`, id)
	}
	c, err := readConclusion(ctx, tx, `k.session_id = $1 FOR UPDATE`, session)
	if !isNotFound(err) {
		return c, err
	}
	d, err := readSession(ctx, tx, `d.id = $1`, session)
	if err == nil && d.Status != tiepdan.SessionOpen && d.Status != tiepdan.SessionHeld {
		err = &tiepdan.Error{Code: tiepdan.Conflict, Key: "conclusion.not_held"}
	}
	return tiepdan.Conclusion{Session: session, Status: tiepdan.ConclusionDraft}, err
}

// mergedItems are the items of a form. Who may not read one gives its place back
// without words, and can neither change nor remove it.
func mergedItems(before, form tiepdan.Conclusion, by tiepdan.Actor, about []int64) (items []tiepdan.ConclusionItem) {
	var kept []tiepdan.ConclusionItem
	for _, i := range before.Items {
		if !mayReadItem(i, by, about) {
			kept = append(kept, i)
		}
	}
	for _, i := range form.Items {
		at := slices.IndexFunc(kept, func(k tiepdan.ConclusionItem) bool { return k.Reception == i.Reception })
		switch {
		case at >= 0:
			items = append(items, kept[at])
			kept = slices.Delete(kept, at, at+1)
		case mayReadItem(i, by, about):
			i.Matter, i.Text, i.Task = tiepdan.Clean(i.Matter), tiepdan.Clean(i.Text), tiepdan.Clean(i.Task)
			items = append(items, i)
		}
	}
	return append(items, kept...)
}
