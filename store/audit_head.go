package store

import (
	"context"
	"crypto/hmac"
	"errors"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// auditHead is how far the log was chained. A chain alone doesn't show that its
// last links are gone.
type auditHead struct {
	Seq  int64
	Hash []byte
	MAC  []byte
}

func (v *Vault) headMAC(h auditHead) []byte {
	return digest(v.audit, "head", strconv.FormatInt(h.Seq, 10), string(h.Hash))
}

func (v *Vault) knows(h auditHead) bool { return hmac.Equal(h.MAC, v.headMAC(h)) }

// readHead returns the head as it stands; ok is false when there is none.
func readHead(ctx context.Context, tx pgx.Tx) (h auditHead, ok bool, err error) {
	err = tx.QueryRow(ctx, `SELECT seq, hash, mac FROM audit_head`).Scan(&h.Seq, &h.Hash, &h.MAC)
	if errors.Is(err, pgx.ErrNoRows) {
		return h, false, nil
	}
	return h, err == nil, err
}

func (s *Store) writeHead(ctx context.Context, tx pgx.Tx, seq int64, hash []byte) error {
	h := auditHead{Seq: seq, Hash: hash}
	_, err := tx.Exec(ctx, `INSERT INTO audit_head (seq, hash, mac) VALUES ($1, $2, $3)
		ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, mac = excluded.mac`, h.Seq, h.Hash, s.vault.headMAC(h))
	return err
}

// checkHead holds the last link against the head. A log that is empty in an office
// that has staff or cases was emptied: each of them was put on record.
func (s *Store) checkHead(ctx context.Context, tx pgx.Tx, a *AuditReport, seq int64, hash []byte) error {
	h, ok, err := readHead(ctx, tx)
	if err != nil {
		return err
	}
	if !ok && a.Sealed == 0 {
		emptied := false
		err := tx.QueryRow(ctx, `SELECT (EXISTS (SELECT FROM staff) OR EXISTS (SELECT FROM cases)) AND NOT EXISTS (SELECT FROM audit)`).Scan(&emptied)
		if emptied {
			addBreak(a, AuditBreak{Seq: 1, What: "missing"})
		}
		return err
	}
	switch {
	case h.Seq > seq:
		addBreak(a, AuditBreak{Seq: seq + 1, What: "missing"})
	case !s.vault.knows(h) || h.Seq != seq || !hmac.Equal(h.Hash, hash):
		addBreak(a, AuditBreak{Seq: seq, What: "unlinked"})
	}
	return nil
}
