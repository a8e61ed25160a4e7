package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// SaveKind changes how the office handles a kind. Its target moves the due days
// of open cases.
func (s *Store) SaveKind(ctx context.Context, by tiepdan.Actor, k tiepdan.KindSetting) error {
	err := s.change(ctx, by, "save_kind", onKind, func(tx pgx.Tx) (int64, facts, error) {
		return 0, facts{"kind": k.Kind, "mode": k.Mode, "approval": k.Approval, "target_days": k.TargetDays, "written": k.Written, "chain": k.Chain}, writeKind(ctx, tx, k)
	})
	if err != nil {
		return err
	}
	_, err = s.RecomputeDues(ctx, by)
	return err
}

func writeKind(ctx context.Context, tx pgx.Tx, k tiepdan.KindSetting) error {
	if !k.Kind.Valid() || !k.Mode.Valid() || k.TargetDays < 0 {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "settings.kind_wrong"}
	}
	_, err := tx.Exec(ctx, `INSERT INTO kinds (kind, mode, approval, target_days, written, chain) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (kind) DO UPDATE SET (mode, approval, target_days, written, chain)
			= (excluded.mode, excluded.approval, excluded.target_days, excluded.written, excluded.chain)`,
		k.Kind, k.Mode, k.Approval, k.TargetDays, k.Written, notNil(k.Chain))
	return err
}
