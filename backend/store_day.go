package backend

import (
	"context"
	"time"

	"tiepdan"
)

// Day is what the pages of a session's day and of the book of receptions need of
// the books.
type Day interface {
	Places
	Queue
	ReceptionBook
	Attendances
	Heads(ctx context.Context) ([]tiepdan.Head, error)
	ChangeSession(ctx context.Context, by tiepdan.Actor, id int64, change func(tiepdan.Session) (tiepdan.Session, error)) (tiepdan.Session, error)
	SessionChanged(ctx context.Context, session int64) (int64, error)
}

// Places are the appointments of a session. VisitByToken finds what a slip's QR
// code holds.
type Places interface {
	Book(ctx context.Context, b tiepdan.Booking) (tiepdan.Visit, error)
	Visit(ctx context.Context, by tiepdan.Actor, id int64) (tiepdan.Visit, error)
	VisitByToken(ctx context.Context, token string) (tiepdan.Visit, error)
	Appointments(ctx context.Context, by tiepdan.Actor, session int64) ([]tiepdan.Appointment, error)
	DropAppointment(ctx context.Context, by tiepdan.Actor, id int64, now time.Time) error
}

// Queue is who comes, is called, and doesn't come. CallNext calls who has waited
// longest, those with a number first.
type Queue interface {
	CheckIn(ctx context.Context, by tiepdan.Actor, id int64, now time.Time) (tiepdan.Appointment, error)
	CallNext(ctx context.Context, by tiepdan.Actor, session int64, now time.Time) (tiepdan.Appointment, error)
	Call(ctx context.Context, by tiepdan.Actor, id int64, now time.Time) (tiepdan.Appointment, error)
	BackInQueue(ctx context.Context, by tiepdan.Actor, id int64) error
	MarkNoShow(ctx context.Context, by tiepdan.Actor, id int64, now time.Time) error
	WalkIn(ctx context.Context, by tiepdan.Actor, b tiepdan.Booking, now time.Time) (tiepdan.Appointment, error)
}

// ReceptionBook is the book of receptions. Of a sealed entry the store gives its
// content to the cleared only, and records that they looked.
type ReceptionBook interface {
	WriteReception(ctx context.Context, by tiepdan.Actor, e tiepdan.Reception) (tiepdan.Reception, error)
	CorrectReception(ctx context.Context, by tiepdan.Actor, id int64, expected int, change func(tiepdan.Reception) (tiepdan.Reception, error)) (tiepdan.Reception, error)
	Reception(ctx context.Context, by tiepdan.Actor, id int64) (tiepdan.Reception, error)
	ReceptionVersions(ctx context.Context, by tiepdan.Actor, id int64) ([]tiepdan.Reception, error)
	Receptions(ctx context.Context, f tiepdan.ReceptionFilter) (entries []tiepdan.Reception, next string, err error)
}

// Attendances are who should be, and was, at a session.
type Attendances interface {
	Attendance(ctx context.Context, session int64) ([]tiepdan.Attendance, error)
	SaveAttendance(ctx context.Context, by tiepdan.Actor, a tiepdan.Attendance) error
}
