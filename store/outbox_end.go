package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Outcome is what became of a try to send a message.
type Outcome struct {
	State Sending
	Error string        // what kind of failure, without anybody's words
	After time.Duration // wait at least so long; the app said so
}

// Sending is the part of an [Outcome] that decides.
type Sending string

const (
	Retry   Sending = "retry"     // not sent; again later
	Blocked Sending = "blocked"   // they left us: nothing reaches them
	Failed  Sending = "failed"    // this message can't be sent
	Unsure  Sending = "unknown"   // it may have been sent
	Dropped Sending = "cancelled" // there was nothing to be said any more
)

// maxSends is how often a message is tried, over most of a day; waits that the
// app asks for aren't counted.
const maxSends = 12

// sendBackoff is the wait after the nth try.
func sendBackoff(n int) time.Duration {
	return min(5*time.Second<<min(2*(n-1), 20), 3*time.Hour)
}

// Delivered records that m was sent, and as which message of the chat: a reply
// to it finds its case.
func (s *Store) Delivered(ctx context.Context, m Message, ref string) error {
	return s.delivered(ctx, m, ref, false)
}

// DeliveredWithoutPaper is [Store.Delivered] of words whose paper couldn't be made or
// sent: it comes as a message of its own, once for each entry, and is tried as any other.
func (s *Store) DeliveredWithoutPaper(ctx context.Context, m Message, ref string) error {
	return s.delivered(ctx, m, ref, true)
}

func (s *Store) delivered(ctx context.Context, m Message, ref string, owes bool) error {
	b := &pgx.Batch{}
	b.Queue(`WITH sent AS (
			UPDATE outbox SET state = 'sent', sent_at = $3, error = '' WHERE id = $1 AND state IN ('sending', 'unknown') RETURNING lane, case_id, entry, audience, key, appointment
		), ledger AS (
			UPDATE deliveries SET ended_at = now(), outcome = 'sent' WHERE outbox_id = $1 AND attempt = $2
		), back AS (
			UPDATE accounts a SET unreachable_at = NULL FROM sent WHERE a.lane = sent.lane AND a.unreachable_at IS NOT NULL
		), called AS (
			UPDATE tasks t SET done = $3 FROM sent WHERE t.appointment = sent.appointment AND t.kind = 'call_back' AND t.done IS NULL
		)
		UPDATE tasks t SET done = $3 FROM sent
		WHERE t.case_id = sent.case_id AND t.entry = sent.entry AND t.kind IN ('undeliverable', 'deliver') AND t.done IS NULL AND sent.audience = 'citizen'
			AND (t.kind <> 'deliver' OR sent.key <> '`+tiepdan.PaperNotice+`')`,
		m.ID, m.Attempt, s.now())
	if owes {
		b.Queue(owedSQL, m.ID, s.now().Add(paperRests), s.now())
	}
	if m.Case != 0 && ref != "" {
		s.rememberMessage(b, s.vault.Message(m.Peer, ref), m.Case, m.Entry)
	}
	if err := s.db.SendBatch(ctx, b).Close(); err != nil {
		return fmt.Errorf("store: delivered: %w", err)
	}
	if m.Key == answerKey {
		s.noteNow(ctx)
	}
	return nil
}

// paperRests is how soon a paper is tried again that couldn't go with its words.
const paperRests = 30 * time.Second

// owedSQL queues the paper of a message that was sent without it. What the paper is
// the case's history says when it is made.
const owedSQL = `INSERT INTO outbox (lane, sealed, channel, case_id, entry, audience, key, language, dedupe, not_before, created_at)
	SELECT lane, sealed, channel, case_id, entry, audience, '` + tiepdan.PaperNotice + `', language,
		format('case:%s:%s:` + tiepdan.PaperNotice + `:c', case_id, entry), $2, $3
	FROM outbox WHERE id = $1 AND state = 'sent' AND audience = 'citizen' AND case_id IS NOT NULL
	ON CONFLICT (dedupe) DO NOTHING`

// Undelivered records that m wasn't sent, or perhaps was. What can't be sent to a
// citizen becomes a task for a person in the same transaction.
func (s *Store) Undelivered(ctx context.Context, m Message, o Outcome) error {
	if (o.State == Retry || o.State == Unsure) && o.After == 0 && m.Attempt >= maxSends {
		o.State = Failed
	}
	b := &pgx.Batch{}
	b.Queue(`UPDATE deliveries SET ended_at = now(), outcome = $3, error = $4 WHERE outbox_id = $1 AND attempt = $2`,
		m.ID, m.Attempt, string(o.State), o.Error)
	switch o.State {
	case Retry, Unsure:
		state := map[Sending]string{Retry: "queued", Unsure: "unknown"}[o.State]
		b.Queue(`UPDATE outbox SET state = $2, error = $3, not_before = $4 WHERE id = $1 AND state IN ('sending', 'unknown')`,
			m.ID, state, o.Error, s.now().Add(cmp.Or(o.After, sendBackoff(m.Attempt))))
	case Dropped:
		b.Queue(`UPDATE outbox SET state = 'cancelled', error = $2 WHERE id = $1 AND state IN ('sending', 'unknown')`, m.ID, o.Error)
	case Failed:
		b.Queue(endedSQL(`id = $1 AND state IN ('sending', 'unknown')`), m.ID, "failed", o.Error, s.now())
	case Blocked:
		b.Queue(`UPDATE accounts SET unreachable_at = coalesce(unreachable_at, $2) FROM outbox o WHERE o.id = $1 AND accounts.lane = o.lane`, m.ID, s.now())
		b.Queue(endedSQL(`lane = (SELECT lane FROM outbox WHERE id = $1) AND state IN ('queued', 'sending', 'unknown')`),
			m.ID, "blocked", o.Error, s.now())
	default:
		return fmt.Errorf("store: undelivered: no outcome %q", o.State)
	}
	if err := s.db.SendBatch(ctx, b).Close(); err != nil {
		return fmt.Errorf("store: undelivered: %w", err)
	}
	if o.State == Blocked || o.State == Failed {
		s.noteNow(ctx)
	}
	return nil
}

// endedSQL gives messages up. A citizen's go to a person, who finds another way;
// not reminders, which nobody needs who knows the rest.
func endedSQL(which string) string {
	return `WITH ended AS (
		UPDATE outbox SET state = $2, error = $3 WHERE ` + which + ` RETURNING id, case_id, entry, audience, appointment, key, reply #>> '{args,Key}' AS told
	), calls AS (
		INSERT INTO tasks (kind, appointment, reason, created)
		SELECT DISTINCT ON (appointment) 'call_back', appointment, told, $4::timestamptz FROM ended
		WHERE appointment IS NOT NULL AND told NOT LIKE '%.remind%' ORDER BY appointment, id DESC
		ON CONFLICT (appointment) WHERE kind = 'call_back' AND done IS NULL DO UPDATE SET reason = excluded.reason
	)
	INSERT INTO tasks (case_id, kind, entry, reason, created)
	SELECT DISTINCT case_id, ` + taskKind(`key`) + `, entry, $2 || CASE WHEN $3 = '' THEN '' ELSE ': ' || $3 END, $4::timestamptz FROM ended e
	WHERE audience = 'citizen' AND case_id IS NOT NULL AND NOT EXISTS (SELECT FROM tasks t
		WHERE t.case_id = e.case_id AND t.entry = e.entry AND t.kind = ` + taskKind(`e.key`) + ` AND t.done IS NULL)`
}

// taskKind is which task a citizen's message becomes that couldn't be sent: an answer is
// brought by another way.
func taskKind(key string) string {
	return `CASE WHEN ` + key + ` = '` + answerKey + `' THEN 'deliver' ELSE 'undeliverable' END`
}

// returnsFor is how old a message may be that somebody gets after they return.
const returnsFor = 30 * 24 * time.Hour
