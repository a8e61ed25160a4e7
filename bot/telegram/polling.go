package telegram

import (
	"context"
	"encoding/json"
	"time"

	tg "github.com/go-telegram/bot"
)

const (
	pollSeconds = 45 // Telegram holds a call for at most 50
	pollTimeout = (pollSeconds + 15) * time.Second
	pollBatch   = 100
)

// poll asks for updates for as long as this process is the one that does so: two
// pollers end each other's calls. Asking with a higher offset confirms, so that
// moves only when a batch is durable. A new poller begins with no offset, which
// at worst brings again what the inbox has seen already: an offset from an
// earlier life could stand above ids that were chosen anew.
func (b *Bot) poll(ctx context.Context) error {
	err := b.persist(ctx, "deleteWebhook", func(ctx context.Context) error {
		return b.api.call(ctx, "deleteWebhook", &tg.DeleteWebhookParams{}, nil) // what is pending stays
	})
	if err != nil {
		return err
	}
	var offset int64
	for tries := 0; ctx.Err() == nil; {
		batch, err := b.ask(ctx, offset)
		if err != nil {
			tries++
			if err := b.troubled(ctx, err, tries); err != nil {
				return err
			}
			continue
		}
		before := offset
		if offset, err = b.keep(ctx, batch, offset); err != nil {
			return err
		}
		if tries++; len(batch) == 0 || offset > before {
			tries = 0
			continue
		}
		// Nothing of it confirms anything, so it would come again at once, for ever.
		b.log.Error("what Telegram delivers is no update; it will be asked again", "tries", tries)
		if err := b.pause(ctx, backoff(nil, tries)); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// ask is one long poll. Each update stays the bytes that it came as.
func (b *Bot) ask(ctx context.Context, offset int64) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, pollTimeout)
	defer cancel()
	in := struct {
		Offset  int64    `json:"offset,omitempty"`
		Limit   int      `json:"limit"`
		Timeout int      `json:"timeout"`
		Allowed []string `json:"allowed_updates"`
	}{offset, pollBatch, pollSeconds, allowedUpdates}
	var batch []json.RawMessage
	err := b.api.callLong(ctx, "getUpdates", in, &batch)
	if found := salvage(err); len(found) > 0 {
		b.log.Error("a batch of updates is damaged; what can be read of it is taken", "updates", len(found))
		batch, err = found, nil
	}
	if err == nil {
		b.touch()
	}
	return batch, err
}

// troubled waits as long as the failure wants. A 409 is another poller that is
// about to end, or a webhook that somebody has set: that one is taken away.
func (b *Bot) troubled(ctx context.Context, err error, tries int) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	b.log.Warn("getUpdates failed; it will be asked again", "error", cause(err), "tries", tries)
	if why(err) == conflict && tries > 1 {
		if err := b.api.call(ctx, "deleteWebhook", &tg.DeleteWebhookParams{}, nil); err != nil {
			b.log.Warn("the webhook could not be taken away", "error", cause(err))
		}
	}
	return b.pause(ctx, backoff(err, tries))
}

// keep makes a batch durable, however long that takes, and returns the offset
// that confirms it. What is no update at all is counted and passed over.
func (b *Bot) keep(ctx context.Context, batch []json.RawMessage, offset int64) (int64, error) {
	us := make([]Update, 0, len(batch))
	for _, raw := range batch {
		u, served, err := envelope(raw)
		if err != nil {
			u, served, err = damaged(raw)
		}
		if err != nil {
			b.metrics.update("broken", "ignored")
			continue
		}
		offset = max(offset, u.ID+1)
		if !served {
			b.metrics.update("group", "ignored")
			continue
		}
		us = append(us, u)
	}
	if len(us) == 0 {
		return offset, nil
	}
	return offset, b.persist(ctx, "keeping updates", func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, acceptTimeout)
		defer cancel()
		return b.accept(ctx, us)
	})
}
