package store

import (
	"context"
	"fmt"
	"time"

	"tiepdan"
)

// visitsEach is how many appointments a session of [Store.FillReceptionBench] has,
// sessionsADay how many of them a day has, and visitsOf how many appointments each
// of its people have had. The last of them was pastSince days ago: before all that
// a schedule shows, which has as much to show then as without a past.
const (
	visitsEach   = 40
	sessionsADay = 4
	visitsOf     = 10
	pastSince    = 130
)

// FillReceptionBench adds n past appointments to an otherwise empty office, with
// their sessions, holders and entries of the book, by bare statements. It is for
// measuring how little the past matters to what is done today; none of its people
// can be reached.
func (s *Store) FillReceptionBench(ctx context.Context, n int) error {
	if n <= 0 {
		return nil
	}
	sessions := (n + visitsEach - 1) / visitsEach
	people := max(visitsEach, n/visitsOf)
	today := tiepdan.DateOf(s.now()).Time()
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{`INSERT INTO accounts (key, lane, channel, sealed) SELECT sha256(('bench key ' || n)::bytea), sha256(('bench lane ' || n)::bytea), 'bench', ''
			FROM generate_series(0, $1 - 1) n ON CONFLICT DO NOTHING`, []any{people}},
		{`INSERT INTO reception_sessions (starts, ends, place, presides, attends, focus, note, original, kind, status, places, taken, published, opened, closed, emptied)
			SELECT at, at + interval '3 hours', 'bench', '', '', '', '', at::date, 'periodic', 'held', $3, 0, at - interval '20 days', at, at + interval '3 hours', true
			FROM (SELECT $2::timestamptz - n / $4 * interval '1 day' + n % $4 * interval '1 minute' AS at FROM generate_series(0, $1 - 1) n) d`,
			[]any{sessions, today.AddDate(0, 0, -pastSince).Add(8 * time.Hour), visitsEach, sessionsADay}},
		{`INSERT INTO appointments (token, session_id, ref, owner, number, status, created, arrived, called, ended, reminded)
			SELECT md5('bench token ' || d.id || ' ' || p), d.id, md5('bench ref ' || d.id || ' ' || p),
				sha256(('bench key ' || (d.turn * $2 + p) % $3)::bytea), p,
				CASE WHEN p % 8 = 0 THEN 'no_show' ELSE 'received' END, d.starts - interval '9 days', d.starts, d.starts, d.ends, 2
			FROM (SELECT id, starts, ends, row_number() OVER (ORDER BY id) - 1 AS turn FROM reception_sessions WHERE place = 'bench' AND taken = 0) d,
				generate_series(1, $2) p WHERE d.turn * $2 + p <= $1 ON CONFLICT DO NOTHING`, []any{n, visitsEach, people}},
		{benchBook, nil},
		{`INSERT INTO reception_versions (reception_id, version, at, by_staff, why, entry)
			SELECT r.id, 1, r.day, 0, '', jsonb_build_object('On', r.day::text, 'People', 1, 'Kind', r.kind, 'Field', r.field, 'Result', r.result,
				'Content', 'bench', 'Person', jsonb_build_object('name', 'bench'))
			FROM receptions r WHERE NOT EXISTS (SELECT FROM reception_versions v WHERE v.reception_id = r.id)`, nil},
		{`INSERT INTO reception_books (year, last) SELECT year, max(number) FROM receptions GROUP BY year
			ON CONFLICT (year) DO UPDATE SET last = excluded.last`, nil},
		{`UPDATE reception_sessions d SET taken = (SELECT count(*) FROM appointments a WHERE a.session_id = d.id) WHERE place = 'bench' AND taken = 0`, nil},
		{`ANALYZE accounts, reception_sessions, appointments, receptions, reception_versions`, nil},
	} {
		if _, err := s.db.Exec(ctx, q.sql, q.args...); err != nil {
			return fmt.Errorf("store: fill the reception's bench: %w", err)
		}
	}
	return nil
}

// benchBook enters those who were received, in the order of their days.
const benchBook = `INSERT INTO receptions (ref, session_id, appointment, year, number, day, sealed, kind, field, people, again, result)
	SELECT a.ref, a.session_id, a.id, extract(year FROM day)::integer,
		coalesce(b.last, 0) + row_number() OVER (PARTITION BY extract(year FROM day) ORDER BY day, a.id), day, false, 'kien_nghi', '', 1, false, 'guided'
	FROM (SELECT a.*, (d.starts AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day FROM appointments a JOIN reception_sessions d ON d.id = a.session_id
			WHERE d.place = 'bench' AND d.taken = 0 AND a.status = 'received') a
		LEFT JOIN reception_books b ON b.year = extract(year FROM day)`
