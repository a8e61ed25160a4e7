package tiepdan

// OverdueUnit is how a unit stands with its days: what is open now, and what was
// done late in a span of days.
type OverdueUnit struct {
	Unit    int64 // 0: nobody has them yet
	Open    int
	Soon    int // fall due within [SoonDays] working days
	Overdue int
	MetLate int // duties done after their day, in the span
	Longest int // days of the longest delay of both

	// What it helps others with, which is apart from the cases that it leads.
	HelpLate    int // overdue now
	HelpMetLate int // given after its day, in the span
	// What is owed after a case's end: to be sent, made public, acted on.
	RemainLate    int
	RemainMetLate int
}

// Add is both units' days together, the longest delay of either.
func (u OverdueUnit) Add(v OverdueUnit) OverdueUnit {
	return OverdueUnit{Open: u.Open + v.Open, Soon: u.Soon + v.Soon, Overdue: u.Overdue + v.Overdue, MetLate: u.MetLate + v.MetLate,
		Longest: max(u.Longest, v.Longest), HelpLate: u.HelpLate + v.HelpLate, HelpMetLate: u.HelpMetLate + v.HelpMetLate,
		RemainLate: u.RemainLate + v.RemainLate, RemainMetLate: u.RemainMetLate + v.RemainMetLate}
}
