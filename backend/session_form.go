package backend

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiepdan"
)

// sessionForm is a session as its form shows it.
func sessionForm(d tiepdan.Session) form {
	clock := func(t time.Time) string { return t.In(tiepdan.Hanoi).Format("15:04") }
	f := filled("day", d.On().String(), "from", clock(d.Starts), "until", clock(d.Ends), "place", d.Place, "kind", string(d.Kind),
		"online", mark1(d.Online), "unit", decimal(d.Unit), "host", d.Host, "head", decimal(d.Head), "presides", d.Presides,
		"delegated", mark1(d.Delegated), "why", d.Why, "attends", d.Attends, "focus", d.Focus, "note", d.Note, "places", strconv.Itoa(d.Places))
	for _, u := range d.Units {
		f.Values.Add("units", decimal(u))
	}
	if !d.Cutoff.IsZero() {
		f.Values.Set("cutoff", tiepdan.DateOf(d.Cutoff).String())
	}
	return f
}

// whenOf reads the day and the hours of a session's form.
func whenOf(r *http.Request) (starts, ends time.Time, err error) {
	in := typedIn(r)
	on := in.day("day")
	from, err := clockOf(r.PostFormValue("from"))
	until, err2 := clockOf(r.PostFormValue("until"))
	if in.fault != nil {
		return starts, ends, in.fault
	}
	if on.IsZero() || err != nil || err2 != nil {
		return starts, ends, incomplete("page.sessions.when_wrong")
	}
	if until <= from {
		return starts, ends, incomplete("session.ends_early")
	}
	return on.At(from), on.At(until), nil
}

// clockOf reads an hour as 08:00, in minutes after midnight.
func clockOf(s string) (int, error) {
	t, err := time.Parse("15:04", strings.TrimSpace(s))
	return t.Hour()*60 + t.Minute(), err
}

// readWho reads what a session's form says beside its time: who presides and why,
// who attends, where, what about, how many may book.
func readWho(r *http.Request, d tiepdan.Session, rules *tiepdan.Rules, heads []tiepdan.Head) (tiepdan.Session, error) {
	in := typedIn(r)
	d.Head, d.Presides, d.Place = number(r, "head"), in.line("presides"), in.line("place")
	d.Delegated, d.Why = ticked(r, "delegated"), in.line("why")
	d.Attends, d.Focus, d.Note = tiepdan.Clean(r.PostFormValue("attends")), tiepdan.Clean(r.PostFormValue("focus")), tiepdan.Clean(r.PostFormValue("note"))
	d.Units = unitsOf(r, rules)
	i := slices.IndexFunc(heads, func(h tiepdan.Head) bool { return h.ID == d.Head })
	if d.Head != 0 && i < 0 {
		return d, &tiepdan.Error{Code: tiepdan.Invalid, Key: "head.none"}
	}
	if d.Presides == "" && i >= 0 && !d.Delegated {
		d.Presides = heads[i].Title + " " + heads[i].Name
	}
	if !d.Delegated {
		d.Why = ""
	}
	switch {
	case in.fault != nil:
		return d, in.fault
	case d.Place == "" || d.Presides == "":
		return d, incomplete("page.sessions.incomplete")
	case d.Delegated && i >= 0 && strings.Contains(d.Presides, heads[i].Name):
		return d, incomplete("page.sessions.delegated_to")
	case d.Delegated && d.Why == "":
		return d, incomplete("page.sessions.why_delegated")
	}
	return readPlaces(r, d)
}

// readPlaces reads how many may book, and until when.
func readPlaces(r *http.Request, d tiepdan.Session) (tiepdan.Session, error) {
	places, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue("places")))
	if r.PostFormValue("places") == "" {
		places, err = 0, nil
	}
	if err != nil || places < 0 || places > tiepdan.MaxPlaces {
		return d, &tiepdan.Error{Code: tiepdan.Invalid, Key: "recurrence.places_wrong", Args: map[string]any{"Max": tiepdan.MaxPlaces}}
	}
	d.Places = places
	in := typedIn(r)
	until := in.day("cutoff")
	switch {
	case in.fault != nil:
		return d, in.fault
	case until.IsZero():
		d.Cutoff = time.Time{}
	case until.After(d.On()):
		return d, incomplete("page.sessions.cutoff_wrong")
	case until != tiepdan.DateOf(d.Cutoff):
		d.Cutoff = until.At(24*60 - 1)
	}
	return d, nil
}

// unitsOf are the units that are ticked, those that there are.
func unitsOf(r *http.Request, rules *tiepdan.Rules) (ids []int64) {
	for _, v := range r.PostForm["units"] {
		id, err := strconv.ParseInt(v, 10, 64)
		if _, ok := rules.Unit(id); err == nil && ok && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// unitThere reports that a form names a unit that isn't there; 0 is the office itself.
func unitThere(rules *tiepdan.Rules, id int64) error {
	if _, ok := rules.Unit(id); id != 0 && !ok {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "unit.none"}
	}
	return nil
}

// headOptions are the heads that owe receptions.
func headOptions(heads []tiepdan.Head) (opts []option) {
	for _, h := range heads {
		if h.Active {
			opts = append(opts, option{Value: decimal(h.ID), Label: h.Name, Hint: h.Title})
		}
	}
	return opts
}
