package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Reachable says that p can be reached again, or that they left us. What couldn't
// reach somebody who is back is sent, unless it is old or somebody told them by
// other means; what waits for somebody who left becomes a task.
func (s *Store) Reachable(ctx context.Context, p tiepdan.Peer, reachable bool) error {
	b := &pgx.Batch{}
	if reachable {
		b.Queue(`UPDATE accounts SET unreachable_at = NULL WHERE key = $1 AND unreachable_at IS NOT NULL`, s.vault.Account(p))
		b.Queue(`UPDATE outbox o SET state = 'queued', error = '', not_before = $3
			WHERE o.lane IN ($1, $2) AND o.state = 'blocked' AND o.created_at > $4 AND NOT EXISTS (SELECT FROM tasks t
				WHERE t.case_id = o.case_id AND t.entry = o.entry AND t.kind IN ('undeliverable', 'deliver') AND t.done IS NOT NULL
					OR t.appointment = o.appointment AND t.created >= o.created_at AND t.done IS NOT NULL)`,
			s.vault.Lane(p), s.vault.Denouncer(p), s.now(), s.now().Add(-returnsFor))
	} else {
		b.Queue(`UPDATE accounts SET unreachable_at = coalesce(unreachable_at, $2) WHERE key = $1`, s.vault.Account(p), s.now())
		for _, lane := range [][]byte{s.vault.Lane(p), s.vault.Denouncer(p)} {
			b.Queue(endedSQL(`lane = $1 AND state IN ('queued', 'unknown')`), lane, "blocked", "unreachable", s.now())
		}
	}
	if err := s.db.SendBatch(ctx, b).Close(); err != nil {
		return broken(err, "reachable")
	}
	if reachable {
		s.Wake()
	} else {
		s.noteNow(ctx)
	}
	return nil
}

// MessageCase is the case that a message in p's chat is about.
func (s *Store) MessageCase(ctx context.Context, p tiepdan.Peer, ref string) (caseID int64, entry int, ok bool, err error) {
	err = s.db.QueryRow(ctx, `SELECT case_id, entry FROM messages WHERE key = $1`, s.vault.Message(p, ref)).Scan(&caseID, &entry)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, 0, false, nil
	}
	return caseID, entry, err == nil, err
}

// RememberMessage makes a reply to that message of p's chat find the case.
func (s *Store) RememberMessage(ctx context.Context, p tiepdan.Peer, ref string, caseID int64, entry int) error {
	b := &pgx.Batch{}
	s.rememberMessage(b, s.vault.Message(p, ref), caseID, entry)
	return s.db.SendBatch(ctx, b).Close()
}

func (s *Store) rememberMessage(b *pgx.Batch, key []byte, caseID int64, entry int) {
	b.Queue(`INSERT INTO messages (key, case_id, entry) VALUES ($1, $2, $3)
		ON CONFLICT (key) DO UPDATE SET case_id = excluded.case_id, entry = excluded.entry`, key, caseID, entry)
}

// sealMessages moves a case's messages to its citizen into the sealed case's own
// lane, sent ones too: none of them points to the account any more. p is whose
// case it was.
func (s *Store) sealMessages(b *pgx.Batch, caseID int64, p tiepdan.Peer) {
	owner, _, sealed := s.sealedAccount(p)
	b.Queue(`UPDATE outbox SET lane = $2, sealed = $3, reply = NULL WHERE case_id = $1 AND staff_id IS NULL`, caseID, owner, sealed)
}

// accountPeer is whom an account is of; ok is false when there is none.
func (s *Store) accountPeer(ctx context.Context, db runner, key []byte) (p tiepdan.Peer, ok bool, err error) {
	var lane, sealed []byte
	err = db.QueryRow(ctx, `SELECT lane, sealed FROM accounts WHERE key = $1`, key).Scan(&lane, &sealed)
	if errors.Is(err, pgx.ErrNoRows) {
		return p, false, nil
	}
	if err != nil {
		return p, false, err
	}
	p, err = s.vault.OpenPeer(lane, sealed)
	return p, err == nil, err
}
