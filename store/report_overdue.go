package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// OverdueReport says of each unit what is open, near and overdue by now, and what it
// did late in the span; apart from that, what it helps others with, and what it owes
// after a case's end. What is about by isn't counted.
func (s *Store) OverdueReport(ctx context.Context, by tiepdan.Actor, from, until tiepdan.Date) ([]tiepdan.OverdueUnit, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	today := tiepdan.DateOf(s.now())
	w := where{args: []any{today, rules.Calendar.AddWorking(today, tiepdan.SoonDays), openStatuses(), from, until}}
	unbarred(&w, by.Staff, by.Unit)
	ours := w.sql()
	w.parts = nil
	unbarredOf(&w, "l.case_id", by)
	rows, err := s.db.Query(ctx, overdueSQL(ours, w.sql()), w.args...)
	if err != nil {
		return nil, broken(err, "overdue report")
	}
	us, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.OverdueUnit])
	return us, broken(err, "overdue report")
}

// overdueSQL counts by unit in each of the places that know of days; ours is what of a
// case c is counted, late what of a late duty l.
func overdueSQL(ours, late string) string {
	return `SELECT unit, sum(open)::bigint AS open, sum(soon)::bigint AS soon, sum(overdue)::bigint AS overdue, sum(met_late)::bigint AS met_late,
			max(longest) AS longest, sum(help_late)::bigint AS help_late, sum(help_met_late)::bigint AS help_met_late,
			sum(remain_late)::bigint AS remain_late, sum(remain_met_late)::bigint AS remain_met_late
		FROM (
			SELECT coalesce(unit, 0) AS unit, count(*) AS open, count(*) FILTER (WHERE due_on BETWEEN $1 AND $2) AS soon, count(*) FILTER (WHERE due_on < $1) AS overdue,
				0 AS met_late, greatest(max($1 - due_on), 0) AS longest, 0 AS help_late, 0 AS help_met_late, 0 AS remain_late, 0 AS remain_met_late
			FROM cases c WHERE status = ANY($3) AND ` + ours + ` GROUP BY 1
			UNION ALL
			SELECT coalesce(unit, 0), 0, 0, 0, count(*) FILTER (WHERE part = ''), coalesce(max(met - due) FILTER (WHERE part = ''), 0),
				0, count(*) FILTER (WHERE part = 'help'), 0, count(*) FILTER (WHERE part = 'remain')
			FROM late_duties l WHERE met >= $4 AND met < $5 AND ` + late + ` GROUP BY 1
			UNION ALL
			SELECT h.unit, 0, 0, 0, 0, 0, count(*), 0, 0, 0 FROM case_helps h JOIN cases c ON c.id = h.case_id WHERE h.due < $1 AND ` + ours + ` GROUP BY 1
			UNION ALL
			SELECT coalesce(unit, 0), 0, 0, 0, 0, 0, 0, 0, count(*), 0 FROM cases c WHERE remains_on < $1 AND ` + ours + ` GROUP BY 1
		) found GROUP BY unit ORDER BY unit`
}
