package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// CopyCase writes the rows that filing a case wrote again, under another draft,
// by bare statements with kept plans in one batch, and decides nothing. It is what a
// machine's Postgres can do at best, for measuring filings against.
func (s *Store) CopyCase(ctx context.Context, like int64, draft string) error {
	b := &pgx.Batch{}
	planOnce(b)
	b.Queue(`INSERT INTO accounts (key, lane, channel, sealed, language)
		SELECT sha256($2::bytea), sha256($2::bytea), a.channel, a.sealed, a.language
		FROM accounts a JOIN cases c ON c.owner = a.key WHERE c.id = $1`, like, []byte(draft))
	b.Queue(`INSERT INTO cases (code, draft, owner, kind, mode, approval, field, place, point, status, text, person, grouped, unnamed,
			respondent, channel, language, received, legal, accepted, corruption, due_on)
		SELECT $2, $2, sha256($3::bytea), kind, mode, approval, field, place, point, status, text, person, grouped, unnamed,
			respondent, channel, language, received, legal, accepted, corruption, due_on FROM cases WHERE id = $1`, like, draft, []byte(draft))
	b.Queue(`INSERT INTO entries SELECT currval(pg_get_serial_sequence('cases', 'id')), e.n, e.action, e.role, e.staff, e.at, e.from_status,
			e.to_status, e.text, e.reason, e.details FROM entries e WHERE e.case_id = $1 AND e.n = 1`, like)
	b.Queue(`INSERT INTO audit (at, actor_staff, actor_role, action, subject_kind, subject_id, detail)
		VALUES (now(), 0, 'citizen', 'submit', 'case', currval(pg_get_serial_sequence('cases', 'id')), '{"entry": 1}')`)
	b.Queue(`INSERT INTO outbox (lane, sealed, channel, case_id, entry, audience, key, language, dedupe)
		SELECT sha256($3::bytea), o.sealed, o.channel, currval(pg_get_serial_sequence('cases', 'id')), 1, o.audience, o.key, o.language, $2
		FROM outbox o WHERE o.case_id = $1 AND o.entry = 1`, like, draft, []byte(draft))
	return s.db.SendBatch(ctx, b).Close()
}
