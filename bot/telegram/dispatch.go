package telegram

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"tiepdan"
)

const (
	callsMost    = 8
	claimsMost   = 64 // more than a second's budget, since most wait for their chat's pace
	dispatchTick = 500 * time.Millisecond
)

// dispatcher sends what waits in the outbox. One process has it at a time, so that
// Telegram's limit for all people together is kept by one hand.
type dispatcher struct {
	*Bot
	budget  *rate.Limiter
	calls   chan struct{} // a place for each call that may be under way
	claimed chan struct{} // … and for each message that we hold
	sending sync.WaitGroup
}

// dispatch is a [dispatcher]'s life while this process leads the outbox. It
// returns when the messages under way have ended.
func (b *Bot) dispatch(ctx context.Context) error {
	d := &dispatcher{Bot: b, budget: rate.NewLimiter(noticeRate, 1),
		calls: make(chan struct{}, callsMost), claimed: make(chan struct{}, claimsMost)}
	defer d.sending.Wait()
	due, stop := b.store.Due()
	defer stop()
	for tries := 0; ctx.Err() == nil; {
		n, err := d.round(ctx)
		switch {
		case err != nil:
			tries++
			b.log.Warn("the outbox could not be read", "error", cause(err), "tries", tries)
			_ = b.pause(ctx, backoff(err, tries)) // ctx is asked above
		case n == 0:
			listen(ctx, due)
			fallthrough
		default:
			tries = 0
		}
	}
	return ctx.Err()
}

// round waits for room, claims what fits in, and begins to send it.
func (d *dispatcher) round(ctx context.Context) (int, error) {
	select {
	case d.claimed <- struct{}{}:
		<-d.claimed
	case <-ctx.Done():
		return 0, nil
	}
	ms, err := d.store.ClaimMessages(ctx, cap(d.claimed)-len(d.claimed))
	for _, m := range ms {
		d.claimed <- struct{}{}
		d.sending.Go(func() {
			defer func() { <-d.claimed }()
			d.deliver(m, d.once, d.again)
		})
	}
	return len(ms), err
}

// once makes a call when the chat's pace and the budget of all allow it. What
// waits for its chat takes no other's place.
func (d *dispatcher) once(ctx context.Context, to tiepdan.Peer, o outgoing) ([]string, error) {
	if err := d.wait(ctx, to, noticeBurst); err != nil {
		return nil, err
	}
	if err := d.budget.Wait(ctx); err != nil {
		return nil, err
	}
	d.calls <- struct{}{}
	defer func() { <-d.calls }()
	refs, err := d.humble(ctx, o)
	d.obey(ctx, to, err)
	return refs, err
}

// again is once for what follows a message's beginning: it waits failures out.
func (d *dispatcher) again(ctx context.Context, to tiepdan.Peer, o outgoing) (refs []string, err error) {
	err = d.patient(ctx, func(ctx context.Context) error {
		refs, err = d.once(ctx, to, o)
		return err
	})
	return refs, err
}

// listen waits for news of this process, or a moment for that of the others.
func listen(ctx context.Context, due <-chan struct{}) {
	t := time.NewTimer(dispatchTick)
	defer t.Stop()
	select {
	case <-due:
	case <-t.C:
	case <-ctx.Done():
	}
}
