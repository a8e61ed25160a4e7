package store

import (
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
func scanSession(row pgx.CollectableRow) (d tiepdan.Session, err error) {
	var cutoff, published, opened, closed *time.Time
	err = row.Scan(&d.ID, &d.Token, &d.Recurrence, &d.Original, &d.Kind, &d.Status, &d.Online, &d.Unit, &d.Host,
		&d.Starts, &d.Ends, &d.Place, &d.Head, &d.Presides, &d.Delegated, &d.Why, &d.Attends, &d.Units, &d.Focus, &d.Note, &d.Places, &cutoff,
		&d.Taken, &d.Waiting, &d.Sequence, &d.Reason, &published, &opened, &closed, &d.Receiver, &d.InPerson, &d.Changed)
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

// SaveSession adds a reception (ID 0) or changes one, and returns the id. None is
// deleted: citizens may have been told of it.
func (s *Store) SaveSession(ctx context.Context, by tiepdan.Actor, d tiepdan.Session) (id int64, err error) {
	if !d.Ends.After(d.Starts) {
		return 0, &tiepdan.Error{Code: tiepdan.Invalid, Key: "session.ends_early"}
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if id, err = s.writeSession(ctx, tx, d); err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), by, "save_session", onSession, id, facts{"status": d.Status})
	})
	return id, broken(err, "save session")
}

// writeSession writes what a person sets of a session; the counts of its places are [Store.Book]'s.
func (s *Store) writeSession(ctx context.Context, tx pgx.Tx, d tiepdan.Session) (id int64, err error) {
	if d.Original.IsZero() {
		d.Original = d.On()
	}
	if d.Kind == "" {
		d.Kind = tiepdan.Regular
	}
	if d.Status == "" {
		d.Status = tiepdan.SessionDraft
	}
	if d.Units == nil {
		d.Units = []int64{}
	}
	args := []any{d.Recurrence, d.Original, d.Kind, d.Status, d.Online, d.Unit, d.Host, d.Starts, d.Ends, d.Place, d.Head, d.Presides, d.Delegated, d.Why,
		d.Attends, d.Units, d.Focus, d.Note, d.Places, orNull(d.Cutoff), d.Sequence, d.Reason, orNull(d.Published), orNull(d.Opened), orNull(d.Closed),
		d.Receiver, d.InPerson, s.now()}
	if d.ID != 0 {
		return d.ID, exec(ctx, tx, "session.none", `UPDATE reception_sessions SET (recurrence, original, kind, status, online, unit, host, starts, ends, place, head,
			presides, delegated, why, attends, units, focus, note, places, cutoff, sequence, reason, published, opened, closed, receiver, in_person, changed)
			= (nullif($1::bigint, 0), $2, $3, $4, $5, nullif($6::bigint, 0), $7, $8, $9, $10, nullif($11::bigint, 0), $12, $13, $14, $15, $16, $17, $18, $19, $20,
			$21, $22, $23, $24, $25, $26, $27, $28) WHERE id = $29`, append(args, d.ID)...)
	}
	err = tx.QueryRow(ctx, `INSERT INTO reception_sessions (recurrence, original, kind, status, online, unit, host, starts, ends, place, head,
			presides, delegated, why, attends, units, focus, note, places, cutoff, sequence, reason, published, opened, closed, receiver, in_person, changed)
		VALUES (nullif($1::bigint, 0), $2, $3, $4, $5, nullif($6::bigint, 0), $7, $8, $9, $10, nullif($11::bigint, 0), $12, $13, $14, $15, $16, $17, $18, $19, $20,
			$21, $22, $23, $24, $25, $26, $27, $28) RETURNING id`, args...).Scan(&id)
	return id, err
}
