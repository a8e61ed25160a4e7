package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// read brings letters of our shards in, in the order in which they came: at once
// those taken in here, within a tick those that other replicas took in.
func (l *Lanes) read() {
	heard, deaf := l.s.mail.came.listen()
	defer deaf()
	last := time.Now()
	timer := time.NewTimer(inboxTick)
	defer timer.Stop()
	for l.reading.Err() == nil {
		n, err := l.bring(l.reading)
		if err != nil && strings.Contains(err.Error(), "closed pool") {
			l.endKeep() // the store was closed under us: others have the shards
			return
		}
		if n > 0 {
			last = time.Now()
		}
		if n == readMost {
			continue
		}
		timer.Reset(l.tick(time.Since(last)))
		select {
		case <-heard:
		case <-l.nudge:
		case <-timer.C:
		case <-l.reading.Done():
		}
	}
}

// tick is how long to wait for letters that others took in.
func (l *Lanes) tick(quiet time.Duration) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.alone:
		return inboxAlone
	case quiet > 2*time.Second:
		return inboxIdle
	}
	return inboxTick
}

// bring reads once: what lanes left behind, then what is new. It returns how
// many letters came.
func (l *Lanes) bring(ctx context.Context) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, writeLimit)
	defer cancel()
	l.mu.Lock()
	behind := l.refill
	l.refill = nil
	l.mu.Unlock()
	for i, ln := range behind {
		if err := l.refillLane(ctx, ln); err != nil {
			l.mu.Lock()
			l.refill = append(l.refill, behind[i:]...)
			l.mu.Unlock()
			return 0, err
		}
	}
	q := l.question()
	if len(q.shards) == 0 || q.limit <= 0 {
		return 0, nil
	}
	found, err := l.look(ctx, q)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(found) < q.limit || q.after == 0 {
		l.newest = max(l.newest, found[len(found)-1].ID)
	} else {
		l.lookedBack = time.Time{} // some may be left between these
	}
	for _, f := range found {
		if sh := l.shards[f.shard]; sh.state == mine && sh.taken == q.taken[f.shard] && !l.known(f) {
			l.admit(f.letter, f.key, f.shard)
		}
	}
	return len(found), nil
}

// known reports whether a found letter is here, or was when it was asked for.
// The caller holds the lock.
func (l *Lanes) known(f foundLetter) bool {
	ln := l.lanes[f.key]
	return l.dropped[f.ID] || ln != nil && slices.ContainsFunc(ln.letters, func(m *letter) bool { return m.ID == f.ID })
}

func (l *Lanes) look(ctx context.Context, q question) (found []foundLetter, err error) {
	b := &pgx.Batch{}
	if q.after == 0 {
		b.Queue(fromOldest, q.shards, q.here, q.gaps, q.limit)
	} else {
		planOnce(b)
		b.Queue(behindNewest, q.shards, q.after, q.limit, heldPerLane+1)
	}
	b.QueuedQueries[b.Len()-1].Query(func(rows pgx.Rows) error {
		found, err = collectLetters(rows)
		return err
	})
	return found, l.s.db.SendBatch(ctx, b).Close()
}

const (
	fromOldest = letterColumns + `WHERE shard = ANY($1) AND dead_at IS NULL
		AND id <> ALL($2) AND lane <> ALL($3) ORDER BY id LIMIT $4`

	// behindNewest finds the lanes of what is new, and all that they have: an older
	// letter that committed late comes before the new one of its lane.
	behindNewest = letterColumns + `WHERE id = ANY(ARRAY(
			SELECT i.id FROM (SELECT DISTINCT lane FROM (
				SELECT lane FROM inbox WHERE id > $2 AND shard = ANY($1) AND dead_at IS NULL ORDER BY id LIMIT $3
			) new) n, LATERAL (
				SELECT id FROM inbox WHERE lane = n.lane AND dead_at IS NULL ORDER BY id LIMIT $4
			) i
		)) ORDER BY id LIMIT $3`
)

// refillLane brings the letters that a lane left in the database. All that were
// seen and passed over until now are older than this look, so what it finds is
// whole.
func (l *Lanes) refillLane(ctx context.Context, ln *lane) error {
	rows, err := l.s.db.Query(ctx, letterColumns+`WHERE lane = $1 AND dead_at IS NULL ORDER BY id LIMIT $2`,
		[]byte(ln.key), heldPerLane)
	if err != nil {
		return err
	}
	found, err := collectLetters(rows)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lanes[ln.key] != ln || len(ln.letters) > 0 {
		return nil
	}
	ln.gap = false
	for _, f := range found {
		f.lane = ln
		ln.letters = append(ln.letters, f.letter)
	}
	l.held += len(found)
	ln.gap = len(found) == heldPerLane
	l.next(ln)
	return nil
}

// question is what to ask the database for. A transaction may commit behind a
// later one's letters, so no number tells what was read: it begins with the
// oldest letter, unless many are here, which would all be passed over each time.
// Then it mostly asks for the lanes of what is behind the newest that was read,
// and begins with the oldest every now and then.
type question struct {
	shards []int16
	taken  [shards]int // which taking of each shard it is asked under
	limit  int
	after  int64    // 0: from the oldest on, but not …
	here   []int64  // … what is here
	gaps   [][]byte // … and what is refilled lane by lane
}

func (l *Lanes) question() question {
	l.mu.Lock()
	defer l.mu.Unlock()
	q := question{here: []int64{}, gaps: [][]byte{}, limit: min(readMost, heldMost-l.held)}
	for i, sh := range l.shards {
		if q.taken[i] = sh.taken; sh.state == mine {
			q.shards = append(q.shards, int16(i))
		}
	}
	if l.held > heldFew && time.Since(l.lookedBack) < lookBack {
		q.after, l.dropped = l.newest, map[int64]bool{}
		return q
	}
	l.lookedBack, l.dropped = time.Now(), nil
	for _, ln := range l.lanes {
		for _, m := range ln.letters {
			q.here = append(q.here, m.ID)
		}
		if ln.gap {
			q.gaps = append(q.gaps, []byte(ln.key))
		}
	}
	return q
}

const letterColumns = `SELECT id, source, update_id, shard, lane, sealed, received_at, attempts,
	coalesce(extract(epoch FROM retry_at - now()), 0)::float8 FROM inbox `

type foundLetter struct {
	*letter
	key   string
	shard int16
}

func collectLetters(rows pgx.Rows) ([]foundLetter, error) {
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (foundLetter, error) {
		f := foundLetter{letter: &letter{}}
		var lane []byte
		var wait float64
		err := row.Scan(&f.ID, &f.Source, &f.updateID, &f.shard, &lane, &f.sealed, &f.At, &f.attempts, &wait)
		if wait > 0 {
			f.retryAt = time.Now().Add(time.Duration(wait * float64(time.Second)))
		}
		f.key = string(lane)
		return f, err
	})
}
