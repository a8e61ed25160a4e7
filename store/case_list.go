package store

import (
	"context"
	"fmt"
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

// Cases returns a page of cases, those that came last first, and the key of the next.
func (s *Store) Cases(ctx context.Context, f CaseFilter) (lines []CaseLine, next string, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, "", err
	}
	limit := pageSize(f.Limit)
	sql, args := casePage(f, tiepdan.DateOf(s.now()), limit+1)
	rows, err := s.db.Query(ctx, `SELECT c.id, c.code, coalesce((SELECT number FROM book WHERE case_id = c.id), 0) AS number, c.kind, c.field, c.place,
			c.status, coalesce(c.unit, 0) AS unit, coalesce(c.officer, 0) AS officer, coalesce(s.name, '') AS officer_name, left(c.text, 160) AS excerpt,
			c.received, c.due_on AS due, c.sealed, (SELECT count(DISTINCT sha256) FROM case_files WHERE case_id = c.id) AS files
		FROM (`+sql+`) c LEFT JOIN staff s ON s.id = c.officer ORDER BY c.received DESC, c.id DESC`, args...)
	if err != nil {
		return nil, "", broken(err, "cases")
	}
	lines, err = pgx.CollectRows(rows, pgx.RowToStructByNameLax[CaseLine])
	if err != nil {
		return nil, "", broken(err, "cases")
	}
	if len(lines) > limit {
		lines = lines[:limit]
		next = pageKey(lines[limit-1])
	}
	for i := range lines {
		lines[i] = dressed(lines[i], rules, f.By)
	}
	return lines, next, nil
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

// A page key is where the last line stood.
func pageKey(l CaseLine) string {
	return strconv.FormatInt(l.Received.UnixMicro(), 36) + "." + strconv.FormatInt(l.ID, 36)
}

func readPageKey(key string) (received time.Time, id int64, ok bool) {
	at, after, ok := strings.Cut(key, ".")
	micro, err1 := strconv.ParseInt(at, 36, 64)
	id, err2 := strconv.ParseInt(after, 36, 64)
	return time.UnixMicro(micro), id, ok && err1 == nil && err2 == nil
}

// countLimit is where counting stops.
const countLimit = tiepdan.CountCap + 1

// CountCases counts what the filter finds, up to a thousand; capped says that
// there are more.
func (s *Store) CountCases(ctx context.Context, f CaseFilter) (n int, capped bool, err error) {
	f.After = ""
	w := filterCases(f, tiepdan.DateOf(s.now()))
	if search := searchOf(f.Words); search != nil {
		w.add(search.either(), search.query, string(search.code))
	}
	err = s.db.QueryRow(ctx, fmt.Sprintf(`SELECT count(*) FROM (SELECT FROM cases c WHERE %s LIMIT %d) found`, w.sql(), countLimit), w.args...).Scan(&n)
	if n >= countLimit {
		return countLimit - 1, true, broken(err, "count cases")
	}
	return n, false, broken(err, "count cases")
}
