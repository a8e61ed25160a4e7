// Package jobs is what the office's program does by the clock and not because
// somebody asked: it chains the audit log, numbers the book, tells staff each
// working morning what lies before them, and clears away what nobody needs.
//
// It says what is to be done and when; what is kept, and how, is the store's. It
// sends nothing itself: messages go into the store's outbox.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"tiepdan"
)

// Store is what the jobs need of the office's books.
type Store interface {
	Rules(ctx context.Context) (*tiepdan.Rules, error)
	Digests(ctx context.Context, today tiepdan.Date) ([]tiepdan.Digest, error)
	PostToStaff(ctx context.Context, staff int64, reply []byte, dedupe string) (posted bool, err error)

	Lead(ctx context.Context, name string, fn func(context.Context) error) error
	Due() (due <-chan struct{}, stop func())
	SealAudit(ctx context.Context) (n int, err error)
	NumberCases(ctx context.Context) (n int, err error)
	PrintCases(ctx context.Context) (n int, err error)

	StaleFiles(ctx context.Context, before time.Time) ([]string, error)
	DropFile(ctx context.Context, sha string, before time.Time, remove func(context.Context) error) (dropped bool, err error)
	CleanMessages(ctx context.Context) error
	Escalate(ctx context.Context, now time.Time) (n int, err error)
	Remind(ctx context.Context, now time.Time) (n int, err error)
	Warn(ctx context.Context, now time.Time) (n int, err error)
	ContinueRecounts(ctx context.Context) (n int, err error)
	RouteMissed(ctx context.Context, now time.Time) (n int, err error)
	CloseAnswered(ctx context.Context, now time.Time) (n int, err error)
	NoteSendings(ctx context.Context) (n int, err error)
	MakeSessions(ctx context.Context, now time.Time) (made int, err error)

	Gauges(ctx context.Context) (tiepdan.Gauges, error)
}

// Deleter removes a file's content; one that isn't there is no error.
type Deleter interface {
	Delete(ctx context.Context, sha string) error
}

// Options are what the workers work with.
type Options struct {
	Pool    *pgxpool.Pool // for River, whose tables the store's migration makes
	Store   Store
	Files   Deleter
	Log     *slog.Logger
	Metrics prometheus.Registerer // nil: no figures
	Now     func() time.Time      // nil: time.Now
}

// Workers do the jobs of one process. Any number of processes may run them on
// one database: each job is done once.
type Workers struct {
	store   Store
	files   Deleter
	log     *slog.Logger
	now     func() time.Time
	river   *river.Client[pgx.Tx]
	running atomic.Bool
}

// New prepares the workers; nothing runs before [Workers.Run].
func New(o Options) (*Workers, error) {
	w := &Workers{store: o.Store, files: o.Files, log: o.Log, now: o.Now}
	if w.log == nil {
		w.log = slog.New(slog.DiscardHandler)
	}
	if w.now == nil {
		w.now = time.Now
	}
	if o.Metrics != nil {
		if err := o.Metrics.Register(figures{o.Store}); err != nil {
			return nil, fmt.Errorf("jobs: %w", err)
		}
	}
	known := river.NewWorkers()
	river.AddWorker(known, river.WorkFunc(func(ctx context.Context, j *river.Job[morning]) error {
		return w.work(ctx, "digest", func(ctx context.Context) error { return w.tellStaff(ctx, j.Args.Day) })
	}))
	river.AddWorker(known, river.WorkFunc(func(ctx context.Context, _ *river.Job[cleaning]) error {
		return w.work(ctx, "clean", w.clean)
	}))
	river.AddWorker(known, river.WorkFunc(func(ctx context.Context, j *river.Job[escalating]) error {
		return w.work(ctx, "escalate", func(ctx context.Context) error { return w.escalate(ctx, j.Args.Day) })
	}))
	river.AddWorker(known, river.WorkFunc(func(ctx context.Context, _ *river.Job[reminding]) error {
		return w.work(ctx, "remind", w.remind)
	}))
	river.AddWorker(known, river.WorkFunc(func(ctx context.Context, _ *river.Job[warning]) error {
		return w.work(ctx, "warn", w.warn)
	}))
	river.AddWorker(known, river.WorkFunc(func(ctx context.Context, _ *river.Job[recounting]) error {
		return w.work(ctx, "recount", w.recount)
	}))
	river.AddWorker(known, river.WorkFunc(func(ctx context.Context, _ *river.Job[routing]) error {
		return w.work(ctx, "route", w.route)
	}))
	river.AddWorker(known, river.WorkFunc(func(ctx context.Context, _ *river.Job[closing]) error {
		return w.work(ctx, "close", w.close)
	}))
	river.AddWorker(known, river.WorkFunc(func(ctx context.Context, _ *river.Job[noting]) error {
		return w.work(ctx, "note", w.note)
	}))
	river.AddWorker(known, river.WorkFunc(func(ctx context.Context, _ *river.Job[making]) error {
		return w.work(ctx, "make_sessions", w.makeSessions)
	}))
	var err error
	if w.river, err = river.NewClient(riverpgxv5.New(o.Pool), w.settings(known)); err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return w, nil
}

const (
	jobTime   = 30 * time.Second
	lostAfter = 2 * time.Minute // a job that a killed process had is taken up again
	tries     = 5               // over some six minutes
	softStop  = 10 * time.Second
	hardStop  = 15 * time.Second
)

func (w *Workers) settings(known *river.Workers) *river.Config {
	return &river.Config{
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 2}},
		Workers:              known,
		JobTimeout:           jobTime,
		RescueStuckJobsAfter: lostAfter,
		MaxAttempts:          tries,
		SoftStopTimeout:      softStop,
		ReindexerSchedule:    daily(2 * 60),
		Logger:               slog.New(quiet{w.log.Handler()}),
		PeriodicJobs: []*river.PeriodicJob{
			river.NewPeriodicJob(every(10*time.Minute), w.thisMorning, &river.PeriodicJobOpts{RunOnStart: true}),
			river.NewPeriodicJob(every(time.Hour), cleanUp, &river.PeriodicJobOpts{RunOnStart: true}),
			river.NewPeriodicJob(every(10*time.Minute), w.escalateNow, &river.PeriodicJobOpts{RunOnStart: true}),
			river.NewPeriodicJob(every(time.Minute), remindDue, &river.PeriodicJobOpts{RunOnStart: true}),
			river.NewPeriodicJob(every(10*time.Minute), w.warnNow, &river.PeriodicJobOpts{RunOnStart: true}),
			river.NewPeriodicJob(every(time.Minute), recountNow, &river.PeriodicJobOpts{RunOnStart: true}),
			river.NewPeriodicJob(every(time.Minute), routeNow, &river.PeriodicJobOpts{RunOnStart: true}),
			river.NewPeriodicJob(every(10*time.Minute), w.closeNow, &river.PeriodicJobOpts{RunOnStart: true}),
			river.NewPeriodicJob(every(time.Minute), noteNow, &river.PeriodicJobOpts{RunOnStart: true}),
			river.NewPeriodicJob(daily(60), w.makeToday, &river.PeriodicJobOpts{RunOnStart: true}),
		},
	}
}

// Run does the jobs until ctx ends, and then lets those that run come to their end.
func (w *Workers) Run(ctx context.Context) error {
	live := context.WithoutCancel(ctx)
	if err := w.river.Start(live); err != nil {
		return fmt.Errorf("jobs: start: %w", err)
	}
	w.running.Store(true)
	w.keep(ctx)
	w.running.Store(false)
	stopping, cancel := context.WithTimeout(live, hardStop)
	defer cancel()
	if err := w.river.Stop(stopping); err != nil {
		return fmt.Errorf("jobs: stop: %w", err)
	}
	return nil
}

var errIdle = errors.New("jobs: the workers don't run")

// Ready reports whether the workers run.
func (w *Workers) Ready(context.Context) error {
	if !w.running.Load() {
		return errIdle
	}
	select {
	case <-w.river.Stopped():
		return errIdle
	default:
		return nil
	}
}

// work does a job and says when it failed; what it was about stays out of the
// log and out of River's own table.
func (w *Workers) work(ctx context.Context, job string, do func(context.Context) error) error {
	err := do(ctx)
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*river.JobSnoozeError](err); ok {
		return err
	}
	w.log.WarnContext(ctx, "a job failed", "job", job, "error", fault(err))
	return fmt.Errorf("jobs: %s: %s", job, fault(err))
}

// every is a schedule of round times: every ten minutes is at 07:30, not at some
// moment after the program began.
type every time.Duration

// Next is the first round time after t.
func (e every) Next(t time.Time) time.Time {
	return t.Truncate(time.Duration(e)).Add(time.Duration(e))
}
