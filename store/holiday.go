package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// SaveHoliday writes the row of its day, works out open cases' due days anew and
// lets the drafts of sessions follow; moved is how many cases changed.
func (s *Store) SaveHoliday(ctx context.Context, by tiepdan.Actor, h tiepdan.Holiday) (moved int, err error) {
	err = s.change(ctx, by, "save_holiday", onHoliday, func(tx pgx.Tx) (int64, facts, error) {
		return 0, facts{"day": h.On.String(), "kind": h.Kind, "confirmed": h.Confirmed}, writeHoliday(ctx, tx, h)
	})
	if err != nil {
		return 0, err
	}
	return s.newCalendar(ctx, by)
}

// DeleteHoliday removes the row of that day, as SaveHoliday writes one.
func (s *Store) DeleteHoliday(ctx context.Context, by tiepdan.Actor, on tiepdan.Date) (moved int, err error) {
	err = s.change(ctx, by, "delete_holiday", onHoliday, func(tx pgx.Tx) (int64, facts, error) {
		return 0, facts{"day": on.String()}, exec(ctx, tx, "holiday.none", `DELETE FROM holidays WHERE day = $1`, on)
	})
	if err != nil {
		return 0, err
	}
	return s.newCalendar(ctx, by)
}

// newCalendar brings what hangs on working days up to the calendar that was saved
// just now. A session that a person confirmed stays on its day: the plan says so.
func (s *Store) newCalendar(ctx context.Context, by tiepdan.Actor) (moved int, err error) {
	if moved, err = s.RecomputeDues(ctx, by); err != nil {
		return moved, err
	}
	_, err = s.makeSessions(ctx, by, s.now())
	return moved, err
}

func writeHoliday(ctx context.Context, tx pgx.Tx, h tiepdan.Holiday) error {
	if h.On.IsZero() {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "date.wrong"}
	}
	_, err := tx.Exec(ctx, `INSERT INTO holidays (day, kind, name, source, confirmed) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (day) DO UPDATE SET (kind, name, source, confirmed) =
			(excluded.kind, excluded.name, excluded.source, excluded.confirmed)`, h.On, h.Kind, h.Name, h.Source, h.Confirmed)
	return err
}

// dueBatch is how many cases are locked at a time.
const dueBatch = 200

// RecomputeDues works out the due day of every open case by the settings as they
// stand, and returns how many moved. One audit row tells of all.
func (s *Store) RecomputeDues(ctx context.Context, by tiepdan.Actor) (moved int, err error) {
	s.rules.forget()
	rules, err := s.Rules(ctx)
	if err != nil {
		return 0, err
	}
	for after := int64(0); ; {
		last, n, err := s.recomputeSome(ctx, rules, after)
		if err != nil {
			return moved, broken(err, "recompute due days")
		}
		moved += n
		if last == 0 {
			break
		}
		after = last
	}
	err = audit(ctx, s.db, s.now(), by, "recompute_dues", onHoliday, 0, facts{"cases": moved})
	return moved, err
}

// recomputeSome does so for the next cases after an id; last is 0 when there are none.
func (s *Store) recomputeSome(ctx context.Context, rules *tiepdan.Rules, after int64) (last int64, moved int, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		cases, err := lockOpenCases(ctx, tx, after)
		if err != nil || len(cases) == 0 {
			return err
		}
		last = cases[len(cases)-1].ID
		b := &pgx.Batch{}
		for _, c := range cases {
			b.Queue(`UPDATE cases SET due_on = $2 WHERE id = $1 AND due_on IS DISTINCT FROM $2`, c.ID, dueOn(c, rules))
		}
		results := tx.SendBatch(ctx, b)
		defer results.Close()
		for range cases {
			tag, err := results.Exec()
			if err != nil {
				return err
			}
			moved += int(tag.RowsAffected())
		}
		return results.Close()
	})
	return last, moved, err
}

// dueOn is the day that the lists sort and count by; none for a case that waits
// for nothing of ours.
func dueOn(c tiepdan.Case, rules *tiepdan.Rules) tiepdan.Date {
	d, ok := tiepdan.NextDue(c, rules)
	if !ok {
		return tiepdan.Date{}
	}
	return d.On
}
