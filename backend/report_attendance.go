package backend

import (
	"net/http"

	"tiepdan"
)

// unitLine is a unit's attendance as the report shows it.
type unitLine struct {
	tiepdan.UnitAttendance
	Name    string
	Path    string // of its sessions
	Current bool
}

// cameLine is one session that a unit was called to or came to.
type cameLine struct {
	tiepdan.Attendance
	Session tiepdan.Session
	LateBy  int // minutes
}

// attendancePage is what report_attendance.html shows.
type attendancePage struct {
	Head  reportHead
	Units []unitLine
	Held  int
	Chosen,
	ChosenName string
	Lines []cameLine
}

func (s *Server) showAttendanceReport(w http.ResponseWriter, r *http.Request) error {
	head, status, err := s.reportHead(r, "attendance", "quarter")
	if err != nil {
		return err
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	ss, as, err := s.Store.AttendanceBetween(r.Context(), head.Asked.From, head.Asked.Until)
	if err != nil {
		return err
	}
	p := attendancePage{Head: head, Chosen: r.FormValue("unit")}
	for _, u := range tiepdan.AttendanceByUnit(ss, as) {
		l := unitLine{UnitAttendance: u, Path: with(r.URL, "unit", decimal(u.Unit)) + "#sessions", Current: p.Chosen == decimal(u.Unit)}
		if known, ok := rules.Unit(u.Unit); ok {
			l.Name = known.Name
		}
		if l.Current {
			p.ChosenName = l.Name
		}
		p.Units = append(p.Units, l)
	}
	for _, d := range ss {
		if d.Status == tiepdan.SessionHeld {
			p.Held++
			p.Lines = append(p.Lines, cameLines(d, as, p.Chosen)...)
		}
	}
	return s.renderStatus(w, r, "report_attendance", status, p)
}

// cameLines are the lines of a session that are the unit's.
func cameLines(d tiepdan.Session, as []tiepdan.Attendance, unit string) (lines []cameLine) {
	for _, a := range as {
		if a.Session == d.ID && unit != "" && decimal(a.Unit) == unit {
			lines = append(lines, cameLine{a, d, int(a.Late(d.Starts).Minutes())})
		}
	}
	return lines
}
