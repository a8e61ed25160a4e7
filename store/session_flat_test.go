package store

import (
	"strings"
	"testing"
	"time"

	"tiepdan"
)

// A schedule costs what it shows, however many sessions and people were before.
func TestSchedulesReadNoPast(t *testing.T) {
	t.Parallel()
	s := mailStore(t)
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	for _, fill := range []string{
		`INSERT INTO recurrences (id, name, rrule, starting, day_off, kind, online, host, starts, ends, place, presides, attends, focus, places, cut_days)
			OVERRIDING SYSTEM VALUE SELECT n, '', '', '2020-01-01', 'next', 'regular', false, '', 480, 660, '', '', '', '', 0, 0 FROM generate_series(1, 20) n`,
		`INSERT INTO reception_sessions (starts, ends, place, presides, attends, focus, note, recurrence, original, published)
			SELECT t, t + interval '3 hours', '', '', '', '', '', 1 + n % 20, (timestamp '2000-01-01' + n * interval '1 day')::date, t
			FROM (SELECT n, timestamptz '2026-06-01' - n * interval '4 hours' AS t FROM generate_series(1, 20000) n) q`,
		`INSERT INTO accounts (key, lane, channel, sealed) SELECT int4send(n), int4send(n), '', '' FROM generate_series(1, 2000) n`,
		`INSERT INTO watches (session_id, owner, at) SELECT id, int4send((id % 2000 + 1)::int), now() FROM reception_sessions`,
		`ANALYZE recurrences, reception_sessions, watches`,
	} {
		if _, err := s.db.Exec(t.Context(), fill); err != nil {
			t.Fatal(err)
		}
	}
	for name, q := range map[string]struct {
		sql   string
		args  []any
		index string
	}{
		"the public schedule": {publicSessions, []any{at, at.AddDate(0, 1, 0)}, "reception_sessions_starts"},
		"a rule's sessions":   {sessionsMade, []any{int64(3), tiepdan.Date{Year: 2026, Month: 3, Day: 2}}, "reception_sessions_made"},
		"who watches what":    {watchedSessions, []any{[]byte{0, 0, 0, 7}, at}, "watches_of"},
	} {
		var plan string
		if err := s.db.QueryRow(t.Context(), `EXPLAIN (FORMAT JSON) `+q.sql, q.args...).Scan(&plan); err != nil {
			t.Fatal(name, err)
		}
		if !strings.Contains(plan, q.index) || strings.Contains(plan, `"Seq Scan"`) {
			t.Errorf("%s is sought without %s: %s", name, q.index, plan)
		}
	}
}
