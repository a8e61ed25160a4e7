package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// SaveHoliday writes the row of its day, works out open cases' due days anew and
// lets the drafts of sessions follow.
func (s *Store) SaveHoliday(ctx context.Context, by tiepdan.Actor, h tiepdan.Holiday) (r tiepdan.Recount, err error) {
	err = s.change(ctx, by, "save_holiday", onHoliday, func(tx pgx.Tx) (int64, facts, error) {
		return 0, facts{"day": h.On.String(), "kind": h.Kind, "confirmed": h.Confirmed}, writeHoliday(ctx, tx, h)
	})
	if err != nil {
		return r, err
	}
	return s.newCalendar(ctx, by)
}

// DeleteHoliday removes the row of that day, as SaveHoliday writes one.
func (s *Store) DeleteHoliday(ctx context.Context, by tiepdan.Actor, on tiepdan.Date) (r tiepdan.Recount, err error) {
	err = s.change(ctx, by, "delete_holiday", onHoliday, func(tx pgx.Tx) (int64, facts, error) {
		return 0, facts{"day": on.String()}, exec(ctx, tx, "holiday.none", `DELETE FROM holidays WHERE day = $1`, on)
	})
	if err != nil {
		return r, err
	}
	return s.newCalendar(ctx, by)
}

// newCalendar brings what hangs on working days up to the calendar that was saved
// just now. A session that a person confirmed stays on its day: the plan says so.
func (s *Store) newCalendar(ctx context.Context, by tiepdan.Actor) (r tiepdan.Recount, err error) {
	if r, err = s.RecomputeDues(ctx, by); err != nil {
		return r, err
	}
	_, err = s.makeSessions(ctx, by, s.now())
	return r, err
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
