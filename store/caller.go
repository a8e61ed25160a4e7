package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// caller is who writes to us from an account.
type caller struct {
	account tiepdan.Account
	staff   *tiepdan.Staff
}

// Caller is [Store.Account] and [Store.StaffByPeer] at once, as every step of a
// conversation needs them. It is read each time: who was blocked or disabled just
// now is so at once. People who write at the same moment share one query.
func (s *Store) Caller(ctx context.Context, p tiepdan.Peer) (tiepdan.Account, *tiepdan.Staff, error) {
	found, err := s.callers.add(ctx, []tiepdan.Peer{p}, s.readCallers)
	if err != nil {
		return tiepdan.Account{}, nil, broken(err, "caller")
	}
	c := found[0]
	if c.staff != nil {
		st := *c.staff // the row is shared with who asked at the same moment
		if err := s.addStandins(ctx, &st); err != nil {
			return tiepdan.Account{}, nil, broken(err, "caller")
		}
		c.staff = &st
	}
	return c.account, c.staff, nil
}

// readCallers asks for all of ps.
func (s *Store) readCallers(ctx context.Context, ps []tiepdan.Peer) ([]caller, error) {
	keys, others := make([][]byte, len(ps)), make([][]byte, len(ps))
	for i, p := range ps {
		keys[i], others[i] = s.vault.Account(p), s.vault.Denouncer(p)
	}
	found := make([]caller, len(ps))
	b := &pgx.Batch{}
	planOnce(b)
	b.Queue(selectCallers, keys, others).Query(func(rows pgx.Rows) error {
		r := callerRow{}
		_, err := pgx.ForEachRow(rows, r.columns(), func() (err error) {
			found[r.n-1], err = r.caller()
			return err
		})
		return err
	})
	return found, s.db.SendBatch(ctx, b).Close()
}

// selectCallers looks each key up by itself, which LIMIT sees to: no plan of it
// reads a whole table, however many keys there are.
const selectCallers = `SELECT k.n, coalesce(a.language, ''), coalesce(a.privacy_version, 0), a.privacy_at, a.person,
		coalesce(a.unreachable, false), b.reason IS NOT NULL, coalesce(b.reason, ''),
		coalesce(s.id, 0), coalesce(s.login, ''), coalesce(s.name, ''), coalesce(s.role, ''), coalesce(s.unit, 0),
		coalesce(s.cleared, false), coalesce(s.language, ''), s.created
	FROM unnest($1::bytea[], $2::bytea[]) WITH ORDINALITY AS k(key, other, n)
	LEFT JOIN LATERAL (SELECT language, privacy_version, privacy_at, person, unreachable_at IS NOT NULL AS unreachable, staff_id
		FROM accounts WHERE key = k.key LIMIT 1) a ON true
	LEFT JOIN LATERAL (SELECT reason FROM blocks WHERE owner = k.key OR owner = k.other LIMIT 1) b ON true
	LEFT JOIN LATERAL (SELECT id, login, name, role, unit, cleared, language, created
		FROM staff WHERE id = a.staff_id AND NOT disabled LIMIT 1) s ON true`

// callerRow is a row of selectCallers.
type callerRow struct {
	n           int64
	account     tiepdan.Account
	at, created *time.Time
	person      []byte
	staff       tiepdan.Staff
}

func (r *callerRow) columns() []any {
	a, st := &r.account, &r.staff
	return []any{&r.n, &a.Language, &a.PrivacyVersion, &r.at, &r.person, &a.Unreachable, &a.Blocked, &a.BlockedReason,
		&st.ID, &st.Login, &st.Name, &st.Role, &st.Unit, &st.Cleared, &st.Language, &r.created}
}

func (r *callerRow) caller() (c caller, err error) {
	c.account = r.account
	if r.at != nil {
		c.account.PrivacyAt = *r.at
	}
	if r.person != nil {
		err = json.Unmarshal(r.person, &c.account.Person)
	}
	if r.staff.ID != 0 {
		st := r.staff
		st.Joined, st.Created = true, *r.created
		c.staff = &st
	}
	return c, err
}
