package tiepdan

import (
	"fmt"
	"slices"
	"time"
)

// SessionKind says what a reception of citizens is (Luật Tiếp công dân 2013, Điều 12–18).
type SessionKind string

const (
	Regular       SessionKind = "regular"       // thường xuyên: officers on duty, every working day
	Periodic      SessionKind = "periodic"      // định kỳ: the head's own day
	Extraordinary SessionKind = "extraordinary" // đột xuất: Điều 18(3)
	Dialogue      SessionKind = "dialogue"      // đối thoại
	Guest         SessionKind = "guest"         // a leader's turn at another body's session
)

// SessionKinds are all kinds, in the order of lists.
func SessionKinds() []SessionKind {
	return []SessionKind{Regular, Periodic, Extraordinary, Dialogue, Guest}
}

// SessionStatus is where a session stands.
type SessionStatus string

const (
	SessionDraft     SessionStatus = "draft"     // made by a recurrence or a hand; nobody has confirmed it
	SessionConfirmed SessionStatus = "confirmed" // a person has; not public yet
	SessionPublished SessionStatus = "published" // citizens see it
	SessionOpen      SessionStatus = "open"      // under way
	SessionHeld      SessionStatus = "held"
	SessionCancelled SessionStatus = "cancelled"
)

// SessionStatuses are all of them, in the order of a session's life.
func SessionStatuses() []SessionStatus {
	return []SessionStatus{SessionDraft, SessionConfirmed, SessionPublished, SessionOpen, SessionHeld, SessionCancelled}
}

// Session is one reception of citizens (buổi tiếp công dân).
type Session struct {
	ID         int64
	Token      string // of its link and QR code: opaque
	Recurrence int64  // that it was made by; 0: by hand
	Original   Date   // the day that the recurrence gave, whatever it was moved to since
	Kind       SessionKind
	Status     SessionStatus
	Online     bool   // by devices connected at a place of reception (Điều 3a, from 2026-07-01)
	Unit       int64  // whose session it is; 0: the office's own
	Host       string // of a Guest session: the body whose session it is
	Starts     time.Time
	Ends       time.Time
	Place      string
	Head       int64  // whose duty day it is; 0: nobody's
	Presides   string // who presides, as announced
	Delegated  bool   // … by delegation of the head
	Why        string // why it was delegated
	Attends    string // who else attends, in words
	Units      []int64
	Focus      string
	Note       string
	Places     int       // places to book; 0: none
	Cutoff     time.Time // the end of booking; zero: until it starts
	Taken      int       // places booked
	Waiting    int       // people on the waiting list
	Sequence   int       // changes since it was published, as iCalendar counts them
	Reason     string    // why it was moved or cancelled, for citizens
	Published  time.Time // zero: never was public
	Opened     time.Time
	Closed     time.Time
	Receiver   string // who really received
	InPerson   bool   // … and it was the head in person
	Changed    time.Time
}

// On is the day that the session is on.
func (s Session) On() Date { return DateOf(s.Starts) }

// Moved reports whether the session is on another day than first planned.
func (s Session) Moved() bool { return !s.Original.IsZero() && s.Original != s.On() }

// Cancelled reports whether the session won't be.
func (s Session) Cancelled() bool { return s.Status == SessionCancelled }

// Public reports whether citizens may see the session: a cancelled one too, once
// it was announced.
func (s Session) Public() bool { return !s.Published.IsZero() }

// UID is the session's name in calendars; it never changes (RFC 5545, 3.8.4.7).
func (s Session) UID() string {
	return fmt.Sprintf("session-%d-%s@tiepdan", s.ID, s.Original)
}

// SessionAction is something that a person does to a session as a whole.
type SessionAction string

const (
	ConfirmSession SessionAction = "confirm"
	PublishSession SessionAction = "publish"
	EditSession    SessionAction = "edit" // moves it too, where the time changes
	CancelSession  SessionAction = "cancel"
	OpenSession    SessionAction = "open"
	CloseSession   SessionAction = "close"
	ResumeSession  SessionAction = "resume" // one closed too early, the same day
)

type sessionMove struct {
	From []SessionStatus
	Do   SessionAction
	By   []Role
	To   SessionStatus // "": stays
}

var (
	unheld       = []SessionStatus{SessionDraft, SessionConfirmed, SessionPublished}
	sessionMoves = []sessionMove{
		{[]SessionStatus{SessionDraft}, ConfirmSession, []Role{Receptionist, BoardHead, Leader}, SessionConfirmed},
		{[]SessionStatus{SessionConfirmed}, PublishSession, []Role{BoardHead, Leader}, SessionPublished},
		{unheld, EditSession, []Role{Receptionist, BoardHead, Leader}, ""},
		{unheld, CancelSession, []Role{BoardHead, Leader}, SessionCancelled},
		{[]SessionStatus{SessionConfirmed, SessionPublished}, OpenSession, []Role{Receptionist, BoardHead}, SessionOpen},
		{[]SessionStatus{SessionOpen}, CloseSession, []Role{Receptionist, BoardHead}, SessionHeld},
		{[]SessionStatus{SessionHeld}, ResumeSession, []Role{Receptionist, BoardHead}, SessionOpen},
	}
)

// After returns where s stands after role did the action, or why it can't be.
func (s Session) After(do SessionAction, role Role) (SessionStatus, error) {
	known := false
	for _, m := range sessionMoves {
		if m.Do != do || !slices.Contains(m.From, s.Status) {
			continue
		}
		if known = true; slices.Contains(m.By, role) || role == System {
			if m.To == "" {
				return s.Status, nil
			}
			return m.To, nil
		}
	}
	if known {
		return s.Status, &Error{Code: Forbidden, Key: "session.not_yours"}
	}
	return s.Status, &Error{Code: Conflict, Key: "session.not_now"}
}

// May reports whether role may do the action to s as it stands.
func (s Session) May(do SessionAction, role Role) bool {
	_, err := s.After(do, role)
	return err == nil
}

// Head is somebody whom the law obliges to receive citizens in person so many
// days a month.
type Head struct {
	ID     int64
	Name   string
	Title  string // "Chủ tịch UBND phường …"
	Unit   int64  // 0: the office's own
	Duty   string // the law's rule of kind recurrence, such as "duty.commune_chair"; it names the number
	Staff  int64  // 0: has no account here
	Active bool
}

// Attendance is somebody who should be, or was, at a session.
type Attendance struct {
	ID       int64
	Session  int64
	Unit     int64  // 0: of no unit of the office
	Who      string // a name, a body
	Receiver bool   // who receives, not one who attends
	Called   bool   // was to come
	Came     time.Time
	Left     time.Time
	Absent   string // why not
}

// Late returns by how much the person came late to a session that starts then.
func (a Attendance) Late(starts time.Time) time.Duration {
	if a.Came.IsZero() {
		return 0
	}
	return max(0, a.Came.Sub(starts).Truncate(time.Minute))
}

// Shift is a part of a day on duty.
type Shift string

const (
	WholeDay  Shift = "day"
	Morning   Shift = "morning"
	Afternoon Shift = "afternoon"
)

// OnDuty is an officer's turn at the regular reception (lịch trực tiếp công dân).
type OnDuty struct {
	On    Date
	Shift Shift
	Staff int64
	Name  string // for the page
	Note  string // who stands in for whom
}
