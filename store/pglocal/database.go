package pglocal

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5"
)

var databaseForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// Only makes the database of that name, if it isn't there, and removes every
// other one that begins as it does up to its last underscore: what was left by
// those that had the server's folder before. It returns the database's DSN.
func (s *Server) Only(ctx context.Context, name string) (dsn string, err error) {
	i := strings.LastIndexByte(name, '_')
	if !databaseForm.MatchString(name) || i < 0 {
		return "", fmt.Errorf("pglocal: %q is no name for a database of a family", name)
	}
	db, err := pgx.Connect(ctx, s.DSN)
	if err != nil {
		return "", fmt.Errorf("pglocal: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close(ctx)) }()
	rows, _ := db.Query(ctx, `SELECT datname FROM pg_database WHERE starts_with(datname, $1)`, name[:i+1])
	family, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return "", fmt.Errorf("pglocal: %w", err)
	}
	there := false
	for _, other := range family {
		if there = there || other == name; other == name {
			continue
		}
		if _, err := db.Exec(ctx, `DROP DATABASE `+pgx.Identifier{other}.Sanitize()+` WITH (FORCE)`); err != nil {
			return "", fmt.Errorf("pglocal: %w", err)
		}
	}
	if !there {
		if _, err := db.Exec(ctx, `CREATE DATABASE `+name); err != nil {
			return "", fmt.Errorf("pglocal: %w", err)
		}
	}
	return strings.Replace(s.DSN, "dbname=postgres", "dbname="+name, 1), nil
}
