package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// A deed is something that is done to one appointment: from which statuses it
// leads, and what it sets. In set, $1 is the session, $2 the moment and $3 the
// appointment.
type deed struct {
	action string
	from   []tiepdan.AppointmentStatus
	to     tiepdan.AppointmentStatus // one that stands there already stays as it is
	set    string
	at     func(tiepdan.Session, time.Time) error // whether the session is ready for it
}

var (
	checkIn = deed{"check_in", []tiepdan.AppointmentStatus{tiepdan.Booked, tiepdan.OnWaitingList, tiepdan.NoShow}, tiepdan.Arrived,
		`status = 'arrived', arrived = coalesce(arrived, $2), ended = NULL, called = NULL, number = coalesce(number, ` + freePlace + `)`, deskTakes}
	call = deed{"call", []tiepdan.AppointmentStatus{tiepdan.Arrived}, "", `status = 'called', called = $2`, deskOpen}
	back = deed{"back_in_queue", []tiepdan.AppointmentStatus{tiepdan.Called}, tiepdan.Arrived, `status = 'arrived', called = NULL`, deskOpen}
	miss = deed{"no_show", []tiepdan.AppointmentStatus{tiepdan.Booked, tiepdan.Arrived, tiepdan.Called}, tiepdan.NoShow,
		`status = 'no_show', ended = $2`, deskTakes}
	drop = deed{"drop_appointment", []tiepdan.AppointmentStatus{tiepdan.Booked, tiepdan.OnWaitingList, tiepdan.Arrived}, tiepdan.AppointmentDropped,
		`status = 'cancelled', number = NULL, ended = $2`, func(tiepdan.Session, time.Time) error { return nil }}
)

// deskOpen is why nobody can be called: the session isn't under way.
func deskOpen(d tiepdan.Session, _ time.Time) error {
	if d.Status != tiepdan.SessionOpen {
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: "desk.not_open"}
	}
	return nil
}

// deskTakes is why nobody can be checked in: it is another day's session, or over.
func deskTakes(d tiepdan.Session, now time.Time) error {
	switch d.Status {
	case tiepdan.SessionOpen:
		return nil
	case tiepdan.SessionConfirmed, tiepdan.SessionPublished:
		if d.On() == tiepdan.DateOf(now) {
			return nil
		}
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: "desk.other_day", Args: map[string]any{"Day": d.On().Time().Format("02/01/2006")}}
	}
	return &tiepdan.Error{Code: tiepdan.Conflict, Key: "desk.not_open"}
}

// CheckIn says that the person has come. Somebody from the waiting list gets a
// place now if there is one.
func (s *Store) CheckIn(ctx context.Context, by tiepdan.Actor, id int64, now time.Time) (tiepdan.Appointment, error) {
	return s.deskDeed(ctx, by, checkIn, id, now)
}

// Call calls one who has come.
func (s *Store) Call(ctx context.Context, by tiepdan.Actor, id int64, now time.Time) (tiepdan.Appointment, error) {
	return s.deskDeed(ctx, by, call, id, now)
}

// BackInQueue takes a call back: the person keeps their turn.
func (s *Store) BackInQueue(ctx context.Context, by tiepdan.Actor, id int64) error {
	_, err := s.deskDeed(ctx, by, back, id, s.now())
	return err
}

// MarkNoShow says that the person isn't there. Who comes after all is checked in.
func (s *Store) MarkNoShow(ctx context.Context, by tiepdan.Actor, id int64, now time.Time) error {
	_, err := s.deskDeed(ctx, by, miss, id, now)
	return err
}

func (s *Store) deskDeed(ctx context.Context, by tiepdan.Actor, d deed, id int64, now time.Time) (a tiepdan.Appointment, err error) {
	if err := atDesk(by); err != nil {
		return a, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		v, err := lockVisit(ctx, tx, `id = $1`, id)
		if err != nil {
			return err
		}
		v, _, err = s.doDeed(ctx, tx, by, d, v, now)
		a = v.Appointment
		return err
	})
	return a, broken(err, d.action)
}

// lockVisit reads an appointment under its session's lock; which is a condition of
// appointments alone.
func lockVisit(ctx context.Context, tx pgx.Tx, which string, args ...any) (v tiepdan.Visit, err error) {
	b := &pgx.Batch{}
	planOnce(b)
	b.Queue(`SELECT FROM reception_sessions WHERE id = (SELECT session_id FROM appointments WHERE `+which+`) FOR UPDATE`, args...)
	queueVisit(b, &v, `ap.id = (SELECT id FROM appointments WHERE `+which+`)`, args...)
	return v, tx.SendBatch(ctx, b).Close()
}

// doDeed does it; done is false where it had been done before.
func (s *Store) doDeed(ctx context.Context, tx pgx.Tx, by tiepdan.Actor, d deed, v tiepdan.Visit, now time.Time) (_ tiepdan.Visit, done bool, err error) {
	if v.Status == d.to {
		return v, false, nil
	}
	if err := d.at(v.At, now); err != nil {
		return v, false, err
	}
	if !slices.Contains(d.from, v.Status) {
		return v, false, &tiepdan.Error{Code: tiepdan.Conflict, Key: "desk.not_now"}
	}
	b := &pgx.Batch{}
	b.Queue(`UPDATE appointments SET `+d.set+` WHERE id = $3 AND session_id = $1 AND $2::timestamptz IS NOT NULL`, v.Session, now, v.ID)
	b.Queue(recountSQL, v.Session)
	b.Queue(addAudit, auditRow(now, by, d.action, onAppointment, v.ID, facts{"session": v.Session})...)
	queueVisit(b, &v, `ap.id = $1`, v.ID)
	return v, true, tx.SendBatch(ctx, b).Close()
}

// CallNext calls whose turn it is. Two desks that ask at once get two people.
func (s *Store) CallNext(ctx context.Context, by tiepdan.Actor, session int64, now time.Time) (a tiepdan.Appointment, err error) {
	if err := atDesk(by); err != nil {
		return a, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		d, err := lockSession(ctx, tx, session)
		if err != nil {
			return err
		}
		if err := deskOpen(d, now); err != nil {
			return err
		}
		v, err := readVisit(ctx, tx, `ap.session_id = $1 AND ap.status = 'arrived' ORDER BY `+callOrder+` LIMIT 1`, session)
		if isNotFound(err) {
			return &tiepdan.Error{Code: tiepdan.Conflict, Key: "desk.nobody"}
		}
		if err != nil {
			return err
		}
		v, _, err = s.doDeed(ctx, tx, by, call, v, now)
		a = v.Appointment
		return err
	})
	return a, broken(err, "call next")
}

// WalkIn books for somebody who stands at the desk, and checks them in at once.
// Where all places are taken they wait their turn after those who have one. The
// same b.Ref is the same person again.
func (s *Store) WalkIn(ctx context.Context, by tiepdan.Actor, b tiepdan.Booking, now time.Time) (a tiepdan.Appointment, err error) {
	if err := atDesk(by); err != nil {
		return a, err
	}
	b.Peer, b.Actor, b.Wait = tiepdan.Peer{}, by, true
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		v, err := s.book(ctx, tx, b, now)
		if err != nil {
			return err
		}
		if v.Status == tiepdan.Booked || v.Status == tiepdan.OnWaitingList {
			v, _, err = s.doDeed(ctx, tx, by, checkIn, v, now)
		}
		a = v.Appointment
		return err
	})
	return a, broken(err, "walk in")
}

// CancelVisit gives a citizen's own place up. Whoever has waited longest gets it
// in the same moment.
func (s *Store) CancelVisit(ctx context.Context, p tiepdan.Peer, id int64, now time.Time) (tiepdan.Visit, error) {
	return s.dropVisit(ctx, tiepdan.Actor{Role: tiepdan.Citizen}, now, `id = $1 AND owner = $2`, id, s.vault.Account(p))
}

// DropAppointment is [Store.CancelVisit] by staff; whose it was is told.
func (s *Store) DropAppointment(ctx context.Context, by tiepdan.Actor, id int64, now time.Time) error {
	if err := atDesk(by); err != nil {
		return err
	}
	_, err := s.dropVisit(ctx, by, now, `id = $1`, id)
	return err
}

func (s *Store) dropVisit(ctx context.Context, by tiepdan.Actor, now time.Time, which string, args ...any) (v tiepdan.Visit, err error) {
	own := by.Role == tiepdan.Citizen
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if v, err = lockVisit(ctx, tx, which, args...); err != nil {
			return err
		}
		if own && v.Status != tiepdan.AppointmentDropped && (!now.Before(v.At.Ends) || v.Status != tiepdan.Booked && v.Status != tiepdan.OnWaitingList) {
			return &tiepdan.Error{Code: tiepdan.Conflict, Key: "booking.over"}
		}
		done := false
		if v, done, err = s.doDeed(ctx, tx, by, drop, v, now); err != nil || !done {
			return err
		}
		if !own && v.Chat { // whoever booked by telephone gave the place up so, too
			if err := s.tellAppointments(ctx, tx, "booking.dropped", 0, []int64{v.ID}); err != nil {
				return err
			}
		}
		return s.moveUp(ctx, tx, v.Session, now)
	})
	if err != nil {
		return tiepdan.Visit{}, broken(err, "drop appointment")
	}
	s.Wake()
	return v, nil
}

// Coming says that the person will be there, as they answered a reminder.
func (s *Store) Coming(ctx context.Context, p tiepdan.Peer, id int64) error {
	var status tiepdan.AppointmentStatus
	err := s.db.QueryRow(ctx, `UPDATE appointments SET coming = coming OR status = 'booked' WHERE id = $1 AND owner = $2 RETURNING status`,
		id, s.vault.Account(p)).Scan(&status)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return notFound("booking.none")
	case err == nil && status != tiepdan.Booked && status != tiepdan.Arrived && status != tiepdan.Called:
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: "booking.over"}
	}
	return broken(err, "coming")
}
