package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"tiepdan"
)

// warning is the job that tells of the clocks of cases whose half, rest or end has come.
type warning struct{}

// Kind is its name in River's table.
func (warning) Kind() string { return "warn" }

// recounting is the job that goes on with counting the open cases anew.
type recounting struct{}

// Kind is its name in River's table.
func (recounting) Kind() string { return "recount" }

const (
	// Clocks are looked at before the digest says what is half over; messages wait
	// for the office's hours.
	warnFrom  = 6 * time.Hour
	warnUntil = 17 * time.Hour
	// A round ends before River would end it; the next one goes on.
	roundTime = jobTime - 5*time.Second
)

// warnNow asks for a round, whoever leads. One that fails isn't tried again: the
// next one does what it didn't.
func (w *Workers) warnNow() (river.JobArgs, *river.InsertOpts) {
	now := w.now()
	if since := now.Sub(tiepdan.DateOf(now).Time()); since < warnFrom || since >= warnUntil {
		return nil, nil
	}
	return warning{}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: time.Minute}}
}

// warn does it, unless it is a day off.
func (w *Workers) warn(ctx context.Context) error {
	rules, err := w.store.Rules(ctx)
	if err != nil || !rules.Calendar.Works(tiepdan.DateOf(w.now())) {
		return err
	}
	return w.bounded(ctx, "cases were warned of", func(ctx context.Context) (int, error) { return w.store.Warn(ctx, w.now()) })
}

func recountNow() (river.JobArgs, *river.InsertOpts) {
	return recounting{}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: time.Minute}}
}

func (w *Workers) recount(ctx context.Context) error {
	return w.bounded(ctx, "open cases were counted anew", w.store.ContinueRecounts)
}

// bounded lets something that can be gone on with run for as long as a job may.
func (w *Workers) bounded(ctx context.Context, said string, do func(context.Context) (int, error)) error {
	limited, cancel := context.WithTimeout(ctx, roundTime)
	defer cancel()
	n, err := do(limited)
	if n > 0 {
		w.log.InfoContext(ctx, said, "n", n)
	}
	if limited.Err() != nil && ctx.Err() == nil {
		return nil // the next round goes on
	}
	return err
}
