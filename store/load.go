package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Load is how much work somebody has, Loads everybody's.
type (
	Load  = tiepdan.Load
	Loads = tiepdan.Loads
)

// Loads counts what is open. It reads the index of open cases, however many have
// been closed.
func (s *Store) Loads(ctx context.Context) (Loads, error) {
	l, err := s.readLoads(ctx, s.db)
	return l, broken(err, "loads")
}

func (s *Store) readLoads(ctx context.Context, db runner) (Loads, error) {
	l := Loads{Officers: map[int64]Load{}, Units: map[int64]Load{}}
	b := &pgx.Batch{}
	b.Queue(`SELECT unit, coalesce(officer, 0), count(*), count(*) FILTER (WHERE due_on < $2)
		FROM cases WHERE unit = ANY(ARRAY(SELECT id FROM units)) AND status = ANY($1) GROUP BY 1, 2`,
		openStatuses(), tiepdan.DateOf(s.now())).Query(func(rows pgx.Rows) error { return addLoads(l, rows) })
	b.Queue(`SELECT staff_id, given FROM officer_turns`).Query(func(rows pgx.Rows) error { return addTurns(l, rows) })
	return l, db.SendBatch(ctx, b).Close()
}

func addLoads(l Loads, rows pgx.Rows) error {
	var unit, officer int64
	var open, overdue int
	_, err := pgx.ForEachRow(rows, []any{&unit, &officer, &open, &overdue}, func() error {
		of := l.Units[unit]
		l.Units[unit] = Load{Open: of.Open + open, Overdue: of.Overdue + overdue}
		if officer != 0 {
			of = l.Officers[officer]
			l.Officers[officer] = Load{Open: of.Open + open, Overdue: of.Overdue + overdue}
		}
		return nil
	})
	return err
}

func addTurns(l Loads, rows pgx.Rows) error {
	var officer int64
	var given time.Time
	_, err := pgx.ForEachRow(rows, []any{&officer, &given}, func() error {
		of := l.Officers[officer]
		of.Given = given
		l.Officers[officer] = of
		return nil
	})
	return err
}
