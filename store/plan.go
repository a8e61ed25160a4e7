package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Plan returns the reception plan of a quarter, which nobody needs to begin, and
// its sessions in their order, the cancelled ones too.
func (s *Store) Plan(ctx context.Context, year, quarter int) (p tiepdan.Plan, ss []tiepdan.Session, err error) {
	if p, err = planOf(year, quarter); err != nil {
		return p, nil, err
	}
	if p, err = readPlan(ctx, s.db, p, ``); err != nil {
		return p, nil, broken(err, "plan")
	}
	from, until := p.Days()
	ss, err = s.Sessions(ctx, from.Time(), until.Time())
	return p, ss, err
}

// planOf is the plan of a quarter that nobody has touched.
func planOf(year, quarter int) (tiepdan.Plan, error) {
	if year < 2000 || year > 9999 || quarter < 1 || quarter > 4 {
		return tiepdan.Plan{}, notFound("plan.none")
	}
	return tiepdan.Plan{Year: year, Quarter: quarter, Status: tiepdan.PlanDrafting}, nil
}

func readPlan(ctx context.Context, db runner, p tiepdan.Plan, lock string) (tiepdan.Plan, error) {
	var published *time.Time
	err := db.QueryRow(ctx, `SELECT status, asked, coalesce(submitted_by, 0), coalesce(approved_by, 0), published
		FROM plans WHERE year = $1 AND quarter = $2 `+lock, p.Year, p.Quarter).Scan(&p.Status, &p.Asked, &p.SubmittedBy, &p.ApprovedBy, &published)
	if errors.Is(err, pgx.ErrNoRows) {
		return p, nil
	}
	p.Published = orZero(published)
	return p, err
}

// SubmitPlan lays the plan of a quarter before a leader.
func (s *Store) SubmitPlan(ctx context.Context, by tiepdan.Actor, year, quarter int) error {
	return s.changePlan(ctx, by, year, quarter, tiepdan.SubmitPlan, func(tx pgx.Tx, p *tiepdan.Plan) (facts, error) {
		from, until := p.Days()
		var n int
		err := tx.QueryRow(ctx, `SELECT count(*) FROM reception_sessions WHERE starts >= $1 AND starts < $2`, from.Time(), until.Time()).Scan(&n)
		if err == nil && n == 0 {
			err = &tiepdan.Error{Code: tiepdan.Conflict, Key: "plan.empty"}
		}
		p.SubmittedBy, p.Asked = by.Staff, ""
		return facts{"sessions": n}, err
	})
}

// AskPlanChanges gives a submitted plan back with what is to be changed.
func (s *Store) AskPlanChanges(ctx context.Context, by tiepdan.Actor, year, quarter int, text string) error {
	return s.changePlan(ctx, by, year, quarter, tiepdan.AskPlanChanges, func(_ pgx.Tx, p *tiepdan.Plan) (facts, error) {
		if p.Asked = tiepdan.Clean(text); p.Asked == "" {
			return nil, &tiepdan.Error{Code: tiepdan.Invalid, Key: "plan.asked_missing"}
		}
		return nil, nil
	})
}

// PublishPlan makes the confirmed sessions of a quarter public, and returns how many
// those are. While one that is still to come is a draft there is nothing to publish.
func (s *Store) PublishPlan(ctx context.Context, by tiepdan.Actor, year, quarter int, now time.Time) (published int, err error) {
	err = s.changePlan(ctx, by, year, quarter, tiepdan.PublishPlan, func(tx pgx.Tx, p *tiepdan.Plan) (facts, error) {
		p.ApprovedBy, p.Asked = by.Staff, ""
		if p.Published.IsZero() {
			p.Published = now
		}
		from, until := p.Days()
		ids, err := unpublished(ctx, tx, from.Time(), until.Time(), now)
		if err != nil {
			return nil, err
		}
		published = len(ids)
		return facts{"sessions": published}, s.settleSessions(ctx, tx, by, ids, tiepdan.SessionPublished, "publish_session", now)
	})
	if err != nil {
		return 0, err
	}
	return published, nil
}

// unpublished are the coming sessions of a span that are confirmed and not public
// yet, locked. A draft among them is an error.
func unpublished(ctx context.Context, tx pgx.Tx, from, until, now time.Time) (ids []int64, err error) {
	rows, err := tx.Query(ctx, `SELECT id, status FROM reception_sessions
		WHERE starts >= $1 AND starts < $2 AND ends > $3 AND status IN ('draft', 'confirmed') ORDER BY id FOR UPDATE`, from, until, now)
	if err != nil {
		return nil, err
	}
	var id int64
	var status tiepdan.SessionStatus
	drafts := 0
	_, err = pgx.ForEachRow(rows, []any{&id, &status}, func() error {
		if ids = append(ids, id); status == tiepdan.SessionDraft {
			drafts++
		}
		return nil
	})
	if err == nil && drafts > 0 {
		err = &tiepdan.Error{Code: tiepdan.Conflict, Key: "plan.drafts_left", Args: map[string]any{"Count": drafts}}
	}
	return ids, err
}

// changePlan makes a rule meet a plan: the plan's row is locked, what is done to it
// by do checked against its state, and all of it committed with its audit row.
func (s *Store) changePlan(ctx context.Context, by tiepdan.Actor, year, quarter int, do tiepdan.PlanAction, change func(pgx.Tx, *tiepdan.Plan) (facts, error)) error {
	p, err := planOf(year, quarter)
	if err != nil {
		return err
	}
	return broken(pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO plans (year, quarter, status) VALUES ($1, $2, 'drafting') ON CONFLICT DO NOTHING`, year, quarter)
		if err != nil {
			return err
		}
		if p, err = readPlan(ctx, tx, p, `FOR UPDATE`); err != nil {
			return err
		}
		if p.Status, err = p.After(do, by.Role); err != nil {
			return err
		}
		f, err := change(tx, &p)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE plans SET status = $3, asked = $4, submitted_by = nullif($5::bigint, 0), approved_by = nullif($6::bigint, 0),
			published = $7 WHERE year = $1 AND quarter = $2`, year, quarter, p.Status, p.Asked, p.SubmittedBy, p.ApprovedBy, orNull(p.Published))
		if err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), by, string(do)+"_plan", onPlan, int64(year*10+quarter), f)
	}), string(do)+" plan")
}

// ConfirmSessions confirms those of the sessions that are drafts, and returns how
// many those were.
func (s *Store) ConfirmSessions(ctx context.Context, by tiepdan.Actor, ids []int64) (n int, err error) {
	status, err := tiepdan.Session{Status: tiepdan.SessionDraft}.After(tiepdan.ConfirmSession, by.Role)
	if err != nil {
		return 0, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT id FROM reception_sessions WHERE id = ANY($1) AND status = 'draft' ORDER BY id FOR UPDATE`, ids)
		if err != nil {
			return err
		}
		drafts, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil {
			return err
		}
		n = len(drafts)
		return s.settleSessions(ctx, tx, by, drafts, status, "confirm_session", s.now())
	})
	if err != nil {
		return 0, broken(err, "confirm sessions")
	}
	return n, nil
}

// settleSessions brings locked sessions to a state that nothing else follows from.
func (s *Store) settleSessions(ctx context.Context, tx pgx.Tx, by tiepdan.Actor, ids []int64, to tiepdan.SessionStatus, deed string, now time.Time) error {
	if len(ids) == 0 {
		return nil
	}
	b := &pgx.Batch{}
	b.Queue(`UPDATE reception_sessions SET status = $2, changed = $3, turns = turns + 1,
		published = CASE WHEN $2 = 'published' THEN coalesce(published, $3) ELSE published END WHERE id = ANY($1)`, ids, to, now)
	for _, id := range ids {
		b.Queue(addAudit, auditRow(s.now(), by, deed, onSession, id, facts{"status": to})...)
	}
	return tx.SendBatch(ctx, b).Close()
}
