package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Message is one that a person is to get. One born of a case says what the case
// says when it is sent; any other carries its reply.
type Message struct {
	ID       int64
	Peer     tiepdan.Peer
	Case     int64
	Entry    int
	Key      string
	Reply    []byte // a reply as JSON, of a message that no case bore
	Language tiepdan.Language
	Staff    int64 // 0: not to a member of staff
	Attempt  int   // 1 is the first
	Created  time.Time
	Again    bool // what became of an earlier try isn't known: they may have it already
}

// sendLimit is how long a claimed message may be under way. A process that holds
// one longer is taken for dead, and another tries again.
const sendLimit = 60 * time.Second

// What a chat's queue is: a message that is under way, or waits to be tried
// again, holds back what comes after it; one that is only meant for later doesn't,
// nor does a paper that its words went without.
const (
	holdsBack = `(e.state = 'sending' OR e.not_before <= $1 OR ` + triedAgain + `)`

	triedAgain = `((e.state = 'unknown' OR e.attempts > 0) AND e.key <> '` + tiepdan.PaperNotice + `')`
)

// ClaimMessages takes the first due message of each of at most limit chats'
// queues, oldest first, and marks them as being sent: each must come back within
// a minute by [Store.Delivered], [Store.Undelivered] or [Store.Release].
func (s *Store) ClaimMessages(ctx context.Context, limit int) ([]Message, error) {
	return s.claim(ctx, `
		SELECT o.id, o.state FROM outbox o WHERE o.state IN ('queued', 'unknown') AND o.not_before <= $1
			AND NOT EXISTS (SELECT FROM outbox e WHERE e.lane = o.lane AND e.id < o.id
				AND e.state IN ('queued', 'sending', 'unknown') AND `+holdsBack+`)
		ORDER BY o.not_before, o.id LIMIT $2 FOR UPDATE SKIP LOCKED`, limit)
}

// ClaimOf takes the due messages of one person's chat at once, in order, for
// somebody who is talking with us. Its caller sends them one after the other,
// and releases the rest when one fails.
func (s *Store) ClaimOf(ctx context.Context, p tiepdan.Peer, limit int) ([]Message, error) {
	return s.claim(ctx, `
		SELECT q.id, q.state FROM (
			SELECT e.id, e.state, e.not_before, bool_or(e.state = 'sending' OR `+triedAgain+` AND e.not_before > $1)
				OVER (PARTITION BY e.lane ORDER BY e.id) AS held
			FROM (SELECT * FROM outbox WHERE lane IN ($3, $4) AND state IN ('queued', 'sending', 'unknown') ORDER BY id FOR UPDATE) e
		) q WHERE NOT q.held AND q.not_before <= $1 ORDER BY q.id LIMIT $2`, limit, s.vault.Lane(p), s.vault.Denouncer(p))
}

// claim marks what picked finds and opens its ledger. Messages to somebody who
// isn't staff any more are cancelled.
func (s *Store) claim(ctx context.Context, picked string, limit int, more ...any) ([]Message, error) {
	b := &pgx.Batch{}
	planOnce(b) // it is asked twice a second when nothing is due
	b.Queue(`WITH lost AS (
			UPDATE outbox SET state = 'unknown' WHERE state = 'sending' AND claimed_at < now() - $1::interval RETURNING id, attempts
		) UPDATE deliveries d SET ended_at = now(), outcome = 'unknown', error = 'lost'
		FROM lost WHERE d.outbox_id = lost.id AND d.attempt = lost.attempts`, sendLimit)
	b.Queue(`WITH picked AS MATERIALIZED (`+picked+`), marked AS (
			UPDATE outbox o SET claimed_at = now(), attempts = o.attempts + 1,
				state = CASE WHEN o.staff_id IS NULL OR EXISTS (SELECT FROM staff st JOIN accounts a ON a.staff_id = st.id
					WHERE st.id = o.staff_id AND NOT st.disabled AND a.lane = o.lane) THEN 'sending' ELSE 'cancelled' END
			FROM picked WHERE o.id = picked.id
			RETURNING o.id, o.lane, o.sealed, o.case_id, o.entry, o.key, o.reply, o.language, o.staff_id, o.attempts,
				o.created_at, picked.state = 'unknown' AS again, o.state
		), ledger AS (
			INSERT INTO deliveries (outbox_id, attempt) SELECT id, attempts FROM marked WHERE state = 'sending'
		)
		SELECT id, lane, sealed, coalesce(case_id, 0), entry, key, reply, language, coalesce(staff_id, 0), attempts, created_at, again
		FROM marked WHERE state = 'sending' ORDER BY id`, append([]any{s.now(), limit}, more...)...)
	r := s.db.SendBatch(ctx, b)
	defer r.Close()
	for range b.Len() - 1 {
		if _, err := r.Exec(); err != nil {
			return nil, fmt.Errorf("store: claim messages: %w", err)
		}
	}
	rows, err := r.Query()
	if err != nil {
		return nil, fmt.Errorf("store: claim messages: %w", err)
	}
	all, err := pgx.CollectRows(rows, s.scanMessage)
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, fmt.Errorf("store: claim messages: %w", err)
	}
	return s.readable(ctx, all)
}

// readable gives up what can't be opened, so that it doesn't stand in the others' way.
func (s *Store) readable(ctx context.Context, all []Message) (ms []Message, err error) {
	for _, m := range all {
		if m.Peer.IsZero() {
			err = errors.Join(err, s.Undelivered(ctx, m, Outcome{State: Failed, Error: "sealed"}))
			continue
		}
		ms = append(ms, m)
	}
	return ms, err
}

// scanMessage leaves the peer out when its seal doesn't open.
func (s *Store) scanMessage(row pgx.CollectableRow) (m Message, err error) {
	var lane, sealed []byte
	if err = row.Scan(&m.ID, &lane, &sealed, &m.Case, &m.Entry, &m.Key, &m.Reply, &m.Language, &m.Staff, &m.Attempt,
		&m.Created, &m.Again); err != nil {
		return m, err
	}
	if m.Peer, err = s.vault.OpenPeer(lane, sealed); err != nil {
		m.Peer = tiepdan.Peer{}
	}
	return m, nil
}

// Release gives claimed messages back that nobody tried to send.
func (s *Store) Release(ctx context.Context, ms ...Message) error {
	ids := make([]int64, len(ms))
	for i, m := range ms {
		ids[i] = m.ID
	}
	_, err := s.db.Exec(ctx, `WITH back AS (
			UPDATE outbox o SET attempts = attempts - 1, claimed_at = NULL, state = CASE WHEN EXISTS (SELECT FROM deliveries d
				WHERE d.outbox_id = o.id AND d.attempt = o.attempts - 1 AND d.outcome = 'unknown') THEN 'unknown' ELSE 'queued' END
			WHERE id = ANY($1) AND state = 'sending' RETURNING id, attempts
		) DELETE FROM deliveries d USING back WHERE d.outbox_id = back.id AND d.attempt = back.attempts + 1`, ids)
	return err
}

// Post queues a message that no case bore, for now or for later. The same dedupe
// brings it once; "" is no dedupe. Who can't be reached gets none.
func (s *Store) Post(ctx context.Context, p tiepdan.Peer, reply []byte, dedupe string, notBefore time.Time) error {
	if !json.Valid(reply) {
		return fmt.Errorf("store: post: the reply isn't JSON")
	}
	now, lane := s.now(), s.vault.Lane(p)
	if notBefore.Before(now) {
		notBefore = now
	}
	b := &pgx.Batch{}
	planOnce(b)
	b.Queue(`INSERT INTO outbox (lane, sealed, channel, reply, dedupe, not_before, created_at)
		SELECT $1, $2, $3, $4::jsonb, nullif($5, ''), $6, $7
		WHERE NOT EXISTS (SELECT FROM accounts WHERE lane = $1 AND unreachable_at IS NOT NULL)
		ON CONFLICT (dedupe) DO NOTHING`,
		lane, s.vault.SealPeer(lane, p), p.Channel, string(reply), dedupe, notBefore, now)
	if err := s.db.SendBatch(ctx, b).Close(); err != nil {
		return fmt.Errorf("store: post: %w", err)
	}
	if !notBefore.After(now) {
		s.Wake()
	}
	return nil
}
