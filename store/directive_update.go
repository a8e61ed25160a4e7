package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// IssueDirective gives a unit something to do outside a conclusion. One about a
// case or a reception under a denunciation's rules is secret, whatever d says.
func (s *Store) IssueDirective(ctx context.Context, by tiepdan.Actor, d tiepdan.Directive, now time.Time) (tiepdan.Directive, error) {
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		d, err = s.issue(ctx, tx, by, d, now)
		return err
	})
	if err != nil {
		return tiepdan.Directive{}, broken(err, "issue directive")
	}
	s.Wake()
	return d, nil
}

// issue numbers the direction in its year: the numbers have no gaps, so that those
// who issue at once wait for each other.
func (s *Store) issue(ctx context.Context, tx pgx.Tx, by tiepdan.Actor, d tiepdan.Directive, now time.Time) (tiepdan.Directive, error) {
	if err := placeDirective(ctx, tx, &d); err != nil {
		return d, err
	}
	d, e, err := d.Issue(by, now.Truncate(time.Microsecond))
	if err != nil {
		return d, err
	}
	if err := worksFor(ctx, tx, d.Officer, d.Unit); err != nil {
		return d, err
	}
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('tiepdan directives', $1))`, d.Year); err != nil {
		return d, err
	}
	err = tx.QueryRow(ctx, `INSERT INTO directives (year, number, session_id, reception, case_id, unit, officer, task, due, status, secret, issued_by, issued)
		VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM directives WHERE year = $1), nullif($2::bigint, 0), nullif($3::bigint, 0), nullif($4::bigint, 0),
			$5, nullif($6::bigint, 0), $7, $8, $9, $10, $11, $12) RETURNING id, number`,
		d.Year, d.Session, d.Reception, d.Case, d.Unit, d.Officer, d.Task, d.Due, d.Status, d.Secret, d.IssuedBy, d.Issued).Scan(&d.ID, &d.Number)
	if err != nil {
		return d, err
	}
	return d, s.addDirectiveEntry(ctx, tx, d, e)
}

// placeDirective makes sure that what the direction is about is there, and fills in
// what follows from it. The case is locked before the reception, as its sealing does.
func placeDirective(ctx context.Context, tx pgx.Tx, d *tiepdan.Directive) error {
	if d.Reception != 0 {
		var of int64
		err := tx.QueryRow(ctx, `SELECT session_id, coalesce(case_id, 0) FROM receptions WHERE id = $1`, d.Reception).Scan(&d.Session, &of)
		if err != nil {
			return noRow(err, "reception.none")
		}
		if d.Case == 0 {
			d.Case = of
		}
	}
	var sealed bool
	if d.Case != 0 {
		err := tx.QueryRow(ctx, `SELECT code, sealed FROM cases WHERE id = $1 FOR SHARE`, d.Case).Scan(&d.CaseCode, &sealed)
		if err != nil {
			return noRow(err, "case.none")
		}
		d.Secret = d.Secret || sealed
	}
	if d.Reception != 0 {
		if err := tx.QueryRow(ctx, `SELECT sealed FROM receptions WHERE id = $1 FOR SHARE`, d.Reception).Scan(&sealed); err != nil {
			return err
		}
		d.Secret = d.Secret || sealed
	}
	return nil
}

// noRow says with the key that a row isn't there.
func noRow(err error, key string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return notFound(key)
	}
	return err
}

// worksFor reports an error unless the officer, if there is one, can do the unit's work.
func worksFor(ctx context.Context, tx pgx.Tx, officer, unit int64) error {
	var ok bool
	err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM units WHERE id = $2 AND active) AND ($1::bigint = 0 OR EXISTS (
		SELECT FROM staff WHERE id = $1 AND unit = $2 AND NOT disabled AND role IN ('officer', 'unit_head')))`, officer, unit).Scan(&ok)
	switch {
	case err != nil || ok:
		return err
	case officer != 0:
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "directive.officer_wrong"}
	}
	return &tiepdan.Error{Code: tiepdan.Invalid, Key: "directive.unit_missing"}
}

// DirectiveChange is a rule meeting a direction, as [tiepdan.DirectiveAct.Apply] is.
type DirectiveChange = func(tiepdan.Directive) (tiepdan.Directive, tiepdan.DirectiveEntry, error)

// UpdateDirective makes a rule meet a direction: its row is locked, the change
// applied to what stands there, and what came of it, the history's line, the audit
// row and the messages are committed together.
func (s *Store) UpdateDirective(ctx context.Context, id int64, change DirectiveChange) (d tiepdan.Directive, e tiepdan.DirectiveEntry, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT FROM directives WHERE id = $1 FOR UPDATE`, id); err != nil {
			return err
		}
		before, err := readDirective(ctx, tx, `d.id = $1`, id)
		if err != nil {
			return err
		}
		if d, e, err = change(before); err != nil {
			return err
		}
		return s.writeDirective(ctx, tx, before, &d, &e)
	})
	if err != nil {
		return tiepdan.Directive{}, tiepdan.DirectiveEntry{}, broken(err, "update directive")
	}
	s.Wake()
	return d, e, nil
}

// writeDirective writes what the change made of the direction. One with another due
// day is warned of anew.
func (s *Store) writeDirective(ctx context.Context, tx pgx.Tx, before tiepdan.Directive, d *tiepdan.Directive, e *tiepdan.DirectiveEntry) error {
	if d.Officer != before.Officer {
		if err := worksFor(ctx, tx, d.Officer, d.Unit); err != nil {
			return err
		}
	}
	e.At = e.At.Truncate(time.Microsecond)
	d.History[len(d.History)-1].At = e.At
	if !d.Done.IsZero() {
		d.Done = d.Done.Truncate(time.Microsecond)
	}
	_, err := tx.Exec(ctx, `UPDATE directives SET officer = nullif($2::bigint, 0), due = $3, status = $4, done = $5, urged = $6,
			warned = CASE WHEN due = $3 THEN warned ELSE 0 END, reported = CASE WHEN $7 = 'report' THEN $8 ELSE reported END WHERE id = $1`,
		d.ID, d.Officer, d.Due, d.Status, orNil(d.Done), d.Urged, string(e.Do), e.At)
	if err != nil {
		return err
	}
	return s.addDirectiveEntry(ctx, tx, *d, *e)
}

// addDirectiveEntry writes a line of the history and what it causes.
func (s *Store) addDirectiveEntry(ctx context.Context, tx pgx.Tx, d tiepdan.Directive, e tiepdan.DirectiveEntry) error {
	b := &pgx.Batch{}
	b.Queue(`INSERT INTO directive_entries (directive_id, n, action, role, staff, at, text, due, to_staff, for_staff, files)
		VALUES ($1, $2, $3, $4, nullif($5::bigint, 0), $6, $7, $8, nullif($9::bigint, 0), nullif($10::bigint, 0), $11)`,
		d.ID, e.N, e.Do, e.By.Role, e.By.Staff, e.At, e.Text, e.Due, e.To, e.For, notNil(e.Files))
	b.Queue(addAudit, auditRow(s.now(), e.By, "directive_"+string(e.Do), onDirective, d.ID, facts{"entry": e.N, "unit": d.Unit})...)
	s.tellOfDirective(b, d, e.By, tiepdan.DirectiveNotices(d, e), "")
	return tx.SendBatch(ctx, b).Close()
}

func orNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
