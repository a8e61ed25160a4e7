package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Sessions returns the receptions of citizens that begin from from to before to,
// the cancelled ones too, in their order.
func (s *Store) Sessions(ctx context.Context, from, to time.Time) ([]tiepdan.Session, error) {
	rows, err := s.db.Query(ctx, `SELECT id, starts, ends, place, presides, attends, focus, periodic, cancelled, note
		FROM reception_sessions WHERE starts >= $1 AND starts < $2 ORDER BY starts, id`, from, to)
	if err != nil {
		return nil, broken(err, "sessions")
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.Session])
	return list, broken(err, "sessions")
}

// Session returns one reception.
func (s *Store) Session(ctx context.Context, id int64) (tiepdan.Session, error) {
	rows, err := s.db.Query(ctx, `SELECT id, starts, ends, place, presides, attends, focus, periodic, cancelled, note
		FROM reception_sessions WHERE id = $1`, id)
	if err != nil {
		return tiepdan.Session{}, broken(err, "session")
	}
	d, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[tiepdan.Session])
	if errors.Is(err, pgx.ErrNoRows) {
		return d, notFound("session.none")
	}
	return d, broken(err, "session")
}

// SaveSession adds a reception (ID 0) or changes one, and returns the id. None is
// deleted: citizens may have been told of it.
func (s *Store) SaveSession(ctx context.Context, by tiepdan.Actor, d tiepdan.Session) (id int64, err error) {
	if !d.Ends.After(d.Starts) {
		return 0, &tiepdan.Error{Code: tiepdan.Invalid, Key: "session.ends_early"}
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if id, err = writeSession(ctx, tx, d); err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), by, "save_session", onSession, id, facts{"cancelled": d.Cancelled})
	})
	return id, broken(err, "save session")
}

func writeSession(ctx context.Context, tx pgx.Tx, d tiepdan.Session) (id int64, err error) {
	args := []any{d.Starts, d.Ends, d.Place, d.Presides, d.Attends, d.Focus, d.Periodic, d.Cancelled, d.Note}
	if d.ID != 0 {
		return d.ID, exec(ctx, tx, "session.none", `UPDATE reception_sessions SET starts = $1, ends = $2, place = $3, presides = $4,
			attends = $5, focus = $6, periodic = $7, cancelled = $8, note = $9 WHERE id = $10`, append(args, d.ID)...)
	}
	err = tx.QueryRow(ctx, `INSERT INTO reception_sessions (starts, ends, place, presides, attends, focus, periodic, cancelled, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`, args...).Scan(&id)
	return id, err
}
