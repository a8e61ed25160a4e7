package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Account returns what we keep about p: nothing yet of somebody new. Whether they
// are blocked is asked under both names that p's cases may go by: a block that was
// decided on a sealed case stands under the other.
func (s *Store) Account(ctx context.Context, p tiepdan.Peer) (tiepdan.Account, error) {
	a, _, err := s.Caller(ctx, p)
	return a, err
}

const selectAccount = `SELECT language, privacy_version, privacy_at, person, unreachable_at IS NOT NULL FROM accounts WHERE key = $1`

func scanAccount(row pgx.Row) (a tiepdan.Account, err error) {
	var at *time.Time
	var person []byte
	if err = row.Scan(&a.Language, &a.PrivacyVersion, &at, &person, &a.Unreachable); err != nil {
		return tiepdan.Account{}, err
	}
	if at != nil {
		a.PrivacyAt = *at
	}
	if person != nil {
		err = json.Unmarshal(person, &a.Person)
	}
	return a, err
}

// SaveAccount changes what we keep about p, whose account it makes if there is
// none. Blocking isn't the account's own to change: see [Store.BlockCaseAccount].
// Address and identity number aren't kept here.
func (s *Store) SaveAccount(ctx context.Context, p tiepdan.Peer, change func(*tiepdan.Account)) error {
	key := s.vault.Account(p)
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		var a tiepdan.Account
		b := &pgx.Batch{}
		planOnce(b)
		s.addAccount(b, p, "")
		b.Queue(selectAccount+" FOR UPDATE", key).QueryRow(func(row pgx.Row) (err error) {
			a, err = scanAccount(row)
			return err
		})
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		change(&a)
		return s.writeAccount(ctx, tx, key, a)
	})
}

func (s *Store) writeAccount(ctx context.Context, tx pgx.Tx, key []byte, a tiepdan.Account) error {
	var person *string
	if kept := (tiepdan.Person{Name: a.Person.Name, Phone: a.Person.Phone}); !kept.IsZero() {
		b, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		text := string(b)
		person = &text
	}
	_, err := tx.Exec(ctx, `UPDATE accounts SET language = $2, privacy_version = $3, privacy_at = $4, person = $5,
		unreachable_at = CASE WHEN $6 THEN coalesce(unreachable_at, $7) END WHERE key = $1`,
		key, string(a.Language), a.PrivacyVersion, orNull(a.PrivacyAt), person, a.Unreachable, s.now())
	return err
}

func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// PersonalData is what we hold of p, for showing it to them. A sealed case isn't
// counted: the count would say that there is one.
func (s *Store) PersonalData(ctx context.Context, p tiepdan.Peer) (tiepdan.PersonalData, error) {
	a, err := s.Account(ctx, p)
	if err != nil {
		return tiepdan.PersonalData{}, broken(err, "personal data")
	}
	d := tiepdan.PersonalData{Language: a.Language, PrivacyVersion: a.PrivacyVersion, PrivacyAt: a.PrivacyAt, Person: a.Person}
	var first, last *time.Time
	err = s.db.QueryRow(ctx, `SELECT count(*), min(received), max(received), (SELECT count(*) FROM appointments WHERE owner = $1)
		FROM cases WHERE owner = $1`, s.vault.Account(p)).Scan(&d.Cases, &first, &last, &d.Visits)
	if first != nil {
		d.First, d.Last = *first, *last
	}
	return d, broken(err, "personal data")
}
