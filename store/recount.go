package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const (
	dueBatch      = 200             // how many cases are locked at a time
	recountAtOnce = 3 * time.Second // how long somebody who saved a day waits for the count
	promisedMost  = 50              // how many moved promises are named
)

// RecomputeDues works out the clocks of every open case by the settings as they
// stand. It begins at once; what takes longer than a person waits is gone on with
// by [Store.ContinueRecounts]. A later one takes the place of one that isn't done.
func (s *Store) RecomputeDues(ctx context.Context, by tiepdan.Actor) (r tiepdan.Recount, err error) {
	s.rules.forget()
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `WITH ended AS (UPDATE recounts SET done = $3 WHERE done IS NULL RETURNING whole)
			INSERT INTO recounts (by_staff, by_role, begun, whole) SELECT $1, $2, $3, coalesce(bool_or(whole), false) FROM ended RETURNING id`,
			by.Staff, by.Role, s.now()).Scan(&r.ID)
	})
	if err != nil {
		return r, broken(err, "recompute due days")
	}
	for began := time.Now(); !r.Done && time.Since(began) < recountAtOnce; {
		if r, err = s.recountSome(ctx, r.ID); err != nil {
			return r, broken(err, "recompute due days")
		}
	}
	return r, nil
}

// ContinueRecounts goes on with what RecomputeDues began, until it is done or ctx
// ends. Any number of processes may call it at once.
func (s *Store) ContinueRecounts(ctx context.Context) (n int, err error) {
	for {
		var id int64
		err := s.db.QueryRow(ctx, `SELECT id FROM recounts WHERE done IS NULL ORDER BY id LIMIT 1`).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			return n, nil
		}
		if err == nil {
			var r tiepdan.Recount
			if r, err = s.recountSome(ctx, id); err == nil && r.Done {
				n++
			}
		}
		if err != nil {
			return n, broken(err, "recompute due days")
		}
	}
}

// LastRecount returns the last change that cases were counted anew for.
func (s *Store) LastRecount(ctx context.Context) (r tiepdan.Recount, err error) {
	err = s.db.QueryRow(ctx, `SELECT id, moved, promised, done IS NOT NULL FROM recounts ORDER BY id DESC LIMIT 1`).Scan(&r.ID, &r.Moved, &r.Promised, &r.Done)
	if errors.Is(err, pgx.ErrNoRows) {
		return tiepdan.Recount{Done: true}, nil
	}
	return r, broken(err, "last recount")
}

// recountSome counts the next cases of a recount; the last time it says so in
// the audit log.
func (s *Store) recountSome(ctx context.Context, id int64) (r tiepdan.Recount, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return r, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		var after int64
		var whole bool
		var by tiepdan.Actor
		err := tx.QueryRow(ctx, `SELECT id, after, moved, promised, done IS NOT NULL, by_staff, by_role, whole FROM recounts WHERE id = $1 FOR UPDATE`, id).
			Scan(&r.ID, &after, &r.Moved, &r.Promised, &r.Done, &by.Staff, &by.Role, &whole)
		if err != nil || r.Done {
			return err
		}
		cases, err := lockCountedCases(ctx, tx, after, whole)
		if err != nil {
			return err
		}
		if err := s.recount(ctx, tx, cases, rules, &r); err != nil {
			return err
		}
		if r.Done = len(cases) < dueBatch; !r.Done {
			after = cases[len(cases)-1].ID
		}
		if _, err := tx.Exec(ctx, `UPDATE recounts SET after = $2, moved = $3, promised = $4, done = CASE WHEN $5 THEN $6::timestamptz END WHERE id = $1`,
			id, after, r.Moved, notNil(r.Promised), r.Done, s.now()); err != nil || !r.Done {
			return err
		}
		return audit(ctx, tx, s.now(), by, "recompute_dues", onHoliday, 0, facts{"cases": r.Moved, "promised": len(r.Promised)})
	})
	return r, err
}

// recount writes what differs by now.
func (s *Store) recount(ctx context.Context, tx pgx.Tx, cases []caseRow, rules *tiepdan.Rules, r *tiepdan.Recount) error {
	b := &pgx.Batch{}
	today, inTime := tiepdan.DateOf(s.now()), []int64{}
	for _, c := range cases {
		if due := dueOn(c.Case, rules); due != c.DueOn {
			b.Queue(`UPDATE cases SET due_on = $2 WHERE id = $1`, c.ID, due)
			r.Moved++
		}
		if remains := remainsOn(c.Case, rules); remains != c.RemainsOn {
			b.Queue(`UPDATE cases SET remains_on = $2 WHERE id = $1`, c.ID, remains)
			r.Moved++
		}
		_, _, kept := tiepdan.DueWarnings(c.Case, rules, today, c.Warned)
		kept = slices.DeleteFunc(kept, func(key string) bool { return !slices.Contains(c.Warned, key) }) // what is due is told by Warn
		if next := tiepdan.NextWarning(c.Case, rules, kept); next != c.WarnOn || !slices.Equal(kept, c.Warned) {
			queueClocks(b, c.Case, rules, kept)
		}
		if late := lateDuties(c.Case, rules); len(late) > 0 {
			queueLateOf(b, c.ID, c.Unit, late)
		} else {
			inTime = append(inTime, c.ID)
		}
		if _, _, moved := tiepdan.PromiseMoved(c.Case, rules); moved && len(r.Promised) < promisedMost {
			r.Promised = append(r.Promised, c.ID)
		}
	}
	b.Queue(`DELETE FROM late_duties WHERE case_id = ANY($1)`, inTime)
	return tx.SendBatch(ctx, b).Close()
}

// lockCountedCases reads and locks the next cases after an id that have clocks
// running, or all of them, with their history and without their files.
func lockCountedCases(ctx context.Context, tx pgx.Tx, after int64, whole bool) ([]caseRow, error) {
	rows, err := tx.Query(ctx, `SELECT c.id FROM cases c LEFT JOIN case_clocks k ON k.case_id = c.id
		WHERE c.id > $1 AND ($4 OR c.status = ANY($2) OR c.remains_on IS NOT NULL OR k.warn_on IS NOT NULL) ORDER BY c.id LIMIT $3 FOR UPDATE OF c`,
		after, openStatuses(), dueBatch, whole)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	var found []caseRow
	b := &pgx.Batch{}
	b.Queue(`SELECT `+caseColumns+`, `+clockColumns+` FROM cases c LEFT JOIN case_clocks k ON k.case_id = c.id WHERE c.id = ANY($1) ORDER BY c.id`, ids).
		Query(into(func(cs []caseRow) { found = cs }))
	queueHistory(b, `(SELECT unnest($1::bigint[]))`, ids, &found)
	return found, tx.SendBatch(ctx, b).Close()
}
