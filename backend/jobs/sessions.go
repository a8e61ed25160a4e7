package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"tiepdan"
)

// making is the job that makes the sessions of the coming year from their rules. The
// day is in it, so that each day it is done once, whoever leads.
type making struct {
	Day tiepdan.Date `json:"day"`
}

// Kind is its name in River's table.
func (making) Kind() string { return "make_sessions" }

// makeToday asks for the day's making.
func (w *Workers) makeToday() (river.JobArgs, *river.InsertOpts) {
	return making{tiepdan.DateOf(w.now())}, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

func (w *Workers) makeSessions(ctx context.Context) error {
	made, err := w.store.MakeSessions(ctx, w.now())
	if made > 0 {
		w.log.InfoContext(ctx, "sessions were made from their rules", "sessions", made)
	}
	return err
}

// daily is a schedule of one moment a day, in minutes after midnight in Hanoi.
type daily int

// Next is the first such moment after t.
func (d daily) Next(t time.Time) time.Time {
	at := tiepdan.DateOf(t).At(int(d))
	if !at.After(t) {
		at = tiepdan.DateOf(t).Add(1).At(int(d))
	}
	return at
}
