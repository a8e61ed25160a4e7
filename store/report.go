package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Reports are of spans of days, from a day to before another. Each reads what lies in
// its span by an index and nothing that is older.

// DirectiveReport says what became of the directions that were issued in the span,
// by unit. A unit was in time by the day of its last report, whenever the leader was
// content with it. What is about by isn't counted.
func (s *Store) DirectiveReport(ctx context.Context, by tiepdan.Actor, from, until tiepdan.Date) ([]tiepdan.DirectiveUnit, error) {
	w := where{args: []any{from.Time(), until.Time(), tiepdan.DateOf(s.now())}}
	unbarredOf(&w, "d.case_id", by)
	rows, err := s.db.Query(ctx, `SELECT unit, count(*) AS issued, count(*) FILTER (WHERE status = 'done') AS done,
			count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
			count(*) FILTER (WHERE status = 'done' AND (coalesce(reported, done) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= due) AS in_time,
			count(*) FILTER (WHERE status = 'done' AND (coalesce(reported, done) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date > due) AS late,
			count(*) FILTER (WHERE `+openDirectives+`) AS open, count(*) FILTER (WHERE `+openDirectives+` AND due < $3) AS overdue,
			coalesce(sum(urged), 0)::bigint AS urged
		FROM directives d WHERE issued >= $1 AND issued < $2 AND `+w.sql()+` GROUP BY unit ORDER BY unit`, w.args...)
	if err != nil {
		return nil, broken(err, "directive report")
	}
	us, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.DirectiveUnit])
	return us, broken(err, "directive report")
}

// SessionsOfHeads returns the sessions in the span that are some head's duty, drafts
// and cancelled ones too.
func (s *Store) SessionsOfHeads(ctx context.Context, from, until tiepdan.Date) ([]tiepdan.Session, error) {
	return s.sessionsWhere(ctx, `d.head IS NOT NULL AND`, from, until)
}

func (s *Store) sessionsWhere(ctx context.Context, which string, from, until tiepdan.Date) ([]tiepdan.Session, error) {
	rows, err := s.db.Query(ctx, `SELECT `+sessionColumns+` FROM reception_sessions d WHERE `+which+` d.starts >= $1 AND d.starts < $2 ORDER BY d.starts, d.id`,
		from.Time(), until.Time())
	if err != nil {
		return nil, broken(err, "sessions of a span")
	}
	list, err := pgx.CollectRows(rows, scanSession)
	return list, broken(err, "sessions of a span")
}

// AttendanceBetween returns the sessions in the span that were held or are under
// way, and who was to come to them or came.
func (s *Store) AttendanceBetween(ctx context.Context, from, until tiepdan.Date) ([]tiepdan.Session, []tiepdan.Attendance, error) {
	ss, err := s.sessionsWhere(ctx, `d.status IN ('open', 'held') AND`, from, until)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]int64, len(ss))
	for i, d := range ss {
		ids[i] = d.ID
	}
	rows, err := s.db.Query(ctx, `SELECT a.id, a.session_id, coalesce(a.unit, 0), a.who, a.receiver, a.called,
			coalesce(a.came, '0001-01-01 00:00:00+00'), coalesce(a.left_at, '0001-01-01 00:00:00+00'), a.absent
		FROM attendance a WHERE a.session_id = ANY($1) ORDER BY a.session_id, a.id`, ids)
	if err != nil {
		return nil, nil, broken(err, "attendance of a span")
	}
	as, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (a tiepdan.Attendance, err error) {
		return a, row.Scan(&a.ID, &a.Session, &a.Unit, &a.Who, &a.Receiver, &a.Called, &a.Came, &a.Left, &a.Absent)
	})
	return ss, as, broken(err, "attendance of a span")
}

// ReceptionCounts counts the receptions of the span. See [tiepdan.YearBefore] for the
// span to compare it with.
func (s *Store) ReceptionCounts(ctx context.Context, from, until tiepdan.Date) (tiepdan.ReceptionCounts, error) {
	c := tiepdan.ReceptionCounts{From: from, Until: until, Results: map[tiepdan.Result]int{}, Kinds: map[tiepdan.Kind]tiepdan.Tally{},
		Fields: map[string]tiepdan.Tally{}, At: map[tiepdan.SessionKind]tiepdan.Tally{}}
	rows, err := s.db.Query(ctx, `SELECT d.kind, r.kind, r.field, r.result, r.again, count(*), sum(r.people)::bigint,
			count(*) FILTER (WHERE r.people >= $3), coalesce(sum(r.people) FILTER (WHERE r.people >= $3), 0)::bigint
		FROM receptions r JOIN reception_sessions d ON d.id = r.session_id WHERE r.day >= $1 AND r.day < $2 GROUP BY 1, 2, 3, 4, 5`, from, until, tiepdan.GroupOf)
	if err != nil {
		return c, broken(err, "reception counts")
	}
	var at tiepdan.SessionKind
	var kind tiepdan.Kind
	var field string
	var result tiepdan.Result
	var again bool
	var t tiepdan.Tally
	_, err = pgx.ForEachRow(rows, []any{&at, &kind, &field, &result, &again, &t.Times, &t.People, &t.Groups, &t.GroupPeople}, func() error {
		c.Tally = c.Tally.Add(t)
		c.Results[result] += t.Times
		c.Kinds[kind], c.Fields[field], c.At[at] = c.Kinds[kind].Add(t), c.Fields[field].Add(t), c.At[at].Add(t)
		if again {
			c.Again += t.Times
		} else {
			c.First += t.Times
		}
		return nil
	})
	if err == nil {
		// People who come again about one case come about one matter.
		err = s.db.QueryRow(ctx, `SELECT count(DISTINCT case_id) + count(*) FILTER (WHERE case_id IS NULL) FROM receptions WHERE day >= $1 AND day < $2`, from, until).
			Scan(&c.Matters)
	}
	return c, broken(err, "reception counts")
}
