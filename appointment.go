package tiepdan

import "time"

// AppointmentStatus is where an appointment stands.
type AppointmentStatus string

const (
	Booked             AppointmentStatus = "booked"    // has a place
	OnWaitingList      AppointmentStatus = "waiting"   // has none yet
	Arrived            AppointmentStatus = "arrived"   // checked in
	Called             AppointmentStatus = "called"    // is being received
	WasReceived        AppointmentStatus = "received"  // was
	NoShow             AppointmentStatus = "no_show"   // didn't come
	AppointmentDropped AppointmentStatus = "cancelled" // by the citizen, by staff, or with its session
)

// AppointmentStatuses are all of them.
func AppointmentStatuses() []AppointmentStatus {
	return []AppointmentStatus{Booked, OnWaitingList, Arrived, Called, WasReceived, NoShow, AppointmentDropped}
}

// MaxPurpose is how long the line may be that says what somebody comes for.
const MaxPurpose = 200

// Appointment is a citizen's place at a session, or on its waiting list. It holds
// no kind: who comes to denounce is not to be told from others.
type Appointment struct {
	ID       int64
	Token    string // in the slip's QR code: opaque
	Session  int64
	Number   int // the place, from 1; 0: on the waiting list
	Position int // on the waiting list, from 1; 0: has a place
	Status   AppointmentStatus
	Name     string // as given; may be empty
	Phone    string // of one booked by staff
	Purpose  string
	Case     int64
	CaseCode CaseCode // for the page
	Chat     bool     // came by a chat, so can be told of changes there
	Coming   bool     // said so when reminded
	Created  time.Time
	ArrivedAt,
	CalledAt,
	EndedAt time.Time
}

// Booking is what somebody asks for.
type Booking struct {
	Session int64
	Ref     string // the deed's own mark: the same booking twice is one
	Name    string
	Phone   string
	Purpose string
	Case    int64
	Wait    bool // the waiting list will do
	Peer    Peer // none: by staff, for a caller or walk-in
	Actor   Actor
}

// Visit is an appointment with its session, as a citizen has it.
type Visit struct {
	Appointment
	At Session
}
