package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// follow does what follows from a change of a session, whose new row stands.
func (s *Store) follow(ctx context.Context, tx pgx.Tx, c sessionChange, now time.Time) error {
	d := c.after
	if _, err := tx.Exec(ctx, `UPDATE reception_sessions SET turns = turns + 1 WHERE id = $1`, d.ID); err != nil {
		return err
	}
	switch {
	case c.becomes(tiepdan.SessionCancelled):
		return s.sessionDropped(ctx, tx, c, now)
	case c.becomes(tiepdan.SessionOpen):
		return callAttendance(ctx, tx, d)
	case c.becomes(tiepdan.SessionHeld):
		if err := s.missed(ctx, tx, d.ID, now); err != nil {
			return err
		}
		return unwatch(ctx, tx, d.ID)
	}
	if c.moved() {
		if err := s.sessionMoved(ctx, tx, c); err != nil {
			return err
		}
	}
	if d.Places > c.before.Places {
		return s.moveUp(ctx, tx, d.ID, now)
	}
	return nil
}

// sessionMoved tells whom it concerns, and lets their reminders begin anew where
// there is another time to be reminded of.
func (s *Store) sessionMoved(ctx context.Context, tx pgx.Tx, c sessionChange) error {
	d, was := c.after, c.before.Starts
	if !d.Starts.Equal(was) {
		b := &pgx.Batch{}
		b.Queue(`UPDATE appointments SET reminded = 0, coming = false WHERE session_id = $1 AND status IN ('booked', 'waiting')`, d.ID)
		b.Queue(`UPDATE watches SET reminded = 0 WHERE session_id = $1`, d.ID)
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
	}
	ids, err := expected(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	if err := s.tell(ctx, tx, live{Key: "booking.moved", Seq: d.Sequence, Was: was}, ids); err != nil {
		return err
	}
	return s.tellWatching(ctx, tx, live{Key: "session.moved", Seq: d.Sequence, Was: was}, d.ID)
}

// sessionDropped tells whom a session that won't be concerns, and gives up their places.
func (s *Store) sessionDropped(ctx context.Context, tx pgx.Tx, c sessionChange, now time.Time) error {
	d := c.after
	ids, err := expected(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	if err := s.tell(ctx, tx, live{Key: "booking.cancelled", Seq: d.Sequence}, ids); err != nil {
		return err
	}
	if err := s.tellWatching(ctx, tx, live{Key: "session.cancelled", Seq: d.Sequence}, d.ID); err != nil {
		return err
	}
	if err := unwatch(ctx, tx, d.ID); err != nil {
		return err
	}
	return s.dropAppointments(ctx, tx, d.ID, now)
}

// expected are the appointments of a session that somebody counts on.
func expected(ctx context.Context, tx pgx.Tx, session int64) ([]int64, error) {
	rows, err := tx.Query(ctx, `SELECT id FROM appointments WHERE session_id = $1 AND status IN ('booked', 'waiting', 'arrived', 'called') ORDER BY id`, session)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// callAttendance writes down who should be at a session that opens: who receives,
// and the units that are called. One that is resumed has its list already.
func callAttendance(ctx context.Context, tx pgx.Tx, d tiepdan.Session) error {
	_, err := tx.Exec(ctx, `INSERT INTO attendance (session_id, unit, who, receiver, called)
		SELECT $1, w.unit, w.who, w.receiver, true FROM (
			SELECT nullif($2::bigint, 0) AS unit, $3::text AS who, true AS receiver, 0::bigint AS place
			UNION ALL SELECT u.unit, '', false, u.place FROM unnest($4::bigint[]) WITH ORDINALITY AS u(unit, place)
		) w WHERE NOT EXISTS (SELECT FROM attendance a WHERE a.session_id = $1) ORDER BY w.place`, d.ID, d.Unit, d.Presides, d.Units)
	return err
}
