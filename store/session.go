package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

// SignIns keep who is signed in, in Redis: losing it, staff sign in anew. A
// session's key is a digest of its token, so that what Redis holds opens nothing.
// It is the store that the library of sessions (scs) asks for.
type SignIns struct{ redis redis.UniversalClient }

// SignIns returns where they are kept.
func (s *Store) SignIns() SignIns { return SignIns{s.redis} }

func sessionKey(token string) string {
	sum := sha256.Sum256([]byte(token))
	return "tiepdan:session:" + hex.EncodeToString(sum[:])
}

// FindCtx returns a session's data, and whether there is such a session.
func (s SignIns) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	b, err := s.redis.Get(ctx, sessionKey(token)).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, false, nil
	}
	return b, err == nil, err
}

// CommitCtx keeps a session's data until it expires.
func (s SignIns) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	return s.redis.Set(ctx, sessionKey(token), b, time.Until(expiry)).Err()
}

// DeleteCtx ends a session.
func (s SignIns) DeleteCtx(ctx context.Context, token string) error {
	return s.redis.Del(ctx, sessionKey(token)).Err()
}

// Find is FindCtx for who has no context.
func (s SignIns) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx for who has no context.
func (s SignIns) Commit(token string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expiry)
}

// Delete is DeleteCtx for who has no context.
func (s SignIns) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
