package telegram

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"tiepdan"
	"tiepdan/bot"
)

const (
	sendersMost   = 8
	messageLimit  = 50 * time.Second // the store takes a message back after a minute
	dispatchTick  = 500 * time.Millisecond
	ownAtOnce     = 8 // messages of one person that go out right after their deed
	recordTimeout = 10 * time.Second
)

// dispatch sends what waits in the outbox for as long as this process leads it:
// one leader, so that Telegram's limit for all people together is kept by one
// hand. It returns when the messages under way have ended.
func (b *Bot) dispatch(ctx context.Context) error {
	due, stop := b.store.Due()
	defer stop()
	budget := rate.NewLimiter(noticeRate, 1)
	slots := make(chan struct{}, sendersMost)
	var sending sync.WaitGroup
	defer sending.Wait()
	for tries := 0; ctx.Err() == nil; {
		ms, err := b.claim(ctx, slots)
		if err != nil {
			tries++
			b.log.Warn("the outbox could not be read", "error", err, "tries", tries)
			_ = b.pause(ctx, backoff(err, tries)) // ctx is asked above
			continue
		}
		tries = 0
		for _, m := range ms {
			slots <- struct{}{}
			sending.Go(func() {
				defer func() { <-slots }()
				if budget.Wait(ctx) != nil {
					b.release(m)
					return
				}
				b.deliver(m, b.notice)
			})
		}
		if len(ms) == 0 {
			listen(ctx, due)
		}
	}
	return ctx.Err()
}

// claim waits for a free sender and takes as many messages as there are.
func (b *Bot) claim(ctx context.Context, slots chan struct{}) ([]Message, error) {
	select {
	case slots <- struct{}{}:
		<-slots
	case <-ctx.Done():
		return nil, nil
	}
	return b.store.ClaimMessages(ctx, cap(slots)-len(slots))
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

// deliverOf sends one person's waiting messages at once. What fails is the
// dispatcher's to try again.
func (b *Bot) deliverOf(ctx context.Context, to tiepdan.Peer) {
	ms, err := b.store.ClaimOf(ctx, to, ownAtOnce)
	if err != nil {
		b.log.Warn("a person's messages could not be claimed; the dispatcher sends them", "error", err)
		return
	}
	for i, m := range ms {
		if !b.deliver(m, b.reply) {
			b.release(ms[i+1:]...)
			return
		}
	}
}

func (b *Bot) release(ms ...Message) {
	if len(ms) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(b.live), recordTimeout)
	defer cancel()
	if err := b.store.Release(ctx, ms...); err != nil {
		b.log.Warn("messages could not be given back; they are tried again in a minute", "messages", len(ms), "error", err)
	}
}

// sender makes one call: a notice's first, or a reply's.
type sender func(ctx context.Context, to tiepdan.Peer, o outgoing) ([]string, error)

// notice makes one call of a message, once: the outbox tries again.
func (b *Bot) notice(ctx context.Context, to tiepdan.Peer, o outgoing) ([]string, error) {
	if err := b.wait(ctx, to, noticeBurst); err != nil {
		return nil, err
	}
	refs, err := b.humble(ctx, o)
	b.obey(ctx, to, err)
	return refs, err
}

// deliver sends a claimed message and records what became of it. It outlives the
// beginning of a shutdown: a message under way should not become an unknown one.
func (b *Bot) deliver(m Message, first sender) bool {
	ctx, cancel := context.WithTimeout(b.live, messageLimit)
	defer cancel()
	refs, err := b.transmit(ctx, m, first)
	record, done := context.WithTimeout(context.WithoutCancel(b.live), recordTimeout)
	defer done()
	if err == nil {
		b.metrics.message("sent")
		return b.delivered(record, m, refs)
	}
	o := outcomeOf(err, b.now())
	b.metrics.message(string(o.State))
	b.log.Warn("a message was not delivered", "message", m.ID, "key", m.Key, "attempt", m.Attempt, "outcome", o.State, "error", o.Error, "after", o.After)
	if err := b.store.Undelivered(record, m, o); err != nil {
		b.log.Error("what became of a message could not be recorded", "message", m.ID, "error", err)
	}
	return false
}

func (b *Bot) delivered(ctx context.Context, m Message, refs []string) bool {
	var ref string
	if len(refs) > 0 {
		ref, refs = refs[0], refs[1:]
	}
	if err := b.store.Delivered(ctx, m, ref); err != nil {
		b.log.Error("a delivery could not be recorded", "message", m.ID, "error", err)
		return false
	}
	b.remember(ctx, m.Peer, m.Case, m.Entry, refs)
	return true
}

// errPartial is a message of which a part was sent and the rest can't be.
var errPartial = errors.New("only a part could be sent")

// transmit says a message. After its first call a failure is waited out here: to
// begin anew would say the beginning twice.
func (b *Bot) transmit(ctx context.Context, m Message, first sender) (refs []string, err error) {
	replies, lang, err := b.engine.Notice(ctx, bot.Notice{Peer: m.Peer, Case: m.Case, Entry: m.Entry, Key: m.Key, Reply: m.Reply,
		Staff: m.Staff, Language: m.Language, Attempt: m.Attempt, Created: m.Created, Again: m.Again})
	if err != nil {
		return nil, err
	}
	for _, r := range replies {
		s, err := b.render(r, lang)
		if err != nil {
			return refs, err
		}
		if s.bundles, err = b.enclose(ctx, r); err != nil {
			return refs, err
		}
		for _, o := range s.calls(m.Peer.ID) {
			send := first
			if refs != nil {
				send = b.reply
			}
			made, err := send(ctx, m.Peer, o)
			if err != nil && refs != nil && !temporary(err) {
				err = fmt.Errorf("%w: %w", errPartial, err)
			}
			if err != nil {
				return refs, err
			}
			refs = append(refs, made...)
		}
	}
	return refs, nil
}
