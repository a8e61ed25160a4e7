package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// openVault opens the vault with the identity key that this database was begun
// with. A database that was begun with none takes the first one that comes, and
// only for such a database is a key made.
func openVault(ctx context.Context, db *pgxpool.Pool, o Options) (*Vault, error) {
	if err := upToDate(ctx, db); err != nil {
		return nil, err
	}
	recorded, err := keyFingerprint(ctx, db)
	if err != nil {
		return nil, fmt.Errorf("store: the identity key's fingerprint: %w", err)
	}
	key := o.Key
	if key == nil {
		var created bool
		if key, created, err = LoadKey(o.KeyFile, recorded == ""); err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		if created && o.Log != nil {
			o.Log.WarnContext(ctx, "an identity key was made: back it up now, apart from the database; without it no citizen can be answered", "file", o.KeyFile)
		}
	}
	v, err := NewVault(key)
	if err != nil {
		return nil, err
	}
	if recorded == "" {
		if recorded, err = recordFingerprint(ctx, db, v.Fingerprint()); err != nil {
			return nil, fmt.Errorf("store: the identity key's fingerprint: %w", err)
		}
	}
	if recorded != v.Fingerprint() {
		return nil, fmt.Errorf("store: this database was begun with another identity key (its fingerprint is %s, this one's %s): "+
			"give IDENTITY_KEY_FILE the right one from its backup", recorded, v.Fingerprint())
	}
	return v, nil
}

// keyFingerprint is "" in a database that no key was used with.
func keyFingerprint(ctx context.Context, db *pgxpool.Pool) (recorded string, err error) {
	err = db.QueryRow(ctx, `SELECT fingerprint FROM identity_key`).Scan(&recorded)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return recorded, err
}

// recordFingerprint records it unless another process was first, and returns what stands there.
func recordFingerprint(ctx context.Context, db *pgxpool.Pool, fingerprint string) (recorded string, err error) {
	if _, err := db.Exec(ctx, `INSERT INTO identity_key (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING`, fingerprint); err != nil {
		return "", err
	}
	return keyFingerprint(ctx, db)
}
