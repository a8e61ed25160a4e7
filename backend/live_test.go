package backend

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"
)

func TestEveryChangeIsToldWhateverItsNumber(t *testing.T) {
	t.Parallel()
	l := newLive(nil, slog.New(slog.DiscardHandler))
	defer l.close()
	var now atomic.Int64 // numbers of the store's have either sign
	now.Store(-7)
	asked := make(chan struct{}, 100)
	l.changed = func(context.Context) (int64, error) {
		asked <- struct{}{}
		return now.Load(), nil
	}
	ch, leave := l.listen()
	defer leave()
	for _, n := range []int64{-9, 4} {
		<-asked // the number before this one has been seen, or is being
		<-asked
		now.Store(n)
		select {
		case <-ch:
		case <-time.After(10 * time.Second):
			t.Fatalf("nobody was told of the change to %d", n)
		}
	}
}
