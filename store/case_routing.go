package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

const (
	missedAfter  = time.Minute // how long who filed a case has for routing it
	missedLater  = time.Hour   // the longest pause between two tries
	missedAtOnce = 100         // how many are looked up at a time
	routingTime  = "5s"        // how long routing one waits for others
)

// meanings are the ids of routing rules and what each means, as case_routings keeps
// them; none where there are no rules.
func meanings(rules []tiepdan.RoutingRule) (ids, meant []int64) {
	for _, r := range rules {
		ids, meant = append(ids, r.ID), append(meant, r.Meaning())
	}
	return ids, meant
}

// routedAnew reports whether what was done may bring another rule to a case.
func routedAnew(e tiepdan.Entry) bool {
	return e.Do == tiepdan.Classify || e.Do == tiepdan.RecordOriginal
}

// queueRouting keeps by which rules a case is to be routed that nobody has, and
// forgets it of one that somebody has or that waits for nobody any more.
func (s *Store) queueRouting(b *pgx.Batch, before, c tiepdan.Case, e tiepdan.Entry, rules *tiepdan.Rules) {
	var by []tiepdan.RoutingRule
	if routedAnew(e) {
		by = rules.RoutedBy(c)
	}
	ids, meant := meanings(by)
	switch {
	case ids != nil:
		now := s.now()
		b.Queue(`INSERT INTO case_routings (case_id, rules, meant, since, again) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (case_id) DO UPDATE SET (rules, meant, since, again) = (excluded.rules, excluded.meant, excluded.since, excluded.again)`,
			c.ID, ids, meant, now, now.Add(missedAfter))
	case before.Status == tiepdan.Received && (c.Status != tiepdan.Received || routedAnew(e)):
		b.Queue(`DELETE FROM case_routings WHERE case_id = $1`, c.ID)
	}
}

// routeItself gives out a case that nobody has yet, where a rule says so. It comes
// after what is kept already: what it can't do now, [Store.RouteMissed] does.
func (s *Store) routeItself(ctx context.Context, c tiepdan.Case) tiepdan.Case {
	routed, ok, err := s.route(ctx, c.ID, s.now())
	if err != nil {
		s.log.WarnContext(ctx, "a case is routed later", "case", c.ID, "error", errorClass(err))
	}
	if !ok {
		return c
	}
	return routed
}

// RouteMissed routes the cases that a process was to route which didn't come to it,
// each by the rules that were in force for it then, once however many processes ask,
// and returns how many. One that fails is left for later and keeps no other waiting;
// ctx may end it in between.
func (s *Store) RouteMissed(ctx context.Context, now time.Time) (n int, err error) {
	var failed error
	for {
		ids, err := s.missedCases(ctx, now)
		if err != nil || len(ids) == 0 {
			return n, broken(errors.Join(err, failed), "route missed")
		}
		for _, id := range ids {
			_, ok, err := s.route(ctx, id, now)
			if ok {
				n++
			}
			if err == nil {
				continue
			}
			failed = err
			s.log.WarnContext(ctx, "a case is routed later", "case", id, "error", errorClass(err))
			if err := s.routeLater(ctx, id, now); err != nil {
				return n, broken(err, "route missed")
			}
		}
	}
}

func (s *Store) missedCases(ctx context.Context, now time.Time) ([]int64, error) {
	rows, err := s.db.Query(ctx, `SELECT case_id FROM case_routings WHERE again <= $1 ORDER BY again, case_id LIMIT $2`, now, missedAtOnce)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// routeLater puts a case's next try off, by as long as it waits already.
func (s *Store) routeLater(ctx context.Context, id int64, now time.Time) error {
	_, err := s.db.Exec(ctx, `UPDATE case_routings SET again = $2::timestamptz + least(greatest($2 - since, $3::interval), $4::interval) WHERE case_id = $1`,
		id, now, missedAfter, missedLater)
	return err
}

// route routes the case by the rules that are kept for it, if any are: they are gone
// then, whether they led somewhere or not. ok reports that somebody has it now.
func (s *Store) route(ctx context.Context, id int64, now time.Time) (c tiepdan.Case, ok bool, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return c, false, err
	}
	err = s.untangled(ctx, func(tx pgx.Tx) error {
		ok = false
		meant, err := takeRouting(ctx, tx, id)
		if err != nil || meant == nil {
			return err
		}
		d, err := s.dispatch(ctx, tx)
		if err != nil {
			return err
		}
		act := tiepdan.Act{Do: tiepdan.Assign, By: tiepdan.Actor{Role: tiepdan.System}, At: now}
		c, _, err = s.updateCase(ctx, tx, id, act.ByRule(d.Meant(meant), true), rules)
		if ok = err == nil; ok || tiepdan.CodeOf(err) == tiepdan.Internal {
			return err
		}
		return nil // it leads nowhere, and stays so
	})
	if err != nil || !ok {
		return tiepdan.Case{}, false, broken(err, "route")
	}
	s.Wake()
	return c, true, nil
}

// takeRouting takes, under the lock of turns and the case's own, what is kept for
// routing it: what each rule means, by its id; nil if nothing is.
func takeRouting(ctx context.Context, tx pgx.Tx, id int64) (meant map[int64]int64, err error) {
	b := &pgx.Batch{}
	b.Queue(`SELECT set_config('lock_timeout', $1, true)`, routingTime)
	b.Queue(takeTurns, lockTurns)
	b.Queue(`SELECT FROM cases WHERE id = $1 FOR UPDATE`, id)
	b.Queue(`DELETE FROM case_routings WHERE case_id = $1 RETURNING rules, meant`, id).Query(func(rows pgx.Rows) error {
		kept, err := pgx.CollectRows(rows, pgx.RowToStructByName[struct{ Rules, Meant []int64 }])
		for _, k := range kept {
			meant = map[int64]int64{}
			for i, rule := range k.Rules {
				meant[rule] = k.Meant[i]
			}
		}
		return err
	})
	return meant, tx.SendBatch(ctx, b).Close()
}
