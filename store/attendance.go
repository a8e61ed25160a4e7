package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const attendanceColumns = `id, session_id, coalesce(unit, 0), who, receiver, called, came, left_at, absent`

// scanAttendance reads attendanceColumns.
func scanAttendance(row pgx.CollectableRow) (a tiepdan.Attendance, err error) {
	var came, left *time.Time
	err = row.Scan(&a.ID, &a.Session, &a.Unit, &a.Who, &a.Receiver, &a.Called, &came, &left, &a.Absent)
	a.Came, a.Left = orZero(came), orZero(left)
	return a, err
}

// Attendance returns who should be, or was, at a session: who receives first,
// then those who were to come.
func (s *Store) Attendance(ctx context.Context, session int64) ([]tiepdan.Attendance, error) {
	rows, err := s.db.Query(ctx, `SELECT `+attendanceColumns+` FROM attendance WHERE session_id = $1
		ORDER BY NOT receiver, NOT called, id`, session)
	if err != nil {
		return nil, broken(err, "attendance")
	}
	as, err := pgx.CollectRows(rows, scanAttendance)
	return as, broken(err, "attendance")
}

// SaveAttendance records when somebody came and left, or why they didn't come; ID
// 0 is one who came without having been called. Who was to come stays on the list.
func (s *Store) SaveAttendance(ctx context.Context, by tiepdan.Actor, a tiepdan.Attendance) error {
	if err := atDesk(by); err != nil {
		return err
	}
	a.Who, a.Absent = tiepdan.Clean(a.Who), tiepdan.Clean(a.Absent)
	if err := attendanceFault(a); err != nil {
		return err
	}
	return broken(pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		d, err := lockSession(ctx, tx, a.Session)
		if err != nil {
			return err
		}
		if d.Status == tiepdan.SessionDraft || d.Cancelled() {
			return &tiepdan.Error{Code: tiepdan.Conflict, Key: "desk.not_open"}
		}
		if err := writeAttendance(ctx, tx, a); err != nil {
			return err
		}
		if err := recount(ctx, tx, a.Session); err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), by, "save_attendance", onSession, a.Session, facts{"unit": a.Unit})
	}), "save attendance")
}

// attendanceFault is what is wrong with a line of the list.
func attendanceFault(a tiepdan.Attendance) error {
	wrong := func(key string) error { return &tiepdan.Error{Code: tiepdan.Invalid, Key: key} }
	switch {
	case a.ID == 0 && a.Who == "" && a.Unit == 0:
		return wrong("attendance.who_missing")
	case !a.Left.IsZero() && (a.Came.IsZero() || a.Left.Before(a.Came)):
		return wrong("attendance.left_early")
	case !a.Came.IsZero() && a.Absent != "":
		return wrong("attendance.came_and_absent")
	}
	return nil
}

func writeAttendance(ctx context.Context, tx pgx.Tx, a tiepdan.Attendance) error {
	if a.ID != 0 {
		return exec(ctx, tx, "attendance.none", `UPDATE attendance SET came = $3, left_at = $4, absent = $5,
				who = CASE WHEN $6 = '' THEN who ELSE $6 END WHERE id = $1 AND session_id = $2`,
			a.ID, a.Session, orNull(a.Came), orNull(a.Left), a.Absent, a.Who)
	}
	_, err := tx.Exec(ctx, `INSERT INTO attendance (session_id, unit, who, receiver, called, came, left_at, absent)
		VALUES ($1, nullif($2::bigint, 0), coalesce(nullif($3, ''), (SELECT name FROM units WHERE id = $2), ''), $4, false, $5, $6, $7)`,
		a.Session, a.Unit, a.Who, a.Receiver, orNull(a.Came), orNull(a.Left), a.Absent)
	return err
}
