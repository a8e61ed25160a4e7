package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

type draftRow struct {
	tiepdan.AnswerDraft
	CaseID int64
	Body   tiepdan.AnswerDraft
}

// AnswerDrafts are what people are writing as answers to a case, the last saved
// first. Who may see the case is for the caller to ask.
func (s *Store) AnswerDrafts(ctx context.Context, caseID int64) ([]tiepdan.AnswerDraft, error) {
	rows, err := s.db.Query(ctx, `SELECT d.id, d.case_id, d.staff, p.name, d.version, d.saved, d.body
		FROM answer_drafts d JOIN staff p ON p.id = d.staff WHERE d.case_id = $1 ORDER BY d.saved DESC, d.id DESC LIMIT 50`, caseID)
	if err != nil {
		return nil, broken(err, "answer drafts")
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[draftRow])
	ds := make([]tiepdan.AnswerDraft, len(found))
	for i, f := range found {
		d := f.Body
		d.ID, d.Case, d.Staff, d.Name, d.Version, d.Saved = f.ID, f.CaseID, f.Staff, f.Name, f.Version, f.Saved
		ds[i] = d
	}
	return ds, broken(err, "answer drafts")
}

// SaveAnswerDraft keeps what somebody is writing, and returns it as it is kept. With
// an ID it goes on with that draft, if it is still in the version that was read;
// otherwise another window has gone on meanwhile, and this text is a draft of its
// own: both are kept. forked says so. A draft that a case's sealing erased isn't
// kept again.
func (s *Store) SaveAnswerDraft(ctx context.Context, by tiepdan.Actor, d tiepdan.AnswerDraft) (kept tiepdan.AnswerDraft, forked bool, err error) {
	d.Staff, d.Saved = by.Staff, s.now()
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		c, err := readCase(ctx, tx, "id", d.Case, forShare) // against a sealing at the same time
		if err != nil {
			return err
		}
		if by.Staff == 0 || !by.Drafts(c.Case) {
			return &tiepdan.Error{Code: tiepdan.Conflict, Key: "case.not_now"}
		}
		asked := d.ID
		d, err = writeDraft(ctx, tx, d, c.Sealed())
		forked = asked != 0 && d.ID != asked
		return err
	})
	return d, forked, broken(err, "save answer draft")
}

func writeDraft(ctx context.Context, tx pgx.Tx, d tiepdan.AnswerDraft, sealed bool) (tiepdan.AnswerDraft, error) {
	if d.ID != 0 {
		err := tx.QueryRow(ctx, `UPDATE answer_drafts SET version = version + 1, body = $5, saved = $6
			WHERE id = $1 AND case_id = $2 AND staff = $3 AND version = $4 RETURNING version`,
			d.ID, d.Case, d.Staff, d.Version, d, d.Saved).Scan(&d.Version)
		if err == nil || !isNotFound(err) {
			return d, err
		}
		var there bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM answer_drafts WHERE id = $1)`, d.ID).Scan(&there); err != nil {
			return d, err
		}
		if sealed && !there {
			return d, &tiepdan.Error{Code: tiepdan.Conflict, Key: "draft.erased"}
		}
	}
	err := tx.QueryRow(ctx, `INSERT INTO answer_drafts (case_id, staff, version, body, saved) VALUES ($1, $2, 1, $3, $4) RETURNING id, version`,
		d.Case, d.Staff, d, d.Saved).Scan(&d.ID, &d.Version)
	return d, err
}

// DropAnswerDraft forgets a draft of one's own: it was sent, or isn't wanted.
func (s *Store) DropAnswerDraft(ctx context.Context, by tiepdan.Actor, caseID, id int64) error {
	_, err := s.db.Exec(ctx, `DELETE FROM answer_drafts WHERE id = $1 AND case_id = $2 AND staff = $3`, id, caseID, by.Staff)
	return broken(err, "drop answer draft")
}
