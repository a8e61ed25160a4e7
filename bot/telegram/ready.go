package telegram

import (
	"context"
	"errors"
	"time"

	"github.com/go-telegram/bot/models"
)

const (
	watchEvery = 15 * time.Second
	askEvery   = time.Minute
	silence    = 3 * time.Minute // of Telegram, before we say so
)

// touch notes that Telegram has answered.
func (b *Bot) touch() { b.contact.Store(time.Now().UnixNano()) }

// Ready says what is wrong with our door to Telegram, or nil.
func (b *Bot) Ready() error {
	last := b.contact.Load()
	switch {
	case b.stopping.Load():
		return errors.New("stopping")
	case last == 0:
		return errors.New("Telegram has not answered yet")
	case time.Since(time.Unix(0, last)) > silence:
		return errors.New("Telegram has not answered for minutes")
	}
	return nil
}

// watch measures how much waits, here and at Telegram, and asks now and then
// whether Telegram is there: a replica that doesn't poll hears nothing else of it.
func (b *Bot) watch(ctx context.Context) {
	for asked := time.Now(); sleep(ctx, watchEvery) == nil; {
		b.measure(ctx)
		if time.Since(asked) >= askEvery {
			asked = time.Now()
			b.askContact(ctx)
		}
	}
}

func (b *Bot) measure(ctx context.Context) {
	n, oldest, err := b.store.InboxDepth(ctx)
	if err != nil {
		b.log.Warn("the inbox could not be measured", "error", cause(err))
		return
	}
	b.metrics.depth.Set(float64(n))
	b.metrics.oldest.Set(oldest.Seconds())
}

func (b *Bot) askContact(ctx context.Context) {
	var err error
	if b.opts.Mode != Webhook {
		_, err = b.Me(ctx)
	} else {
		err = b.checkWebhook(ctx)
	}
	if err != nil && ctx.Err() == nil {
		b.log.Warn("Telegram does not answer", "error", cause(err))
	}
}

// checkWebhook looks how Telegram gets on with our webhook, and sets it again if
// somebody has taken it away. Its last error is Telegram's sentence about our server.
func (b *Bot) checkWebhook(ctx context.Context) error {
	var info models.WebhookInfo
	if err := b.api.call(ctx, "getWebhookInfo", nil, &info); err != nil {
		return err
	}
	b.touch()
	b.metrics.pending.Set(float64(info.PendingUpdateCount))
	if at := time.Unix(int64(info.LastErrorDate), 0); time.Since(at) < 2*askEvery {
		b.log.Warn("Telegram has trouble with our webhook", "error", info.LastErrorMessage, "pending", info.PendingUpdateCount)
	}
	if info.URL != b.opts.WebhookURL {
		b.log.Warn("the webhook is not ours any more; it is set again")
		return b.setWebhook(ctx)
	}
	return nil
}
