package store

import (
	"context"
	"encoding/hex"
	"slices"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// How far the search for a case's like goes, whatever the number of cases: so many of
// each key, so many candidates, so many of one person.
const (
	alikePerKey = 64
	alikeMost   = 50
	alikePerson = 20
)

// alikeSQL finds candidates: the cases that share most keys with a text, the newer
// ones first, and those of the same person. $1 the keys, $2 the case itself, $3 its
// account, $4 the person's telephone number as it was given, $5 in its usual form,
// $6 the name, $7, $8 and $9 how many of a key, in all, of a person.
const alikeSQL = `
	SELECT p.case_id FROM (
		SELECT p.case_id, count(*) AS shared FROM unnest($1::bigint[]) AS k CROSS JOIN LATERAL
			(SELECT case_id FROM case_prints WHERE key = k ORDER BY case_id DESC LIMIT $7) p
		WHERE p.case_id <> $2 GROUP BY p.case_id ORDER BY shared DESC, p.case_id DESC LIMIT $8) p
	UNION
	SELECT id FROM (SELECT id FROM cases WHERE owner = $3 ORDER BY id DESC LIMIT $9) account
	UNION
	SELECT phone.id FROM unnest(ARRAY[$4::text, $5]) AS number CROSS JOIN LATERAL
		(SELECT id FROM cases WHERE person ->> 'phone' = number AND person ->> 'phone' <> '' ORDER BY id DESC LIMIT $9) phone
	UNION
	SELECT id FROM (SELECT id FROM cases WHERE vn_words(person ->> 'name') = vn_words($6) AND person ->> 'name' <> '' ORDER BY id DESC LIMIT $9) name`

// alikeRow is a candidate with what the comparison needs.
type alikeRow struct {
	tiepdan.Case
	Owner  []byte
	Unlike bool
	Linked tiepdan.LinkKind
}

// Alike returns the cases that may be the same as c, most alike first: by their words,
// or as another petition of the same person. It suggests and decides nothing. Nothing
// is like a sealed case, nobody is shown what they may not see, and what is linked
// already or was found unlike is left out.
func (s *Store) Alike(ctx context.Context, by tiepdan.Actor, c tiepdan.Case) ([]tiepdan.Alike, error) {
	found, err := s.alike(ctx, by, c, alikePerKey, alikeMost)
	if err != nil {
		return nil, broken(err, "alike")
	}
	found = slices.DeleteFunc(found, func(r alikeRow) bool { return r.Unlike || r.Linked != "" })
	list, err := s.compared(ctx, by, c, found)
	list = slices.DeleteFunc(list, func(a tiepdan.Alike) bool { return !a.Worth(a.Field == c.Field) })
	return list, broken(err, "alike")
}

// SameLetter returns the cases whose text is c's, or much of it, linked or not, and how
// many people wrote them and c: a form letter is one text of many people, each of whom
// has a right to an answer. capped: there may be more.
func (s *Store) SameLetter(ctx context.Context, by tiepdan.Actor, c tiepdan.Case) (list []tiepdan.Alike, people int, capped bool, err error) {
	const perKey, most = 400, 300
	found, err := s.alike(ctx, by, c, perKey, most)
	if err != nil {
		return nil, 0, false, broken(err, "same letter")
	}
	capped = len(found) >= most
	given := tiepdan.ShinglesOf(c.Text)
	found = slices.DeleteFunc(found, func(r alikeRow) bool { return r.Unlike || !given.LikelyDuplicate(tiepdan.ShinglesOf(r.Text)) })
	list, err = s.compared(ctx, by, c, found)
	owner, err2 := s.ownerOf(ctx, c)
	if err == nil {
		err = err2
	}
	cases, accounts := []tiepdan.Case{c}, []string{hex.EncodeToString(owner)}
	for _, r := range found {
		cases, accounts = append(cases, r.Case), append(accounts, hex.EncodeToString(r.Owner))
	}
	return list, tiepdan.People(cases, accounts), capped, broken(err, "same letter")
}

// ownerOf is the account that a case which isn't sealed came from.
func (s *Store) ownerOf(ctx context.Context, c tiepdan.Case) (owner []byte, err error) {
	if c.Sealed() || c.ID == 0 {
		return nil, nil
	}
	err = s.db.QueryRow(ctx, `SELECT owner FROM cases WHERE id = $1`, c.ID).Scan(&owner)
	return owner, err
}

// alike reads the candidates that by may see whole.
func (s *Store) alike(ctx context.Context, by tiepdan.Actor, c tiepdan.Case, perKey, most int) ([]alikeRow, error) {
	if c.Sealed() || by.See(c) != tiepdan.Everything {
		return nil, nil
	}
	owner, err := s.ownerOf(ctx, c)
	if err != nil {
		return nil, err
	}
	phone, _ := tiepdan.Phone(c.Person.Phone)
	var w where
	w.args = []any{notNil(tiepdan.PrintKeys(printed(c))), c.ID, owner, c.Person.Phone, phone, c.Person.Name, perKey, most, alikePerson}
	rights(&w, CaseFilter{By: by})
	w.add("c.id <> $2 AND NOT c.sealed AND c.status <> ?", string(tiepdan.Destroyed))
	var found []alikeRow
	err = s.byIndex(ctx, `WITH near AS MATERIALIZED (`+alikeSQL+`)
		SELECT `+caseColumns+`, c.owner, EXISTS (SELECT FROM case_unlike WHERE case_id = least(c.id, $2) AND other = greatest(c.id, $2)) AS unlike,
			coalesce((SELECT kind FROM case_links WHERE case_id = c.id AND other = $2 OR case_id = $2 AND other = c.id), '') AS linked
		FROM near JOIN cases c ON c.id = near.case_id WHERE `+w.sql()+` ORDER BY c.id DESC`, w.args, func(rows pgx.Rows) error {
		found, err = pgx.CollectRows(rows, pgx.RowToStructByNameLax[alikeRow])
		return err
	})
	return found, err
}

// compared are the candidates beside c, most alike first.
func (s *Store) compared(ctx context.Context, by tiepdan.Actor, c tiepdan.Case, found []alikeRow) (list []tiepdan.Alike, err error) {
	owner, err := s.ownerOf(ctx, c)
	if err != nil {
		return nil, err
	}
	hits := make([]hit, len(found))
	for i, r := range found {
		hits[i].ID = r.ID
	}
	lines, err := s.caseLines(ctx, hits, CaseFilter{By: by})
	if err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	for i, r := range found {
		account := owner != nil && string(owner) == string(r.Owner)
		list = append(list, tiepdan.Alike{CaseLine: dressed(lines[i], rules, by), Likeness: tiepdan.LikenessOf(c, r.Case, account),
			Person: r.Person.Name, Linked: r.Linked})
	}
	slices.SortStableFunc(list, func(a, b tiepdan.Alike) int { return b.Rank() - a.Rank() })
	return list, nil
}

// Unlike remembers that two cases have nothing to do with each other, so that neither
// is suggested at the other any more.
func (s *Store) Unlike(ctx context.Context, by tiepdan.Actor, id, other int64) error {
	err := s.untangled(ctx, func(tx pgx.Tx) error {
		pair, err := lockPair(ctx, tx, id, other)
		if err != nil {
			return err
		}
		for _, c := range pair {
			if by.See(c.Case) != tiepdan.Everything || c.Sealed() {
				return notFound("case.none")
			}
		}
		tag, err := tx.Exec(ctx, `INSERT INTO case_unlike (case_id, other, staff, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
			min(id, other), max(id, other), by.Staff, s.now())
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		return audit(ctx, tx, s.now(), by, "unlike", onCase, id, nil)
	})
	return broken(err, "unlike")
}
