package paper

import (
	"strings"
	"time"
)

// RosterData is who is on duty at the regular reception, day by day.
type RosterData struct {
	Office Office
	Letter Letter
	From   time.Time
	Until  time.Time // the last day
	Days   []DutyDay
	Hours  string
	Place  string
	At     time.Time
}

// DutyDay is one day of a roster. Day are those who are there from morning to evening.
type DutyDay struct {
	On        time.Time
	Off       string // why nobody is: "Tết Nguyên đán"; empty for a working day
	Day       []string
	Morning   []string
	Afternoon []string
	Note      string
}

// DutyRoster returns the "Lịch trực tiếp công dân thường xuyên", A4 pages.
func DutyRoster(d RosterData) ([]byte, error) {
	d = scrubbed(d)
	return drawn(a4, "roster.title", d, d.At, func(s *sheet) {
		s.opened(d.Office, d.Letter, s.say("roster.title", d), s.say("days", span{d.From, d.Until}))
		s.entry("roster.hours", d.Hours)
		s.entry("meeting.place", d.Place)
		s.down(2)
		t := &table{cols: []float64{34, 46, 46, 0}, look: look{pt: 12, lead: 5.3}, whole: 90}
		t.head = s.labels(t, "roster.day", "roster.morning", "roster.afternoon", "roster.note")
		s.begin(t)
		for _, day := range d.Days {
			s.dutyDay(t, day)
		}
		s.signed(d.Letter)
	})
}

func (s *sheet) dutyDay(t *table, d DutyDay) {
	on := mid(s.say("roster.on", d.On))
	if d.Off != "" {
		s.tr(t, on, mid(s.say("roster.off", nil)), mid(s.say("roster.off", nil)), text(lined(d.Off, d.Note)))
		return
	}
	s.tr(t, on, names(d.Day, d.Morning), names(d.Day, d.Afternoon), text(d.Note))
}

func names(all, some []string) cell {
	return text(strings.Join(append(append([]string{}, all...), some...), "\n"))
}
