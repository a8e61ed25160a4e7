package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// DropFile forgets a stale file and removes its content in between: whoever keeps
// the same content anew meanwhile waits until it is gone, and then finds it gone.
// It reports false, and removes nothing, where it was kept anew before or a case
// or direction has it by now.
func (s *Store) DropFile(ctx context.Context, sha string, before time.Time, remove func(context.Context) error) (dropped bool, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `DELETE FROM files f WHERE sha256 = $1 AND kept < $2
			AND `+nobodyHas, sha, before)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		dropped = true
		return remove(ctx)
	})
	return dropped && err == nil, broken(err, "drop file")
}

// namesKept is how long after its session an appointment names who came.
const namesKept = 90 * 24 * time.Hour

// emptiedAtOnce is how many sessions are emptied in one transaction.
const emptiedAtOnce = 100

// emptyAppointments takes the names, telephone numbers and purposes out of the
// appointments of sessions that are long over, and forgets who watched them. The book of receptions keeps what
// the law wants kept.
func (s *Store) emptyAppointments(ctx context.Context) error {
	for {
		tag, err := s.db.Exec(ctx, `WITH old AS MATERIALIZED (
				SELECT id FROM reception_sessions WHERE NOT emptied AND ends < $1 ORDER BY ends LIMIT $2 FOR UPDATE SKIP LOCKED
			), empty AS (
				UPDATE appointments a SET name = '', phone = '', purpose = '' FROM old
				WHERE a.session_id = old.id AND (a.name <> '' OR a.phone <> '' OR a.purpose <> '')
			), unwatch AS (
				DELETE FROM watches w USING old WHERE w.session_id = old.id
			)
			UPDATE reception_sessions d SET emptied = true FROM old WHERE d.id = old.id`, s.now().Add(-namesKept), emptiedAtOnce)
		if err != nil || tag.RowsAffected() < emptiedAtOnce {
			return broken(err, "empty appointments")
		}
	}
}
