package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// lockTurns is the class of the lock under which cases are given out by turns.
const lockTurns = 0x7469_04

const takeTurns = `SELECT pg_advisory_xact_lock($1::int, 0)`

// Dispatch is what routing goes by, as it stands now.
func (s *Store) Dispatch(ctx context.Context) (tiepdan.Dispatch, error) {
	d, err := s.dispatch(ctx, s.db)
	return d, broken(err, "dispatch")
}

func (s *Store) dispatch(ctx context.Context, db runner) (d tiepdan.Dispatch, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return d, err
	}
	d = tiepdan.Dispatch{Rules: rules.Routing, Units: rules.Units, Leaves: rules.Leaves, Today: tiepdan.DateOf(s.now())}
	rows, err := db.Query(ctx, `SELECT `+staffColumns+` FROM staff s WHERE NOT s.disabled AND s.unit IS NOT NULL ORDER BY s.id`)
	if err != nil {
		return d, err
	}
	if d.Staff, err = pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.Staff]); err != nil {
		return d, err
	}
	d.Loads, err = s.readLoads(ctx, db)
	return d, err
}

// UpdateRouted is [Store.UpdateCase] for a change that asks whose turn it is.
// Nobody else is given a case by turns meanwhile, so that many at once are spread
// as evenly as one after the other.
func (s *Store) UpdateRouted(ctx context.Context, id int64, change func(tiepdan.Dispatch) tiepdan.Change) (c tiepdan.Case, e tiepdan.Entry, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return c, e, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, takeTurns, lockTurns); err != nil {
			return err
		}
		d, err := s.dispatch(ctx, tx)
		if err != nil {
			return err
		}
		c, e, err = s.updateCase(ctx, tx, id, change(d), rules)
		return err
	})
	if err != nil {
		return tiepdan.Case{}, tiepdan.Entry{}, broken(err, "update routed")
	}
	s.Wake()
	return c, e, nil
}

// queueTurn notes that an officer was given a case.
func queueTurn(b *pgx.Batch, e tiepdan.Entry) {
	if e.Do == tiepdan.Assign && e.Details.Officer != 0 {
		b.Queue(`INSERT INTO officer_turns (staff_id, given) VALUES ($1, $2)
			ON CONFLICT (staff_id) DO UPDATE SET given = greatest(officer_turns.given, excluded.given)`, e.Details.Officer, e.At)
	}
}
