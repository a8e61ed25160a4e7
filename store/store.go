// Package store is what the office keeps: all SQL and all Redis keys are here.
// Postgres holds cases, people, settings, messages and the audit log; Redis holds
// conversations, the budget of sending and the throttles, and may be lost.
//
// It decides nothing: what may happen to a case is the root package's to say,
// and comes in as a [tiepdan.Change]. It says no word to people either.
package store

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"tiepdan"
)

// Options say where the store's parts are.
type Options struct {
	Database string // a Postgres URL; its schema is Migrate's to bring up
	Redis    string // a Redis URL
	Key      []byte // the identity key, or …
	KeyFile  string // … the file that holds it
	Log      *slog.Logger
	Now      func() time.Time // nil: time.Now
}

// Store is the one door to Postgres and Redis. It is safe for many goroutines.
type Store struct {
	db    *pgxpool.Pool
	redis redis.UniversalClient
	vault *Vault
	log   *slog.Logger
	now   func() time.Time
	rules rulesCache
	mail  mail

	callers together[tiepdan.Peer, caller]
	errands together[errand, struct{}]
}

// Open connects to both databases and makes sure that the identity key is the
// one that this database was begun with. It migrates nothing.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{log: o.Log, now: o.Now}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	var err error
	if s.db, err = openPool(ctx, o.Database); err != nil {
		return nil, err
	}
	if s.vault, err = openVault(ctx, s.db, o); err != nil {
		s.db.Close()
		return nil, err
	}
	if s.redis, err = openRedis(o.Redis); err != nil {
		s.db.Close()
		return nil, err
	}
	return s, nil
}

// poolSize is for a Postgres of an ordinary max_connections with a few replicas;
// pool_max_conns in the URL says otherwise.
const poolSize = 24

func openPool(ctx context.Context, dsn string) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("store: the database URL: %w", err)
	}
	if !strings.Contains(dsn, "pool_max_conns") {
		cfg.MaxConns = poolSize
	}
	// A generic plan of a filtered list can be 500 times slower than one made for its arguments.
	cfg.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_custom_plan"
	cfg.ConnConfig.RuntimeParams["jit"] = "off" // compiling a query costs more than any of ours takes
	cfg.ConnConfig.RuntimeParams["application_name"] = "tiepdan"
	db, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return db, nil
}

// Close lets go of both databases; what runs on them must have ended.
func (s *Store) Close() {
	s.redis.Close()
	s.db.Close()
}

// PingDatabase reports whether Postgres answers.
func (s *Store) PingDatabase(ctx context.Context) error { return s.db.Ping(ctx) }

// PingRedis reports whether Redis answers.
func (s *Store) PingRedis(ctx context.Context) error { return s.redis.Ping(ctx).Err() }

// Pool is Postgres itself, for River only.
func (s *Store) Pool() *pgxpool.Pool { return s.db }

// Redis is Redis itself, for the library of the staff's sessions only.
func (s *Store) Redis() redis.UniversalClient { return s.redis }

// runner is a pool, a connection or a transaction: what a query can run on.
type runner interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

// notFound is the one answer for what isn't there and what this person may not see.
func notFound(key string) error { return &tiepdan.Error{Code: tiepdan.NotFound, Key: key} }
