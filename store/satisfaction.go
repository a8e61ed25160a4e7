package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Satisfaction counts what citizens said of the answers that went out in [from, to),
// by unit and kind: of each answer, what was said last. It reads that period's
// answers by an index and no content. What is about by isn't counted.
func (s *Store) Satisfaction(ctx context.Context, by tiepdan.Actor, from, to time.Time) ([]tiepdan.SatisfactionCount, error) {
	w := where{args: []any{from, to}}
	unbarred(&w, by.Staff, by.Unit)
	rows, err := s.db.Query(ctx, `
		WITH answers AS (
			SELECT DISTINCT ON (e.case_id) e.case_id, e.n FROM entries e
			WHERE e.action IN ('answer', 'approve') AND e.at >= $1 AND e.at < $2 ORDER BY e.case_id, e.n DESC
		), said AS (
			SELECT a.case_id, r.rating, r.unhappy, EXISTS (SELECT FROM entries o WHERE o.case_id = a.case_id AND o.n > a.n AND o.action = 'reopen') AS reopened
			FROM answers a LEFT JOIN LATERAL (
				SELECT (r.details ->> 'rating')::int AS rating, coalesce(nullif(r.details ->> 'unhappy', ''), w.unhappy, '') AS unhappy
				FROM entries r LEFT JOIN LATERAL (
					SELECT w.details ->> 'unhappy' AS unhappy FROM entries w WHERE w.case_id = r.case_id AND w.action = 'rate' AND w.n > a.n
						AND w.details ->> 'rating' = r.details ->> 'rating' AND w.details ? 'unhappy' ORDER BY w.n DESC LIMIT 1) w ON true
				WHERE r.case_id = a.case_id AND r.n > a.n AND r.action = 'rate' ORDER BY r.n DESC LIMIT 1) r ON true
		)
		SELECT coalesce(c.unit, 0) AS unit, c.kind, s.rating, coalesce(s.unhappy, '') AS unhappy, count(*)::int AS n,
			count(*) FILTER (WHERE c.channel <> 'desk')::int AS asked, count(*) FILTER (WHERE s.reopened)::int AS reopened
		FROM said s JOIN cases c ON c.id = s.case_id WHERE `+w.sql()+` GROUP BY 1, 2, 3, 4 ORDER BY 1, 2`, w.args...)
	if err != nil {
		return nil, broken(err, "satisfaction")
	}
	type line struct {
		Unit     int64
		Kind     tiepdan.Kind
		Rating   *int
		Unhappy  string
		N        int
		Asked    int
		Reopened int
	}
	lines, err := pgx.CollectRows(rows, pgx.RowToStructByName[line])
	if err != nil {
		return nil, broken(err, "satisfaction")
	}
	var counts []tiepdan.SatisfactionCount
	for _, l := range lines {
		if last := len(counts) - 1; last < 0 || counts[last].Unit != l.Unit || counts[last].Kind != l.Kind {
			counts = append(counts, tiepdan.SatisfactionCount{Unit: l.Unit, Kind: l.Kind, Discontents: map[string]int{}})
		}
		rating := 0
		if l.Rating != nil {
			rating = *l.Rating
		}
		last := &counts[len(counts)-1]
		last.Add(rating, l.Unhappy, l.N)
		last.Asked, last.Reopened = last.Asked+l.Asked, last.Reopened+l.Reopened
	}
	return counts, nil
}

// SatisfactionWords are what citizens said in their own words in [from, to), the last
// first, of the cases that by may read; of sealed ones the case's page tells, which
// keeps who looked.
func (s *Store) SatisfactionWords(ctx context.Context, by tiepdan.Actor, from, to time.Time, limit int) ([]tiepdan.SatisfactionWords, error) {
	w := where{args: []any{from, to, pageSize(limit)}}
	rights(&w, tiepdan.CaseFilter{By: by})
	rows, err := s.db.Query(ctx, `SELECT c.id AS "case", c.code, coalesce(c.unit, 0) AS unit, c.kind, e.at, (e.details ->> 'rating')::int AS rating,
			coalesce(e.details ->> 'unhappy', '') AS unhappy, e.text AS words
		FROM entries e JOIN cases c ON c.id = e.case_id WHERE e.action = 'rate' AND e.at >= $1 AND e.at < $2 AND e.text <> '' AND NOT c.sealed AND `+w.sql()+`
		ORDER BY e.at DESC, e.case_id DESC LIMIT $3`, w.args...)
	if err != nil {
		return nil, broken(err, "satisfaction's words")
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.SatisfactionWords])
	return list, broken(err, "satisfaction's words")
}
