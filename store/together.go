package store

import (
	"context"
	"sync"
	"time"
)

// together lets several callers' writes share one: while one write is on its
// way, those who come wait and go with the next, all at once. Nobody waits
// longer than for the write before theirs.
type together[T any] struct {
	mu      sync.Mutex
	running bool
	waiting []asked[T]
}

type asked[T any] struct {
	items []T
	done  chan answered
}

type answered struct {
	new []bool // of each item
	err error
}

// writeLimit is how long one shared write may take. It isn't one caller's
// context: one who gives up must not take the others' work along.
const writeLimit = 15 * time.Second

// most is how many items one write takes, unless a single caller brings more.
const most = 500

// add has items written, in order, and returns when they are.
func (t *together[T]) add(ctx context.Context, items []T, write func(context.Context, []T) ([]bool, error)) ([]bool, error) {
	a := asked[T]{items, make(chan answered, 1)}
	t.mu.Lock()
	t.waiting = append(t.waiting, a)
	if !t.running {
		t.running = true
		go t.run(write)
	}
	t.mu.Unlock()
	select {
	case r := <-a.done:
		return r.new, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// run writes until nobody waits.
func (t *together[T]) run(write func(context.Context, []T) ([]bool, error)) {
	for {
		group, items := t.next()
		if group == nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), writeLimit)
		fresh, err := write(ctx, items)
		cancel()
		for _, a := range group {
			if err != nil {
				a.done <- answered{err: err}
				continue
			}
			a.done <- answered{new: fresh[:len(a.items)]}
			fresh = fresh[len(a.items):]
		}
	}
}

func (t *together[T]) next() (group []asked[T], items []T) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.waiting) > 0 && (len(items) == 0 || len(items)+len(t.waiting[0].items) <= most) {
		group = append(group, t.waiting[0])
		items = append(items, t.waiting[0].items...)
		t.waiting = t.waiting[1:]
	}
	if group == nil {
		t.running, t.waiting = false, nil
	}
	return group, items
}

// bell wakes whoever listens. Ringing never waits; several rings may be heard as one.
type bell struct {
	mu   sync.Mutex
	ears []chan struct{}
}

func (b *bell) listen() (heard <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	b.ears = append(b.ears, c)
	b.mu.Unlock()
	return c, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for i := range b.ears {
			if b.ears[i] == c {
				b.ears = append(b.ears[:i:i], b.ears[i+1:]...)
				return
			}
		}
	}
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.ears {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}
