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
	if _, err := tx.Exec(ctx, mattersTurn); err != nil { // before the case's row, as whoever links takes them
		return err
	}
	earlier, err := readCase(ctx, tx, "id", p.Earlier, forUpdate)
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
	if err := writeLink(ctx, tx, id, earlier, tiepdan.SecondRound, 1); err != nil {
		return err
	}
	return regroup(ctx, tx, id)
}
