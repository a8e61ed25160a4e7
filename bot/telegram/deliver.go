package telegram

import (
	"context"
	"time"

	"tiepdan"
)

const (
	messageLimit  = 50 * time.Second // the store takes a message back after a minute
	ownAtOnce     = 8                // messages of one person that go out right after their deed
	recordTimeout = 10 * time.Second
)

// deliverOf sends one person's waiting messages at once. What fails is the
// dispatcher's to try again.
func (b *Bot) deliverOf(ctx context.Context, to tiepdan.Peer) {
	ms, err := b.store.ClaimOf(ctx, to, ownAtOnce)
	if err != nil {
		b.log.Warn("a person's messages could not be claimed; the dispatcher sends them", "error", cause(err))
		return
	}
	for i, m := range ms {
		if !b.deliver(m, b.reply, b.reply) {
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
		b.log.Warn("messages could not be given back; they are tried again in a minute", "messages", len(ms), "error", cause(err))
	}
}

// sender makes one call.
type sender func(ctx context.Context, to tiepdan.Peer, o outgoing) ([]string, error)

// deliver sends a claimed message and records what became of it. It outlives the
// beginning of a shutdown: a message under way should not become an unknown one.
func (b *Bot) deliver(m Message, first, rest sender) bool {
	ctx, cancel := context.WithTimeout(b.live, messageLimit)
	defer cancel()
	done, err := b.transmit(ctx, m, first, rest)
	record, stop := context.WithTimeout(context.WithoutCancel(b.live), recordTimeout)
	defer stop()
	if err == nil {
		b.metrics.message("sent")
		return b.delivered(record, m, done)
	}
	o := outcomeOf(err, b.now())
	b.metrics.message(string(o.State))
	if o.State == Dropped {
		return b.undelivered(record, m, o)
	}
	b.log.Warn("a message was not delivered", "message", m.ID, "key", m.Key, "attempt", m.Attempt, "outcome", o.State, "error", o.Error, "after", o.After)
	b.undelivered(record, m, o)
	return false
}

// undelivered records what became of a message that wasn't sent, and reports whether it could.
func (b *Bot) undelivered(ctx context.Context, m Message, o Outcome) bool {
	err := b.store.Undelivered(ctx, m, o)
	if err != nil {
		b.log.Error("what became of a message could not be recorded", "message", m.ID, "error", cause(err))
	}
	return err == nil
}

func (b *Bot) delivered(ctx context.Context, m Message, done transmitted) bool {
	var ref string
	refs, record := done.refs, b.store.Delivered
	if len(refs) > 0 {
		ref, refs = refs[0], refs[1:]
	}
	if done.owes {
		record = b.store.DeliveredWithoutPaper
	}
	if err := record(ctx, m, ref); err != nil {
		b.log.Error("a delivery could not be recorded", "message", m.ID, "error", cause(err))
		return false
	}
	b.remember(ctx, m.Peer, m.Case, m.Entry, refs)
	return true
}
