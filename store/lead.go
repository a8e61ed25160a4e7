package store

import (
	"context"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/jackc/pgx/v5"
)

// Classes of our advisory locks of two numbers, so that they don't meet.
const (
	lockShard    = 0x7469_01
	lockPresence = 0x7469_02
	lockLead     = 0x7469_03
)

const (
	leadRetry = 500 * time.Millisecond // how often another asks for the lead
	leadPing  = time.Second            // how often the leader makes sure that it still is one
	lockReply = 3 * time.Second        // a connection that takes longer to answer is gone
)

// Lead runs fn while this process, of all that share the database, holds the
// lead of that name, and again whenever it has it anew. fn's context ends when
// the lead is lost. Lead returns when ctx ends, or with the error that fn
// returned while it led.
func (s *Store) Lead(ctx context.Context, name string, fn func(context.Context) error) error {
	for {
		led, err := s.leadOnce(ctx, name, fn)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case led && err != nil && !tryLater(err):
			return err
		case err != nil:
			s.log.WarnContext(ctx, "the lead is sought again", "name", name, "error", errorClass(err))
		}
		if !pause(ctx, leadRetry) {
			return ctx.Err()
		}
	}
}

// leadOnce waits for the lead and runs fn under it. The lock is the
// connection's: when the one goes, so does the other.
func (s *Store) leadOnce(ctx context.Context, name string, fn func(context.Context) error) (led bool, err error) {
	conn, err := s.dial(ctx)
	if err != nil {
		return false, err
	}
	defer hangUp(conn)
	for {
		if led, err = tryLock(ctx, conn, lockLead, nameKey(name)); err != nil {
			return false, err
		}
		if led {
			break
		}
		if !pause(ctx, leadRetry) {
			return false, ctx.Err()
		}
	}
	held, lost := context.WithCancel(ctx)
	defer lost()
	ended := make(chan error, 1)
	go func() { ended <- guard(func() error { return fn(held) }) }()
	err = holdLead(held, conn, ended)
	lost()
	if err == nil { // still waiting for fn
		err = <-ended
	}
	return true, err
}

// holdLead pings the connection until fn has ended or the connection is gone.
// Its error is fn's; nil means that fn must still be waited for.
func holdLead(ctx context.Context, conn *pgx.Conn, ended chan error) error {
	for {
		select {
		case err := <-ended:
			ended <- nil
			return err
		case <-ctx.Done():
			return nil
		case <-time.After(leadPing):
			ping, cancel := context.WithTimeout(ctx, lockReply)
			err := conn.Ping(ping)
			cancel()
			if err != nil {
				return nil
			}
		}
	}
}

func tryLock(ctx context.Context, conn *pgx.Conn, class, key int) (ok bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, lockReply)
	defer cancel()
	err = conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1::int, $2::int)`, class, key).Scan(&ok)
	return ok, err
}

// dial opens a connection of its own: what it locks must not go back to a pool.
func (s *Store) dial(ctx context.Context) (*pgx.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, lockReply)
	defer cancel()
	cfg := s.db.Config().ConnConfig.Copy()
	// The server notices within half a minute that our machine died, and frees the locks.
	cfg.RuntimeParams["tcp_keepalives_idle"] = "10"
	cfg.RuntimeParams["tcp_keepalives_interval"] = "5"
	cfg.RuntimeParams["tcp_keepalives_count"] = "3"
	return pgx.ConnectConfig(ctx, cfg)
}

func hangUp(conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), lockReply)
	defer cancel()
	conn.Close(ctx)
}

func nameKey(name string) int {
	h := fnv.New32a()
	h.Write([]byte(name))
	return int(int32(h.Sum32()))
}

// pause waits for d and reports whether ctx still lives.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// errPanic is what a panic in somebody else's function becomes. Its words stay
// out: they may be a citizen's.
var errPanic = fmt.Errorf("store: a panic in a handler")

// guard runs fn and makes an error of its panic.
func guard(fn func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errPanic
			if e, ok := r.(error); ok {
				err = fmt.Errorf("%w: %T", errPanic, e)
			}
		}
	}()
	return fn()
}
