package store

import (
	"context"
	"regexp"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// matterMost is how many petitions of one matter a page shows.
const matterMost = 500

// Linked returns what c is linked to, as far as by may see it, with where it stands.
func (s *Store) Linked(ctx context.Context, by tiepdan.Actor, c tiepdan.Case) ([]tiepdan.LinkLine, error) {
	var ids []int64
	for _, l := range c.Links {
		ids = append(ids, l.Case)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	lines, err := s.visible(ctx, by, `c.id = ANY(?)`, ids)
	list := make([]tiepdan.LinkLine, 0, len(lines))
	for _, l := range lines {
		link, _ := c.LinkTo(l.ID)
		list = append(list, tiepdan.LinkLine{CaseLine: l, Link: link.Kind, From: link.From})
	}
	return list, broken(err, "linked")
}

// MatterOf is which matter a case belongs to with others that aren't about by; 0: none.
func (s *Store) MatterOf(ctx context.Context, by tiepdan.Actor, id int64) (matter int64, err error) {
	var w where
	w.add("o.matter = one.matter AND o.id <> one.id")
	w.add("NOT (o.barred_staff @> ARRAY[?]::bigint[] OR o.barred_units @> ARRAY[?]::bigint[])", by.Staff, by.Unit)
	err = s.db.QueryRow(ctx, `SELECT CASE WHEN EXISTS (SELECT FROM cases o WHERE `+w.sql()+`) THEN one.matter ELSE 0 END FROM cases one WHERE id = `+w.arg(id), w.args...).Scan(&matter)
	return matter, broken(err, "matter of")
}

// Matter returns the petitions of one matter that by may see, the oldest first.
// NotFound: there is none, or none is theirs to see.
func (s *Store) Matter(ctx context.Context, by tiepdan.Actor, matter int64) ([]tiepdan.MatterLine, error) {
	lines, err := s.visible(ctx, by, `c.matter = ?`, matter)
	if err != nil {
		return nil, broken(err, "matter")
	}
	if len(lines) == 0 {
		return nil, notFound("matter.none")
	}
	ids := make([]int64, len(lines))
	for i, l := range lines {
		ids[i] = l.ID
	}
	since, err := s.since(ctx, ids)
	list := make([]tiepdan.MatterLine, len(lines))
	for i, l := range lines {
		list[i] = tiepdan.MatterLine{CaseLine: l, Since: since[l.ID].At}
		if !l.Sealed {
			list[i].Person, list[i].People = since[l.ID].Person, since[l.ID].People
		}
	}
	return list, broken(err, "matter")
}

// standing is since when a case stands where it does, and who wrote it.
type standing struct {
	ID     int64
	At     time.Time
	Person string
	People int
}

func (s *Store) since(ctx context.Context, ids []int64) (map[int64]standing, error) {
	rows, err := s.db.Query(ctx, `SELECT c.id, (SELECT max(e.at) FROM entries e WHERE e.case_id = c.id AND e.to_status = c.status AND e.from_status <> c.status) AS at,
		coalesce(c.person ->> 'name', '') AS person, greatest(1, coalesce((c.grouped ->> 'people')::integer, 0)) AS people FROM cases c WHERE c.id = ANY($1)`, ids)
	if err != nil {
		return nil, err
	}
	of := map[int64]standing{}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[standing])
	for _, x := range list {
		of[x.ID] = x
	}
	return of, err
}

// visible are the lines of the cases for which a condition holds and that by may see,
// the oldest first.
func (s *Store) visible(ctx context.Context, by tiepdan.Actor, condition string, arg any) ([]tiepdan.CaseLine, error) {
	var w where
	rights(&w, CaseFilter{By: by})
	w.add(condition, arg)
	most := w.arg(matterMost)
	rows, err := s.db.Query(ctx, `SELECT c.id FROM cases c WHERE `+w.sql()+` ORDER BY c.received, c.id LIMIT `+most, w.args...)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, err
	}
	hits := make([]hit, len(ids))
	for i, id := range ids {
		hits[i].ID = id
	}
	lines, err := s.caseLines(ctx, hits, CaseFilter{By: by})
	if err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx)
	for i := range lines {
		lines[i] = dressed(lines[i], rules, by)
	}
	return lines, err
}

var ofCase = regexp.MustCompile(`\bc\.`)

// oneAMatter leaves of the cases of one matter only the first that the filter finds.
func (q *finding) oneAMatter(f CaseFilter, today tiepdan.Date, exact string) {
	f.After = ""
	same := filterCases(f, today) // its arguments are the first of q.where's
	first := ofCase.ReplaceAllString(same.sql(), "o.")
	for _, search := range []string{q.marks, exact} {
		if search != "" {
			first += " AND o.search @@ " + q.where.arg(search) + "::tsquery"
		}
	}
	q.where.parts = append(q.where.parts, `c.matter IS NULL OR NOT EXISTS (SELECT FROM cases o WHERE o.matter = c.matter AND o.id < c.id AND `+first+`)`)
}

// CaseCounts count what came from one day to another, all in all (no kind), by kind and by
// kind and field: petitions (đơn), matters (vụ việc) and people. A petition that was
// divided is counted by its parts, a matter in whatever line one of its petitions is.
func (s *Store) CaseCounts(ctx context.Context, from, to tiepdan.Date) ([]tiepdan.CaseCount, error) {
	rows, err := s.db.Query(ctx, `SELECT coalesce(kind, '') AS kind, coalesce(field, '') AS field, count(*) AS petitions,
			count(DISTINCT coalesce(matter, id)) AS matters,
			coalesce(sum(greatest(1, coalesce((grouped ->> 'people')::integer, 0), coalesce((class ->> 'people')::integer, 0))), 0) AS people
		FROM cases WHERE received >= $1 AND received < $2 AND status <> 'divided'
		GROUP BY GROUPING SETS ((), (kind), (kind, field)) ORDER BY kind NULLS FIRST, field NULLS FIRST`, from.Time(), to.Add(1).Time())
	if err != nil {
		return nil, broken(err, "case counts")
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.CaseCount])
	return list, broken(err, "case counts")
}
