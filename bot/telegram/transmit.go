package telegram

import (
	"context"
	"errors"
	"fmt"

	"tiepdan"
	"tiepdan/bot"
)

// errNothing is a message that nothing says any more: its draft was filed, its
// session is over. Staff must not see it as one that was sent.
var errNothing = errors.New("nothing to say any more")

// errPartial is a message of which a part was sent and the rest can't be.
var errPartial = errors.New("only a part could be sent")

// transmission is a message on its way to somebody.
type transmission struct {
	*Bot
	Message
	first, rest sender
	transmitted
}

// transmitted is what came of it so far: the marks of what was sent, and whether the
// papers are owed that go with the words.
type transmitted struct {
	refs []string
	owes bool
}

// transmit says a message. Failures of rest, which follows the first call, are
// waited out there: to begin anew would say the beginning twice.
func (b *Bot) transmit(ctx context.Context, m Message, first, rest sender) (transmitted, error) {
	t := &transmission{Bot: b, Message: m, first: first, rest: rest}
	replies, lang, err := b.engine.Notice(ctx, bot.Notice{Peer: m.Peer, Case: m.Case, Entry: m.Entry, Key: m.Key, Reply: m.Reply,
		Staff: m.Staff, Language: m.Language, Attempt: m.Attempt, Created: m.Created, Again: m.Again})
	if err == nil && len(replies) == 0 {
		err = errNothing
	}
	for _, r := range replies {
		if err == nil {
			err = t.say(ctx, r, lang)
		}
	}
	return t.transmitted, err
}

// say makes a reply's calls.
func (t *transmission) say(ctx context.Context, r bot.Reply, lang tiepdan.Language) error {
	s, err := t.render(r, lang)
	if err != nil {
		return err
	}
	if s.bundles, err = t.enclose(ctx, r); err != nil {
		return t.sayBare(ctx, r, lang, err)
	}
	for _, o := range s.calls(t.Peer.ID) {
		err := t.send(ctx, o)
		switch {
		case err == nil:
		case o.spare() && !o.captioned() && t.refs != nil && !left(err):
			t.owe(r, err) // the words are there: to begin anew would say them twice
		case o.spare() && o.captioned() && undone(err):
			return t.sayBare(ctx, r, lang, err)
		case t.refs != nil && !temporary(err):
			return fmt.Errorf("%w: %w", errPartial, err)
		default:
			return err
		}
	}
	return nil
}

// sayBare says a reply without the papers that it can go without, which failed: they
// come after it, and never hold up its words.
func (t *transmission) sayBare(ctx context.Context, r bot.Reply, lang tiepdan.Language, failed error) error {
	bare, ok := r.Sparing()
	if !ok || ctx.Err() != nil {
		return failed
	}
	t.owe(r, failed)
	return t.say(ctx, bare, lang)
}

func (t *transmission) owe(r bot.Reply, err error) {
	t.owes = true
	t.log.Warn("a message goes without its paper, which comes later", "message", t.ID, "key", r.Key, "case", r.Case, "entry", r.Entry, "error", cause(err))
}

// send makes one call and keeps the marks of what it sent.
func (t *transmission) send(ctx context.Context, o outgoing) error {
	by := t.first
	if t.refs != nil {
		by = t.rest
	}
	made, err := by(ctx, t.Peer, o)
	t.refs = append(t.refs, made...)
	return err
}

// undone reports whether a call surely showed nothing, though the words alone may yet be
// shown: it was refused, or failed within Telegram.
func undone(err error) bool { return why(err) == server || !temporary(err) && !left(err) }

// left reports whether somebody can't be reached at all.
func left(err error) bool { return why(err) == blocked || why(err) == chatGone }
