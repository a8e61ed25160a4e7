// Package storetest gives each test a Store of its own on a real Postgres: a
// database cloned from a template that was migrated once, a Redis in the test's
// process, a random identity key and a sample office. It is for tests alone.
package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/jackc/pgx/v5"

	"tiepdan"
	"tiepdan/internal/testenv"
	"tiepdan/store"
)

// Option changes what a test's Store is opened with.
type Option func(*store.Options)

// WithNow gives the Store a clock.
func WithNow(now func() time.Time) Option { return func(o *store.Options) { o.Now = now } }

// WithKey gives the Store an identity key, so that two of one database agree.
func WithKey(key []byte) Option { return func(o *store.Options) { o.Key = key } }

// WithDatabase lets the Store share another's database, as a second replica does.
func WithDatabase(dsn string) Option { return func(o *store.Options) { o.Database = dsn } }

// WithRedis gives the Store a Redis by its URL.
func WithRedis(url string) Option { return func(o *store.Options) { o.Redis = url } }

// Open gives the test a Store that ends with it.
func Open(t testing.TB, options ...Option) *store.Store {
	t.Helper()
	o := store.Options{Key: Key()}
	for _, change := range options {
		change(&o)
	}
	if o.Database == "" {
		o.Database = Database(t)
	}
	if o.Redis == "" {
		o.Redis = "redis://" + miniredis.RunT(t).Addr()
	}
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.SeedOffice(t.Context(), Sample()); err != nil {
		t.Fatal(err)
	}
	return s
}

// Key is a new identity key.
func Key() []byte {
	key := make([]byte, store.KeySize)
	rand.Read(key)
	return key
}

// Database is the URL of a migrated database of the test's own.
func Database(t testing.TB) (dsn string) {
	t.Helper()
	server := testenv.Postgres(t)
	template, err := sharedTemplate(server)
	if err != nil {
		t.Fatal(err)
	}
	return create(t, server, " TEMPLATE "+template+" STRATEGY file_copy")
}

// Empty is the URL of a database of the test's own without a schema.
func Empty(t testing.TB) (dsn string) {
	t.Helper()
	return create(t, testenv.Postgres(t), "")
}

func create(t testing.TB, server, how string) (dsn string) {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text())
	if err := run(server, "CREATE DATABASE "+name+how); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return within(server, name)
}

// run does something on the server, in a connection that isn't any test's.
func run(server, sql string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer db.Close(ctx)
	_, err = db.Exec(ctx, sql)
	return err
}

// within is the server's URL or list of words for another of its databases.
func within(server, name string) string {
	if u, err := url.Parse(server); err == nil && strings.HasPrefix(u.Scheme, "postgres") {
		u.Path = "/" + name
		return u.String()
	}
	return server + " dbname=" + name
}

var templates struct {
	sync.Mutex
	of map[string]string // by server
}

// sharedTemplate is the name of the migrated database that tests clone. Test
// processes share it; its name changes with the migrations.
func sharedTemplate(server string) (name string, err error) {
	templates.Lock()
	defer templates.Unlock()
	if name := templates.of[server]; name != "" {
		return name, nil
	}
	name = fmt.Sprintf("template_%x", schemaHash())
	if err := makeTemplate(server, name); err != nil {
		return "", fmt.Errorf("the template of test databases: %w", err)
	}
	templates.of = map[string]string{server: name}
	return name, nil
}

// makeTemplate makes it unless it is there. Other processes wait meanwhile.
func makeTemplate(server, name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	db, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer db.Close(ctx)
	if _, err := db.Exec(ctx, `SELECT pg_advisory_lock(hashtextextended('template', 0))`); err != nil {
		return err
	}
	var ready bool
	err = db.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)`, name).Scan(&ready)
	if err != nil || ready {
		return err
	}
	if _, err := db.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil { // a half-made one
		return err
	}
	if _, err := db.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		return err
	}
	if _, err := store.Migrate(ctx, within(server, name)); err != nil {
		return err
	}
	_, err = db.Exec(ctx, "ALTER DATABASE "+name+" IS_TEMPLATE true")
	return err
}

func schemaHash() uint64 {
	h := fnv.New64a()
	err := fs.WalkDir(store.Migrations(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(store.Migrations(), path)
		h.Write(text)
		return errors.Join(err)
	})
	if err != nil {
		panic(err) // the files are part of the program
	}
	return h.Sum64()
}

// Peer is a sample person's chat account.
func Peer(n int) tiepdan.Peer {
	return tiepdan.Peer{Channel: "telegram", ID: fmt.Sprint(700_000_000 + n)}
}
