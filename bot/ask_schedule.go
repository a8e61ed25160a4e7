package bot

import (
	"time"

	"tiepdan"
)

// The schedule looks this far ahead, and names this many sessions.
const (
	scheduleAhead = 60 * 24 * time.Hour
	sessionsShown = 8
)

// scheduleScreen shows today's sessions, the rest of the week's and the next
// periodic ones after that.
func scheduleScreen(w World, all []tiepdan.Session, book bool) Reply {
	today := tiepdan.DateOf(w.Now)
	sunday := today.Add((7 - int(today.Weekday())) % 7)
	var now, week, later []Args
	for _, s := range all {
		on := tiepdan.DateOf(s.Starts)
		place := s.Place
		if place == w.Rules.Office.Address {
			place = "" // it stands above them all
		}
		line := Args{"On": on, "Starts": s.Starts, "Ends": s.Ends, "Place": place, "Presides": s.Presides,
			"Attends": s.Attends, "Focus": s.Focus, "Periodic": s.Kind == tiepdan.Periodic, "Cancelled": s.Cancelled(), "Note": s.Note}
		switch {
		case on.Before(today):
		case on == today:
			now = append(now, line)
		case !on.After(sunday):
			week = append(week, line)
		case s.Kind == tiepdan.Periodic && len(later) < sessionsShown:
			later = append(later, line)
		}
	}
	args := officeArgs(w.Rules, false)
	args["Today"], args["Now"], args["Week"], args["Later"] = today, now, week, later
	args["Open"] = w.Rules.Calendar.HoursOn(today, w.Rules.Office.Hours)
	key, other := "schedule", "book"
	if book {
		key, other = "book", "schedule"
	}
	return Reply{Key: key, Args: args, Buttons: [][]Button{rowOf(other), rowOf("menu")}}
}
