package store

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// BlockCaseAccount blocks the account that a case came from, which may tell us
// nothing more by chat, or lifts the block (off). It is a person's decision, has
// a reason, and is for board heads and leaders.
func (s *Store) BlockCaseAccount(ctx context.Context, by tiepdan.Actor, caseID int64, reason string, off bool) error {
	if !by.Role.MayEnter(tiepdan.BlockArea) {
		return &tiepdan.Error{Code: tiepdan.Forbidden, Key: "block.not_yours"}
	}
	reason = strings.TrimSpace(tiepdan.Clean(reason))
	if !off && reason == "" {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "block.reason_missing"}
	}
	action := "block_account"
	if off {
		action = "unblock_account"
	}
	return broken(pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		owner, err := lockOwner(ctx, tx, caseID)
		if err != nil {
			return err
		}
		if off {
			err = exec(ctx, tx, "block.none", `DELETE FROM blocks WHERE owner = $1`, owner)
		} else {
			_, err = tx.Exec(ctx, `INSERT INTO blocks (owner, case_id, by_staff, at, reason) VALUES ($1, $2, $3, $4, $5)`,
				owner, caseID, by.Staff, s.now(), reason)
		}
		if violates(err, "blocks_pkey") {
			return &tiepdan.Error{Code: tiepdan.Conflict, Key: "block.already"}
		}
		if err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), by, action, onCase, caseID, nil)
	}), action)
}

// lockOwner is what the case's account is known by; a case from the desk has none.
func lockOwner(ctx context.Context, tx pgx.Tx, caseID int64) (owner []byte, err error) {
	err = tx.QueryRow(ctx, `SELECT owner FROM cases WHERE id = $1 FOR UPDATE`, caseID).Scan(&owner)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, notFound("case.none")
	}
	if err == nil && owner == nil {
		err = &tiepdan.Error{Code: tiepdan.Invalid, Key: "block.no_account"}
	}
	return owner, err
}

const blockColumns = `SELECT b.case_id, c.code, b.by_staff AS by, s.name AS by_name, b.at, b.reason
	FROM blocks b JOIN cases c ON c.id = b.case_id JOIN staff s ON s.id = b.by_staff `

// BlockedAccounts are the accounts that are blocked, the last first, but for those
// that were blocked on a case about by.
func (s *Store) BlockedAccounts(ctx context.Context, by tiepdan.Actor) ([]tiepdan.Block, error) {
	var w where
	unbarredRow(&w, by)
	rows, err := s.db.Query(ctx, blockColumns+`WHERE `+w.sql()+` ORDER BY b.at DESC, b.case_id LIMIT 500`, w.args...)
	if err != nil {
		return nil, broken(err, "blocked accounts")
	}
	bs, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.Block])
	return bs, broken(err, "blocked accounts")
}

// CaseBlock is the block of the account that a case came from, if there is one:
// it may have been decided on another case of the same account.
func (s *Store) CaseBlock(ctx context.Context, caseID int64) (b tiepdan.Block, ok bool, err error) {
	rows, err := s.db.Query(ctx, blockColumns+`WHERE b.owner = (SELECT owner FROM cases WHERE id = $1)`, caseID)
	if err != nil {
		return b, false, broken(err, "case's block")
	}
	b, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[tiepdan.Block])
	if errors.Is(err, pgx.ErrNoRows) {
		return b, false, nil
	}
	return b, err == nil, broken(err, "case's block")
}

// moveBlock puts a block that was decided on the case under the name that the case
// is kept under from now on. The reason goes: it may tell what only one of the two
// names may be known for.
func moveBlock(b *pgx.Batch, caseID int64, owner []byte) {
	b.Queue(`DELETE FROM blocks b WHERE case_id = $1 AND EXISTS (SELECT FROM blocks o WHERE o.owner = $2 AND o.case_id <> $1)`, caseID, owner)
	b.Queue(`UPDATE blocks SET owner = $2, reason = '' WHERE case_id = $1`, caseID, owner)
}
