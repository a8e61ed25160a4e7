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
}

// Add is both units' days together, the longest delay of either.
func (u OverdueUnit) Add(v OverdueUnit) OverdueUnit {
	return OverdueUnit{Open: u.Open + v.Open, Soon: u.Soon + v.Soon, Overdue: u.Overdue + v.Overdue, MetLate: u.MetLate + v.MetLate,
		Longest: max(u.Longest, v.Longest)}
}
