package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// routing is the job that gives out cases which a rule would have given out at once,
// had the process that filed them lived.
type routing struct{}

// Kind is its name in River's table.
func (routing) Kind() string { return "route" }

// routeNow asks for a round, whoever leads. The next one does what one didn't.
func routeNow() (river.JobArgs, *river.InsertOpts) {
	return routing{}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: time.Minute}}
}

func (w *Workers) route(ctx context.Context) error {
	return w.bounded(ctx, "cases were routed that a process left", func(ctx context.Context) (int, error) { return w.store.RouteMissed(ctx, w.now()) })
}
