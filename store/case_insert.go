package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// opening is a new case as it is written.
type opening struct {
	Case    tiepdan.Case
	Filing  Filing
	Notices []tiepdan.Notice      // what people are told of it
	Routes  []tiepdan.RoutingRule // by which it is routed once it is kept
}

// newOpening is the case with all that filing it brings about.
func newOpening(c tiepdan.Case, f Filing, rules *tiepdan.Rules) opening {
	return opening{c, f, tiepdan.Notices(tiepdan.Case{}, c, c.History[0]), rules.RoutedBy(c)}
}

// insertCase writes a new case and all that comes with it in one batch, which is
// one transaction by itself. held: the secure page holds something for the
// draft, and nothing was written. id 0: the draft was filed before.
func (s *Store) insertCase(ctx context.Context, db runner, o opening, rules *tiepdan.Rules) (id int64, held bool, err error) {
	b := &pgx.Batch{}
	b.Queue(`SELECT pg_current_xact_id()`) // so that NumberCases knows of it before it draws an id
	planOnce(b)
	if !o.Filing.Peer.IsZero() && !o.Case.Sealed() {
		s.addAccount(b, o.Filing.Peer, o.Filing.Language)
	}
	b.Queue(insertCaseSQL, s.caseArgs(o, rules)...).QueryRow(func(row pgx.Row) error { return row.Scan(&held, &id) })
	s.addNoticesOfDraft(b, s.vault.Draft(o.Case.Draft), o.Filing.By, o.Notices)
	err = db.SendBatch(ctx, b).Close()
	return id, held, err
}

// planOnce lets the rest of the batch's transaction use plans that were made
// before: its statements find rows by their keys, whatever the arguments are,
// and planning them anew takes longer than running them.
func planOnce(b *pgx.Batch) {
	b.Queue(`SELECT set_config('plan_cache_mode', 'force_generic_plan', true)`)
}

// insertCaseSQL is one statement, so that all of it hangs on whether the draft is new.
const insertCaseSQL = `
	WITH held AS (
		SELECT FROM secure_data WHERE draft = $29
	), filed AS (
		INSERT INTO cases (code, draft, owner, kind, mode, approval, field, place, point, status, text, person, grouped, unnamed,
			respondent, channel, language, received, legal, accepted, corruption, due_on, written, chain, round, earlier)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12::jsonb, $13::jsonb, $14, $15, $16, $17, $18::timestamptz, $19::date, false, $20, $21::date, $30, $31::text[], $32, nullif($33::bigint, 0)
		WHERE NOT EXISTS (SELECT FROM held)
		ON CONFLICT ON CONSTRAINT cases_draft DO NOTHING
		RETURNING id
	), clocked AS (
		INSERT INTO case_clocks (case_id, warn_on) SELECT id, $34::date FROM filed
	), routed AS (
		INSERT INTO case_routings (case_id, rules, meant, since, again)
		SELECT id, $35::bigint[], $36::bigint[], $28, $37::timestamptz FROM filed WHERE $35::bigint[] IS NOT NULL
	), account AS (
		INSERT INTO sealed_accounts (case_id, channel, sealed) SELECT id, $22, $23::bytea FROM filed WHERE $23::bytea IS NOT NULL
	), entry AS (
		INSERT INTO entries (case_id, n, action, role, staff, at, from_status, to_status, text, reason, details)
		SELECT id, 1, 'submit', $24, nullif($25::bigint, 0), $18, '', $10, $11, '', $26::jsonb FROM filed
		RETURNING case_id, n
	), kept AS (
		INSERT INTO case_files (case_id, entry, place, sha256, name, mime, size, class, ref)
		SELECT case_id, n, a.place, a.f ->> 'sha256', a.f ->> 'name', a.f ->> 'mime', (a.f ->> 'size')::bigint, a.f ->> 'class', coalesce(a.f ->> 'ref', '')
		FROM entry, jsonb_array_elements($27::jsonb) WITH ORDINALITY AS a(f, place)
	), log AS (
		INSERT INTO audit (at, actor_staff, actor_role, action, subject_kind, subject_id, detail)
		SELECT $28, $25, $24, 'submit', 'case', id, '{"entry": 1}' FROM filed
	)
	SELECT EXISTS (SELECT FROM held), coalesce((SELECT id FROM filed), 0)`

// caseArgs are the arguments of insertCaseSQL.
func (s *Store) caseArgs(o opening, rules *tiepdan.Rules) []any {
	c, f, now := o.Case, o.Filing, s.now()
	ids, meant := meanings(o.Routes)
	var channel string
	var sealed []byte
	owner := s.owner(c, f.Peer)
	if c.Sealed() && !f.Peer.IsZero() {
		owner, channel, sealed = s.sealedAccount(f.Peer)
	}
	return []any{c.Code, s.vault.Draft(c.Draft), owner, c.Kind, c.Mode, c.Approval, c.Field, c.Place, c.Point, c.Status, c.Text, c.Person, c.Group, c.Unnamed,
		c.Respondent, c.Channel, c.Language, c.Received, c.Legal, c.Corruption, dueOn(c, rules),
		channel, sealed, f.By.Role, f.By.Staff, c.History[0].Details, notNil(c.Files), now, c.Draft, c.Written, notNil(c.Chain), c.Round, c.Earlier, tiepdan.NextWarning(c, rules, nil),
		ids, meant, now.Add(missedAfter)}
}
