package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const onDirective = "directive" // of audit rows

// directiveColumns are a direction's own, of directivesJoined. One about a case or a
// reception that was sealed since is as secret as that.
const (
	directiveColumns = `d.id, d.year, d.number, coalesce(d.session_id, 0), coalesce(d.reception, 0), coalesce(d.case_id, 0), coalesce(c.code, ''),
		d.unit, coalesce(d.officer, 0), d.task, d.due, d.status, d.secret OR coalesce(c.sealed, false) OR coalesce(r.sealed, false), d.issued_by, d.issued, d.done, d.urged,
		c.barred_units, c.barred_staff`
	directivesJoined = `directives d LEFT JOIN cases c ON c.id = d.case_id LEFT JOIN receptions r ON r.id = d.reception`
)

func scanDirective(row pgx.CollectableRow) (d tiepdan.Directive, err error) {
	var done *time.Time
	err = row.Scan(&d.ID, &d.Year, &d.Number, &d.Session, &d.Reception, &d.Case, &d.CaseCode,
		&d.Unit, &d.Officer, &d.Task, &d.Due, &d.Status, &d.Secret, &d.IssuedBy, &d.Issued, &done, &d.Urged, &d.Barred.Units, &d.Barred.Staff)
	d.Done = orZero(done)
	return d, err
}

// Directive returns a direction whole, with its history. It asks for no right; see
// [Store.ViewDirective] for what a member of staff may see.
func (s *Store) Directive(ctx context.Context, id int64) (tiepdan.Directive, error) {
	d, err := readDirective(ctx, s.db, `d.id = $1`, id)
	return d, broken(err, "directive")
}

// DirectiveByCode is [Store.Directive] by what people name it.
func (s *Store) DirectiveByCode(ctx context.Context, year, number int) (tiepdan.Directive, error) {
	d, err := readDirective(ctx, s.db, `d.year = $1 AND d.number = $2`, year, number)
	return d, broken(err, "directive")
}

// readDirective reads the one that the condition finds.
func readDirective(ctx context.Context, db runner, which string, args ...any) (tiepdan.Directive, error) {
	rows, err := db.Query(ctx, `SELECT `+directiveColumns+` FROM `+directivesJoined+` WHERE `+which, args...)
	if err != nil {
		return tiepdan.Directive{}, err
	}
	d, err := pgx.CollectExactlyOneRow(rows, scanDirective)
	if errors.Is(err, pgx.ErrNoRows) {
		return d, notFound("directive.none")
	}
	if err != nil {
		return d, err
	}
	d.History, err = readDirectiveEntries(ctx, db, d.ID)
	return d, err
}

func readDirectiveEntries(ctx context.Context, db runner, id int64) ([]tiepdan.DirectiveEntry, error) {
	rows, err := db.Query(ctx, `SELECT e.n, e.action, e.role, coalesce(e.staff, 0), coalesce(s.name, ''), e.at, e.text, e.due, coalesce(e.to_staff, 0), coalesce(e.for_staff, 0), e.files
		FROM directive_entries e LEFT JOIN staff s ON s.id = e.staff WHERE e.directive_id = $1 ORDER BY e.n`, id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (e tiepdan.DirectiveEntry, err error) {
		return e, row.Scan(&e.N, &e.Do, &e.By.Role, &e.By.Staff, &e.Name, &e.At, &e.Text, &e.Due, &e.To, &e.For, &e.Files)
	})
}

// ViewDirective returns of a direction what a member of staff may see: all, its
// outline, or NotFound. A look at a secret one is an audit row, written before it is
// granted.
func (s *Store) ViewDirective(ctx context.Context, by tiepdan.Actor, id int64) (tiepdan.Directive, error) {
	d, err := s.Directive(ctx, id)
	if err != nil {
		return d, err
	}
	switch by.SeeDirective(d) {
	case tiepdan.Nothing:
		return tiepdan.Directive{}, notFound("directive.none")
	case tiepdan.Outline:
		return d.Hidden(), nil
	}
	if d.Secret {
		if err := audit(ctx, s.db, s.now(), by, "directive_view", onDirective, id, nil); err != nil {
			return tiepdan.Directive{}, err
		}
	}
	return d, nil
}

// DirectiveFile returns a file of a direction that the member of staff sees whole.
// Of a secret one that is a look at it, too.
func (s *Store) DirectiveFile(ctx context.Context, by tiepdan.Actor, id int64, sha string) (tiepdan.Attachment, error) {
	d, err := s.ViewDirective(ctx, by, id)
	if err != nil {
		return tiepdan.Attachment{}, err
	}
	for _, e := range d.History {
		for _, f := range e.Files {
			if f.SHA256 == sha {
				return f, nil
			}
		}
	}
	return tiepdan.Attachment{}, notFound("file.none")
}
