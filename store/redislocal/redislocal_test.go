package redislocal

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

func open(t *testing.T, o Options) (*Server, *redis.Client) {
	t.Helper()
	s, err := Start(o)
	if err != nil {
		t.Fatal(err)
	}
	opt, err := redis.ParseURL(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(opt)
	t.Cleanup(func() { c.Close() })
	return s, c
}

func shut(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestARestartKeepsEveryKindOfKeyAndItsTime(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "deep", "redis.json")
	s, c := open(t, Options{Path: path})
	odd := "Thửa đất \x00\xff\n"
	_, err := c.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.Set(ctx, "text", odd, time.Hour)
		p.Set(ctx, "forever", "1", 0)
		p.HSet(ctx, "hash", "version", "3", odd, odd)
		p.SAdd(ctx, "set", "a", odd)
		p.ZAdd(ctx, "zset", redis.Z{Score: 1790000000123.5, Member: odd}, redis.Z{Score: -1, Member: "b"})
		p.RPush(ctx, "list", "1", "2", "1")
		p.Expire(ctx, "hash", 30*time.Minute)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	shut(t, s)

	if mode := must[os.FileInfo](t)(os.Stat(path)).Mode().Perm(); mode != 0o600 {
		t.Errorf("the snapshot's mode is %o", mode)
	}
	s, c = open(t, Options{Path: path})
	defer shut(t, s)
	for _, tt := range []struct {
		what      string
		got, want any
	}{
		{"text", must[string](t)(c.Get(ctx, "text").Result()), odd},
		{"hash", must[map[string]string](t)(c.HGetAll(ctx, "hash").Result()), map[string]string{"version": "3", odd: odd}},
		{"set", must[bool](t)(c.SIsMember(ctx, "set", odd).Result()), true},
		{"zset", must[[]redis.Z](t)(c.ZRangeWithScores(ctx, "zset", 0, -1).Result()), []redis.Z{{Score: -1, Member: "b"}, {Score: 1790000000123.5, Member: odd}}},
		{"list", must[[]string](t)(c.LRange(ctx, "list", 0, -1).Result()), []string{"1", "2", "1"}},
		{"no time", must[time.Duration](t)(c.TTL(ctx, "forever").Result()), time.Duration(-1)},
	} {
		if !reflect.DeepEqual(tt.got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.what, tt.got, tt.want)
		}
	}
	for key, want := range map[string]time.Duration{"text": time.Hour, "hash": 30 * time.Minute} {
		if ttl := must[time.Duration](t)(c.TTL(ctx, key).Result()); ttl > want || ttl < want-time.Minute {
			t.Errorf("%s has %v left of %v", key, ttl, want)
		}
	}
}

func TestWhatExpiredMeanwhileStaysAway(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "redis.json")
	text, _ := json.Marshal([]entry{
		{Key: []byte("old"), Kind: "string", Expires: time.Now().Add(-time.Second), Values: [][]byte{[]byte("x")}},
		{Key: []byte("young"), Kind: "string", Expires: time.Now().Add(time.Minute), Values: [][]byte{[]byte("x")}},
	})
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	s, c := open(t, Options{Path: path})
	defer shut(t, s)
	if n := must[int64](t)(c.Exists(t.Context(), "old").Result()); n != 0 {
		t.Error("an expired key is back")
	}
	if n := must[int64](t)(c.Exists(t.Context(), "young").Result()); n != 1 {
		t.Error("a key that lives is gone")
	}
}

func TestKeysExpireByThemselves(t *testing.T) {
	t.Parallel()
	s, c := open(t, Options{})
	defer shut(t, s)
	if err := c.Set(t.Context(), "brief", "x", 10*time.Millisecond).Err(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * tick); c.Exists(t.Context(), "brief").Val() != 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the key outlives its time")
		}
	}
}

func TestADamagedSnapshotIsSetAside(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "redis.json")
	if err := os.WriteFile(path, []byte("[{"), 0o600); err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	s, _ := open(t, Options{Path: path, Progress: func(line string) { fmt.Fprintln(&told, line) }})
	shut(t, s)
	if !strings.Contains(told.String(), path+".damaged") {
		t.Errorf("told %q", told.String())
	}
	if b := must[[]byte](t)(os.ReadFile(path + ".damaged")); string(b) != "[{" {
		t.Errorf("set aside %q", b)
	}
}

func TestNobodyEntersWithoutThePassword(t *testing.T) {
	t.Parallel()
	s, _ := open(t, Options{})
	defer shut(t, s)
	c := redis.NewClient(&redis.Options{Addr: s.redis.Addr()})
	defer c.Close()
	if err := c.Get(context.Background(), "x").Err(); err == nil || err == redis.Nil {
		t.Errorf("got %v, want a refusal", err)
	}
	if !strings.HasPrefix(s.redis.Addr(), "127.0.0.1:") {
		t.Errorf("listens on %s", s.redis.Addr())
	}
}
