// Package echo is a bare bot on the Telegram library, as its own examples have
// it: it answers each message with its text and keeps nothing. Measurements
// compare the product with it; nothing else uses it.
package echo

import (
	"context"
	"net/http"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// workers handle updates side by side, as many as served the library best.
const workers = 16

const pollFor = 45 * time.Second

// Run polls and echoes until ctx ends. The library's own client keeps two
// connections and makes a new one for most sends, so it is given one that keeps
// them: the comparison is with its best.
func Run(ctx context.Context, token, server string) error {
	client := &http.Client{Transport: &http.Transport{MaxIdleConns: 2 * workers, MaxIdleConnsPerHost: 2 * workers}}
	defer client.CloseIdleConnections()
	b, err := bot.New(token, bot.WithServerURL(server), bot.WithWorkers(workers), bot.WithNotAsyncHandlers(),
		bot.WithHTTPClient(pollFor, client), bot.WithErrorsHandler(func(error) {}), bot.WithDefaultHandler(answer))
	if err != nil {
		return err
	}
	b.Start(ctx)
	return nil
}

func answer(ctx context.Context, b *bot.Bot, u *models.Update) {
	if u.Message == nil {
		return
	}
	// What isn't sent is the measurement's to notice: the person waits for it.
	_, _ = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: u.Message.Chat.ID, Text: u.Message.Text})
}
