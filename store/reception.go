package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const onReception = "reception"

// receptionColumns are an entry of receptions AS r in its version AS v.
const receptionColumns = `r.id, r.ref, r.session_id, coalesce(r.appointment, 0), r.year, r.number, v.version, v.by_staff, v.at, v.why, v.entry, r.sealed,
	coalesce((SELECT code FROM cases c WHERE c.id = CASE v.version WHEN r.latest THEN r.case_id ELSE nullif(v.entry ->> 'Case', '0')::bigint END), '')`

// scanReception reads receptionColumns.
func scanReception(row pgx.CollectableRow) (r tiepdan.Reception, err error) {
	var k tiepdan.Reception // what the entry doesn't hold
	var sealed bool
	err = row.Scan(&k.ID, &k.Ref, &k.Session, &k.Appointment, &k.Year, &k.Number, &k.Version, &k.By, &k.At, &k.Why, &r, &sealed, &k.CaseCode)
	r.ID, r.Ref, r.Session, r.Appointment, r.Year, r.Number, r.Version = k.ID, k.Ref, k.Session, k.Appointment, k.Year, k.Number, k.Version
	r.By, r.At, r.Why, r.CaseCode, r.Secret = k.By, k.At, k.Why, k.CaseCode, r.Secret || sealed
	return r, err
}

// entryOf is what a version holds of r, as JSON: all that has no column of its own.
func entryOf(r tiepdan.Reception) (string, error) {
	r.ID, r.Ref, r.Session, r.Appointment, r.Year, r.Number, r.Version = 0, "", 0, 0, 0, 0, 0
	r.By, r.At, r.Why, r.CaseCode = 0, time.Time{}, "", ""
	b, err := json.Marshal(r) // by ourselves: the driver's error would quote it
	return string(b), err
}

// readReceptions returns the latest versions of the entries that the condition on
// receptions AS r finds, whole: who may see what is asked by its callers.
func readReceptions(ctx context.Context, db runner, which string, args ...any) ([]tiepdan.Reception, error) {
	rows, err := db.Query(ctx, `SELECT `+receptionColumns+` FROM receptions r JOIN reception_versions v ON v.reception_id = r.id AND v.version = r.latest
		WHERE `+which, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanReception)
}

func readReception(ctx context.Context, db runner, which string, args ...any) (tiepdan.Reception, error) {
	rs, err := readReceptions(ctx, db, which, args...)
	if err != nil {
		return tiepdan.Reception{}, err
	}
	if len(rs) == 0 {
		return tiepdan.Reception{}, notFound("reception.none")
	}
	return rs[0], nil
}

// WriteReception enters somebody who was received into the year's book, under its
// next number, and ends their appointment. The same r.Ref is the same entry: a form
// that is sent again changes nothing. An entry may be written after its session
// was closed, as long as the session was held.
func (s *Store) WriteReception(ctx context.Context, by tiepdan.Actor, r tiepdan.Reception) (tiepdan.Reception, error) {
	if err := atDesk(by); err != nil {
		return tiepdan.Reception{}, err
	}
	if r.Ref == "" {
		r.Ref = rand.Text()
	}
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		d, err := lockSession(ctx, tx, r.Session)
		if err != nil {
			return err
		}
		old, err := readReception(ctx, tx, `r.ref = $1`, r.Ref)
		if err == nil {
			r, err = s.shown(ctx, tx, by, old)
			return err
		}
		if !isNotFound(err) {
			return err
		}
		r, err = s.newReception(ctx, tx, by, d, r)
		return err
	})
	if violates(err, "receptions_ref_key") {
		err = &tiepdan.Error{Code: tiepdan.Conflict, Key: "reception.twice"}
	}
	if err != nil {
		return tiepdan.Reception{}, broken(err, "write reception")
	}
	return r, nil
}

func (s *Store) newReception(ctx context.Context, tx pgx.Tx, by tiepdan.Actor, d tiepdan.Session, r tiepdan.Reception) (tiepdan.Reception, error) {
	if d.Status != tiepdan.SessionOpen && d.Status != tiepdan.SessionHeld {
		return r, &tiepdan.Error{Code: tiepdan.Conflict, Key: "desk.not_open"}
	}
	r.ID, r.Version, r.By, r.At, r.Why = 0, 1, by.Staff, s.now(), ""
	if r.On.IsZero() {
		r.On = d.On()
	}
	r, err := checkWithCase(ctx, tx, r)
	if err != nil {
		return r, err
	}
	if r, err = forAppointment(ctx, tx, r); err != nil {
		return r, err
	}
	r.Year = r.On.Year
	err = tx.QueryRow(ctx, `INSERT INTO reception_books (year, last) VALUES ($1, 1)
		ON CONFLICT (year) DO UPDATE SET last = reception_books.last + 1 RETURNING last`, r.Year).Scan(&r.Number)
	if err != nil {
		return r, err
	}
	err = tx.QueryRow(ctx, `INSERT INTO receptions (ref, session_id, appointment, year, number, day, case_id, sealed, kind, field, people, again, result, search)
		VALUES ($1, $2, nullif($3::bigint, 0), $4, $5, $6, nullif($7::bigint, 0), $8, $9, $10, $11, $12, $13, `+searchOfReception+`) RETURNING id`,
		r.Ref, r.Session, r.Appointment, r.Year, r.Number, r.On, r.Case, r.Sealed(), r.Kind, r.Field, r.People, r.Again, r.Result, receptionWords(r)).Scan(&r.ID)
	if err != nil {
		return r, err
	}
	return r, s.endReception(ctx, tx, by, r)
}

// searchOfReception makes the index's words of $14; a sealed entry has none.
const searchOfReception = `CASE WHEN $14 = '' THEN NULL ELSE to_tsvector('simple', vn_words($14)) END`

// receptionWords is what an entry is found by.
func receptionWords(r tiepdan.Reception) string {
	if r.Sealed() {
		return ""
	}
	return strings.Join(append([]string{r.Person.Name, r.Person.Phone, r.Person.Address, r.Content, r.Handling, r.Body, r.Note}, r.Spokesmen...), " ")
}

// endReception writes an entry's first version and what comes of it.
func (s *Store) endReception(ctx context.Context, tx pgx.Tx, by tiepdan.Actor, r tiepdan.Reception) error {
	b := &pgx.Batch{}
	if err := queueVersion(b, r); err != nil {
		return err
	}
	b.Queue(`UPDATE appointments SET status = 'received', arrived = coalesce(arrived, $2), called = coalesce(called, $2), ended = $2 WHERE id = $1`,
		r.Appointment, r.At)
	if r.Sealed() && r.Appointment != 0 {
		queueNobody(b, `$1`, r.Appointment)
	}
	b.Queue(recountSQL, r.Session)
	b.Queue(addAudit, auditRow(r.At, by, "write_reception", onReception, r.ID, facts{"session": r.Session, "case": r.Case})...)
	return tx.SendBatch(ctx, b).Close()
}

func queueVersion(b *pgx.Batch, r tiepdan.Reception) error {
	entry, err := entryOf(r)
	b.Queue(`INSERT INTO reception_versions (reception_id, version, at, by_staff, why, entry) VALUES ($1, $2, $3, $4, $5, $6)`,
		r.ID, r.Version, r.At, r.By, r.Why, entry)
	return err
}

// checkWithCase checks an entry together with the case that it belongs to, which
// it holds so that it isn't sealed meanwhile: of a sealed case the entry is
// secret, and a secret entry belongs to none whose papers name people.
func checkWithCase(ctx context.Context, tx pgx.Tx, r tiepdan.Reception) (tiepdan.Reception, error) {
	if r.Case == 0 {
		return hidingSelf(r).Check()
	}
	var sealed bool
	err := tx.QueryRow(ctx, `SELECT code, sealed FROM cases WHERE id = $1 FOR SHARE`, r.Case).Scan(&r.CaseCode, &sealed)
	if isNotFound(err) {
		return r, notFound("case.none")
	}
	if err != nil {
		return r, err
	}
	r.Secret = r.Secret || sealed
	if r.Sealed() && !sealed {
		return r, &tiepdan.Error{Code: tiepdan.Conflict, Key: "reception.case_named"}
	}
	return hidingSelf(r).Check()
}

// hidingSelf is an entry that, where it is sealed, doesn't say in its words whom
// its form names.
func hidingSelf(r tiepdan.Reception) tiepdan.Reception {
	if !r.Sealed() {
		return r
	}
	return hiddenReception(r, masked(tiepdan.Case{Person: r.Person, Group: tiepdan.Group{Representatives: r.Spokesmen}}))
}

// forAppointment is the entry of an appointment, or why it can't be of that one.
func forAppointment(ctx context.Context, tx pgx.Tx, r tiepdan.Reception) (tiepdan.Reception, error) {
	if r.Appointment == 0 {
		return r, nil
	}
	var dropped, twice bool
	var holder tiepdan.Person
	err := tx.QueryRow(ctx, `SELECT status = 'cancelled', EXISTS (SELECT FROM receptions WHERE appointment = a.id), name, phone FROM appointments a
		WHERE id = $1 AND session_id = $2 FOR UPDATE`, r.Appointment, r.Session).Scan(&dropped, &twice, &holder.Name, &holder.Phone)
	switch {
	case isNotFound(err):
		return r, notFound("booking.none")
	case err != nil:
		return r, err
	case twice:
		return r, &tiepdan.Error{Code: tiepdan.Conflict, Key: "reception.twice"}
	case dropped:
		return r, &tiepdan.Error{Code: tiepdan.Conflict, Key: "desk.not_now"}
	case r.Sealed():
		return hiddenReception(r, masked(tiepdan.Case{Person: holder})), nil
	}
	return r, nil
}
