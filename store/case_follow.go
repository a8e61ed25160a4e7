package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// mayFollow leaves a petition its earlier case only if that is one that it may
// follow: the person's own, or one that the member of staff sees; of the same
// kind; and a denouncer's only by the account's own wish, so that nothing at the
// desk ties a name to it. What may not follow is a first petition.
func (s *Store) mayFollow(ctx context.Context, tx pgx.Tx, p *tiepdan.Petition, f Filing, rules *tiepdan.Rules) error {
	if p.Earlier == 0 {
		return nil
	}
	earlier, err := readCase(ctx, tx, "id", p.Earlier, "FOR UPDATE OF c")
	if isNotFound(err) {
		p.Earlier = 0
		return nil
	}
	if err != nil {
		return err
	}
	field, _ := rules.Field(p.Field)
	theirs := !f.Peer.IsZero() && s.owns(earlier, f.Peer) ||
		f.Peer.IsZero() && !earlier.Sealed() && f.By.See(earlier.Case) == tiepdan.Everything
	if !theirs || p.Kind != earlier.Kind || (p.Sealed() || field.Corruption) != earlier.Sealed() || earlier.Kind == tiepdan.KhieuNai && earlier.Round > 1 {
		p.Earlier = 0
	}
	return nil
}

// follow links a case to the one that it follows, and makes one matter of both.
func follow(ctx context.Context, tx pgx.Tx, id, earlier int64) error {
	if _, err := tx.Exec(ctx, `INSERT INTO case_links (case_id, other, kind, entry) VALUES ($1, $2, 'second_round', 1)`, id, earlier); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE cases c SET matter = coalesce(e.matter, e.id) FROM cases e WHERE e.id = $2 AND c.id IN ($1, $2)`, id, earlier)
	return err
}

// unfollow takes a case that becomes a denunciation away from the rounds of its
// matter that aren't: they would tell who denounced.
func unfollow(b *pgx.Batch, id int64) {
	b.Queue(`UPDATE entries SET details = details - 'earlier' WHERE n = 1 AND details ? 'earlier'
		AND case_id IN (SELECT id FROM cases WHERE id = $1 OR earlier = $1)`, id)
	b.Queue(`UPDATE cases SET earlier = NULL WHERE id = $1 OR earlier = $1`, id)
	b.Queue(`DELETE FROM case_links WHERE kind = 'second_round' AND $1 IN (case_id, other)`, id)
	b.Queue(`UPDATE cases o SET matter = (SELECT min(k.id) FROM cases k WHERE k.matter = c.matter AND k.id <> c.id)
		FROM cases c WHERE c.id = $1 AND o.matter = c.matter AND o.id <> c.id`, id)
	b.Queue(`UPDATE cases SET matter = NULL WHERE id = $1`, id)
}
