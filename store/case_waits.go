package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// queueWaits keeps for the lists whose turn it is to judge c's answer and which
// question to a leader is open; and forgets what was being written where nothing is
// to be written any more, or where it may name who isn't to be named.
func queueWaits(b *pgx.Batch, before, c tiepdan.Case) {
	if before.Judge() != c.Judge() || questionOf(before) != questionOf(c) {
		b.Queue(`UPDATE cases SET judge = $2, question = $3 WHERE id = $1`, c.ID, c.Judge(), questionOf(c))
	}
	if before.Status.Open() && !c.Status.Open() || c.Sealed() && !before.Sealed() {
		b.Queue(`DELETE FROM answer_drafts WHERE case_id = $1`, c.ID)
	}
}

// questionOf is the entry that asks for direction, while somebody may still give it.
func questionOf(c tiepdan.Case) int {
	if q, open := c.Question(); open && c.Status.Open() {
		return q.N
	}
	return 0
}

// mostWaiting is how many cases are looked through for whose turn it is.
const mostWaiting = 500

// ToJudge are the cases whose answers wait for that very person's judgment, those
// that came first first.
func (s *Store) ToJudge(ctx context.Context, by tiepdan.Actor) ([]tiepdan.Case, error) {
	return s.waiting(ctx, `judge <> ''`, func(c tiepdan.Case) bool {
		return tiepdan.May(c, by, tiepdan.Approve) || tiepdan.May(c, by, tiepdan.Endorse)
	})
}

// ToDirect are the cases in which a question waits that this person may answer.
func (s *Store) ToDirect(ctx context.Context, by tiepdan.Actor) ([]tiepdan.Case, error) {
	return s.waiting(ctx, `question > 0`, func(c tiepdan.Case) bool { return tiepdan.May(c, by, tiepdan.Direct) })
}

// ToDeliver are the cases whose answer this person may bring to the citizen, or write
// down that it was brought.
func (s *Store) ToDeliver(ctx context.Context, by tiepdan.Actor) ([]tiepdan.Case, error) {
	return s.waiting(ctx, `awaits`, func(c tiepdan.Case) bool { return tiepdan.May(c, by, tiepdan.RecordDelivery) })
}

func (s *Store) waiting(ctx context.Context, which string, theirs func(tiepdan.Case) bool) (cases []tiepdan.Case, err error) {
	rows, err := s.db.Query(ctx, `SELECT `+caseColumns+`, c.owner FROM cases c WHERE `+which+` ORDER BY c.received, c.id LIMIT $1`, mostWaiting)
	if err != nil {
		return nil, broken(err, "waiting cases")
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[caseRow])
	if err != nil || len(found) == 0 {
		return nil, broken(err, "waiting cases")
	}
	ids := make([]int64, len(found))
	for i, c := range found {
		ids[i] = c.ID
	}
	b := &pgx.Batch{}
	queueHistory(b, `(SELECT unnest($1::bigint[]))`, ids, &found)
	if err := s.db.SendBatch(ctx, b).Close(); err != nil {
		return nil, broken(err, "waiting cases")
	}
	for _, c := range found {
		if theirs(c.Case) {
			cases = append(cases, c.Case)
		}
	}
	return cases, nil
}
