package store

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/redis/go-redis/v9"

	"tiepdan"
)

// ErrTryLater marks a failure that is nobody's input's fault: a database away, a
// limit of the app reached. Work that fails so is done again and never put aside
// for it.
var ErrTryLater error = passing{}

// passing says by itself what it is, to those who don't know the store.
type passing struct{}

func (passing) Error() string   { return "try later" }
func (passing) Temporary() bool { return true }

// tryLater reports whether err will pass by itself.
func tryLater(err error) bool {
	var temporary interface{ Temporary() bool }
	switch {
	case errors.Is(err, ErrTryLater), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.Is(err, redis.ErrClosed), errors.Is(err, redis.ErrPoolTimeout):
		return true
	case errors.As(err, &temporary):
		return temporary.Temporary()
	}
	return postgresAway(err)
}

func postgresAway(err error) bool {
	if connect, ok := errors.AsType[*pgconn.ConnectError](err); ok && connect != nil {
		return true
	}
	if network, ok := errors.AsType[net.Error](err); ok && network != nil {
		return true
	}
	pg, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return pgconn.SafeToRetry(err) || strings.Contains(err.Error(), "closed pool") || strings.Contains(err.Error(), "conn closed")
	}
	switch pg.Code[:2] {
	case "08", "53", "57": // connection, resources, an administrator's shutdown
		return true
	}
	return pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "55P03" || pg.Code == "25006" // serialisation, deadlock, lock, read-only standby
}

// errorClass says what kind of failure err is and none of its words, which may
// be a citizen's.
func errorClass(err error) string {
	switch pg, ok := errors.AsType[*pgconn.PgError](err); {
	case err == nil:
		return ""
	case ok:
		return "postgres " + pg.Code
	case errors.Is(err, errPanic):
		return "panic"
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case errors.Is(err, ErrTryLater):
		return "try later"
	}
	return string(tiepdan.CodeOf(err))
}
