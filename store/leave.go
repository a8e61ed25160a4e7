package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const leaveColumns = `id, staff_id AS staff, starts AS "from", ends AS until, coalesce(substitute, 0) AS substitute, note`

// leavesKept is how many days a leave that is over stays among the rules.
const leavesKept = 31

// SaveLeave adds a leave (ID 0) or changes one, and returns the id. Two who enter
// leaves at once wait for each other: nobody's are entered twice, and nobody stands
// in who is away.
func (s *Store) SaveLeave(ctx context.Context, by tiepdan.Actor, l tiepdan.Leave) (id int64, err error) {
	err = s.change(ctx, by, "save_leave", onStaff, func(tx pgx.Tx) (int64, facts, error) {
		standing, err := lockLeaves(ctx, tx, l.From)
		if err != nil {
			return 0, nil, err
		}
		if err := mayEnter(ctx, tx, by, l, standing); err != nil {
			return 0, nil, err
		}
		id, err = writeLeave(ctx, tx, by, l, s)
		return l.Staff, facts{"leave": id, "from": l.From.String(), "last": l.Until.String(), "substitute": l.Substitute}, err
	})
	return id, err
}

// lockLeaves reads the leaves that end on a day or later, in nobody else's way.
func lockLeaves(ctx context.Context, tx pgx.Tx, from tiepdan.Date) (tiepdan.Leaves, error) {
	if _, err := tx.Exec(ctx, `SELECT FROM settings_version FOR UPDATE`); err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, `SELECT `+leaveColumns+` FROM leaves WHERE ends >= $1`, from)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.Leave])
}

// mayEnter reports what stands against a leave: days, people, or who enters it.
func mayEnter(ctx context.Context, tx pgx.Tx, by tiepdan.Actor, l tiepdan.Leave, standing tiepdan.Leaves) error {
	if err := l.Valid(standing); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `SELECT `+staffColumns+` FROM staff s WHERE s.id = ANY($1)
		OR s.id = (SELECT staff_id FROM leaves WHERE id = $2)`, []int64{l.Staff, l.Substitute}, l.ID)
	if err != nil {
		return err
	}
	people, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.Staff])
	if err != nil {
		return err
	}
	var of, substitute tiepdan.Staff
	for _, p := range people {
		switch p.ID {
		case l.Staff:
			of = p
		case l.Substitute:
			substitute = p
		default: // whose leave it was before
			return &tiepdan.Error{Code: tiepdan.Invalid, Key: "leave.staff_missing"}
		}
	}
	switch {
	case of.ID == 0:
		return notFound("staff.none")
	case !by.MayEnterLeave(of):
		return &tiepdan.Error{Code: tiepdan.Forbidden, Key: "leave.not_yours"}
	case l.Substitute != 0 && !substitute.MayStandIn(of):
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "leave.substitute_wrong"}
	}
	return nil
}

func writeLeave(ctx context.Context, tx pgx.Tx, by tiepdan.Actor, l tiepdan.Leave, s *Store) (id int64, err error) {
	if l.ID != 0 {
		return l.ID, exec(ctx, tx, "leave.none", `UPDATE leaves SET starts = $2, ends = $3, substitute = nullif($4::bigint, 0), note = $5
			WHERE id = $1`, l.ID, l.From, l.Until, l.Substitute, l.Note)
	}
	err = tx.QueryRow(ctx, `INSERT INTO leaves (staff_id, starts, ends, substitute, note, by_staff, created)
		VALUES ($1, $2, $3, nullif($4::bigint, 0), $5, $6, $7) RETURNING id`,
		l.Staff, l.From, l.Until, l.Substitute, l.Note, by.Staff, s.now()).Scan(&id)
	return id, err
}

// EndLeave ends a leave: one that hasn't begun is gone, of one that has the day
// before was the last.
func (s *Store) EndLeave(ctx context.Context, by tiepdan.Actor, id int64) error {
	today := tiepdan.DateOf(s.now())
	return s.change(ctx, by, "end_leave", onStaff, func(tx pgx.Tx) (int64, facts, error) {
		rows, err := tx.Query(ctx, `SELECT `+staffColumns+` FROM staff s JOIN leaves l ON l.staff_id = s.id WHERE l.id = $1 AND l.ends >= $2`, id, today)
		if err != nil {
			return 0, nil, err
		}
		of, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.Staff])
		if err != nil {
			return 0, nil, err
		}
		if len(of) == 0 {
			return 0, nil, notFound("leave.none")
		}
		if !by.MayEnterLeave(of[0]) {
			return 0, nil, &tiepdan.Error{Code: tiepdan.Forbidden, Key: "leave.not_yours"}
		}
		_, err = tx.Exec(ctx, `WITH ended AS (UPDATE leaves SET ends = $2::date - 1 WHERE id = $1 AND starts < $2)
			DELETE FROM leaves WHERE id = $1 AND starts >= $2`, id, today)
		return of[0].ID, facts{"leave": id}, err
	})
}

// PastLeaves returns the leaves that ended before today, those that ended last first.
func (s *Store) PastLeaves(ctx context.Context, limit int) ([]tiepdan.Leave, error) {
	rows, err := s.db.Query(ctx, `SELECT `+leaveColumns+` FROM leaves WHERE ends < $1 ORDER BY ends DESC, id DESC LIMIT $2`,
		tiepdan.DateOf(s.now()), limit)
	if err != nil {
		return nil, broken(err, "past leaves")
	}
	ls, err := pgx.CollectRows(rows, pgx.RowToStructByName[tiepdan.Leave])
	return ls, broken(err, "past leaves")
}
