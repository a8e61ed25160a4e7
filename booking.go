package tiepdan

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Slot returns how long each place of s has, in whole minutes where that leaves
// any; 0 where there are no places.
func (s Session) Slot() time.Duration {
	if s.Places <= 0 || !s.Ends.After(s.Starts) {
		return 0
	}
	slot := s.Ends.Sub(s.Starts) / time.Duration(s.Places)
	if whole := slot.Truncate(time.Minute); whole > 0 {
		return whole
	}
	return slot
}

// Expected returns when the holder of that place may expect to be received, to the
// whole minute. It never lies outside the session.
func (s Session) Expected(number int) time.Time {
	number = max(1, min(number, s.Places))
	return s.Starts.Add((time.Duration(number-1) * s.Slot()).Truncate(time.Minute))
}

// Full reports whether all places of s are taken.
func (s Session) Full() bool { return s.Taken >= s.Places }

// Bookable returns why citizens can't book a place at s, or nil. That it is full
// is no reason: there is a waiting list; see [Session.Full].
func (s Session) Bookable(now time.Time) error {
	switch {
	case !s.Public():
		return &Error{Code: Conflict, Key: "booking.not_public"}
	case s.Cancelled():
		return &Error{Code: Conflict, Key: "booking.session_cancelled"}
	case s.Status == SessionHeld || !now.Before(s.Ends):
		return &Error{Code: Conflict, Key: "booking.over"}
	case s.Places <= 0:
		return &Error{Code: Conflict, Key: "booking.no_places"}
	case s.Status == SessionOpen || !now.Before(s.Starts) || !s.Cutoff.IsZero() && now.After(s.Cutoff):
		return &Error{Code: Conflict, Key: "booking.closed"}
	}
	return nil
}

// bookableAtDesk is Bookable for staff: until the end, and at an open session as
// long as it is open; where no places were offered people wait their turn.
func (s Session) bookableAtDesk(now time.Time) error {
	switch {
	case s.Cancelled():
		return &Error{Code: Conflict, Key: "booking.session_cancelled"}
	case s.Status == SessionOpen:
		return nil
	case s.Status == SessionHeld || !now.Before(s.Ends):
		return &Error{Code: Conflict, Key: "booking.over"}
	case s.Status == SessionDraft:
		return &Error{Code: Conflict, Key: "booking.not_public"}
	}
	return nil
}

// Check reports the first thing that is wrong with booking a place at s now, and
// returns b with its words cleaned. A citizen who books by chat is told there, so
// no telephone number is kept of them; staff name whom they book for.
func (b Booking) Check(s Session, now time.Time) (Booking, error) {
	b.Session = s.ID
	b.Name, b.Purpose = oneLine(b.Name), oneLine(b.Purpose)
	b.Phone, _ = Phone(oneLine(b.Phone))
	open := s.bookableAtDesk(now)
	if !b.Peer.IsZero() {
		b.Phone, open = "", s.Bookable(now)
	}
	switch {
	case open != nil:
		return b, open
	case b.Peer.IsZero() && b.Name == "":
		return b, invalid("booking.name_missing", nil)
	case utf8.RuneCountInString(b.Name) > MaxName:
		return b, invalid("booking.name_long", map[string]any{"Max": MaxName})
	case utf8.RuneCountInString(b.Purpose) > MaxPurpose:
		return b, invalid("booking.purpose_long", map[string]any{"Max": MaxPurpose})
	case len(b.Phone) > maxPhone:
		return b, invalid("booking.phone_long", nil)
	}
	return b, nil
}

const maxPhone = 40

// oneLine cleans a text that stands on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }

// PostBy returns the last day on which s's schedule may be posted: 5 working days
// before it (Luật Tiếp công dân 2013, Điều 24(4)).
func PostBy(s Session, c Calendar) Date {
	rule, _ := RuleByID("reception.schedule_posting")
	return c.Due(s.On(), rule.Term()).On
}
