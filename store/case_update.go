package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// UpdateCase makes a rule meet a case: the case's row is locked, the change
// applied to what stands there, and case, history, files, audit row and messages
// are committed together. A case that becomes sealed loses, in the same
// transaction, whatever names the person who brought it.
func (s *Store) UpdateCase(ctx context.Context, id int64, change tiepdan.Change) (c tiepdan.Case, e tiepdan.Entry, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return c, e, err
	}
	err = s.untangled(ctx, func(tx pgx.Tx) error {
		c, e, err = s.updateCase(ctx, tx, id, change, rules)
		return err
	})
	if err != nil {
		return tiepdan.Case{}, tiepdan.Entry{}, broken(err, "update case")
	}
	s.Wake()
	if e.Do == tiepdan.Answer || e.Do == tiepdan.Approve {
		s.noteNow(ctx) // who can't be reached by chat is known at once
	}
	if routedAnew(e) && rules.RoutedBy(c) != nil {
		c = s.routeItself(ctx, c)
	}
	return c, e, nil
}

// updateCase is [Store.UpdateCase] within a transaction.
func (s *Store) updateCase(ctx context.Context, tx pgx.Tx, id int64, change tiepdan.Change, rules *tiepdan.Rules) (c tiepdan.Case, e tiepdan.Entry, err error) {
	before, err := readCase(ctx, tx, "id", id, forUpdate)
	if err != nil {
		return c, e, err
	}
	if c, e, err = change(before.Case); err != nil {
		return c, e, err
	}
	if err := s.writeChange(ctx, tx, before, &c, &e, rules); err != nil {
		return c, e, err
	}
	return c, e, s.sealWhole(ctx, tx, before.Case, c, e, rules)
}

// writeChange writes what the change made of the case. A day that it names is
// held against the law and the calendar once more: the page asked before the lock.
func (s *Store) writeChange(ctx context.Context, tx pgx.Tx, before caseRow, c *tiepdan.Case, e *tiepdan.Entry, rules *tiepdan.Rules) error {
	if err := tiepdan.CheckUntil(before.Case, e.Do, e.Details, tiepdan.DateOf(e.At), rules); err != nil {
		return err
	}
	e.At = e.At.Truncate(time.Microsecond)
	c.History[len(c.History)-1].At = e.At
	b := &pgx.Batch{}
	planOnce(b)
	if c.Sealed() != before.Sealed() {
		*c = c.Apart()
	}
	if c.Sealed() {
		*c = hidden(before, *c)
		*e = c.History[len(c.History)-1]
	}
	queueCase(b, *c, rules)
	queueEntry(b, c.ID, *e)
	queueTurn(b, *e)
	s.queueRouting(b, before.Case, *c, *e, rules)
	queueClocks(b, *c, rules, before.Warned)
	queueLate(b, before.Case, *c, rules)
	queueHelps(b, before.Case, *c)
	queueWaits(b, before.Case, *c)
	queueDelivery(b, before.Case, *c, *e)
	if e.Do == tiepdan.CloseCase {
		queueResult(b, *c, rules)
	}
	queueReprint(b, before.Case, *c)
	if c.Status == tiepdan.Destroyed {
		eraseCase(b, *c)
	}
	if err := s.reseal(ctx, tx, b, before, *c); err != nil {
		return err
	}
	b.Queue(addAudit, auditRow(s.now(), e.By, string(e.Do), onCase, c.ID, facts{"entry": e.N})...)
	s.addNoticesFrom(b, c.ID, e.By, s.tellFrom(*e, rules), tiepdan.Notices(before.Case, *c, *e))
	if err := tx.SendBatch(ctx, b).Close(); err != nil {
		return err
	}
	c.Files = allFiles(c.History)
	return nil
}

// reseal follows a case into a denunciation's rules, or out of them.
func (s *Store) reseal(ctx context.Context, tx pgx.Tx, b *pgx.Batch, before caseRow, c tiepdan.Case) error {
	switch {
	case c.Sealed() == before.Sealed():
		return nil
	case c.Sealed():
		if err := s.sealCase(ctx, tx, b, before, c); err != nil {
			return err
		}
	default:
		if err := s.unsealCase(ctx, tx, b, before); err != nil {
			return err
		}
	}
	return partWays(ctx, tx, b, before.Case)
}

// queueCase writes what a change may alter of the case itself. Its days come from its
// history, never from a caller.
func queueCase(b *pgx.Batch, c tiepdan.Case, rules *tiepdan.Rules) {
	b.Queue(`UPDATE cases SET kind = $2, mode = $3, approval = $4, field = $5, place = $6, point = $7, status = $8, unit = nullif($9::bigint, 0),
			officer = nullif($10::bigint, 0), text = $11, person = $12, grouped = $13, unnamed = $14, respondent = $15, accepted = $16,
			corruption = $17, legal = $18, due_on = $19, written = $20, chain = $21, class = $22, urgent = $23, helpers = $24, help_units = $25,
			help_staff = $26, barred_units = $27, barred_staff = $28, follow_up = $29,
			remains_on = $30 WHERE id = $1`,
		c.ID, c.Kind, c.Mode, c.Approval, c.Field, c.Place, c.Point, c.Status, c.Unit, c.Officer, c.Text, c.Person, c.Group, c.Unnamed,
		c.Respondent, c.Accepted, c.Corruption, c.Legal, dueOn(c, rules), c.Written, notNil(c.Chain), c.Class, c.Urgent, notNil(c.Helpers), helpUnits(c), helpStaff(c),
		notNil(c.Barred.Units), notNil(c.Barred.Staff), tiepdan.FollowUpOn(c), remainsOn(c, rules))
}

// helpUnits and helpStaff are whom the lists of those who help find c by.
func helpUnits(c tiepdan.Case) (ids []int64) {
	for _, h := range c.Helpers {
		ids = append(ids, h.Unit)
	}
	return notNil(ids)
}

func helpStaff(c tiepdan.Case) (ids []int64) {
	for _, h := range c.Helpers {
		if h.Officer != 0 {
			ids = append(ids, h.Officer)
		}
	}
	return notNil(ids)
}

// notNil is an empty list where there is none: such a column is never NULL.
func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func queueEntry(b *pgx.Batch, id int64, e tiepdan.Entry) {
	b.Queue(`INSERT INTO entries (case_id, n, action, role, staff, at, from_status, to_status, text, reason, details, unit)
		VALUES ($1, $2, $3, $4, nullif($5::bigint, 0), $6, $7, $8, $9, $10, $11, nullif($12::bigint, 0))`,
		id, e.N, e.Do, e.By.Role, e.By.Staff, e.At, e.From, e.To, e.Text, e.Reason, e.Details, e.By.Unit)
	if len(e.Files) > 0 {
		b.Queue(`INSERT INTO case_files (case_id, entry, place, sha256, name, mime, size, class, ref)
			SELECT $1, $2, a.place, a.f ->> 'sha256', a.f ->> 'name', a.f ->> 'mime', (a.f ->> 'size')::bigint, a.f ->> 'class', coalesce(a.f ->> 'ref', '')
			FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS a(f, place)`, id, e.N, e.Files)
	}
}

// allFiles are the files of all entries, each once.
func allFiles(history []tiepdan.Entry) (files []tiepdan.Attachment) {
	for _, e := range history {
		for _, f := range e.Files {
			if !hasFile(files, f.SHA256) {
				files = append(files, f)
			}
		}
	}
	return files
}
