package store

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// tellOfDirective queues what has to be told of a direction: a message to each who
// has an account, except to whoever did the deed, once for each mark, key and
// person; the mark is the entry's number where none is given. The messages hold no
// words: what they say is read from the direction when they are sent.
//
// What was for an officer who is no longer here is for the heads of the unit. Who
// stands in for somebody who is away is told as well; of what is secret only where
// both are cleared.
func (s *Store) tellOfDirective(b *pgx.Batch, d tiepdan.Directive, by tiepdan.Actor, ns []tiepdan.Notice, mark string) {
	if len(ns) == 0 {
		return
	}
	type row struct {
		Audience string `json:"audience"`
		Staff    int64  `json:"staff"`
		Key      string `json:"key"`
		Entry    int    `json:"entry"`
		Mark     string `json:"mark"`
	}
	rows := make([]row, len(ns))
	for i, n := range ns {
		rows[i] = row{string(n.To), n.Staff, n.Key, n.Entry, mark}
		if mark == "" {
			rows[i].Mark = strconv.Itoa(n.Entry)
		}
	}
	list, _ := json.Marshal(rows) // strings and numbers always marshal
	b.Queue(directiveNoticesSQL, d.ID, d.Unit, by.Staff, s.now().Truncate(time.Microsecond), string(list), tiepdan.DateOf(s.now()), d.Secret)
}

var directiveNoticesSQL = `
	WITH n AS (
		SELECT * FROM jsonb_to_recordset($5::jsonb) AS n(audience text, staff bigint, key text, entry integer, mark text)
	), about AS (
		SELECT coalesce(c.barred_staff, '{}') AS staff, coalesce(c.barred_units, '{}') AS units FROM directives d LEFT JOIN cases c ON c.id = d.case_id WHERE d.id = $1
	), named AS (
		SELECT n.*, st.id AS person, st.unit, st.cleared
		FROM n JOIN staff st ON CASE n.audience
				WHEN 'staff' THEN st.id = n.staff OR st.role = 'unit_head' AND st.unit = $2 AND EXISTS (SELECT FROM staff o WHERE o.id = n.staff AND o.disabled)
				WHEN 'unit' THEN st.role = 'unit_head' AND st.unit = $2
				WHEN 'deciders' THEN st.role IN ('board_head', 'leader')
				ELSE false END
			CROSS JOIN about b
		WHERE NOT st.disabled AND NOT st.id = ANY(b.staff) AND NOT coalesce(st.unit = ANY(b.units), false)
	), people AS (
		SELECT key, entry, mark, person FROM named
		UNION
		SELECT p.key, p.entry, p.mark, v.substitute FROM named p JOIN (` + covers(`$6`) + `) v ON v.absent = p.person JOIN staff st ON st.id = v.substitute
		WHERE ` + standsInFor + ` AND (NOT $7 OR p.cleared AND st.cleared)
	), who AS (
		SELECT n.*, st.language, a.lane, a.sealed, a.channel
		FROM people n JOIN staff st ON st.id = n.person JOIN accounts a ON a.staff_id = st.id CROSS JOIN about b
		WHERE NOT st.disabled AND st.id <> $3 AND a.unreachable_at IS NULL AND NOT st.id = ANY(b.staff) AND NOT coalesce(st.unit = ANY(b.units), false)
	)
	INSERT INTO outbox (lane, sealed, channel, staff_id, audience, language, reply, dedupe, not_before, created_at)
	SELECT lane, sealed, channel, person, 'staff', language,
		jsonb_build_object('key', 'live', 'args', jsonb_build_object('What', 'directive', 'ID', $1::bigint, 'Key', key, 'Entry', entry)),
		format('directive:%s:%s:%s:%s', $1::bigint, mark, key, person), $4, $4
	FROM who ORDER BY person
	ON CONFLICT (dedupe) DO NOTHING`
