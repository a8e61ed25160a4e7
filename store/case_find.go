package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// How cases are found, however many there are. Neither way of asking Postgres is
// good for every filter: sorted by time, a rare word is met after half a million
// rows; by the index of words, a frequent one has half a million rows to sort.
// So the list is looked for where its page begins, in a few weeks first, which
// the index knows as well. Only when these don't fill the page, and so what is
// looked for is rare, all of it is fetched, up to a thousand; and when it proves
// to be many that lie further away, the search goes on through the weeks.

const (
	nearWeeks   = 2  // the first stretch
	growth      = 4  // each following stretch is so many times the one before
	farWeeks    = 26 // and no longer than this
	stretches   = 24 // a page goes no further; the next one does
	phraseSteps = 6  // nor so far where each case must be read for its words' order
	fewHits     = tiepdan.CountCap
)

// hit is a case that was found: its id, and where it stands in the order.
type hit struct {
	ID     int64
	At     time.Time
	Matter int64 // 0: its own
	Out    bool  // the index took it for one, but its words stand in another order
}

// tallied counts cases that are all that a filter finds.
func tallied(hits []hit) tiepdan.CaseTally {
	matters := make(map[int64]bool, len(hits))
	for _, h := range hits {
		matters[cmp.Or(h.Matter, -h.ID)] = true
	}
	return tiepdan.CaseTally{N: len(hits), Matters: len(matters), Counted: true}
}

// finding is a filter and how far it is answered.
type finding struct {
	order  order
	where  where  // what the index doesn't know
	marks  string // what it does; "": the filter says nothing of it
	exact  string // words in quotes: what must be asked beyond marks; "" mostly
	after  string // the key of the page before
	bounds        // the weeks that the page may come from
	fixed  bool   // the filter itself sets a bound, so the index must be told
	whole  bool   // it sets none: what is rare is looked for in all of time
	met    tiepdan.CaseTally
}

// bounds are weeks, from one to before another.
type bounds struct{ from, until int }

// order is what a list is sorted by, and the marks of its weeks.
type order struct {
	column      string
	at          string // the column as a moment
	week, block string
	desc        bool
}

// dueMoment is a day as a moment.
func dueMoment(column string) string { return column + `::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'` }

func orderOf(f CaseFilter) order {
	switch {
	case f.Order == tiepdan.OldestFirst:
		return order{column: "c.received", at: "c.received", week: "=w", block: "=b"}
	case f.Order == tiepdan.DueFirst && f.Remains:
		return order{column: "c.remains_on", at: dueMoment("c.remains_on"), week: "=m", block: "=n"}
	case f.Order == tiepdan.DueFirst:
		return order{column: "c.due_on", at: dueMoment("c.due_on"), week: "=d", block: "=e"}
	}
	return order{column: "c.received", at: "c.received", week: "=w", block: "=b", desc: true}
}

func (o order) direction() string {
	if o.desc {
		return "DESC"
	}
	return "ASC"
}

// finds prepares the answer to a filter.
func (s *Store) finds(ctx context.Context, f CaseFilter, rules *tiepdan.Rules) (q *finding, err error) {
	today := tiepdan.DateOf(s.now())
	q = &finding{order: orderOf(f), where: filterCases(f, today), after: f.After}
	marks := marksOf(f)
	exact, rough, err := s.wordsOf(ctx, f.Words, rules)
	if err != nil {
		return nil, err
	}
	if rough != "" {
		marks = append(marks, rough)
	}
	if exact != rough {
		q.exact = exact
	}
	q.marks = allOf(marks)
	if f.OneAMatter {
		q.oneAMatter(f, today, exact)
	}
	return q, nil
}

// bound sets the weeks that hold what is looked for.
func (s *Store) bound(ctx context.Context, q *finding, f CaseFilter) error {
	if q.marks == "" {
		return nil
	}
	var first, last *time.Time
	end := func(direction string) string {
		return fmt.Sprintf(`(SELECT %s FROM cases c WHERE %s IS NOT NULL ORDER BY %[2]s %[3]s, c.id %[3]s LIMIT 1)`, q.order.at, q.order.column, direction)
	}
	if err := s.db.QueryRow(ctx, `SELECT `+end("ASC")+`, `+end("DESC")).Scan(&first, &last); err != nil || first == nil {
		return err
	}
	q.bounds = bounds{weekOfTime(*first), weekOfTime(*last) + 1}
	if q.order.column == "c.received" {
		if !f.From.IsZero() && weekOf(f.From) > q.from {
			q.from, q.fixed = weekOf(f.From), true
		}
		if !f.To.IsZero() && weekOf(f.To)+1 < q.until {
			q.until, q.fixed = weekOf(f.To)+1, true
		}
	}
	if at, _, ok := readPageKey(f.After, q.order); ok {
		if week := weekOfTime(at); q.order.desc && week+1 < q.until {
			q.until, q.fixed = week+1, true
		} else if !q.order.desc && week > q.from {
			q.from, q.fixed = week, true
		}
	}
	q.whole = !q.fixed
	return nil
}

// page returns the first hits in order, no more than limit. Further is where the
// search stopped before it found as many, for the next page's key; zero: at the end.
func (s *Store) page(ctx context.Context, q *finding, limit int) (hits []hit, further time.Time, err error) {
	if q.marks == "" {
		hits, err = s.look(ctx, q, bounds{}, limit, true)
		return hits, further, err
	}
	size, most := nearWeeks, stretches
	if q.exact != "" {
		most = phraseSteps
	}
	for n := 0; q.from < q.until && len(hits) < limit; n++ {
		if n == 2 {
			rare, all, err := s.rare(ctx, q)
			if err != nil || all {
				hits = append(hits, rare...)
				q.met = tallied(hits)
				return hits[:min(len(hits), limit)], further, err
			}
			if q.exact == "" {
				q.met = tiepdan.CaseTally{N: fewHits, More: true, Counted: true}
			}
		}
		if n == most {
			return hits, q.stopped(), nil
		}
		found, err := s.look(ctx, q, q.take(size), limit-len(hits), true)
		if err != nil {
			return nil, further, err
		}
		hits = append(hits, found...)
		size = min(size*growth, farWeeks)
	}
	return hits, further, nil
}

// take cuts the next stretch off the weeks that are left.
func (q *finding) take(weeks int) (b bounds) {
	if q.order.desc {
		b = bounds{max(q.from, q.until-weeks), q.until}
		q.until = b.from
	} else {
		b = bounds{q.from, min(q.until, q.from+weeks)}
		q.from = b.until
	}
	q.fixed = true
	return b
}

// stopped is the moment before which, or from which, nothing was looked at.
func (q *finding) stopped() time.Time {
	if q.order.desc {
		return weekBegins(q.until).Time()
	}
	return weekBegins(q.from).Time()
}

// rare fetches whatever is left; all is false when it is more than a few. Marks of
// many weeks cost more than to meet once more what the first stretches had.
func (s *Store) rare(ctx context.Context, q *finding) (hits []hit, all bool, err error) {
	asked := *q
	if q.whole {
		asked.fixed = false
	}
	found, err := s.look(ctx, &asked, q.bounds, fewHits+1, false)
	if err != nil || len(found) > fewHits {
		return nil, false, err
	}
	hits = slices.DeleteFunc(found, func(h hit) bool { return h.Out || !q.holds(h.At) })
	slices.SortFunc(hits, func(a, b hit) int {
		n := cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
		if q.order.desc {
			return -n
		}
		return n
	})
	return hits, true, nil
}

// holds reports whether a moment is in one of the weeks.
func (b bounds) holds(at time.Time) bool {
	week := weekOfTime(at)
	return b.from <= week && week < b.until
}

// look asks Postgres for hits within some weeks: sorted, or, as they come, those
// that the index alone takes for hits.
func (s *Store) look(ctx context.Context, q *finding, b bounds, limit int, sorted bool) (hits []hit, err error) {
	w, column := q.where.clone(), q.order.column
	q.following(&w, column)
	q.within(&w, b)
	if q.marks != "" && sorted {
		w.add(column+" >= ? AND "+column+" < ?", q.order.value(b.from), q.order.value(b.until)) // so that walking there is a way, too
	}
	out := "false"
	if q.exact != "" && sorted {
		w.add("c.search @@ ?::tsquery", q.exact)
	} else if q.exact != "" {
		out = "NOT c.search @@ " + w.arg(q.exact) + "::tsquery"
	}
	sql := `SELECT c.id, ` + q.order.at + ` AS at, coalesce(c.matter, 0) AS matter, ` + out + ` AS out FROM cases c WHERE ` + w.sql()
	if sorted {
		sql += ` ORDER BY ` + column + ` ` + q.order.direction() + `, c.id ` + q.order.direction()
	}
	asked := &pgx.Batch{}
	queueWays(asked, q.inOrder())
	asked.Queue(sql+` LIMIT `+strconv.Itoa(limit), w.args...).Query(func(rows pgx.Rows) (err error) {
		hits, err = pgx.CollectRows(rows, pgx.RowToStructByName[hit])
		return err
	})
	err = s.db.SendBatch(ctx, asked).Close()
	return hits, err
}

// within adds what the index is asked: the marks, and the weeks unless they are all.
func (q *finding) within(w *where, b bounds) {
	if q.marks == "" {
		return
	}
	marks := q.marks
	if q.fixed {
		marks += " & " + weekMarks(q.order.week, q.order.block, b.from, b.until)
	}
	w.add("c.search @@ ?::tsquery", marks)
}

// following leaves what comes after the page before.
func (q *finding) following(w *where, column string) {
	if at, id, ok := readPageKey(q.after, q.order); ok {
		after := ">"
		if q.order.desc {
			after = "<"
		}
		w.add("("+column+", c.id) "+after+" (?, ?)", q.order.moment(at), id)
	}
}

// value is where a week begins, as the order's column has it.
func (o order) value(week int) any { return o.moment(weekBegins(week).Time()) }

// moment is a moment as the order's column has it.
func (o order) moment(at time.Time) any {
	if o.column != "c.received" {
		return tiepdan.DateOf(at)
	}
	return at
}

// inOrder reports whether the hits are read from an index that has their order, for
// want of marks that the index of words could be asked for.
func (q *finding) inOrder() bool { return q.marks == "" }

// byIndex runs a query that never reads a whole table, whatever Postgres believes
// of how often a word occurs.
func (s *Store) byIndex(ctx context.Context, sql string, args []any, read func(pgx.Rows) error) error {
	b := &pgx.Batch{}
	queueWays(b, false)
	b.Queue(sql, args...).Query(read)
	return s.db.SendBatch(ctx, b).Close()
}

// queueWays closes ways to what is queued next: that through a whole table; that of
// several workers, which take longer to begin than the question takes; and where an
// index is read in its order, that by a bitmap. Of an open case Postgres knows that few
// are open and few have a due day, but not that these are the same.
func queueWays(b *pgx.Batch, inOrder bool) {
	bitmaps := "on"
	if inOrder {
		bitmaps = "off"
	}
	b.Queue(`SELECT set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true), set_config('enable_bitmapscan', $1, true)`, bitmaps)
}
