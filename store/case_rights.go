package store

import (
	"strings"

	"tiepdan"
)

// rights are the same that [tiepdan.Actor.See] has for one case: what is Nothing
// there isn't listed here. A test holds the two together.
func rights(w *where, f CaseFilter) {
	sees := []string{"(" + reach(w, f.By.Role, f.By.Staff, f.By.Unit) + ")"}
	for _, s := range f.By.For {
		sees = append(sees, "("+standsIn(w, f.By, s)+")")
	}
	w.parts = append(w.parts, strings.Join(sees, " OR "))
	unbarred(w, f.By.Staff, f.By.Unit)
	if f.Mine && !f.By.Role.InUnit() { // those of a unit: all that they see is theirs
		w.add("c.officer = ?", f.By.Staff)
	}
}

// reach is the condition on the cases that somebody of that role has to do with.
func reach(w *where, role tiepdan.Role, staff, unit int64) string {
	switch role {
	case tiepdan.Receptionist, tiepdan.BoardHead, tiepdan.Leader, tiepdan.Auditor, tiepdan.System:
		return "true"
	case tiepdan.UnitHead:
		u := w.arg(unit)
		return "c.unit = " + u + " OR c.help_units @> ARRAY[" + u + "]::bigint[]"
	case tiepdan.Officer:
		p := w.arg(staff)
		return "c.officer = " + p + " OR c.help_staff @> ARRAY[" + p + "]::bigint[]"
	}
	return "false"
}

// standsIn is the condition on what by sees in an absent colleague's place: what
// both may.
func standsIn(w *where, by tiepdan.Actor, s tiepdan.Standin) string {
	var of where
	of.args = w.args
	of.parts = append(of.parts, reach(&of, s.Role, s.Staff, s.Unit))
	unbarred(&of, s.Staff, s.Unit)
	if !by.Cleared || !s.Cleared {
		of.add("NOT c.sealed")
	}
	w.args = of.args
	return of.sql()
}

// unbarred leaves out the cases that are about them.
func unbarred(w *where, staff, unit int64) {
	if staff != 0 {
		w.add("NOT c.barred_staff @> ARRAY[?]::bigint[]", staff)
	}
	if unit != 0 {
		w.add("NOT c.barred_units @> ARRAY[?]::bigint[]", unit)
	}
}

// unbarredRow leaves out what hangs on a case, joined as c, that is about them.
func unbarredRow(w *where, by tiepdan.Actor) {
	if by.Staff != 0 {
		w.add("c.id IS NULL OR NOT c.barred_staff @> ARRAY[?]::bigint[]", by.Staff)
	}
	if by.Unit != 0 {
		w.add("c.id IS NULL OR NOT c.barred_units @> ARRAY[?]::bigint[]", by.Unit)
	}
}

// unbarredOf leaves out what belongs to a case, by a column, that is about them.
func unbarredOf(w *where, column string, by tiepdan.Actor) {
	if by.Staff != 0 || by.Unit != 0 {
		w.add("NOT EXISTS (SELECT FROM cases c WHERE c.id = "+column+" AND (c.barred_staff @> ARRAY[?]::bigint[] OR c.barred_units @> ARRAY[?]::bigint[]))",
			by.Staff, by.Unit)
	}
}
