package jobs

import (
	"cmp"
	"context"
	"time"
)

// How often the books are kept: about once a second while there is something,
// and less and less often while there isn't.
const (
	keepEvery  = time.Second
	keepRarest = 8 * time.Second
	keepTime   = 30 * time.Second // one round, at most
)

// keep keeps the books, in one process of all at a time, until ctx ends.
func (w *Workers) keep(ctx context.Context) {
	for ctx.Err() == nil {
		if err := w.store.Lead(ctx, "keeper", w.rounds); err != nil && ctx.Err() == nil {
			w.log.WarnContext(ctx, "the books are kept again", "error", fault(err))
			wait(ctx, keepEvery, nil)
		}
	}
}

// rounds goes round and round. A failure is said when it begins and is tried
// again, since nothing but time mends a database that is away.
func (w *Workers) rounds(ctx context.Context) error {
	due, stop := w.store.Due()
	defer stop()
	pause, failing := keepEvery, false
	for ctx.Err() == nil {
		n, err := w.round(ctx)
		if err != nil && !failing && ctx.Err() == nil {
			w.log.WarnContext(ctx, "the books can't be kept", "error", fault(err))
		}
		failing = err != nil
		if pause = min(2*pause, keepRarest); n > 0 {
			pause = keepEvery
		}
		// Never at once: however much happens, one round a second is enough.
		wait(ctx, keepEvery, nil)
		wait(ctx, pause-keepEvery, due)
	}
	return nil
}

// round chains what was committed to the audit log, numbers what was filed, and gives it its prints. A
// failure of the one doesn't keep the other from being done.
func (w *Workers) round(ctx context.Context) (n int, err error) {
	ctx, cancel := context.WithTimeout(ctx, keepTime)
	defer cancel()
	sealed, err := w.store.SealAudit(ctx)
	numbered, err2 := w.store.NumberCases(ctx)
	printed, err3 := w.store.PrintCases(ctx)
	return sealed + numbered + printed, cmp.Or(err, err2, err3)
}

// wait lets d pass, or less when it is woken or ctx ends.
func wait(ctx context.Context, d time.Duration, woken <-chan struct{}) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-woken:
	case <-t.C:
	}
}
