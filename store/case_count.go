package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Counting goes through these stretches of weeks, from now on backward, and then
// through all the rest: whatever is frequent is enough soon. What is open is never
// much, however long the office has been there, and is counted in one go.
const (
	countFirst = 4  // two are yet to come
	countNext  = 12 // with the first; and then on to where a block begins: a block is one mark to ask for, but many cases
)

// CountCases counts what the filter finds, up to most; capped says that there are
// more, or may be.
func (s *Store) CountCases(ctx context.Context, f CaseFilter, most int) (n int, capped bool, err error) {
	counts, err := s.CountEach(ctx, []CaseFilter{f}, most)
	if err != nil {
		return 0, false, err
	}
	return counts[0].N, counts[0].More, nil
}

// CountEach is [Store.CountCases] of several filters in one question, in their order.
func (s *Store) CountEach(ctx context.Context, filters []CaseFilter, most int) ([]tiepdan.CaseTally, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	b, counts := &pgx.Batch{}, make([]tiepdan.CaseTally, len(filters))
	for i, f := range filters {
		f.After = ""
		q, err := s.finds(ctx, f, rules)
		if err != nil {
			return nil, broken(err, "count cases")
		}
		today := tiepdan.DateOf(s.now())
		if q.marks != "" && !f.OneAMatter && knows(f.By) { // the index alone counts, where it can
			q.where = where{}
			narrowed(&q.where, f, today)
			q.marks = allOf(append([]string{q.marks}, unbarredMarks(f.By)...))
		}
		queueCount(b, q, stretchesOf(f, today), most, &counts[i])
	}
	return counts, broken(s.db.SendBatch(ctx, b).Close(), "count cases")
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
	blocks := blockOf(until - countNext)
	if !f.From.IsZero() && from >= blocks {
		return []string{weeks(from, until)}
	}
	rest := "!" + weeks(blocks, blockOf(now)+blockSize)
	if !f.From.IsZero() {
		rest = weeks(from, blocks)
	}
	near := weeks(blocks, blockOf(until-1)+blockSize) + " & !" + weeks(until-countNext, until)
	return []string{weeks(until-countFirst, until), weeks(until-countNext, until-countFirst), near, rest}
}

// blockOf is the week that the block of a week begins with.
func blockOf(week int) int { return week >> blockBits << blockBits }

// queueCount counts the hits in one question, whose stretches are looked through one
// after the other until there are enough. Where each case must be read for its
// words' order, no more of them are than the limit.
func queueCount(b *pgx.Batch, q *finding, stretches []string, limit int, count *tiepdan.CaseTally) {
	// Without a column asked for, Postgres needn't look at the table's rows.
	w, right, fits := q.where.clone(), "", "count(*)"
	if q.exact != "" {
		right, fits = "c.search @@ "+w.arg(q.exact)+"::tsquery AS fits", "count(*) FILTER (WHERE fits)"
	}
	if q.inOrder() {
		stretches = []string{""}
	}
	var parts []string
	where := w.sql()
	for _, weeks := range stretches {
		part := fmt.Sprintf(`(SELECT %s FROM cases c WHERE %s`, right, where)
		if asked := joined(q.marks, weeks); asked != "" {
			part += " AND c.search @@ " + w.arg(asked) + "::tsquery"
		}
		parts = append(parts, part+")")
	}
	queueWays(b, q.inOrder())
	sql := fmt.Sprintf(`SELECT count(*), %s FROM (%s LIMIT %d) found`, fits, strings.Join(parts, " UNION ALL "), limit+1)
	b.Queue(sql, w.args...).QueryRow(func(row pgx.Row) error {
		var all, n int
		err := row.Scan(&all, &n)
		*count = tiepdan.CaseTally{N: min(n, limit), More: all > limit, Counted: true}
		return err
	})
}

func joined(marks, weeks string) string {
	if weeks == "" {
		return marks
	}
	return marks + " & " + weeks
}
