// Command tiepdan is the whole product in one binary: the bot, the backend and
// the commands that look after them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// command is one of the binary's own.
type command struct {
	Name string
	What string
	Run  func(ctx context.Context, args []string, out io.Writer) error
}

var commands []command

func init() {
	commands = []command{
		{"demo", "the whole product on embedded defaults, with sample data", demo},
		{"serve", "the bot and the backend, by the environment", serve},
		{"migrate", "bring the database up to date", migrate},
		{"admin", "create NAME | reset-password NAME: an administrator's account", admin},
		{"audit", "verify: check the audit log's chain", audit},
		{"routes", "--json: every route of the backend and who may use it", routes},
		{"seed", "--cases N --seed S: fill a sample office with sample cases", seed},
		{"bench", "measure this machine: updates, filings, memory, start, reception, finding", bench},
		{"version", "what this binary was built from", version},
	}
}

// usage is an error of the command line's words.
var errUsage = errors.New("usage")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run carries out one command line and returns the exit status: 2 when its words
// are wrong, 1 when the command failed.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		help(out)
		return 0
	}
	for _, c := range commands {
		if c.Name != args[0] {
			continue
		}
		err := c.Run(ctx, args[1:], out)
		switch {
		case err == nil, errors.Is(err, context.Canceled) && ctx.Err() != nil:
			return 0
		case errors.Is(err, errUsage):
			fmt.Fprintf(errs, "tiepdan %s: %v\n", c.Name, err)
			return 2
		}
		fmt.Fprintf(errs, "tiepdan %s:\n%v\n", c.Name, err)
		return 1
	}
	fmt.Fprintf(errs, "tiepdan: there is no command %q\n\n", args[0])
	help(errs)
	return 2
}

func help(w io.Writer) {
	fmt.Fprint(w, "Tiếp Dân, the messaging front door of a citizen-reception office.\n\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  tiepdan %-8s %s\n", c.Name, c.What)
	}
	fmt.Fprint(w, "\nThe environment variables of serve are in docs/operations.md.\n")
}

func version(_ context.Context, _ []string, out io.Writer) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		_, err := fmt.Fprintln(out, "tiepdan, built without module information")
		return err
	}
	fmt.Fprintf(out, "tiepdan %s %s\n", info.Main.Version, info.GoVersion)
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" || s.Key == "vcs.time" || s.Key == "vcs.modified" {
			fmt.Fprintf(out, "%s %s\n", s.Key, s.Value)
		}
	}
	return nil
}
