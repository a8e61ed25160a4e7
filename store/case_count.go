package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Counting looks at a few weeks first: four, two of which are yet to come, and eight
// before them. What is frequent is enough there; for the rest, how much there was
// tells how far back it takes.
const (
	countFirst = 4
	countNear  = 12
	countFar   = 2 * blockSize // what takes longer is looked for in all of time
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

// CountEach is [Store.CountCases] of several filters, in their order, in one question
// or two.
func (s *Store) CountEach(ctx context.Context, filters []CaseFilter, most int) ([]tiepdan.CaseTally, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]counting, len(filters))
	for i, f := range filters {
		if all[i], err = s.counting(ctx, f, rules, most); err != nil {
			return nil, broken(err, "count cases")
		}
	}
	for _, weeks := range []func(*counting) []string{(*counting).near, (*counting).far} {
		b := &pgx.Batch{}
		for i := range all {
			all[i].queue(b, weeks(&all[i]))
		}
		if b.Len() == 0 {
			break
		}
		if err := s.db.SendBatch(ctx, b).Close(); err != nil {
			return nil, broken(err, "count cases")
		}
	}
	counts := make([]tiepdan.CaseTally, len(all))
	for i, c := range all {
		counts[i] = tiepdan.CaseTally{N: min(c.fit, most), More: c.met > most, Counted: true}
	}
	return counts, nil
}

// counting counts what a filter finds, up to a limit, as far as it has come.
type counting struct {
	q     *finding
	weeks bounds // that the filter leaves
	begin bool   // it names a day that they begin with
	once  bool   // all of them are asked for at once
	limit int
	met   int // hits of the index …
	fit   int // … and of these, those whose words stand in their order
}

func (s *Store) counting(ctx context.Context, f CaseFilter, rules *tiepdan.Rules, limit int) (c counting, err error) {
	f.After = ""
	c = counting{begin: !f.From.IsZero(), limit: limit}
	if c.q, err = s.finds(ctx, f, rules); err != nil {
		return c, err
	}
	today := tiepdan.DateOf(s.now())
	if !c.q.inOrder() && !f.OneAMatter && knows(f.By) { // the index alone counts, where it can
		c.q.where = where{}
		narrowed(&c.q.where, f, today)
		c.q.marks = allOf(append([]string{c.q.marks}, unbarredMarks(f.By)...))
	}
	c.weeks.until = weekOf(today) + 2 // nothing was received later
	if !f.To.IsZero() {
		c.weeks.until = min(c.weeks.until, weekOf(f.To)+1)
	}
	if c.begin {
		c.weeks.from = max(0, weekOf(f.From))
	}
	c.once = c.q.inOrder() || (onlyOpen(f) || f.Remains) && f.From.IsZero() && f.To.IsZero() // few, with words
	return c, nil
}

func receivedIn(from, until int) string { return weekMarks("=w", "=b", from, until) }

// near are the marks of the weeks that are looked at first, or of all.
func (c *counting) near() []string {
	switch first, near := c.weeks.until-countFirst, c.weeks.until-countNear; {
	case c.once:
		return []string{""}
	case c.weeks.from >= c.weeks.until:
		return nil
	case c.weeks.from >= first:
		return []string{receivedIn(c.weeks.from, c.weeks.until)}
	default:
		return []string{receivedIn(first, c.weeks.until), receivedIn(max(near, c.weeks.from), first)}
	}
}

// far are the marks of more weeks, of those first that are probably enough; none when
// enough was met, or all. What is near is met once more: to leave out marks of weeks
// costs more, and so do the marks of very many.
func (c *counting) far() []string {
	if c.once || c.met > c.limit || c.weeks.from >= c.weeks.until-countNear {
		return nil
	}
	enough := countNear * c.limit * 3 / 2 / max(1, c.met)
	begins, ends := max(c.weeks.from, blockOf(c.weeks.until-enough)), blockOf(c.weeks.until-1)+blockSize
	c.met, c.fit = 0, 0
	switch near := receivedIn(begins, ends); {
	case !c.begin && enough > countFar:
		return []string{""}
	case !c.begin:
		return []string{near, "!" + near}
	case begins > c.weeks.from:
		return []string{near, receivedIn(c.weeks.from, begins)}
	default:
		return []string{near}
	}
}

// blockOf is the week that the block of a week begins with.
func blockOf(week int) int { return week >> blockBits << blockBits }

// queue asks how many hits there are in stretches of weeks, which are looked through
// one after the other until there are enough. Where each case must be read for its
// words' order, no more of them are than the limit.
func (c *counting) queue(b *pgx.Batch, stretches []string) {
	if len(stretches) == 0 {
		return
	}
	// Without a column asked for, Postgres needn't look at the table's rows.
	w, right, fits := c.q.where.clone(), "", "count(*)"
	if c.q.exact != "" {
		right, fits = "c.search @@ "+w.arg(c.q.exact)+"::tsquery AS fits", "count(*) FILTER (WHERE fits)"
	}
	var parts []string
	where := w.sql()
	for _, weeks := range stretches {
		part := fmt.Sprintf(`(SELECT %s FROM cases c WHERE %s`, right, where)
		if asked := joined(c.q.marks, weeks); asked != "" {
			part += " AND c.search @@ " + w.arg(asked) + "::tsquery"
		}
		parts = append(parts, part+")")
	}
	queueWays(b, c.q.inOrder())
	sql := fmt.Sprintf(`SELECT count(*), %s FROM (%s LIMIT %d) found`, fits, strings.Join(parts, " UNION ALL "), c.limit+1-c.met)
	b.Queue(sql, w.args...).QueryRow(func(row pgx.Row) error {
		var met, fit int
		err := row.Scan(&met, &fit)
		c.met, c.fit = c.met+met, c.fit+fit
		return err
	})
}

func joined(marks, weeks string) string {
	if weeks == "" {
		return marks
	}
	return marks + " & " + weeks
}
