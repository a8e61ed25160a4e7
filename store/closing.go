package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// closedAtOnce is how many cases are looked up at a time.
const closedAtOnce = 100

// CloseAnswered closes the cases whose answer reached the citizen as many days ago as
// the office wants, each once however many processes ask, and returns how many. ctx may
// end it in between: the next call goes on.
func (s *Store) CloseAnswered(ctx context.Context, now time.Time) (n int, err error) {
	rules, err := s.Rules(ctx)
	if err != nil || rules.Office.CloseDays <= 0 {
		return 0, err
	}
	change := tiepdan.ClosesAfter(rules.Office.CloseDays, tiepdan.Act{Do: tiepdan.CloseCase, By: tiepdan.Actor{Role: tiepdan.System}, At: now})
	for {
		ids, err := s.closable(ctx, tiepdan.DateOf(now).Add(-rules.Office.CloseDays))
		if err != nil || len(ids) == 0 {
			return n, broken(err, "close answered")
		}
		for _, id := range ids {
			_, _, err := s.UpdateCase(ctx, id, change)
			switch {
			case err == nil:
				n++
			case tiepdan.CodeOf(err) == tiepdan.Conflict || tiepdan.CodeOf(err) == tiepdan.Forbidden:
				if err := s.countAnew(ctx, id); err != nil {
					return n, broken(err, "close answered")
				}
			default:
				return n, err
			}
		}
	}
}

func (s *Store) closable(ctx context.Context, until tiepdan.Date) ([]int64, error) {
	rows, err := s.db.Query(ctx, `SELECT id FROM cases WHERE closes_from <= $1 ORDER BY closes_from, id LIMIT $2`, until, closedAtOnce)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// countAnew mends what the lists know of a case that isn't to be closed after all.
func (s *Store) countAnew(ctx context.Context, id int64) error {
	return s.untangled(ctx, func(tx pgx.Tx) error {
		row, err := readCase(ctx, tx, "id", id, forUpdate)
		if err != nil {
			return err
		}
		from := tiepdan.ClosesFrom(row.Case)
		_, err = tx.Exec(ctx, `UPDATE cases SET awaits = $2, closes_from = CASE WHEN closes_from = $3 THEN NULL ELSE $3::date END WHERE id = $1`,
			id, row.AwaitsDelivery(), from)
		return err
	})
}
