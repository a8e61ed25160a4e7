package backend

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"tiepdan"
)

// bookSpans are the periods of the book that have a name. The report windows run
// from the 15th of a month to the 14th of another, within the reports' year, which
// begins on 15 December (NĐ 09/2019).
var bookSpans = []bookSpan{
	{"month", func(d tiepdan.Date) (from, until tiepdan.Date) { return monthsFrom(d.Year, d.Month, 1) }},
	{"week", weekFrom},
	{"last_month", func(d tiepdan.Date) (from, until tiepdan.Date) { return monthsFrom(d.Year, d.Month-1, 1) }},
	{"quarter", func(d tiepdan.Date) (from, until tiepdan.Date) {
		year, quarter := tiepdan.QuarterOf(d)
		return tiepdan.Plan{Year: year, Quarter: quarter}.Days()
	}},
	{"year", func(d tiepdan.Date) (from, until tiepdan.Date) { return monthsFrom(d.Year, time.January, 12) }},
	{"report_3", func(d tiepdan.Date) (from, until tiepdan.Date) { return reportWindow(d, 3) }},
	{"report_6", func(d tiepdan.Date) (from, until tiepdan.Date) { return reportWindow(d, 6) }},
	{"report_9", func(d tiepdan.Date) (from, until tiepdan.Date) { return reportWindow(d, 9) }},
	{"report_12", func(d tiepdan.Date) (from, until tiepdan.Date) { return reportWindow(d, 12) }},
}

// bookSpan is a period with a name.
type bookSpan struct {
	Name string
	Days func(today tiepdan.Date) (from, until tiepdan.Date)
}

// weekFrom is the week from its Monday on.
func weekFrom(d tiepdan.Date) (from, until tiepdan.Date) {
	from = mondayOf(d)
	return from, from.Add(7)
}

// monthsFrom is so many months from the first of one; a month before January is of
// the year before.
func monthsFrom(year int, month time.Month, months int) (from, until tiepdan.Date) {
	from = tiepdan.Date{Year: year, Month: time.January, Day: 1}.AddMonths(int(month) - 1)
	return from, from.AddMonths(months)
}

// reportWindow is the first so many months of the reports' year that today is in.
func reportWindow(today tiepdan.Date, months int) (from, until tiepdan.Date) {
	from = tiepdan.Date{Year: today.Year, Month: time.December, Day: reportDay}
	if today.Before(from) {
		from.Year--
	}
	return from, from.AddMonths(months)
}

// reportDay is the day of the month on which report windows begin.
const reportDay = 15

// longestSpan is how many days the book shows at once.
const longestSpan = 3 * 366

// bookAsked is what somebody wants to see of the book. Until is the first day after.
type bookAsked struct {
	Span        string // "": days of their own
	From, Until tiepdan.Date
	Words       string
}

// readBookAsked reads the address: days of one's own go before a named period, and
// without either it is the month.
func readBookAsked(r *http.Request, today tiepdan.Date) (bookAsked, error) {
	a := bookAsked{Span: r.FormValue("span"), Words: strings.TrimSpace(r.FormValue("words"))}
	in := typedIn(r)
	from, last := in.day("from"), in.day("until")
	if a.Span == "" && in.fault != nil {
		return a, in.fault
	}
	if a.Span == "" && (!from.IsZero() || !last.IsZero()) {
		if last.IsZero() {
			last = later(from, today)
		}
		if from.IsZero() || last.Before(from) || from.DaysUntil(last) > longestSpan {
			return a, incomplete("page.book.span_wrong")
		}
		a.From, a.Until = from, last.Add(1)
		return a, nil
	}
	i := max(0, slices.IndexFunc(bookSpans, func(b bookSpan) bool { return b.Name == a.Span }))
	a.Span = bookSpans[i].Name
	a.From, a.Until = bookSpans[i].Days(today)
	return a, nil
}

func later(a, b tiepdan.Date) tiepdan.Date {
	if a.Before(b) {
		return b
	}
	return a
}
