package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are our files: what they hold decides which schema there is.
func Migrations() fs.FS { return migrations }

// migrateLock is the advisory lock that one starter holds while it migrates.
const migrateLock = 0x7469_6570_6461_6e

// Migrate brings the database's schema up to date: first ours, then River's. Any
// number of processes may do so at once; one works, the others find it done. It
// returns how many of our files it applied.
func Migrate(ctx context.Context, dsn string) (applied int, err error) {
	db, err := openPool(ctx, dsn)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	lock, err := db.Acquire(ctx)
	if err != nil {
		return 0, fmt.Errorf("store: migrate: %w", err)
	}
	defer lock.Release()
	if _, err := lock.Exec(ctx, `SELECT pg_advisory_lock($1)`, int64(migrateLock)); err != nil {
		return 0, fmt.Errorf("store: migrate: %w", err)
	}
	defer lock.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(migrateLock))
	if applied, err = migrateOurs(ctx, lock); err != nil {
		return 0, fmt.Errorf("store: migrate: %w", err)
	}
	if err := completeIndexes(ctx, db); err != nil {
		return 0, fmt.Errorf("store: migrate: %w", err)
	}
	return applied, migrateRiver(ctx, db)
}

// migrateOurs applies the files that aren't applied yet, all in one transaction.
func migrateOurs(ctx context.Context, db *pgxpool.Conn) (applied int, err error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0, err
	}
	err = pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `CREATE TABLE IF NOT EXISTS schema_migrations
			(name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())`); err != nil {
			return err
		}
		for _, name := range names {
			done, err := migrateFile(ctx, tx, name)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if done {
				applied++
			}
		}
		return nil
	})
	return applied, err
}

// migrateFile applies one file unless that has been done.
func migrateFile(ctx context.Context, tx pgx.Tx, name string) (done bool, err error) {
	tag, err := tx.Exec(ctx, `INSERT INTO schema_migrations (name) VALUES ($1) ON CONFLICT DO NOTHING`, name)
	if err != nil || tag.RowsAffected() == 0 {
		return false, err
	}
	sql, err := migrations.ReadFile(name)
	if err != nil {
		return false, err
	}
	_, err = tx.Exec(ctx, string(sql)) // without arguments many statements may go at once
	return err == nil, err
}

// upToDate reports a schema that lacks some of our files.
func upToDate(ctx context.Context, db *pgxpool.Pool) error {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	var has int
	err = db.QueryRow(ctx, `SELECT count(*) FROM schema_migrations WHERE name = ANY($1)`, names).Scan(&has)
	if pg, ok := errors.AsType[*pgconn.PgError](err); err != nil && !(ok && pg.Code == "42P01") { // there is no such table yet
		return fmt.Errorf("store: which schema there is: %w", err)
	}
	if has < len(names) {
		return fmt.Errorf("store: the database has %d of %d migrations: run `tiepdan migrate`, or let serve do it with MIGRATE=on", has, len(names))
	}
	return nil
}

func migrateRiver(ctx context.Context, db *pgxpool.Pool) error {
	m, err := rivermigrate.New(riverpgxv5.New(db), nil)
	if err != nil {
		return fmt.Errorf("store: migrate river: %w", err)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("store: migrate river: %w", err)
	}
	return nil
}
