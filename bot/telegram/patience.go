package telegram

import (
	"context"
	"math/rand/v2"
	"time"
)

const (
	shortestPause = 200 * time.Millisecond
	longestPause  = 15 * time.Second
	hopelessPause = time.Minute // a wrong token mends itself only by a person
)

// backoff is how long to wait before a call that failed for the tries'th time is
// made again: what Telegram asks for, or twice as long each time, and not quite
// the same for all replicas.
func backoff(err error, tries int) time.Duration {
	switch {
	case retryAfter(err) > 0:
		return retryAfter(err) + rand.N(shortestPause)
	case why(err) == unauthorized:
		return hopelessPause
	}
	d := min(shortestPause<<min(tries-1, 10), longestPause)
	return d/2 + rand.N(d/2+1)
}

// persist does something until it succeeds or ctx ends. The first failure and
// every tenth is logged.
func (b *Bot) persist(ctx context.Context, what string, do func(context.Context) error) error {
	for tries := 1; ; tries++ {
		err := do(ctx)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if tries%10 == 1 {
			b.log.Warn("failed; it will be tried again", "what", what, "error", cause(err), "tries", tries)
		}
		if err := b.pause(ctx, backoff(err, tries)); err != nil {
			return err
		}
	}
}

// sleep waits for d, or for ctx to end.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
