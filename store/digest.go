package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// digestRoles are who gets a morning's digest; of the others, who is on duty at the
// reception does.
var digestRoles = []string{string(tiepdan.Officer), string(tiepdan.UnitHead), string(tiepdan.Leader), string(tiepdan.BoardHead)}

// digestsSQL counts the open cases once, in groups, and gives each person those
// that are theirs: an officer's own, a unit's, or the whole office's, and those of
// whom they stand in for; none that is about them. And so for the directions. Who is only on duty is told that and no more.
var digestsSQL = `
	WITH owed AS MATERIALIZED (
		SELECT unit, officer, status, sealed, barred_units, barred_staff, count(*) AS n, count(*) FILTER (WHERE due_on < $3) AS late,
			count(*) FILTER (WHERE due_on BETWEEN $3 AND $4) AS soon
		FROM cases WHERE status = ANY($2) GROUP BY unit, officer, status, sealed, barred_units, barred_staff
	), covers AS MATERIALIZED (
		SELECT v.substitute AS by, p.id, p.role, p.unit, p.cleared AND st.cleared AS cleared
		FROM (` + covers(`$3`) + `) v JOIN staff p ON p.id = v.absent JOIN staff st ON st.id = v.substitute
		WHERE NOT p.disabled AND ` + standsInFor + `
	), directed AS MATERIALIZED (
		SELECT d.unit, d.officer, d.status = 'reported' AS reported, d.secret OR coalesce(c.sealed, false) OR coalesce(r.sealed, false) AS secret,
			coalesce(c.barred_units, '{}') AS barred_units, coalesce(c.barred_staff, '{}') AS barred_staff, count(*) AS n, count(*) FILTER (WHERE d.due < $3) AS late
		FROM ` + directivesJoined + ` WHERE ` + openDirectives + ` GROUP BY 1, 2, 3, 4, 5, 6
	), waits AS MATERIALIZED (
		SELECT c.unit, c.officer, k.half_on = $3 AS half, k.asks, k.judge, c.barred_units, c.barred_staff
		FROM case_clocks k JOIN cases c ON c.id = k.case_id
		WHERE (k.half_on = $3 OR k.asks IS NOT NULL OR k.judge IS NOT NULL) AND (c.status = ANY($2) OR c.remains_on IS NOT NULL)
	), help AS MATERIALIZED (
		SELECT h.unit, h.officer, c.sealed, c.barred_units, c.barred_staff, count(*) AS n, count(*) FILTER (WHERE h.due < $3) AS late,
			count(*) FILTER (WHERE h.due BETWEEN $3 AND $4) AS soon
		FROM case_helps h JOIN cases c ON c.id = h.case_id GROUP BY 1, 2, 3, 4, 5
	), remains AS MATERIALIZED (
		SELECT unit, officer, sealed, barred_units, barred_staff, count(*) FILTER (WHERE remains_on < $3) AS late, count(*) FILTER (WHERE remains_on >= $3) AS soon
		FROM cases WHERE remains_on <= $4 GROUP BY 1, 2, 3, 4, 5
	), who AS (
		SELECT st.id, st.role, st.unit, st.role = ANY($1) AS gets, EXISTS (SELECT FROM duty_roster r WHERE r.day = $3 AND r.staff_id = st.id) AS duty
		FROM staff st JOIN accounts a ON a.staff_id = st.id WHERE NOT st.disabled AND a.unreachable_at IS NULL
	)
	SELECT st.id, st.role, coalesce(st.unit, 0),
		coalesce(sum(o.n) FILTER (WHERE o.status = ANY(CASE st.role WHEN 'leader' THEN $5::text[] WHEN 'board_head' THEN $6::text[] ELSE $7::text[] END)), 0)::bigint,
		coalesce(sum(o.soon), 0)::bigint, coalesce(sum(o.late), 0)::bigint, st.duty, d.n, d.late, w.half, w.asks, w.judge, h.n, h.soon, h.late, r.soon, r.late
	FROM who st
		LEFT JOIN owed o ON st.gets AND NOT st.id = ANY(o.barred_staff) AND NOT coalesce(st.unit = ANY(o.barred_units), false)
			AND (CASE st.role WHEN 'officer' THEN o.officer = st.id WHEN 'unit_head' THEN o.unit = st.unit ELSE true END
				OR EXISTS (SELECT FROM covers v WHERE v.by = st.id AND CASE v.role WHEN 'officer' THEN o.officer = v.id WHEN 'unit_head' THEN o.unit = v.unit ELSE false END
					AND (v.cleared OR NOT o.sealed) AND NOT v.id = ANY(o.barred_staff) AND NOT coalesce(v.unit = ANY(o.barred_units), false)))
		CROSS JOIN LATERAL (
			SELECT coalesce(sum(x.n) FILTER (WHERE x.reported = (st.role NOT IN ('officer', 'unit_head'))), 0)::bigint AS n,
				coalesce(sum(x.late) FILTER (WHERE NOT x.reported OR st.role NOT IN ('officer', 'unit_head')), 0)::bigint AS late
			FROM directed x
			WHERE st.gets AND (CASE st.role WHEN 'officer' THEN x.officer = st.id WHEN 'unit_head' THEN x.unit = st.unit ELSE true END
					OR EXISTS (SELECT FROM covers v WHERE v.by = st.id AND CASE v.role WHEN 'officer' THEN x.officer = v.id WHEN 'unit_head' THEN x.unit = v.unit ELSE false END
						AND (v.cleared OR NOT x.secret) AND NOT v.id = ANY(x.barred_staff) AND NOT coalesce(v.unit = ANY(x.barred_units), false)))
				AND NOT st.id = ANY(x.barred_staff) AND NOT coalesce(st.unit = ANY(x.barred_units), false)
		) d
		CROSS JOIN LATERAL (
			SELECT count(*) FILTER (WHERE x.half AND theirs AND st.role IN ('officer', 'unit_head')) AS half,
				count(*) FILTER (WHERE CASE WHEN st.role IN ('leader', 'board_head') THEN x.asks IN (0, st.id) ELSE theirs AND x.asks IS NOT NULL END) AS asks,
				count(*) FILTER (WHERE x.judge = st.role AND (st.role <> 'unit_head' OR x.unit = st.unit) OR x.judge = 'deciders' AND st.role IN ('leader', 'board_head')) AS judge
			FROM (SELECT *, CASE st.role WHEN 'officer' THEN officer = st.id WHEN 'unit_head' THEN unit = st.unit ELSE false END AS theirs FROM waits) x
			WHERE st.gets AND NOT st.id = ANY(x.barred_staff) AND NOT coalesce(st.unit = ANY(x.barred_units), false)
		) w
		CROSS JOIN LATERAL (
			SELECT coalesce(sum(x.n), 0)::bigint AS n, coalesce(sum(x.soon), 0)::bigint AS soon, coalesce(sum(x.late), 0)::bigint AS late FROM help x WHERE ` + unitsOwn + `
		) h
		CROSS JOIN LATERAL (
			SELECT coalesce(sum(x.soon), 0)::bigint AS soon, coalesce(sum(x.late), 0)::bigint AS late FROM remains x WHERE ` + unitsOwn + `
		) r
	WHERE st.gets OR st.duty
	GROUP BY st.id, st.role, st.unit, st.duty, d.n, d.late, w.half, w.asks, w.judge, h.n, h.soon, h.late, r.soon, r.late ORDER BY st.id`

// unitsOwn is the condition that x is an officer's, a unit head's, or of one whom they
// stand in for; what waits for a whole office is nobody's own.
const unitsOwn = `st.gets AND (CASE st.role WHEN 'officer' THEN x.officer = st.id WHEN 'unit_head' THEN x.unit = st.unit ELSE false END
		OR EXISTS (SELECT FROM covers v WHERE v.by = st.id AND CASE v.role WHEN 'officer' THEN x.officer = v.id WHEN 'unit_head' THEN x.unit = v.unit ELSE false END
			AND (v.cleared OR NOT x.sealed) AND NOT v.id = ANY(x.barred_staff) AND NOT coalesce(v.unit = ANY(x.barred_units), false)))
	AND NOT st.id = ANY(x.barred_staff) AND NOT coalesce(st.unit = ANY(x.barred_units), false)`

// Digests returns what lies before each officer, unit head, leader and head of
// the board who has a chat account, the empty ones too, and before who else is on
// duty today.
func (s *Store) Digests(ctx context.Context, today tiepdan.Date) ([]tiepdan.Digest, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	sessions, err := s.Sessions(ctx, today.Time(), today.Add(1).Time())
	if err != nil {
		return nil, err
	}
	sessions = slices.DeleteFunc(sessions, func(d tiepdan.Session) bool { return d.Cancelled() || d.Status == tiepdan.SessionDraft })
	rows, err := s.db.Query(ctx, digestsSQL, digestRoles, openStatuses(), today, rules.Calendar.AddWorking(today, tiepdan.SoonDays),
		statusNames(tiepdan.Leader.Fresh()), statusNames(tiepdan.BoardHead.Fresh()), statusNames(tiepdan.Officer.Fresh()))
	if err != nil {
		return nil, broken(err, "digests")
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (tiepdan.Digest, error) {
		var d tiepdan.Digest
		err := row.Scan(&d.Staff, &d.Role, &d.Unit, &d.New, &d.DueSoon, &d.Overdue, &d.OnDuty, &d.Directives, &d.DirectivesLate,
			&d.Half, &d.Asks, &d.Judging, &d.Helping, &d.HelpSoon, &d.HelpLate, &d.RemainSoon, &d.RemainLate)
		d.Sessions = sessionsFor(d, sessions)
		return d, err
	})
	return list, broken(err, "digests")
}

// sessionsFor are those of the day's sessions that d's reader has to do with: who
// belongs to a unit hears of the office's own, and of those that are their unit's
// or call it.
func sessionsFor(d tiepdan.Digest, sessions []tiepdan.Session) (theirs []tiepdan.Session) {
	for _, at := range sessions {
		if !d.Role.InUnit() || at.Unit == 0 || at.Unit == d.Unit || slices.Contains(at.Units, d.Unit) {
			theirs = append(theirs, at)
		}
	}
	return theirs
}

// PostToStaff queues a message that no case bore for a member of staff. The same
// dedupe brings it once; posted says whether this call did. Who is disabled, has
// no chat account or can't be reached gets none.
func (s *Store) PostToStaff(ctx context.Context, staff int64, reply []byte, dedupe string) (posted bool, err error) {
	if !json.Valid(reply) {
		return false, errors.New("store: post to staff: the reply isn't JSON")
	}
	tag, err := s.db.Exec(ctx, `
		INSERT INTO outbox (lane, sealed, channel, staff_id, audience, language, reply, dedupe, not_before, created_at)
		SELECT a.lane, a.sealed, a.channel, st.id, 'staff', st.language, $2::jsonb, nullif($3, ''), $4, $4
		FROM staff st JOIN accounts a ON a.staff_id = st.id
		WHERE st.id = $1 AND NOT st.disabled AND a.unreachable_at IS NULL
		ON CONFLICT (dedupe) DO NOTHING`, staff, string(reply), dedupe, s.now())
	if err != nil {
		return false, fmt.Errorf("store: post to staff: %w", err)
	}
	if posted = tag.RowsAffected() > 0; posted {
		s.Wake()
	}
	return posted, nil
}
