package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const recurrenceColumns = `r.id, r.name, r.rrule, r.starting AS "from", r.until, r.day_off, r.kind, r.online, coalesce(r.unit, 0) AS unit, r.host,
	r.starts, r.ends, r.place, coalesce(r.head, 0) AS head, r.presides, r.attends, r.units, r.focus, r.places, r.cut_days, r.active`

// Recurrences returns the standing rules for sessions, those of old last.
func (s *Store) Recurrences(ctx context.Context) ([]tiepdan.Recurrence, error) {
	list, err := readRecurrences(ctx, s.db, `true ORDER BY r.active DESC, r.id`)
	return list, broken(err, "recurrences")
}

// Recurrence returns one of them.
func (s *Store) Recurrence(ctx context.Context, id int64) (tiepdan.Recurrence, error) {
	r, err := oneRecurrence(ctx, s.db, `r.id = $1`, id)
	return r, broken(err, "recurrence")
}

func readRecurrences(ctx context.Context, db runner, which string, args ...any) ([]tiepdan.Recurrence, error) {
	rows, err := db.Query(ctx, `SELECT `+recurrenceColumns+` FROM recurrences r WHERE `+which, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.Recurrence])
}

func oneRecurrence(ctx context.Context, db runner, which string, id int64) (tiepdan.Recurrence, error) {
	list, err := readRecurrences(ctx, db, which, id)
	if err == nil && len(list) == 0 {
		err = notFound("recurrence.none")
	}
	if err != nil {
		return tiepdan.Recurrence{}, err
	}
	return list[0], nil
}

// SaveRecurrence adds a rule (ID 0) or changes one, and returns the id. The drafts
// that it gave and that nobody has looked at are made anew at once; what a person
// confirmed or wrote stays. No rule is deleted: its sessions name it.
func (s *Store) SaveRecurrence(ctx context.Context, by tiepdan.Actor, r tiepdan.Recurrence) (id int64, err error) {
	now := s.now()
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if r.ID, err = writeRecurrence(ctx, tx, r); err != nil {
			return err
		}
		n, err := remake(ctx, tx, r, now)
		if err != nil {
			return err
		}
		f := n.facts()
		f["kind"], f["active"] = r.Kind, r.Active
		return audit(ctx, tx, now, by, "save_recurrence", onRecurrence, r.ID, f)
	})
	if err != nil {
		return 0, broken(err, "save recurrence")
	}
	return r.ID, nil
}

func writeRecurrence(ctx context.Context, tx pgx.Tx, r tiepdan.Recurrence) (id int64, err error) {
	if err := r.Valid(); err != nil {
		return 0, err
	}
	if r.Units == nil {
		r.Units = []int64{}
	}
	args := []any{r.Name, r.RRule, r.From, r.Until, r.DayOff, r.Kind, r.Online, r.Unit, r.Host, r.Starts, r.Ends, r.Place, r.Head,
		r.Presides, r.Attends, r.Units, r.Focus, r.Places, r.CutDays, r.Active}
	const fields = `name, rrule, starting, until, day_off, kind, online, unit, host, starts, ends, place, head, presides, attends, units, focus, places, cut_days, active`
	const values = `$1, $2, $3, $4, $5, $6, $7, nullif($8::bigint, 0), $9, $10, $11, $12, nullif($13::bigint, 0), $14, $15, $16, $17, $18, $19, $20`
	if r.ID != 0 {
		return r.ID, exec(ctx, tx, "recurrence.none", `UPDATE recurrences SET (`+fields+`) = (`+values+`) WHERE id = $21`, append(args, r.ID)...)
	}
	err = tx.QueryRow(ctx, `INSERT INTO recurrences (`+fields+`) VALUES (`+values+`) RETURNING id`, args...).Scan(&id)
	return id, err
}
