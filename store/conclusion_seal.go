package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// sealDirectionsAbout follows a case, or, where caseID is 0, just some receptions,
// into a denunciation's rules: what was concluded and directed about them is secret
// from now on, and what hide knows of the people is covered in its words.
func (s *Store) sealDirectionsAbout(ctx context.Context, tx pgx.Tx, caseID int64, about []int64, hide func(string) string) error {
	if err := sealItems(ctx, tx, about, hide); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `UPDATE directives SET secret = true WHERE case_id = $1 OR reception = ANY($2) RETURNING id, task`, caseID, about)
	if err != nil {
		return err
	}
	b := &pgx.Batch{}
	var id int64
	var task string
	if _, err := pgx.ForEachRow(rows, []any{&id, &task}, func() error {
		b.Queue(`UPDATE directives SET task = $2 WHERE id = $1`, id, hide(task))
		return nil
	}); err != nil {
		return err
	}
	if err := hideEntries(ctx, tx, b, caseID, about, hide); err != nil {
		return err
	}
	return tx.SendBatch(ctx, b).Close()
}

// hideEntries queues the same for the directions' histories. The names that people
// gave to files go too.
func hideEntries(ctx context.Context, tx pgx.Tx, b *pgx.Batch, caseID int64, about []int64, hide func(string) string) error {
	rows, err := tx.Query(ctx, `SELECT e.directive_id, e.n, e.text, e.files FROM directive_entries e JOIN directives d ON d.id = e.directive_id
		WHERE d.case_id = $1 OR d.reception = ANY($2)`, caseID, about)
	if err != nil {
		return err
	}
	var id int64
	var n int
	var text string
	var files []tiepdan.Attachment
	_, err = pgx.ForEachRow(rows, []any{&id, &n, &text, &files}, func() error {
		for i := range files {
			files[i].Name, files[i].Ref = plainName(files[i], i+1), ""
		}
		b.Queue(`UPDATE directive_entries SET text = $3, files = $4 WHERE directive_id = $1 AND n = $2`, id, n, hide(text), notNil(files))
		files = nil
		return nil
	})
	return err
}

// sealItems covers the names in the conclusions' items about these receptions.
func sealItems(ctx context.Context, tx pgx.Tx, about []int64, hide func(string) string) error {
	rows, err := tx.Query(ctx, `SELECT id, items FROM conclusions WHERE session_id IN (SELECT session_id FROM receptions WHERE id = ANY($1)) ORDER BY id FOR UPDATE`, about)
	if err != nil {
		return err
	}
	of := make(map[int64]bool, len(about))
	for _, id := range about {
		of[id] = true
	}
	b := &pgx.Batch{}
	var id int64
	var items []tiepdan.ConclusionItem
	_, err = pgx.ForEachRow(rows, []any{&id, &items}, func() error {
		for n := range items {
			if i := &items[n]; of[i.Reception] {
				i.Secret, i.Matter, i.Text, i.Task = true, hide(i.Matter), hide(i.Text), hide(i.Task)
			}
		}
		b.Queue(`UPDATE conclusions SET items = $2 WHERE id = $1`, id, items)
		items = nil
		return nil
	})
	if err != nil {
		return err
	}
	return tx.SendBatch(ctx, b).Close()
}
