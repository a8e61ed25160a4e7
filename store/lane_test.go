package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"tiepdan"
)

// book writes down which letters were handled.
type book struct {
	mu      sync.Mutex
	handled map[string][]string // by person, in order
	busy    map[string]bool
	overlap bool
}

func newBook() *book { return &book{handled: map[string][]string{}, busy: map[string]bool{}} }

func (b *book) begin(p tiepdan.Peer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.overlap = b.overlap || b.busy[p.ID]
	b.busy[p.ID] = true
}

func (b *book) end(m Letter) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.busy[m.Peer.ID] = false
	b.handled[m.Peer.ID] = append(b.handled[m.Peer.ID], string(m.Raw))
}

func (b *book) handle(_ context.Context, m Letter) error {
	b.begin(m.Peer)
	time.Sleep(time.Duration(rand.IntN(300)) * time.Microsecond) // some work, so that overlaps would show
	b.end(m)
	return nil
}

func (b *book) total() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, h := range b.handled {
		n += len(h)
	}
	return n
}

func (b *book) check(t *testing.T, people, each int) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.overlap {
		t.Error("two letters of one person were worked at once")
	}
	for p := range people {
		got := b.handled[person(p).ID]
		for i := range max(len(got), each) {
			if want := fmt.Sprintf("%d", i); i >= len(got) || got[i] != want {
				t.Fatalf("person %d: %v, out of order at %d of %d", p, got, i, each)
			}
		}
	}
}

// twoReplicas are two stores of one office.
func twoReplicas(t *testing.T) (a, b *Store) {
	o := Options{Database: ownDatabase(t), Redis: "redis://" + miniredis.RunT(t).Addr(), Key: testKey()}
	return replica(t, o), replica(t, o)
}

func lanes(t testing.TB, s *Store, o LaneOptions) *Lanes {
	t.Helper()
	l := must[*Lanes](t)(s.Lanes(t.Context(), o))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := l.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	return l
}

// write accepts one numbered letter at a time for each of people, by turns.
func write(t testing.TB, people, each int, to ...*Store) {
	t.Helper()
	var all sync.WaitGroup
	for p := range people {
		all.Go(func() {
			for i := range each {
				u := Update{ID: int64(p*1_000_000 + i), Peer: person(p), Raw: fmt.Appendf(nil, "%d", i)}
				if _, err := to[i%len(to)].AcceptUpdates(t.Context(), "telegram", []Update{u}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

func TestLettersOfOnePersonKeepTheirOrderOverReplicas(t *testing.T) {
	t.Parallel()
	const people, each = 20, 40
	s1, s2 := twoReplicas(t)
	b := newBook()
	l1 := lanes(t, s1, LaneOptions{Workers: 16, Handle: b.handle})
	l2 := lanes(t, s2, LaneOptions{Workers: 16, Handle: b.handle})
	write(t, people, each, s1, s2)
	eventually(t, "every letter is handled", func() bool { return b.total() >= people*each })
	b.check(t, people, each)
	eventually(t, "the replicas share alike", func() bool { return l1.Shards() == shards/2 && l2.Shards() == shards/2 })
	eventually(t, "the inbox is empty", func() bool { return count(t, s1, `SELECT count(*) FROM inbox`) == 0 })
}

func TestALongQueueOfOnePersonHoldsUpNobodyAndKeepsItsOrder(t *testing.T) {
	t.Parallel()
	s := mailStore(t)
	const many = 3*heldPerLane + 5
	us := make([]Update, many)
	for i := range us {
		us[i] = Update{ID: int64(i), Peer: person(0), Raw: fmt.Appendf(nil, "%d", i)}
	}
	must[int](t)(s.AcceptUpdates(t.Context(), "telegram", us))
	b, gate := newBook(), make(chan struct{})
	lanes(t, s, LaneOptions{Workers: 4, Handle: func(ctx context.Context, m Letter) error {
		if m.Peer == person(0) {
			<-gate
		}
		return b.handle(ctx, m)
	}})
	must[int](t)(s.AcceptUpdates(t.Context(), "telegram", []Update{{ID: 9999, Peer: person(1), Raw: []byte("0")}}))
	eventually(t, "another person's letter is handled", func() bool { return b.total() == 1 })
	close(gate)
	eventually(t, "the long queue is done", func() bool { return b.total() == many+1 })
	b.check(t, 1, many)
}

func TestALetterThatCommitsLateComesBeforeANewerOfItsLane(t *testing.T) {
	t.Parallel()
	s := mailStore(t)
	b, gate := newBook(), make(chan struct{})
	lanes(t, s, LaneOptions{Workers: 1, Handle: func(ctx context.Context, m Letter) error {
		<-gate
		return b.handle(ctx, m)
	}})
	accept := func(from, to int) {
		us := make([]Update, 0, to-from)
		for i := from; i < to; i++ {
			us = append(us, Update{ID: int64(i), Peer: person(i), Raw: []byte("0")})
		}
		must[int](t)(s.AcceptUpdates(t.Context(), "telegram", us))
	}
	id := int64(count(t, s, `SELECT nextval(pg_get_serial_sequence('inbox', 'id'))`))
	accept(1, 3*heldFew) // more than are passed over each time
	lane := s.vault.Lane(person(0))
	_, err := s.db.Exec(t.Context(), `INSERT INTO inbox (id, source, update_id, shard, lane, sealed) OVERRIDING SYSTEM VALUE
		VALUES ($1, 'telegram', 0, $2, $3, $4)`, id, shardOf(lane), lane,
		s.vault.Seal("inbox", letterRow("telegram", 0), letterBody(person(0), []byte("0"))))
	if err != nil {
		t.Fatal(err)
	}
	must[int](t)(s.AcceptUpdates(t.Context(), "telegram", []Update{{ID: 1_000_000, Peer: person(0), Raw: []byte("1")}}))
	close(gate)
	eventually(t, "every letter is handled", func() bool { return b.total() >= 3*heldFew+1 })
	b.check(t, 1, 2)
}

func TestShardsOfAReplicaThatDiesGoToTheOther(t *testing.T) {
	t.Parallel()
	const people, each = 12, 10
	s1, s2 := twoReplicas(t)
	b := newBook()
	stuck := make(chan struct{})
	l1 := must[*Lanes](t)(s1.Lanes(t.Context(), LaneOptions{Handle: func(ctx context.Context, m Letter) error {
		<-stuck // never handles anything
		return context.Canceled
	}}))
	eventually(t, "the first has all", func() bool { return l1.Shards() == shards })
	l2 := lanes(t, s2, LaneOptions{Handle: b.handle})
	eventually(t, "they share", func() bool { return l1.Shards()+l2.Shards() == shards && l2.Shards() == shards/2 })
	write(t, people, each, s2)
	s1.Close() // as good as dead: its pool is gone, and its lanes let go
	eventually(t, "the second has all", func() bool { return l2.Shards() == shards })
	eventually(t, "every letter is handled", func() bool { return b.total() >= people*each })
	b.check(t, people, each)
	close(stuck)
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	l1.Stop(gone)
}

func TestALostConnectionIsFoundAgain(t *testing.T) {
	t.Parallel()
	s, b := mailStore(t), newBook()
	l := lanes(t, s, LaneOptions{Handle: b.handle})
	eventually(t, "it has all", func() bool { return l.Shards() == shards })
	count(t, s, `SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND classid = $1
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`, lockPresence)
	eventually(t, "it noticed", func() bool { return l.Shards() == 0 })
	write(t, 3, 3, s)
	eventually(t, "it has all again, and works", func() bool { return l.Shards() == shards && b.total() == 9 })
	b.check(t, 3, 3)
}

func TestAPoisonedLetterIsPutAsideAndTheLaneGoesOn(t *testing.T) {
	t.Parallel()
	s, b := mailStore(t), newBook()
	var mu sync.Mutex
	var dead []Letter
	tries := 0
	lanes(t, s, LaneOptions{Backoff: time.Millisecond,
		Handle: func(ctx context.Context, m Letter) error {
			if m.Peer == person(0) && string(m.Raw) == "1" {
				mu.Lock()
				defer mu.Unlock()
				if tries++; tries%2 == 0 {
					panic("citizen's words")
				}
				return errors.New("citizen's words")
			}
			return b.handle(ctx, m)
		},
		Dead: func(_ context.Context, m Letter, _ error) { mu.Lock(); dead = append(dead, m); mu.Unlock() }})
	write(t, 2, 4, s)
	eventually(t, "the others are handled", func() bool { return b.total() == 7 })
	eventually(t, "its death is told", func() bool { mu.Lock(); defer mu.Unlock(); return len(dead) == 1 })
	if got := fmt.Sprint(b.handled[person(0).ID]); got != "[0 2 3]" {
		t.Errorf("the lane handled %s", got)
	}
	if tries != maxAttempts || dead[0].Attempt != maxAttempts || string(dead[0].Raw) != "1" {
		t.Errorf("tried %d times, told of %q at attempt %d", tries, dead[0].Raw, dead[0].Attempt)
	}
	ds := must[[]tiepdan.DeadUpdate](t)(s.DeadUpdates(t.Context()))
	if len(ds) != 1 || ds[0].Error != "internal" || ds[0].Attempts != maxAttempts {
		t.Errorf("put aside: %+v", ds)
	}
	if n := count(t, s, `SELECT count(*) FROM tasks WHERE kind = 'dead_update' AND letter = $1 AND done IS NULL`, ds[0].ID); n != 1 {
		t.Errorf("%d tasks were made", n)
	}
	for _, by := range []tiepdan.Role{tiepdan.Officer, tiepdan.Auditor} {
		if err := s.RetryDead(t.Context(), tiepdan.Actor{Role: by}, ds[0].ID); tiepdan.CodeOf(err) != tiepdan.Forbidden {
			t.Errorf("%s retries it: %v", by, err)
		}
	}
	mu.Lock()
	tries = -1000
	mu.Unlock()
	ok(t, s.RetryDead(t.Context(), tiepdan.Actor{Role: tiepdan.BoardHead}, ds[0].ID))
	eventually(t, "it is put aside again", func() bool { mu.Lock(); defer mu.Unlock(); return len(dead) == 2 })
}

func TestALetterWaitsThroughAnOutageOfOurs(t *testing.T) {
	t.Parallel()
	s, b := mailStore(t), newBook()
	var mu sync.Mutex
	tries := 0
	lanes(t, s, LaneOptions{Backoff: time.Microsecond, Handle: func(ctx context.Context, m Letter) error {
		mu.Lock()
		defer mu.Unlock()
		if tries++; tries <= 3*maxAttempts {
			return redisError(errors.New("LOADING"))
		}
		return b.handle(ctx, m)
	}})
	write(t, 1, 3, s)
	eventually(t, "all are handled", func() bool { return b.total() == 3 })
	b.check(t, 1, 3)
	if n := count(t, s, `SELECT count(*) FROM inbox WHERE dead_at IS NOT NULL OR attempts > 0`); n != 0 {
		t.Error("an outage counted against a letter")
	}
}

func TestStopLetsLettersUnderWayEnd(t *testing.T) {
	t.Parallel()
	s := mailStore(t)
	began, gate := make(chan struct{}), make(chan struct{})
	var once sync.Once
	done := 0
	ctx, cancel := context.WithCancel(t.Context())
	l := must[*Lanes](t)(s.Lanes(ctx, LaneOptions{Workers: 1, Handle: func(ctx context.Context, m Letter) error {
		once.Do(func() { close(began) })
		<-gate
		if ctx.Err() == nil {
			done++
		}
		return ctx.Err()
	}}))
	write(t, 1, 3, s)
	<-began
	cancel() // the shutdown's context isn't the handlers'
	stopped := make(chan error)
	go func() { stopped <- l.Stop(t.Context()) }()
	eventually(t, "it is stopping", func() bool { l.mu.Lock(); defer l.mu.Unlock(); return l.stopping })
	close(gate)
	ok(t, <-stopped)
	if n := count(t, s, `SELECT count(*) FROM inbox`); n != 2 || done != 1 {
		t.Errorf("%d were handled, %d are left, want 1 and 2", done, n)
	}
}

func TestStopGivesUpAtItsDeadline(t *testing.T) {
	t.Parallel()
	s := mailStore(t)
	began := make(chan struct{})
	l := must[*Lanes](t)(s.Lanes(t.Context(), LaneOptions{Handle: func(ctx context.Context, m Letter) error {
		close(began)
		<-ctx.Done()
		return ctx.Err()
	}}))
	write(t, 1, 1, s)
	<-began
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := l.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if n := count(t, s, `SELECT count(*) FROM inbox WHERE dead_at IS NULL AND attempts = 0`); n != 1 {
		t.Error("the letter isn't left as it was")
	}
}
