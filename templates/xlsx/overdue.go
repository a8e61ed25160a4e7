package xlsx

// OverdueData is how the units stand with the days of their cases.
type OverdueData struct {
	Heading
	Units []OverdueUnit
}

// OverdueUnit is a unit's figures: of today, and what it did late in the period.
type OverdueUnit struct {
	Unit    string
	Open    int
	Soon    int
	Overdue int
	MetLate int
	Longest int // days

	HelpLate      int
	HelpMetLate   int
	RemainLate    int
	RemainMetLate int
}

var overdueUnits = []column{
	{"overdue.unit", 40, styleText}, {"overdue.open", 13, styleNumber}, {"overdue.soon", 15, styleNumber}, {"overdue.overdue", 13, styleNumber},
	{"overdue.met_late", 18, styleNumber}, {"overdue.longest", 20, styleNumber}, {"overdue.help_late", 20, styleNumber}, {"overdue.help_met_late", 24, styleNumber},
	{"overdue.remain_late", 24, styleNumber}, {"overdue.remain_met_late", 28, styleNumber},
}

// Overdue returns the units' days as a workbook.
func Overdue(d OverdueData) ([]byte, error) {
	return made(d.Heading, "overdue.title", func(w *workbook) {
		s := w.sheet("overdue.by_unit", "overdue.title", overdueUnits, oneLine)
		for _, u := range d.Units {
			s.add(u.Unit, u.Open, u.Soon, u.Overdue, u.MetLate, u.Longest, u.HelpLate, u.HelpMetLate, u.RemainLate, u.RemainMetLate)
		}
		s.end("OverdueUnits")
	})
}
