package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Subjects of audit rows.
const (
	onCase       = "case"
	onStaff      = "staff"
	onInvitation = "invitation"
	onOffice     = "office"
	onUnit       = "unit"
	onField      = "field"
	onKind       = "kind"
	onHoliday    = "holiday"
	onSession    = "session"
	onTask       = "task"
	onHead       = "head"
	onRecurrence = "recurrence"
	onPlan       = "plan"
	onRoster     = "roster"
	onTemplate   = "template"
	onRouting    = "routing"
)

// facts are an audit row's detail: ids, counts, codes of settings. Never words
// that a person wrote, and never a name.
type facts map[string]any

const addAudit = `INSERT INTO audit (at, actor_staff, actor_role, action, subject_kind, subject_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)`

// auditRow is the arguments of addAudit.
func auditRow(at time.Time, by tiepdan.Actor, action, kind string, id int64, f facts) []any {
	if f == nil {
		f = facts{}
	}
	return []any{at, by.Staff, by.Role, action, kind, id, f}
}

// audit records a deed in the transaction that does it.
func audit(ctx context.Context, db runner, at time.Time, by tiepdan.Actor, action, kind string, id int64, f facts) error {
	_, err := db.Exec(ctx, addAudit, auditRow(at, by, action, kind, id, f)...)
	if err != nil {
		return fmt.Errorf("store: audit: %w", err)
	}
	return nil
}

// What the audit's pages show has the root's names.
type (
	AuditRow    = tiepdan.AuditRow
	AuditFilter = tiepdan.AuditFilter
	AuditReport = tiepdan.AuditReport
	AuditBreak  = tiepdan.AuditBreak
)

// auditSession is the session of an audit row a: the one that it names, else the one
// that it is about.
const auditSession = `coalesce(CASE WHEN a.detail ->> 'session' ~ '^[0-9]{1,18}$' THEN (a.detail ->> 'session')::bigint END, CASE a.subject_kind WHEN '` + onSession + `' THEN a.subject_id
	WHEN '` + onAppointment + `' THEN (SELECT v.session_id FROM appointments v WHERE v.id = a.subject_id)
	WHEN '` + onConclusion + `' THEN (SELECT k.session_id FROM conclusions k WHERE k.id = a.subject_id) END)`

// AuditList returns the log, newest first, and the key of the next page.
func (s *Store) AuditList(ctx context.Context, f AuditFilter) (rows []AuditRow, next string, err error) {
	var w where
	if f.Staff != 0 {
		w.add("a.actor_staff = ?", f.Staff)
	}
	if f.Action != "" {
		w.add("a.action = ?", f.Action)
	}
	if f.SubjectKind != "" {
		w.add("a.subject_kind = ? AND a.subject_id = ?", f.SubjectKind, f.SubjectID)
	}
	if !f.From.IsZero() {
		w.add("a.at >= ?", f.From)
	}
	if !f.To.IsZero() {
		w.add("a.at < ?", f.To)
	}
	if id, err := strconv.ParseInt(f.After, 10, 64); err == nil {
		w.add("a.id < ?", id)
	}
	unbarredRow(&w, f.By)
	limit := pageSize(f.Limit)
	got, err := s.db.Query(ctx, `SELECT a.id, coalesce(a.seq, 0) AS seq, a.at, a.actor_staff, a.actor_role, coalesce(s.name, '') AS actor_name,
			a.action, a.subject_kind, a.subject_id, coalesce(c.code, '') AS subject_code,
			coalesce(d.id, 0), coalesce(d.starts, 'epoch'), coalesce(d.place, ''), a.detail
		FROM audit a LEFT JOIN staff s ON s.id = a.actor_staff
			LEFT JOIN cases c ON a.subject_kind = 'case' AND c.id = a.subject_id
			LEFT JOIN reception_sessions d ON d.id = `+auditSession+`
		WHERE `+w.sql()+` ORDER BY a.id DESC LIMIT `+strconv.Itoa(limit+1), w.args...)
	if err != nil {
		return nil, "", fmt.Errorf("store: audit list: %w", err)
	}
	rows, err = pgx.CollectRows(got, func(row pgx.CollectableRow) (a AuditRow, err error) {
		return a, row.Scan(&a.ID, &a.Seq, &a.At, &a.ActorStaff, &a.ActorRole, &a.ActorName, &a.Action, &a.SubjectKind, &a.SubjectID, &a.SubjectCode,
			&a.Session.ID, &a.Session.Starts, &a.Session.Place, &a.Detail)
	})
	if err != nil {
		return nil, "", fmt.Errorf("store: audit list: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		next = strconv.FormatInt(rows[limit-1].ID, 10)
	}
	return rows, next, nil
}
