package backend

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiepdan"
)

// recurrenceForm is a rule as its form shows it: in the form that people think of
// it in, and as it is kept.
func recurrenceForm(one tiepdan.Recurrence) form {
	p := tiepdan.PresetOf(one.RRule)
	f := filled("name", one.Name, "form", string(p.Form), "raw", one.RRule, "starting", one.From.String(), "until", one.Until.String(),
		"day_off", string(one.DayOff), "kind", string(one.Kind), "online", mark1(one.Online), "unit", decimal(one.Unit), "host", one.Host,
		"from", clockText(one.Starts), "to", clockText(one.Ends), "place", one.Place, "head", decimal(one.Head), "presides", one.Presides,
		"attends", one.Attends, "focus", one.Focus, "places", strconv.Itoa(one.Places), "cut_days", strconv.Itoa(one.CutDays),
		"active", mark1(one.Active), "nth", strconv.Itoa(p.Nth), "month_days", "1, 16")
	if p.Form == tiepdan.MonthDays {
		f.Values.Set("month_days", daysText(p.Days))
	}
	for _, d := range p.Weekdays {
		f.Values.Add("weekdays", strconv.Itoa(int(d)))
		f.Values.Set("nth_day", strconv.Itoa(int(d)))
	}
	for _, u := range one.Units {
		f.Values.Add("units", decimal(u))
	}
	return f
}

func clockText(minutes int) string {
	return tiepdan.Date{Year: 2000, Month: 1, Day: 1}.At(minutes).Format("15:04")
}

func daysText(days []int) string {
	var texts []string
	for _, d := range days {
		texts = append(texts, strconv.Itoa(d))
	}
	return strings.Join(texts, ", ")
}

// readPreset reads the rule's form. What is no number is left out; the rule that
// comes of it is checked by [tiepdan.Recurrence.Valid].
func readPreset(r *http.Request) tiepdan.RulePreset {
	p := tiepdan.RulePreset{Form: tiepdan.RuleForm(r.PostFormValue("form")), Raw: r.PostFormValue("raw")}
	split := func(c rune) bool { return c == ',' || c == ';' || c == ' ' }
	for _, v := range strings.FieldsFunc(r.PostFormValue("month_days"), split) {
		if n, err := strconv.Atoi(v); err == nil {
			p.Days = append(p.Days, n)
		}
	}
	days := r.PostForm["weekdays"]
	if p.Form == tiepdan.NthWeekday {
		days = []string{r.PostFormValue("nth_day")}
	}
	for _, v := range days {
		if n, err := strconv.Atoi(v); err == nil && n >= 0 && n < 7 {
			p.Weekdays = append(p.Weekdays, time.Weekday(n))
		}
	}
	p.Nth, _ = strconv.Atoi(r.PostFormValue("nth"))
	return p
}

// readRecurrence reads a rule's form. What is wrong with it as a rule, the rule says.
func (s *Server) readRecurrence(r *http.Request, id int64) (tiepdan.Recurrence, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return tiepdan.Recurrence{}, err
	}
	in := typedIn(r)
	one := tiepdan.Recurrence{ID: id, Name: in.line("name"), RRule: readPreset(r).RRule(), From: in.day("starting"), Until: in.day("until"),
		DayOff: tiepdan.DayOff(r.PostFormValue("day_off")), Kind: tiepdan.SessionKind(r.PostFormValue("kind")), Online: ticked(r, "online"),
		Unit: number(r, "unit"), Host: in.line("host"), Place: in.line("place"), Head: number(r, "head"), Presides: in.line("presides"),
		Attends: tiepdan.Clean(r.PostFormValue("attends")), Units: unitsOf(r, rules), Focus: tiepdan.Clean(r.PostFormValue("focus")), Active: ticked(r, "active")}
	if in.fault != nil {
		return one, in.fault
	}
	if one.Starts, err = clockOf(r.PostFormValue("from")); err == nil {
		one.Ends, err = clockOf(r.PostFormValue("to"))
	}
	if err != nil {
		return one, incomplete("page.sessions.when_wrong")
	}
	if one.Places, err = count(r, "places"); err == nil {
		one.CutDays, err = count(r, "cut_days")
	}
	if err != nil {
		return one, incomplete("page.recurrences.number_wrong")
	}
	if err := unitThere(rules, one.Unit); err != nil {
		return one, err
	}
	return one, s.presided(r, &one)
}

// presided fills in who presides from the head whose day it is, who must be there.
func (s *Server) presided(r *http.Request, one *tiepdan.Recurrence) error {
	heads, err := s.Store.Heads(r.Context())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(heads, func(h tiepdan.Head) bool { return h.ID == one.Head })
	switch {
	case one.Head != 0 && i < 0:
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "head.none"}
	case i >= 0 && one.Presides == "":
		one.Presides = heads[i].Title + " " + heads[i].Name
	}
	return nil
}

// count reads a number of things; none is 0.
func count(r *http.Request, name string) (int, error) {
	v := strings.TrimSpace(r.PostFormValue(name))
	if v == "" {
		return 0, nil
	}
	return strconv.Atoi(v)
}
