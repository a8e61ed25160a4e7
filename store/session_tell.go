package store

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// live is a message that is worded when it is sent, from what stands in the books
// then. The same key comes once for each Seq.
type live struct {
	Key string
	Seq int
	Was time.Time // of a move: when it was to be
}

// was is its moment as the message carries it.
func (l live) was() string {
	if l.Was.IsZero() {
		return ""
	}
	return l.Was.UTC().Format(time.RFC3339)
}

// callsBack are the keys of what a holder must know: where no message reaches
// them, a person calls.
var callsBack = []string{"booking.moved", "booking.cancelled", "booking.dropped", "booking.up"}

// tellAppointments queues a message to the holder of each of these appointments;
// one who booked by no chat, or left it, is put down for a call.
func (s *Store) tellAppointments(ctx context.Context, tx pgx.Tx, key string, seq int, ids []int64) error {
	return s.tell(ctx, tx, live{Key: key, Seq: seq}, ids)
}

func (s *Store) tell(ctx context.Context, tx pgx.Tx, l live, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `WITH holder AS MATERIALIZED (
			SELECT a.id, c.lane, c.sealed, c.channel, coalesce(nullif(c.language, ''), a.language) AS language,
				coalesce(c.unreachable_at IS NULL AND c.lane IS NOT NULL, false) AS reached
			FROM appointments a LEFT JOIN accounts c ON c.key = a.owner WHERE a.id = ANY($1)
		), posted AS (
			INSERT INTO outbox (lane, sealed, channel, audience, language, reply, appointment, dedupe, not_before, created_at)
			SELECT h.lane, h.sealed, h.channel, 'citizen', h.language, jsonb_build_object('key', 'live', 'args',
					jsonb_strip_nulls(jsonb_build_object('What', 'appointment', 'ID', h.id, 'Key', $2::text, 'Was', nullif($4::text, '')))),
				CASE WHEN $6 THEN h.id END, format('appt:%s:%s:%s', h.id, $2::text, $3::integer), $5, $5
			FROM holder h WHERE h.reached ORDER BY h.id
			ON CONFLICT (dedupe) DO NOTHING
		)
		INSERT INTO tasks (kind, appointment, reason, created)
		SELECT 'call_back', h.id, $2::text, $5 FROM holder h WHERE NOT h.reached AND $6 ORDER BY h.id
		ON CONFLICT (appointment) WHERE kind = 'call_back' AND done IS NULL DO UPDATE SET reason = excluded.reason, created = excluded.created`,
		ids, l.Key, l.Seq, l.was(), s.now().Truncate(time.Microsecond), slices.Contains(callsBack, l.Key))
	return err
}

// tellWatching queues a message to each who watches the session without a place at it.
func (s *Store) tellWatching(ctx context.Context, tx pgx.Tx, l live, session int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO outbox (lane, sealed, channel, audience, language, reply, dedupe, not_before, created_at)
		SELECT c.lane, c.sealed, c.channel, 'citizen', c.language, jsonb_build_object('key', 'live', 'args',
				jsonb_strip_nulls(jsonb_build_object('What', 'session', 'ID', w.session_id, 'Key', $2::text, 'Was', nullif($4::text, '')))),
			format('watch:%s:%s:%s:%s', w.session_id, encode(w.owner, 'hex'), $2::text, $3::integer), $5, $5
		FROM watches w JOIN accounts c ON c.key = w.owner
		WHERE w.session_id = $1 AND c.unreachable_at IS NULL AND `+placeless+`
		ORDER BY w.at ON CONFLICT (dedupe) DO NOTHING`, session, l.Key, l.Seq, l.was(), s.now().Truncate(time.Microsecond))
	return err
}
