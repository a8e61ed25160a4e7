package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// errStands ends a change of a direction that has nothing to change any more.
var errStands = errors.New("store: the direction stands as it is")

// Escalate tells those who work on directions which fall due soon, and escalates
// the overdue ones to who decides for the office; it returns how many directions
// that were. What was told once isn't told again on the same day, however many
// processes ask.
func (s *Store) Escalate(ctx context.Context, now time.Time) (n int, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return 0, err
	}
	today := tiepdan.DateOf(now)
	warned, err := s.each(ctx, func(id int64) error { return s.warnDirective(ctx, id, today, rules.Calendar) },
		`warned = 0 AND d.due BETWEEN $1 AND $2`, today, rules.Calendar.AddWorking(today, tiepdan.WarnDays))
	if err != nil {
		return warned, broken(err, "warn of directives")
	}
	escalated, err := s.each(ctx, func(id int64) error { return s.escalateDirective(ctx, id, now, rules.Calendar) },
		`d.due < $1 AND NOT EXISTS (SELECT FROM directive_entries e WHERE e.directive_id = d.id AND e.action = 'escalate' AND e.at >= $2 AND e.at >= (d.due + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')`,
		today, rules.Calendar.AddWorking(today, -tiepdan.EscalateDays).Add(1).Time())
	if n = warned + escalated; n > 0 {
		s.Wake()
	}
	return n, broken(err, "escalate directives")
}

// each does something to every open direction that the condition finds, each in a
// transaction of its own, and counts those that it was still to be done to.
func (s *Store) each(ctx context.Context, do func(id int64) error, which string, args ...any) (n int, err error) {
	rows, err := s.db.Query(ctx, `SELECT d.id FROM directives d WHERE `+openDirectives+` AND `+which+` ORDER BY d.due, d.id`, args...)
	if err != nil {
		return 0, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	for _, id := range ids {
		err := do(id)
		if errors.Is(err, errStands) {
			continue
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, err
}

func (s *Store) warnDirective(ctx context.Context, id int64, today tiepdan.Date, c tiepdan.Calendar) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `UPDATE directives SET warned = 1 WHERE id = $1 AND warned = 0`, id)
		if err != nil {
			return err
		}
		d, err := readDirective(ctx, tx, `d.id = $1`, id)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 || !d.Warns(today, c) {
			return errStands
		}
		b := &pgx.Batch{}
		s.tellOfDirective(b, d, tiepdan.Actor{Role: tiepdan.System}, tiepdan.DirectiveDue(d), "due-"+d.Due.String())
		return tx.SendBatch(ctx, b).Close()
	})
}

func (s *Store) escalateDirective(ctx context.Context, id int64, now time.Time, c tiepdan.Calendar) error {
	_, _, err := s.UpdateDirective(ctx, id, func(d tiepdan.Directive) (tiepdan.Directive, tiepdan.DirectiveEntry, error) {
		if !d.Escalates(tiepdan.DateOf(now), c) {
			return d, tiepdan.DirectiveEntry{}, errStands
		}
		return tiepdan.DirectiveAct{Do: tiepdan.EscalateDirective, By: tiepdan.Actor{Role: tiepdan.System}, At: now}.Apply(d)
	})
	return err
}
