package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// KeepFile remembers that a file's content is kept, before any case has it.
// Keeping it anew makes it young again.
func (s *Store) KeepFile(ctx context.Context, a tiepdan.Attachment) error {
	_, err := s.db.Exec(ctx, `INSERT INTO files (sha256, kept) VALUES ($1, $2) ON CONFLICT (sha256) DO UPDATE SET kept = excluded.kept`, a.SHA256, s.now())
	return broken(err, "keep file")
}

// mostStale is how many files one round of cleaning takes.
const mostStale = 1000

// nobodyHas is so of files f that stand in no case and with no direction.
const nobodyHas = `NOT EXISTS (SELECT FROM case_files c WHERE c.sha256 = f.sha256)
	AND NOT EXISTS (SELECT FROM directive_entries e WHERE e.files @> jsonb_build_array(jsonb_build_object('sha256', f.sha256)))`

// StaleFiles returns the content that was last kept before a moment and that no
// case or direction has. The moment must lie longer ago than any draft lives.
func (s *Store) StaleFiles(ctx context.Context, before time.Time) ([]string, error) {
	rows, err := s.db.Query(ctx, `SELECT sha256 FROM files f WHERE kept < $1
		AND `+nobodyHas+` ORDER BY kept LIMIT $2`, before, mostStale)
	if err != nil {
		return nil, broken(err, "stale files")
	}
	shas, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return shas, broken(err, "stale files")
}
