package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// What follows from a change of a session or of its places. Whoever calls these
// has locked the session's row, and calls [Store.Wake] after the commit.

// moveUp gives the free places of a session that hasn't begun to those who have
// waited longest, and tells them.
func (s *Store) moveUp(ctx context.Context, tx pgx.Tx, session int64, now time.Time) error {
	rows, err := tx.Query(ctx, `WITH d AS (
			SELECT id, places, places - taken AS left_over FROM reception_sessions WHERE id = $1 AND starts > $2 AND status IN ('confirmed', 'published') AND waiting > 0
		), free AS (
			SELECT n AS number, row_number() OVER (ORDER BY n) AS turn FROM d, generate_series(1, d.places) n
			WHERE NOT EXISTS (SELECT FROM appointments o WHERE o.session_id = $1 AND o.number = n AND o.status <> 'cancelled')
		), head AS (
			SELECT a.id, row_number() OVER (ORDER BY a.id) AS turn FROM d JOIN appointments a ON a.session_id = d.id WHERE a.status = 'waiting'
		)
		UPDATE appointments a SET status = 'booked', number = free.number, reminded = 0
		FROM d, head JOIN free USING (turn) WHERE a.id = head.id AND turn <= d.left_over RETURNING a.id`, session, now)
	if err != nil {
		return err
	}
	up, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil || len(up) == 0 {
		return err
	}
	if err := recount(ctx, tx, session); err != nil {
		return err
	}
	return s.tellAppointments(ctx, tx, "booking.up", 0, up)
}

// dropAppointments ends the appointments of a session that won't be.
func (s *Store) dropAppointments(ctx context.Context, tx pgx.Tx, session int64, now time.Time) error {
	return endAppointments(ctx, tx, session, `UPDATE appointments SET status = 'cancelled', number = NULL, ended = $2
		WHERE session_id = $1 AND status IN ('booked', 'waiting', 'arrived', 'called')`, now)
}

// missed ends, with their session, the appointments of those who weren't received:
// whoever had a place or came has missed it; who only waited for a place hasn't.
func (s *Store) missed(ctx context.Context, tx pgx.Tx, session int64, now time.Time) error {
	return endAppointments(ctx, tx, session, `UPDATE appointments SET ended = $2,
			status = CASE status WHEN 'waiting' THEN 'cancelled' ELSE 'no_show' END
		WHERE session_id = $1 AND status IN ('booked', 'waiting', 'arrived')`, now)
}

func endAppointments(ctx context.Context, tx pgx.Tx, session int64, sql string, now time.Time) error {
	if _, err := tx.Exec(ctx, sql, session, now); err != nil {
		return err
	}
	return recount(ctx, tx, session)
}

const recountSQL = `UPDATE reception_sessions SET turns = turns + 1,
		taken = (SELECT count(*) FROM appointments WHERE session_id = $1 AND number IS NOT NULL AND status <> 'cancelled'),
		waiting = (SELECT count(*) FROM appointments WHERE session_id = $1 AND status = 'waiting')
	WHERE id = $1`

// recount brings the counts of a session's places up to what its appointments
// say, and lets the desk know that something happened.
func recount(ctx context.Context, db runner, session int64) error {
	_, err := db.Exec(ctx, recountSQL, session)
	return err
}

// lockSession reads a session and holds it until the transaction's end: whatever
// happens to its places happens one after the other.
func lockSession(ctx context.Context, tx pgx.Tx, id int64) (tiepdan.Session, error) {
	return readSession(ctx, tx, `d.id = $1 FOR UPDATE`, id)
}
