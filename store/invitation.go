package store

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// invitationLife is how long the link of an invitation can be used.
const invitationLife = 24 * time.Hour

// PendingJoin is a member of staff whose link was used by an account, and who
// waits for a person to confirm that it is theirs.
type PendingJoin = tiepdan.PendingJoin

// Invite makes a one-time link for a member of staff; an older one that nobody
// used stops working. The token is kept hashed: it is told once, here.
func (s *Store) Invite(ctx context.Context, by tiepdan.Actor, staffID int64, now time.Time) (token string, err error) {
	var b [24]byte // with "join_" before it, a deep link's payload may have 64 characters
	rand.Read(b[:])
	token = base64.RawURLEncoding.EncodeToString(b[:])
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := exec(ctx, tx, "staff.none", `UPDATE staff SET login = login WHERE id = $1 AND NOT disabled`, staffID); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE invitations SET decided = $2 WHERE staff_id = $1 AND decided IS NULL`, staffID, now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO invitations (staff_id, token, by_staff, created, expires) VALUES ($1, $2, $3, $4, $5)`,
			staffID, hashed(token), by.Staff, now, now.Add(invitationLife))
		if err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), by, "invite", onStaff, staffID, nil)
	})
	return token, broken(err, "invite")
}

// Join binds an invitation to the account that used its link. It is one
// account's for good: another's try, a wrong token and one that ran out get the
// same answer. The same account may come again, and nothing changes.
func (s *Store) Join(ctx context.Context, token string, p tiepdan.Peer, now time.Time) (tiepdan.Staff, error) {
	var staffID int64
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		b := &pgx.Batch{}
		s.addAccount(b, p, "")
		key := s.vault.Account(p)
		b.Queue(`UPDATE invitations i SET account = $2, used = coalesce(used, $3)
			WHERE token = $1 AND expires > $3 AND decided IS NULL AND (account IS NULL OR account = $2)
				AND EXISTS (SELECT FROM staff WHERE id = i.staff_id AND NOT disabled)
			RETURNING staff_id`, hashed(token), key, now).QueryRow(func(row pgx.Row) error { return row.Scan(&staffID) })
		return tx.SendBatch(ctx, b).Close()
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return tiepdan.Staff{}, notFound("join.unknown")
	}
	if err != nil {
		return tiepdan.Staff{}, broken(err, "join")
	}
	return s.Staff(ctx, staffID)
}

// PendingJoins returns who waits for confirmation, the longest first.
func (s *Store) PendingJoins(ctx context.Context) ([]PendingJoin, error) {
	rows, err := s.db.Query(ctx, `SELECT i.id, i.staff_id AS staff, s.name, s.role, coalesce(a.channel, '') AS channel, i.used
		FROM invitations i JOIN staff s ON s.id = i.staff_id LEFT JOIN accounts a ON a.key = i.account
		WHERE i.used IS NOT NULL AND i.decided IS NULL AND NOT s.disabled ORDER BY i.used, i.id`)
	if err != nil {
		return nil, broken(err, "pending joins")
	}
	ps, err := pgx.CollectRows(rows, pgx.RowToStructByName[PendingJoin])
	return ps, broken(err, "pending joins")
}

// ConfirmJoin makes the account that used an invitation the member's, in place
// of one that they had, or refuses it. Whoever asked is told which.
func (s *Store) ConfirmJoin(ctx context.Context, by tiepdan.Actor, invitationID int64, ok bool, now time.Time) error {
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		var staffID int64
		var account []byte
		err := tx.QueryRow(ctx, `UPDATE invitations SET decided = $2, confirmed = $3 WHERE id = $1 AND used IS NOT NULL AND decided IS NULL
			RETURNING staff_id, account`, invitationID, now, ok).Scan(&staffID, &account)
		if errors.Is(err, pgx.ErrNoRows) {
			return notFound("join.none")
		}
		if err != nil {
			return err
		}
		if err := audit(ctx, tx, s.now(), by, "confirm_join", onStaff, staffID, facts{"ok": ok}); err != nil {
			return err
		}
		if !ok {
			return s.answerJoin(ctx, tx, account, "join.refused")
		}
		return s.bindStaff(ctx, tx, staffID, account)
	})
	if err == nil {
		s.Wake()
	}
	return broken(err, "confirm join")
}

// bindStaff gives a member of staff the account; they have one at a time, and
// an account is one member's.
func (s *Store) bindStaff(ctx context.Context, tx pgx.Tx, staffID int64, account []byte) error {
	if _, err := tx.Exec(ctx, `UPDATE accounts SET staff_id = NULL WHERE staff_id = $1`, staffID); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE accounts SET staff_id = $1 WHERE key = $2`, staffID, account); err != nil {
		return err
	}
	return s.answerJoin(ctx, tx, account, "join.confirmed")
}

// answerJoin tells the account that used an invitation what became of it.
func (s *Store) answerJoin(ctx context.Context, tx pgx.Tx, account []byte, key string) error {
	_, err := tx.Exec(ctx, `INSERT INTO outbox (lane, sealed, channel, staff_id, language, reply, not_before, created_at)
		SELECT lane, sealed, channel, staff_id, language, jsonb_build_object('key', $3::text), $2, $2 FROM accounts WHERE key = $1`, account, s.now(), key)
	return err
}
