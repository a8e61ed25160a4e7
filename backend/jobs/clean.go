package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// cleaning is the job that clears away what nobody needs any more.
type cleaning struct{}

// Kind is its name in River's table.
func (cleaning) Kind() string { return "clean" }

// cleanUp is done once an hour, whoever leads.
func cleanUp() (river.JobArgs, *river.InsertOpts) {
	return cleaning{}, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByPeriod: time.Hour}}
}

// staleAfter is longer than any draft lives: seven days.
const staleAfter = 8 * 24 * time.Hour

// cleanReserve is what is left of a job's time when it goes to the end of the queue.
const cleanReserve = 10 * time.Second

// clean forgets updates, links and forms that are over, and removes the files
// that no case has and no draft can have.
func (w *Workers) clean(ctx context.Context) error {
	if err := w.store.CleanMessages(ctx); err != nil {
		return err
	}
	before, dropped := w.now().Add(-staleAfter), 0
	defer func() {
		if dropped > 0 {
			w.log.InfoContext(ctx, "stale files were removed", "files", dropped)
		}
	}()
	for {
		shas, err := w.store.StaleFiles(ctx, before)
		if err != nil || len(shas) == 0 {
			return err
		}
		n, err := w.drop(ctx, shas, before)
		dropped += n
		if n == 0 {
			return err
		}
		if runsOut(ctx) {
			return river.JobSnooze(time.Second)
		}
	}
}

// drop removes files; one that can't be removed doesn't keep the next from it.
func (w *Workers) drop(ctx context.Context, shas []string, before time.Time) (n int, failed error) {
	for _, sha := range shas {
		if runsOut(ctx) {
			break
		}
		dropped, err := w.store.DropFile(ctx, sha, before, func(ctx context.Context) error { return w.files.Delete(ctx, sha) })
		if err != nil {
			failed = err
		}
		if dropped {
			n++
		}
	}
	return n, failed
}

func runsOut(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return ctx.Err() != nil || ok && time.Until(end) < cleanReserve
}
