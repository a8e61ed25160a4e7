package store

import (
	"strings"

	"tiepdan"
)

// filterCases is what of a filter the index of marks and words isn't asked:
// the rights of who looks, and what needs an exact day. The rest is [marksOf], or
// where there are [few], all of it is here.
func filterCases(f CaseFilter, today tiepdan.Date) where {
	var w where
	rights(&w, f)
	narrowed(&w, f, today)
	if few(f) {
		amongFew(&w, f)
	}
	return w
}

// few reports whether a filter leaves only what is open, or only what is owed still:
// of these an index has all that a list is narrowed by but for the words.
func few(f CaseFilter) bool {
	return f.Words == "" && (f.Remains || onlyOpen(f))
}

// amongFew narrows few cases by the columns of their index.
func amongFew(w *where, f CaseFilter) {
	if statuses, narrow := statusesOf(f); narrow {
		w.add("c.status = ANY(?)", statuses)
	}
	if f.Remains {
		w.add("c.remains_on IS NOT NULL")
	}
	if f.Kind != "" {
		w.add("c.kind = ?", string(f.Kind))
	}
	for _, told := range []struct{ column, code string }{{"c.field", f.Field}, {"c.place", f.Place}} {
		switch {
		case told.code == "":
		case seesSealed(f.By):
			w.add(told.column+" = ?", told.code)
		default:
			w.add(told.column+" = ? AND NOT c.sealed", told.code)
		}
	}
	if f.Unit != 0 {
		w.add("c.unit = ?", f.Unit)
	}
	if f.LateHelp != 0 {
		w.add("c.help_units @> ARRAY[?]::bigint[]", f.LateHelp)
	}
	if f.Unassigned {
		w.add("c.unit IS NULL")
	}
	if f.Officer != 0 {
		w.add("c.officer = ?", f.Officer)
	}
	if f.Accepted != nil {
		w.add("c.accepted = ?", *f.Accepted)
	}
	if f.Round != 0 {
		w.add("c.round = ?", f.Round)
	}
	if f.Urgent {
		w.add("c.urgent")
	}
}

// narrowed is what needs an exact day, and where the page begins.
func narrowed(w *where, f CaseFilter, today tiepdan.Date) {
	if f.Overdue {
		dueBefore(w, f, today)
	}
	if !f.DueBefore.IsZero() {
		dueBefore(w, f, f.DueBefore)
	}
	if f.LateHelp != 0 {
		w.add("EXISTS (SELECT FROM case_helps h WHERE h.case_id = c.id AND h.unit = ? AND h.due < ?)", f.LateHelp, today)
	}
	if !f.From.IsZero() {
		w.add("c.received >= ?", f.From.Time())
	}
	if !f.To.IsZero() {
		w.add("c.received < ?", f.To.Add(1).Time())
	}
	if f.Remains && f.By.Role.InUnit() { // what is owed still is theirs who have it
		w.parts = append(w.parts, ownCase(w, f.By))
	}
	if f.Order == tiepdan.DueFirst {
		dated := orderOf(f).column + " IS NOT NULL"
		if mayHelp(f) {
			dated += " OR " + helpWanted(ownHelp(w, f.By))
		}
		w.parts = append(w.parts, dated)
	}
}

// mayHelp reports whether a list by days has those of who only helps in it.
func mayHelp(f CaseFilter) bool { return !f.Remains && len(unitSelves(f.By)) > 0 }

// dueBefore leaves what somebody has to do before a day: who only helps with a case,
// by the day that they were given.
func dueBefore(w *where, f CaseFilter, day tiepdan.Date) {
	before := " < " + w.arg(day)
	switch {
	case f.Remains:
		w.parts = append(w.parts, "c.remains_on"+before)
	case mayHelp(f):
		own := ownHelp(w, f.By)
		w.parts = append(w.parts, "c.due_on"+before+" AND ("+ownCase(w, f.By)+" OR NOT "+helpWanted(own)+") OR "+helpWanted(own+" AND h.due"+before))
	default:
		w.parts = append(w.parts, "c.due_on"+before)
	}
}

// helpWanted is the condition that such help is wanted in the case c.
func helpWanted(own string) string {
	return "EXISTS (SELECT FROM case_helps h WHERE h.case_id = c.id AND " + own + ")"
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
