package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"tiepdan"
)

// escalating is the job that warns of directions which fall due and escalates the
// overdue ones.
type escalating struct {
	Day  tiepdan.Date `json:"day"`
	From int          `json:"from"` // the hour
}

// Kind is its name in River's table.
func (escalating) Kind() string { return "escalate" }

// Directions are looked at when a working day begins and after its noon; one that an
// outage kept from it, until the office closes.
const (
	escalateMorning = 8
	escalateNoon    = 14
	escalateUntil   = 17
)

// escalateNow asks for the look that is due, again and again: day and hour are in the
// job, so that it is done once.
func (w *Workers) escalateNow() (river.JobArgs, *river.InsertOpts) {
	now := w.now()
	from, ok := escalateFrom(now)
	if !ok {
		return nil, nil
	}
	return escalating{tiepdan.DateOf(now), from}, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

// escalateFrom is since which hour of its day a look is due at now.
func escalateFrom(now time.Time) (hour int, ok bool) {
	// River's timer may be a little early; a round that is missed by that would be
	// made up ten minutes later.
	switch since := now.Add(time.Minute).Sub(tiepdan.DateOf(now).Time()); {
	case since >= escalateUntil*time.Hour || since < escalateMorning*time.Hour:
		return 0, false
	case since >= escalateNoon*time.Hour:
		return escalateNoon, true
	}
	return escalateMorning, true
}

// escalate does it, unless it is a day off or its day is over.
func (w *Workers) escalate(ctx context.Context, day tiepdan.Date) error {
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	now := w.now()
	if !rules.Calendar.Works(day) || tiepdan.DateOf(now) != day {
		return nil
	}
	n, err := w.store.Escalate(ctx, now)
	if n > 0 {
		w.log.InfoContext(ctx, "directions were warned of or escalated", "directions", n)
	}
	return err
}
