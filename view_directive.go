package tiepdan

import "math"

// DirectiveFilter says which directions a list shows. What isn't set doesn't
// narrow it. By is who looks: nobody gets a line of a direction that they may not
// see at all. With Open or Overdue the first to fall due comes first, otherwise
// the last issued.
type DirectiveFilter struct {
	By       Actor
	Unit     int64
	Officers []int64 // to one of them
	Session  int64
	Status   []DirectiveStatus
	Open     bool
	Overdue  bool
	From     Date   // issued from this day …
	Until    Date   // … to before this one
	After    string // the page key that the page before ended with
	Limit    int    // 0: the store's own
}

// DirectiveUnit is what became of the directions to one unit that were issued in
// a span of days. InTime and Late are those with a result, by the day it was
// reported on; Open and Overdue are as they stand today.
type DirectiveUnit struct {
	Unit      int64
	Issued    int
	Done      int
	Cancelled int
	InTime    int
	Late      int
	Open      int
	Overdue   int
	Urged     int // times
}

// Tally counts receptions: a reception is one lượt, however many came.
type Tally struct {
	Times       int // lượt
	People      int // người
	Groups      int // đoàn đông người
	GroupPeople int // people in these
}

// Add returns the sum of both.
func (t Tally) Add(u Tally) Tally {
	return Tally{t.Times + u.Times, t.People + u.People, t.Groups + u.Groups, t.GroupPeople + u.GroupPeople}
}

// ReceptionCounts are the receptions of a span of days, From to before Until.
type ReceptionCounts struct {
	From, Until Date
	Tally
	Matters int // vụ việc: a case counts once, however often people came about it
	First   int // lượt that were the first about their matter
	Again   int
	Results map[Result]int // lượt
	Kinds   map[Kind]Tally
	Fields  map[string]Tally // by code; "": none named
	At      map[SessionKind]Tally
}

// Share is how many of a hundred receptions had one of the results, to two digits.
func (c ReceptionCounts) Share(results ...Result) float64 {
	n := 0
	for _, r := range results {
		n += c.Results[r]
	}
	return percent(n, c.Times)
}

// Compared returns by how much a count is more than that of another span, and by how
// many percent; ok is false where the other was nothing.
func Compared(now, before int) (more int, share float64, ok bool) {
	return now - before, percent(now-before, before), before != 0
}

func percent(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return math.Round(float64(n)*10000/float64(of)) / 100
}

// YearBefore returns the same span a year earlier (cùng kỳ năm trước).
func YearBefore(from, until Date) (Date, Date) {
	return from.AddMonths(-12), until.AddMonths(-12)
}
