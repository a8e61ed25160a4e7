package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// bench measures this machine: what the README may claim, and nothing else.
func bench(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(out)
	chats := flags.Int("chats", 3000, "people who talk to the bot at once")
	filings := flags.Int("filings", 6000, "cases to file")
	writers := flags.Int("writers", 16, "who file them side by side")
	few := flags.Int("few", 10_000, "cases of the small office that finding is measured in")
	many := flags.Int("many", 1_000_000, "cases of the large one")
	only := flags.String("only", "", "one of updates, filings, memory, start, reception, finding; all when empty")
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		args = append([]string{"-only", args[0]}, args[1:]...)
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	dir, err := os.MkdirTemp("", "tiepdan-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil { // a root's Postgres runs as another user, who must get in
		return err
	}
	fmt.Fprintf(out, "machine: %d cores, %s/%s, %s; figures of one run\n\n", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	b := &bencher{dir: dir, out: out, chats: *chats, filings: *filings, writers: *writers, few: *few, many: *many}
	for _, m := range []struct {
		name string
		do   func(context.Context) error
	}{{"updates", b.updates}, {"filings", b.filed}, {"memory", b.memory}, {"start", b.start}, {"reception", b.reception}, {"finding", b.finding}} {
		if *only != "" && *only != m.name {
			continue
		}
		if err := m.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	return nil
}

// bencher measures, each thing on services of its own.
type bencher struct {
	dir                     string
	out                     io.Writer
	chats, filings, writers int
	few, many               int
}

// config is an office's on these services, saying nothing but errors.
func (b *bencher) config(s *services, name string) config {
	c := (&environment{lookup: func(string) (string, bool) { return "", false }}).common()
	c.Database, c.Redis, c.HTTPAddr, c.PublicURL = s.pg.DSN, s.redis, "127.0.0.1:0", "http://127.0.0.1"
	c.Attachments, c.IdentityKeyFile = filepath.Join(b.dir, name+"-files"), filepath.Join(b.dir, name+".key")
	return c
}

var quiet = slog.New(slog.DiscardHandler)

// row prints one figure.
func (b *bencher) row(what, format string, args ...any) {
	fmt.Fprintf(b.out, "%-58s %s\n", what, fmt.Sprintf(format, args...))
}

func perSecond(n int, d time.Duration) float64 { return float64(n) / d.Seconds() }
