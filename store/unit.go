package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// SaveUnit adds a unit (ID 0) or changes one. Units aren't deleted:
// cases name them.
func (s *Store) SaveUnit(ctx context.Context, by tiepdan.Actor, u tiepdan.Unit) error {
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	before, _ := rules.Unit(u.ID)
	err = s.change(ctx, by, "save_unit", onUnit, func(tx pgx.Tx) (int64, facts, error) {
		id, err := writeUnit(ctx, tx, u)
		return id, facts{"active": u.Active, "ward": u.Ward, "remote": u.Remote}, err
	})
	if err == nil && before.ID != 0 && (before.Remote != u.Remote || before.Ward != u.Ward) {
		_, err = s.RecomputeDues(ctx, by) // the law's terms are longer for remote places
	}
	return err
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
