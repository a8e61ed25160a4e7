package store

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// sessionColumns are a session as [tiepdan.Session] has it, of reception_sessions AS d.
const sessionColumns = `d.id, d.token, coalesce(d.recurrence, 0) AS recurrence, d.original, d.kind, d.status, d.online, coalesce(d.unit, 0) AS unit, d.host,
	d.starts, d.ends, d.place, coalesce(d.head, 0) AS head, d.presides, d.delegated, d.why, d.attends, d.units, d.focus, d.note, d.places, d.cutoff,
	d.taken, d.waiting, d.sequence, d.reason, d.published, d.opened, d.closed, d.receiver, d.in_person, d.changed`

// scanSession reads sessionColumns.
func scanSession(row pgx.CollectableRow) (tiepdan.Session, error) { return scanSessionAnd(row) }

// scanSessionAnd reads sessionColumns and what comes after them.
func scanSessionAnd(row pgx.CollectableRow, more ...any) (d tiepdan.Session, err error) {
	var cutoff, published, opened, closed *time.Time
	err = row.Scan(append([]any{&d.ID, &d.Token, &d.Recurrence, &d.Original, &d.Kind, &d.Status, &d.Online, &d.Unit, &d.Host,
		&d.Starts, &d.Ends, &d.Place, &d.Head, &d.Presides, &d.Delegated, &d.Why, &d.Attends, &d.Units, &d.Focus, &d.Note, &d.Places, &cutoff,
		&d.Taken, &d.Waiting, &d.Sequence, &d.Reason, &published, &opened, &closed, &d.Receiver, &d.InPerson, &d.Changed}, more...)...)
	d.Cutoff, d.Published, d.Opened, d.Closed = orZero(cutoff), orZero(published), orZero(opened), orZero(closed)
	return d, err
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// Sessions returns the receptions of citizens that begin from from to before to,
// drafts and cancelled ones too, in their order.
func (s *Store) Sessions(ctx context.Context, from, to time.Time) ([]tiepdan.Session, error) {
	rows, err := s.db.Query(ctx, `SELECT `+sessionColumns+` FROM reception_sessions d
		WHERE d.starts >= $1 AND d.starts < $2 ORDER BY d.starts, d.id`, from, to)
	if err != nil {
		return nil, broken(err, "sessions")
	}
	list, err := pgx.CollectRows(rows, scanSession)
	return list, broken(err, "sessions")
}

// Session returns one reception.
func (s *Store) Session(ctx context.Context, id int64) (tiepdan.Session, error) {
	d, err := readSession(ctx, s.db, `d.id = $1`, id)
	return d, broken(err, "session")
}

// SessionByToken returns the reception that a link or QR code leads to.
func (s *Store) SessionByToken(ctx context.Context, token string) (tiepdan.Session, error) {
	d, err := readSession(ctx, s.db, `d.token = $1`, token)
	return d, broken(err, "session")
}

// readSession reads the one session that the condition finds; it may end in FOR UPDATE.
func readSession(ctx context.Context, db runner, which string, arg any) (tiepdan.Session, error) {
	rows, err := db.Query(ctx, `SELECT `+sessionColumns+` FROM reception_sessions d WHERE `+which, arg)
	if err != nil {
		return tiepdan.Session{}, err
	}
	d, err := pgx.CollectExactlyOneRow(rows, scanSession)
	if errors.Is(err, pgx.ErrNoRows) {
		return d, notFound("session.none")
	}
	return d, err
}

const publicSessions = `SELECT ` + sessionColumns + ` FROM reception_sessions d
	WHERE d.starts >= $1 AND d.starts < $2 AND d.published IS NOT NULL ORDER BY d.starts, d.id`

// PublicSessions returns the receptions that citizens may see and that begin from
// from to before to, in their order: never a draft; one that was announced and is
// cancelled is among them.
func (s *Store) PublicSessions(ctx context.Context, from, to time.Time) ([]tiepdan.Session, error) {
	rows, err := s.db.Query(ctx, publicSessions, from, to)
	if err != nil {
		return nil, broken(err, "public sessions")
	}
	list, err := pgx.CollectRows(rows, scanSession)
	return list, broken(err, "public sessions")
}

// AddSession adds a reception that no recurrence gives, and returns its id. From
// then on it changes by [Store.ChangeSession].
func (s *Store) AddSession(ctx context.Context, by tiepdan.Actor, d tiepdan.Session) (id int64, err error) {
	if !d.Ends.After(d.Starts) {
		return 0, &tiepdan.Error{Code: tiepdan.Invalid, Key: "session.ends_early"}
	}
	if d.Status == tiepdan.SessionPublished && d.Published.IsZero() {
		d.Published = s.now()
	}
	d.Recurrence, d.Original, d.Sequence = 0, d.On(), 0
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, insertSession+` RETURNING id`, sessionArgs(d, tiepdan.Date{}, true, s.now())...).Scan(&id); err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), by, "add_session", onSession, id, facts{"status": d.Status, "kind": d.Kind})
	})
	return id, broken(err, "add session")
}

// What is written of a session. Its number, its link and the counts of its places
// aren't: those are the booking's. sessionArgs are the values.
const (
	sessionFields = `recurrence, original, kind, status, online, unit, host, starts, ends, place, head, presides, delegated, why,
		attends, units, focus, note, places, cutoff, sequence, reason, published, opened, closed, receiver, in_person`
	sessionValues = `nullif($1::bigint, 0), $2::date, $3, $4, $5, nullif($6::bigint, 0), $7, $8, $9, $10, nullif($11::bigint, 0), $12, $13, $14,
		$15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27`
	insertSession = `INSERT INTO reception_sessions (` + sessionFields + `, given, edited, changed) VALUES (` + sessionValues + `, $28, $29, $30)`
	// updateSession is for the session $31; given and edited stay what they are once they are set.
	updateSession = `UPDATE reception_sessions SET (` + sessionFields + `, given, edited, changed)
		= (` + sessionValues + `, coalesce($28::date, given), edited OR $29, $30) WHERE id = $31`
)

// sessionArgs are insertSession's arguments: the session, the day that its
// recurrence gave, and whether a person wrote it.
func sessionArgs(d tiepdan.Session, given tiepdan.Date, edited bool, now time.Time) []any {
	d.Kind, d.Status = cmp.Or(d.Kind, tiepdan.Regular), cmp.Or(d.Status, tiepdan.SessionDraft)
	if d.Original.IsZero() {
		d.Original = d.On()
	}
	if d.Units == nil {
		d.Units = []int64{}
	}
	return []any{d.Recurrence, d.Original, d.Kind, d.Status, d.Online, d.Unit, d.Host, d.Starts, d.Ends, d.Place, d.Head, d.Presides, d.Delegated, d.Why,
		d.Attends, d.Units, d.Focus, d.Note, d.Places, orNull(d.Cutoff), d.Sequence, d.Reason, orNull(d.Published), orNull(d.Opened), orNull(d.Closed),
		d.Receiver, d.InPerson, given, edited, now}
}
