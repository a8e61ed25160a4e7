package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const onConclusion = "conclusion" // of audit rows

const conclusionColumns = `k.id, k.session_id, k.number, k.opening, k.items, k.signer, k.signer_role, k.status, k.asked, k.version, k.by_staff,
	coalesce(k.approved_by, 0), k.approved`

// Conclusion returns what was concluded after a session, as far as the actor may
// see it; ok is false when nothing is written yet. Units see what is theirs, once it
// was approved; a denunciation's words only those see who are named for them, and
// their look is an audit row, written before it is granted.
func (s *Store) Conclusion(ctx context.Context, by tiepdan.Actor, session int64) (c tiepdan.Conclusion, ok bool, err error) {
	c, err = readConclusion(ctx, s.db, `k.session_id = $1`, session)
	if isNotFound(err) {
		return tiepdan.Conclusion{}, false, nil
	}
	if err != nil {
		return c, false, broken(err, "conclusion")
	}
	switch by.Role {
	case tiepdan.Receptionist, tiepdan.BoardHead, tiepdan.Leader, tiepdan.Auditor, tiepdan.System:
	case tiepdan.UnitHead, tiepdan.Officer:
		c.Items = slices.DeleteFunc(c.Items, func(i tiepdan.ConclusionItem) bool { return i.Unit == 0 || i.Unit != by.Unit })
		if c.Status != tiepdan.ConclusionApproved || len(c.Items) == 0 {
			return tiepdan.Conclusion{}, false, nil
		}
	default:
		return tiepdan.Conclusion{}, false, nil
	}
	if c.Status == tiepdan.ConclusionSubmitted {
		if c.Approvers, err = approvers(ctx, s.db, c); err != nil {
			return c, false, broken(err, "conclusion")
		}
	}
	about, err := receptionsAbout(ctx, s.db, by, c.Session)
	if err != nil {
		return c, false, broken(err, "conclusion")
	}
	if c = shownTo(c, by, about); c.Secret() && by.Cleared {
		err = audit(ctx, s.db, s.now(), by, "conclusion_view", onConclusion, c.ID, nil)
	}
	return c, err == nil, err
}

// receptionsAbout are the receptions of a session whose cases are about by: what was
// concluded about them is kept from by, as a denunciation is from who isn't named for it.
func receptionsAbout(ctx context.Context, db runner, by tiepdan.Actor, session int64) ([]int64, error) {
	var w where
	w.add("r.session_id = ?", session)
	w.add("o.barred_staff @> ARRAY[?]::bigint[] OR o.barred_units @> ARRAY[?]::bigint[]", by.Staff, by.Unit)
	rows, err := db.Query(ctx, `SELECT r.id FROM receptions r JOIN cases o ON o.id = r.case_id WHERE `+w.sql(), w.args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// shownTo is c without the words that the actor isn't named for, and those about
// receptions that are about them. Both look alike.
func shownTo(c tiepdan.Conclusion, by tiepdan.Actor, about []int64) tiepdan.Conclusion {
	c.Items = slices.Clone(c.Items)
	for n, i := range c.Items {
		if !mayReadItem(i, by, about) {
			c.Items[n] = i.Hidden()
			c.Items[n].Secret = true
		}
	}
	return c
}

// mayReadItem reports whether by may read an item, given the receptions that are about them.
func mayReadItem(i tiepdan.ConclusionItem, by tiepdan.Actor, about []int64) bool {
	if i.Reception != 0 && slices.Contains(about, i.Reception) {
		return false
	}
	return !i.Secret || by.Cleared || by.Role == tiepdan.System
}

// readConclusion reads the one that the condition finds; it may end in FOR UPDATE.
// An item about a reception that was sealed since is secret from then on.
func readConclusion(ctx context.Context, db runner, which string, args ...any) (tiepdan.Conclusion, error) {
	rows, err := db.Query(ctx, `SELECT `+conclusionColumns+` FROM conclusions k WHERE `+which, args...)
	if err != nil {
		return tiepdan.Conclusion{}, err
	}
	c, err := pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (c tiepdan.Conclusion, err error) {
		var approved *time.Time
		err = row.Scan(&c.ID, &c.Session, &c.Number, &c.Opening, &c.Items, &c.Signer, &c.SignerRole, &c.Status, &c.Asked, &c.Version, &c.By,
			&c.ApprovedBy, &approved)
		c.Approved = orZero(approved)
		return c, err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return c, notFound("conclusion.none")
	}
	if err != nil {
		return c, err
	}
	return c, markSecret(ctx, db, &c)
}

// markSecret marks the items about receptions that are under a denunciation's rules.
// An item can only be about a reception of its own session.
func markSecret(ctx context.Context, db runner, c *tiepdan.Conclusion) error {
	rows, err := db.Query(ctx, `SELECT id, sealed FROM receptions WHERE session_id = $1`, c.Session)
	if err != nil {
		return err
	}
	sealed := map[int64]bool{}
	var id int64
	var secret bool
	if _, err := pgx.ForEachRow(rows, []any{&id, &secret}, func() error { sealed[id] = secret; return nil }); err != nil {
		return err
	}
	for n := range c.Items {
		i := &c.Items[n]
		secret, ours := sealed[i.Reception]
		if i.Reception != 0 && !ours {
			return notFound("reception.none")
		}
		i.Secret = i.Secret || secret
	}
	return nil
}

// writeConclusion writes c over what stands there, as the next version.
func writeConclusion(ctx context.Context, tx pgx.Tx, c *tiepdan.Conclusion) error {
	if c.Items == nil {
		c.Items = []tiepdan.ConclusionItem{}
	}
	c.Version++
	if c.ID != 0 {
		return exec(ctx, tx, "conclusion.none", `UPDATE conclusions SET number = $2, opening = $3, items = $4, signer = $5, signer_role = $6, status = $7, asked = $8,
				version = $9, by_staff = $10, approved_by = nullif($11::bigint, 0), approved = $12 WHERE id = $1`,
			c.ID, c.Number, c.Opening, c.Items, c.Signer, c.SignerRole, c.Status, c.Asked, c.Version, c.By, c.ApprovedBy, orNil(c.Approved))
	}
	err := tx.QueryRow(ctx, `INSERT INTO conclusions (session_id, number, opening, items, signer, signer_role, status, asked, version, by_staff)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (session_id) DO NOTHING RETURNING id`,
		c.Session, c.Number, c.Opening, c.Items, c.Signer, c.SignerRole, c.Status, c.Asked, c.Version, c.By).Scan(&c.ID)
	if errors.Is(err, pgx.ErrNoRows) {
		return errConclusionChanged
	}
	return err
}

// errConclusionChanged is the answer to a form that was shown before somebody else wrote.
var errConclusionChanged = &tiepdan.Error{Code: tiepdan.Conflict, Key: "conclusion.changed"}
