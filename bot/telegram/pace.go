package telegram

import (
	"context"
	"time"

	"tiepdan"
)

const (
	replyBurst  = 4  // replies to one person at once; then one a second
	noticeBurst = 2  // … notices: a text and its paper
	noticeRate  = 28 // a second, to all people together; Telegram takes about 30
	shortWait   = 5 * time.Second
	tries       = 3
)

// later is a failure that is over when wait is: the work is done again then.
type later struct {
	wait time.Duration
	err  error
}

func (l *later) Error() string {
	if l.err != nil {
		return "not before " + l.wait.String() + ": " + l.err.Error()
	}
	return "not before " + l.wait.String()
}
func (l *later) Unwrap() error   { return l.err }
func (l *later) Temporary() bool { return true }

// wait lets the chat's pace go by, if that is soon. All replicas share it. When
// Redis is away nobody is kept waiting: Telegram itself says when it is too much.
func (b *Bot) wait(ctx context.Context, to tiepdan.Peer, burst int) error {
	for {
		d, err := b.store.Pace(ctx, to, burst)
		if err != nil || d <= 0 {
			return ctx.Err()
		}
		if d > shortWait {
			return &later{wait: d}
		}
		if err := b.pause(ctx, d); err != nil {
			return err
		}
	}
}

// obey remembers for all replicas that the chat must rest.
func (b *Bot) obey(ctx context.Context, to tiepdan.Peer, err error) {
	if d := retryAfter(err); d > 0 {
		if err := b.store.Penalty(ctx, to, d); err != nil {
			b.log.Warn("a chat's rest could not be remembered", "error", cause(err))
		}
	}
}

// reply makes one call of a reply: again after a short wait that Telegram asks for,
// after a hiccup, and once if we don't know whether it was made. To be shown a
// screen twice is better than to be shown none.
func (b *Bot) reply(ctx context.Context, to tiepdan.Peer, o outgoing) ([]string, error) {
	var refs []string
	err := b.patient(ctx, func(ctx context.Context) (err error) {
		if err = b.wait(ctx, to, replyBurst); err != nil {
			return err
		}
		refs, err = b.humble(ctx, o)
		b.obey(ctx, to, err)
		return err
	})
	return refs, err
}

// patient does something up to a few times, as long as the failure passes soon.
func (b *Bot) patient(ctx context.Context, do func(context.Context) error) error {
	for n := 1; ; n++ {
		err := do(ctx)
		switch why(err) {
		case tooMany, server, unsent, unknown:
		default:
			return err
		}
		d := backoff(err, n)
		if n == tries || d > shortWait {
			return err
		}
		if err := b.pause(ctx, d); err != nil {
			return err
		}
	}
}
