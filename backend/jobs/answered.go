package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"tiepdan"
)

// closing is the job that closes answered cases whose days are over.
type closing struct{}

// Kind is its name in River's table.
func (closing) Kind() string { return "close" }

// noting is the job that writes into histories what became of answers sent by chat,
// where the process that sent them couldn't.
type noting struct{}

// Kind is its name in River's table.
func (noting) Kind() string { return "note" }

// Cases are closed in the morning of a working day, before people come in: what the
// citizen is told of it waits for their quiet hours.
const (
	closeFrom  = 7 * time.Hour
	closeUntil = 17 * time.Hour
)

// closeNow asks for a round, whoever leads. The next one does what one didn't.
func (w *Workers) closeNow() (river.JobArgs, *river.InsertOpts) {
	now := w.now()
	if since := now.Sub(tiepdan.DateOf(now).Time()); since < closeFrom || since >= closeUntil {
		return nil, nil
	}
	return closing{}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: time.Minute}}
}

// close does it, unless it is a day off.
func (w *Workers) close(ctx context.Context) error {
	rules, err := w.store.Rules(ctx)
	if err != nil || !rules.Calendar.Works(tiepdan.DateOf(w.now())) {
		return err
	}
	return w.bounded(ctx, "answered cases were closed", func(ctx context.Context) (int, error) { return w.store.CloseAnswered(ctx, w.now()) })
}

func noteNow() (river.JobArgs, *river.InsertOpts) {
	return noting{}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: time.Minute}}
}

func (w *Workers) note(ctx context.Context) error {
	return w.bounded(ctx, "what became of answers was noted", w.store.NoteSendings)
}
