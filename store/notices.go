package store

import (
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// addAccount makes sure that p has an account, so that an ordinary case of theirs
// can be answered to.
func (s *Store) addAccount(b *pgx.Batch, p tiepdan.Peer, language tiepdan.Language) {
	lane := s.vault.Lane(p)
	b.Queue(`INSERT INTO accounts (key, lane, channel, sealed, language, created_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT DO NOTHING`, s.vault.Account(p), lane, p.Channel, s.vault.SealPeer(lane, p), string(language), s.now())
}

// sealedAccount is what a sealed case keeps of the account that it came from:
// its owner, and sealed_accounts' channel and sealed.
func (s *Store) sealedAccount(p tiepdan.Peer) (owner []byte, channel string, sealed []byte) {
	owner = s.vault.Denouncer(p)
	return owner, p.Channel, s.vault.SealPeer(owner, p)
}

// addNotices queues what an entry of a case has to tell people: a message to
// each who has an account, except to whoever did the deed, once for each entry,
// key and person. The case, and its account or sealed account, must stand in the
// database by then; call [Store.Wake] when all of it is committed.
//
// A message to a citizen who can't be reached at all becomes a task at once. Who
// keeps quiet hours, by their own word or the office's, gets what isn't urgent
// after them; a citizen is told at once of what they did themself.
func (s *Store) addNotices(b *pgx.Batch, caseID int64, by tiepdan.Actor, ns []tiepdan.Notice) {
	s.addNoticesFrom(b, caseID, by, s.now(), ns)
}

// addNoticesFrom is [Store.addNotices] of messages that don't go out before a moment.
func (s *Store) addNoticesFrom(b *pgx.Batch, caseID int64, by tiepdan.Actor, from time.Time, ns []tiepdan.Notice) {
	s.queueNotices(b, noticesSQL(`c.id = $1`), caseID, by, from, ns)
}

// tellFrom is from when people are told of an entry: what a machine warns of waits
// for the office's hours.
func (s *Store) tellFrom(e tiepdan.Entry, rules *tiepdan.Rules) time.Time {
	if e.Do == tiepdan.Escalate {
		return rules.Calendar.NextOpen(s.now(), rules.Office.Hours)
	}
	return s.now()
}

// addNoticesOfDraft is [Store.addNotices] for a case whose id isn't known yet.
func (s *Store) addNoticesOfDraft(b *pgx.Batch, draft string, by tiepdan.Actor, ns []tiepdan.Notice) {
	s.queueNotices(b, noticesSQL(`c.draft = $1`), draft, by, s.now(), ns)
}

func (s *Store) queueNotices(b *pgx.Batch, sql string, which any, by tiepdan.Actor, from time.Time, ns []tiepdan.Notice) {
	if len(ns) == 0 {
		return
	}
	type row struct {
		Audience string `json:"audience"`
		Staff    int64  `json:"staff"`
		Unit     int64  `json:"unit"`
		Key      string `json:"key"`
		Entry    int    `json:"entry"`
	}
	rows := make([]row, len(ns))
	for i, n := range ns {
		rows[i] = row{string(n.To), n.Staff, n.Unit, n.Key, n.Entry}
	}
	list, _ := json.Marshal(rows) // strings and numbers always marshal
	b.Queue(sql, which, by.Staff, s.now().Truncate(time.Microsecond), string(list), tiepdan.DateOf(s.now()),
		from.Truncate(time.Microsecond), by.Role)
}

// covers selects those who are away on a day, with who stands in: nobody who is
// away too. It is what [tiepdan.Leaves.StandIn] says.
func covers(day string) string {
	return `SELECT l.staff_id AS absent, l.substitute FROM leaves l WHERE ` + day + `::date BETWEEN l.starts AND l.ends AND l.substitute IS NOT NULL
		AND NOT EXISTS (SELECT FROM leaves o WHERE o.staff_id = l.substitute AND ` + day + `::date BETWEEN o.starts AND o.ends)`
}

// standsInFor is [tiepdan.Staff.MayStandIn] of st for p.
const standsInFor = `NOT st.disabled AND st.role NOT IN ('auditor', 'administrator') AND st.unit IS NOT DISTINCT FROM p.unit`

// noticesSQL finds the people behind the audiences, and who stands in for those who
// are away. A sealed case's citizen is
// reached through the case's own copy of their account and by no other row.
func noticesSQL(theCase string) string {
	return `
	WITH n AS (
		SELECT * FROM ROWS FROM (jsonb_to_recordset($4::jsonb) AS (audience text, staff bigint, unit bigint, key text, entry integer))
			WITH ORDINALITY AS n(audience, staff, unit, key, entry, place)
	), c AS MATERIALIZED (
		SELECT id, owner, language, sealed, barred_units, barred_staff, urgent, coalesce((SELECT quiet FROM office), '') AS quiet FROM cases c WHERE ` + theCase + `
	), citizen AS (
		SELECT a.lane, a.sealed, a.channel, coalesce(nullif(a.language, ''), c.language) AS language, a.unreachable_at,
			CASE WHEN $7 = 'citizen' THEN '' ELSE c.quiet END AS quiet
		FROM c JOIN accounts a ON a.key = c.owner WHERE NOT c.sealed
		UNION ALL
		SELECT c.owner, x.sealed, x.channel, c.language, NULL, CASE WHEN $7 = 'citizen' THEN '' ELSE c.quiet END
		FROM c JOIN sealed_accounts x ON x.case_id = c.id WHERE c.sealed AND c.owner IS NOT NULL
	), named AS (
		SELECT n.place, st.id, st.unit, st.cleared FROM n JOIN staff st ON CASE n.audience
				WHEN 'staff' THEN st.id = n.staff
				WHEN 'unit' THEN st.role = 'unit_head' AND st.unit = n.unit
				WHEN 'deciders' THEN st.role IN ('board_head', 'leader')
				WHEN 'leaders' THEN st.role = 'leader'
				WHEN 'board_heads' THEN st.role = 'board_head'
				WHEN 'desk' THEN st.role IN ('receptionist', 'board_head')
				ELSE false END
			CROSS JOIN c
		WHERE NOT st.disabled AND NOT st.id = ANY(c.barred_staff) AND NOT coalesce(st.unit = ANY(c.barred_units), false)
	), people AS (
		SELECT place, id FROM named
		UNION
		SELECT p.place, v.substitute FROM named p JOIN (` + covers(`$5`) + `) v ON v.absent = p.id
			JOIN staff st ON st.id = v.substitute CROSS JOIN c
		WHERE ` + standsInFor + ` AND (NOT c.sealed OR p.cleared AND st.cleared)
	), who AS (
		SELECT n.*, NULL::bigint AS person, p.* FROM n CROSS JOIN citizen p WHERE n.audience = 'citizen'
		UNION ALL
		SELECT n.*, st.id, a.lane, a.sealed, a.channel, st.language, a.unreachable_at, coalesce(nullif(st.quiet, ''), c.quiet)
		FROM people p JOIN n ON n.place = p.place JOIN staff st ON st.id = p.id JOIN accounts a ON a.staff_id = st.id CROSS JOIN c
		WHERE NOT st.disabled AND st.id <> $2 AND NOT st.id = ANY(c.barred_staff) AND NOT coalesce(st.unit = ANY(c.barred_units), false)
	), added AS (
		INSERT INTO outbox (lane, sealed, channel, case_id, entry, staff_id, audience, key, language, dedupe, not_before, created_at, state, error)
		SELECT w.lane, w.sealed, w.channel, c.id, w.entry, w.person, w.audience, w.key, w.language,
			format('case:%s:%s:%s:%s', c.id, w.entry, w.key, coalesce('s' || w.person, 'c')),
			CASE WHEN c.urgent THEN $6 ELSE after_quiet($6, w.quiet) END, $3,
			CASE WHEN w.unreachable_at IS NULL THEN 'queued' ELSE 'blocked' END,
			CASE WHEN w.unreachable_at IS NULL THEN '' ELSE 'unreachable' END
		FROM who w CROSS JOIN c ORDER BY w.place, w.person
		ON CONFLICT (dedupe) DO NOTHING
		RETURNING case_id, entry, audience, state, key
	)
	INSERT INTO tasks (case_id, kind, entry, reason, created)
	SELECT case_id, ` + taskKind(`key`) + `, entry, 'unreachable', $3 FROM added WHERE audience = 'citizen' AND state = 'blocked'`
}

// Wake tells this process's dispatcher that messages were committed. Other
// processes see them at their next look.
func (s *Store) Wake() { s.mail.due.ring() }

// Due says when messages were committed in this process; stop ends listening.
func (s *Store) Due() (due <-chan struct{}, stop func()) { return s.mail.due.listen() }
