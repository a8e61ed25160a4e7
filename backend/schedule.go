package backend

import (
	"net/http"
	"strings"

	"tiepdan"
)

// comingShown is how many of the coming sessions stand before the list of all.
const comingShown = 6

// comingDays is how far ahead they are looked for.
const comingDays = 100

// schedulePage is what schedule.html shows.
type schedulePage struct {
	Asked    asked
	Now      tiepdan.Date
	Off      tiepdan.Holiday // what makes today a day off
	IsOff    bool
	Today    []sessionCard
	Week     []sessionCard
	Coming   []sessionCard
	Duties   []dutyLine
	Months   []monthCards
	Print    []sessionCard // all of the period, without the lines of regular duty
	Form     form
	Periods  []group
	Units    []option
	Kinds    []option
	Before   string // the periods beside this one; "" where the schedule ends
	After    string
	Chat     string
	Schedule string // the feed's address, for a calendar app
}

// sessionCard is a session as citizens see it.
type sessionCard struct {
	tiepdan.Session
	UnitName string
	Book     string // where a place is booked; "" where none can be
	Free     int
	Past     bool
	Today    bool
}

// monthCards are the sessions of one month.
type monthCards struct {
	Month tiepdan.Date
	Rows  []sessionCard
}

func (s *Server) showSchedule(w http.ResponseWriter, r *http.Request) error {
	a, rules, today, err := s.scheduleAsked(r)
	if err != nil {
		return err
	}
	from, until := a.From, a.Until
	if monday := mondayOf(today); monday.Before(from) {
		from = monday
	}
	if far := today.Add(comingDays); far.After(until) {
		until = far
	}
	list, err := s.Store.PublicSessions(r.Context(), from.Time(), until.Time())
	if err != nil {
		return err
	}
	return s.renderOpen(w, r, "schedule", http.StatusOK, s.schedulePage(r, rules, a, list))
}

func (s *Server) schedulePage(r *http.Request, rules *tiepdan.Rules, a asked, list []tiepdan.Session) schedulePage {
	lang, today := s.language(r), tiepdan.DateOf(s.Now())
	p := schedulePage{Asked: a, Now: today, Periods: periods(lang, today), Kinds: sessionKindOptions(lang), Chat: s.chatLink(),
		Form: filled("period", a.Period, "unit", a.Unit, "kind", string(a.Kind)), Schedule: s.PublicURL + "/schedule.ics"}
	p.Off, p.IsOff = rules.Calendar.Why(today)
	p.Units = scheduleUnits(rules, list, lang)
	p.Before, p.After = a.beside(today)
	sunday := mondayOf(today).Add(6)
	for _, d := range list {
		p.place(s.card(d, rules), today, sunday)
	}
	p.Duties = duties(list, a, rules)
	return p
}

// place puts a session where it is looked for; the filters are the list's only. Regular duty that goes as always
// is today's only; else it is told in one line.
func (p *schedulePage) place(c sessionCard, today, sunday tiepdan.Date) {
	on, plainDuty := c.On(), isDuty(c.Session)
	switch {
	case on == today:
		p.Today = append(p.Today, c)
	case plainDuty:
	case on.After(today) && !on.After(sunday):
		p.Week = append(p.Week, c)
	case on.After(sunday) && len(p.Coming) < comingShown:
		p.Coming = append(p.Coming, c)
	}
	if plainDuty || !p.Asked.shows(c.Session) || on.Before(p.Asked.From) || !on.Before(p.Asked.Until) {
		return
	}
	first := tiepdan.Date{Year: on.Year, Month: on.Month, Day: 1}
	if n := len(p.Months); n == 0 || p.Months[n-1].Month != first {
		p.Months = append(p.Months, monthCards{Month: first})
	}
	last := &p.Months[len(p.Months)-1]
	last.Rows = append(last.Rows, c)
	p.Print = append(p.Print, c)
}

// card is a session with what a visitor may do about it.
func (s *Server) card(d tiepdan.Session, rules *tiepdan.Rules) sessionCard {
	now := s.Now()
	unit, _ := rules.Unit(d.Unit)
	c := sessionCard{Session: d, UnitName: unit.Name, Free: max(0, d.Places-d.Taken), Past: !d.Ends.After(now), Today: d.On() == tiepdan.DateOf(now)}
	// Who attends is one list for citizens: in words, and the units that are called.
	if called := strings.Join(unitNames(rules, d.Units), ", "); called != "" && d.Attends != "" {
		c.Attends = d.Attends + "; " + called
	} else if called != "" {
		c.Attends = called
	}
	if bot := s.BotName(); bot != "" && d.Bookable(now) == nil {
		c.Book = "https://t.me/" + bot + "?start=book_" + d.Token
	}
	return c
}

// mondayOf is the first day of d's week.
func mondayOf(d tiepdan.Date) tiepdan.Date { return d.Add(-((int(d.Weekday()) + 6) % 7)) }

// scheduleUnits are the units to choose from: those that have sessions.
func scheduleUnits(rules *tiepdan.Rules, list []tiepdan.Session, lang tiepdan.Language) (opts []option) {
	has := map[int64]bool{}
	for _, d := range list {
		has[d.Unit] = true
	}
	if has[0] {
		opts = append(opts, option{Value: "0", Label: rules.Office.Name})
	}
	for _, u := range rules.Units {
		if has[u.ID] {
			opts = append(opts, option{Value: decimal(u.ID), Label: u.Name})
		}
	}
	if len(opts) < 2 {
		return nil
	}
	return opts
}
