package store

import (
	"strings"

	"tiepdan"
)

// filterCases is what of a filter the index of marks and words isn't asked:
// the rights of who looks, and what needs an exact day. The rest is [marksOf].
func filterCases(f CaseFilter, today tiepdan.Date) where {
	var w where
	rights(&w, f)
	if f.Overdue {
		w.add("c.due_on < ?", today)
	}
	if !f.DueBefore.IsZero() {
		w.add("c.due_on < ?", f.DueBefore)
	}
	if !f.From.IsZero() {
		w.add("c.received >= ?", f.From.Time())
	}
	if !f.To.IsZero() {
		w.add("c.received < ?", f.To.Add(1).Time())
	}
	order := orderOf(f)
	if order.column == "c.due_on" {
		w.add("c.due_on IS NOT NULL")
	}
	if at, id, ok := readPageKey(f.After, order); ok {
		after := ">"
		if order.desc {
			after = "<"
		}
		w.add("("+order.column+", c.id) "+after+" (?, ?)", order.moment(at), id)
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

// search is what is looked for in the book of receptions.
type search struct {
	query string // as websearch_to_tsquery reads it
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
