package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// remindBatch is how many are reminded in one statement.
const remindBatch = 500

// Remind posts the reminders that are due: from eight o'clock on the day before a
// session, and two hours before it, to those who have a place and those who asked
// to be reminded. Any number of processes may call it at once: each reminder is
// posted once, and anew when the session is moved. It looks at the sessions of the
// coming two days and at no other.
//
// Whoever booked after a reminder's time isn't reminded of what they did just now.
func (s *Store) Remind(ctx context.Context, now time.Time) (n int, err error) {
	for _, sql := range []string{remindHolders, remindWatchers} {
		for more := true; more; {
			var posted, looked int
			if posted, looked, err = s.remind(ctx, sql, now); err != nil {
				return n, broken(err, "remind")
			}
			n, more = n+posted, looked == remindBatch
		}
	}
	if n > 0 {
		s.Wake()
	}
	return n, nil
}

func (s *Store) remind(ctx context.Context, sql string, now time.Time) (posted, looked int, err error) {
	b := &pgx.Batch{}
	planOnce(b)
	b.Queue(sql, now, remindBatch).QueryRow(func(row pgx.Row) error { return row.Scan(&posted, &looked) })
	return posted, looked, s.db.SendBatch(ctx, b).Close()
}

// comingSessions are the sessions whose reminders may be due at $1: which of the
// two it is, and since when.
const comingSessions = `coming AS MATERIALIZED (
		SELECT id, sequence, CASE WHEN starts <= $1::timestamptz + interval '2 hours' THEN 2 ELSE 1 END AS level,
			CASE WHEN starts <= $1::timestamptz + interval '2 hours' THEN starts - interval '2 hours' ELSE day_before END AS since
		FROM (SELECT *, ((starts AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - 1 + time '08:00') AT TIME ZONE 'Asia/Ho_Chi_Minh' AS day_before
			FROM reception_sessions WHERE starts > $1::timestamptz AND starts < $1::timestamptz + interval '48 hours' AND status IN ('published', 'open')) d
		WHERE day_before <= $1::timestamptz OR starts <= $1::timestamptz + interval '2 hours'
	)`

// postReminders posts to the accounts of due, and says how many got one and how
// many were looked at.
const postReminders = `posted AS (
		INSERT INTO outbox (lane, sealed, channel, appointment, audience, language, reply, dedupe, not_before, created_at)
		SELECT a.lane, a.sealed, a.channel, due.appointment, 'citizen', coalesce(nullif(a.language, ''), due.language),
			jsonb_build_object('key', 'live', 'args', jsonb_build_object('What', due.what, 'ID', due.id,
				'Key', due.prefix || CASE due.level WHEN 1 THEN '.remind_day' ELSE '.remind_hours' END)),
			due.dedupe || ':remind:' || due.level || ':' || due.sequence, $1, $1
		FROM due JOIN accounts a ON a.key = due.owner
		WHERE a.unreachable_at IS NULL AND due.asked <= due.since
		ON CONFLICT (dedupe) DO NOTHING RETURNING 1
	)
	SELECT (SELECT count(*) FROM posted), (SELECT count(*) FROM due)`

const remindHolders = `WITH ` + comingSessions + `, due AS MATERIALIZED (
		SELECT ap.id, ap.id AS appointment, ap.owner, ap.language, ap.created AS asked, c.level, c.since, c.sequence, 'appointment' AS what, 'booking' AS prefix, 'appt:' || ap.id AS dedupe
		FROM coming c JOIN appointments ap ON ap.session_id = c.id
		WHERE ap.status = 'booked' AND ap.owner IS NOT NULL AND ap.reminded < c.level
		ORDER BY ap.id LIMIT $2 FOR UPDATE OF ap SKIP LOCKED
	), marked AS (
		UPDATE appointments ap SET reminded = due.level FROM due WHERE ap.id = due.id
	), ` + postReminders

// Whoever has a place is reminded of that instead.
const remindWatchers = `WITH ` + comingSessions + `, due AS MATERIALIZED (
		SELECT c.id, NULL::bigint AS appointment, w.owner, '' AS language, w.at AS asked, c.level, c.since, c.sequence, 'session' AS what, 'session' AS prefix,
			'watch:' || c.id || ':' || encode(w.owner, 'hex') AS dedupe
		FROM coming c JOIN watches w ON w.session_id = c.id
		WHERE w.reminded < c.level AND NOT EXISTS (SELECT FROM appointments ap WHERE ap.session_id = c.id AND ap.owner = w.owner AND ap.status <> 'cancelled')
		ORDER BY w.session_id, w.owner LIMIT $2 FOR UPDATE OF w SKIP LOCKED
	), marked AS (
		UPDATE watches w SET reminded = due.level FROM due WHERE w.session_id = due.id AND w.owner = due.owner
	), ` + postReminders
