// Package redislocal is a Redis inside the program, for the demo and for a small office's trial: it listens on
// loopback alone, asks for a random password, and keeps what it holds in a file from one run to the next. It is not
// for several replicas, which need one Redis in common, nor for data that must survive a power cut.
package redislocal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// Options say where the content is kept.
type Options struct {
	Path     string            // the snapshot's file; empty: nothing is kept
	Progress func(line string) // told what a person should know, such as a damaged snapshot; may be nil
}

// Server is a running Redis.
type Server struct {
	redis    *miniredis.Miniredis
	client   *redis.Client
	password string
	path     string
	saved    int // commands served when the snapshot was last written

	stop context.CancelFunc
	done sync.WaitGroup
}

const (
	tick      = time.Second     // how exactly keys expire
	saveEvery = 5 * time.Second // what a killed process may lose
)

// Start brings up a Redis with the content of the last snapshot.
func Start(o Options) (*Server, error) {
	s := &Server{redis: miniredis.NewMiniRedis(), password: rand.Text(), path: o.Path}
	s.redis.RequireAuth(s.password)
	if err := s.redis.StartAddr("127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("redislocal: %w", err)
	}
	s.client = redis.NewClient(&redis.Options{Addr: s.redis.Addr(), Password: s.password})
	if err := s.load(o.Progress); err != nil {
		s.end()
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.done.Go(func() { s.run(ctx) })
	return s, nil
}

// URL is for redis.ParseURL; it holds the password.
func (s *Server) URL() string {
	u := url.URL{Scheme: "redis", User: url.UserPassword("", s.password), Host: s.redis.Addr(), Path: "/0"}
	return u.String()
}

// Close writes the snapshot and ends the server.
func (s *Server) Close() error {
	s.stop()
	s.done.Wait()
	return errors.Join(s.save(context.Background()), s.end())
}

func (s *Server) end() error {
	err := s.client.Close()
	s.redis.Close()
	return err
}

// run lets time pass, which miniredis doesn't do by itself, and writes the snapshot now and then.
func (s *Server) run(ctx context.Context) {
	passing := time.NewTicker(tick)
	defer passing.Stop()
	saving := time.NewTicker(saveEvery)
	defer saving.Stop()
	for last := time.Now(); ; {
		select {
		case <-ctx.Done():
			return
		case now := <-passing.C:
			s.redis.FastForward(now.Sub(last))
			last = now
		case <-saving.C:
			if s.redis.CommandCount() != s.saved {
				_ = s.save(ctx) // Close tries again and says so
			}
		}
	}
}
