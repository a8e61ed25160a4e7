package store

import (
	"fmt"
	"slices"
	"strings"

	"tiepdan"
)

// filterCases is the filter without its words.
func filterCases(f CaseFilter, today tiepdan.Date) where {
	var w where
	rights(&w, f)
	if len(f.Status) > 0 {
		w.add("c.status = ANY(?)", statusNames(f.Status))
	}
	if f.Open {
		w.add("c.status = ANY(?)", openStatuses())
	}
	if f.Kind != "" {
		w.add("c.kind = ?", f.Kind)
	}
	if f.Field != "" {
		w.add("c.field = ?", f.Field)
	}
	if f.Place != "" {
		w.add("c.place = ?", f.Place)
	}
	if (f.Field != "" || f.Place != "") && !f.By.Cleared {
		w.add("NOT c.sealed") // what isn't shown isn't to be found out by asking for it
	}
	if f.Unit != 0 {
		w.add("c.unit = ?", f.Unit)
	}
	if f.Officer != 0 {
		w.add("c.officer = ?", f.Officer)
	}
	if f.Unassigned {
		w.add("c.unit IS NULL AND c.status = ANY(?)", openStatuses())
	}
	if f.Overdue {
		w.add("c.due_on < ?", today)
	}
	if !f.DueBefore.IsZero() {
		w.add("c.due_on < ?", f.DueBefore)
	}
	if received, id, ok := readPageKey(f.After); ok {
		w.add("(c.received, c.id) < (?, ?)", received, id)
	}
	return w
}

// rights are the same that [tiepdan.Actor.See] has for one case: what is Nothing
// there isn't listed here. A test holds the two together.
func rights(w *where, f CaseFilter) {
	switch f.By.Role {
	case tiepdan.Receptionist, tiepdan.BoardHead, tiepdan.Leader, tiepdan.Auditor, tiepdan.System:
	case tiepdan.UnitHead:
		w.add("(c.unit = ? OR c.help_units @> ARRAY[?]::bigint[])", f.By.Unit, f.By.Unit)
	case tiepdan.Officer:
		w.add("(c.officer = ? OR c.help_staff @> ARRAY[?]::bigint[])", f.By.Staff, f.By.Staff)
	default:
		w.add("false")
	}
	if f.By.Staff != 0 {
		w.add("NOT c.barred_staff @> ARRAY[?]::bigint[]", f.By.Staff)
	}
	if f.By.Unit != 0 {
		w.add("NOT c.barred_units @> ARRAY[?]::bigint[]", f.By.Unit)
	}
	if f.Mine {
		switch f.By.Role {
		case tiepdan.UnitHead, tiepdan.Officer: // all that they see is theirs
		default:
			w.add("c.officer = ?", f.By.Staff)
		}
	}
}

func statusNames(statuses []tiepdan.Status) []string {
	names := make([]string, len(statuses))
	for i, s := range statuses {
		names[i] = string(s)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// search is what is looked for: words, and the code that they may be.
type search struct {
	query string // as websearch_to_tsquery reads it
	code  tiepdan.CaseCode
}

// searchOf reads the words; nil: none were given.
func searchOf(words string) *search {
	if strings.TrimSpace(words) == "" {
		return nil
	}
	s := &search{query: foldQuery(words)}
	if phone, ok := tiepdan.Phone(words); ok {
		s.query = phone
	}
	s.code, _ = tiepdan.ParseCaseCode(words)
	return s
}

// foldQuery folds the words as the index has them and keeps phrases in quotes.
func foldQuery(words string) string {
	var b strings.Builder
	for i, part := range strings.Split(words, `"`) {
		part = tiepdan.Fold(part)
		if part == "" {
			continue
		}
		if i%2 == 1 {
			part = `"` + part + `"`
		}
		b.WriteString(part + " ")
	}
	return strings.TrimSpace(b.String())
}

// either matches a case by words or by code: two arguments, in this order.
func (s *search) either() string {
	return `c.search @@ websearch_to_tsquery('simple', ?) OR c.code = ?`
}

// fewHits is how many hits of the index are sorted; when there are more, the
// newest are come across soon enough by walking from the newest on.
const fewHits = 2000

// casePage is the statement that finds the page's cases. With words it has two
// halves of which one runs: a rare word's hits are all fetched and sorted, a
// frequent word's newest are found by going through the cases in order. Either
// way alone takes seconds for the other kind of word.
func casePage(f CaseFilter, today tiepdan.Date, limit int) (sql string, args []any) {
	w := filterCases(f, today)
	order := fmt.Sprintf(` ORDER BY c.received DESC, c.id DESC LIMIT %d`, limit)
	search := searchOf(f.Words)
	if search == nil {
		return `SELECT c.* FROM cases c WHERE ` + w.sql() + order, w.args
	}
	filter := w.sql()
	match := `search @@ websearch_to_tsquery('simple', ` + w.arg(search.query) + `)`
	code := w.arg(string(search.code))
	return fmt.Sprintf(`WITH hit AS MATERIALIZED (SELECT id FROM cases WHERE %[1]s LIMIT %[2]d),
		n AS MATERIALIZED (SELECT count(*) AS n FROM hit)
		(SELECT c.* FROM cases c WHERE c.id = ANY(ARRAY(SELECT id FROM hit WHERE (SELECT n FROM n) <= %[3]d
			UNION SELECT id FROM cases WHERE code = %[4]s)) AND %[5]s%[6]s)
		UNION ALL
		(SELECT c.* FROM cases c WHERE (SELECT n FROM n) > %[3]d AND c.%[1]s AND c.code <> %[4]s AND %[5]s%[6]s)
		ORDER BY received DESC, id DESC LIMIT %[7]d`,
		match, fewHits+1, fewHits, code, filter, order, limit), w.args
}
