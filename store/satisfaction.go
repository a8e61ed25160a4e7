package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Satisfaction counts what citizens said of the answers that went out in [from, to),
// by unit and kind: of each answer, what was said last. It reads that period's
// answers by an index and no content.
func (s *Store) Satisfaction(ctx context.Context, from, to time.Time) ([]tiepdan.SatisfactionCount, error) {
	rows, err := s.db.Query(ctx, `
		WITH answers AS (
			SELECT DISTINCT ON (e.case_id) e.case_id, e.n FROM entries e
			WHERE e.action IN ('answer', 'approve') AND e.at >= $1 AND e.at < $2 ORDER BY e.case_id, e.n DESC
		), said AS (
			SELECT a.case_id, r.rating, r.unhappy FROM answers a LEFT JOIN LATERAL (
				SELECT (r.details ->> 'rating')::int AS rating, coalesce(nullif(r.details ->> 'unhappy', ''), w.unhappy, '') AS unhappy
				FROM entries r LEFT JOIN LATERAL (
					SELECT w.details ->> 'unhappy' AS unhappy FROM entries w WHERE w.case_id = r.case_id AND w.action = 'rate' AND w.n > a.n
						AND w.details ->> 'rating' = r.details ->> 'rating' AND w.details ? 'unhappy' ORDER BY w.n DESC LIMIT 1) w ON true
				WHERE r.case_id = a.case_id AND r.n > a.n AND r.action = 'rate' ORDER BY r.n DESC LIMIT 1) r ON true
		)
		SELECT coalesce(c.unit, 0) AS unit, c.kind, s.rating, coalesce(s.unhappy, '') AS unhappy, count(*)::int AS n
		FROM said s JOIN cases c ON c.id = s.case_id GROUP BY 1, 2, 3, 4 ORDER BY 1, 2`, from, to)
	if err != nil {
		return nil, broken(err, "satisfaction")
	}
	type line struct {
		Unit    int64
		Kind    tiepdan.Kind
		Rating  *int
		Unhappy string
		N       int
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
		counts[len(counts)-1].Add(rating, l.Unhappy, l.N)
	}
	return counts, nil
}
