package tiepdan

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// CaseOrder is how a list of cases is sorted.
type CaseOrder string

const (
	NewestFirst CaseOrder = "newest"
	OldestFirst CaseOrder = "oldest"
	DueFirst    CaseOrder = "due" // shows only what falls due
)

// CaseOrders are all of them, the default first.
func CaseOrders() []CaseOrder { return []CaseOrder{NewestFirst, OldestFirst, DueFirst} }

// StatusGroup is a name for statuses that people look for together.
type StatusGroup string

const (
	GroupOpen     StatusGroup = "open"     // the office still owes something
	GroupAnswered StatusGroup = "answered" // an answer went out
	GroupOther    StatusGroup = "other"    // it ended in another way
)

// StatusGroups are all of them; each status is of one.
func StatusGroups() []StatusGroup { return []StatusGroup{GroupOpen, GroupAnswered, GroupOther} }

// Statuses returns the statuses of the group.
func (g StatusGroup) Statuses() (in []Status) {
	for _, s := range Statuses() {
		if s.group() == g {
			in = append(in, s)
		}
	}
	return in
}

func (s Status) group() StatusGroup {
	switch {
	case s.Open():
		return GroupOpen
	case s == Answered || s == Closed:
		return GroupAnswered
	}
	return GroupOther
}

// CodeTail reads the last eight symbols of a case's code, which are enough to find
// it by: alone or at the end of the whole code, in any usual way of writing.
func CodeTail(s string) (tail string, ok bool) {
	if code, err := ParseCaseCode(s); err == nil {
		return strings.ReplaceAll(string(code[len("TDyy-"):]), "-", ""), true
	}
	plain, ok := plainCode(s)
	if !ok || len(plain) != 8 || strings.Trim(plain, codeAlphabet) != "" {
		return "", false
	}
	return plain, true
}

var bookNumber = regexp.MustCompile(`^(?:[^\d/]*\s)?(\d{1,9})\s*/\s*((?:19|20)\d\d)$`)

// BookNumber reads a number of the book with its year, such as 123/2026.
func BookNumber(s string) (number int64, year int, ok bool) {
	m := bookNumber.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return 0, 0, false
	}
	number, _ = strconv.ParseInt(m[1], 10, 64)
	year, _ = strconv.Atoi(m[2])
	return number, year, number > 0
}

// PhoneSought reads what may be a phone number that is looked for: as [Phone], and
// without the 0 that it begins with, too.
func PhoneSought(s string) (number string, ok bool) {
	if number, ok = Phone(s); ok {
		return number, true
	}
	if number, ok = Phone("0" + strings.TrimSpace(s)); ok {
		return number, true
	}
	return "", false
}

// Sharing is with whom a saved view is shared.
type Sharing string

const (
	Private    Sharing = ""
	WithUnit   Sharing = "unit"
	WithOffice Sharing = "office"
)

// MaxViewName and MaxViews bound what one person saves. They are ours.
const (
	MaxViewName = 80
	MaxViews    = 30
)

// CaseView is a filter that somebody gave a name. Query is the filter as the
// list's address has it; what of it means nothing any more narrows nothing.
type CaseView struct {
	ID      int64
	Staff   int64 // whose it is
	Owner   string
	Name    string
	Query   string
	Shared  Sharing
	Unit    int64 // that it is shared with
	First   bool  // the one who looks begins with it
	Dormant bool  // its owner works here no more
}

// MaySharing returns with whom the actor may share a view.
func (a Actor) MaySharing() []Sharing {
	switch {
	case slices.Contains([]Role{BoardHead, Leader, Receptionist}, a.Role):
		return []Sharing{Private, WithOffice}
	case a.Role.InUnit() && a.Unit != 0:
		return []Sharing{Private, WithUnit}
	}
	return []Sharing{Private}
}

// Named returns v as the actor may save it, or what is wrong with it.
func (v CaseView) Named(a Actor) (CaseView, error) {
	v.Name = strings.Join(strings.Fields(Clean(v.Name)), " ")
	switch n := len([]rune(v.Name)); {
	case n == 0:
		return v, invalid("view.name_missing", nil)
	case n > MaxViewName:
		return v, invalid("view.name_long", map[string]any{"Max": MaxViewName})
	}
	if !slices.Contains(a.MaySharing(), v.Shared) {
		return v, &Error{Code: Forbidden, Key: "view.not_shared"}
	}
	v.Staff, v.Unit = a.Staff, 0
	if v.Shared == WithUnit {
		v.Unit = a.Unit
	}
	return v, nil
}
