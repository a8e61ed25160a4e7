package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Roster returns who is on duty at the regular reception from from to before until.
func (s *Store) Roster(ctx context.Context, from, until tiepdan.Date) ([]tiepdan.OnDuty, error) {
	rows, err := s.db.Query(ctx, `SELECT d.day AS "on", d.shift, d.staff_id AS staff, st.name, d.note
		FROM duty_roster d JOIN staff st ON st.id = d.staff_id WHERE d.day >= $1 AND d.day < $2
		ORDER BY d.day, array_position(ARRAY['day', 'morning', 'afternoon'], d.shift), st.name COLLATE "vi-x-icu", d.staff_id`, from, until)
	if err != nil {
		return nil, broken(err, "roster")
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.OnDuty])
	return list, broken(err, "roster")
}

// SaveRoster replaces all turns from from to before until by these.
func (s *Store) SaveRoster(ctx context.Context, by tiepdan.Actor, from, until tiepdan.Date, turns []tiepdan.OnDuty) error {
	if err := checkRoster(from, until, turns); err != nil {
		return err
	}
	return broken(pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		b := &pgx.Batch{}
		b.Queue(`SELECT pg_advisory_xact_lock(hashtextextended('tiepdan roster', 0))`) // two who replace one span don't mix
		b.Queue(`DELETE FROM duty_roster WHERE day >= $1 AND day < $2`, from, until)
		for _, t := range turns {
			b.Queue(`INSERT INTO duty_roster (day, shift, staff_id, note) VALUES ($1, $2, $3, $4)`, t.On, t.Shift, t.Staff, tiepdan.Clean(t.Note))
		}
		b.Queue(addAudit, auditRow(s.now(), by, "save_roster", onRoster, 0,
			facts{"from": from.String(), "until": until.String(), "turns": len(turns)})...)
		return tx.SendBatch(ctx, b).Close()
	}), "save roster")
}

// checkRoster asks of each turn that it lies in the span, of a person, once.
func checkRoster(from, until tiepdan.Date, turns []tiepdan.OnDuty) error {
	type turn struct {
		on    tiepdan.Date
		shift tiepdan.Shift
		staff int64
	}
	seen := map[turn]bool{}
	for _, t := range turns {
		this := turn{t.On, t.Shift, t.Staff}
		switch {
		case t.On.Before(from) || !t.On.Before(until) || t.Staff == 0:
			return &tiepdan.Error{Code: tiepdan.Invalid, Key: "roster.wrong"}
		case t.Shift != tiepdan.WholeDay && t.Shift != tiepdan.Morning && t.Shift != tiepdan.Afternoon:
			return &tiepdan.Error{Code: tiepdan.Invalid, Key: "roster.wrong"}
		case seen[this]:
			return &tiepdan.Error{Code: tiepdan.Invalid, Key: "roster.twice"}
		}
		seen[this] = true
	}
	return nil
}
