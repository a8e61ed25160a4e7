package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// CopyCase writes the rows that filing a case wrote again, under another draft,
// by bare statements in one batch and without deciding anything. It is what a
// machine's Postgres can do at best, for measuring filings against.
func (s *Store) CopyCase(ctx context.Context, like int64, draft string) error {
	b := &pgx.Batch{}
	b.Queue(`INSERT INTO accounts (key, lane, channel, sealed, language)
		SELECT sha256($2::bytea), sha256($2::bytea), a.channel, a.sealed, a.language
		FROM accounts a JOIN cases c ON c.owner = a.key WHERE c.id = $1`, like, []byte(draft))
	b.Queue(`INSERT INTO cases (code, draft, owner, kind, mode, approval, field, place, point, status, text, person, grouped, unnamed,
			respondent, channel, language, received, legal, accepted, corruption, due_on)
		SELECT $2, $2, sha256($3::bytea), kind, mode, approval, field, place, point, status, text, person, grouped, unnamed,
			respondent, channel, language, received, legal, accepted, corruption, due_on FROM cases WHERE id = $1`, like, draft, []byte(draft))
	b.Queue(`INSERT INTO entries SELECT (SELECT id FROM cases WHERE draft = $2), e.n, e.action, e.role, e.staff, e.at, e.from_status,
			e.to_status, e.text, e.reason, e.details FROM entries e WHERE e.case_id = $1 AND e.n = 1`, like, draft)
	b.Queue(`INSERT INTO audit (at, actor_staff, actor_role, action, subject_kind, subject_id, detail)
		SELECT now(), 0, 'citizen', 'submit', 'case', id, '{"entry": 1}' FROM cases WHERE draft = $1`, draft)
	b.Queue(`INSERT INTO outbox (lane, sealed, channel, case_id, entry, audience, key, language, dedupe)
		SELECT sha256($3::bytea), o.sealed, o.channel, (SELECT id FROM cases WHERE draft = $2), 1, o.audience, o.key, o.language, $2
		FROM outbox o WHERE o.case_id = $1 AND o.entry = 1`, like, draft, []byte(draft))
	return s.db.SendBatch(ctx, b).Close()
}
