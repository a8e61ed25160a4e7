package store

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"tiepdan"
)

// MakeSessions makes the sessions of all standing rules concrete, a year ahead, and
// returns how many are new. Any number of processes may do so at once: a rule gives
// each of its days once.
func (s *Store) MakeSessions(ctx context.Context, now time.Time) (made int, err error) {
	return s.makeSessions(ctx, tiepdan.Actor{Role: tiepdan.System}, now)
}

func (s *Store) makeSessions(ctx context.Context, by tiepdan.Actor, now time.Time) (made int, err error) {
	rows, err := s.db.Query(ctx, `SELECT id FROM recurrences WHERE active ORDER BY id`)
	if err != nil {
		return 0, broken(err, "make sessions")
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return 0, broken(err, "make sessions")
	}
	var all error
	for _, id := range ids {
		n, err := s.makeSessionsOf(ctx, by, id, now)
		made, all = made+n.made, errors.Join(all, err)
	}
	return made, broken(all, "make sessions")
}

// makeSessionsOf is a transaction for one rule: what is wrong with it keeps no
// other's sessions from being made.
func (s *Store) makeSessionsOf(ctx context.Context, by tiepdan.Actor, id int64, now time.Time) (n remade, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		// The lock lets one at a time look what there is and add the rest.
		r, err := oneRecurrence(ctx, tx, `r.id = $1 FOR NO KEY UPDATE`, id)
		if err != nil {
			return err
		}
		if n, err = remake(ctx, tx, r, now); err != nil || n == (remade{}) {
			return err
		}
		return audit(ctx, tx, s.now(), by, "make_sessions", onRecurrence, id, n.facts())
	})
	if err != nil {
		return remade{}, err
	}
	return n, nil
}

// monthsAhead is how far sessions are made.
const monthsAhead = 12

// lateDays is how far back a rule's day may lie whose session, moved off days off,
// is still to come.
const lateDays = 31

// remade counts what a rule's drafts came to.
type remade struct{ made, changed, removed int }

func (n remade) facts() facts {
	return facts{"made": n.made, "changed": n.changed, "removed": n.removed}
}

// given is a session that a rule made, with the day that it gave last, and whether
// a person wrote in it since.
type given struct {
	tiepdan.Session
	day    tiepdan.Date
	edited bool
}

// remake brings the coming sessions of a rule to what it gives by the calendar as
// it stands: adds what is missing, lets drafts follow, takes back those that it
// gives no more. What a person confirmed stays as it is. The rule's row is locked.
func remake(ctx context.Context, tx pgx.Tx, r tiepdan.Recurrence, now time.Time) (n remade, err error) {
	settings, err := readRules(ctx, tx, now) // not the snapshot: it may be older than the lock
	if err != nil {
		return n, err
	}
	from := tiepdan.DateOf(now).Add(-lateDays)
	have, err := madeBy(ctx, tx, r.ID, from)
	if err != nil {
		return n, err
	}
	b := &pgx.Batch{}
	if r.Active {
		for _, o := range r.Occurrences(from, tiepdan.DateOf(now).AddMonths(monthsAhead), settings.Calendar) {
			old, known := have[o.Original]
			delete(have, o.Original)
			n.queue(b, draft(r, o, settings.Calendar), o, old, known, now)
		}
	}
	for _, old := range have {
		if old.loose() && old.Starts.After(now) && !old.edited {
			b.Queue(`DELETE FROM reception_sessions WHERE id = $1`, old.ID).Exec(tally(&n.removed))
		}
	}
	return n, tx.SendBatch(ctx, b).Close()
}

// draft is the session of an occurrence. One that rests on a day off that no notice
// has confirmed yet says whose word it is.
func draft(r tiepdan.Recurrence, o tiepdan.Occurrence, c tiepdan.Calendar) tiepdan.Session {
	d := r.Session(o, c)
	if o.Why.Name != "" && !o.Why.Confirmed {
		d.Note = o.Why.Name + " (" + o.Why.Source + ")"
	}
	return d
}

// queue adds a session that isn't there, and lets one that is there follow.
func (n *remade) queue(b *pgx.Batch, d tiepdan.Session, o tiepdan.Occurrence, old given, known bool, now time.Time) {
	switch {
	case !known && d.Starts.After(now):
		b.Queue(insertSession+` ON CONFLICT (recurrence, original) DO NOTHING`, sessionArgs(d, o.On, false, now)...).Exec(tally(&n.made))
		return
	case !known || !old.loose() || !old.Starts.After(now):
		return
	case old.edited:
		d = old.follow(o)
	}
	if args := sessionArgs(d, o.On, false, now); !same(args, sessionArgs(old.Session, old.day, false, now)) {
		b.Queue(updateSession, append(args, old.ID)...).Exec(tally(&n.changed))
	}
}

// same reports whether two sessions are written alike.
func same(a, b []any) bool {
	return slices.EqualFunc(a, b, func(a, b any) bool {
		switch a := a.(type) {
		case time.Time:
			return a.Equal(b.(time.Time))
		case *time.Time:
			b := b.(*time.Time)
			return a == b || a != nil && b != nil && a.Equal(*b)
		}
		return reflect.DeepEqual(a, b)
	})
}

// loose reports whether the rule still has a say: nobody has confirmed the session,
// and citizens never heard of it.
func (g given) loose() bool {
	return !g.Public() && (g.Status == tiepdan.SessionDraft || g.Status == tiepdan.SessionCancelled)
}

// follow moves a draft that a person wrote in: to another day, if theirs was the
// one that the rule gave. All else of it is theirs.
func (g given) follow(o tiepdan.Occurrence) tiepdan.Session {
	d := g.Session
	if d.Cancelled() || o.Cancelled || d.On() != g.day {
		return d
	}
	days := g.day.DaysUntil(o.On)
	d.Starts, d.Ends = daysLater(d.Starts, days), daysLater(d.Ends, days)
	if !d.Cutoff.IsZero() {
		d.Cutoff = daysLater(d.Cutoff, days)
	}
	if days != 0 {
		d.Reason = o.Why.Name
	}
	return d
}

// daysLater is the same hour in Hanoi, where no day is longer than another.
func daysLater(t time.Time, days int) time.Time { return t.Add(time.Duration(days) * 24 * time.Hour) }

const sessionsMade = `SELECT ` + sessionColumns + `, d.given, d.edited FROM reception_sessions d
	WHERE d.recurrence = $1 AND d.original >= $2 ORDER BY d.id FOR UPDATE`

// madeBy are a rule's sessions of days from from on, by those days, locked.
func madeBy(ctx context.Context, tx pgx.Tx, recurrence int64, from tiepdan.Date) (map[tiepdan.Date]given, error) {
	rows, err := tx.Query(ctx, sessionsMade, recurrence, from)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (g given, err error) {
		g.Session, err = scanSessionAnd(row, &g.day, &g.edited)
		return g, err
	})
	have := make(map[tiepdan.Date]given, len(list))
	for _, g := range list {
		have[g.Original] = g
	}
	return have, err
}

// tally counts the rows that a batch's statement changed.
func tally(n *int) func(pgconn.CommandTag) error {
	return func(tag pgconn.CommandTag) error {
		*n += int(tag.RowsAffected())
		return nil
	}
}
