package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// warnBatch is how many cases are looked up at a time.
const warnBatch = 200

// halfBefore is until when a half of a term is in the same morning's digest.
const halfBefore = 7*time.Hour + 25*time.Minute

// Warn tells of the clocks whose half, rest or end has come, each once however
// many processes ask, and returns of how many cases. It finds them by their next
// day and reads no others. The messages wait for the office's hours; ctx may end
// it in between: the rest is told by the next call.
func (s *Store) Warn(ctx context.Context, now time.Time) (n int, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return 0, err
	}
	for {
		ids, err := s.warnable(ctx, tiepdan.DateOf(now))
		if err != nil || len(ids) == 0 {
			return n, err
		}
		for _, id := range ids {
			told, err := s.warnOf(ctx, id, now, rules)
			if err != nil {
				return n, broken(err, "warn")
			}
			if told {
				n++
				s.Wake()
			}
		}
	}
}

func (s *Store) warnable(ctx context.Context, today tiepdan.Date) ([]int64, error) {
	rows, err := s.db.Query(ctx, `SELECT case_id FROM case_clocks WHERE warn_on <= $1 ORDER BY warn_on, case_id LIMIT $2`, today, warnBatch)
	if err != nil {
		return nil, broken(err, "warn")
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	return ids, broken(err, "warn")
}

// warnOf tells what there is to tell of a case, and when there is next.
func (s *Store) warnOf(ctx context.Context, id int64, now time.Time, rules *tiepdan.Rules) (told bool, err error) {
	today := tiepdan.DateOf(now)
	err = s.untangled(ctx, func(tx pgx.Tx) error {
		told = false
		row, err := readCase(ctx, tx, "id", id, forUpdate)
		if err != nil {
			return err
		}
		due, next, kept := tiepdan.DueWarnings(row.Case, rules, today, row.Warned)
		row.Warned = kept
		var half tiepdan.Date
		for _, w := range due {
			if told = true; w.Level == tiepdan.WarnHalf {
				half = halfOn(now, rules.Calendar)
				continue
			}
			a := w.Act()
			a.At = now
			c, e, err := a.Apply(row.Case)
			if err != nil {
				continue // it is nobody's any more
			}
			if err := s.writeChange(ctx, tx, row, &c, &e, rules); err != nil {
				return err
			}
			row.Case = c
		}
		_, err = tx.Exec(ctx, `UPDATE case_clocks SET warn_on = $2, warned = $3, half_on = coalesce($4::date, half_on) WHERE case_id = $1`, id, next, notNil(kept), half)
		return err
	})
	return told, err
}

// halfOn is the day whose digest tells of a half that was seen now.
func halfOn(now time.Time, cal tiepdan.Calendar) tiepdan.Date {
	today := tiepdan.DateOf(now)
	if now.Sub(today.Time()) >= halfBefore {
		today = today.Add(1)
	}
	return cal.Next(today)
}
