package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// mostOwn is how many of their cases a person is shown at once.
const mostOwn = 50

// CasesOf returns p's cases without their history, newest first. The sealed ones
// are found by another key than the others, which only the vault can bring together.
func (s *Store) CasesOf(ctx context.Context, p tiepdan.Peer) ([]tiepdan.Case, error) {
	rows, err := s.db.Query(ctx, `SELECT `+caseColumns+` FROM cases c WHERE c.owner IN ($1, $2) ORDER BY c.id DESC LIMIT $3`,
		s.vault.Account(p), s.vault.Denouncer(p), mostOwn)
	if err != nil {
		return nil, broken(err, "own cases")
	}
	cs, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[tiepdan.Case])
	return cs, broken(err, "own cases")
}

// OwnCase returns a case whole if it came from p's account.
func (s *Store) OwnCase(ctx context.Context, p tiepdan.Peer, id int64) (tiepdan.Case, error) {
	c, err := readCase(ctx, s.db, "id", id, noLock)
	if err != nil {
		return tiepdan.Case{}, err
	}
	if p.IsZero() || !s.owns(c, p) {
		return tiepdan.Case{}, notFound("case.none")
	}
	return c.Case, nil
}

// Similar returns p's own open cases that read like the text: perhaps it was
// filed already. It is for the person to decide.
func (s *Store) Similar(ctx context.Context, p tiepdan.Peer, text string) ([]tiepdan.Case, error) {
	cases, err := s.CasesOf(ctx, p)
	if err != nil {
		return nil, err
	}
	var alike []tiepdan.Case
	given := tiepdan.ShinglesOf(text)
	for _, c := range cases {
		if c.Status.Open() && given.LikelyDuplicate(tiepdan.ShinglesOf(c.Text)) {
			alike = append(alike, c)
		}
	}
	return alike, nil
}
