package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"tiepdan/store/pglocal"
	"tiepdan/store/redislocal"
)

// services are a private Postgres, durable as in an office, and a Redis: a real
// server, as an office has it, where this machine has one.
type services struct {
	pg       *pglocal.Server
	redis    string // its URL
	redisPID int    // 0: it runs in this process
	endRedis func() error
}

func (b *bencher) services(ctx context.Context, name string) (*services, error) {
	pg, err := pglocal.Start(ctx, pglocal.Options{Dir: filepath.Join(b.dir, name), Progress: func(string) {}})
	if err != nil {
		return nil, err
	}
	s := &services{pg: pg}
	if bin := redisServer(); bin != "" {
		err = s.startRedis(ctx, bin, b.dir)
	} else {
		err = s.embedRedis(filepath.Join(b.dir, name+".json"))
	}
	if err != nil {
		return nil, errors.Join(err, pg.Stop())
	}
	return s, nil
}

// redisServer is the program that REDIS_SERVER names, as for the tests, or that
// the machine has; "" when there is none.
func redisServer() string {
	if bin := os.Getenv("REDIS_SERVER"); bin != "" {
		return bin
	}
	for _, name := range []string{"redis-server", "valkey-server"} {
		if bin, err := exec.LookPath(name); err == nil {
			return bin
		}
	}
	return ""
}

func (s *services) startRedis(ctx context.Context, bin, dir string) error {
	addr, err := freeAddress()
	if err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, bin, "--bind", host, "--port", port, "--dir", dir, "--save", "", "--appendonly", "no")
	if err := cmd.Start(); err != nil {
		return err
	}
	s.redis, s.redisPID = "redis://"+addr+"/0", cmd.Process.Pid
	s.endRedis = func() error { return errors.Join(cmd.Process.Kill(), ignoreExit(cmd.Wait())) }
	if err := awaitListening(ctx, addr); err != nil {
		return errors.Join(err, s.endRedis())
	}
	return nil
}

func (s *services) embedRedis(path string) error {
	r, err := redislocal.Start(redislocal.Options{Path: path})
	if err != nil {
		return err
	}
	s.redis, s.endRedis = r.URL(), r.Close
	return nil
}

func (s *services) close() { _ = errors.Join(s.endRedis(), s.pg.Stop()) }

// ignoreExit leaves out that a process was ended by us.
func ignoreExit(err error) error {
	if _, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil
	}
	return err
}

// freeAddress is one on the loopback that nobody listens on just now.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func awaitListening(ctx context.Context, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		var d net.Dialer
		conn, err := d.DialContext(ctx, "tcp", addr)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("nobody listens on %s: %w", addr, err)
		case <-time.After(5 * time.Millisecond):
		}
	}
}
