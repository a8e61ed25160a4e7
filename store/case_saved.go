package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const onView = "view"

// CaseViews returns the saved views that somebody has or is given, their own first.
func (s *Store) CaseViews(ctx context.Context, by tiepdan.Actor) ([]tiepdan.CaseView, error) {
	rows, err := s.db.Query(ctx, `SELECT v.id, v.staff, s.name AS owner, v.name, v.query, v.shared, coalesce(v.unit, 0) AS unit,
			f.view IS NOT NULL AS first, s.disabled AS dormant
		FROM (SELECT * FROM case_views WHERE staff = $1 UNION SELECT * FROM case_views WHERE unit = nullif($2::bigint, 0)
			UNION SELECT * FROM case_views WHERE shared = 'office') v
		JOIN staff s ON s.id = v.staff LEFT JOIN case_view_first f ON f.staff = $1 AND f.view = v.id
		ORDER BY v.staff <> $1, v.name COLLATE "vi-x-icu", v.id LIMIT 200`, by.Staff, by.Unit)
	if err != nil {
		return nil, broken(err, "case views")
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.CaseView])
	return list, broken(err, "case views")
}

// SaveCaseView writes a view of the actor's own: a new one, or one of theirs under
// its id. Two of one person have different names.
func (s *Store) SaveCaseView(ctx context.Context, by tiepdan.Actor, v tiepdan.CaseView) (id int64, err error) {
	if v, err = v.Named(by); err != nil {
		return 0, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if id, err = writeCaseView(ctx, tx, v); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, addAudit, auditRow(s.now(), by, "save_view", onView, id, facts{"shared": v.Shared})...)
		return err
	})
	if violates(err, "case_views_name") {
		return 0, &tiepdan.Error{Code: tiepdan.Conflict, Key: "view.taken"}
	}
	return id, broken(err, "save case view")
}

func writeCaseView(ctx context.Context, tx pgx.Tx, v tiepdan.CaseView) (id int64, err error) {
	if v.ID != 0 {
		err = tx.QueryRow(ctx, `UPDATE case_views SET name = $3, shared = $4, unit = nullif($5::bigint, 0) WHERE id = $1 AND staff = $2 RETURNING id`,
			v.ID, v.Staff, v.Name, v.Shared, v.Unit).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			return 0, notFound("view.none")
		}
		return id, err
	}
	var had int
	if err = tx.QueryRow(ctx, `SELECT count(*) FROM case_views WHERE staff = $1`, v.Staff).Scan(&had); err != nil {
		return 0, err
	}
	if had >= tiepdan.MaxViews {
		return 0, &tiepdan.Error{Code: tiepdan.Invalid, Key: "view.too_many", Args: map[string]any{"Max": tiepdan.MaxViews}}
	}
	return id, tx.QueryRow(ctx, `INSERT INTO case_views (staff, name, query, shared, unit, created) VALUES ($1, $2, $3, $4, nullif($5::bigint, 0), now()) RETURNING id`,
		v.Staff, v.Name, v.Query, v.Shared, v.Unit).Scan(&id)
}

// DeleteCaseView deletes a view of the actor's own; whoever began with it begins
// with the usual list again.
func (s *Store) DeleteCaseView(ctx context.Context, by tiepdan.Actor, id int64) error {
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := exec(ctx, tx, "view.none", `DELETE FROM case_views WHERE id = $1 AND staff = $2`, id, by.Staff); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, addAudit, auditRow(s.now(), by, "delete_view", onView, id, nil)...)
		return err
	})
	return broken(err, "delete case view")
}

// BeginWithCaseView says which view the actor's list begins with; 0: none. It must
// be one that they see.
func (s *Store) BeginWithCaseView(ctx context.Context, by tiepdan.Actor, id int64) error {
	if id == 0 {
		_, err := s.db.Exec(ctx, `DELETE FROM case_view_first WHERE staff = $1`, by.Staff)
		return broken(err, "begin with case view")
	}
	err := exec(ctx, s.db, "view.none", `INSERT INTO case_view_first (staff, view)
		SELECT $1, id FROM case_views WHERE id = $2 AND (staff = $1 OR shared = 'office' OR unit = nullif($3::bigint, 0))
		ON CONFLICT (staff) DO UPDATE SET view = excluded.view`, by.Staff, id, by.Unit)
	return broken(err, "begin with case view")
}

// MostExported is how many lines an exported list has at most.
const MostExported = 10_000

// ExportCases gives each line of the list, up to [MostExported], as the actor may
// see it, and records that they took it away; more says that there are further ones.
func (s *Store) ExportCases(ctx context.Context, f CaseFilter, each func(CaseLine) error) (n int, more bool, err error) {
	if err := audit(ctx, s.db, s.now(), f.By, "export_cases", onOffice, 1, facts{"most": MostExported}); err != nil {
		return 0, false, err
	}
	f.After, f.Limit = "", 500
	for {
		lines, next, err := s.Cases(ctx, f)
		if err != nil {
			return n, false, err
		}
		for _, l := range lines {
			if n == MostExported {
				return n, true, nil
			}
			if err := each(l); err != nil {
				return n, false, err
			}
			n++
		}
		if next == "" {
			return n, false, nil
		}
		f.After = next
	}
}
