package backend

import (
	"fmt"
	"slices"
	"time"

	"tiepdan"
)

// dutyLine is the regular reception of one place: every working day's sessions,
// told in one line.
type dutyLine struct {
	Unit   string
	Place  string
	Online bool
	Hours  tiepdan.Hours
}

// isDuty reports whether d is regular reception that goes as always; what is moved
// or cancelled is told by itself.
func isDuty(d tiepdan.Session) bool {
	return d.Kind == tiepdan.Regular && !d.Cancelled() && (d.Recurrence == 0 || !d.Moved())
}

// duties gathers the regular reception of the period that was asked for.
func duties(list []tiepdan.Session, a asked, rules *tiepdan.Rules) (lines []dutyLine) {
	for _, d := range list {
		if on := d.On(); !isDuty(d) || !a.shows(d) || on.Before(a.From) || !on.Before(a.Until) {
			continue
		}
		unit, _ := rules.Unit(d.Unit)
		i := slices.IndexFunc(lines, func(l dutyLine) bool { return l.Unit == unit.Name && l.Place == d.Place && l.Online == d.Online })
		if i < 0 {
			lines, i = append(lines, dutyLine{Unit: unit.Name, Place: d.Place, Online: d.Online}), len(lines)
		}
		addHours(&lines[i].Hours, d)
	}
	return lines
}

// addHours puts a session's hours into the week, each once and in their order.
func addHours(week *tiepdan.Hours, d tiepdan.Session) {
	day := &week[d.On().Weekday()]
	span := tiepdan.Span{From: minuteOf(d.Starts), To: minuteOf(d.Ends)}
	if !slices.Contains(*day, span) {
		*day = append(*day, span)
		slices.SortFunc(*day, func(a, b tiepdan.Span) int { return a.From - b.From })
	}
}

// beside are the periods before and after, of the same length.
func (a asked) beside(today tiepdan.Date) (before, after string) {
	from, until := scheduleWindow(today)
	name := func(d tiepdan.Date) string {
		if a.Quarter == 0 {
			return fmt.Sprintf("%d-%02d", d.Year, d.Month)
		}
		year, quarter := tiepdan.QuarterOf(d)
		return fmt.Sprintf("%d-Q%d", year, quarter)
	}
	if d := a.From.Add(-1); !d.Before(from) {
		before = name(d)
	}
	if a.Until.Before(until) {
		after = name(a.Until)
	}
	return before, after
}

func minuteOf(t time.Time) int {
	t = t.In(tiepdan.Hanoi)
	return t.Hour()*60 + t.Minute()
}
