package xlsx

import "time"

// DirectivesData is how the units carry out what leaders directed them to do.
type DirectivesData struct {
	Heading
	Units []DirectiveUnit
	List  []DirectiveRow
}

// DirectiveUnit is a unit's figures. Done = InTime + Late; Overdue are of the Open.
type DirectiveUnit struct {
	Unit    string
	Issued  int
	Done    int
	InTime  int
	Late    int
	Open    int
	Overdue int
}

// DirectiveRow is one direction. Of a Secret one the words aren't written.
type DirectiveRow struct {
	Code    string
	Task    string
	Unit    string
	Officer string
	Status  string
	Result  string
	Issued  time.Time
	Due     time.Time
	Done    time.Time
	Overdue bool
	Secret  bool
	Urged   int
}

var (
	directiveUnits = []column{
		{"directive.unit", 40, styleText}, {"directive.issued", 12, styleNumber}, {"directive.done", 12, styleNumber},
		{"directive.in_time", 12, styleNumber}, {"directive.late", 14, styleNumber}, {"directive.open", 16, styleNumber}, {"directive.overdue", 16, styleNumber},
	}
	directiveList = []column{
		{"directive.code", 13, styleText}, {"directive.task", 60, styleText}, {"directive.unit", 30, styleText}, {"directive.officer", 24, styleText},
		{"directive.issued_on", 13, styleDate}, {"directive.due", 13, styleDate}, {"directive.done_on", 13, styleDate}, {"directive.status", 18, styleText},
		{"directive.is_overdue", 11, styleText}, {"directive.urged", 12, styleNumber}, {"directive.result", 50, styleText},
	}
)

// Directives returns the directions as a workbook: by unit, and each one.
func Directives(d DirectivesData) ([]byte, error) {
	return made(d.Heading, "directive.title", func(w *workbook) {
		s := w.sheet("directive.by_unit", "directive.title", directiveUnits, oneLine)
		for _, u := range d.Units {
			s.add(u.Unit, u.Issued, u.Done, u.InTime, u.Late, u.Open, u.Overdue)
		}
		s.end("DirectiveUnits")
		s = w.sheet("directive.list", "directive.title", directiveList, oneLine)
		for _, r := range d.List {
			if r.Secret {
				r.Task, r.Result = w.say("directive.secret", nil), ""
			}
			overdue := ""
			if r.Overdue {
				overdue = w.say("yes", nil)
			}
			s.add(r.Code, r.Task, r.Unit, r.Officer, day(r.Issued), day(r.Due), day(r.Done), r.Status, overdue, r.Urged, r.Result)
		}
		s.end("Directives")
	})
}

// day is t without its time of day, so that a filter finds all of one day together.
func day(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}
