package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// CorrectReception adds a version to an entry: what change makes of the latest,
// which must be the expected one. Number, year and session stay, and so does the
// secrecy of an entry that has become secret.
func (s *Store) CorrectReception(ctx context.Context, by tiepdan.Actor, id int64, expected int,
	change func(tiepdan.Reception) (tiepdan.Reception, error)) (r tiepdan.Reception, err error) {
	if err := atDesk(by); err != nil {
		return r, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		old, err := lockReception(ctx, tx, id)
		if err != nil {
			return err
		}
		switch {
		case old.Version != expected:
			return &tiepdan.Error{Code: tiepdan.Conflict, Key: "reception.changed"}
		case old.Sealed() && !by.Cleared && by.Role != tiepdan.System:
			return &tiepdan.Error{Code: tiepdan.Forbidden, Key: "reception.sealed"}
		}
		if r, err = change(old); err != nil {
			return err
		}
		r, err = s.addVersion(ctx, tx, by, old, r)
		return err
	})
	if err != nil {
		return tiepdan.Reception{}, broken(err, "correct reception")
	}
	return r, nil
}

// lockReception holds an entry with its session, its case and its conclusion, in
// the order in which they are held everywhere.
func lockReception(ctx context.Context, tx pgx.Tx, id int64) (r tiepdan.Reception, err error) {
	b := &pgx.Batch{}
	b.Queue(`SELECT FROM reception_sessions WHERE id = (SELECT session_id FROM receptions WHERE id = $1) FOR UPDATE`, id)
	b.Queue(`SELECT FROM cases WHERE id = (SELECT case_id FROM receptions WHERE id = $1) FOR SHARE`, id)
	b.Queue(`SELECT FROM conclusions WHERE session_id = (SELECT session_id FROM receptions WHERE id = $1) FOR UPDATE`, id)
	b.Queue(`SELECT FROM receptions WHERE id = $1 FOR UPDATE`, id)
	if err := tx.SendBatch(ctx, b).Close(); err != nil {
		return r, err
	}
	return readReception(ctx, tx, `r.id = $1`, id)
}

func (s *Store) addVersion(ctx context.Context, tx pgx.Tx, by tiepdan.Actor, old, r tiepdan.Reception) (tiepdan.Reception, error) {
	r.ID, r.Ref, r.Session, r.Appointment, r.Year, r.Number = old.ID, old.Ref, old.Session, old.Appointment, old.Year, old.Number
	r.Version, r.By, r.At, r.Why = old.Version+1, by.Staff, s.now(), tiepdan.Clean(r.Why)
	r.Secret = r.Secret || old.Sealed()
	if r.Case == 0 {
		r.CaseCode = ""
	}
	if r.On.Year != old.Year {
		return r, &tiepdan.Error{Code: tiepdan.Invalid, Key: "reception.other_year"}
	}
	r, err := checkWithCase(ctx, tx, r)
	if err != nil {
		return r, err
	}
	b := &pgx.Batch{}
	if err := queueVersion(b, r); err != nil {
		return r, err
	}
	b.Queue(`UPDATE receptions SET latest = $1, day = $2, case_id = nullif($3::bigint, 0), sealed = $4, kind = $5, field = $6, people = $7, again = $8, result = $9,
			search = CASE WHEN $10 = '' THEN NULL ELSE to_tsvector('simple', vn_words($10)) END WHERE id = $11`,
		r.Version, r.On, r.Case, r.Sealed(), r.Kind, r.Field, r.People, r.Again, r.Result, receptionWords(r), r.ID)
	b.Queue(recountSQL, r.Session)
	b.Queue(addAudit, auditRow(r.At, by, "correct_reception", onReception, r.ID, facts{"version": r.Version})...)
	err = tx.SendBatch(ctx, b).Close()
	if err == nil && r.Sealed() && !old.Sealed() {
		err = s.sealReceptions(ctx, tx, []int64{r.ID}, r.Case)
	}
	if err == nil && r.Sealed() {
		r, err = readReception(ctx, tx, `r.id = $1`, r.ID) // as it is kept: names in its words are covered
	}
	return r, err
}

// Reception returns the latest version of an entry; of a sealed one those who
// aren't cleared get the outline, and a look of the others is in the audit log.
func (s *Store) Reception(ctx context.Context, by tiepdan.Actor, id int64) (tiepdan.Reception, error) {
	rs, err := s.receptionsFor(ctx, by, func(tx pgx.Tx) ([]tiepdan.Reception, error) {
		var w where
		w.add("r.id = ?", id)
		unbarredOf(&w, "r.case_id", by)
		return readReceptions(ctx, tx, w.sql(), w.args...)
	})
	if err == nil && len(rs) == 0 {
		err = notFound("reception.none")
	}
	if err != nil {
		return tiepdan.Reception{}, broken(err, "reception")
	}
	return rs[0], nil
}

// ReceptionVersions returns all versions of an entry, the first one first.
func (s *Store) ReceptionVersions(ctx context.Context, by tiepdan.Actor, id int64) ([]tiepdan.Reception, error) {
	rs, err := s.receptionsFor(ctx, by, func(tx pgx.Tx) ([]tiepdan.Reception, error) {
		var w where
		w.add("r.id = ?", id)
		unbarredOf(&w, "r.case_id", by)
		unbarredOf(&w, "nullif(v.entry ->> 'Case', '0')::bigint", by) // what it was taken for before
		rows, err := tx.Query(ctx, `SELECT `+receptionColumns+` FROM receptions r JOIN reception_versions v ON v.reception_id = r.id
			WHERE `+w.sql()+` ORDER BY v.version`, w.args...)
		if err != nil {
			return nil, err
		}
		return pgx.CollectRows(rows, scanReception)
	})
	if err == nil && len(rs) == 0 {
		err = notFound("reception.none")
	}
	return rs, broken(err, "reception's versions")
}

// receptionsFor reads entries and returns of them what by may see, with the looks
// at sealed ones in the audit log before they are granted.
func (s *Store) receptionsFor(ctx context.Context, by tiepdan.Actor, read func(pgx.Tx) ([]tiepdan.Reception, error)) (rs []tiepdan.Reception, err error) {
	if !by.Role.MayEnter(tiepdan.BookArea) && by.Role != tiepdan.System {
		return nil, &tiepdan.Error{Code: tiepdan.Forbidden, Key: "reception.not_yours"}
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if rs, err = read(tx); err != nil {
			return err
		}
		return s.showReceptions(ctx, tx, by, rs)
	})
	return rs, err
}

// shown is an entry as by may see it.
func (s *Store) shown(ctx context.Context, tx pgx.Tx, by tiepdan.Actor, r tiepdan.Reception) (tiepdan.Reception, error) {
	rs := []tiepdan.Reception{r}
	err := s.showReceptions(ctx, tx, by, rs)
	return rs[0], err
}

// showReceptions blanks the sealed ones of rs for those who aren't cleared, and
// records the others' look at each.
func (s *Store) showReceptions(ctx context.Context, tx pgx.Tx, by tiepdan.Actor, rs []tiepdan.Reception) error {
	var seen []int64
	for i, r := range rs {
		switch {
		case !r.Sealed():
		case !by.Cleared:
			rs[i] = blanked(r)
		case len(seen) == 0 || seen[len(seen)-1] != r.ID:
			seen = append(seen, r.ID)
		}
	}
	if len(seen) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `INSERT INTO audit (at, actor_staff, actor_role, action, subject_kind, subject_id, detail)
		SELECT $1, $2, $3, 'view', $4, id, '{}' FROM unnest($5::bigint[]) id`, s.now(), by.Staff, by.Role, onReception, seen)
	return err
}

// blanked is what of a sealed entry those see who aren't cleared: that it is there.
func blanked(r tiepdan.Reception) tiepdan.Reception {
	return tiepdan.Reception{ID: r.ID, Session: r.Session, Year: r.Year, Number: r.Number, Version: r.Version, On: r.On,
		Secret: true, Kind: r.Kind, People: r.People, Case: r.Case, CaseCode: r.CaseCode, By: r.By, At: r.At}
}
