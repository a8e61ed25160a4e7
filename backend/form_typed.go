package backend

import (
	"net/http"
	"strings"

	"tiepdan"
)

// typedForm reads a form's fields and keeps the first fault among them: what can't be
// taken as it was typed is neither cut nor taken for nothing. Whoever reads by it looks
// at the fault before anything is kept.
type typedForm struct {
	r     *http.Request
	fault error
}

func typedIn(r *http.Request) *typedForm { return &typedForm{r: r} }

// line is a field of one line: its spaces are one each, and it is no longer than
// [tiepdan.MaxAddress].
func (in *typedForm) line(name string) string {
	return in.within(strings.Join(strings.Fields(tiepdan.Clean(in.r.PostFormValue(name))), " "), tiepdan.MaxAddress)
}

// text is a field of several lines, of at most so many characters.
func (in *typedForm) text(name string, most int) string {
	return in.within(tiepdan.Clean(in.r.PostFormValue(name)), most)
}

// within gives the text back whole; that it is too long is a fault.
func (in *typedForm) within(text string, most int) string {
	if rs := []rune(text); len(rs) > most && in.fault == nil {
		in.fault = &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.form.long", Args: map[string]any{"Said": beginning(rs), "N": len(rs), "Max": most}}
	}
	return text
}

// day is a field of a day. What stands there and is no day, such as 30/02, is a fault.
func (in *typedForm) day(name string) tiepdan.Date {
	if said := strings.TrimSpace(in.r.FormValue(name)); said != "" && day(in.r, name).IsZero() && in.fault == nil {
		in.fault = noDay(said)
	}
	return day(in.r, name)
}

// noDay is the fault of what was typed for a day and is none.
func noDay(said string) error {
	return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.form.no_day", Args: map[string]any{"Said": beginning([]rune(said))}}
}

// unread is a part of a list's address that wasn't understood and narrows nothing.
type unread struct {
	Name string // its label, in words
	Said string // what stood there
}

// unreadDays are the days of an address that are none; pairs are names and the keys of
// their labels.
func unreadDays(r *http.Request, lang tiepdan.Language, pairs ...string) (us []unread) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if said := strings.TrimSpace(r.FormValue(pairs[i])); said != "" && day(r, pairs[i]).IsZero() {
			us = append(us, unread{Name: plain(lang, pairs[i+1]), Said: beginning([]rune(said))})
		}
	}
	return us
}

// saidBack is how much of a long text is said to show which is meant.
const saidBack = 40

// beginning names a text by its first words. It is only shown: nothing keeps it.
func beginning(rs []rune) string {
	if len(rs) <= saidBack {
		return string(rs)
	}
	return strings.TrimSpace(string(rs[:saidBack])) + "…"
}
