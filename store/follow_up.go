package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// FollowUps returns a page of the cases of a status that must still be looked
// after, those first whose day came first, and the key of the next: transferred
// ones without a reply, or ones that are filed away. Of a sealed one, those who
// aren't named for it get its outline.
func (s *Store) FollowUps(ctx context.Context, by tiepdan.Actor, status tiepdan.Status, after string) (rows []tiepdan.FollowUp, next string, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, "", err
	}
	limit := pageSize(0)
	w := filterCases(CaseFilter{By: by}, tiepdan.DateOf(s.now()))
	w.add("c.status = ?", status)
	w.add("c.follow_up IS NOT NULL")
	if on, id, ok := readFollowKey(after); ok {
		w.add("(c.follow_up, c.id) > (?, ?)", on, id)
	}
	found, err := s.db.Query(ctx, fmt.Sprintf(followUpSQL, w.sql(), limit+1), w.args...)
	if err != nil {
		return nil, "", broken(err, "follow-ups")
	}
	rows, err = pgx.CollectRows(found, pgx.RowToStructByNameLax[tiepdan.FollowUp])
	if err != nil {
		return nil, "", broken(err, "follow-ups")
	}
	if len(rows) > limit {
		rows = rows[:limit]
		next = rows[limit-1].On.String() + "." + strconv.FormatInt(rows[limit-1].ID, 36)
	}
	for i := range rows {
		f := &rows[i]
		if f.CaseLine = dressed(f.CaseLine, rules, by); f.Sealed && !by.Cleared {
			f.Body, f.Document, f.Ground = "", "", ""
		}
	}
	return rows, next, nil
}

// followUpSQL finds the cases, and then of each the entry that led there and how
// often it was urged since.
const followUpSQL = `SELECT c.id, c.code, coalesce((SELECT number FROM book WHERE case_id = c.id), 0) AS number, c.kind, c.field, c.place, c.status,
		left(c.text, 160) AS excerpt, c.received, c.sealed, c.follow_up AS on,
		(e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS since, coalesce(e.details ->> 'body', '') AS body, coalesce(e.details ->> 'document', '') AS document,
		coalesce(e.details ->> 'ground', '') AS ground, u.urged, u.last_urged
	FROM (SELECT * FROM cases c WHERE %s ORDER BY c.follow_up, c.id LIMIT %d) c
	LEFT JOIN LATERAL (SELECT n, at, details FROM entries WHERE case_id = c.id AND to_status = c.status AND from_status <> to_status ORDER BY n DESC LIMIT 1) e ON true
	LEFT JOIN LATERAL (SELECT count(*)::int AS urged, (max(at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS last_urged FROM entries
		WHERE case_id = c.id AND action = 'urge' AND n > e.n) u ON true
	ORDER BY c.follow_up, c.id`

func readFollowKey(key string) (on tiepdan.Date, id int64, ok bool) {
	day, after, ok := strings.Cut(key, ".")
	on, err1 := tiepdan.ParseDate(day)
	id, err2 := strconv.ParseInt(after, 36, 64)
	return on, id, ok && err1 == nil && err2 == nil
}

// DueFollowUps counts those whose day is before one, up to a cap.
func (s *Store) DueFollowUps(ctx context.Context, by tiepdan.Actor, status tiepdan.Status, before tiepdan.Date) (n int, err error) {
	w := filterCases(CaseFilter{By: by}, tiepdan.DateOf(s.now()))
	w.add("c.status = ?", status)
	w.add("c.follow_up < ?", before)
	err = s.db.QueryRow(ctx, fmt.Sprintf(`SELECT count(*) FROM (SELECT FROM cases c WHERE %s LIMIT %d) found`, w.sql(), tiepdan.CountCap), w.args...).Scan(&n)
	return n, broken(err, "due follow-ups")
}
