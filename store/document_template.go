package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const templateColumns = `t.kind, t.version, t.name, coalesce(octet_length(t.data), 0) AS size, coalesce(s.name, '') AS by, t.at, NULL::bytea AS data
	FROM document_templates t LEFT JOIN staff s ON s.id = t.staff`

// DocumentTemplates returns the newest version of each paper's template that the
// office ever changed, without what is in it.
func (s *Store) DocumentTemplates(ctx context.Context) ([]tiepdan.DocumentTemplate, error) {
	return s.templates(ctx, `SELECT DISTINCT ON (t.kind) `+templateColumns+` ORDER BY t.kind, t.version DESC`)
}

// DocumentVersions returns all versions of a paper's template, newest first.
func (s *Store) DocumentVersions(ctx context.Context, kind string) ([]tiepdan.DocumentTemplate, error) {
	return s.templates(ctx, `SELECT `+templateColumns+` WHERE t.kind = $1 ORDER BY t.version DESC`, kind)
}

func (s *Store) templates(ctx context.Context, sql string, args ...any) ([]tiepdan.DocumentTemplate, error) {
	rows, err := s.db.Query(ctx, sql, args...)
	if err != nil {
		return nil, broken(err, "document templates")
	}
	ts, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.DocumentTemplate])
	return ts, broken(err, "document templates")
}

// DocumentTemplate returns a version of a paper's template with what is in it, or
// the newest (version 0). A kind that was never changed is a NotFound.
func (s *Store) DocumentTemplate(ctx context.Context, kind string, version int) (t tiepdan.DocumentTemplate, err error) {
	err = s.db.QueryRow(ctx, `SELECT kind, version, name, coalesce(octet_length(data), 0), at, data FROM document_templates
		WHERE kind = $1 AND ($2 = 0 OR version = $2) ORDER BY version DESC LIMIT 1`, kind, version).
		Scan(&t.Kind, &t.Version, &t.Name, &t.Size, &t.At, &t.Data)
	if err == pgx.ErrNoRows {
		return t, notFound("template.none")
	}
	return t, broken(err, "document template")
}

// SaveDocumentTemplate makes data the newest version of a paper's template; nil goes
// back to the built-in one. What came before stays.
func (s *Store) SaveDocumentTemplate(ctx context.Context, by tiepdan.Actor, kind, name string, data []byte) error {
	action := "save_template"
	if data == nil {
		action = "reset_template"
	}
	return s.change(ctx, by, action, onTemplate, func(tx pgx.Tx) (int64, facts, error) {
		// Two who upload at once get a version each, one after the other.
		if _, err := tx.Exec(ctx, `LOCK TABLE document_templates IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return 0, nil, err
		}
		var version int64
		err := tx.QueryRow(ctx, `INSERT INTO document_templates (kind, version, name, data, staff, at)
			SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM document_templates WHERE kind = $1 RETURNING version`,
			kind, name, data, by.Staff, s.now()).Scan(&version)
		f := facts{"template": kind, "version": version}
		if data != nil {
			sum := sha256.Sum256(data)
			f["size"], f["sha256"] = len(data), hex.EncodeToString(sum[:])
		}
		return 0, f, err
	})
}
