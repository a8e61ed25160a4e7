package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// NumberCases enters cases into the book of their year, in the order of their
// filing and without gaps, and returns how many. Cases that are filed in the same
// moment may stand in either order. Filing itself never waits for a
// number; this is called now and then, and two calls take turns.
func (s *Store) NumberCases(ctx context.Context) (n int, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('tiepdan book', 0))`); err != nil {
			return err
		}
		// The oldest of the transactions that write here just now, or else the next one that will: asked before
		// what they wrote is looked at. A filing is one of them before it draws its case's id.
		var oldest string
		err := tx.QueryRow(ctx, `SELECT coalesce((SELECT backend_xid::text FROM pg_stat_activity WHERE datname = current_database()
			AND backend_xid IS NOT NULL AND pid <> pg_backend_pid() ORDER BY age(backend_xid) DESC LIMIT 1),
			pg_snapshot_xmax(pg_current_snapshot())::xid::text)`).Scan(&oldest)
		if err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, numberCasesSQL, oldest)
		n = int(tag.RowsAffected())
		return err
	})
	return n, broken(err, "number cases")
}

// numberCasesSQL leaves alone what was written after the oldest transaction that
// still runs: that one may have filed a case with a lower id. For the same reason it
// looks back a little behind the last case that has a number.
const numberCasesSQL = `
	WITH waiting AS MATERIALIZED (
		SELECT id, extract(year FROM received AT TIME ZONE 'Asia/Ho_Chi_Minh')::integer AS year,
			age(xmin) > age($1::text::xid) AS settled
		FROM cases c
		WHERE id > (SELECT coalesce(max(case_id), 0) - 10000 FROM book) AND NOT EXISTS (SELECT FROM book WHERE case_id = c.id)
		ORDER BY id LIMIT 10000
	), next AS (
		SELECT id, year, row_number() OVER (PARTITION BY year ORDER BY id) AS place
		FROM waiting
		WHERE id < coalesce((SELECT min(id) FROM waiting WHERE NOT settled), 9223372036854775807)
	), last AS MATERIALIZED (
		SELECT year, coalesce((SELECT max(number) FROM book b WHERE b.year = y.year), 0) AS number FROM (SELECT DISTINCT year FROM next) y
	)
	INSERT INTO book (case_id, year, number)
	SELECT id, year, last.number + place FROM next JOIN last USING (year)`
