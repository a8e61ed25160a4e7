package store

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// errand is one thing to have done by Redis, put into a pipeline with others'.
// What came of it stands in the command that it put there.
type errand func(ctx context.Context, p redis.Pipeliner)

// ask has one thing done by Redis, together with what others ask for at the same
// moment: conversations ask three times a step, and a trip costs more than what
// it is for. Of a cluster each asks alone, lest a sick node keeps those of the
// healthy ones waiting. The error tells only that ctx ended.
func (s *Store) ask(ctx context.Context, e errand) error {
	if _, cluster := s.redis.(*redis.ClusterClient); cluster {
		s.goErrands(ctx, []errand{e})
		return nil
	}
	_, err := s.errands.add(ctx, []errand{e}, func(ctx context.Context, es []errand) ([]struct{}, error) {
		s.goErrands(ctx, es)
		return make([]struct{}, len(es)), nil
	})
	return err
}

func (s *Store) goErrands(ctx context.Context, es []errand) {
	// Each command holds its own error, so the pipeline's, the first of them, says nothing.
	_, _ = s.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, e := range es {
			e(ctx, p)
		}
		return nil
	})
}

// runScript is a script's errand. A Redis that doesn't know the script is given it.
func (s *Store) runScript(ctx context.Context, script *redis.Script, keys []string, args ...any) (int64, error) {
	var cmd *redis.Cmd
	err := s.ask(ctx, func(ctx context.Context, p redis.Pipeliner) { cmd = script.EvalSha(ctx, p, keys, args...) })
	if err != nil {
		return 0, redisError(err)
	}
	n, err := cmd.Int64()
	if redis.HasErrorPrefix(err, "NOSCRIPT") {
		n, err = script.Run(ctx, s.redis, keys, args...).Int64()
	}
	return n, redisError(err)
}
