package store

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const answerTemplates = `SELECT t.key, t.place, t.active, t.version, coalesce(v.name, '') AS name, coalesce(v.action, '') AS "do", coalesce(v.result, '') AS result,
	coalesce(v.kinds, '{}') AS kinds, coalesce(v.body, '') AS body, coalesce(v.copied, '') AS copied
	FROM answer_templates t LEFT JOIN answer_template_versions v ON (v.key, v.version) = (t.key, t.version)`

// lockedTemplates are all templates in their order; nobody else changes them meanwhile.
func lockedTemplates(ctx context.Context, tx pgx.Tx) ([]tiepdan.AnswerTemplate, error) {
	if _, err := tx.Exec(ctx, `LOCK TABLE answer_templates IN SHARE ROW EXCLUSIVE MODE`); err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, answerTemplates)
	if err != nil {
		return nil, err
	}
	kept, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[tiepdan.AnswerTemplate])
	return tiepdan.AnswerTemplates(kept), err
}

// placeTemplates keeps the templates' order, and which are in use.
func placeTemplates(ctx context.Context, tx pgx.Tx, ts []tiepdan.AnswerTemplate) error {
	b := &pgx.Batch{}
	for i, t := range ts {
		b.Queue(`INSERT INTO answer_templates (key, place, active, version) VALUES ($1, $2, $3, $4)
			ON CONFLICT (key) DO UPDATE SET (place, active, version) = ($2, $3, $4)`, t.Key, i+1, t.Active, t.Version)
	}
	return tx.SendBatch(ctx, b).Close()
}

func templateAt(ts []tiepdan.AnswerTemplate, key string) int {
	return slices.IndexFunc(ts, func(t tiepdan.AnswerTemplate) bool { return t.Key == key })
}

// SaveAnswerTemplate adds a template of the office's own (no key), before the one that
// it is copied from, or gives one a new version; what it said before stays. Somebody
// else's version in between is a Conflict. It returns the key.
func (s *Store) SaveAnswerTemplate(ctx context.Context, by tiepdan.Actor, t tiepdan.AnswerTemplate) (key string, err error) {
	err = s.change(ctx, by, "save_answer_template", onTemplate, func(tx pgx.Tx) (int64, facts, error) {
		if err := t.Valid(); err != nil {
			return 0, nil, err
		}
		ts, err := lockedTemplates(ctx, tx)
		if err != nil {
			return 0, nil, err
		}
		if ts, t, err = withTemplate(ctx, tx, ts, t); err != nil {
			return 0, nil, err
		}
		if err := placeTemplates(ctx, tx, ts); err != nil {
			return 0, nil, err
		}
		key = t.Key
		_, err = tx.Exec(ctx, `INSERT INTO answer_template_versions (key, version, name, action, result, kinds, body, copied, staff, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, t.Key, t.Version, t.Name, t.Do, t.Result, textArray(t.Kinds), t.Body, t.Copied, by.Staff, s.now())
		return 0, facts{"template": t.Key, "version": t.Version}, err
	})
	return key, err
}

// withTemplate puts t among the others, with its key and its next version.
func withTemplate(ctx context.Context, tx pgx.Tx, ts []tiepdan.AnswerTemplate, t tiepdan.AnswerTemplate) ([]tiepdan.AnswerTemplate, tiepdan.AnswerTemplate, error) {
	if t.Key != "" {
		i := templateAt(ts, t.Key)
		if i < 0 || t.BuiltIn() {
			return ts, t, notFound("answer_template.none")
		}
		if ts[i].Version != t.Version {
			return ts, t, &tiepdan.Error{Code: tiepdan.Conflict, Key: "answer_template.changed"}
		}
		t.Active, t.Copied, t.Version = ts[i].Active, ts[i].Copied, t.Version+1
		ts[i] = t
		return ts, t, nil
	}
	if err := tx.QueryRow(ctx, `SELECT 'o' || nextval('answer_template_keys')`).Scan(&t.Key); err != nil {
		return ts, t, err
	}
	t.Active, t.Version = true, 1
	return slices.Insert(ts, max(0, templateAt(ts, t.Copied)), t), t, nil
}

// UseAnswerTemplate switches a template on or off.
func (s *Store) UseAnswerTemplate(ctx context.Context, by tiepdan.Actor, key string, on bool) error {
	return s.arrangeTemplates(ctx, by, "use_answer_template", key, facts{"template": key, "active": on}, func(ts []tiepdan.AnswerTemplate, i int) {
		ts[i].Active = on
	})
}

// MoveAnswerTemplate puts a template before its neighbour for the same act, or behind the next.
func (s *Store) MoveAnswerTemplate(ctx context.Context, by tiepdan.Actor, key string, up bool) error {
	return s.arrangeTemplates(ctx, by, "move_answer_template", key, facts{"template": key, "up": up}, func(ts []tiepdan.AnswerTemplate, i int) {
		step := 1
		if up {
			step = -1
		}
		for j := i + step; j >= 0 && j < len(ts); j += step {
			if ts[j].Do == ts[i].Do {
				ts[i], ts[j] = ts[j], ts[i]
				return
			}
		}
	})
}

func (s *Store) arrangeTemplates(ctx context.Context, by tiepdan.Actor, action, key string, f facts, do func(ts []tiepdan.AnswerTemplate, i int)) error {
	return s.change(ctx, by, action, onTemplate, func(tx pgx.Tx) (int64, facts, error) {
		ts, err := lockedTemplates(ctx, tx)
		if err != nil {
			return 0, nil, err
		}
		i := templateAt(ts, key)
		if i < 0 {
			return 0, nil, notFound("answer_template.none")
		}
		do(ts, i)
		return 0, f, placeTemplates(ctx, tx, ts)
	})
}

// AnswerTemplateVersions are what an own template said, the newest first.
func (s *Store) AnswerTemplateVersions(ctx context.Context, key string) ([]tiepdan.AnswerTemplateVersion, error) {
	rows, err := s.db.Query(ctx, `SELECT v.key, v.version, v.name, v.action AS "do", v.result, v.kinds, v.body, v.copied, coalesce(s.name, '') AS by, v.at
		FROM answer_template_versions v LEFT JOIN staff s ON s.id = v.staff WHERE v.key = $1 ORDER BY v.version DESC LIMIT 100`, key)
	if err != nil {
		return nil, broken(err, "answer template versions")
	}
	vs, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[tiepdan.AnswerTemplateVersion])
	return vs, broken(err, "answer template versions")
}
