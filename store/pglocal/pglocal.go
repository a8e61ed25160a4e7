// Package pglocal finds or starts a private PostgreSQL for the demo and for tests, and fetches the binaries where
// the machine has none. It is not for serving an office: serve is given the DATABASE_URL of a server that somebody
// backs up.
//
// The server listens on a Unix socket only and belongs to its users: every program that called Start with the same
// directory shares it, and it ends with the last of them, even one that is killed. To that end a program that
// imports this package may be started again by it as a supervisor (see supervisor.go).
package pglocal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Options say which private server is wanted.
type Options struct {
	Dir      string            // holds the cluster and its log; of this package alone, and handed to the server's user
	Volatile bool              // trade safety against power loss for speed: tests
	Passing  bool              // Dir goes with the server's last user: tests
	Progress func(line string) // told of slow steps, such as fetching the binaries; may be nil
}

// Server is our share in a running private server.
type Server struct {
	DSN    string // connects as the superuser to the database postgres
	Dir    string // where the cluster really is: see Options.Dir and reachableDir
	BinDir string // the binaries it was started from; empty if it ran already

	data  string
	pid   int
	users *os.File // locked shared for as long as we need the server
}

// dataName is the cluster's directory within Server.Dir.
const dataName = "pgdata"

// startLimit is how long a server may take to answer; recovery after a crash is in it.
const startLimit = 2 * time.Minute

// Start joins the server that already runs for o.Dir, or starts one.
func Start(ctx context.Context, o Options) (*Server, error) {
	as, err := chooseUser()
	if err != nil {
		return nil, err
	}
	s, as, err := enter(o, as)
	if err != nil {
		return nil, err
	}
	if err := s.join(ctx, o, as); err != nil {
		s.users.Close()
		return nil, err
	}
	return s, nil
}

// enter makes the directory and takes a share in it.
func enter(o Options, as runAs) (*Server, runAs, error) {
	for {
		dir, owner, err := reachableDir(o.Dir, as, o.say)
		if err != nil {
			return nil, as, err
		}
		// Waits while a supervisor shuts the server down; once we have it, none will.
		users, err := lockFile(filepath.Join(dir, usersLock), shared)
		if err == nil && there(users) {
			return &Server{Dir: dir, data: filepath.Join(dir, dataName), users: users}, owner, nil
		}
		if err == nil {
			users.Close()
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, as, err
		}
		// A passing server has just taken the directory along.
	}
}

// join attaches to the running server or becomes its starter; one starter at a time.
func (s *Server) join(ctx context.Context, o Options, as runAs) error {
	turn, err := lockFile(filepath.Join(s.Dir, "start.lock"), exclusive)
	if err != nil {
		return err
	}
	defer turn.Close()
	left := readPidFile(s.data)
	if left.pid > 0 {
		if s.attach(ctx, left) {
			return nil
		}
		left.forgetSocket() // what a killed supervisor left
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.BinDir, err = s.cluster(ctx, o, as); err != nil {
		return err
	}
	return s.launch(ctx, o, as, left.pid > 0)
}

// attach waits for a live postmaster to answer; it may still be starting up, or shutting down.
func (s *Server) attach(ctx context.Context, left pidFile) bool {
	s.DSN = dsn(left.socket, left.port)
	for deadline := time.Now().Add(10 * time.Second); isPostgres(left.pid) && time.Now().Before(deadline); {
		if s.ping(ctx) == nil {
			s.pid = left.pid
			return true
		}
		if !pause(ctx, 50*time.Millisecond) {
			return false
		}
	}
	return false
}

// Stop says that we need the server no longer; the last to say so ends it, and waits until it has ended.
func (s *Server) Stop() error {
	// Both locks are refused at once only when the supervisor has begun to end the server.
	last := tryLock(s.users, exclusive) || !tryLock(s.users, shared)
	if last {
		s.awaitEnd()
	}
	if err := s.users.Close(); err != nil {
		return fmt.Errorf("pglocal: %w", err)
	}
	return nil
}

// awaitEnd lets the supervisor have the users' lock, which it holds until it has cleaned up.
func (s *Server) awaitEnd() {
	_ = flock(s.users, syscall.LOCK_UN)
	for deadline := time.Now().Add(shutdownLimit); isPostgres(s.pid) && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	_ = flock(s.users, shared)
}

func (s *Server) ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	c, err := pgx.Connect(ctx, s.DSN)
	if err != nil {
		return err
	}
	return c.Close(ctx)
}

func dsn(socket, port string) string {
	return fmt.Sprintf("host=%s port=%s user=postgres dbname=postgres sslmode=disable", socket, port)
}

func (o Options) say(format string, a ...any) {
	if o.Progress != nil {
		o.Progress(fmt.Sprintf(format, a...))
	}
}

// pause waits a moment and reports whether the context still lasts.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}
