package store

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

func TestOneLeadsAndAnotherTakesOver(t *testing.T) {
	t.Parallel()
	s1, s2 := twoReplicas(t)
	var leaders, terms, both atomic.Int32
	lead := func(ctx context.Context) error {
		if leaders.Add(1) > 1 {
			both.Add(1)
		}
		terms.Add(1)
		<-ctx.Done()
		leaders.Add(-1)
		return ctx.Err()
	}
	ctx1, stop1 := context.WithCancel(t.Context())
	ended := make(chan error, 2)
	go func() { ended <- s1.Lead(ctx1, "sealer", lead) }()
	eventually(t, "the first leads", func() bool { return leaders.Load() == 1 })
	ctx2, stop2 := context.WithCancel(t.Context())
	go func() { ended <- s2.Lead(ctx2, "sealer", lead) }()
	stop1()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	eventually(t, "the second leads", func() bool { return leaders.Load() == 1 && terms.Load() == 2 })
	count(t, s1, `SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND classid = $1
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`, lockLead)
	eventually(t, "the lead is lost and found", func() bool { return leaders.Load() == 1 && terms.Load() == 3 })
	stop2()
	<-ended
	if both.Load() != 0 {
		t.Error("two led at once")
	}
}

func TestALeadersOwnErrorEndsIt(t *testing.T) {
	t.Parallel()
	own := errors.New("misconfigured")
	if err := mailStore(t).Lead(t.Context(), "poller", func(context.Context) error { return own }); !errors.Is(err, own) {
		t.Errorf("got %v", err)
	}
}
