package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"tiepdan"
)

// The schedule looks this far ahead, and names so many sessions of each part.
const (
	scheduleAhead = 60 * 24 * time.Hour
	bookingAhead  = 120 * 24 * time.Hour
	sessionsShown = 8
)

// ShowSchedule shows the receptions to come, or those at which a place can be booked.
type ShowSchedule struct {
	Book bool
	Page int
}

func (c ShowSchedule) run(ctx context.Context, e *Engine, s *step) error {
	ahead := scheduleAhead
	if c.Book {
		ahead = bookingAhead
	}
	sessions, err := e.store.PublicSessions(ctx, s.w.Now.Add(-12*time.Hour), s.w.Now.Add(ahead))
	if err != nil {
		return err
	}
	visits, err := e.store.Visits(ctx, s.ev.From, s.w.Now)
	if err != nil {
		return err
	}
	watched, err := e.store.Watches(ctx, s.ev.From)
	if err != nil {
		return err
	}
	r := scheduleScreen(s.w, sessions, watched)
	if c.Book {
		r = bookScreen(s.w, sessions, visits, c.Page)
	}
	if d := s.t.Draft; d != nil {
		r.Buttons = append([][]Button{rowOf("resume/" + d.ID)}, r.Buttons...)
	}
	s.show(r)
	return nil
}

// scheduleScreen shows today's sessions, the rest of the week's and the next
// periodic ones after that. The officers' regular receptions after today's are one line.
func scheduleScreen(w World, all []tiepdan.Session, watched []int64) Reply {
	today := tiepdan.DateOf(w.Now)
	sunday := today.Add((7 - int(today.Weekday())) % 7)
	var now, week, later, daily []Args
	var rows [][]Button
	for _, d := range all {
		on := d.On()
		part := &later
		switch {
		case on.Before(today) || on.After(sunday) && d.Kind == tiepdan.Regular:
			continue
		case on == today:
			part = &now
		case everyday(d):
			daily = append(daily, sessionArgs(w, d))
			continue
		case !on.After(sunday):
			part = &week
		}
		if len(*part) >= sessionsShown {
			continue
		}
		args := sessionArgs(w, d)
		*part = append(*part, args)
		if !d.Cancelled() && w.Now.Before(d.Ends) && len(rows) < sessionsShown {
			rows = append(rows, sessionRow(w, d, args, slices.Contains(watched, d.ID)))
		}
	}
	args := officeArgs(w.Rules, false)
	args["Today"], args["Now"], args["Week"], args["Later"] = today, now, week, later
	args["Daily"] = daily
	args["Open"] = w.Rules.Calendar.HoursOn(today, w.Rules.Office.Hours)
	if len(all) > 0 {
		rows = append(rows, rowOf("ics"))
	}
	return Reply{Key: "schedule", Args: args, Buttons: append(rows, rowOf("book", "menu"))}
}

// everyday reports whether d is one of the regular receptions of which one is like
// the other.
func everyday(d tiepdan.Session) bool {
	return d.Kind == tiepdan.Regular && !d.Cancelled() && !d.Moved()
}

// sessionRow is a session in a list: itself, and the bell for one to come.
func sessionRow(w World, d tiepdan.Session, args Args, watched bool) []Button {
	line := Button{ID: "session/" + itoa64(d.ID) + "/show", Key: "button.session_line", Args: args}
	if !w.Now.Before(d.Starts) {
		return row(line)
	}
	return row(line, bell(d.ID, watched))
}

// bell turns the reminder of a session on, or off again.
func bell(id int64, watched bool) Button {
	if watched {
		return sessionButton(id, "unwatch")
	}
	return sessionButton(id, "watch")
}

// bookScreen lists the person's own appointments and the sessions at which a
// place, or the waiting list, is to be had.
func bookScreen(w World, all []tiepdan.Session, visits []tiepdan.Visit, page int) Reply {
	var mine, lines []Args
	var rows [][]Button
	has := map[int64]bool{}
	for _, v := range visits {
		if alive(v.Appointment) {
			has[v.At.ID] = true
			mine = append(mine, visitArgs(w, v))
			rows = append(rows, row(Button{ID: "visit/" + itoa64(v.ID) + "/show", Key: "button.visit_line", Args: sessionArgs(w, v.At)}))
		}
	}
	all = slices.DeleteFunc(slices.Clone(all), func(d tiepdan.Session) bool { return has[d.ID] || d.Bookable(w.Now) != nil })
	slices.SortStableFunc(all, func(a, b tiepdan.Session) int { return rank(a) - rank(b) })
	pages := (len(all) + sessionsShown - 1) / sessionsShown
	page = max(0, min(page, pages-1))
	for _, d := range all[page*sessionsShown : min((page+1)*sessionsShown, len(all))] {
		args := sessionArgs(w, d)
		lines = append(lines, args)
		rows = append(rows, row(Button{ID: "session/" + itoa64(d.ID) + "/book", Key: "button.session_place", Args: args}))
	}
	if pages > 1 {
		rows = append(rows, listPager("book", page, pages))
	}
	args := officeArgs(w.Rules, false)
	args["Mine"], args["Sessions"] = mine, lines
	return Reply{Key: "book", Args: args, Buttons: append(rows, rowOf("schedule", "menu"))}
}

// openSession follows a session's link.
func (s *step) openSession() {
	if m := s.w.Meeting; m != nil && !m.Gone && s.ask("session/"+itoa64(m.Session.ID)+"/show") {
		return
	}
	s.say("session.gone", nil)
	s.ask("schedule")
}

// askSession shows one session.
func (s *step) askSession(id string) bool {
	m := s.w.Meeting
	if m == nil || m.Gone || m.Session.ID != idOf(id, "session") {
		return false
	}
	s.show(sessionScreen(s.w, *m))
	return true
}

// sessionScreen is one session, with what can be done about it.
func sessionScreen(w World, m Meeting) Reply {
	d := m.Session
	var rows [][]Button
	switch {
	case m.Visit != nil:
		rows = append(rows, row(visitButton(m.Visit.ID, "show")))
	case d.Bookable(w.Now) == nil && d.Full():
		rows = append(rows, row(Button{ID: "session/" + itoa64(d.ID) + "/book", Key: "button.session_wait", Args: Args{}}))
	case d.Bookable(w.Now) == nil:
		rows = append(rows, row(sessionButton(d.ID, "book")))
	case d.Cancelled():
		rows = append(rows, rowOf("book"))
	}
	if !d.Cancelled() && w.Now.Before(d.Starts) {
		rows = append(rows, row(bell(d.ID, m.Watched), sessionButton(d.ID, "ics")))
	}
	args := sessionArgs(w, d)
	args["Booked"], args["Watched"], args["Over"] = m.Visit != nil, m.Watched, !w.Now.Before(d.Ends)
	return Reply{Key: "session.show", Args: args, Buttons: append(rows, rowOf("schedule", "menu"))}
}

// sessionChoice takes a button about a session.
func (s *step) sessionChoice(id string) error {
	m := s.w.Meeting
	if m == nil || m.Gone || m.Session.ID != idOf(id, "session") {
		s.leave()
		s.say("session.gone", nil)
		s.ask("schedule")
		return nil
	}
	switch strings.SplitN(id, "/", 3)[2] {
	case "show":
		s.leave()
		s.ask(id)
	case "book":
		s.beginBooking()
	case "watch":
		s.leave()
		if m.Session.Cancelled() || !s.w.Now.Before(m.Session.Starts) { // there is nothing to wait for
			s.ask("session/" + itoa64(m.Session.ID) + "/show")
			return nil
		}
		s.cmd = WatchSession{Session: m.Session.ID, On: true}
	case "unwatch":
		s.leave()
		s.cmd = WatchSession{Session: m.Session.ID}
	case "ics":
		s.leave()
		s.show(Reply{Key: "session.ics", Args: sessionArgs(s.w, m.Session), Papers: []Paper{{Kind: "session_ics", Session: m.Session.ID}},
			Buttons: [][]Button{row(sessionButton(m.Session.ID, "show")), rowOf("schedule", "menu")}})
	default:
		s.stale(id)
	}
	return nil
}

// WatchSession turns the reminder of a session on or off.
type WatchSession struct {
	Session int64
	On      bool
}

func (c WatchSession) run(ctx context.Context, e *Engine, s *step) error {
	if err := e.store.Watch(ctx, s.ev.From, c.Session, c.On); err != nil {
		return err
	}
	m := *s.w.Meeting
	m.Watched = c.On
	s.w.Meeting = &m
	if c.On {
		s.toast("session.watched", nil)
	} else {
		s.toast("session.unwatched", nil)
	}
	s.ask("session/" + itoa64(c.Session) + "/show")
	return nil
}

// rank puts the heads' days, which people wait for, before the officers' daily ones.
func rank(d tiepdan.Session) int {
	if everyday(d) {
		return 1
	}
	return 0
}
