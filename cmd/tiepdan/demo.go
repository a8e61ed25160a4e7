package main

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"text/template"
	"time"

	"golang.org/x/sync/errgroup"

	"tiepdan/bot/telegram/simulator"
	"tiepdan/store/pglocal"
	"tiepdan/store/redislocal"
)

//go:embed demo.txt
var demoText string

// demoParts are what the demo brings beside the product: a private Postgres, an
// in-process Redis and a Bot API simulator, all in one folder.
type demoParts struct {
	dir    string
	log    *slog.Logger
	sample sample
	pg     *pglocal.Server
	redis  *redislocal.Server
	sim    *simulator.Server
	lock   *os.File

	database string // a demo that begins anew has a new one; the old one is removed
}

// demo runs the whole product on embedded defaults.
func demo(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(out)
	dir := flags.String("data", defaultData(), "where the demo keeps its data")
	fresh := flags.Bool("fresh", false, "begin anew: remove what an earlier demo kept")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return fmt.Errorf("%w: demo [--data DIR] [--fresh]", errUsage)
	}
	e := &environment{lookup: demoEnvironment}
	c := e.common()
	if err := errors.Join(e.faults...); err != nil {
		return err
	}
	d := &demoParts{log: newLog(os.Stderr, c)}
	defer d.close()
	if err := d.open(ctx, *dir, *fresh, c); err != nil {
		return err
	}
	return d.run(ctx, c, out)
}

// demoEnvironment is the process's own, less what the demo brings itself, and
// quieter.
func demoEnvironment(name string) (string, bool) {
	switch name {
	case "HTTP_ADDR", "SIMULATOR_ADDR", "TELEGRAM_MODE", "PUBLIC_URL", "LOG_FORMAT", "LOG_LEVEL":
		if v, ok := os.LookupEnv(name); ok {
			return v, true
		}
	}
	switch name {
	case "LOG_FORMAT":
		return "text", true
	case "LOG_LEVEL":
		return "warn", true
	}
	return "", false
}

// defaultData is a folder of the user's own; one without a home gets one that
// their uid names.
func defaultData() string {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "tiepdan-demo")
	}
	if home, err := os.UserHomeDir(); err == nil && writable(home) {
		return filepath.Join(home, ".local", "share", "tiepdan-demo")
	}
	return filepath.Join(os.TempDir(), fmt.Sprintf("tiepdan-demo-%d", os.Getuid()))
}

func writable(dir string) bool {
	f, err := os.CreateTemp(dir, ".tiepdan-*")
	if err != nil {
		return false
	}
	f.Close()
	return os.Remove(f.Name()) == nil
}

// open takes the folder for this process alone and starts the parts in it.
func (d *demoParts) open(ctx context.Context, dir string, fresh bool, c config) (err error) {
	if d.dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(d.dir, 0o711); err != nil { // a root's Postgres runs as another user, who must get through
		return err
	}
	if err := d.alone(); err != nil {
		return err
	}
	if fresh {
		if err := d.forget(); err != nil {
			return err
		}
	}
	if d.sample, err = readSample(); err != nil {
		return err
	}
	progress := func(line string) { fmt.Fprintln(os.Stderr, line) }
	if d.pg, err = pglocal.Start(ctx, pglocal.Options{Dir: filepath.Join(d.dir, "postgres"), Progress: progress}); err != nil {
		return err
	}
	name, err := d.secret("database", func() string { return "tiepdan_" + strings.ToLower(rand.Text()) })
	if err != nil {
		return err
	}
	if d.database, err = d.pg.Only(ctx, name); err != nil {
		return err
	}
	if d.redis, err = redislocal.Start(redislocal.Options{Path: filepath.Join(d.dir, "redis.json"), Progress: progress}); err != nil {
		return err
	}
	return d.openSimulator(c)
}

// alone keeps a second demo away from the same folder; the kernel lets go of the
// lock when the process ends, however it ends.
func (d *demoParts) alone() (err error) {
	if d.lock, err = os.OpenFile(filepath.Join(d.dir, "demo.lock"), os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return err
	}
	if syscall.Flock(int(d.lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		return fmt.Errorf("another demo runs on %s; end it, or give this one its own folder by --data DIR and its own HTTP_ADDR and SIMULATOR_ADDR", d.dir)
	}
	return nil
}

// demoFiles are all that a demo keeps in its folder. Nothing else in it is ours to remove.
var demoFiles = []string{"database", "redis.json", "simulator.json", "simulator.json.files", "attachments", "identity.key", "bot.token", signInsFile}

// forget removes an earlier demo's data; its database goes when the new one is made.
func (d *demoParts) forget() error {
	for _, name := range demoFiles {
		if err := os.RemoveAll(filepath.Join(d.dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func (d *demoParts) openSimulator(c config) error {
	token, err := d.token()
	if err != nil {
		return err
	}
	d.sim = simulator.New(simulator.Options{Token: token, People: d.sample.chats()})
	if err := d.sim.Load(d.simulatorFile()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := d.sim.Start(c.SimulatorAddr); err != nil {
		return fmt.Errorf("SIMULATOR_ADDR: %w", err)
	}
	return nil
}

func (d *demoParts) simulatorFile() string { return filepath.Join(d.dir, "simulator.json") }

// token is the demo bot's, made at the first start: it opens nothing but the
// simulator.
func (d *demoParts) token() (string, error) {
	return d.secret("bot.token", func() string { return "900000001:" + rand.Text() + rand.Text()[:9] })
}

// secret is what a file of the demo's folder holds, made at the first start.
func (d *demoParts) secret(name string, make func() string) (string, error) {
	path := filepath.Join(d.dir, name)
	b, err := os.ReadFile(path)
	if err == nil && len(strings.TrimSpace(string(b))) > 0 {
		return strings.TrimSpace(string(b)), nil
	}
	made := make()
	return made, os.WriteFile(path, []byte(made+"\n"), 0o600)
}

// run joins the product on the demo's parts and serves until ctx ends.
func (d *demoParts) run(ctx context.Context, c config, out io.Writer) error {
	l, err := net.Listen("tcp", c.HTTPAddr)
	if err != nil {
		return fmt.Errorf("HTTP_ADDR: %w", err)
	}
	p, err := newProduct(ctx, d.config(c), d.log, d.sample.office)
	if err != nil {
		l.Close()
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return p.run(ctx, l) })
	g.Go(func() error { return d.keepSimulator(ctx) })
	g.Go(func() error {
		seed := seeding{sample: d.sample, dir: d.dir, store: p.store, sim: d.sim, now: time.Now}
		list, err := seed.staff(ctx)
		if err != nil {
			return err
		}
		if err := awaitReady(ctx, c.PublicURL); err != nil {
			return err
		}
		if err := d.announce(out, c, list); err != nil {
			return err
		}
		return errors.Join(seed.joins(ctx), seed.fileCases(ctx), seed.reception(ctx))
	})
	return g.Wait()
}

// config is the environment's, with the demo's own parts in it.
func (d *demoParts) config(c config) config {
	c.Database, c.Redis = d.database, d.redis.URL()
	c.Token, c.TelegramURL = d.sim.Token(), d.sim.URL()
	c.Attachments, c.IdentityKeyFile = filepath.Join(d.dir, "attachments"), filepath.Join(d.dir, "identity.key")
	if c.Mode == "webhook" {
		c.WebhookURL = c.PublicURL + "/telegram/" + strings.ToLower(rand.Text())
		c.WebhookSecret = rand.Text()
	}
	return c
}

// saveEvery is how much of the simulator's chats a killed demo may lose.
const saveEvery = 2 * time.Second

// keepSimulator saves the phones' chats now and then, and when the demo ends.
func (d *demoParts) keepSimulator(ctx context.Context) error {
	tick := time.NewTicker(saveEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return d.sim.Save(d.simulatorFile())
		case <-tick.C:
			if err := d.sim.Save(d.simulatorFile()); err != nil {
				return err
			}
		}
	}
}

// awaitReady asks the product itself whether all its parts work.
func awaitReady(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readyz", nil)
		if err != nil {
			return err
		}
		res, err := http.DefaultClient.Do(req)
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the demo isn't ready: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// announce prints where everything is and how to sign in.
func (d *demoParts) announce(out io.Writer, c config, list []signIn) error {
	t, err := template.New("demo").Parse(demoText)
	if err != nil {
		return err
	}
	return t.Execute(out, map[string]any{"Site": c.PublicURL, "Phones": d.sim.URL(), "SignIns": list, "Data": d.dir})
}

// close ends the parts in the order in which they need each other.
func (d *demoParts) close() {
	if d.sim != nil {
		d.sim.Close()
	}
	if d.redis != nil {
		d.redis.Close()
	}
	if d.pg != nil {
		if err := d.pg.Stop(); err != nil {
			d.log.Warn("the private Postgres didn't end well", "err", err)
		}
	}
	if d.lock != nil {
		d.lock.Close()
	}
}
