package xlsx

import "time"

// ComplianceData is how those whom the law obliges to receive citizens did so, and
// how the units called to sessions attended.
type ComplianceData struct {
	Heading
	Heads []HeadMonth
	Units []UnitAttendance
}

// HeadMonth is a head's month, in days: those in person count, those by delegation
// are counted apart.
type HeadMonth struct {
	Name      string
	Title     string
	Month     time.Time
	Required  int
	Planned   int
	InPerson  int
	Delegated int
	NotHeld   int
	Cancelled int
}

// UnitAttendance is how often a unit was called, and came. Minutes is all its
// lateness together.
type UnitAttendance struct {
	Unit    string
	Called  int
	Came    int
	OnTime  int
	Late    int
	Absent  int
	Minutes int
}

var (
	headMonths = []column{
		{"duty.name", 28, styleText}, {"duty.head", 36, styleText}, {"duty.month", 11, styleMonth}, {"duty.required", 13, styleNumber},
		{"duty.planned", 13, styleNumber}, {"duty.in_person", 13, styleNumber}, {"duty.missing", 13, styleNumber}, {"duty.delegated", 13, styleNumber},
		{"duty.not_held", 15, styleNumber}, {"duty.cancelled", 13, styleNumber},
	}
	unitAttendance = []column{
		{"attend.unit", 40, styleText}, {"attend.called", 14, styleNumber}, {"attend.came", 12, styleNumber}, {"attend.share", 13, stylePercent},
		{"attend.on_time", 12, styleNumber}, {"attend.late", 12, styleNumber}, {"attend.absent", 12, styleNumber}, {"attend.minutes", 18, styleNumber},
	}
)

// Compliance returns the duty of heads and the attendance of units as a workbook.
func Compliance(d ComplianceData) ([]byte, error) {
	return made(d.Heading, "duty.title", func(w *workbook) {
		s := w.sheet("duty.sheet", "duty.title", headMonths, oneLine)
		for _, h := range d.Heads {
			s.add(h.Name, h.Title, day(h.Month), h.Required, h.Planned, h.InPerson, max(0, h.Required-h.InPerson), h.Delegated, h.NotHeld, h.Cancelled)
		}
		s.end("Duty")
		s = w.sheet("attend.sheet", "attend.title", unitAttendance, oneLine)
		for _, u := range d.Units {
			s.add(u.Unit, u.Called, u.Came, share(u.Came, u.Called), u.OnTime, u.Late, u.Absent, u.Minutes)
		}
		s.end("Attendance")
	})
}

// share is part of all, or an empty cell when there is nothing to share.
func share(part, all int) any {
	if all == 0 {
		return nil
	}
	return float64(part) / float64(all)
}
