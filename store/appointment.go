package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// maxComing is how many coming appointments one chat account may have: nobody
// hoards places.
const maxComing = 3

const onAppointment = "appointment"

// Book gives a place at a session, the lowest that is free; or, where there is
// none and b.Wait says so, the end of its waiting list. The same b.Ref of the same
// person is the same appointment again.
//
// What decides is read under a lock of the session's row: whoever comes second
// finds what the first was given.
func (s *Store) Book(ctx context.Context, b tiepdan.Booking) (v tiepdan.Visit, err error) {
	if b.Peer.IsZero() && atDesk(b.Actor) != nil {
		return v, atDesk(b.Actor)
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		v, err = s.book(ctx, tx, b, s.now())
		return err
	})
	return v, broken(err, "book")
}

func (s *Store) book(ctx context.Context, tx pgx.Tx, b tiepdan.Booking, now time.Time) (tiepdan.Visit, error) {
	owner := s.bookingOwner(b)
	ref := s.bookingRef(b, owner)
	n, err := s.beforeBooking(ctx, tx, b, owner, ref, now)
	if err != nil {
		return tiepdan.Visit{}, err
	}
	if n.same != 0 {
		return readVisit(ctx, tx, `ap.id = $1`, n.same)
	}
	if b, err = b.Check(n.session, now); err != nil {
		return tiepdan.Visit{}, err
	}
	if err := n.check(b); err != nil {
		return tiepdan.Visit{}, err
	}
	return s.addAppointment(ctx, tx, b, n, owner, ref, now)
}

// bookingOwner is the account that an appointment is of; nil: it was made by staff.
func (s *Store) bookingOwner(b tiepdan.Booking) []byte {
	if b.Peer.IsZero() {
		return nil
	}
	return s.vault.Account(b.Peer)
}

// bookingRef is what is kept of a booking's own mark. It holds who booked: nobody
// is shown another's appointment because their marks are alike.
func (s *Store) bookingRef(b tiepdan.Booking, owner []byte) string {
	if b.Ref == "" {
		b.Ref = rand.Text()
	}
	return s.vault.Draft("booking " + hex.EncodeToString(owner) + " " + strconv.FormatInt(b.Actor.Staff, 10) + " " + b.Ref)
}

// freePlace is the lowest place of session $1 that nobody has. A session that was
// given fewer places may have holders of higher numbers: they count, too.
const freePlace = `(SELECT min(n) FROM reception_sessions d, generate_series(1, d.places) n WHERE d.id = $1 AND d.taken < d.places AND NOT EXISTS
	(SELECT FROM appointments o WHERE o.session_id = $1 AND o.number = n AND o.status <> 'cancelled'))`

// bookingFacts is what stands in the books when somebody books.
type bookingFacts struct {
	session tiepdan.Session
	same    int64 // the appointment that this very booking has made before
	other   bool  // the same person has a place, or waits, already
	coming  int
	blocked bool
	free    int // the lowest free place; 0: none
	named   int // 1: the case may be named as the purpose
}

// beforeBooking locks the account and the session and looks at all that decides,
// in one round trip.
func (s *Store) beforeBooking(ctx context.Context, tx pgx.Tx, bk tiepdan.Booking, owner []byte, ref string, now time.Time) (n bookingFacts, err error) {
	b := &pgx.Batch{}
	planOnce(b)
	if owner != nil {
		s.addAccount(b, bk.Peer, "")
		b.Queue(`SELECT FROM accounts WHERE key = $1 FOR NO KEY UPDATE`, owner)
	}
	b.Queue(`SELECT `+sessionColumns+` FROM reception_sessions d WHERE d.id = $1 FOR UPDATE`, bk.Session).Query(func(rows pgx.Rows) (err error) {
		n.session, err = pgx.CollectExactlyOneRow(rows, scanSession)
		return err
	})
	if bk.Case != 0 { // held, so that it isn't sealed while it is named
		b.Queue(`SELECT FROM cases WHERE id = $1 FOR SHARE`, bk.Case)
	}
	phone, _ := tiepdan.Phone(strings.Join(strings.Fields(tiepdan.Clean(bk.Phone)), " ")) // as Check has it
	b.Queue(`SELECT coalesce((SELECT id FROM appointments WHERE ref = $2), 0),
			EXISTS (SELECT FROM appointments WHERE session_id = $1 AND status <> 'cancelled' AND (owner = $3 OR $3 IS NULL AND phone = $4 AND phone <> '')),
			(SELECT count(*) FROM appointments a WHERE a.owner = $3 AND a.status IN ('booked', 'waiting')
				AND (SELECT ends FROM reception_sessions d WHERE d.id = a.session_id) > $6),
			EXISTS (SELECT FROM blocks WHERE owner IN ($3, $7)),
			coalesce(`+freePlace+`, 0),
			(SELECT count(*) FROM cases WHERE id = $5 AND NOT sealed AND ($3 IS NULL OR owner = $3))`,
		bk.Session, ref, owner, phone, bk.Case, now, s.vault.Denouncer(bk.Peer)).
		QueryRow(func(row pgx.Row) error {
			return row.Scan(&n.same, &n.other, &n.coming, &n.blocked, &n.free, &n.named)
		})
	err = tx.SendBatch(ctx, b).Close()
	if errors.Is(err, pgx.ErrNoRows) {
		err = notFound("session.none")
	}
	return n, err
}

// check is what the rules of a booking need the books for.
func (n bookingFacts) check(b tiepdan.Booking) error {
	refuse := func(code tiepdan.Code, key string) error { return &tiepdan.Error{Code: code, Key: key} }
	chat := !b.Peer.IsZero()
	switch {
	case chat && n.blocked:
		return refuse(tiepdan.Forbidden, "booking.blocked")
	case n.other:
		return refuse(tiepdan.Conflict, "booking.twice")
	case chat && n.coming >= maxComing:
		return &tiepdan.Error{Code: tiepdan.Limited, Key: "booking.too_many", Args: map[string]any{"Max": maxComing}}
	case b.Case != 0 && n.named == 0:
		return refuse(tiepdan.Conflict, "booking.case_not_yours")
	case n.free == 0 && !b.Wait:
		return refuse(tiepdan.Conflict, "booking.full")
	}
	return nil
}

// addAppointment writes the appointment that was decided on.
func (s *Store) addAppointment(ctx context.Context, tx pgx.Tx, bk tiepdan.Booking, n bookingFacts, owner []byte, ref string, now time.Time) (v tiepdan.Visit, err error) {
	b := &pgx.Batch{}
	status := tiepdan.Booked
	if n.free == 0 {
		status = tiepdan.OnWaitingList
	}
	b.Queue(`INSERT INTO appointments (token, session_id, ref, owner, language, number, status, name, phone, purpose, case_id, by_staff, created)
		VALUES ($1, $2, $3, $4, coalesce((SELECT nullif(language, '') FROM accounts WHERE key = $4), 'vi'), nullif($5, 0), $6, $7, $8, $9,
			nullif($10::bigint, 0), nullif($11::bigint, 0), $12)`,
		rand.Text(), bk.Session, ref, owner, n.free, status, bk.Name, bk.Phone, bk.Purpose, bk.Case, bk.Actor.Staff, now)
	b.Queue(recountSQL, bk.Session)
	by := bk.Actor
	if owner != nil {
		by = tiepdan.Actor{Role: tiepdan.Citizen}
	}
	b.Queue(addAuditOf, append(auditRow(now, by, "book", onAppointment, 0, facts{"session": bk.Session}), ref)...)
	queueVisit(b, &v, `ap.ref = $1`, ref)
	return v, tx.SendBatch(ctx, b).Close()
}

// addAuditOf is addAudit about the appointment of a ref, whose id isn't known yet.
const addAuditOf = `INSERT INTO audit (at, actor_staff, actor_role, action, subject_kind, subject_id, detail)
	SELECT $1, $2, $3, $4, $5, id + $6, $7 FROM appointments WHERE ref = $8`
