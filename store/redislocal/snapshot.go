package redislocal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/redis/go-redis/v9"
)

// entry is one key. Everything is bytes: Redis doesn't ask for UTF-8, JSON does.
type entry struct {
	Key     []byte    `json:"key"`
	Kind    string    `json:"kind"`
	Expires time.Time `json:"expires,omitzero"`
	Values  [][]byte  `json:"values"` // one string; or members; or fields or members with their values or scores
}

// dump reads all keys at one moment: a script is one step to everybody else.
var dump = redis.NewScript(`
local all = {}
for _, k in ipairs(redis.call('KEYS', '*')) do
	local kind, v = redis.call('TYPE', k).ok, nil
	if kind == 'string' then v = {redis.call('GET', k)}
	elseif kind == 'hash' then v = redis.call('HGETALL', k)
	elseif kind == 'set' then v = redis.call('SMEMBERS', k)
	elseif kind == 'zset' then v = redis.call('ZRANGE', k, 0, -1, 'WITHSCORES')
	elseif kind == 'list' then v = redis.call('LRANGE', k, 0, -1) end
	if v then all[#all + 1] = {k, kind, redis.call('PTTL', k), v} end
end
return all`)

// save writes the snapshot beside its place and then moves it there.
func (s *Server) save(ctx context.Context) error {
	if s.path == "" {
		return nil
	}
	rows, err := dump.Eval(ctx, s.client, nil).Slice()
	if err != nil {
		return fmt.Errorf("redislocal: read for the snapshot: %w", err)
	}
	entries := make([]entry, 0, len(rows))
	for _, row := range rows {
		entries = append(entries, toEntry(row.([]any), time.Now()))
	}
	text, err := json.Marshal(entries)
	if err != nil {
		return fmt.Errorf("redislocal: %w", err)
	}
	if err := replaceFile(s.path, text); err != nil {
		return fmt.Errorf("redislocal: %w", err)
	}
	s.saved = s.redis.CommandCount()
	return nil
}

func toEntry(row []any, now time.Time) entry {
	e := entry{Key: []byte(row[0].(string)), Kind: row[1].(string)}
	if ms := row[2].(int64); ms >= 0 {
		e.Expires = now.Add(time.Duration(ms) * time.Millisecond)
	}
	for _, v := range row[3].([]any) {
		e.Values = append(e.Values, []byte(v.(string)))
	}
	return e
}

// load puts the last snapshot's keys back, less those that have expired meanwhile.
func (s *Server) load(progress func(string)) error {
	if s.path == "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return fmt.Errorf("redislocal: %w", err)
	}
	text, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("redislocal: %w", err)
	}
	var entries []entry
	if err := json.Unmarshal(text, &entries); err != nil {
		return s.setAside(progress)
	}
	pipe := s.client.Pipeline()
	for _, e := range entries {
		e.restore(pipe, time.Now())
	}
	if _, err := pipe.Exec(context.Background()); err != nil {
		return fmt.Errorf("redislocal: restore the snapshot %s: %w", s.path, err)
	}
	return nil
}

// restore queues the commands that make the key anew.
func (e entry) restore(pipe redis.Pipeliner, now time.Time) {
	if len(e.Values) == 0 || !e.Expires.IsZero() && !e.Expires.After(now) {
		return
	}
	ctx, values := context.Background(), e.Values
	if e.Kind == "zset" { // ZADD wants the score first
		for i := 0; i+1 < len(values); i += 2 {
			values[i], values[i+1] = values[i+1], values[i]
		}
	}
	command := map[string]string{"string": "SET", "hash": "HSET", "set": "SADD", "zset": "ZADD", "list": "RPUSH"}[e.Kind]
	args := []any{command, e.Key}
	for _, v := range values {
		args = append(args, v)
	}
	pipe.Do(ctx, args...)
	if !e.Expires.IsZero() {
		pipe.Do(ctx, "PEXPIRE", e.Key, max(1, e.Expires.Sub(now).Milliseconds()))
	}
}

// setAside keeps a damaged snapshot for whoever wants to look; conversations begin anew.
func (s *Server) setAside(progress func(string)) error {
	aside := s.path + ".damaged"
	if err := os.Rename(s.path, aside); err != nil {
		return fmt.Errorf("redislocal: %w", err)
	}
	if progress != nil {
		progress(fmt.Sprintf("The snapshot of conversations was damaged: it is in %s now, and conversations begin anew", aside))
	}
	return nil
}

// replaceFile leaves the old file or the new one, never a part; only its owner may read it.
func replaceFile(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
