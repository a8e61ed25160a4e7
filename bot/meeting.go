package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tiepdan"
)

// Meeting is the session that an event points at, and what the person has of it.
type Meeting struct {
	Session tiepdan.Session
	Visit   *tiepdan.Visit // theirs at it, or the one that the event names
	Watched bool
	Cases   []tiepdan.Case // own open ones that they may come about; never a sealed one
	Gone    bool           // there is none that citizens may see
}

// casesOffered is how many of their own cases a person may choose from for a visit.
const casesOffered = 5

// bookLink is what stands before the token of a session's link.
const bookLink = "book_"

// meeting finds the session that the event points at: by a button, by a link, or
// by what is under way.
func (e *Engine) meeting(ctx context.Context, ev Event, t Talk, now time.Time) (*Meeting, error) {
	id, visit := pointedAt(ev, t, "session"), pointedAt(ev, t, "visit")
	if id == 0 && visit == 0 && t.Scene == InBooking && t.Booking != nil {
		id = t.Booking.Session
	}
	token, linked := strings.CutPrefix(ev.Payload, bookLink)
	var m *Meeting
	var err error
	switch {
	case linked && ev.Command == "start" && token != "" && len(token) <= 128:
		d, found := e.store.SessionByToken(ctx, token)
		m, err = e.attended(ctx, ev.From, now, d, found)
	case visit != 0:
		m, err = e.visitAt(ctx, ev.From, visit)
	case id != 0:
		d, found := e.store.Session(ctx, id)
		m, err = e.attended(ctx, ev.From, now, d, found)
	}
	if err != nil || m == nil || m.Gone {
		return m, err
	}
	if t.Scene == InBooking || strings.HasSuffix(ev.Choice, "/book") {
		m.Cases, err = e.ownMatters(ctx, ev.From)
	}
	return m, err
}

// pointedAt is the number that the event's button names, or the screen shown last.
func pointedAt(ev Event, t Talk, what string) int64 {
	if ev.Choice != "" && points(ev.Choice) {
		return idOf(ev.Choice, what)
	}
	if t.Scene == AtMenu {
		return idOf(t.View, what)
	}
	return 0
}

// attended completes a session that was read with what the person has of it.
func (e *Engine) attended(ctx context.Context, peer tiepdan.Peer, now time.Time, d tiepdan.Session, found error) (*Meeting, error) {
	switch {
	case found != nil && tiepdan.CodeOf(found) != tiepdan.Internal, found == nil && !d.Public():
		return &Meeting{Gone: true}, nil
	case found != nil:
		return nil, fmt.Errorf("bot: read a session: %w", found)
	}
	m := &Meeting{Session: d}
	visits, err := e.store.Visits(ctx, peer, now)
	if err != nil {
		return nil, fmt.Errorf("bot: read somebody's appointments: %w", err)
	}
	for _, v := range visits {
		if v.At.ID == d.ID && alive(v.Appointment) {
			m.Visit = &v
		}
	}
	watched, err := e.store.Watches(ctx, peer)
	if err != nil {
		return nil, fmt.Errorf("bot: read what somebody watches: %w", err)
	}
	m.Watched = slices.Contains(watched, d.ID)
	return m, nil
}

// visitAt reads one of the person's own appointments.
func (e *Engine) visitAt(ctx context.Context, peer tiepdan.Peer, id int64) (*Meeting, error) {
	v, err := e.store.VisitOf(ctx, peer, id)
	switch {
	case err != nil && tiepdan.CodeOf(err) != tiepdan.Internal:
		return &Meeting{Gone: true}, nil
	case err != nil:
		return nil, fmt.Errorf("bot: read an appointment: %w", err)
	}
	return &Meeting{Session: v.At, Visit: &v}, nil
}

// ownMatters are the person's own open cases, without denunciations: that somebody
// comes about one isn't to be read from a list.
func (e *Engine) ownMatters(ctx context.Context, peer tiepdan.Peer) ([]tiepdan.Case, error) {
	all, err := e.store.CasesOf(ctx, peer)
	if err != nil {
		return nil, fmt.Errorf("bot: read somebody's cases: %w", err)
	}
	var cs []tiepdan.Case
	for _, c := range all {
		if c.Status.Open() && !c.Sealed() && len(cs) < casesOffered {
			cs = append(cs, c)
		}
	}
	return cs, nil
}

// alive reports whether an appointment still stands.
func alive(a tiepdan.Appointment) bool {
	switch a.Status {
	case tiepdan.Booked, tiepdan.OnWaitingList, tiepdan.Arrived, tiepdan.Called:
		return true
	}
	return false
}

// changeable reports whether the citizen may still give the appointment up.
func changeable(v tiepdan.Visit, now time.Time) bool {
	return (v.Status == tiepdan.Booked || v.Status == tiepdan.OnWaitingList) && !v.At.Cancelled() && now.Before(v.At.Ends)
}

// sessionArgs are what messages say of a session.
func sessionArgs(w World, d tiepdan.Session) Args {
	place := d.Place
	if place == w.Rules.Office.Address {
		place = "" // said apart, once
	}
	return Args{"ID": d.ID, "Kind": string(d.Kind), "Host": d.Host, "Online": d.Online, "On": d.On(), "Starts": d.Starts, "Ends": d.Ends, "Place": place,
		"Where": d.Place, "Presides": d.Presides, "Delegated": d.Delegated, "Attends": d.Attends, "Focus": d.Focus, "Note": d.Note,
		"Cancelled": d.Cancelled(), "Moved": d.Moved() && d.Sequence > 0, "Original": d.Original, "Reason": d.Reason,
		"Places": d.Places, "Left": max(0, d.Places-d.Taken), "Full": d.Full(), "Waiting": d.Waiting,
		"Bookable": d.Bookable(w.Now) == nil, "Cutoff": d.Cutoff, "HasCutoff": !d.Cutoff.IsZero()}
}

// visitArgs are what messages say of an appointment, its session's included.
func visitArgs(w World, v tiepdan.Visit) Args {
	args := sessionArgs(w, v.At)
	args["Status"], args["Number"], args["Position"] = string(v.Status), v.Number, v.Position
	args["Purpose"], args["Code"], args["Person"], args["Coming"] = v.Purpose, string(v.CaseCode), v.Name, v.Coming
	args["Expected"] = v.At.Starts
	if v.Number > 0 {
		args["Expected"] = v.At.Expected(v.Number)
	}
	o := w.Rules.Office
	args["Name"], args["Address"], args["Phone"] = o.Name, o.Address, o.Phone
	if v.At.Place != "" {
		args["Address"] = v.At.Place
	}
	args["Changeable"] = changeable(v, w.Now)
	return args
}
