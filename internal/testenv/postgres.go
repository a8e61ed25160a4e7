package testenv

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tiepdan/store/pglocal"
)

// ours is this process's share in the checkout's server; it ends with the process.
var ours struct {
	sync.Mutex
	server *pglocal.Server
}

// Postgres is the DSN of a server to make test databases on, one server for all test packages of the checkout: tests
// touch only databases of their own in it. TEST_DATABASE_URL, when set, is taken instead.
func Postgres(t testing.TB) (dsn string) {
	t.Helper()
	if url := os.Getenv("TEST_DATABASE_URL"); url != "" {
		return url
	}
	ours.Lock()
	defer ours.Unlock()
	if ours.server == nil {
		// Not the test's context, which ends with the test; and time enough to fetch the binaries once.
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
		defer cancel()
		server, err := pglocal.Start(ctx, pglocal.Options{Dir: postgresDir(t), Volatile: true, Passing: true, Progress: tell})
		if err != nil {
			t.Fatal(err)
		}
		ours.server = server
	}
	return ours.server.DSN
}

// postgresDir is the checkout's own and the user's own.
func postgresDir(t testing.TB) string {
	sum := sha256.Sum256([]byte(Root(t)))
	return filepath.Join(os.TempDir(), fmt.Sprintf("tiepdan-test-%d-%x", os.Geteuid(), sum[:6]))
}

func tell(line string) { fmt.Fprintln(os.Stderr, line) }
