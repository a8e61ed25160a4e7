package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"net/http"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

const (
	maxUpdate      = 1 << 20
	acceptTimeout  = 20 * time.Second
	bodyTimeout    = 15 * time.Second // Telegram sends an update in one go
	maxConnections = 40
)

// allowedUpdates are the kinds that we read. The list is always sent: Telegram
// remembers the last one that it was given.
var allowedUpdates = []string{
	models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage,
	models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember,
}

// Handler takes the webhook's requests. Its answer is 200 only when the update
// is durable, or is one that we will never want; what is our fault is 503, and
// Telegram brings it again.
func (b *Bot) Handler() http.Handler { return http.HandlerFunc(b.takeWebhook) }

func (b *Bot) takeWebhook(w http.ResponseWriter, r *http.Request) {
	code := b.webhook(w, r)
	switch code {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", http.MethodPost)
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "2")
	}
	b.metrics.webhook(code)
	w.WriteHeader(code)
}

func (b *Bot) webhook(w http.ResponseWriter, r *http.Request) int {
	if r.Method != http.MethodPost {
		return http.StatusMethodNotAllowed
	}
	if !b.isSecret(r.Header.Get("X-Telegram-Bot-Api-Secret-Token")) {
		return http.StatusUnauthorized
	}
	if b.stopping.Load() {
		return http.StatusServiceUnavailable
	}
	// A writer that can't do so (a test's) has no slow bodies.
	_ = http.NewResponseController(w).SetReadDeadline(b.now().Add(bodyTimeout))
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	if err != nil {
		if _, big := errors.AsType[*http.MaxBytesError](err); big {
			return http.StatusRequestEntityTooLarge
		}
		return http.StatusBadRequest
	}
	u, served, err := envelope(raw)
	switch {
	case err != nil:
		return http.StatusBadRequest
	case !served:
		b.metrics.update("group", "ignored")
		return http.StatusOK
	}
	ctx, cancel := context.WithTimeout(r.Context(), acceptTimeout)
	defer cancel()
	if err := b.accept(ctx, []Update{u}); err != nil {
		b.log.Error("an update could not be kept; Telegram will bring it again", "error", cause(err))
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}

// isSecret compares in constant time, whatever the length.
func (b *Bot) isSecret(given string) bool {
	a, c := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(b.opts.Secret))
	return b.opts.Secret != "" && subtle.ConstantTimeCompare(a[:], c[:]) == 1
}

// accept makes updates durable and wakes whoever works on them.
func (b *Bot) accept(ctx context.Context, us []Update) error {
	fresh, err := b.store.AcceptUpdates(ctx, Channel, us)
	if err == nil {
		b.metrics.accepted(fresh, len(us)-fresh)
	}
	return err
}

// setWebhook tells Telegram where we are. Every replica does so at its start: with
// the same parameters it changes nothing, and a 429 for doing it at the same
// time is repeated like any other failure.
func (b *Bot) setWebhook(ctx context.Context) error {
	return b.persist(ctx, "setWebhook", func(ctx context.Context) error {
		return b.api.call(ctx, "setWebhook", &tg.SetWebhookParams{
			URL: b.opts.WebhookURL, SecretToken: b.opts.Secret,
			MaxConnections: maxConnections, AllowedUpdates: allowedUpdates,
		}, nil)
	})
}
