package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// reminding is the job that reminds citizens of their appointments.
type reminding struct{}

// Kind is its name in River's table.
func (reminding) Kind() string { return "remind" }

// remindDue is done once a minute, whoever leads. One that fails isn't tried
// again: the next minute's does what it didn't.
func remindDue() (river.JobArgs, *river.InsertOpts) {
	return reminding{}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: time.Minute}}
}

func (w *Workers) remind(ctx context.Context) error {
	n, err := w.store.Remind(ctx, w.now())
	if n > 0 {
		w.log.InfoContext(ctx, "reminders were posted", "reminders", n)
	}
	return err
}
