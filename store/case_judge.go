package store

import (
	"context"
	"slices"
	"strings"

	"tiepdan"
)

// CountForMe is how many answers wait for that very person's judgment and how many
// questions for their direction, together and no further than the limit: what
// [Store.ToJudge] and [Store.ToDirect] list, without reading a case.
func (s *Store) CountForMe(ctx context.Context, by tiepdan.Actor, limit int) (n int, err error) {
	selves := selvesOf(by)
	judging := slices.ContainsFunc(selves, func(a tiepdan.Actor) bool {
		return a.Role == tiepdan.UnitHead || a.Role == tiepdan.BoardHead || a.Role == tiepdan.Leader
	})
	if !judging {
		return 0, nil
	}
	var w where
	var answers, questions []string
	for _, self := range selves {
		seen := seenAs(&w, self)
		answers = append(answers, "("+judgedBy(&w, self)+") AND ("+seen+") AND "+notTheirs(&w, by, self))
		if self.Role == tiepdan.BoardHead || self.Role == tiepdan.Leader {
			questions = append(questions, seen)
		}
	}
	unbarred(&w, by.Staff, by.Unit)
	notBarred := w.sql()
	sql := `SELECT c.id FROM cases c WHERE c.judge <> '' AND (` + strings.Join(answers, " OR ") + `) AND ` + notBarred
	if len(questions) > 0 {
		sql += ` UNION ALL SELECT c.id FROM cases c WHERE c.question > 0 AND c.status = ANY(` + w.arg(halted) + `) AND (` + strings.Join(questions, " OR ") + `) AND ` + notBarred
	}
	err = s.db.QueryRow(ctx, `SELECT count(*) FROM (SELECT FROM (`+sql+`) found LIMIT `+w.arg(limit)+`) q`, w.args...).Scan(&n)
	return n, broken(err, "count for me")
}

// halted are the states in which a leader directs.
var halted = []string{string(tiepdan.Assigned), string(tiepdan.InProgress), string(tiepdan.Waiting), string(tiepdan.InReview), string(tiepdan.Suspended)}

// selvesOf are the person and each colleague in whose place they act.
func selvesOf(by tiepdan.Actor) []tiepdan.Actor {
	all := []tiepdan.Actor{{Role: by.Role, Staff: by.Staff, Unit: by.Unit, Cleared: by.Cleared}}
	for _, f := range by.For {
		all = append(all, tiepdan.Actor{Role: f.Role, Staff: f.Staff, Unit: f.Unit, Cleared: f.Cleared && by.Cleared})
	}
	return all
}

// notTheirs is the condition that neither the one nor who acts as them proposed the
// answer, or agreed to it already.
func notTheirs(w *where, by, self tiepdan.Actor) string {
	ids := w.arg([]int64{by.Staff, self.Staff})
	return `NOT EXISTS (SELECT FROM entries e WHERE e.case_id = c.id AND e.action IN ('propose', 'endorse')
		AND e.n >= (SELECT max(p.n) FROM entries p WHERE p.case_id = c.id AND p.action = 'propose')
		AND (e.staff = ANY(` + ids + `) OR (e.details ->> 'for')::bigint = ANY(` + ids + `)))`
}

// judgedBy is the condition that it is that one's turn.
func judgedBy(w *where, self tiepdan.Actor) string {
	switch self.Role {
	case tiepdan.UnitHead:
		return "c.judge = 'unit_head' AND c.unit = " + w.arg(self.Unit)
	case tiepdan.BoardHead, tiepdan.Leader:
		return "c.judge = " + w.arg(string(self.Role)) + " OR c.judge = '" + string(tiepdan.AnyDecider) + "'"
	}
	return "false"
}

// seenAs is the condition that the case is seen whole by that one.
func seenAs(w *where, self tiepdan.Actor) string {
	var of where
	of.args = w.args
	of.parts = append(of.parts, reach(&of, self.Role, self.Staff, self.Unit))
	unbarred(&of, self.Staff, self.Unit)
	if !self.Cleared {
		of.add("NOT c.sealed")
	}
	w.args = of.args
	return of.sql()
}
