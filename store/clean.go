package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// DropFile forgets a stale file and removes its content in between: whoever keeps
// the same content anew meanwhile waits until it is gone, and then finds it gone.
// It reports false, and removes nothing, where it was kept anew before or a case
// has it by now.
func (s *Store) DropFile(ctx context.Context, sha string, before time.Time, remove func(context.Context) error) (dropped bool, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `DELETE FROM files f WHERE sha256 = $1 AND kept < $2
			AND NOT EXISTS (SELECT FROM case_files c WHERE c.sha256 = f.sha256)`, sha, before)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		dropped = true
		return remove(ctx)
	})
	return dropped && err == nil, broken(err, "drop file")
}
