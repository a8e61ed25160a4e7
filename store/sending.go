package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// answerKey is the message that brings an answer.
const answerKey = "notice.answered"

// unnoted are the messages with an answer whose end doesn't stand in the history yet.
const unnoted = `key = '` + answerKey + `' AND audience = 'citizen' AND state IN ('sent', 'failed', 'blocked') AND noted <> state`

// notedAtOnce is how many of them are read at a time.
const notedAtOnce = 100

// NoteSendings writes into the cases' histories that a chat brought their answers, or
// couldn't, each once however many processes ask, and returns how many. It is called
// when a message has ended, and now and then for what a killed process left.
func (s *Store) NoteSendings(ctx context.Context) (n int, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return 0, err
	}
	type ended struct{ ID, CaseID, Entry int64 }
	for {
		rows, err := s.db.Query(ctx, `SELECT id, case_id, entry FROM outbox WHERE `+unnoted+` ORDER BY id LIMIT $1`, notedAtOnce)
		if err != nil {
			return n, broken(err, "note sendings")
		}
		all, err := pgx.CollectRows(rows, pgx.RowToStructByName[ended])
		if err != nil || len(all) == 0 {
			return n, broken(err, "note sendings")
		}
		for _, m := range all {
			if err := s.untangled(ctx, func(tx pgx.Tx) error { return s.noteSending(ctx, tx, m.ID, m.CaseID, int(m.Entry), rules) }); err != nil {
				return n, broken(err, "note sendings")
			}
			n++
		}
	}
}

// noteSending does it for one message. The case is locked first: whoever comes second
// finds it noted.
func (s *Store) noteSending(ctx context.Context, tx pgx.Tx, id, caseID int64, answer int, rules *tiepdan.Rules) error {
	row, err := readCase(ctx, tx, "id", caseID, forUpdate)
	if err != nil {
		return err
	}
	var state string
	var sent time.Time
	err = tx.QueryRow(ctx, `UPDATE outbox SET noted = state WHERE id = $1 AND `+unnoted+` RETURNING state, coalesce(sent_at, $2)`, id, s.now()).Scan(&state, &sent)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	a := tiepdan.Act{Do: tiepdan.RecordDelivery, By: tiepdan.Actor{Role: tiepdan.System}, At: s.now(),
		Details: tiepdan.Details{How: "chat", Of: answer, On: tiepdan.DateOf(sent), Outcome: tiepdan.DeliveryFailed}}
	if state == "sent" {
		a.Details.Outcome = tiepdan.DeliveryDone
	}
	c, e, err := a.Apply(row.Case)
	if err != nil {
		return nil // it was destroyed meanwhile: nobody is told of it any more
	}
	return s.writeChange(ctx, tx, row, &c, &e, rules)
}

// noteNow is [Store.NoteSendings] beside something else, which it doesn't fail: what
// it can't do now is done later.
func (s *Store) noteNow(ctx context.Context) {
	if _, err := s.NoteSendings(ctx); err != nil {
		s.log.WarnContext(ctx, "what became of answers is noted later", "error", errorClass(err))
	}
}

// queueDelivery keeps for the lists whose answer waits to be brought and from when its
// days count, and the tasks that come of attempts.
func queueDelivery(b *pgx.Batch, before, c tiepdan.Case, e tiepdan.Entry) {
	if before.AwaitsDelivery() != c.AwaitsDelivery() || tiepdan.ClosesFrom(before) != tiepdan.ClosesFrom(c) {
		b.Queue(`UPDATE cases SET awaits = $2, closes_from = $3 WHERE id = $1`, c.ID, c.AwaitsDelivery(), tiepdan.ClosesFrom(c))
	}
	switch {
	case e.Do == tiepdan.RecordDelivery && e.Reached(), e.Do == tiepdan.Reopen:
		b.Queue(`UPDATE tasks SET done = $2, done_by = nullif($3::bigint, 0), how = $4 WHERE case_id = $1 AND kind = 'deliver' AND done IS NULL`,
			c.ID, e.At, e.By.Staff, taskHow(e.Details.How))
	case e.Do == tiepdan.RecordDelivery && e.Details.Outcome != tiepdan.DeliverySent:
		b.Queue(`INSERT INTO tasks (case_id, kind, entry, reason, created) SELECT $1, 'deliver', $2, $3, $4
			WHERE NOT EXISTS (SELECT FROM tasks WHERE case_id = $1 AND kind = 'deliver' AND done IS NULL)`, c.ID, e.Details.Of, e.Details.Outcome, e.At)
	}
}

// taskHow is a way of delivery as tasks have it.
func taskHow(how string) string {
	if how == "post" || how == "in_person" {
		return how
	}
	return "other"
}
