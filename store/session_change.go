package store

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// ChangeSession is the one way in which a session changes: its row is locked, the
// change applied to what stands there, and what follows from the difference is
// committed with it. Who holds a place or watches a session that moves or won't be
// is told; places that are added go to the waiting list; one that is opened has its
// list of who should be there, one that is closed its list of who didn't come.
//
// Who may change what is the change's to ask, by [tiepdan.Session.After]. Its
// error ends all and comes back as it is.
func (s *Store) ChangeSession(ctx context.Context, by tiepdan.Actor, id int64, change func(tiepdan.Session) (tiepdan.Session, error)) (d tiepdan.Session, err error) {
	now := s.now().Truncate(time.Microsecond)
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		c := sessionChange{}
		if c.before, err = readSession(ctx, tx, `d.id = $1 FOR UPDATE`, id); err != nil {
			return err
		}
		if c.after, err = change(c.before); err != nil {
			return err
		}
		c.settle(now)
		if err := c.fault(); err != nil {
			return err
		}
		args := append(sessionArgs(c.after, tiepdan.Date{}, true, now), id)
		if err := exec(ctx, tx, "session.none", updateSession, args...); err != nil {
			return err
		}
		if err := s.follow(ctx, tx, c, now); err != nil {
			return err
		}
		if err := audit(ctx, tx, now, by, c.deed(), onSession, id, c.facts()); err != nil {
			return err
		}
		d, err = readSession(ctx, tx, `d.id = $1`, id)
		return err
	})
	if err != nil {
		return tiepdan.Session{}, broken(err, "change session")
	}
	s.Wake()
	return d, nil
}

// sessionChange is a session before and after a change.
type sessionChange struct{ before, after tiepdan.Session }

// settle sets what a change isn't asked for: what a session is known by and counted
// in stays, what its state says of time is written down, and an end of booking that
// wasn't touched moves with the day.
func (c *sessionChange) settle(now time.Time) {
	b, a := c.before, &c.after
	a.ID, a.Token, a.Recurrence, a.Original = b.ID, b.Token, b.Recurrence, b.Original
	a.Taken, a.Waiting, a.Sequence = b.Taken, b.Waiting, b.Sequence
	switch a.Status {
	case tiepdan.SessionPublished:
		a.Published = earliest(b.Published, a.Published, now)
	case tiepdan.SessionOpen:
		a.Opened, a.Closed = earliest(b.Opened, a.Opened, now), time.Time{}
	case tiepdan.SessionHeld:
		a.Closed = earliest(b.Closed, a.Closed, now)
	}
	if days := b.On().DaysUntil(a.On()); days != 0 && !b.Cutoff.IsZero() && a.Cutoff.Equal(b.Cutoff) {
		a.Cutoff = daysLater(b.Cutoff, days)
	}
	if c.moved() || b.Public() && c.becomes(tiepdan.SessionCancelled) {
		a.Sequence++
	}
}

// earliest is the first of these times that is set.
func earliest(times ...time.Time) time.Time {
	i := slices.IndexFunc(times, func(t time.Time) bool { return !t.IsZero() })
	return times[i]
}

// becomes reports whether the change brings the session to that state.
func (c *sessionChange) becomes(s tiepdan.SessionStatus) bool {
	return c.before.Status != s && c.after.Status == s
}

// moved reports whether citizens were told of another time or place.
func (c *sessionChange) moved() bool {
	b, a := c.before, c.after
	return b.Status == tiepdan.SessionPublished && a.Status == tiepdan.SessionPublished &&
		(!a.Starts.Equal(b.Starts) || !a.Ends.Equal(b.Ends) || a.Place != b.Place || a.Online != b.Online)
}

// fault is why the change can't be.
func (c *sessionChange) fault() error {
	switch a := c.after; {
	case !a.Ends.After(a.Starts):
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "session.ends_early"}
	case a.Public() && c.becomes(tiepdan.SessionCancelled) && tiepdan.Clean(a.Reason) == "":
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "session.reason_missing"}
	case !a.Cancelled() && a.Places < a.Taken:
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: "session.places_taken", Args: map[string]any{"Taken": a.Taken}}
	}
	return nil
}

// deed is the change's name in the audit log.
func (c *sessionChange) deed() string {
	if c.before.Status == c.after.Status {
		return "edit_session"
	}
	switch c.after.Status {
	case tiepdan.SessionConfirmed:
		return "confirm_session"
	case tiepdan.SessionPublished:
		return "publish_session"
	case tiepdan.SessionCancelled:
		return "cancel_session"
	case tiepdan.SessionHeld:
		return "close_session"
	case tiepdan.SessionOpen:
		if c.before.Status == tiepdan.SessionHeld {
			return "resume_session"
		}
		return "open_session"
	}
	return "edit_session"
}

func (c *sessionChange) facts() facts {
	return facts{"was": c.before.Status, "status": c.after.Status, "moved": c.moved(), "places": c.after.Places}
}
