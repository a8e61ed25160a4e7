package telegram

import (
	"context"
	"errors"
	"time"

	"tiepdan/bot"
)

// outcomeOf says what the outbox does with a message that failed. What it says of
// the failure is shown to staff, and so holds its kind only.
func outcomeOf(err error, now time.Time) Outcome {
	if errors.Is(err, errNothing) {
		return Outcome{State: Dropped}
	}
	if l, ok := errors.AsType[*bot.Later](err); ok {
		return Outcome{State: Retry, Error: "later", After: max(l.At.Sub(now), time.Second)}
	}
	if l, ok := errors.AsType[*later](err); ok {
		return Outcome{State: Retry, Error: "pace", After: l.wait}
	}
	if errors.Is(err, errPartial) {
		return Outcome{State: Failed, Error: "partial: " + string(why(err))}
	}
	f, ok := errors.AsType[*failure](err)
	if !ok {
		return Outcome{State: Retry, Error: ours(err)}
	}
	o := Outcome{State: Failed, Error: string(f.why)}
	switch f.why {
	case blocked, chatGone:
		o.State = Blocked
	case unknown:
		o.State = Unsure
	case tooMany, server, unsent, conflict, unauthorized, spoiled:
		o.State, o.After = Retry, f.retryAfter
	}
	return o
}

func ours(err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return "timeout"
	}
	return "ours"
}

// temporary reports whether err passes by itself.
func temporary(err error) bool {
	t, ok := errors.AsType[interface {
		error
		Temporary() bool
	}](err)
	return ok && t.Temporary()
}
