package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Directives returns a page of directions without their history, and the key of
// the next: with Open or Overdue the first due first, otherwise the last issued.
func (s *Store) Directives(ctx context.Context, f tiepdan.DirectiveFilter) (ds []tiepdan.Directive, next string, err error) {
	w, order := filterDirectives(f, tiepdan.DateOf(s.now())), `d.id DESC`
	byDue := f.Open || f.Overdue
	due, id := readDirectiveKey(f.After)
	if byDue {
		order = `d.due, d.id`
	}
	switch {
	case id == 0:
	case byDue:
		w.add("(d.due, d.id) > (?, ?)", due, id)
	default:
		w.add("d.id < ?", id)
	}
	limit := pageSize(f.Limit)
	if ds, err = s.directives(ctx, w, order, limit+1, f.By); err != nil {
		return nil, "", err
	}
	if len(ds) > limit {
		ds = ds[:limit]
		next = directiveKey(ds[limit-1])
	}
	return ds, next, nil
}

// CaseDirectives returns what was directed about a case, in its order, as far as
// the actor may see it.
func (s *Store) CaseDirectives(ctx context.Context, by tiepdan.Actor, caseID int64) ([]tiepdan.Directive, error) {
	var w where
	directiveRights(&w, by)
	w.add("d.case_id = ?", caseID)
	return s.directives(ctx, w, `d.id`, mostOfCase, by)
}

// mostOfCase is how many directions of one case are shown.
const mostOfCase = 100

func (s *Store) directives(ctx context.Context, w where, order string, limit int, by tiepdan.Actor) ([]tiepdan.Directive, error) {
	rows, err := s.db.Query(ctx, `SELECT `+directiveColumns+` FROM `+directivesJoined+` WHERE `+w.sql()+` ORDER BY `+order+` LIMIT `+strconv.Itoa(limit), w.args...)
	if err != nil {
		return nil, broken(err, "directives")
	}
	ds, err := pgx.CollectRows(rows, scanDirective)
	for i := range ds {
		if by.SeeDirective(ds[i]) != tiepdan.Everything {
			ds[i] = ds[i].Hidden()
		}
	}
	return ds, broken(err, "directives")
}

// DirectiveResults returns the result that was reported last of each of these
// directions, where one stands. The caller has seen that they aren't secret.
func (s *Store) DirectiveResults(ctx context.Context, ids []int64) (map[int64]string, error) {
	rows, err := s.db.Query(ctx, `SELECT DISTINCT ON (d.id) d.id, e.text FROM directives d JOIN directive_entries e ON e.directive_id = d.id AND e.action = 'report'
		WHERE d.id = ANY($1) AND d.status IN ('reported', 'done') ORDER BY d.id, e.n DESC`, ids)
	if err != nil {
		return nil, broken(err, "directives' results")
	}
	results := map[int64]string{}
	var id int64
	var text string
	_, err = pgx.ForEachRow(rows, []any{&id, &text}, func() error {
		results[id] = text
		return nil
	})
	return results, broken(err, "directives' results")
}

// CountDirectives counts what the filter finds, up to [tiepdan.CountCap].
func (s *Store) CountDirectives(ctx context.Context, f tiepdan.DirectiveFilter) (n int, err error) {
	w := filterDirectives(f, tiepdan.DateOf(s.now()))
	err = s.db.QueryRow(ctx, `SELECT count(*) FROM (SELECT FROM directives d WHERE `+w.sql()+` LIMIT `+w.arg(tiepdan.CountCap)+`) q`, w.args...).Scan(&n)
	return n, broken(err, "count directives")
}

func filterDirectives(f tiepdan.DirectiveFilter, today tiepdan.Date) where {
	var w where
	directiveRights(&w, f.By)
	if f.Unit != 0 {
		w.add("d.unit = ?", f.Unit)
	}
	if len(f.Officers) > 0 {
		w.add("d.officer = ANY(?)", f.Officers)
	}
	if f.Session != 0 {
		w.add("d.session_id = ?", f.Session)
	}
	if len(f.Status) > 0 {
		w.add("d.status = ANY(?)", f.Status)
	}
	if f.Open || f.Overdue {
		w.add(openDirectives)
	}
	if f.Overdue {
		w.add("d.due < ?", today)
	}
	if !f.From.IsZero() {
		w.add("d.issued >= ?", f.From.Time())
	}
	if !f.Until.IsZero() {
		w.add("d.issued < ?", f.Until.Time())
	}
	return w
}

// openDirectives is what the index of open ones is for, word by word.
const openDirectives = `d.status IN ('issued', 'taken', 'reported')`

// directiveRights are the same that [tiepdan.Actor.SeeDirective] has for one.
func directiveRights(w *where, by tiepdan.Actor) {
	sees := []string{"(" + directiveReach(w, by.Role, by.Staff, by.Unit) + ")"}
	for _, s := range by.For {
		of := where{args: w.args}
		of.parts = append(of.parts, directiveReach(&of, s.Role, s.Staff, s.Unit))
		unbarredOf(&of, "d.case_id", tiepdan.Actor{Staff: s.Staff, Unit: s.Unit})
		if !by.Cleared || !s.Cleared {
			of.add("NOT " + secretDirective)
		}
		w.args, sees = of.args, append(sees, "("+of.sql()+")")
	}
	w.parts = append(w.parts, strings.Join(sees, " OR "))
	unbarredOf(w, "d.case_id", by)
}

// secretDirective says of a direction what directiveColumns read of it, without the joins.
const secretDirective = `(d.secret OR EXISTS (SELECT FROM cases c WHERE c.id = d.case_id AND c.sealed) OR EXISTS (SELECT FROM receptions r WHERE r.id = d.reception AND r.sealed))`

// directiveReach is the condition on the directions that somebody of that role has to do with.
func directiveReach(w *where, role tiepdan.Role, staff, unit int64) string {
	switch role {
	case tiepdan.Receptionist, tiepdan.BoardHead, tiepdan.Leader, tiepdan.Auditor, tiepdan.System:
		return "true"
	case tiepdan.UnitHead:
		return "d.unit = " + w.arg(unit)
	case tiepdan.Officer:
		return "d.officer = " + w.arg(staff) + " OR d.officer IS NULL AND d.unit = " + w.arg(unit)
	}
	return "false"
}

// A page key is where the last line stood.
func directiveKey(d tiepdan.Directive) string {
	return d.Due.String() + "." + strconv.FormatInt(d.ID, 36)
}

func readDirectiveKey(key string) (due tiepdan.Date, id int64) {
	on, after, _ := strings.Cut(key, ".")
	due, err1 := tiepdan.ParseDate(on)
	id, err2 := strconv.ParseInt(after, 36, 64)
	if err1 != nil || err2 != nil {
		return tiepdan.Date{}, 0
	}
	return due, id
}
