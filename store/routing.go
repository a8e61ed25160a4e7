package store

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const routingColumns = `id, name, place AS "order", kinds, fields, places, words, unit, coalesce(officer, 0) AS officer, rotate, auto, active`

// SaveRoutingRule adds a rule (ID 0), as the last, or changes one, and returns the
// id. Rules are switched off, not deleted: cases name them.
func (s *Store) SaveRoutingRule(ctx context.Context, by tiepdan.Actor, r tiepdan.RoutingRule) (id int64, err error) {
	err = s.change(ctx, by, "save_routing", onRouting, func(tx pgx.Tx) (int64, facts, error) {
		if err := r.Valid(); err != nil {
			return 0, nil, err
		}
		if r.Officer != 0 {
			r.Rotate = false
		}
		id, err = writeRoutingRule(ctx, tx, r)
		return id, facts{"unit": r.Unit, "officer": r.Officer, "auto": r.Auto, "active": r.Active}, err
	})
	return id, err
}

func writeRoutingRule(ctx context.Context, tx pgx.Tx, r tiepdan.RoutingRule) (id int64, err error) {
	args := []any{r.Name, textArray(r.Kinds), textArray(r.Fields), textArray(r.Places), textArray(r.Words), r.Unit, r.Officer, r.Rotate, r.Auto, r.Active}
	if r.ID != 0 {
		return r.ID, exec(ctx, tx, "routing.none", `UPDATE routing_rules SET (name, kinds, fields, places, words, unit, officer, rotate, auto, active)
			= ($1, $2, $3, $4, $5, $6, nullif($7::bigint, 0), $8, $9, $10) WHERE id = $11`, append(args, r.ID)...)
	}
	err = tx.QueryRow(ctx, `INSERT INTO routing_rules (name, kinds, fields, places, words, unit, officer, rotate, auto, active, place)
		VALUES ($1, $2, $3, $4, $5, $6, nullif($7::bigint, 0), $8, $9, $10, (SELECT coalesce(max(place), 0) + 1 FROM routing_rules)) RETURNING id`, args...).Scan(&id)
	return id, err
}

// textArray is a list as Postgres keeps it: empty rather than none.
func textArray[T ~string](list []T) []string {
	texts := make([]string, len(list))
	for i, t := range list {
		texts[i] = string(t)
	}
	return texts
}

// MoveRoutingRule puts a rule before its neighbour, or behind the next.
func (s *Store) MoveRoutingRule(ctx context.Context, by tiepdan.Actor, id int64, up bool) error {
	return s.change(ctx, by, "move_routing", onRouting, func(tx pgx.Tx) (int64, facts, error) {
		if _, err := tx.Exec(ctx, `SELECT FROM routing_rules FOR UPDATE`); err != nil {
			return id, nil, err
		}
		other, order := `place > r.place`, `place, id`
		if up {
			other, order = `place < r.place`, `place DESC, id DESC`
		}
		_, err := tx.Exec(ctx, `WITH r AS (SELECT id, place FROM routing_rules WHERE id = $1),
				o AS (SELECT o.id, o.place FROM routing_rules o, r WHERE o.`+other+` ORDER BY o.`+order+` LIMIT 1)
			UPDATE routing_rules t SET place = CASE t.id WHEN r.id THEN o.place ELSE r.place END FROM r, o WHERE t.id IN (r.id, o.id)`, id)
		return id, facts{"up": up}, err
	})
}

// PastCases returns the cases of some days, those that came last first, without
// their history: what a draft of routing rules is tried on. Nobody gets a case that
// they don't see whole; capped says that there were more.
func (s *Store) PastCases(ctx context.Context, by tiepdan.Actor, from, until tiepdan.Date, limit int) (cases []tiepdan.Case, capped bool, err error) {
	w := filterCases(CaseFilter{By: by}, tiepdan.DateOf(s.now()))
	w.add("c.received >= ? AND c.received < ?", from.Time(), until.Add(1).Time())
	if !by.Cleared {
		w.add("NOT c.sealed")
	}
	rows, err := s.db.Query(ctx, `SELECT `+caseColumns+` FROM cases c WHERE `+w.sql()+` ORDER BY c.received DESC, c.id DESC LIMIT `+strconv.Itoa(limit+1), w.args...)
	if err != nil {
		return nil, false, broken(err, "past cases")
	}
	cases, err = pgx.CollectRows(rows, pgx.RowToStructByNameLax[tiepdan.Case])
	if len(cases) > limit {
		return cases[:limit], true, nil
	}
	return cases, false, broken(err, "past cases")
}
