package storetest

import (
	"context"
	"runtime"
	"testing"

	"tiepdan/store"
)

// lockTurns is the class of the lock that routing takes before it looks at a case.
const lockTurns = 0x7469_04

// HoldTurns keeps every process from routing until release is called; waits reports
// whether one has come so far.
func HoldTurns(t testing.TB, s *store.Store) (waits func() bool, release func()) {
	t.Helper()
	tx, err := s.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	release = func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }
	t.Cleanup(release)
	if _, err := tx.Exec(t.Context(), `SELECT pg_advisory_xact_lock($1::int, 0)`, lockTurns); err != nil {
		t.Fatal(err)
	}
	waits = func() (one bool) {
		t.Helper()
		err := s.Pool().QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND NOT granted
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`, lockTurns).Scan(&one)
		if err != nil {
			t.Fatal(err)
		}
		return one
	}
	return waits, release
}

// Unrouted does what is kept first and routed afterwards as a process does that ends
// in between.
func Unrouted(t testing.TB, s *store.Store, do func(context.Context)) {
	t.Helper()
	waits, release := HoldTurns(t, s)
	defer release()
	ctx, end := context.WithCancel(t.Context())
	defer end()
	done := make(chan struct{})
	go func() { defer close(done); do(ctx) }()
	for !waits() {
		select {
		case <-done:
			t.Fatal("nothing was to be routed")
		default:
			runtime.Gosched()
		}
	}
	end()
	<-done
}
