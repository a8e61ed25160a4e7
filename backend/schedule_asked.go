package backend

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiepdan"
)

// How far the public schedule reaches, in months: what is older or later is
// neither shown nor read.
const (
	scheduleBack  = 3
	scheduleAhead = 13
)

// asked is what a visitor wants to see of the schedule.
type asked struct {
	Period      string // "2026-11" or "2026-Q4"
	From, Until tiepdan.Date
	Quarter     int // of a quarter: which
	Unit        string
	Kind        tiepdan.SessionKind
}

// scheduleWindow is the span of days that the public schedule has.
func scheduleWindow(today tiepdan.Date) (from, until tiepdan.Date) {
	first := tiepdan.Date{Year: today.Year, Month: today.Month, Day: 1}
	return first.AddMonths(-scheduleBack), first.AddMonths(scheduleAhead)
}

// readAsked reads the address. What isn't known there is said so: a wrong filter
// must not look like an empty schedule.
func readAsked(r *http.Request, rules *tiepdan.Rules, today tiepdan.Date) (asked, error) {
	year, quarter := tiepdan.QuarterOf(today)
	a := asked{Period: fmt.Sprintf("%d-Q%d", year, quarter), Unit: r.Form.Get("unit"), Kind: tiepdan.SessionKind(r.Form.Get("kind"))}
	if p := r.Form.Get("period"); p != "" {
		a.Period = p
	}
	wrong := &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.schedule.asked_wrong"}
	if !a.span() {
		return a, wrong
	}
	if from, until := scheduleWindow(today); a.Until.Before(from) || !a.From.Before(until) {
		return a, &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.schedule.too_far"}
	}
	if a.Kind != "" && !slices.Contains(tiepdan.SessionKinds(), a.Kind) {
		return a, wrong
	}
	if a.Unit != "" && a.Unit != "0" {
		id, err := strconv.ParseInt(a.Unit, 10, 64)
		if _, ok := rules.Unit(id); err != nil || !ok {
			return a, wrong
		}
	}
	return a, nil
}

// scheduleAsked is what a page of the schedule is asked for, by the settings and the day.
func (s *Server) scheduleAsked(r *http.Request) (a asked, rules *tiepdan.Rules, today tiepdan.Date, err error) {
	today = tiepdan.DateOf(s.Now())
	if rules, err = s.Store.Rules(r.Context()); err == nil {
		a, err = readAsked(r, rules, today)
	}
	return a, rules, today, err
}

// span reads the period.
func (a *asked) span() bool {
	if y, q, ok := strings.Cut(a.Period, "-Q"); ok {
		year, err := strconv.Atoi(y)
		a.Quarter, _ = strconv.Atoi(q)
		if err != nil || len(y) != 4 || len(q) != 1 || a.Quarter < 1 || a.Quarter > 4 {
			return false
		}
		a.From, a.Until = tiepdan.Plan{Year: year, Quarter: a.Quarter}.Days()
		return true
	}
	t, err := time.Parse("2006-01", a.Period)
	if err != nil {
		return false
	}
	a.From = tiepdan.Date{Year: t.Year(), Month: t.Month(), Day: 1}
	a.Until = a.From.AddMonths(1)
	return true
}

// shows reports whether a session passes the filters.
func (a asked) shows(d tiepdan.Session) bool {
	return (a.Unit == "" || a.Unit == decimal(d.Unit)) && (a.Kind == "" || a.Kind == d.Kind)
}

// Filtered reports whether anything but the period was chosen.
func (a asked) Filtered() bool { return a.Unit != "" || a.Kind != "" }

// periods are the quarters and months that may be chosen.
func periods(lang tiepdan.Language, today tiepdan.Date) []group {
	from, until := scheduleWindow(today)
	quarters, months := group{Label: plain(lang, "schedule.quarters")}, group{Label: plain(lang, "schedule.months")}
	for d := from; d.Before(until); d = d.AddMonths(1) {
		args := map[string]any{"Year": d.Year, "Month": int(d.Month)}
		months.Options = append(months.Options, option{Value: fmt.Sprintf("%d-%02d", d.Year, d.Month), Label: said(lang, "schedule.month", args)})
		year, quarter := tiepdan.QuarterOf(d)
		value := fmt.Sprintf("%d-Q%d", year, quarter)
		if n := len(quarters.Options); n == 0 || quarters.Options[n-1].Value != value {
			quarters.Options = append(quarters.Options, option{Value: value, Label: said(lang, "schedule.quarter", map[string]any{"Year": year, "N": quarter})})
		}
	}
	return []group{quarters, months}
}

// sessionKindOptions are the kinds of sessions.
func sessionKindOptions(lang tiepdan.Language) (opts []option) {
	for _, k := range tiepdan.SessionKinds() {
		opts = append(opts, option{Value: string(k), Label: plain(lang, "session_kind."+string(k))})
	}
	return opts
}
