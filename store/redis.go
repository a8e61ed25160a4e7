package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// The library would write lines of its own to the standard error; what it has to
// say comes back as an error too, and is logged by whoever asked.
func init() { redis.SetLogger(silent{}) }

type silent struct{}

func (silent) Printf(context.Context, string, ...any) {}

// openRedis takes redis:// and rediss:// URLs. With ?cluster=true, or several
// addresses (addr=…), it is a cluster's client: no operation of ours spans the
// keys of different chats.
func openRedis(url string) (redis.UniversalClient, error) {
	if strings.Contains(url, "cluster=true") || strings.Contains(url, "addr=") {
		url = strings.NewReplacer("cluster=true&", "", "?cluster=true", "", "&cluster=true", "").Replace(url)
		o, err := redis.ParseClusterURL(url)
		if err != nil {
			return nil, errRedisURL(err)
		}
		o.DialTimeout, o.ReadTimeout, o.WriteTimeout = redisDial, redisAnswer, redisAnswer
		return redis.NewClusterClient(o), nil
	}
	o, err := redis.ParseURL(url)
	if err != nil {
		return nil, errRedisURL(err)
	}
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout = redisDial, redisAnswer, redisAnswer
	return redis.NewClient(o), nil
}

// A Redis that answers later than this is one to try again later.
const (
	redisDial   = 2 * time.Second
	redisAnswer = 2 * time.Second
)

// errRedisURL leaves out what the parser says where it may quote the password.
func errRedisURL(err error) error {
	if strings.Contains(err.Error(), "scheme") {
		return errors.New("store: the Redis URL must begin with redis:// or rediss://")
	}
	return fmt.Errorf("store: the Redis URL can't be read: it looks like redis://:password@host:6379/0")
}

// All our keys begin alike; what belongs to one chat has the chat between
// braces, which keeps it on one node of a cluster.
func redisKey(chat, what string) string { return "tiepdan:{" + chat + "}:" + what }

// redisError marks what Redis can't do just now: nobody's input is to blame, so
// whoever asked does it again later.
func redisError(err error) error {
	if err == nil || errors.Is(err, redis.Nil) {
		return err
	}
	return fmt.Errorf("%w: redis: %w", ErrTryLater, err)
}
