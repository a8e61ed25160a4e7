package store

import (
	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// eraseCase queues what destroys a case's words and names wherever they stand: c
// is the case as [tiepdan.Case.Erased] left it. Files that nobody else has are
// stale from now on. The book of receptions is a book of its own and stays.
func eraseCase(b *pgx.Batch, c tiepdan.Case) {
	for _, e := range c.History {
		b.Queue(`UPDATE entries SET text = $3, reason = $4, details = $5 WHERE case_id = $1 AND n = $2`, c.ID, e.N, e.Text, e.Reason, e.Details)
	}
	b.Queue(`DELETE FROM case_files WHERE case_id = $1`, c.ID)
	b.Queue(`UPDATE tasks SET note = '', done = coalesce(done, now()) WHERE case_id = $1`, c.ID)
	b.Queue(`UPDATE outbox SET reply = NULL, state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END WHERE case_id = $1`, c.ID)
	b.Queue(`UPDATE results SET document = '' WHERE case_id = $1`, c.ID)
	b.Queue(`DELETE FROM messages WHERE case_id = $1`, c.ID)
	b.Queue(`DELETE FROM answer_drafts WHERE case_id = $1`, c.ID)
	b.Queue(`DELETE FROM case_unlike WHERE case_id = $1 OR other = $1`, c.ID)
	b.Queue(`DELETE FROM late_duties WHERE case_id = $1`, c.ID)
	b.Queue(`DELETE FROM case_helps WHERE case_id = $1`, c.ID)
	b.Queue(`UPDATE appointments SET purpose = '' WHERE case_id = $1`, c.ID)
	b.Queue(`UPDATE appointments SET name = '', phone = '' WHERE case_id = $1 AND status IN ('received', 'no_show', 'cancelled')`, c.ID)
	b.Queue(`DELETE FROM sealed_accounts WHERE case_id = $1`, c.ID)
	b.Queue(`UPDATE cases SET owner = NULL WHERE id = $1`, c.ID)
}
