package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// SaveUnit adds a unit (ID 0) or changes one. Units aren't deleted: cases name them.
func (s *Store) SaveUnit(ctx context.Context, by tiepdan.Actor, u tiepdan.Unit) error {
	return s.change(ctx, by, "save_unit", onUnit, func(tx pgx.Tx) (int64, facts, error) {
		id, err := writeUnit(ctx, tx, u)
		return id, facts{"active": u.Active, "ward": u.Ward}, err
	})
}

func writeUnit(ctx context.Context, tx pgx.Tx, u tiepdan.Unit) (id int64, err error) {
	if u.ID != 0 {
		return u.ID, exec(ctx, tx, "unit.none", `UPDATE units SET code = $2, name = $3, ward = $4, active = $5, remote = $6 WHERE id = $1`,
			u.ID, u.Code, u.Name, u.Ward, u.Active, u.Remote)
	}
	err = tx.QueryRow(ctx, `INSERT INTO units (code, name, ward, active, remote) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
		u.Code, u.Name, u.Ward, u.Active, u.Remote).Scan(&id)
	return id, err
}
