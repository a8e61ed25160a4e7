package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// visitColumns are an appointment AS ap with its session AS d.
const visitColumns = `ap.id, ap.token, ap.session_id, coalesce(ap.number, 0), CASE WHEN ap.status = 'waiting' THEN (SELECT count(*) FROM appointments w
		WHERE w.session_id = ap.session_id AND w.status = 'waiting' AND w.id <= ap.id) ELSE 0 END,
	ap.status, ap.name, ap.phone, ap.purpose, coalesce(ap.case_id, 0), coalesce((SELECT code FROM cases WHERE id = ap.case_id), ''),
	ap.owner IS NOT NULL, ap.coming, ap.created, ap.arrived, ap.called, ap.ended, ` + sessionColumns

const selectVisits = `SELECT ` + visitColumns + ` FROM appointments ap JOIN reception_sessions d ON d.id = ap.session_id WHERE `

// scanVisit reads visitColumns.
func scanVisit(row pgx.CollectableRow) (v tiepdan.Visit, err error) {
	a := &v.Appointment
	var arrived, called, ended *time.Time
	v.At, err = scanSession(after{row, []any{&a.ID, &a.Token, &a.Session, &a.Number, &a.Position, &a.Status, &a.Name, &a.Phone, &a.Purpose, &a.Case, &a.CaseCode,
		&a.Chat, &a.Coming, &a.Created, &arrived, &called, &ended}})
	a.ArrivedAt, a.CalledAt, a.EndedAt = orZero(arrived), orZero(called), orZero(ended)
	return v, err
}

// after is a row whose first columns are read into first, by whoever reads the rest.
type after struct {
	pgx.CollectableRow
	first []any
}

func (a after) Scan(rest ...any) error { return a.CollectableRow.Scan(append(a.first, rest...)...) }

func readVisits(ctx context.Context, db runner, which string, args ...any) ([]tiepdan.Visit, error) {
	rows, err := db.Query(ctx, selectVisits+which, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanVisit)
}

// readVisit reads the one appointment that the condition finds.
func readVisit(ctx context.Context, db runner, which string, args ...any) (tiepdan.Visit, error) {
	rows, err := db.Query(ctx, selectVisits+which, args...)
	if err != nil {
		return tiepdan.Visit{}, err
	}
	return oneVisit(rows)
}

func oneVisit(rows pgx.Rows) (tiepdan.Visit, error) {
	v, err := pgx.CollectExactlyOneRow(rows, scanVisit)
	if errors.Is(err, pgx.ErrNoRows) {
		return v, notFound("booking.none")
	}
	return v, err
}

// queueVisit reads an appointment at the end of a batch that changes it.
func queueVisit(b *pgx.Batch, v *tiepdan.Visit, which string, args ...any) {
	b.Queue(selectVisits+which, args...).Query(func(rows pgx.Rows) (err error) {
		*v, err = oneVisit(rows)
		return err
	})
}

// Visits returns the coming appointments of a person, the soonest first.
func (s *Store) Visits(ctx context.Context, p tiepdan.Peer, now time.Time) ([]tiepdan.Visit, error) {
	vs, err := readVisits(ctx, s.db, `ap.owner = $1 AND ap.status IN ('booked', 'waiting', 'arrived', 'called')
		AND (SELECT ends FROM reception_sessions o WHERE o.id = ap.session_id) > $2 ORDER BY d.starts, ap.id`, s.vault.Account(p), now)
	return vs, broken(err, "visits")
}

// Visit returns an appointment with its session, as far as by may know what it is
// about. It asks for no other right.
func (s *Store) Visit(ctx context.Context, by tiepdan.Actor, id int64) (tiepdan.Visit, error) {
	v, err := readVisit(ctx, s.db, `ap.id = $1`, id)
	if err == nil {
		as := []tiepdan.Appointment{v.Appointment}
		err = s.unbarVisits(ctx, by, as)
		v.Appointment = as[0]
	}
	return v, broken(err, "visit")
}

// VisitOf is [Store.Visit] of that person's own, whatever became of it.
func (s *Store) VisitOf(ctx context.Context, p tiepdan.Peer, id int64) (tiepdan.Visit, error) {
	v, err := readVisit(ctx, s.db, `ap.id = $1 AND ap.owner = $2`, id, s.vault.Account(p))
	return v, broken(err, "visit")
}

// VisitByToken is the appointment that a slip's QR code leads to.
func (s *Store) VisitByToken(ctx context.Context, token string) (tiepdan.Visit, error) {
	v, err := readVisit(ctx, s.db, `ap.token = $1`, token)
	return v, broken(err, "visit")
}

// queueOrder is the order of a session's day: who is being received, who came, in
// the order in which they are called, who is still to come, who waits for a
// place, and who is done.
const queueOrder = `array_position(ARRAY['called', 'arrived', 'booked', 'waiting'], ap.status) NULLS LAST, ` + callOrder

// callOrder is in which order those who came are called: holders of a place
// first, and of these who came first.
const callOrder = `CASE WHEN ap.status = 'arrived' THEN ap.number IS NULL END, CASE ap.status WHEN 'called' THEN ap.called WHEN 'arrived' THEN ap.arrived END,
	ap.number NULLS LAST, ap.id`

// Appointments returns all appointments of a session in the order of its queue,
// for those who work at the desk.
func (s *Store) Appointments(ctx context.Context, by tiepdan.Actor, session int64) ([]tiepdan.Appointment, error) {
	if err := atDesk(by); err != nil {
		return nil, err
	}
	vs, err := readVisits(ctx, s.db, `ap.session_id = $1 ORDER BY `+queueOrder, session)
	if err != nil {
		return nil, broken(err, "appointments")
	}
	as := make([]tiepdan.Appointment, len(vs))
	for i, v := range vs {
		as[i] = v.Appointment
	}
	return as, broken(s.unbarVisits(ctx, by, as), "appointments")
}

// unbarVisits takes out of appointments what leads to a case that is about by: the
// desk knows who comes, and not what about.
func (s *Store) unbarVisits(ctx context.Context, by tiepdan.Actor, as []tiepdan.Appointment) error {
	ids := make([]int64, 0, len(as))
	for _, a := range as {
		ids = append(ids, a.Case)
	}
	var w where
	w.add("id = ANY(?)", ids)
	w.add("barred_staff @> ARRAY[?]::bigint[] OR barred_units @> ARRAY[?]::bigint[]", by.Staff, by.Unit)
	rows, err := s.db.Query(ctx, `SELECT id FROM cases WHERE `+w.sql(), w.args...)
	if err != nil {
		return err
	}
	barred, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	for i := range as {
		if slices.Contains(barred, as[i].Case) {
			as[i].Case, as[i].CaseCode, as[i].Purpose = 0, "", ""
		}
	}
	return err
}

// atDesk is why by has no business with the queue of a session.
func atDesk(by tiepdan.Actor) error {
	if !by.Role.MayEnter(tiepdan.DeskArea) && by.Role != tiepdan.System {
		return &tiepdan.Error{Code: tiepdan.Forbidden, Key: "desk.not_yours"}
	}
	return nil
}

// SessionChanged is a number that differs when anything happened to a session,
// its queue, its entries or who was there. It costs one row.
func (s *Store) SessionChanged(ctx context.Context, session int64) (n int64, err error) {
	err = s.db.QueryRow(ctx, `SELECT turns + (extract(epoch FROM changed) * 1000000)::bigint FROM reception_sessions WHERE id = $1`, session).Scan(&n)
	if errors.Is(err, pgx.ErrNoRows) {
		err = notFound("session.none")
	}
	return n, broken(err, "session changed")
}
