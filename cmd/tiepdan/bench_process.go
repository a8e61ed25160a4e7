package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// child is a process of this same binary.
type child struct{ cmd *exec.Cmd }

func (b *bencher) child(ctx context.Context, env []string, args ...string) (*child, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, exe, args...)
	cmd.Dir, cmd.Env = b.dir, append(os.Environ(), env...)
	return &child{cmd}, nil
}

// end asks the process to stop and waits until it has.
func (c *child) end() error {
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return c.cmd.Wait()
}

// memory measures what serve holds, idle and while people talk to it.
func (b *bencher) memory(ctx context.Context) error {
	s, err := b.services(ctx, "memory")
	if err != nil {
		return err
	}
	defer s.close()
	sim, users, err := b.simulator()
	if err != nil {
		return err
	}
	defer sim.Close()
	addr, err := freeAddress()
	if err != nil {
		return err
	}
	c := b.config(s, "memory")
	p, err := b.child(ctx, []string{"DATABASE_URL=" + c.Database, "REDIS_URL=" + c.Redis, "TELEGRAM_BOT_TOKEN=" + sim.Token(),
		"TELEGRAM_API_URL=" + sim.URL(), "HTTP_ADDR=" + addr, "IDENTITY_KEY_FILE=" + c.IdentityKeyFile,
		"ATTACHMENTS_URL=" + c.Attachments, "LOG_LEVEL=error"}, "serve")
	if err != nil {
		return err
	}
	if err := p.cmd.Start(); err != nil {
		return err
	}
	if err := awaitReady(ctx, "http://"+addr); err != nil {
		return errors.Join(err, p.end())
	}
	idle, cpu, err := p.idle(ctx, s)
	if err != nil {
		return errors.Join(err, p.end())
	}
	if err := talk(ctx, users[:min(len(users), 500)], script[:6]); err != nil {
		return errors.Join(err, p.end())
	}
	load, err := residentMiB(p.cmd.Process.Pid)
	b.row("serve idle: its CPU, and Postgres and Redis for it", "%.1f %%, %.1f %% of a core", cpu.own.Seconds()/idleFor.Seconds()*100,
		(cpu.postgres+cpu.redis).Seconds()/idleFor.Seconds()*100)
	b.row("memory of serve, idle and after 500 people talked at once", "%.0f MiB, %.0f MiB", idle, load)
	return errors.Join(err, p.end())
}

const (
	idleAfter = 3 * time.Second // what the start has caused is over
	idleFor   = 15 * time.Second
)

// idle is what the process holds and uses when nobody wants anything.
func (c *child) idle(ctx context.Context, s *services) (mib float64, used spent, err error) {
	if err := rest(ctx, idleAfter); err != nil {
		return 0, used, err
	}
	before, err := runTime(c.cmd.Process.Pid)
	if err != nil {
		return 0, used, err
	}
	around := cpuTime(s)
	if err := rest(ctx, idleFor); err != nil {
		return 0, used, err
	}
	after, err := runTime(c.cmd.Process.Pid)
	if err != nil {
		return 0, used, err
	}
	used = cpuTime(s).since(around)
	used.own = after - before
	mib, err = residentMiB(c.cmd.Process.Pid)
	return mib, used, err
}

func rest(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// start measures the time until the addresses are printed and all parts are ready, with an
// empty folder and with one that a demo has used.
func (b *bencher) start(ctx context.Context) error {
	cold, err := b.demo(ctx)
	if err != nil {
		return err
	}
	warm, err := b.demo(ctx)
	if err != nil {
		return err
	}
	b.row("demo to ready, cold and warm, compiled", "%.1f s, %.1f s", cold.Seconds(), warm.Seconds())
	return nil
}

func (b *bencher) demo(ctx context.Context) (time.Duration, error) {
	site, err := freeAddress()
	if err != nil {
		return 0, err
	}
	phones, err := freeAddress()
	if err != nil {
		return 0, err
	}
	p, err := b.child(ctx, []string{"HTTP_ADDR=" + site, "SIMULATOR_ADDR=" + phones}, "demo", "--data", filepath.Join(b.dir, "demo"))
	if err != nil {
		return 0, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	start := time.Now()
	if err := p.cmd.Start(); err != nil {
		return 0, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), phones) {
			err := awaitReady(ctx, "http://"+site)
			return time.Since(start), errors.Join(err, p.end())
		}
	}
	return 0, fmt.Errorf("the demo ended before it was ready: %w", p.cmd.Wait())
}
