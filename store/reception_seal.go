package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// sealReceptionsOf follows a case into a denunciation's rules: no appointment
// leads to it, no entry about it names anybody, in any of its versions, and what
// was concluded and directed about it is secret. before is the case with its names.
func (s *Store) sealReceptionsOf(ctx context.Context, tx pgx.Tx, before tiepdan.Case) error {
	rows, err := tx.Query(ctx, `SELECT id FROM receptions WHERE case_id = $1 ORDER BY id`, before.ID)
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return err
	}
	knew := []tiepdan.Case{before}
	rows, err = tx.Query(ctx, `SELECT name, phone FROM appointments WHERE case_id = $1`, before.ID)
	if err != nil {
		return err
	}
	given, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct{ Name, Phone string }])
	if err != nil {
		return err
	}
	for _, g := range given {
		knew = append(knew, tiepdan.Case{Person: tiepdan.Person{Name: g.Name, Phone: g.Phone}})
	}
	if _, err := tx.Exec(ctx, `UPDATE appointments SET case_id = NULL, name = '', purpose = '', phone = '' WHERE case_id = $1`, before.ID); err != nil {
		return err
	}
	return s.sealReceptions(ctx, tx, ids, before.ID, knew...)
}

// sealReceptions takes the names out of entries of the book, which caseID is the
// case of, and out of all that was written about them. knew is what else is known
// of the people. Whoever calls it holds the entries.
func (s *Store) sealReceptions(ctx context.Context, tx pgx.Tx, ids []int64, caseID int64, knew ...tiepdan.Case) error {
	vs, err := versionsOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	for _, v := range vs {
		knew = append(knew, tiepdan.Case{Person: v.Person, Group: tiepdan.Group{Representatives: v.Spokesmen}})
	}
	given, err := givenNames(ctx, tx, ids)
	if err != nil {
		return err
	}
	hide := maskedAll(append(knew, given...))
	b := &pgx.Batch{}
	b.Queue(`SELECT set_config('tiepdan.sealing', 'on', true)`)
	for _, v := range vs {
		v = hiddenReception(v, hide)
		entry, err := entryOf(v)
		if err != nil {
			return err
		}
		b.Queue(`UPDATE reception_versions SET why = $3, entry = $4 WHERE reception_id = $1 AND version = $2`, v.ID, v.Version, v.Why, entry)
	}
	b.Queue(`SELECT set_config('tiepdan.sealing', 'off', true)`)
	b.Queue(`UPDATE receptions SET sealed = true, search = NULL WHERE id = ANY($1)`, ids)
	queueNobody(b, `SELECT appointment FROM receptions WHERE id = ANY($1)`, ids)
	// The desk looks anew, unless it is doing something at this moment and will look by itself.
	b.Queue(`UPDATE reception_sessions SET turns = turns + 1 WHERE id IN (SELECT id FROM reception_sessions
		WHERE id IN (SELECT session_id FROM receptions WHERE id = ANY($1)) FOR UPDATE SKIP LOCKED)`, ids)
	if err := tx.SendBatch(ctx, b).Close(); err != nil {
		return err
	}
	return s.sealDirectionsAbout(ctx, tx, caseID, ids, hide)
}

// versionsOf returns all versions of these entries.
func versionsOf(ctx context.Context, db runner, ids []int64) ([]tiepdan.Reception, error) {
	rows, err := db.Query(ctx, `SELECT `+receptionColumns+` FROM receptions r JOIN reception_versions v ON v.reception_id = r.id
		WHERE r.id = ANY($1) ORDER BY r.id, v.version`, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanReception)
}

// givenNames are what the holders of these entries' appointments are called.
func givenNames(ctx context.Context, db runner, ids []int64) ([]tiepdan.Case, error) {
	rows, err := db.Query(ctx, `SELECT a.name, a.phone FROM receptions r JOIN appointments a ON a.id = r.appointment WHERE r.id = ANY($1)`, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (c tiepdan.Case, err error) {
		return c, row.Scan(&c.Person.Name, &c.Person.Phone)
	})
}

// maskedAll is [masked] for all that these know.
func maskedAll(knew []tiepdan.Case) func(string) string {
	hides := make([]func(string) string, len(knew))
	for i, c := range knew {
		hides[i] = masked(c)
	}
	return func(text string) string {
		for _, hide := range hides {
			text = hide(text)
		}
		return text
	}
}

// hiddenReception is a version of an entry without its names.
func hiddenReception(v tiepdan.Reception, hide func(string) string) tiepdan.Reception {
	v.Secret, v.Person, v.Spokesmen = true, tiepdan.Person{}, nil
	for _, words := range []*string{&v.Content, &v.Handling, &v.Note, &v.GroundText, &v.PriorBody, &v.Body, &v.Followed, &v.Why} {
		*words = hide(*words)
	}
	return v
}

// queueNobody makes appointments nobody's: of somebody who denounced, no row leads
// from the book to their account. which selects their ids.
func queueNobody(b *pgx.Batch, which string, arg any) {
	b.Queue(`UPDATE outbox SET appointment = NULL, dedupe = NULL, reply = '{"key": "live", "args": {}}',
			state = CASE WHEN state IN ('queued', 'blocked', 'unknown') THEN 'cancelled' ELSE state END
		WHERE appointment IN (`+which+`)`, arg)
	b.Queue(`UPDATE tasks SET note = '' WHERE appointment IN (`+which+`)`, arg)
	b.Queue(`UPDATE appointments SET owner = NULL, name = '', phone = '', purpose = '', case_id = NULL WHERE id IN (`+which+`)`, arg)
}
