package store

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const staffColumns = `s.id, s.login, s.name, s.role, coalesce(s.unit, 0) AS unit, s.cleared, s.language,
	EXISTS (SELECT FROM accounts a WHERE a.staff_id = s.id) AS joined, s.disabled, s.created, s.quiet`

// Staff returns a member of staff, one who is disabled as well, and for whom they
// stand in.
func (s *Store) Staff(ctx context.Context, id int64) (tiepdan.Staff, error) {
	st, err := s.oneStaff(ctx, `s.id = $1`, id)
	if err != nil {
		return st, err
	}
	return st, broken(s.addStandins(ctx, &st), "staff")
}

// addStandins notes whom st stands in for today. Who is at work again, or works
// here no more, isn't stood in for.
func (s *Store) addStandins(ctx context.Context, st *tiepdan.Staff) error {
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	absent := rules.Leaves.StoodInFor(st.ID, tiepdan.DateOf(s.now()))
	if len(absent) == 0 {
		return nil
	}
	rows, err := s.db.Query(ctx, `SELECT `+staffColumns+` FROM staff s WHERE s.id = ANY($1) AND NOT s.disabled ORDER BY s.id`, absent)
	if err != nil {
		return err
	}
	people, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.Staff])
	for _, of := range people {
		if st.MayStandIn(of) { // as it may have been when the leave was entered, and isn't now
			st.For = append(st.For, tiepdan.Standin{Staff: of.ID, Role: of.Role, Unit: of.Unit, Cleared: of.Cleared})
		}
	}
	return err
}

func (s *Store) oneStaff(ctx context.Context, which string, arg any) (tiepdan.Staff, error) {
	rows, err := s.db.Query(ctx, `SELECT `+staffColumns+` FROM staff s WHERE `+which, arg)
	if err != nil {
		return tiepdan.Staff{}, broken(err, "staff")
	}
	st, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[tiepdan.Staff])
	if errors.Is(err, pgx.ErrNoRows) {
		return tiepdan.Staff{}, notFound("staff.none")
	}
	return st, broken(err, "staff")
}

// StaffByLogin returns who signs in by that name, and the hash of their password:
// "" when they have none yet, and nobody may sign in so.
func (s *Store) StaffByLogin(ctx context.Context, login string) (st tiepdan.Staff, hash string, err error) {
	login = strings.ToLower(strings.TrimSpace(login))
	if st, err = s.oneStaff(ctx, `s.login = $1`, login); err != nil {
		return st, "", err
	}
	if err = s.db.QueryRow(ctx, `SELECT password FROM staff WHERE id = $1`, st.ID).Scan(&hash); err == nil {
		err = s.addStandins(ctx, &st)
	}
	return st, hash, broken(err, "staff by login")
}

// StaffByPeer returns the member of staff whose confirmed account p is. It is
// read each time: who was disabled just now is no member any more.
func (s *Store) StaffByPeer(ctx context.Context, p tiepdan.Peer) (st tiepdan.Staff, ok bool, err error) {
	_, found, err := s.Caller(ctx, p)
	if err != nil || found == nil {
		return st, false, err
	}
	return *found, true, nil
}

// StaffList returns everybody, the disabled last, in the order of a Vietnamese list.
func (s *Store) StaffList(ctx context.Context) ([]tiepdan.Staff, error) {
	rows, err := s.db.Query(ctx, `SELECT `+staffColumns+` FROM staff s ORDER BY s.disabled, s.name COLLATE "vi-x-icu", s.id`)
	if err != nil {
		return nil, broken(err, "staff list")
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.Staff])
	return list, broken(err, "staff list")
}

// SaveStaff adds a member of staff (ID 0) or changes one, and returns the id.
// Whether they are disabled is [Store.DisableStaff]'s to change.
func (s *Store) SaveStaff(ctx context.Context, by tiepdan.Actor, st tiepdan.Staff) (id int64, err error) {
	st.Login = strings.ToLower(strings.TrimSpace(st.Login))
	if st.Login == "" || strings.TrimSpace(st.Name) == "" || !slices.Contains(tiepdan.StaffRoles(), st.Role) {
		return 0, &tiepdan.Error{Code: tiepdan.Invalid, Key: "staff.incomplete"}
	}
	if (st.Role == tiepdan.UnitHead || st.Role == tiepdan.Officer) && st.Unit == 0 {
		return 0, &tiepdan.Error{Code: tiepdan.Invalid, Key: "staff.unit_missing"}
	}
	if st.Language == "" {
		st.Language = tiepdan.Vietnamese
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if id, err = s.writeStaff(ctx, tx, st); err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), by, "save_staff", onStaff, id, facts{"role": st.Role, "unit": st.Unit, "cleared": st.Cleared})
	})
	if violates(err, "staff_login_key") {
		return 0, &tiepdan.Error{Code: tiepdan.Conflict, Key: "staff.login_taken"}
	}
	return id, broken(err, "save staff")
}

func (s *Store) writeStaff(ctx context.Context, tx pgx.Tx, st tiepdan.Staff) (id int64, err error) {
	if st.ID != 0 {
		return st.ID, exec(ctx, tx, "staff.none", `UPDATE staff SET login = $2, name = $3, role = $4, unit = nullif($5::bigint, 0), cleared = $6,
			language = $7, quiet = $8 WHERE id = $1`, st.ID, st.Login, st.Name, st.Role, st.Unit, st.Cleared, st.Language, st.Quiet)
	}
	err = tx.QueryRow(ctx, `INSERT INTO staff (login, name, role, unit, cleared, language, created)
		VALUES ($1, $2, $3, nullif($4::bigint, 0), $5, $6, $7) RETURNING id`,
		st.Login, st.Name, st.Role, st.Unit, st.Cleared, st.Language, s.now()).Scan(&id)
	return id, err
}

// SetPassword keeps the hash of a password.
func (s *Store) SetPassword(ctx context.Context, by tiepdan.Actor, staffID int64, hash string) error {
	return s.changeStaff(ctx, by, "set_password", staffID, nil, `UPDATE staff SET password = $2 WHERE id = $1`, staffID, hash)
}

// DisableStaff takes a member's access away at once, chat and pages alike, or
// gives it back.
func (s *Store) DisableStaff(ctx context.Context, by tiepdan.Actor, id int64, off bool) error {
	return s.changeStaff(ctx, by, "disable_staff", id, facts{"off": off}, `UPDATE staff SET disabled = $2 WHERE id = $1`, id, off)
}

func (s *Store) changeStaff(ctx context.Context, by tiepdan.Actor, action string, id int64, f facts, sql string, args ...any) error {
	return broken(pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := exec(ctx, tx, "staff.none", sql, args...); err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), by, action, onStaff, id, f)
	}), action)
}
