package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// A list's filter and its lines are known to the pages by the root's names.
type (
	CaseFilter = tiepdan.CaseFilter
	CaseLine   = tiepdan.CaseLine
)

// Cases returns a page of cases in the filter's order, and the key of the next. A
// page may have few lines and yet a next one: it looked through years for them.
func (s *Store) Cases(ctx context.Context, f CaseFilter) (lines []CaseLine, next string, err error) {
	p, err := s.CasePage(ctx, f)
	return p.Lines, p.Next, err
}

// CasePage is [Store.Cases] with how many there are in all, where its search has
// met them anyway; [Store.CountCases] counts otherwise.
func (s *Store) CasePage(ctx context.Context, f CaseFilter) (p tiepdan.CasePage, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return p, err
	}
	limit := pageSize(f.Limit)
	q, err := s.finds(ctx, f, rules)
	if err == nil {
		err = s.bound(ctx, q, f)
	}
	if err != nil {
		return p, broken(err, "cases")
	}
	hits, further, err := s.pageOf(ctx, q, f, limit+1)
	if err != nil {
		return p, broken(err, "cases")
	}
	switch {
	case len(hits) > limit:
		hits = hits[:limit]
		p.Next = pageKey(hits[limit-1].At, hits[limit-1].ID, q.order)
	case !further.IsZero():
		p.Next = pageKey(further, 0, q.order)
	}
	if f.After == "" {
		p.Count = q.met
		if p.Next == "" {
			p.Count = tallied(hits)
		}
	}
	if p.Lines, err = s.caseLines(ctx, hits, f); err != nil {
		return tiepdan.CasePage{}, broken(err, "cases")
	}
	for i := range p.Lines {
		p.Lines[i] = dressed(p.Lines[i], rules, f.By)
	}
	return p, nil
}

// caseLines reads the lines of what was found, in the same order, as who looks has to
// do with them: with their own day of help, or that of the unit whose help is asked for.
func (s *Store) caseLines(ctx context.Context, hits []hit, f CaseFilter) ([]CaseLine, error) {
	ids := make([]int64, len(hits))
	for i, h := range hits {
		ids[i] = h.ID
	}
	w, help := where{args: []any{ids}}, "NULL::date"
	own := "h.unit = " + strconv.FormatInt(f.LateHelp, 10)
	if f.LateHelp == 0 {
		own = ownHelp(&w, f.By)
	}
	if own != "" {
		help = "(SELECT min(h.due) FROM case_helps h WHERE h.case_id = c.id AND " + own + ")"
	}
	var lines []CaseLine
	err := s.byIndex(ctx, `SELECT c.id, c.code, coalesce((SELECT number FROM book WHERE case_id = c.id), 0) AS number, c.kind, c.field, c.place,
			c.status, coalesce(c.unit, 0) AS unit, coalesce(c.officer, 0) AS officer, coalesce(s.name, '') AS officer_name, left(c.text, 160) AS excerpt,
			c.received, c.due_on AS due, c.remains_on AS remains, `+help+` AS help, c.sealed, (SELECT count(DISTINCT sha256) FROM case_files WHERE case_id = c.id) AS files
		FROM unnest($1::bigint[]) WITH ORDINALITY found(id, n) JOIN cases c USING (id) LEFT JOIN staff s ON s.id = c.officer ORDER BY n`,
		w.args, func(rows pgx.Rows) (err error) {
			lines, err = pgx.CollectRows(rows, pgx.RowToStructByNameLax[CaseLine])
			return err
		})
	for i, l := range lines {
		if f.LateHelp == 0 && leadsIt(f.By, l) && !l.Due.IsZero() && l.Due.Before(l.Help) {
			lines[i].Help = tiepdan.Date{} // their own day comes first
		}
	}
	return lines, err
}

// dressed adds names, and takes away what by may not see.
func dressed(l CaseLine, rules *tiepdan.Rules, by tiepdan.Actor) CaseLine {
	if unit, ok := rules.Unit(l.Unit); ok {
		l.UnitName = unit.Name
	}
	if l.Sealed && !by.Cleared && by.Role != tiepdan.System {
		l.Field, l.Place, l.Excerpt, l.Files = "", "", "", 0
		return l
	}
	if field, ok := rules.Field(l.Field); ok {
		l.FieldName = field.Name
	}
	if ward, ok := rules.Ward(l.Place); ok {
		l.PlaceName = ward.Name
	}
	l.Excerpt = strings.Join(strings.Fields(l.Excerpt), " ")
	return l
}

// A page key is where the last line stood in the list's order: for the next page
// of the same order only.
func pageKey(at time.Time, id int64, o order) string {
	return o.week[1:] + strconv.FormatInt(at.UnixMicro(), 36) + "." + strconv.FormatInt(id, 36)
}

func readPageKey(key string, o order) (at time.Time, id int64, ok bool) {
	key, ours := strings.CutPrefix(key, o.week[1:])
	moment, after, whole := strings.Cut(key, ".")
	micro, err1 := strconv.ParseInt(moment, 36, 64)
	id, err2 := strconv.ParseInt(after, 36, 64)
	return time.UnixMicro(micro), id, ours && whole && err1 == nil && err2 == nil && micro > 0 && micro < lastMoment
}

// lastMoment is beyond any date that Postgres is asked for.
const lastMoment = 1 << 53
