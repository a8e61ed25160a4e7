package store

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"tiepdan"
	"tiepdan/internal/testenv"
)

// onBothRedises runs a test on the Redis in the program and on a real one. The
// store has no Postgres.
func onBothRedises(t *testing.T, test func(*testing.T, *Store)) {
	t.Parallel()
	for name, url := range map[string]string{"miniredis": "redis://" + miniredis.RunT(t).Addr(), "redis": testenv.Redis(t)} {
		t.Run(name, func(t *testing.T) {
			s := &Store{vault: newVault(t), now: time.Now, redis: must[redis.UniversalClient](t)(openRedis(url))}
			t.Cleanup(func() { s.redis.Close() })
			test(t, s)
		})
	}
}

func TestAConversationMovesOnFromItsVersionOnly(t *testing.T) {
	onBothRedises(t, func(t *testing.T, s *Store) {
		ctx, p := t.Context(), person(1)
		talk := func(data string, version int64) {
			t.Helper()
			if got, v, err := s.Talk(ctx, p); err != nil || string(got) != data || v != version {
				t.Fatalf("got %q at %d (%v), want %q at %d", got, v, err, data, version)
			}
		}
		talk("", 0)
		ok(t, s.SaveTalk(ctx, p, []byte("SECRETWORDS"), 0, time.Hour))
		talk("SECRETWORDS", 1)
		for _, old := range []int64{0, 2} {
			if err := s.SaveTalk(ctx, p, []byte("late"), old, time.Hour); tiepdan.CodeOf(err) != tiepdan.Conflict {
				t.Errorf("from version %d: %v", old, err)
			}
		}
		ok(t, s.SaveTalk(ctx, p, []byte("second"), 1, time.Hour))
		talk("second", 2)
		if _, v, _ := s.Talk(ctx, person(2)); v != 0 {
			t.Error("another person has it")
		}
		if err := s.SaveTalk(ctx, p, nil, 1, time.Hour); tiepdan.CodeOf(err) != tiepdan.Conflict {
			t.Errorf("ended from an old version: %v", err)
		}
		ok(t, s.SaveTalk(ctx, p, nil, 2, time.Hour))
		talk("", 0)
	})
}

func TestOneOfManyStepsAtOnceWins(t *testing.T) {
	onBothRedises(t, func(t *testing.T, s *Store) {
		var won atomic.Int32
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				err := s.SaveTalk(t.Context(), person(1), []byte("x"), 0, time.Hour)
				if err == nil {
					won.Add(1)
				} else if tiepdan.CodeOf(err) != tiepdan.Conflict {
					t.Error(err)
				}
			})
		}
		if all.Wait(); won.Load() != 1 {
			t.Errorf("%d won", won.Load())
		}
	})
}

func TestWhatRedisHoldsExpiresAndNamesNobody(t *testing.T) {
	onBothRedises(t, func(t *testing.T, s *Store) {
		ctx, p := t.Context(), tiepdan.Peer{Channel: "telegram", ID: "777000777"}
		ok(t, s.SaveTalk(ctx, p, []byte("SECRETWORDS"), 0, time.Hour))
		if _, err := s.Pace(ctx, p, 3); err != nil {
			t.Fatal(err)
		}
		ok(t, s.Penalty(ctx, p, time.Minute))
		if _, _, err := s.Allow(ctx, "sign-in mau@example.org", 5, time.Minute); err != nil {
			t.Fatal(err)
		}
		keys := must[[]string](t)(s.redis.Keys(ctx, "*").Result())
		if len(keys) != 4 {
			t.Errorf("there are %q", keys)
		}
		for _, k := range keys {
			if ttl := must[time.Duration](t)(s.redis.PTTL(ctx, k).Result()); ttl <= 0 || ttl > time.Hour {
				t.Errorf("%s lives for %v", k, ttl)
			}
			if strings.Contains(k, "777000777") || strings.Contains(k, "example") || !strings.Contains(k, "{") {
				t.Errorf("the key %s", k)
			}
			if strings.HasSuffix(k, ":talk") && strings.Contains(s.redis.HGet(ctx, k, "data").Val(), "SECRETWORDS") {
				t.Error("the conversation can be read")
			}
		}
	})
}

func TestOnlySoMuchIsAllowed(t *testing.T) {
	onBothRedises(t, func(t *testing.T, s *Store) {
		for i := range 5 {
			if allowed, wait, err := s.Allow(t.Context(), "a", 5, time.Hour); !allowed || wait != 0 || err != nil {
				t.Fatalf("the %d. of five: %v, %v, %v", i+1, allowed, wait, err)
			}
		}
		allowed, wait, err := s.Allow(t.Context(), "a", 5, time.Hour)
		if allowed || err != nil || wait > 12*time.Minute || wait < 11*time.Minute {
			t.Errorf("the sixth: %v, wait %v, %v", allowed, wait, err)
		}
		if allowed, _, _ := s.Allow(t.Context(), "b", 5, time.Hour); !allowed {
			t.Error("another's budget is spent")
		}
		for _, of := range []string{"a", "nobody"} {
			if err := s.Refund(t.Context(), of, 5, time.Hour); err != nil {
				t.Fatal(err)
			}
		}
		if allowed, _, err := s.Allow(t.Context(), "a", 5, time.Hour); !allowed || err != nil {
			t.Errorf("what was given back can't be had: %v", err)
		}
		if allowed, _, _ := s.Allow(t.Context(), "a", 5, time.Hour); allowed {
			t.Error("more was given back than was taken")
		}
	})
}

func TestAChatHasAPaceAndAPenalty(t *testing.T) {
	onBothRedises(t, func(t *testing.T, s *Store) {
		for range 3 {
			if wait := must[time.Duration](t)(s.Pace(t.Context(), person(1), 3)); wait != 0 {
				t.Fatalf("within the burst: wait %v", wait)
			}
		}
		for range 2 { // asking costs nothing
			if wait := must[time.Duration](t)(s.Pace(t.Context(), person(1), 3)); wait <= 0 || wait > time.Second {
				t.Errorf("after the burst: wait %v", wait)
			}
		}
		ok(t, s.Penalty(t.Context(), person(1), time.Hour))
		ok(t, s.Penalty(t.Context(), person(1), time.Second)) // doesn't shorten it
		if wait := must[time.Duration](t)(s.Pace(t.Context(), person(1), 3)); wait < 59*time.Minute {
			t.Errorf("under a penalty: wait %v", wait)
		}
		if wait := must[time.Duration](t)(s.Pace(t.Context(), person(2), 3)); wait != 0 {
			t.Errorf("another chat waits %v", wait)
		}
	})
}

func TestARedisThatIsAwayIsTriedLater(t *testing.T) {
	t.Parallel()
	gone := miniredis.RunT(t)
	s := &Store{vault: newVault(t), redis: must[redis.UniversalClient](t)(openRedis("redis://" + gone.Addr()))}
	t.Cleanup(func() { s.redis.Close() })
	gone.Close()
	_, _, talk := s.Talk(t.Context(), person(1))
	_, pace := s.Pace(t.Context(), person(1), 1)
	for what, err := range map[string]error{"talk": talk, "pace": pace, "save": s.SaveTalk(t.Context(), person(1), []byte("x"), 0, time.Hour)} {
		if !errors.Is(err, ErrTryLater) || !tryLater(err) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
