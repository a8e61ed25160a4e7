package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// SaveField adds a field or changes the one with its code. Fields aren't deleted:
// cases name them.
func (s *Store) SaveField(ctx context.Context, by tiepdan.Actor, f tiepdan.Field) error {
	return s.change(ctx, by, "save_field", onField, func(tx pgx.Tx) (int64, facts, error) {
		return 0, facts{"code": f.Code, "active": f.Active, "corruption": f.Corruption, "unit": f.Unit}, writeField(ctx, tx, f)
	})
}

func writeField(ctx context.Context, tx pgx.Tx, f tiepdan.Field) error {
	kinds := make([]string, len(f.Kinds))
	for i, k := range f.Kinds {
		kinds[i] = string(k)
	}
	_, err := tx.Exec(ctx, `INSERT INTO fields (code, name, name_en, bucket, kinds, unit, corruption, active, place)
		VALUES ($1, $2, $3, $4, $5, nullif($6::bigint, 0), $7, $8, $9)
		ON CONFLICT (code) DO UPDATE SET (name, name_en, bucket, kinds, unit, corruption, active, place) =
			(excluded.name, excluded.name_en, excluded.bucket, excluded.kinds, excluded.unit, excluded.corruption, excluded.active, excluded.place)`,
		f.Code, f.Name, f.NameEN, f.Bucket, kinds, f.Unit, f.Corruption, f.Active, f.Order)
	return err
}
