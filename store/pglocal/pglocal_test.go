package pglocal_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan/store/pglocal"
)

// A test binary with this set is somebody else who uses the directory: it says its DSN and stays until it is killed.
const userEnv = "PGLOCAL_TEST_USER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(userEnv); dir != "" {
		s, err := pglocal.Start(context.Background(), pglocal.Options{Dir: dir, Volatile: true})
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(s.DSN)
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// otherUser starts another program that uses dir.
func otherUser(t *testing.T, dir string) (dsn string, kill func()) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), userEnv+"="+dir)
	if _, err := c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	kill = sync.OnceFunc(func() {
		c.Process.Kill()
		c.Wait()
	})
	t.Cleanup(kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "host=") {
		t.Fatalf("the other user didn't start: %q %v", line, err)
	}
	return strings.TrimSpace(line), kill
}

// place is a directory that the server's user can reach, too; t.TempDir is open to its owner alone.
func place(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pglocal-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func start(t *testing.T, dir string) *pglocal.Server {
	t.Helper()
	s, err := pglocal.Start(t.Context(), pglocal.Options{Dir: dir, Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func stop(t *testing.T, s *pglocal.Server) {
	t.Helper()
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
}

// run sends one statement over a connection of its own.
func run(t *testing.T, dsn, sql string, into ...any) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	if len(into) == 0 {
		_, err = c.Exec(t.Context(), sql)
	} else {
		err = c.QueryRow(t.Context(), sql).Scan(into...)
	}
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func answers(dsn string) bool {
	c, err := pgx.Connect(context.Background(), dsn)
	if err != nil {
		return false
	}
	return c.Close(context.Background()) == nil
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within 30 s: %s", what)
		}
	}
}

func TestACleanRestartKeepsTheData(t *testing.T) {
	t.Parallel()
	dir := place(t)
	s := start(t, dir)
	run(t, s.DSN, "CREATE TABLE kept AS SELECT 7 AS n")
	stop(t, s)
	if answers(s.DSN) {
		t.Error("the server runs on after its last user")
	}
	again := start(t, dir)
	defer stop(t, again)
	var n int
	if run(t, again.DSN, "SELECT n FROM kept", &n); n != 7 {
		t.Errorf("kept %d, want 7", n)
	}
}

func TestVietnameseLettersHaveACase(t *testing.T) {
	t.Parallel()
	s := start(t, place(t))
	defer stop(t, s)
	var low string
	if run(t, s.DSN, "SELECT lower('ĐẤT ĐAI')", &low); low != "đất đai" {
		t.Errorf("lower gives %q", low)
	}
}

func TestManyStartersShareOneServer(t *testing.T) {
	t.Parallel()
	dir := place(t)
	servers := make([]*pglocal.Server, 6)
	errs := make([]error, len(servers))
	var wg sync.WaitGroup
	for i := range servers {
		wg.Go(func() {
			servers[i], errs[i] = pglocal.Start(t.Context(), pglocal.Options{Dir: dir, Volatile: true})
		})
	}
	wg.Wait()
	for i, s := range servers {
		if errs[i] != nil {
			t.Fatal(errs[i])
		}
		if s.DSN != servers[0].DSN {
			t.Errorf("starter %d has a server of its own", i)
		}
	}
	for _, s := range servers[1:] {
		stop(t, s)
	}
	if !answers(servers[0].DSN) {
		t.Error("the server ended though one user is left")
	}
	stop(t, servers[0])
	if answers(servers[0].DSN) {
		t.Error("the server runs on after its last user")
	}
}

func TestAKilledOwnerLeavesTheServerToTheOthers(t *testing.T) {
	t.Parallel()
	dir := place(t)
	dsn, kill := otherUser(t, dir)
	s := start(t, dir)
	if s.DSN != dsn {
		t.Fatalf("not shared: %s and %s", s.DSN, dsn)
	}
	kill()
	run(t, s.DSN, "SELECT 1")
	stop(t, s)
	if answers(dsn) {
		t.Error("the server runs on after its last user")
	}
}

func TestTheServerEndsWithAKilledOwner(t *testing.T) {
	t.Parallel()
	dir := place(t)
	dsn, kill := otherUser(t, dir)
	kill()
	eventually(t, "the server ends", func() bool { return !answers(dsn) })
	// A start at once, perhaps amid the shutdown, gets a server all the same.
	s := start(t, dir)
	defer stop(t, s)
	run(t, s.DSN, "SELECT 1")
}

func TestAStalePidFileDoesNotPreventAStart(t *testing.T) {
	t.Parallel()
	dir := place(t)
	stop(t, start(t, dir))
	// A server that was killed left its file, and a stranger of the server's own user has the pid by now.
	data := filepath.Join(dir, "pgdata")
	left := fmt.Sprintf("%d\n%s\n1700000000\n5432\n%s\n\n\n", sleeper(t, data), data, t.TempDir())
	writeAs(t, data, filepath.Join(data, "postmaster.pid"), left)
	s := start(t, dir)
	defer stop(t, s)
	run(t, s.DSN, "SELECT 1")
}

func TestADirectoryClosedToTheServersUserWorksAllTheSame(t *testing.T) {
	t.Parallel()
	closed := place(t)
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(closed, strings.Repeat("long/", 30)) // too long for a socket's path, too
	s := start(t, dir)
	run(t, s.DSN, "CREATE TABLE kept AS SELECT 7 AS n")
	stop(t, s)
	again := start(t, dir)
	defer stop(t, again)
	if again.Dir != s.Dir {
		t.Errorf("first in %s, then in %s", s.Dir, again.Dir)
	}
	run(t, again.DSN, "TABLE kept")
	if s.Dir != filepath.Clean(dir) {
		t.Cleanup(func() { os.RemoveAll(s.Dir) })
	}
}

func TestAVolatileClusterOfAVanishedServerIsMadeAnew(t *testing.T) {
	t.Parallel()
	dir := place(t)
	stop(t, start(t, dir))
	data := filepath.Join(dir, "pgdata")
	writeAs(t, data, filepath.Join(data, "PG_VERSION"), "9\n")
	s := start(t, dir)
	defer stop(t, s)
	run(t, s.DSN, "SELECT 1")
}

func TestAClusterNobodyCanRunNamesTheCure(t *testing.T) {
	t.Setenv("PG_BINDIR", t.TempDir())
	_, err := pglocal.Start(t.Context(), pglocal.Options{Dir: place(t)})
	if err == nil || !strings.Contains(err.Error(), "PG_BINDIR") {
		t.Errorf("got %v, want an error about PG_BINDIR", err)
	}
}
