package store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// chained is an audit row as the chain sees it.
type chained struct {
	ID          int64
	At          time.Time
	ActorStaff  int64
	ActorRole   string
	Action      string
	SubjectKind string
	SubjectID   int64
	Detail      string // jsonb's own text, which is always written alike
	Seq         int64
	Prev        []byte
	Hash        []byte
}

const chainedColumns = `id, at, actor_staff, actor_role, action, subject_kind, subject_id, detail::text AS detail,
	coalesce(seq, 0) AS seq, coalesce(prev, '') AS prev, coalesce(hash, '') AS hash`

// chainHash is the row's hash on top of prev. Its key lies outside the database:
// who can write there can't make a chain that verifies.
func (v *Vault) chainHash(r chained, seq int64, prev []byte) []byte {
	fields, err := json.Marshal([]any{seq, r.ID, r.At.UnixMicro(), r.ActorStaff, r.ActorRole, r.Action, r.SubjectKind, r.SubjectID, r.Detail})
	if err != nil {
		panic(err) // numbers and strings only
	}
	h := hmac.New(sha256.New, v.audit)
	h.Write(prev)
	h.Write(fields)
	return h.Sum(nil)
}

// sealBatch is how many rows are chained in one transaction.
const sealBatch = 1000

// SealAudit chains the rows that were committed since it last ran, in their
// order, and returns how many. A row that commits later is chained later: no
// writer ever waits. Two sealers take turns.
func (s *Store) SealAudit(ctx context.Context) (n int, err error) {
	for {
		done, err := s.sealSome(ctx)
		n += done
		if err != nil || done < sealBatch {
			return n, err
		}
	}
}

func (s *Store) sealSome(ctx context.Context) (n int, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('tiepdan audit', 0))`); err != nil {
			return err
		}
		seq, prev, err := s.chainEnd(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `SELECT `+chainedColumns+` FROM audit WHERE seq IS NULL ORDER BY id LIMIT $1`, sealBatch)
		if err != nil {
			return err
		}
		open, err := pgx.CollectRows(rows, pgx.RowToStructByName[chained])
		if err != nil || len(open) == 0 {
			return err
		}
		n = len(open)
		return s.chain(ctx, tx, open, seq, prev)
	})
	if err != nil {
		return 0, fmt.Errorf("store: seal audit: %w", err)
	}
	return n, nil
}

// chainEnd is where the next link goes: behind the head, so that what was removed
// before it stays a gap for ever.
func (s *Store) chainEnd(ctx context.Context, tx pgx.Tx) (seq int64, hash []byte, err error) {
	h, ok, err := readHead(ctx, tx)
	if err != nil || ok && s.vault.knows(h) {
		return h.Seq, h.Hash, err
	}
	err = tx.QueryRow(ctx, `SELECT seq, hash FROM audit WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1`).Scan(&seq, &hash)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, []byte{}, nil
	}
	return seq, hash, err
}

func (s *Store) chain(ctx context.Context, tx pgx.Tx, rows []chained, seq int64, prev []byte) error {
	ids, seqs := make([]int64, len(rows)), make([]int64, len(rows))
	prevs, hashes := make([][]byte, len(rows)), make([][]byte, len(rows))
	for i, r := range rows {
		seq++
		ids[i], seqs[i], prevs[i] = r.ID, seq, prev
		prev = s.vault.chainHash(r, seq, prev)
		hashes[i] = prev
	}
	_, err := tx.Exec(ctx, `UPDATE audit a SET seq = u.seq, prev = u.prev, hash = u.hash
		FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[]) AS u(id, seq, prev, hash) WHERE a.id = u.id`,
		ids, seqs, prevs, hashes)
	if err != nil {
		return err
	}
	return s.writeHead(ctx, tx, seq, prev)
}

// maxBreaks is how many broken places are reported; the first says the most.
const maxBreaks = 10

// VerifyAudit walks the chain from its beginning, as it stands at one moment, and
// recomputes every link.
func (s *Store) VerifyAudit(ctx context.Context) (report AuditReport, err error) {
	err = pgx.BeginTxFunc(ctx, s.db, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		return s.walkAudit(ctx, tx, &report)
	})
	if err != nil {
		return report, fmt.Errorf("store: verify audit: %w", err)
	}
	return report, nil
}

func (s *Store) walkAudit(ctx context.Context, tx pgx.Tx, report *AuditReport) error {
	if err := tx.QueryRow(ctx, `SELECT count(*) FROM audit WHERE seq IS NULL`).Scan(&report.Unsealed); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `SELECT `+chainedColumns+` FROM audit WHERE seq IS NOT NULL ORDER BY seq`)
	if err != nil {
		return err
	}
	seq, prev := int64(0), []byte{}
	for rows.Next() {
		r, err := pgx.RowToStructByName[chained](rows)
		if err != nil {
			rows.Close()
			return err
		}
		checkLink(report, s.vault, r, seq, prev)
		seq, prev = r.Seq, r.Hash
	}
	if err := rows.Err(); err != nil {
		return err
	}
	report.Rows, report.Head = report.Sealed+report.Unsealed, hex.EncodeToString(prev)
	return s.checkHead(ctx, tx, report, seq, prev)
}

// checkLink holds one row against the one before it.
func checkLink(a *AuditReport, v *Vault, r chained, seq int64, prev []byte) {
	a.Sealed++
	what := ""
	switch {
	case r.Seq != seq+1:
		addBreak(a, AuditBreak{Seq: seq + 1, What: "missing"})
	case !hmac.Equal(r.Prev, prev):
		what = "unlinked"
	}
	if !hmac.Equal(r.Hash, v.chainHash(r, r.Seq, r.Prev)) {
		what = "changed"
	}
	if what != "" {
		addBreak(a, AuditBreak{Seq: r.Seq, Row: r.ID, What: what})
	}
}

func addBreak(a *AuditReport, b AuditBreak) {
	if len(a.Broken) < maxBreaks {
		a.Broken = append(a.Broken, b)
	}
}
