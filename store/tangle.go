package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// untangleTries is how often a transaction is begun anew that Postgres ended since
// it and another waited for each other's cases.
const untangleTries = 4

// untangled runs do in a transaction. Whoever touches several cases may meet
// somebody who came to them in another order: one of the two begins anew.
func (s *Store) untangled(ctx context.Context, do func(pgx.Tx) error) (err error) {
	for range untangleTries {
		if err = pgx.BeginFunc(ctx, s.db, do); !deadlocked(err) {
			return err
		}
	}
	return err
}

func deadlocked(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == "40P01"
}
