package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// The index of cases knows marks beside words: see migrations/0013_finding.sql.
// What follows writes questions to it, as a tsquery has them.

// maxLexeme is how long a word of an index may be, in bytes: a longer one isn't in it.
const maxLexeme = 2046

// mark is a mark or word, quoted. One that no index can hold is cut, and so is found
// nowhere.
func mark(s string) string {
	if len(s) > maxLexeme {
		s = strings.ToValidUTF8(s[:maxLexeme], "")
	}
	return `'` + strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(s) + `'`
}

// anyOf matches one of several; none of none.
func anyOf(marks ...string) string {
	if len(marks) == 1 {
		return marks[0]
	}
	return "(" + strings.Join(marks, " | ") + ")"
}

func allOf(marks []string) string { return strings.Join(marks, " & ") }

// marksOf is what of a filter the index knows. What the rights of the one who looks
// leave is among it, perhaps a little more than that: [rights] is exact. What falls
// due until some day is not: a hundred weeks' marks cost more than an index of its own.
func marksOf(f CaseFilter) (marks []string) {
	if few(f) {
		return nil
	}
	add := func(ms ...string) { marks = append(marks, anyOf(ms...)) }
	byDue := f.Order == tiepdan.DueFirst && !f.Remains // the weeks of days say that it is open
	if statuses, narrow := statusesOf(f); narrow && (len(f.Status) > 0 || !byDue) {
		add(prefixed("=s", statuses)...)
	}
	if about := aboutMarks(f); len(about) > 0 {
		add(about...)
	}
	if f.Unit != 0 {
		add(idMark("=u", f.Unit))
	}
	if f.LateHelp != 0 {
		add(idMark("=h", f.LateHelp))
	}
	if f.Unassigned {
		add(idMark("=u", 0))
	}
	if f.Officer != 0 {
		add(idMark("=o", f.Officer))
	}
	if f.Mine && !f.By.Role.InUnit() {
		add(idMark("=o", f.By.Staff))
	}
	if f.Remains {
		add(mark("=j"))
	}
	if ms := theirs(f.By, f.Remains); len(ms) > 0 {
		add(ms...)
	}
	if f.Accepted != nil {
		add(mark("=a" + strconv.FormatBool(*f.Accepted)))
	}
	if f.Round != 0 {
		add(idMark("=r", int64(f.Round)))
	}
	if f.Urgent {
		add(mark("=gtrue"))
	}
	return marks
}

// aboutMarks are the marks of a kind, a field and a place, or of those together that the
// filter asks for: with a field or place, of sealed cases only for who is cleared.
func aboutMarks(f CaseFilter) []string {
	kind, field, place := string(f.Kind), f.Field, f.Place
	var what string
	switch {
	case field == "" && place == "" && kind == "":
		return nil
	case field == "" && place == "":
		return []string{mark("=k" + kind)}
	case kind == "" && place == "":
		what = "f" + field
	case kind == "" && field == "":
		what = "p" + place
	default:
		what = "q" + kind + "/" + field + "/" + place
	}
	if !seesSealed(f.By) {
		return []string{mark("=" + what)}
	}
	return []string{mark("=" + what), mark("=z" + what)}
}

// seesSealed reports whether somebody is shown what sealed cases are about.
func seesSealed(by tiepdan.Actor) bool { return by.Cleared || by.Role == tiepdan.System }

func prefixed(prefix string, names []string) []string {
	ms := make([]string, len(names))
	for i, n := range names {
		ms[i] = mark(prefix + n)
	}
	return ms
}

// statusesOf are the statuses that a filter leaves; narrow: it says something of them.
func statusesOf(f CaseFilter) (statuses []string, narrow bool) {
	open := f.Open || f.Unassigned || dated(f)
	for _, s := range tiepdan.Statuses() {
		if (len(f.Status) == 0 || slices.Contains(f.Status, s)) && (s.Open() || !open) {
			statuses = append(statuses, string(s))
		}
	}
	if len(statuses) == 0 {
		return []string{""}, true // no case has it
	}
	return statuses, len(statuses) < len(tiepdan.Statuses())
}

// onlyOpen reports whether the filter leaves open cases only.
func onlyOpen(f CaseFilter) bool {
	statuses, narrow := statusesOf(f)
	return narrow && !slices.ContainsFunc(statuses, func(s string) bool { return !tiepdan.Status(s).Open() })
}

// dated reports whether a filter asks for a day by which something is due, or help is
// wanted: only an open case has one.
func dated(f CaseFilter) bool {
	return f.LateHelp != 0 || !f.Remains && (f.Overdue || !f.DueBefore.IsZero() || f.Order == tiepdan.DueFirst)
}

// theirs are the marks of the cases that somebody of a unit has, helps with unless
// only what they lead is asked for, or has for a colleague; none for who sees them all.
func theirs(by tiepdan.Actor, leads bool) (marks []string) {
	of := func(role tiepdan.Role, staff, unit int64) bool {
		switch role {
		case tiepdan.UnitHead:
			marks = append(marks, idMark("=u", unit))
			if !leads {
				marks = append(marks, idMark("=h", unit))
			}
		case tiepdan.Officer:
			marks = append(marks, idMark("=o", staff))
			if !leads {
				marks = append(marks, idMark("=i", staff))
			}
		}
		return role.InUnit()
	}
	few := of(by.Role, by.Staff, by.Unit)
	for _, other := range by.For {
		few = of(other.Role, other.Staff, other.Unit) && few
	}
	if !few {
		return nil
	}
	return marks
}

// knows reports whether the marks say exactly what [rights] says of the one who
// looks: so it is but for those who stand in for somebody.
func knows(by tiepdan.Actor) bool {
	switch by.Role {
	case tiepdan.Receptionist, tiepdan.BoardHead, tiepdan.Leader, tiepdan.Auditor, tiepdan.System:
		return len(by.For) == 0
	case tiepdan.UnitHead:
		return len(by.For) == 0 && by.Unit != 0
	case tiepdan.Officer:
		return len(by.For) == 0 && by.Staff != 0
	}
	return false
}

// unbarredMarks leave out the cases that are about them.
func unbarredMarks(by tiepdan.Actor) (marks []string) {
	if by.Staff != 0 {
		marks = append(marks, "!"+idMark("=y", by.Staff))
	}
	if by.Unit != 0 {
		marks = append(marks, "!"+idMark("=x", by.Unit))
	}
	return marks
}

func idMark(prefix string, id int64) string { return mark(prefix + strconv.FormatInt(id, 10)) }

// maxWords is how many words are looked for at most; more say no more.
const maxWords = 32

// wordsOf is what is looked for as two questions: exact is what is meant; rough
// is what the index can tell without looking at a case, which knows no order of
// words. Both are empty when no words were given.
func (s *Store) wordsOf(ctx context.Context, words string, rules *tiepdan.Rules) (exact, rough string, err error) {
	if strings.TrimSpace(words) == "" {
		return "", "", nil
	}
	var asCode []string
	if tail, ok := tiepdan.CodeTail(words); ok {
		asCode = append(asCode, mark("=c"+tail))
	}
	if number, year, ok := tiepdan.BookNumber(words); ok {
		code, err := s.codeInBook(ctx, number, year)
		if tail, ok := tiepdan.CodeTail(string(code)); ok && err == nil {
			asCode = append(asCode, mark("=c"+tail))
		} else if err != nil {
			return "", "", err
		}
	}
	if phone, ok := tiepdan.PhoneSought(words); ok {
		asCode = append(asCode, mark(phone))
	}
	exact, rough = phrases(words, rules, " <-> "), phrases(words, rules, " & ")
	if exact != "" {
		exact, rough = "("+exact+")", "("+rough+")"
	}
	return orOf(asCode, exact), orOf(asCode, rough), nil
}

// orOf joins what words may be besides words with the words.
func orOf(more []string, words string) string {
	if words != "" {
		more = append(slices.Clip(more), words)
	}
	if len(more) == 0 {
		return mark("=") // signs only: nothing has them
	}
	return anyOf(more...)
}

// codeInBook is the code of the case that has the number; "": none has.
func (s *Store) codeInBook(ctx context.Context, number int64, year int) (code tiepdan.CaseCode, err error) {
	err = s.db.QueryRow(ctx, `SELECT c.code FROM book b JOIN cases c ON c.id = b.case_id WHERE b.year = $1 AND b.number = $2`, year, number).Scan(&code)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return code, err
}

// phrases are the words as a tsquery: those in quotes in their order, which next
// joins, and the name of a place also for the place itself.
func phrases(words string, rules *tiepdan.Rules, next string) string {
	var parts []string
	n := 0
	for i, part := range strings.Split(words, `"`) {
		list := strings.Fields(tiepdan.Fold(part))
		list = list[:min(len(list), maxWords-n)]
		n += len(list)
		if i%2 == 1 && len(list) > 0 {
			parts = append(parts, "("+strings.Join(prefixed("", list), next)+")")
			continue
		}
		parts = append(parts, placed(list, rules)...)
	}
	return allOf(parts)
}

// placed are words, all of which are looked for. Where they name a place, its
// cases match as well as those that tell of it; nobody finds a sealed one so.
func placed(list []string, rules *tiepdan.Rules) (parts []string) {
	wards := rules.Wards()
	for len(list) > 0 {
		used := 1
		part := mark(list[0])
		for _, ward := range wards {
			name := strings.Fields(tiepdan.Fold(ward.Name))
			if len(name) > 1 && len(name) >= used && len(name) <= len(list) && slices.Equal(name, list[:len(name)]) {
				used = len(name)
				part = anyOf(mark("=p"+ward.Code), "("+allOf(prefixed("", name))+")")
			}
		}
		parts = append(parts, part)
		list = list[used:]
	}
	return parts
}

// weekOne is the Monday that weeks are counted from, as week_of does.
var weekOne = tiepdan.Date{Year: 1970, Month: 1, Day: 5}

const blockBits, blockSize = 5, 1 << 5 // a block is 32 weeks

func weekOf(d tiepdan.Date) int {
	days := weekOne.DaysUntil(d)
	if days < 0 {
		return (days - 6) / 7
	}
	return days / 7
}

func weekBegins(week int) tiepdan.Date { return weekOne.Add(7 * week) }

// weekMarks are the weeks from one to before another: by blocks where they are whole.
func weekMarks(week, block string, from, until int) string {
	var ms []string
	for w := from; w < until; {
		if w%blockSize == 0 && w+blockSize <= until {
			ms = append(ms, mark(fmt.Sprint(block, w>>blockBits)))
			w += blockSize
			continue
		}
		ms = append(ms, mark(fmt.Sprint(week, w)))
		w++
	}
	return anyOf(ms...)
}

func weekOfTime(t time.Time) int { return weekOf(tiepdan.DateOf(t)) }

func statusNames(statuses []tiepdan.Status) []string {
	names := make([]string, len(statuses))
	for i, s := range statuses {
		names[i] = string(s)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
