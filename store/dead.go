package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// DeadUpdates are the letters that were put aside, newest first.
func (s *Store) DeadUpdates(ctx context.Context) ([]tiepdan.DeadUpdate, error) {
	rows, err := s.db.Query(ctx, `SELECT id, source, received_at, dead_at, attempts, error FROM inbox
		WHERE dead_at IS NOT NULL ORDER BY dead_at DESC LIMIT 200`)
	if err != nil {
		return nil, broken(err, "dead updates")
	}
	ds, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (d tiepdan.DeadUpdate, err error) {
		return d, row.Scan(&d.ID, &d.Source, &d.Received, &d.Dead, &d.Attempts, &d.Error)
	})
	return ds, broken(err, "dead updates")
}

// RetryDead gives a letter that was put aside another five tries.
func (s *Store) RetryDead(ctx context.Context, by tiepdan.Actor, id int64) error {
	if !by.Role.MayEnter(tiepdan.TaskArea) || !by.Role.Writes() {
		return &tiepdan.Error{Code: tiepdan.Forbidden, Key: "task.not_yours"}
	}
	now := s.now().Truncate(time.Microsecond)
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `UPDATE inbox SET dead_at = NULL, retry_at = NULL, attempts = 0, error = '', received_at = now()
			WHERE id = $1 AND dead_at IS NOT NULL`, id)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return notFound("task.none")
		}
		if _, err := tx.Exec(ctx, `UPDATE tasks SET done = $2, done_by = nullif($3::bigint, 0), how = 'other' WHERE letter = $1 AND done IS NULL`,
			id, now, by.Staff); err != nil {
			return err
		}
		return audit(ctx, tx, now, by, "retry_update", onTask, id, nil)
	})
	if err == nil {
		s.mail.came.ring()
	}
	return broken(err, "retry dead")
}
