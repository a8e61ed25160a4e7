package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// queueResult keeps what is reported upward of a case that is closed, and to whom: the
// desk and the board's head, as many as it isn't about.
func queueResult(b *pgx.Batch, c tiepdan.Case, rules *tiepdan.Rules) {
	r, ok := tiepdan.ResultOf(c, rules)
	if !ok {
		return
	}
	b.Queue(`INSERT INTO results (case_id, entry, at, kind, unit, outcome, document, signed, answered, how, delivered, due, late, told_to)
		VALUES ($1, $2, $3, $4, nullif($5::bigint, 0), $6, $7, $8, $9, $10, $11, $12, $13, ARRAY(SELECT st.id FROM staff st
			WHERE st.role IN ('receptionist', 'board_head') AND NOT st.disabled AND NOT st.id = ANY($14::bigint[]) AND NOT coalesce(st.unit = ANY($15::bigint[]), false)
			ORDER BY st.role, st.id))`,
		r.Case, r.Entry, r.At, r.Kind, r.Unit, r.Outcome, r.Document, r.Signed, r.Answered, r.How, r.Delivered, r.Due, r.Late,
		notNil(c.Barred.Staff), notNil(c.Barred.Units))
}

// resultsOf are the conditions of a filter. Of sealed cases only those who are cleared
// have results; of those that are about them nobody has.
func resultsOf(f tiepdan.ResultFilter) where {
	var w where
	w.add("r.at >= ? AND r.at < ?", f.From.Time(), f.Until.Time())
	rights(&w, tiepdan.CaseFilter{By: f.By})
	if !f.By.Cleared && f.By.Role != tiepdan.System {
		w.add("NOT c.sealed")
	}
	if f.Kind != "" {
		w.add("r.kind = ?", f.Kind)
	}
	if f.Unit != 0 {
		w.add("r.unit = ?", f.Unit)
	}
	if f.Outcome == "none" {
		w.add("r.outcome = ''")
	} else if f.Outcome != "" {
		w.add("r.outcome = ?", f.Outcome)
	}
	if f.Late != nil {
		w.add("(r.late > 0) = ?", *f.Late)
	}
	return w
}

// Results returns a page of what was reported in a span of days, the last first, and
// where the next page begins; "": nowhere.
func (s *Store) Results(ctx context.Context, f tiepdan.ResultFilter) (list []tiepdan.CaseResult, next string, err error) {
	w := resultsOf(f)
	if at, id, ok := afterResult(f.After); ok {
		w.add("(r.at, r.case_id) < (?, ?)", at, id)
	}
	limit := pageSize(f.Limit)
	rows, err := s.db.Query(ctx, `SELECT r.case_id AS "case", c.code, r.entry, r.at, r.kind, c.field, c.sealed, coalesce(r.unit, 0) AS unit, r.outcome, r.document,
			r.signed, r.answered, r.how, r.delivered, r.due, r.late, r.told_to
		FROM results r JOIN cases c ON c.id = r.case_id WHERE `+w.sql()+` ORDER BY r.at DESC, r.case_id DESC LIMIT `+strconv.Itoa(limit+1), w.args...)
	if err != nil {
		return nil, "", broken(err, "results")
	}
	if list, err = pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.CaseResult]); err != nil {
		return nil, "", broken(err, "results")
	}
	if len(list) > limit {
		list = list[:limit]
		last := list[limit-1]
		next = fmt.Sprintf("%d.%d", last.At.UnixMicro(), last.Case)
	}
	return list, next, nil
}

func afterResult(cursor string) (at time.Time, id int64, ok bool) {
	micro, after, ok := strings.Cut(cursor, ".")
	n, err1 := strconv.ParseInt(micro, 10, 64)
	id, err2 := strconv.ParseInt(after, 10, 64)
	return time.UnixMicro(n), id, ok && err1 == nil && err2 == nil
}

// SumResults counts what the filter finds, whatever page it is of.
func (s *Store) SumResults(ctx context.Context, f tiepdan.ResultFilter) (sum tiepdan.ResultSum, err error) {
	w := resultsOf(f)
	sum = tiepdan.ResultSum{Outcomes: map[string]int{}, Hows: map[string]int{}, Kinds: map[tiepdan.Kind]int{}}
	rows, err := s.db.Query(ctx, `SELECT r.kind, r.outcome, r.how, count(*), count(*) FILTER (WHERE r.due IS NOT NULL AND r.late = 0), count(*) FILTER (WHERE r.late > 0)
		FROM results r JOIN cases c ON c.id = r.case_id WHERE `+w.sql()+` GROUP BY 1, 2, 3`, w.args...)
	if err != nil {
		return sum, broken(err, "sum results")
	}
	var kind tiepdan.Kind
	var outcome, how string
	var n, inTime, late int
	_, err = pgx.ForEachRow(rows, []any{&kind, &outcome, &how, &n, &inTime, &late}, func() error {
		sum.N, sum.InTime, sum.Late, sum.NoTerm = sum.N+n, sum.InTime+inTime, sum.Late+late, sum.NoTerm+n-inTime-late
		sum.Kinds[kind] += n
		sum.Outcomes[outcome] += n
		sum.Hows[how] += n
		return nil
	})
	return sum, broken(err, "sum results")
}
