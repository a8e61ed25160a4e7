package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Deliveries returns the messages that a case has caused, in the order in which
// they were caused, and what became of each.
func (s *Store) Deliveries(ctx context.Context, caseID int64) ([]tiepdan.Delivery, error) {
	rows, _ := s.db.Query(ctx, `
		SELECT id, case_id, entry, key, audience, state, error, attempts, created_at AS created, coalesce(sent_at, 'epoch') AS sent
		FROM outbox WHERE case_id = $1 ORDER BY id`, caseID)
	return pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.Delivery])
}
