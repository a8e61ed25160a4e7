package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/jackc/pgx/v5"

	"tiepdan"
	"tiepdan/internal/testenv"
)

// template is a migrated database that each test gets a copy of.
var template struct {
	sync.Once
	name string
	err  error
}

var databases atomic.Int64

// ownDatabase makes a database for one test and gives its DSN.
func ownDatabase(t testing.TB) string {
	t.Helper()
	server := testenv.Postgres(t)
	ctx := context.Background()
	template.Do(func() {
		template.name = "mail_" + strings.ToLower(rand.Text())
		if template.err = onServer(ctx, server, `CREATE DATABASE `+template.name); template.err == nil {
			_, template.err = Migrate(ctx, databaseOf(server, template.name))
		}
	})
	if template.err != nil {
		t.Fatal(template.err)
	}
	name := fmt.Sprintf("%s_%d", template.name, databases.Add(1))
	if err := onServer(ctx, server, `CREATE DATABASE `+name+` TEMPLATE `+template.name+` STRATEGY file_copy`); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := onServer(ctx, server, `DROP DATABASE `+name+` WITH (FORCE)`); err != nil {
			t.Error(err)
		}
	})
	return databaseOf(server, name)
}

func onServer(ctx context.Context, dsn, sql string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}

func databaseOf(dsn, name string) string {
	if u, err := url.Parse(dsn); err == nil && u.Scheme != "" {
		u.Path = "/" + name
		return u.String()
	}
	return dsn + " dbname=" + name
}

// testKey is made anew for each test.
func testKey() []byte {
	key := make([]byte, KeySize)
	rand.Read(key)
	return key
}

// mailStore opens a store on a database and a miniredis of its own.
func mailStore(t testing.TB) *Store {
	t.Helper()
	return replica(t, Options{Database: ownDatabase(t), Redis: "redis://" + miniredis.RunT(t).Addr(), Key: testKey()})
}

// replica opens a store; with the same options twice, they are two of one office.
func replica(t testing.TB, o Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func person(n int) tiepdan.Peer { return tiepdan.Peer{Channel: "telegram", ID: fmt.Sprint(1000 + n)} }

// eventually polls until ok holds.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func count(t testing.TB, s *Store, sql string, args ...any) (n int) {
	t.Helper()
	ok(t, s.db.QueryRow(t.Context(), sql, args...).Scan(&n))
	return n
}
