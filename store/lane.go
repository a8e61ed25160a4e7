package store

import (
	"context"
	"errors"
	"sync"
	"time"
)

// LaneOptions say what becomes of letters.
type LaneOptions struct {
	Workers int // letters worked at once; 0: 64

	// Handle works one letter. With an error the letter is tried again, up to five
	// times; one that [ErrTryLater] or an absent database explains isn't counted.
	// A letter may come twice, after a crash: Handle must know it again.
	Handle func(context.Context, Letter) error

	// Dead is told of a letter that was put aside; may be nil.
	Dead func(context.Context, Letter, error)

	Backoff time.Duration // before the second try, doubled for each next; 0: a second
}

const (
	maxAttempts  = 5
	handleLimit  = 2 * time.Minute  // a handler that takes longer hangs
	laterMost    = 30 * time.Second // between tries that aren't counted
	laterFor     = 24 * time.Hour   // … and after this they are
	heldMost     = 4096             // letters in memory
	heldPerLane  = 64
	readMost     = 512
	heldFew      = 100                    // letters here that a look may pass over each time
	lookBack     = 250 * time.Millisecond // … else only so often
	inboxTick    = 50 * time.Millisecond  // how soon letters are seen that another replica took in
	inboxIdle    = 200 * time.Millisecond // … when there were none for a while
	inboxAlone   = 500 * time.Millisecond // … when there seems to be no other
	balanceEvery = 500 * time.Millisecond
)

// Lanes works letters: those of one person strictly one after the other, over
// all replicas, and those of different people side by side. Lanes are grouped in
// shards; a replica holds a shard by an advisory lock of one connection, and
// stops taking its letters when that connection is gone.
type Lanes struct {
	s *Store
	o LaneOptions

	mu       sync.Mutex
	lanes    map[string]*lane
	refill   []*lane // empty here, with letters left in the database
	held     int
	shards   [shards]shard
	stopping bool
	alone    bool // no other replica was there a moment ago

	newest     int64          // letter that was read
	lookedBack time.Time      // when the oldest were looked at
	dropped    map[int64]bool // done with since what is behind the newest was asked for

	ready    chan *lane
	outcomes chan outcome
	nudge    chan struct{} // the reader: there is room, or something to refill
	drained  chan struct{} // the keeper: a shard may be given up
	quit     chan struct{}
	stopOnce sync.Once

	handling  context.Context // the handlers'
	abort     context.CancelFunc
	reading   context.Context
	endRead   context.CancelFunc
	keeping   context.Context
	endKeep   context.CancelFunc
	workers   sync.WaitGroup
	others    sync.WaitGroup
	clerkDone chan struct{}
}

// lane is one person's letters that are here, the next one first.
type lane struct {
	key     string
	shard   int16
	letters []*letter
	busy    bool // its first letter is queued, worked or being recorded
	gap     bool // letters behind these stayed in the database
	timer   *time.Timer
}

type letter struct {
	Letter
	updateID int64
	sealed   []byte
	attempts int // counted ones
	later    int // uncounted ones in a row
	retryAt  time.Time
	lane     *lane
}

// shard is this replica's part in one.
type shard struct {
	state shardState
	busy  int // lanes
	taken int // how often it was
}

type shardState int

const (
	foreign shardState = iota
	mine
	leaving // letters under way end, then it is given up
)

// Lanes begins to work letters and goes on until Stop, through losses of the
// database. ctx gives the handlers its values, not its end.
func (s *Store) Lanes(ctx context.Context, o LaneOptions) (*Lanes, error) {
	if o.Handle == nil {
		return nil, errors.New("store: lanes without a handler")
	}
	if o.Workers <= 0 {
		o.Workers = 64
	}
	if o.Backoff <= 0 {
		o.Backoff = time.Second
	}
	l := &Lanes{s: s, o: o, lanes: map[string]*lane{}, ready: make(chan *lane, 2*heldMost),
		outcomes: make(chan outcome, o.Workers), nudge: make(chan struct{}, 1), drained: make(chan struct{}, 1),
		quit: make(chan struct{}), clerkDone: make(chan struct{})}
	ctx = context.WithoutCancel(ctx)
	l.handling, l.abort = context.WithCancel(ctx)
	l.reading, l.endRead = context.WithCancel(ctx)
	l.keeping, l.endKeep = context.WithCancel(ctx)
	for range o.Workers {
		l.workers.Go(l.work)
	}
	l.others.Go(l.read)
	l.others.Go(l.keep)
	go l.record()
	return l, nil
}

// Stop takes no new letter, waits for those under way, and gives the shards to
// the others. When ctx ends first, it ends the handlers' context and leaves what
// they didn't finish in the database.
func (l *Lanes) Stop(ctx context.Context) error {
	l.stopOnce.Do(func() {
		l.mu.Lock()
		l.stopping = true
		l.mu.Unlock()
		l.endRead()
		close(l.quit)
		go func() {
			l.workers.Wait()
			close(l.outcomes)
		}()
	})
	var err error
	select {
	case <-l.clerkDone:
	case <-ctx.Done():
		err = ctx.Err()
		l.abort()
	}
	l.endKeep()
	l.others.Wait()
	l.abort()
	return err
}

// admit puts a letter at the end of its lane, unless the lane has enough here.
// The caller holds the lock.
func (l *Lanes) admit(m *letter, key string, sh int16) {
	ln := l.lanes[key]
	if ln == nil {
		ln = &lane{key: key, shard: sh}
		l.lanes[key] = ln
	}
	if ln.gap || len(ln.letters) >= heldPerLane || (len(ln.letters) > 0 && ln.timer != nil) {
		ln.gap = true
		return
	}
	m.lane = ln
	ln.letters = append(ln.letters, m)
	l.held++
	if !ln.busy {
		l.next(ln)
	}
}

// next lets a lane's first letter be worked, now or when its time has come. The
// caller holds the lock; the lane isn't busy.
func (l *Lanes) next(ln *lane) {
	switch {
	case l.shards[ln.shard].state != mine || l.stopping:
		l.forget(ln)
	case len(ln.letters) > 0 && time.Until(ln.letters[0].retryAt) > 0:
		l.wait(ln)
	case len(ln.letters) > 0:
		ln.busy = true
		l.shards[ln.shard].busy++
		l.ready <- ln // never full: it has room for more lanes than there can be letters here
	case ln.gap:
		l.refill = append(l.refill, ln)
		ring(l.nudge)
	default:
		delete(l.lanes, ln.key)
	}
}

// wait holds the lane back until its first letter may be tried again. What is
// behind it needs no place here meanwhile.
func (l *Lanes) wait(ln *lane) {
	if behind := len(ln.letters) - 1; behind > 0 {
		l.held -= behind
		clear(ln.letters[1:])
		ln.letters, ln.gap = ln.letters[:1], true
	}
	ln.timer = time.AfterFunc(time.Until(ln.letters[0].retryAt), func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.lanes[ln.key] == ln && !ln.busy && ln.timer != nil {
			ln.timer = nil
			l.next(ln)
		}
	})
}

// forget leaves a lane's letters to the database and to whoever has the shard.
func (l *Lanes) forget(ln *lane) {
	if ln.timer != nil {
		ln.timer.Stop()
		ln.timer = nil
	}
	l.held -= len(ln.letters)
	ln.letters = nil
	if l.lanes[ln.key] == ln {
		delete(l.lanes, ln.key)
	}
}

// released ends a lane's being busy.
func (l *Lanes) released(ln *lane) {
	ln.busy = false
	sh := &l.shards[ln.shard]
	if sh.busy--; sh.busy == 0 && sh.state == leaving {
		ring(l.drained)
	}
}

func ring(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
