package paper

import (
	"strings"
	"time"
)

// Meeting is a session as papers show it; kinds and names are words, as the caller
// has them.
type Meeting struct {
	Kind      string // "Tiếp công dân định kỳ"
	Starts    time.Time
	Ends      time.Time
	Place     string
	Host      string // the body whose session it is, when a leader is its guest
	Online    bool
	Presides  string
	Delegated bool
	Why       string // why it was delegated
	Attends   string
	Focus     string
	Note      string
	Cancelled bool
	Was       time.Time // the day it was first planned for, when it moved
	Reason    string    // why it moved or was cancelled
	Places    int
}

// presides is who presides, with the delegation that the law wants to be seen.
func (s *sheet) presides(m Meeting) string {
	return lined(m.Presides, s.flag("meeting.delegated", m, m.Delegated))
}

// where is the place, and whose session it is.
func (s *sheet) where(m Meeting) string {
	return lined(m.Place, s.flag("meeting.host", m, m.Host != ""), s.flag("meeting.online", m, m.Online))
}

// flag says key when it holds.
func (s *sheet) flag(key string, data any, holds bool) string {
	if !holds {
		return ""
	}
	return s.say(key, data)
}

// meetingRows are the lines that tell of a session at the head of a sheet.
func (s *sheet) meetingRows(m Meeting) {
	if !m.Starts.IsZero() {
		s.entry("meeting.time", s.say("meeting.when", m))
	}
	s.entry("meeting.place", joined(s.where(m)))
	s.entry("meeting.presides", joined(s.presides(m)))
	s.entry("meeting.attends", m.Attends)
	s.entry("meeting.focus", m.Focus)
}

// entry draws a label and its value, as an A4 sheet has them; nothing without a value.
func (s *sheet) entry(key, value string) {
	if value == "" {
		return
	}
	const labelW = 38.0
	l := look{pt: 12, lead: 5.6, after: 0.8}
	s.room(l.lead)
	s.grey()
	s.pdf.SetFont(family, "", l.pt)
	s.pdf.Text(s.left, s.y()+l.lead*0.72, s.say(key, nil))
	s.black()
	s.within(labelW, s.width-labelW, func() { s.para(l, runs("", value)...) })
}

// stamp is a session's time as a table's cell has it.
func (s *sheet) stamp(m Meeting) string {
	if m.Starts.IsZero() {
		return ""
	}
	return lined(s.say("meeting.stamp", m), s.flag("meeting.was", m, !m.Was.IsZero()))
}

// day is the short form of a day that may be unknown.
func (s *sheet) day(t time.Time) string {
	return s.flag("date.short", t, !t.IsZero())
}

// hour is the time of day, where it is known.
func (s *sheet) hour(t time.Time) string {
	return s.flag("hour", t, !t.IsZero())
}

// lined puts what isn't empty on lines of its own.
func lined(parts ...string) string { return together(parts, "\n") }

func together(parts []string, sep string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// joined sets what stands on several lines on one.
func joined(s string) string { return strings.Join(strings.Fields(s), " ") }

// span is the days that a list is about, both of them in it.
type span struct{ From, Until time.Time }

// noted is for how much a sheet may stretch a note: italic, small.
var noted = look{pt: 11, lead: 5, after: 1, align: justified}
