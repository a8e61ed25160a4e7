package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// printBatch is how many cases get their prints in one transaction, printBatches how
// many of these one call does; printBack is how far behind the newest of them one may
// have been committed late.
const (
	printBatch   = 500
	printBatches = 20
	printBack    = 10_000
)

// PrintCases gives cases the keys that their like is found by ([tiepdan.PrintKeys]),
// in the order of their filing, and returns how many. Filing itself never waits for
// it; this is called now and then, and two calls do each other no harm.
func (s *Store) PrintCases(ctx context.Context) (n int, err error) {
	for range printBatches {
		some, err := s.printSome(ctx)
		if n += some; err != nil || some < printBatch {
			return n, broken(err, "print cases")
		}
	}
	return n, nil
}

func (s *Store) printSome(ctx context.Context) (n int, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT c.id, c.kind, c.corruption, c.status, c.text FROM cases c
			WHERE c.id > (SELECT coalesce(max(case_id), 0) - $1 FROM case_printed) AND NOT EXISTS (SELECT FROM case_printed WHERE case_id = c.id)
			ORDER BY c.id LIMIT $2 FOR SHARE OF c SKIP LOCKED`, printBack, printBatch)
		if err != nil {
			return err
		}
		waiting, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[tiepdan.Case])
		if err != nil || len(waiting) == 0 {
			return err
		}
		b := &pgx.Batch{}
		for _, c := range waiting {
			queuePrint(b, c.ID, tiepdan.PrintKeys(printed(c)))
		}
		n = len(waiting)
		return tx.SendBatch(ctx, b).Close()
	})
	return n, err
}

// printed is the text that a case's like is found by: nothing finds a sealed or a
// destroyed one.
func printed(c tiepdan.Case) string {
	if c.Sealed() || c.Status == tiepdan.Destroyed {
		return ""
	}
	return c.Text
}

func queuePrint(b *pgx.Batch, id int64, keys []int64) {
	b.Queue(`INSERT INTO case_printed (case_id, keys) VALUES ($1, $2) ON CONFLICT (case_id) DO UPDATE SET keys = excluded.keys`, id, notNil(keys))
	b.Queue(`INSERT INTO case_prints (key, case_id) SELECT unnest($2::bigint[]), $1 ON CONFLICT DO NOTHING`, id, notNil(keys))
}

// queueReprint follows a text that changed, or that is nobody's to find any more.
func queueReprint(b *pgx.Batch, before, c tiepdan.Case) {
	if printed(before) == printed(c) {
		return
	}
	b.Queue(`DELETE FROM case_prints WHERE (key, case_id) IN (SELECT unnest(keys), case_id FROM case_printed WHERE case_id = $1)`, c.ID)
	queuePrint(b, c.ID, tiepdan.PrintKeys(printed(c)))
}
