package store

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"tiepdan"
)

// A conversation is one hash: its version and its data, sealed, since it holds a
// draft with whatever the person told. It ends by itself.

// Talk returns p's conversation and its version; nil and 0 when there is none.
func (s *Store) Talk(ctx context.Context, p tiepdan.Peer) (data []byte, version int64, err error) {
	key := redisKey(s.vault.talkKey(p), "talk")
	var cmd *redis.SliceCmd
	if err := s.ask(ctx, func(ctx context.Context, p redis.Pipeliner) { cmd = p.HMGet(ctx, key, "version", "data") }); err != nil {
		return nil, 0, redisError(err)
	}
	got, err := cmd.Result()
	if err != nil {
		return nil, 0, redisError(err)
	}
	v, _ := got[0].(string)
	sealed, _ := got[1].(string)
	if version, err = strconv.ParseInt(v, 10, 64); err != nil || sealed == "" {
		return nil, 0, nil
	}
	if data, err = s.vault.Open("talk", []byte(key), []byte(sealed)); err != nil {
		return nil, 0, err
	}
	return data, version, nil
}

// saveTalk writes when the version is still the one that was read: 0 is none.
var saveTalk = redis.NewScript(`
local have = redis.call('HGET', KEYS[1], 'version') or '0'
if have ~= ARGV[1] then return 0 end
if ARGV[2] == '' then redis.call('DEL', KEYS[1]) return 1 end
redis.call('HSET', KEYS[1], 'version', ARGV[3], 'data', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1`)

// SaveTalk replaces p's conversation if it is still at that version, and fails
// with [tiepdan.Conflict] if it isn't. nil data ends the conversation.
func (s *Store) SaveTalk(ctx context.Context, p tiepdan.Peer, data []byte, version int64, ttl time.Duration) error {
	key := redisKey(s.vault.talkKey(p), "talk")
	var sealed []byte
	if data != nil {
		sealed = s.vault.Seal("talk", []byte(key), data)
	}
	ok, err := s.runScript(ctx, saveTalk, []string{key}, version, sealed, version+1, max(ttl, time.Second).Milliseconds())
	if err != nil {
		return err
	}
	if ok == 0 {
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: "talk.moved", Err: errMoved}
	}
	return nil
}

var errMoved = errors.New("another step of the conversation came first")
