package store

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// partWays queues what takes a case that becomes sealed, or is so no longer, out of
// all that tells of it elsewhere: a link between a denunciation and a case that names
// somebody would name the denouncer. What the histories of both say of the link stays,
// without saying to which case.
func partWays(ctx context.Context, tx pgx.Tx, b *pgx.Batch, before tiepdan.Case) error {
	later, err := laterRounds(ctx, tx, before.ID)
	if err != nil {
		return err
	}
	others := slices.Concat(toldOf(before), later)
	slices.Sort(others)
	others = slices.Compact(others)
	b.Queue(`DELETE FROM case_links WHERE case_id = $1 OR other = $1`, before.ID)
	b.Queue(`DELETE FROM case_unlike WHERE case_id = $1 OR other = $1`, before.ID)
	b.Queue(`UPDATE entries SET details = details - 'other' - 'parts' - 'earlier' WHERE case_id = $1 AND details ?| ARRAY['other', 'parts', 'earlier']`, before.ID)
	b.Queue(`UPDATE entries SET details = details - 'other' WHERE case_id = ANY($2) AND (details ->> 'other')::bigint = $1`, before.ID, others)
	b.Queue(`UPDATE entries SET details = details - 'earlier' WHERE case_id = ANY($2) AND (details ->> 'earlier')::bigint = $1`, before.ID, others)
	b.Queue(`UPDATE entries SET details = jsonb_set(details, '{parts}', (SELECT coalesce(jsonb_agg(p), '[]') FROM jsonb_array_elements(details -> 'parts') p
		WHERE p <> to_jsonb($1::bigint))) WHERE case_id = ANY($2) AND details ? 'parts'`, before.ID, others)
	b.Queue(`UPDATE cases SET earlier = NULL WHERE id = $1 AND earlier IS NOT NULL OR earlier = $1`, before.ID)
	queueRegroup(b, append(others, before.ID)...)
	return nil
}

// toldOf are the cases that c's books name.
func toldOf(c tiepdan.Case) (ids []int64) {
	for _, l := range c.Links {
		ids = append(ids, l.Case)
	}
	for _, e := range c.History {
		ids = append(ids, e.Details.Parts...)
		for _, id := range []int64{e.Details.Other, e.Details.Earlier} {
			if id != 0 {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// laterRounds are the cases that follow this one.
func laterRounds(ctx context.Context, tx pgx.Tx, id int64) ([]int64, error) {
	rows, err := tx.Query(ctx, `SELECT id FROM cases WHERE earlier = $1 ORDER BY id`, id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// sealWhole makes a denunciation of the petition that a case was a part of, when that
// case has become one: its words, and who wrote them, stand there still.
func (s *Store) sealWhole(ctx context.Context, tx pgx.Tx, before, c tiepdan.Case, e tiepdan.Entry, rules *tiepdan.Rules) error {
	if !c.Sealed() || before.Sealed() {
		return nil
	}
	field, _ := rules.Field(c.Field)
	for _, l := range before.Links {
		if l.Kind != tiepdan.PartOf || !l.From || l.Sealed {
			continue
		}
		act := tiepdan.Act{Do: tiepdan.Classify, By: tiepdan.Actor{Role: tiepdan.System}, At: e.At, Kind: rules.Kind(tiepdan.ToCao), Field: field}
		if _, _, err := s.updateCase(ctx, tx, l.Case, act.Apply, rules); err != nil {
			return err
		}
	}
	return nil
}
