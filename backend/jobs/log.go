package jobs

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"

	"tiepdan"
)

// fault says what kind of failure err is and none of its words.
func fault(err error) string {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return "postgres " + pg.Code
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case errors.Is(err, context.Canceled):
		return "cancelled"
	}
	return string(tiepdan.CodeOf(err))
}

// quiet passes on what River warns of, without the words of any failure: which
// job of which kind is enough to look it up.
type quiet struct{ slog.Handler }

// Enabled lets warnings and errors through.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

// Handle passes a line on with what tells nothing of anybody.
func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	plain := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		if tellsNothing(a) {
			plain.AddAttrs(a)
		}
		return true
	})
	return q.Handler.Handle(ctx, plain)
}

// WithAttrs keeps what tells nothing of anybody.
func (q quiet) WithAttrs(as []slog.Attr) slog.Handler {
	return quiet{q.Handler.WithAttrs(slices.DeleteFunc(slices.Clone(as), func(a slog.Attr) bool { return !tellsNothing(a) }))}
}

// WithGroup is the handler's own.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }

func tellsNothing(a slog.Attr) bool {
	switch a.Key {
	case "job_id", "kind", "job_kind", "queue", "attempt", "timeout", "num_jobs", "client_id":
		return true
	}
	return false
}
