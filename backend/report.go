package backend

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiepdan"
)

// reportSpans are the periods with a name that reports offer; those of the book.
var reportSpans = []string{"week", "month", "quarter", "year", "report_3", "report_6", "report_9", "report_12"}

// spanAsked is the period of a report. Until is the first day after.
type spanAsked struct {
	Span        string // "": days of their own
	From, Until tiepdan.Date
	Spans       []spanLink
	Before      string // the address of the same length just before, and after
	After       string
	Path        string
	Form        form
	Keep        url.Values // what else narrows it: it stays when another period is chosen
}

// Last is the last day of the period.
func (a spanAsked) Last() tiepdan.Date { return a.Until.Add(-1) }

// Query is what a paper of the period is asked for with.
func (a spanAsked) Query() url.Values { return spanQuery(a, a.Keep) }

// spanQuery is the period as an address has it, and what is kept beside it.
func spanQuery(a spanAsked, kept url.Values) url.Values {
	q := url.Values{"from": {a.From.String()}, "until": {a.Last().String()}}
	for name, v := range kept {
		q[name] = v
	}
	return q
}

// address is the page's with that query.
func (a spanAsked) address(q url.Values) string { return a.Path + "?" + q.Encode() }

// readSpan reads a report's period from its address; without one it is that of the
// name. What is wrong with it comes back as the form, with the status to answer with.
func (s *Server) readSpan(r *http.Request, otherwise string, keep ...string) (spanAsked, form, int, error) {
	today := tiepdan.DateOf(s.Now())
	from, last, span := day(r, "from"), day(r, "until"), r.FormValue("span")
	a, status, f := spanAsked{Path: r.URL.Path, Span: span, Keep: keptOf(r, keep)}, http.StatusOK, form{}
	switch typed := r.FormValue("from") + r.FormValue("until"); {
	case span != "" || typed == "":
		a.name(span, otherwise, today)
	case from.IsZero() || last.IsZero() || last.Before(from) || from.DaysUntil(last) > longestSpan:
		var err error
		if f, status, err = s.mend(r, incomplete("page.book.span_wrong")); err != nil {
			return a, f, status, err
		}
		f.Values = r.Form
		a.name("", otherwise, today)
	default:
		a.From, a.Until = from, last.Add(1)
	}
	a.link(today)
	if f.Values == nil {
		f = filled("from", a.From.String(), "until", a.Last().String())
	}
	return a, f, status, nil
}

// name makes the period the one of that name, or else the other.
func (a *spanAsked) name(span, otherwise string, today tiepdan.Date) {
	if !slices.Contains(reportSpans, span) {
		span = otherwise
	}
	i := slices.IndexFunc(bookSpans, func(b bookSpan) bool { return b.Name == span })
	a.Span = span
	a.From, a.Until = bookSpans[i].Days(today)
}

// link fills in the ways to other periods.
func (a *spanAsked) link(today tiepdan.Date) {
	for _, name := range reportSpans {
		i := slices.IndexFunc(bookSpans, func(b bookSpan) bool { return b.Name == name })
		from, until := bookSpans[i].Days(today)
		a.Spans = append(a.Spans, spanLink{Name: name, Path: a.address(plus(a.Keep, "span", name)), Current: from == a.From && until == a.Until, From: from, Last: until.Add(-1)})
	}
	to := func(from, until tiepdan.Date) string {
		return a.address(spanAsked{From: from, Until: until, Keep: a.Keep}.Query())
	}
	if months := a.months(); months > 0 {
		a.Before, a.After = to(a.From.AddMonths(-months), a.From), to(a.Until, a.Until.AddMonths(months))
		return
	}
	days := a.From.DaysUntil(a.Until)
	a.Before, a.After = to(a.From.Add(-days), a.From), to(a.Until, a.Until.Add(days))
}

// months is how many months the period has; 0 when it isn't whole ones.
func (a spanAsked) months() int {
	if a.From.Day != a.Until.Day {
		return 0
	}
	return (a.Until.Year-a.From.Year)*12 + int(a.Until.Month-a.From.Month)
}

// Named is how the period is called: a quarter or a year by its number; "" for others.
func (a spanAsked) Named() string {
	months := a.months()
	switch {
	case a.From.Day != 1:
		return ""
	case months == 12 && a.From.Month == time.January:
		return "year"
	case months == 3 && a.From.Month%3 == 1:
		return "quarter"
	case months == 1:
		return "month"
	}
	return ""
}

// Quarter is the quarter in which the period begins.
func (a spanAsked) Quarter() int { return int(a.From.Month-1)/3 + 1 }

// reportTabs are the reports, in the order of their tabs.
var reportTabs = []string{"receptions", "duty", "attendance", "directives", "overdue", "satisfaction"}

// reportHead is the head of each report's page.
type reportHead struct {
	Name  string
	Asked spanAsked
	Tabs  []viewLink
	Files []viewLink // the papers of it
}

func (s *Server) reportHead(r *http.Request, name, otherwise string) (reportHead, int, error) {
	asked, f, status, err := s.readSpan(r, otherwise)
	asked.Form = f
	h := reportHead{Name: name, Asked: asked}
	q := asked.Query().Encode()
	for _, tab := range reportTabs {
		h.Tabs = append(h.Tabs, viewLink{Name: tab, Path: "/reports/" + tab + "?" + q, Current: tab == name})
	}
	switch name {
	case "duty", "attendance":
		h.Files = []viewLink{{Name: "xlsx", Path: "/reports/duty.xlsx?" + q}}
	case "satisfaction":
		h.Files = []viewLink{{Name: "xlsx", Path: "/reports/satisfaction.xlsx?" + q}}
	case "overdue":
		h.Files = []viewLink{{Name: "xlsx", Path: "/reports/overdue.xlsx?" + q}}
	case "directives":
		h.Files = []viewLink{{Name: "xlsx", Path: "/reports/directives.xlsx?" + q}, {Name: "pdf", Path: "/reports/directives.pdf?" + q}}
	}
	return h, status, err
}

func (s *Server) goToReports(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, "/reports/"+reportTabs[0], http.StatusSeeOther)
	return nil
}

// printReport prints a report. Its address has the last day; the paper is asked for
// with the first one after.
func (s *Server) printReport(what string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		a, _, status, err := s.readSpan(r, "quarter")
		if err == nil && status != http.StatusOK {
			err = incomplete("page.book.span_wrong")
		}
		if err != nil {
			return err
		}
		return s.sendPrint(w, r, what, 0, url.Values{"from": {a.From.String()}, "until": {a.Until.String()}})
	}
}

// percent writes a share as people do: 18,59%, in English 18.59%.
func percent(share float64, lang tiepdan.Language) string {
	s := strconv.FormatFloat(share, 'f', -1, 64)
	if lang == tiepdan.Vietnamese {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s + "%"
}

// shareOf is n of all in a hundred, to two digits.
func shareOf(n, all int) float64 {
	if all == 0 {
		return 0
	}
	return math.Round(float64(n)*10000/float64(all)) / 100
}
