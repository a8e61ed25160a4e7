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
	narrowed(&w, f, today)
	return w
}

// narrowed is what needs an exact day, and where the page begins.
func narrowed(w *where, f CaseFilter, today tiepdan.Date) {
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
