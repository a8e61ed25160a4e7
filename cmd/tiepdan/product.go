package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"golang.org/x/sync/errgroup"

	"tiepdan/backend"
	"tiepdan/backend/jobs"
	"tiepdan/bot"
	"tiepdan/bot/telegram"
	"tiepdan/store"
	"tiepdan/store/files"
	"tiepdan/templates"
)

// product is the whole, joined: what serve runs and demo runs with its own parts.
type product struct {
	cfg     config
	log     *slog.Logger
	store   *store.Store
	files   files.Store
	chat    *telegram.Bot
	engine  *bot.Engine
	workers *jobs.Workers
	handler http.Handler
	ending  func() // ends the streams that a shutdown would wait for
}

// drain is how long a stopping process may take to finish what it has begun.
const drain = 15 * time.Second

// newProduct brings the database up to date, opens everything and joins the parts.
func newProduct(ctx context.Context, c config, log *slog.Logger, seed store.Seed) (*product, error) {
	p := &product{cfg: c, log: log}
	if c.Migrate {
		n, err := store.Migrate(ctx, c.Database)
		if err != nil {
			return nil, fmt.Errorf("DATABASE_URL: is Postgres there, and may we write? %w", err)
		}
		log.InfoContext(ctx, "database is up to date", "applied", n)
	}
	var err error
	if p.files, err = files.Open(ctx, c.Attachments); err != nil {
		return nil, fmt.Errorf("ATTACHMENTS_URL: %w", err)
	}
	if p.store, err = openStore(ctx, c, log); err != nil {
		return nil, err
	}
	if err := p.join(ctx, seed); err != nil {
		p.store.Close()
		return nil, err
	}
	return p, nil
}

// openStore opens the store; at a first start that makes the identity key, and says so.
func openStore(ctx context.Context, c config, log *slog.Logger) (*store.Store, error) {
	return store.Open(ctx, store.Options{Database: c.Database, Redis: c.Redis, KeyFile: c.IdentityKeyFile, Log: log})
}

func (p *product) join(ctx context.Context, seed store.Seed) error {
	if err := p.store.SeedOffice(ctx, seed); err != nil {
		return err
	}
	scan, err := scanning(p.cfg.Clamd)
	if err != nil {
		return fmt.Errorf("CLAMD_ADDR: %w", err)
	}
	figures := prometheus.NewRegistry()
	figures.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	made := papers{store: p.store, botName: p.botName, site: p.cfg.PublicURL}
	keep := keeper{files: p.files, scan: scan, remember: p.store.KeepFile}
	p.chat, err = telegram.New(telegram.Options{Token: p.cfg.Token, URL: p.cfg.TelegramURL, Mode: p.cfg.Mode,
		WebhookURL: p.cfg.WebhookURL, Secret: p.cfg.WebhookSecret, Store: chatStore{p.store}, Texts: templates.Texts{},
		Files: p.files, Papers: chatPapers{made}, Keeper: keep, Log: p.log, Registry: figures})
	if err != nil {
		return err
	}
	p.engine = bot.NewEngine(bot.Options{Store: p.store, Files: p.chat, Texts: templates.Texts{}, PublicURL: p.cfg.PublicURL})
	site, err := backend.New(backend.Options{Store: p.store, Sessions: p.store.SignIns(), Files: p.files,
		Papers: made, Keeper: keep, PublicURL: p.cfg.PublicURL, BotName: p.botName, Log: p.log})
	if err != nil {
		return err
	}
	p.workers, err = jobs.New(jobs.Options{Pool: p.store.Pool(), Store: p.store, Files: p.files, Log: p.log, Metrics: figures})
	if err != nil {
		return err
	}
	p.ending = site.Close
	p.handler = health(p.checks(), figures, p.doors(site.Handler()))
	return nil
}

func (p *product) botName() string { return p.chat.Name() }

func (p *product) checks() []check {
	return []check{
		{"postgres", p.store.PingDatabase},
		{"redis", p.store.PingRedis},
		{"telegram", func(context.Context) error { return p.chat.Ready() }},
		{"workers", p.workers.Ready},
	}
}

// doors leads Telegram's webhook to the bot, everything else to the site.
func (p *product) doors(site http.Handler) http.Handler {
	u, err := url.Parse(p.cfg.WebhookURL)
	if p.cfg.Mode != "webhook" || err != nil {
		return site
	}
	hook := p.chat.Handler()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == u.Path {
			hook.ServeHTTP(w, r)
			return
		}
		site.ServeHTTP(w, r)
	})
}

// run serves until ctx ends or a part fails, then lets everything finish what it
// has begun.
func (p *product) run(ctx context.Context, l net.Listener) error {
	defer p.store.Close()
	server := &http.Server{Handler: p.handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(p.log.Handler(), slog.LevelDebug)}
	server.RegisterOnShutdown(p.ending)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	g.Go(func() error { return p.chat.Run(ctx, p.engine) })
	g.Go(func() error { return p.workers.Run(ctx) })
	g.Go(func() error {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
		defer cancel()
		if server.Shutdown(end) != nil {
			return server.Close()
		}
		return nil
	})
	return g.Wait()
}

// officeSeed is what fills an empty database: OFFICE_FILE, or a bare office.
func officeSeed(path string) (store.Seed, error) {
	if path == "" {
		s, err := readSample()
		return bare(s.office), err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return store.Seed{}, err
	}
	var seed store.Seed
	if err := json.Unmarshal(b, &seed); err != nil {
		return store.Seed{}, fmt.Errorf("%s: %w", path, err)
	}
	return seed, nil
}

// bare keeps of the sample office what any office begins with: its fields, rules
// and hours. Name, address, units and who receives citizens are for the administrator to fill in.
func bare(s store.Seed) store.Seed {
	s.Office.Name, s.Office.Sample = say("office.unnamed", nil), false
	s.Office.Parent, s.Office.Address, s.Office.Place, s.Office.Phone, s.Office.PrivacyContact = "", "", "", "", ""
	s.Units, s.Heads, s.Recurrences = nil, nil, nil
	for i := range s.Fields {
		s.Fields[i].UnitCode = ""
	}
	return s
}
