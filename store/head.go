package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Heads returns whom the law obliges to receive citizens in person, those of old last.
func (s *Store) Heads(ctx context.Context) ([]tiepdan.Head, error) {
	rows, err := s.db.Query(ctx, `SELECT id, name, title, coalesce(unit, 0) AS unit, duty, coalesce(staff, 0) AS staff, active
		FROM heads ORDER BY active DESC, id`)
	if err != nil {
		return nil, broken(err, "heads")
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.Head])
	return list, broken(err, "heads")
}

// SaveHead adds a head (ID 0) or changes one, and returns the id. None is deleted:
// sessions name them.
func (s *Store) SaveHead(ctx context.Context, by tiepdan.Actor, h tiepdan.Head) (id int64, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if id, err = writeHead(ctx, tx, h); err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), by, "save_head", onHead, id, facts{"unit": h.Unit, "duty": h.Duty, "active": h.Active})
	})
	return id, broken(err, "save head")
}

func writeHead(ctx context.Context, tx pgx.Tx, h tiepdan.Head) (id int64, err error) {
	if h.Name, h.Title = tiepdan.Clean(h.Name), tiepdan.Clean(h.Title); h.Name == "" || h.Title == "" {
		return 0, &tiepdan.Error{Code: tiepdan.Invalid, Key: "head.incomplete"}
	}
	if rule, ok := tiepdan.RuleByID(h.Duty); !ok || rule.Kind != tiepdan.RuleRecurrence {
		return 0, &tiepdan.Error{Code: tiepdan.Invalid, Key: "head.duty_unknown"}
	}
	args := []any{h.Name, h.Title, h.Unit, h.Duty, h.Staff, h.Active}
	if h.ID != 0 {
		return h.ID, exec(ctx, tx, "head.none", `UPDATE heads SET name = $1, title = $2, unit = nullif($3::bigint, 0), duty = $4,
			staff = nullif($5::bigint, 0), active = $6 WHERE id = $7`, append(args, h.ID)...)
	}
	err = tx.QueryRow(ctx, `INSERT INTO heads (name, title, unit, duty, staff, active)
		VALUES ($1, $2, nullif($3::bigint, 0), $4, nullif($5::bigint, 0), $6) RETURNING id`, args...).Scan(&id)
	return id, err
}
