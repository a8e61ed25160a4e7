package store

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"tiepdan"
)

// broken gives a failure of Postgres the name of what was tried. What is for
// people passes as it is, and what Postgres says of the values is left out: they
// may be a citizen's words.
func broken(err error, doing string) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*tiepdan.Error](err); ok {
		return err
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		pg.Detail, pg.Where, pg.InternalQuery = "", "", ""
		if quotes(pg) {
			pg.Message, _, _ = strings.Cut(pg.Message, `"`)
		}
		if clash(pg) {
			return &tiepdan.Error{Code: tiepdan.Conflict, Key: "settings.taken", Err: err}
		}
	}
	return fmt.Errorf("store: %s: %w", doing, err)
}

// quotes reports whether the message may hold what was given, and so perhaps a
// citizen's words: data that doesn't fit (class 22), and what is too long (54).
func quotes(pg *pgconn.PgError) bool {
	return strings.HasPrefix(pg.Code, "22") || strings.HasPrefix(pg.Code, "54")
}

// clash reports whether the row's own name is taken already.
func clash(pg *pgconn.PgError) bool { return pg.Code == "23505" }

// violates reports whether err is a unique constraint's refusal.
func violates(err error, constraint string) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && clash(pg) && pg.ConstraintName == constraint
}
