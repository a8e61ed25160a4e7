package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// outcome is what became of a letter.
type outcome struct {
	*letter
	err   error
	after time.Duration // until it is tried again
	fate  fate
}

type fate int

const (
	handled fate = iota
	again        // counted
	later        // not counted, and not written down
	dead
)

// work takes lanes whose first letter may be worked.
func (l *Lanes) work() {
	for {
		select {
		case <-l.quit:
			return
		default:
		}
		select {
		case <-l.quit:
			return
		case ln := <-l.ready:
			if m := l.begin(ln); m != nil {
				l.outcomes <- l.try(m)
			}
		}
	}
}

// begin returns a lane's first letter, or nil when the shard was lost since.
func (l *Lanes) begin(ln *lane) *letter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if sh := l.shards[ln.shard].state; sh == mine && !l.stopping && len(ln.letters) > 0 {
		return ln.letters[0]
	}
	l.released(ln)
	l.forget(ln)
	return nil
}

// try works a letter once. The handler's context outlives a shutdown's begin.
func (l *Lanes) try(m *letter) outcome {
	ctx, cancel := context.WithTimeout(l.handling, handleLimit)
	defer cancel()
	m.Attempt = m.attempts + 1
	var err error
	if m.Peer, m.Raw, err = l.s.openLetter(m.Source, m.updateID, m.sealed); err == nil {
		err = guard(func() error { return l.o.Handle(ctx, m.Letter) })
	}
	o := outcome{letter: m, err: err}
	switch {
	case err == nil:
	case errors.Is(err, errSealed), hopeless(err):
		o.fate = dead
	case ctx.Err() != context.DeadlineExceeded && tryLater(err) && time.Since(m.At) < laterFor:
		o.fate, o.after = later, doubled(l.o.Backoff, m.later, laterMost)
	case m.attempts+1 >= maxAttempts:
		o.fate = dead
	default:
		o.fate, o.after = again, doubled(l.o.Backoff, m.attempts, time.Minute)
	}
	return o
}

// hopeless reports whether err says of itself that no other try can help.
func hopeless(err error) bool {
	var permanent interface{ Permanent() bool }
	return errors.As(err, &permanent) && permanent.Permanent()
}

func doubled(d time.Duration, times int, most time.Duration) time.Duration {
	return min(d<<min(times, 20), most)
}

// record is the clerk: it writes down what became of letters, as many at once as
// there are, and only then lets their lanes go on: so a crash repeats at most
// one letter of a lane.
func (l *Lanes) record() {
	defer close(l.clerkDone)
	for first := range l.outcomes {
		group := []outcome{first}
	more:
		for len(group) < readMost {
			select {
			case o, open := <-l.outcomes:
				if !open {
					break more
				}
				group = append(group, o)
			default:
				break more
			}
		}
		l.writeDown(group)
		l.settle(group)
	}
}

// writeDown doesn't give up but with the handlers: until it is written, a
// letter counts as being worked.
func (l *Lanes) writeDown(group []outcome) {
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		ctx, cancel := context.WithTimeout(l.handling, writeLimit)
		err := l.writeOutcomes(ctx, group)
		cancel()
		if err == nil {
			return
		}
		l.s.log.Warn("what became of letters can't be written down yet", "letters", len(group), "error", errorClass(err))
		if !pause(l.handling, wait) {
			return
		}
	}
}

func (l *Lanes) writeOutcomes(ctx context.Context, group []outcome) error {
	var done []int64
	b := &pgx.Batch{}
	for _, o := range group {
		switch o.fate {
		case handled:
			done = append(done, o.ID)
		case again:
			b.Queue(`UPDATE inbox SET attempts = $2, retry_at = now() + $3::interval, error = $4 WHERE id = $1`,
				o.ID, o.attempts+1, o.after, errorClass(o.err))
		case dead:
			b.Queue(`WITH gone AS (UPDATE inbox SET attempts = $2, dead_at = now(), error = $3 WHERE id = $1 AND dead_at IS NULL RETURNING id)
				INSERT INTO tasks (kind, reason, created, letter) SELECT 'dead_update', $3, $4, id FROM gone`,
				o.ID, o.attempts+1, errorClass(o.err), l.s.now())
		}
	}
	if done != nil {
		b.Queue(`DELETE FROM inbox WHERE id = ANY($1)`, done)
	}
	if b.Len() == 0 {
		return nil
	}
	return l.s.db.SendBatch(ctx, b).Close()
}

// settle lets the lanes of written letters go on.
func (l *Lanes) settle(group []outcome) {
	l.mu.Lock()
	defer l.mu.Unlock()
	full := l.held > heldMost/2
	for _, o := range group {
		ln := o.lane
		l.released(ln)
		switch o.fate {
		case handled, dead:
			ln.letters[0] = nil
			ln.letters = ln.letters[1:]
			l.held--
			if l.dropped != nil {
				l.dropped[o.ID] = true
			}
		case again:
			o.attempts++
			o.later, o.retryAt = 0, time.Now().Add(o.after)
		case later:
			o.letter.later++
			o.retryAt = time.Now().Add(o.after)
		}
		if o.fate == dead {
			l.mourn(o)
		}
		l.next(ln)
	}
	if full && l.held <= heldMost/2 {
		ring(l.nudge)
	}
}

func (l *Lanes) mourn(o outcome) {
	l.s.log.Error("a letter was put aside", "letter", o.ID, "source", o.Source, "error", errorClass(o.err))
	if l.o.Dead == nil {
		return
	}
	l.others.Go(func() {
		ctx, cancel := context.WithTimeout(l.handling, handleLimit)
		defer cancel()
		if err := guard(func() error { l.o.Dead(ctx, o.Letter, o.err); return nil }); err != nil {
			l.s.log.Error("the one who is told of put aside letters failed", "error", errorClass(err))
		}
	})
}
