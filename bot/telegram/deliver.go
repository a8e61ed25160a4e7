package telegram

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tiepdan"
	"tiepdan/bot"
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
	refs, err := b.transmit(ctx, m, first, rest)
	record, done := context.WithTimeout(context.WithoutCancel(b.live), recordTimeout)
	defer done()
	if err == nil {
		b.metrics.message("sent")
		return b.delivered(record, m, refs)
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

func (b *Bot) delivered(ctx context.Context, m Message, refs []string) bool {
	var ref string
	if len(refs) > 0 {
		ref, refs = refs[0], refs[1:]
	}
	if err := b.store.Delivered(ctx, m, ref); err != nil {
		b.log.Error("a delivery could not be recorded", "message", m.ID, "error", cause(err))
		return false
	}
	b.remember(ctx, m.Peer, m.Case, m.Entry, refs)
	return true
}

// errNothing is a message that nothing says any more: its draft was filed, its
// session is over. Staff must not see it as one that was sent.
var errNothing = errors.New("nothing to say any more")

// errPartial is a message of which a part was sent and the rest can't be.
var errPartial = errors.New("only a part could be sent")

// transmit says a message. Failures of rest, which follows the first call, are
// waited out there: to begin anew would say the beginning twice.
func (b *Bot) transmit(ctx context.Context, m Message, first, rest sender) (refs []string, err error) {
	replies, lang, err := b.engine.Notice(ctx, bot.Notice{Peer: m.Peer, Case: m.Case, Entry: m.Entry, Key: m.Key, Reply: m.Reply,
		Staff: m.Staff, Language: m.Language, Attempt: m.Attempt, Created: m.Created, Again: m.Again})
	if err != nil {
		return nil, err
	}
	if len(replies) == 0 {
		return nil, errNothing
	}
	for _, r := range replies {
		s, err := b.prepare(ctx, r, lang)
		if err != nil {
			return refs, err
		}
		for _, o := range s.calls(m.Peer.ID) {
			send := first
			if refs != nil {
				send = rest
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

// prepare makes a screen with all that it encloses. A paper that can't be made holds
// up no words that can go without it.
func (b *Bot) prepare(ctx context.Context, r bot.Reply, lang tiepdan.Language) (screen, error) {
	s, err := b.render(r, lang)
	if err != nil {
		return s, err
	}
	if s.bundles, err = b.enclose(ctx, r); err == nil || ctx.Err() != nil {
		return s, err
	}
	bare, ok := r.Sparing()
	if !ok {
		return s, err
	}
	b.log.Error("a message goes without its papers, which can't be made", "key", r.Key, "case", r.Case, "entry", r.Entry)
	return b.prepare(ctx, bare, lang)
}
