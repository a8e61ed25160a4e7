package store

import (
	"context"
	"time"

	"tiepdan"
)

// gaugesSQL reads the ends of small indexes only: of what waits, never of what is done.
const gaugesSQL = `SELECT
	(SELECT count(*) FROM (SELECT FROM inbox WHERE dead_at IS NULL LIMIT $1) q),
	(SELECT extract(epoch FROM now() - received_at) FROM inbox WHERE dead_at IS NULL ORDER BY id LIMIT 1)::float8,
	(SELECT count(*) FROM (SELECT FROM inbox WHERE dead_at IS NOT NULL LIMIT $1) q),
	(SELECT count(*) FROM (SELECT FROM outbox WHERE state IN ('queued', 'unknown') AND not_before <= $2 LIMIT $1) q),
	(SELECT extract(epoch FROM $2 - not_before) FROM outbox WHERE state IN ('queued', 'unknown') AND not_before <= $2 ORDER BY not_before LIMIT 1)::float8,
	(SELECT count(*) FROM (SELECT FROM tasks WHERE done IS NULL LIMIT $1) q),
	(SELECT count(*) FROM (SELECT FROM audit WHERE seq IS NULL LIMIT $1) q),
	(SELECT extract(epoch FROM $2 - at) FROM audit WHERE seq IS NULL ORDER BY id LIMIT 1)::float8`

// Gauges says how much waits, in one cheap look.
func (s *Store) Gauges(ctx context.Context) (g tiepdan.Gauges, err error) {
	var inbox, outbox, unsealed *float64
	err = s.db.QueryRow(ctx, gaugesSQL, tiepdan.GaugeCap, s.now()).Scan(&g.Inbox, &inbox, &g.Dead, &g.Outbox, &outbox,
		&g.Tasks, &g.Unsealed, &unsealed)
	g.InboxAge, g.OutboxAge, g.UnsealedAge = age(inbox), age(outbox), age(unsealed)
	return g, broken(err, "gauges")
}

// age is how long something has waited; nil is nothing.
func age(seconds *float64) time.Duration {
	if seconds == nil {
		return 0
	}
	return max(0, time.Duration(*seconds*float64(time.Second)))
}
