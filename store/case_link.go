package store

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// LinkCases does a Link or Unlink of two cases: a line in the history of both, each
// by the lifecycle's rules, so that neither says what the other doesn't know. Which
// cases are one matter is worked out anew. What stands already isn't done again.
func (s *Store) LinkCases(ctx context.Context, id int64, a tiepdan.Act) (c tiepdan.Case, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return c, err
	}
	if a.Details.Other == 0 || a.Details.Other == id {
		return c, &tiepdan.Error{Code: tiepdan.Invalid, Key: "act.other_missing"}
	}
	err = s.untangled(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, mattersTurn); err != nil {
			return err
		}
		pair, err := lockPair(ctx, tx, id, a.Details.Other)
		if err != nil {
			return err
		}
		if err := mayBeLinked(a, pair[0].Case, pair[1].Case); err != nil {
			return err
		}
		if c = pair[0].Case; stands(a, c) {
			return nil
		}
		if c, err = s.linkPair(ctx, tx, a, pair, rules); err != nil {
			return err
		}
		return regroup(ctx, tx, id, a.Details.Other)
	})
	if err == nil {
		c, err = s.Case(ctx, id)
	}
	return c, broken(err, "link cases")
}

// lockPair reads and locks two cases, always in the same order.
func lockPair(ctx context.Context, tx pgx.Tx, id, other int64) (pair [2]caseRow, err error) {
	order := []int{0, 1}
	if other < id {
		slices.Reverse(order)
	}
	for _, i := range order {
		if pair[i], err = readCase(ctx, tx, "id", [2]int64{id, other}[i], forUpdate); err != nil {
			return pair, err
		}
	}
	return pair, nil
}

// mayBeLinked reports whether the actor may know of both cases, and both or neither are sealed.
func mayBeLinked(a tiepdan.Act, c, other tiepdan.Case) error {
	for _, x := range []tiepdan.Case{c, other} {
		if a.By.See(x) == tiepdan.Nothing {
			return notFound("case.none")
		}
	}
	if a.Do == tiepdan.Link && c.Sealed() != other.Sealed() {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "act.link_sealed"}
	}
	return nil
}

// stands reports whether what a asks for is so already: a form that was sent twice.
func stands(a tiepdan.Act, c tiepdan.Case) bool {
	have, linked := c.LinkTo(a.Details.Other)
	last := c.History[len(c.History)-1]
	switch a.Do {
	case tiepdan.Link:
		return linked && have.Kind == a.Details.Link
	case tiepdan.Unlink:
		return !linked && last.Do == tiepdan.Unlink && last.Details.Other == a.Details.Other
	}
	return false
}

// linkPair writes the act into both histories, and the link itself.
func (s *Store) linkPair(ctx context.Context, tx pgx.Tx, a tiepdan.Act, pair [2]caseRow, rules *tiepdan.Rules) (c tiepdan.Case, err error) {
	entry := 0
	for i, before := range pair {
		mine := a
		mine.Details.Other = pair[1-i].ID
		after, e, err := mine.Apply(before.Case)
		if err != nil {
			return c, err
		}
		if err := s.writeChange(ctx, tx, before, &after, &e, rules); err != nil {
			return c, err
		}
		if i == 0 {
			c, entry = after, e.N
		}
	}
	if a.Do == tiepdan.Link {
		return c, writeLink(ctx, tx, pair[0].ID, pair[1].ID, a.Details.Link, entry)
	}
	_, err = tx.Exec(ctx, `DELETE FROM case_links WHERE case_id = $1 AND other = $2 OR case_id = $2 AND other = $1`, pair[0].ID, pair[1].ID)
	return c, err
}

// writeLink keeps a link that an entry of the case made; what was found to have
// nothing in common has, by then.
func writeLink(ctx context.Context, tx pgx.Tx, id, other int64, kind tiepdan.LinkKind, entry int) error {
	b := &pgx.Batch{}
	b.Queue(`INSERT INTO case_links (case_id, other, kind, entry) VALUES ($1, $2, $3, $4)`, id, other, kind, entry)
	b.Queue(`DELETE FROM case_unlike WHERE case_id = $1 AND other = $2`, min(id, other), max(id, other))
	return tx.SendBatch(ctx, b).Close()
}

// regroupSQL gives all the cases that are one matter with $1, link by link, the
// smallest of their ids as the matter's; who is alone has none.
const regroupSQL = `
	WITH RECURSIVE one (id) AS (
		SELECT $1::bigint
		UNION
		SELECT CASE l.case_id WHEN one.id THEN l.other ELSE l.case_id END
		FROM one JOIN case_links l ON (l.case_id = one.id OR l.other = one.id) AND l.kind = ANY($2)
	), matter AS (
		SELECT CASE WHEN count(*) > 1 THEN min(id) END AS id FROM one
	)
	UPDATE cases c SET matter = m.id FROM matter m
	WHERE c.id IN (SELECT id FROM one) AND c.matter IS DISTINCT FROM m.id`

// mattersTurn waits for whoever is working out matters: each would overlook what the other links.
const mattersTurn = `SELECT pg_advisory_xact_lock(hashtextextended('tiepdan matters', 0))`

// regroup works out anew which matter the cases belong to.
func regroup(ctx context.Context, tx pgx.Tx, ids ...int64) error {
	b := &pgx.Batch{}
	queueRegroup(b, ids...)
	return tx.SendBatch(ctx, b).Close()
}

func queueRegroup(b *pgx.Batch, ids ...int64) {
	b.Queue(mattersTurn)
	for _, id := range ids {
		b.Queue(regroupSQL, id, oneMatter())
	}
}

func oneMatter() (kinds []string) {
	for _, k := range append(tiepdan.LinkKinds(), tiepdan.PartOf) {
		if k.OneMatter() {
			kinds = append(kinds, string(k))
		}
	}
	return kinds
}
