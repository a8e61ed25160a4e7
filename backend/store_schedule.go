package backend

import (
	"context"
	"time"

	"tiepdan"
)

// Schedule is what the pages of the schedule need of the office's books.
type Schedule interface {
	Sessions(ctx context.Context, from, to time.Time) ([]tiepdan.Session, error)
	PublicSessions(ctx context.Context, from, to time.Time) ([]tiepdan.Session, error)
	Session(ctx context.Context, id int64) (tiepdan.Session, error)
	SessionByToken(ctx context.Context, token string) (tiepdan.Session, error)
	AddSession(ctx context.Context, by tiepdan.Actor, d tiepdan.Session) (id int64, err error)
	ChangeSession(ctx context.Context, by tiepdan.Actor, id int64, change func(tiepdan.Session) (tiepdan.Session, error)) (tiepdan.Session, error)
	Watchers(ctx context.Context, session int64) (int, error)
	Planning
	Duties
}

// Planning is from where sessions come: heads' duties, standing rules, the
// quarter's plan.
type Planning interface {
	Heads(ctx context.Context) ([]tiepdan.Head, error)
	SaveHead(ctx context.Context, by tiepdan.Actor, h tiepdan.Head) (id int64, err error)
	Recurrences(ctx context.Context) ([]tiepdan.Recurrence, error)
	Recurrence(ctx context.Context, id int64) (tiepdan.Recurrence, error)
	SaveRecurrence(ctx context.Context, by tiepdan.Actor, r tiepdan.Recurrence) (id int64, err error)
	Plan(ctx context.Context, year, quarter int) (tiepdan.Plan, []tiepdan.Session, error)
	ConfirmSessions(ctx context.Context, by tiepdan.Actor, ids []int64) (n int, err error)
	SubmitPlan(ctx context.Context, by tiepdan.Actor, year, quarter int) error
	AskPlanChanges(ctx context.Context, by tiepdan.Actor, year, quarter int, text string) error
	PublishPlan(ctx context.Context, by tiepdan.Actor, year, quarter int, now time.Time) (published int, err error)
}

// Duties are officers' turns at the regular reception.
type Duties interface {
	Roster(ctx context.Context, from, until tiepdan.Date) ([]tiepdan.OnDuty, error)
	SaveRoster(ctx context.Context, by tiepdan.Actor, from, until tiepdan.Date, turns []tiepdan.OnDuty) error
}
