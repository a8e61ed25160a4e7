package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"tiepdan"
	"tiepdan/bot"
)

// The two ways in which updates come.
const (
	Polling = "polling"
	Webhook = "webhook"
)

// DefaultURL is Telegram's own Bot API.
const DefaultURL = "https://api.telegram.org"

// Options are what a [Bot] needs.
type Options struct {
	Token      string
	URL        string // of the Bot API; "" is DefaultURL
	Mode       string // Polling ("" too) or Webhook
	WebhookURL string // of Webhook: where Telegram reaches Handler
	Secret     string // of Webhook: 1–256 of A-Z a-z 0-9 _ -
	LocalFiles bool   // the Bot API server is ours, runs with --local and shares our disk
	Workers    int    // letters worked at once; 0 is the store's choice
	Drain      time.Duration

	Store    Store
	Texts    bot.Texts
	Files    Files
	Papers   Papers
	Keeper   Keeper
	Log      *slog.Logger          // nil: none
	Registry prometheus.Registerer // nil: not registered
}

// Bot is the office in Telegram.
type Bot struct {
	opts    Options
	api     *client
	store   Store
	engine  Engine
	texts   bot.Texts
	files   Files
	papers  Papers
	keeper  Keeper
	log     *slog.Logger
	metrics *metrics
	now     func() time.Time
	pause   func(context.Context, time.Duration) error

	albums     albums
	albumPause time.Duration
	live       context.Context // lives until the draining is over
	stopping   atomic.Bool
	name       atomic.Pointer[string]
	contact    atomic.Int64 // when Telegram last answered
}

var (
	secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
	tokenForm  = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
)

// New returns a bot that does nothing until Run. Its faults are all of o's, at once.
func New(o Options) (*Bot, error) {
	if o.URL == "" {
		o.URL = DefaultURL
	}
	if o.Mode == "" {
		o.Mode = Polling
	}
	if o.Drain <= 0 {
		o.Drain = 20 * time.Second
	}
	if err := o.fault(); err != nil {
		return nil, err
	}
	b := &Bot{opts: o, api: newClient(o.URL, o.Token), store: o.Store, texts: o.Texts, files: o.Files, papers: o.Papers,
		keeper: o.Keeper, log: o.Log, metrics: newMetrics(o.Registry), now: time.Now, pause: sleep,
		albums: albums{waiting: map[tiepdan.Peer]*acknowledgement{}}, albumPause: albumPause, live: context.Background()}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	b.api.seen = b.metrics.call
	return b, nil
}

// fault says what of o can't be, without the token or the secret.
func (o Options) fault() error {
	var faults []error
	if !tokenForm.MatchString(o.Token) {
		faults = append(faults, errors.New("the bot's token doesn't look like one: BotFather gives it, digits, a colon, letters"))
	}
	if u, err := url.Parse(o.URL); err != nil || u.Host == "" {
		faults = append(faults, errors.New("the Bot API's URL is not one"))
	}
	switch o.Mode {
	case Polling:
	case Webhook:
		if u, err := url.Parse(o.WebhookURL); err != nil || u.Host == "" {
			faults = append(faults, errors.New("the webhook's URL is missing or not one"))
		}
		if !secretForm.MatchString(o.Secret) {
			faults = append(faults, errors.New("the webhook's secret must be 1–256 of A–Z a–z 0–9 _ -"))
		}
	default:
		faults = append(faults, fmt.Errorf("the mode is %s or %s", Polling, Webhook))
	}
	return errors.Join(faults...)
}

// Run takes updates, has engine answer them, and sends what waits in the outbox,
// until ctx ends. Then it takes nothing new, ends what is under way within
// Options.Drain and leaves the rest to the store. The engine comes only now, since
// it needs the Bot to fetch files.
func (b *Bot) Run(ctx context.Context, engine Engine) error {
	b.engine = engine
	live, abort := context.WithCancel(context.WithoutCancel(ctx))
	defer abort()
	b.live = live
	lanes, err := b.store.Lanes(live, LaneOptions{Workers: b.opts.Workers, Handle: b.handle, Dead: b.dead})
	if err != nil {
		return err
	}
	var parts sync.WaitGroup
	if b.opts.Mode == Webhook {
		parts.Go(func() { _ = b.setWebhook(ctx) }) // it ends with ctx only
	} else {
		parts.Go(func() { b.lead(ctx, "telegram", b.poll) })
	}
	parts.Go(func() { b.lead(ctx, "outbox", b.dispatch) })
	parts.Go(func() { b.introduce(ctx) })
	parts.Go(func() { b.watch(ctx) })
	<-ctx.Done()
	return b.drain(lanes, &parts, abort)
}

// drain ends in order: no new updates, letters under way worked off, messages sent.
func (b *Bot) drain(lanes Lanes, parts *sync.WaitGroup, abort func()) error {
	b.stopping.Store(true)
	limit, cancel := context.WithTimeout(b.live, b.opts.Drain)
	defer cancel()
	end := context.AfterFunc(limit, abort)
	defer end()
	err := lanes.Stop(limit)
	b.settleAll(limit)
	parts.Wait()
	b.api.http.CloseIdleConnections()
	if err != nil {
		return fmt.Errorf("some letters were not finished in time; they stay in the inbox: %w", err)
	}
	return nil
}

// lead runs fn whenever this process leads, through whatever befalls it.
func (b *Bot) lead(ctx context.Context, name string, fn func(context.Context) error) {
	for tries := 1; ctx.Err() == nil; tries++ {
		err := b.store.Lead(ctx, name, fn)
		if ctx.Err() != nil {
			return
		}
		b.log.Error("a leading part ended; it begins again", "part", name, "error", cause(err))
		_ = b.pause(ctx, backoff(err, tries)) // ctx is asked above
	}
}
