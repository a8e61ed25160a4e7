package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Counting goes through these stretches of weeks, from now on backward, and then
// through all the rest: whatever is frequent is enough soon. What is open is never
// much, however long the office has been there, and is counted in one go.
const (
	countFirst = 4 // two are yet to come
	countNear  = 8 // and on to where a block begins: a block is one mark to ask for, and each mark costs
)

// CountCases counts what the filter finds, up to most; capped says that there are
// more, or may be.
func (s *Store) CountCases(ctx context.Context, f CaseFilter, most int) (n int, capped bool, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return 0, false, err
	}
	f.After = ""
	q, err := s.finds(ctx, f, rules)
	switch {
	case err != nil:
	case onlyDue(f):
		q.marks = ""
	case q.marks != "" && !f.OneAMatter && knows(f.By): // the index alone counts, where it can
		q.where = where{}
		narrowed(&q.where, f, tiepdan.DateOf(s.now()))
		q.marks = allOf(append([]string{q.marks}, unbarredMarks(f.By)...))
	}
	if err == nil {
		n, capped, err = s.count(ctx, q, stretchesOf(f, tiepdan.DateOf(s.now())), most)
	}
	return n, capped, broken(err, "count cases")
}

// onlyDue reports whether a filter asks for nothing but what is due until some day,
// which an index of its own knows: what is due is open.
func onlyDue(f CaseFilter) bool {
	return (f.Overdue || !f.DueBefore.IsZero()) && !f.Remains && !mayHelp(f) && len(f.Status) == 0 && f.Words == "" &&
		!f.OneAMatter && len(marksBesideStatus(f)) == 0
}

// stretchesOf are marks of weeks that are all of time, or all that the filter
// leaves, each week once.
func stretchesOf(f CaseFilter, today tiepdan.Date) []string {
	now := weekOf(today) + 2 // nothing was received later
	from, until := 0, now
	if !f.To.IsZero() {
		until = min(now, weekOf(f.To)+1)
	}
	if !f.From.IsZero() {
		from = max(0, weekOf(f.From))
	}
	weeks := func(from, until int) string { return weekMarks("=w", "=b", from, until) }
	switch {
	case from >= until:
		return []string{mark("=")}
	case (onlyOpen(f) || f.Remains) && f.From.IsZero() && f.To.IsZero():
		return []string{""}
	}
	blocks := blockOf(until - countNear)
	if !f.From.IsZero() && from >= blocks {
		return []string{weeks(from, until)}
	}
	rest := "!" + weeks(blocks, blockOf(now)+blockSize)
	if !f.From.IsZero() {
		rest = weeks(from, blocks)
	}
	first := weeks(until-countFirst, until)
	near := weeks(blocks, blockOf(until-1)+blockSize) + " & !" + first
	return []string{first, near, rest}
}

// blockOf is the week that the block of a week begins with.
func blockOf(week int) int { return week >> blockBits << blockBits }

// count counts the hits in one question, whose stretches are looked through one
// after the other until there are enough. Where each case must be read for its
// words' order, no more of them are than the limit.
func (s *Store) count(ctx context.Context, q *finding, stretches []string, limit int) (n int, capped bool, err error) {
	// Without a column asked for, Postgres needn't look at the table's rows.
	w, right, fits := q.where.clone(), "", "count(*)"
	if q.exact != "" {
		right, fits = "c.search @@ "+w.arg(q.exact)+"::tsquery AS fits", "count(*) FILTER (WHERE fits)"
	}
	var parts []string
	if q.marks == "" {
		stretches = []string{""}
	}
	where := w.sql()
	for _, weeks := range stretches {
		part := fmt.Sprintf(`(SELECT %s FROM cases c WHERE %s`, right, where)
		if asked := joined(q.marks, weeks); asked != "" {
			part += " AND c.search @@ " + w.arg(asked) + "::tsquery"
		}
		parts = append(parts, part+")")
	}
	all := 0
	sql := fmt.Sprintf(`SELECT count(*), %s FROM (%s LIMIT %d) found`, fits, strings.Join(parts, " UNION ALL "), limit+1)
	err = s.byIndex(ctx, sql, w.args, func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&all, &n}, func() error { return nil })
		return err
	})
	return min(n, limit), all > limit, err
}

func joined(marks, weeks string) string {
	if weeks == "" {
		return marks
	}
	return marks + " & " + weeks
}

// onlyOpen reports whether the filter leaves open cases only.
func onlyOpen(f CaseFilter) bool {
	statuses, narrow := statusesOf(f)
	return narrow && !slices.ContainsFunc(statuses, func(s string) bool { return !tiepdan.Status(s).Open() })
}
