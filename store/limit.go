package store

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/redis/go-redis/v9"

	"tiepdan"
)

// Budgets are kept by one number each: the time at which the budget is whole
// again (GCRA). A step costs its share of time; one that would borrow more than
// the burst waits.

// spend takes one step of ARGV[1] ms, of a burst worth ARGV[2] ms, and returns 0;
// or it takes nothing and returns how many ms to wait. The second key, if there
// is one, is until when nothing is taken at all. The clock is Redis's own: it is
// the same for all replicas.
var spend = redis.NewScript(`
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local step, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local quiet = KEYS[2] and tonumber(redis.call('GET', KEYS[2]) or 0) or 0
if quiet > now then return quiet - now end
local full = tonumber(redis.call('GET', KEYS[1]) or 0)
if full < now then full = now end
local wait = full + step - burst - now
if wait > 0 then return math.ceil(wait) end
redis.call('SET', KEYS[1], string.format('%.0f', full + step), 'PX', math.ceil(full + step - now) + 1000)
return 0`)

// Allow takes one of the n that what may do in each period, and reports whether
// there was one left, else how long until there is. what may hold an address or
// a login; only a digest of it becomes a key.
func (s *Store) Allow(ctx context.Context, what string, n int, per time.Duration) (ok bool, wait time.Duration, err error) {
	step := max(per/time.Duration(max(n, 1)), time.Millisecond)
	wait, err = s.spend(ctx, step, per, s.limitKey(what))
	return err == nil && wait == 0, wait, err
}

// Refund gives back what Allow took, as of a sign-in that was right: only what
// goes wrong counts.
func (s *Store) Refund(ctx context.Context, what string, n int, per time.Duration) error {
	step := max(per/time.Duration(max(n, 1)), time.Millisecond)
	return redisError(refund.Run(ctx, s.redis, []string{s.limitKey(what)}, step.Milliseconds()).Err())
}

// refund brings the time at which the budget is whole again nearer by a step. A
// budget that is whole has no key any more.
var refund = redis.NewScript(`
local full = tonumber(redis.call('GET', KEYS[1]) or 0)
if full == 0 then return 0 end
redis.call('SET', KEYS[1], string.format('%.0f', full - tonumber(ARGV[1])), 'KEEPTTL')
return 0`)

// Pace takes a message's place in p's chat, one a second after a burst that the
// app tolerates, and returns 0; or how long to wait before asking again.
func (s *Store) Pace(ctx context.Context, p tiepdan.Peer, burst int) (wait time.Duration, err error) {
	const step = time.Second
	chat := s.vault.paceKey(p)
	return s.spend(ctx, step, step*time.Duration(max(burst, 1)), redisKey(chat, "pace"), redisKey(chat, "quiet"))
}

// Penalty keeps p's chat quiet for d: the app said so.
func (s *Store) Penalty(ctx context.Context, p tiepdan.Peer, d time.Duration) error {
	return redisError(penalize.Run(ctx, s.redis, []string{redisKey(s.vault.paceKey(p), "quiet")},
		max(d, time.Millisecond).Milliseconds()).Err())
}

// penalize never shortens a penalty.
var penalize = redis.NewScript(`
local t = redis.call('TIME')
local till = t[1] * 1000 + math.floor(t[2] / 1000) + tonumber(ARGV[1])
if tonumber(redis.call('GET', KEYS[1]) or 0) < till then
	redis.call('SET', KEYS[1], string.format('%.0f', till), 'PX', ARGV[1])
end
return 0`)

func (s *Store) spend(ctx context.Context, step, burst time.Duration, keys ...string) (time.Duration, error) {
	ms, err := s.runScript(ctx, spend, keys, step.Milliseconds(), burst.Milliseconds())
	return time.Duration(ms) * time.Millisecond, err
}

func (s *Store) limitKey(what string) string {
	return redisKey(hex.EncodeToString(digest(s.vault.pace, "limit", what)[:16]), "limit")
}
