package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// queueHelps keeps for the lists of those who help what is wanted of them, as far as
// this change makes a difference to that.
func queueHelps(b *pgx.Batch, before, c tiepdan.Case) {
	wanted := c.HelpWanted()
	if slices.Equal(before.HelpWanted(), wanted) {
		return
	}
	b.Queue(`DELETE FROM case_helps WHERE case_id = $1`, c.ID)
	for _, h := range wanted {
		b.Queue(`INSERT INTO case_helps (case_id, entry, unit, officer, due) VALUES ($1, $2, $3, nullif($4::bigint, 0), $5)`,
			c.ID, h.Entry, h.Unit, h.Officer, h.Due)
	}
}

// ownHelp is the condition on a row h of the help that is wanted in the case c, with a
// date, that it is the one's who looks, or of a colleague's whose place they take; ""
// when nobody asks for theirs.
func ownHelp(w *where, by tiepdan.Actor) string {
	var selves []string
	for _, self := range unitSelves(by) {
		of := where{args: w.args}
		switch {
		case self.Role == tiepdan.UnitHead:
			of.add("h.unit = ?", self.Unit)
		default:
			of.add("h.officer = ?", self.Staff)
		}
		if self.Staff != by.Staff {
			unbarred(&of, self.Staff, self.Unit)
			if !self.Cleared {
				of.add("NOT c.sealed")
			}
		}
		w.args = of.args
		selves = append(selves, "("+of.sql()+")")
	}
	if len(selves) == 0 {
		return ""
	}
	return "h.due IS NOT NULL AND (" + strings.Join(selves, " OR ") + ")"
}

// ownCase is the condition that one of those leads the case c.
func ownCase(w *where, by tiepdan.Actor) string {
	var selves []string
	for _, self := range unitSelves(by) {
		if self.Role == tiepdan.UnitHead {
			selves = append(selves, "coalesce(c.unit = "+w.arg(self.Unit)+", false)")
			continue
		}
		selves = append(selves, "coalesce(c.officer = "+w.arg(self.Staff)+", false)")
	}
	return strings.Join(selves, " OR ")
}

// unitSelves are as whom somebody of a unit looks: none for who sees all the office's.
func unitSelves(by tiepdan.Actor) (selves []tiepdan.Actor) {
	for _, self := range selvesOf(by) {
		if by.Role.InUnit() && self.Role.InUnit() {
			selves = append(selves, self)
		}
	}
	return selves
}

// leadsIt reports what [ownCase] says, of a line.
func leadsIt(by tiepdan.Actor, l CaseLine) bool {
	return slices.ContainsFunc(unitSelves(by), func(self tiepdan.Actor) bool {
		return self.Role == tiepdan.UnitHead && l.Unit == self.Unit || self.Role == tiepdan.Officer && l.Officer == self.Staff
	})
}

// pageOf is a page of hits: of a list that is sorted by days, those of whom help is
// wanted stand where their own day is. They are few and are read by their own index.
func (s *Store) pageOf(ctx context.Context, q *finding, f CaseFilter, limit int) (hits []hit, further time.Time, err error) {
	var own []hit
	if f.Order == tiepdan.DueFirst && mayHelp(f) {
		if own, err = s.helped(ctx, q, f, limit); err != nil {
			return nil, further, err
		}
		q.where = q.where.clone()
		q.where.parts = append(q.where.parts, "c.due_on IS NOT NULL", "NOT "+helpWanted(ownHelp(&q.where, f.By)))
	}
	if hits, further, err = s.page(ctx, q, limit); err != nil || len(own) == 0 {
		return hits, further, err
	}
	if !q.met.More {
		q.met = tiepdan.CaseTally{} // there may be more of theirs, and of one matter with the others
	}
	for _, h := range own {
		if further.IsZero() || h.At.Before(further) {
			hits = append(hits, h)
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return hits[:min(len(hits), limit)], further, nil
}

// helped are the hits in which help is wanted of the one who looks, by its day or by
// that of their own case, whichever comes first.
func (s *Store) helped(ctx context.Context, q *finding, f CaseFilter, limit int) (hits []hit, err error) {
	w := q.where.clone()
	own := ownHelp(&w, f.By)
	due := "least(own.due, CASE WHEN " + ownCase(&w, f.By) + " THEN c.due_on END)"
	q.following(&w, due)
	for _, asked := range []string{q.marks, q.exact} {
		if asked != "" {
			w.add("c.search @@ ?::tsquery", asked)
		}
	}
	var wanted []string
	for _, self := range unitSelves(f.By) {
		column, id := "officer", self.Staff
		if self.Role == tiepdan.UnitHead {
			column, id = "unit", self.Unit
		}
		wanted = append(wanted, "SELECT case_id FROM case_helps WHERE due IS NOT NULL AND "+column+" = "+w.arg(id))
	}
	// The cases are read by their ids, whatever else Postgres may think of.
	sql := `SELECT c.id, ` + dueMoment(due) + ` AS at, coalesce(c.matter, 0) AS matter, false AS out
		FROM (` + strings.Join(wanted, " UNION ") + `) x CROSS JOIN LATERAL (SELECT * FROM cases c WHERE c.id = x.case_id OFFSET 0) c
			CROSS JOIN LATERAL (SELECT min(h.due) AS due FROM case_helps h WHERE h.case_id = c.id AND ` + own + `) own
		WHERE own.due IS NOT NULL AND ` + w.sql() + ` ORDER BY ` + due + `, c.id LIMIT ` + strconv.Itoa(limit)
	err = s.byIndex(ctx, sql, w.args, func(rows pgx.Rows) error {
		hits, err = pgx.CollectRows(rows, pgx.RowToStructByName[hit])
		return err
	})
	return hits, err
}
