package paper

import "time"

// ScheduleData is the schedule of receptions as the notice board has it (Law on
// Reception of Citizens, article 24: places, hours of the regular reception, who
// presides when, who attends, what about, whom to ask).
type ScheduleData struct {
	Office   Office
	Letter   Letter
	Year     int
	Quarter  int // 1–4
	Sessions []Meeting
	Hours    string // of the regular reception
	Place    string // … and where it is
	Cutoff   string // how and until when to ask for a place, in words; empty: at any time
	Note     string
	At       time.Time
}

// tableA4 is the text of tables on upright sheets.
var tableA4 = look{pt: 11, lead: 4.9}

// ScheduleNotice returns the "Lịch tiếp công dân" of a quarter, A4 pages.
func ScheduleNotice(d ScheduleData) ([]byte, error) {
	d = scrubbed(d)
	return drawn(a4, "schedule.head", d, d.At, func(s *sheet) {
		s.opened(d.Office, d.Letter, s.say("schedule.title", d), s.say("schedule.quarter", d))
		s.para(body, run{"", s.say("schedule.why", d)})
		s.part("schedule.regular")
		s.para(body, runs("", s.say("schedule.regular_when", d))...)
		s.part("schedule.periodic")
		s.scheduleTable(d.Sessions)
		s.part("schedule.contact")
		s.para(body, runs("", s.say("schedule.contact_how", d))...)
		s.para(body, run{"", s.say("schedule.end", d)})
		s.signed(d.Letter)
	})
}

// part begins a numbered part; it doesn't stay alone at the foot of a page.
func (s *sheet) part(key string) {
	s.room(20)
	s.down(1)
	s.para(look{pt: 13.5, lead: 6.4, after: 1}, run{"B", s.say(key, nil)})
}

func (s *sheet) scheduleTable(ms []Meeting) {
	t := &table{cols: []float64{26, 31, 37, 0, 35}, look: tableA4, whole: 90}
	t.head = s.labels(t, "schedule.day", "meeting.place", "meeting.presides", "meeting.attends", "meeting.focus")
	s.begin(t)
	for _, m := range ms {
		what := text(m.Focus)
		if m.Cancelled {
			what = strong(s.say("meeting.cancelled", m))
		}
		what.runs = append(what.runs, noteOf(m)...)
		day := lined(s.stamp(m), s.flag("meeting.places", m, m.Places > 0 && !m.Cancelled))
		s.tr(t, mid(day), text(s.where(m)), s.chair(m), text(m.Attends), what)
	}
	if len(ms) == 0 {
		s.tr(t, text(s.say("list.none", nil)), cell{}, cell{}, cell{}, cell{})
	}
	s.down(2)
}

// chair is who presides, and under it in which kind of session.
func (s *sheet) chair(m Meeting) cell {
	c := cell{runs: []run{{"B", m.Presides}}}
	for _, line := range []string{s.flag("meeting.delegated", m, m.Delegated), m.Kind} {
		if line != "" {
			c.runs = append(c.runs, run{"I", "\n" + line})
		}
	}
	return c
}

func noteOf(m Meeting) []run {
	if m.Note == "" {
		return nil
	}
	return []run{{"I", "\n" + m.Note}}
}
