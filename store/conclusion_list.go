package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// ConclusionList returns the sessions in the span that were held or are under way,
// the last first, and how far the conclusion of each is. The regular duty of every
// working day has none, and is left out where nobody wrote one.
func (s *Store) ConclusionList(ctx context.Context, from, until tiepdan.Date) ([]tiepdan.ConclusionLine, error) {
	ss, err := s.sessionsWhere(ctx, `d.status IN ('open', 'held') AND (d.kind <> 'regular' OR EXISTS (SELECT FROM conclusions k WHERE k.session_id = d.id)) AND`, from, until)
	if err != nil {
		return nil, err
	}
	ids, at := make([]int64, len(ss)), map[int64]int{}
	list := make([]tiepdan.ConclusionLine, len(ss))
	for i := range ss {
		last := len(ss) - 1 - i
		list[last].Session, ids[i], at[ss[i].ID] = ss[i], ss[i].ID, last
	}
	rows, err := s.db.Query(ctx, `SELECT d.id, coalesce(k.status, ''), coalesce(k.number, ''), coalesce(jsonb_array_length(k.items), 0),
			(SELECT count(*) FROM receptions r WHERE r.session_id = d.id)
		FROM reception_sessions d LEFT JOIN conclusions k ON k.session_id = d.id WHERE d.id = ANY($1)`, ids)
	if err != nil {
		return nil, broken(err, "conclusion list")
	}
	var id int64
	var l tiepdan.ConclusionLine
	_, err = pgx.ForEachRow(rows, []any{&id, &l.Status, &l.Number, &l.Items, &l.Received}, func() error {
		l.Session = list[at[id]].Session
		list[at[id]] = l
		return nil
	})
	return list, broken(err, "conclusion list")
}

// ConclusionTold returns who of those received at a session came by a chat, so that
// its conclusion is told to them there, and what became of that. Nobody is written
// to about a denunciation.
func (s *Store) ConclusionTold(ctx context.Context, session int64) ([]tiepdan.ConclusionTold, error) {
	rows, err := s.db.Query(ctx, `SELECT r.id, a.unreachable_at IS NULL, coalesce(o.state, ''), o.sent_at
		FROM receptions r JOIN appointments p ON p.id = r.appointment JOIN accounts a ON a.key = p.owner
			LEFT JOIN conclusions k ON k.session_id = r.session_id LEFT JOIN outbox o ON o.dedupe = format('conclusion:%s:%s', k.id, p.id)
		WHERE r.session_id = $1 AND NOT r.sealed ORDER BY r.id`, session)
	if err != nil {
		return nil, broken(err, "told of a conclusion")
	}
	told, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (t tiepdan.ConclusionTold, err error) {
		var sent *time.Time
		err = row.Scan(&t.Reception, &t.Reachable, &t.State, &sent)
		t.Sent = orZero(sent)
		return t, err
	})
	return told, broken(err, "told of a conclusion")
}
