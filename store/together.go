package store

import (
	"context"
	"sync"
	"time"
)

// together lets several callers' trips to a database share one: while one is on
// its way, those who come wait and go with the next, all at once. Nobody waits
// longer than for the trip before theirs, and who comes alone goes at once.
type together[In, Out any] struct {
	mu      sync.Mutex
	running bool
	waiting []asked[In, Out]
}

type asked[In, Out any] struct {
	items []In
	done  chan answered[Out]
}

type answered[Out any] struct {
	of  []Out // of each item
	err error
}

// writeLimit is how long one shared trip may take. It isn't one caller's
// context: one who gives up must not take the others' work along.
const writeLimit = 15 * time.Second

// most is how many items one trip takes, unless a single caller brings more.
const most = 500

// add has items taken along, in order, and returns when they are back: do gives
// an answer for each.
func (t *together[In, Out]) add(ctx context.Context, items []In, do func(context.Context, []In) ([]Out, error)) ([]Out, error) {
	a := asked[In, Out]{items, make(chan answered[Out], 1)}
	t.mu.Lock()
	t.waiting = append(t.waiting, a)
	if !t.running {
		t.running = true
		go t.run(do)
	}
	t.mu.Unlock()
	select {
	case r := <-a.done:
		return r.of, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// run goes until nobody waits.
func (t *together[In, Out]) run(do func(context.Context, []In) ([]Out, error)) {
	for {
		group, items := t.next()
		if group == nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), writeLimit)
		of, err := do(ctx, items)
		cancel()
		for _, a := range group {
			if err != nil {
				a.done <- answered[Out]{err: err}
				continue
			}
			a.done <- answered[Out]{of: of[:len(a.items):len(a.items)]}
			of = of[len(a.items):]
		}
	}
}

func (t *together[In, Out]) next() (group []asked[In, Out], items []In) {
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
