package store

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// rulesCache is this process's snapshot of the settings.
type rulesCache struct {
	mu      sync.Mutex
	rules   *tiepdan.Rules
	version int64
	asked   time.Time // when Postgres last said that version still stands
}

// rulesAge is how old a snapshot may be before Postgres is asked for its version.
const rulesAge = time.Second

// Rules returns the settings as they stand, at most a second old. The value is
// shared and must not be changed.
func (s *Store) Rules(ctx context.Context) (*tiepdan.Rules, error) {
	c := &s.rules
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rules != nil && time.Since(c.asked) < rulesAge {
		return c.rules, nil
	}
	asked := time.Now()
	var version int64
	if err := s.db.QueryRow(ctx, `SELECT version FROM settings_version`).Scan(&version); err != nil {
		return nil, fmt.Errorf("store: settings: %w", err)
	}
	if c.rules == nil || version != c.version {
		rules, err := readRules(ctx, s.db, s.now())
		if err != nil {
			return nil, fmt.Errorf("store: settings: %w", err)
		}
		c.rules, c.version = rules, version
	}
	c.asked = asked
	return c.rules, nil
}

// forget makes the next Rules ask Postgres.
func (c *rulesCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = time.Time{}
}

// readRules reads all settings. What changes while it reads raises the version
// that was read before, and is read next time.
func readRules(ctx context.Context, db runner, now time.Time) (*tiepdan.Rules, error) {
	r := &tiepdan.Rules{}
	b := &pgx.Batch{}
	b.Queue(`SELECT name, parent, address, place, phone, email, website, rules, privacy_contact, privacy_version, hours, saturday_work, sample, reopen_days, assign_days, take_days, direct_days, quiet, close_days FROM office`).
		Query(into(func(os []tiepdan.Office) {
			if len(os) > 0 {
				r.Office = os[0]
			}
		}))
	b.Queue(`SELECT kind, mode, approval, target_days, written, nullif(chain, '{}') AS chain FROM kinds ORDER BY array_position(ARRAY['phan_anh', 'kien_nghi', 'khieu_nai', 'to_cao'], kind)`).
		Query(into(func(ks []tiepdan.KindSetting) { r.Kinds = ks }))
	b.Queue(`SELECT code, name, name_en, bucket, kinds, coalesce(unit, 0) AS unit, corruption, active, place AS "order" FROM fields ORDER BY place, code`).
		Query(into(func(fs []tiepdan.Field) { r.Fields = fs }))
	b.Queue(`SELECT id, code, name, ward, remote, active FROM units ORDER BY ward, name COLLATE "und-x-icu", id`).
		Query(into(func(us []tiepdan.Unit) { r.Units = us }))
	b.Queue(`SELECT ` + routingColumns + ` FROM routing_rules ORDER BY place, id`).Query(into(func(rs []tiepdan.RoutingRule) { r.Routing = rs }))
	b.Queue(`SELECT `+leaveColumns+` FROM leaves WHERE ends >= $1 ORDER BY starts, id`, tiepdan.DateOf(now).Add(-leavesKept)).
		Query(into(func(ls []tiepdan.Leave) { r.Leaves = ls }))
	b.Queue(`SELECT day AS "on", kind, name, source, confirmed FROM holidays ORDER BY day`).
		Query(into(func(hs []tiepdan.Holiday) { r.Holidays = hs }))
	b.Queue(answerTemplates).Query(into(func(ts []tiepdan.AnswerTemplate) { r.Templates = tiepdan.AnswerTemplates(ts) }))
	if err := db.SendBatch(ctx, b).Close(); err != nil {
		return nil, err
	}
	r.Calendar = tiepdan.NewCalendar(r.Holidays, tiepdan.Week{Saturday: r.Office.SaturdayWork})
	return r, nil
}

// into collects a batch's rows by their columns' names and hands them on.
func into[T any](take func([]T)) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		ts, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[T])
		if err == nil {
			take(ts)
		}
		return err
	}
}

// change does a change of the settings: with its audit row, and so that every
// process hears of it.
func (s *Store) change(ctx context.Context, by tiepdan.Actor, action, kind string, do func(tx pgx.Tx) (id int64, f facts, err error)) error {
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		id, f, err := do(tx)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE settings_version SET version = version + 1`); err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), by, action, kind, id, f)
	})
	s.rules.forget()
	return broken(err, action)
}

// exec runs one statement that must change a row: none is a NotFound of that key.
func exec(ctx context.Context, db runner, key, sql string, args ...any) error {
	tag, err := db.Exec(ctx, sql, args...)
	if err == nil && tag.RowsAffected() == 0 {
		return notFound(key)
	}
	return err
}
