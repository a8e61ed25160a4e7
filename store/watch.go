package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Watch lets p be reminded of a session that they have no place at, or no more.
// Only one that citizens may see, and that isn't over, can be watched.
func (s *Store) Watch(ctx context.Context, p tiepdan.Peer, session int64, on bool) error {
	owner, now := s.vault.Account(p), s.now()
	if !on {
		_, err := s.db.Exec(ctx, `DELETE FROM watches WHERE session_id = $1 AND owner = $2`, session, owner)
		return broken(err, "watch")
	}
	return broken(pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		// The lock keeps a cancelling from overlooking who begins to watch just now.
		d, err := readSession(ctx, tx, `d.id = $1 FOR SHARE`, session)
		if err != nil {
			return err
		}
		if err := watchable(d, now); err != nil {
			return err
		}
		b := &pgx.Batch{}
		s.addAccount(b, p, "")
		b.Queue(`INSERT INTO watches (session_id, owner, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, session, owner, now)
		return tx.SendBatch(ctx, b).Close()
	}), "watch")
}

// watchable is why a session can't be watched.
func watchable(d tiepdan.Session, now time.Time) error {
	switch {
	case !d.Public():
		return notFound("session.none")
	case d.Cancelled() || d.Status == tiepdan.SessionHeld || !now.Before(d.Starts):
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: "session.over"}
	}
	return nil
}

const watchedSessions = `SELECT d.id FROM watches w JOIN reception_sessions d ON d.id = w.session_id
	WHERE w.owner = $1 AND d.ends > $2 ORDER BY d.starts, d.id`

// Watches returns the coming sessions that p watches, soonest first.
func (s *Store) Watches(ctx context.Context, p tiepdan.Peer) ([]int64, error) {
	rows, err := s.db.Query(ctx, watchedSessions, s.vault.Account(p), s.now())
	if err != nil {
		return nil, broken(err, "watches")
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	return ids, broken(err, "watches")
}

// Watchers returns how many watch a session without a place at it, or on its
// waiting list: whom a change of it would be told.
func (s *Store) Watchers(ctx context.Context, session int64) (n int, err error) {
	err = s.db.QueryRow(ctx, `SELECT count(*) FROM watches w WHERE w.session_id = $1 AND `+placeless, session).Scan(&n)
	return n, broken(err, "watchers")
}

// placeless is the condition on watches AS w that its owner has no appointment
// there, by which they would be told the same again.
const placeless = `NOT EXISTS (SELECT FROM appointments a WHERE a.session_id = w.session_id AND a.owner = w.owner AND a.status <> 'cancelled')`

// unwatch forgets who watched a session that is over: nobody needs it any more.
func unwatch(ctx context.Context, tx pgx.Tx, session int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM watches WHERE session_id = $1`, session)
	return err
}
