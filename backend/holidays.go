package backend

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"tiepdan"
)

// firstYear and lastYear are those that a calendar of days off is kept for.
const firstYear, lastYear = 2000, 2100

// holidaysPage is what holidays.html shows: one year's rows, and the form of one.
type holidaysPage struct {
	Year     int
	Before   int // the year before
	After    int
	Rows     []tiepdan.Holiday // to come, in the year that is under way
	Past     []tiepdan.Holiday
	Months   []monthView
	Unsure   int // rows that aren't confirmed
	Official bool
	Kinds    []option
	Editing  tiepdan.Date // the row in the form; none: a new one
	Form     form
	Counted  bool // the open cases were counted anew, just now
	Count    tiepdan.Recount
	Promised []tiepdan.CaseCode // whose promised day isn't theirs any more
}

// monthView is a month as a sheet of a calendar.
type monthView struct {
	Month int
	Blank []struct{} // days of the week before the first
	Days  []dayView
}

// dayView is one day. Tone says how it differs from a working day.
type dayView struct {
	On   tiepdan.Date
	Tone string // "", weekend, or a [tiepdan.HolidayKind]
	Name string
	Open bool // unconfirmed
}

func (s *Server) holidaysPage(r *http.Request, year int, f form) (holidaysPage, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return holidaysPage{}, err
	}
	lang := s.language(r)
	p := holidaysPage{Year: year, Before: year - 1, After: year + 1, Form: f, Official: rules.Calendar.LastConfirmedYear() >= year}
	for _, h := range rules.Holidays {
		if h.On.Year != year {
			continue
		}
		if today := tiepdan.DateOf(s.Now()); year == today.Year && h.On.Before(today) {
			p.Past = append(p.Past, h)
		} else {
			p.Rows = append(p.Rows, h)
		}
		if !h.Confirmed {
			p.Unsure++
		}
	}
	for _, k := range tiepdan.HolidayKinds {
		p.Kinds = append(p.Kinds, option{Value: string(k), Label: plain(lang, "holidays.kind_"+string(k))})
	}
	for m := time.January; m <= time.December; m++ {
		p.Months = append(p.Months, month(rules.Calendar, year, m))
	}
	if p.Counted = r.URL.Query().Has("moved"); p.Counted {
		err = s.recount(r, &p)
	}
	return p, err
}

// recount says what became of the open cases; of those that were promised another
// day, the ones that this person sees.
func (s *Server) recount(r *http.Request, p *holidaysPage) (err error) {
	if p.Count, err = s.Store.LastRecount(r.Context()); err != nil {
		return err
	}
	for _, id := range p.Count.Promised {
		c, err := s.Store.ViewCase(r.Context(), id, who(r).Actor())
		if tiepdan.CodeOf(err) == tiepdan.Internal && err != nil {
			return err
		}
		if err == nil && who(r).Actor().See(c) == tiepdan.Everything {
			p.Promised = append(p.Promised, c.Code)
		}
	}
	return nil
}

// month draws a month, Monday first.
func month(c tiepdan.Calendar, year int, m time.Month) monthView {
	first := tiepdan.Date{Year: year, Month: m, Day: 1}
	v := monthView{Month: int(m), Blank: make([]struct{}, (int(first.Weekday())+6)%7)}
	for d := first; d.Month == m; d = d.Add(1) {
		why, off := c.Why(d)
		day := dayView{On: d, Name: why.Name, Open: !why.Confirmed && why.Kind != ""}
		if off || why.Kind == tiepdan.DayWork {
			day.Tone = string(why.Kind)
		}
		v.Days = append(v.Days, day)
	}
	return v
}

// yearOf is the year that the address asks for, this one if none.
func (s *Server) yearOf(r *http.Request) int {
	year, err := strconv.Atoi(r.FormValue("year"))
	if err != nil || year < 2000 || year > 2100 {
		year = tiepdan.DateOf(s.Now()).Year
	}
	return year
}

func (s *Server) showHolidays(w http.ResponseWriter, r *http.Request) error {
	p, err := s.holidaysPage(r, s.yearOf(r), form{})
	if err != nil {
		return err
	}
	return s.render(w, r, "holidays", p)
}

// showHoliday puts the row of a day into the form, or a new one of that day.
func (s *Server) showHoliday(w http.ResponseWriter, r *http.Request) error {
	on, err := tiepdan.ParseDate(r.PathValue("day"))
	if err != nil {
		return &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.error.no_page"}
	}
	f := filled("day", on.String())
	p, err := s.holidaysPage(r, on.Year, f)
	if err != nil {
		return err
	}
	for _, h := range slices.Concat(p.Past, p.Rows) {
		if h.On == on {
			p.Editing = on
			p.Form = filled("day", on.String(), "kind", string(h.Kind), "name", h.Name, "source", h.Source, "confirmed", mark1(h.Confirmed))
		}
	}
	return s.render(w, r, "holidays", p)
}

// saveHoliday writes the row of a day, and says how many open cases fall due on
// another day for it.
func (s *Server) saveHoliday(w http.ResponseWriter, r *http.Request) error {
	in, count := typedIn(r), tiepdan.Recount{}
	h := tiepdan.Holiday{On: in.day("day"), Kind: tiepdan.HolidayKind(r.PostFormValue("kind")), Name: in.line("name"),
		Source: in.line("source"), Confirmed: ticked(r, "confirmed")}
	err := in.fault
	if err == nil {
		count, err = s.writeHoliday(r, h)
	}
	if err != nil {
		return s.again(w, r, err, "holidays", func(f form) (any, error) {
			year := h.On.Year
			if h.On.IsZero() {
				year = s.yearOf(r)
			}
			return s.holidaysPage(r, year, f)
		})
	}
	return s.recounted(w, r, h.On.Year, count)
}

// writeHoliday: what is confirmed names what confirms it.
func (s *Server) writeHoliday(r *http.Request, h tiepdan.Holiday) (tiepdan.Recount, error) {
	known := false
	for _, k := range tiepdan.HolidayKinds {
		known = known || k == h.Kind
	}
	switch {
	case h.On.IsZero(), h.On.Year < firstYear, h.On.Year > lastYear: // 0206 is a slip of the finger
		return tiepdan.Recount{}, incomplete("date.wrong")
	case !known || h.Name == "":
		return tiepdan.Recount{}, incomplete("page.holidays.incomplete")
	case h.Confirmed && h.Source == "":
		return tiepdan.Recount{}, incomplete("page.holidays.source_missing")
	}
	return s.Store.SaveHoliday(r.Context(), who(r).Actor(), h)
}

func (s *Server) deleteHoliday(w http.ResponseWriter, r *http.Request) error {
	on, err := tiepdan.ParseDate(r.PathValue("day"))
	if err != nil {
		return &tiepdan.Error{Code: tiepdan.NotFound, Key: "holiday.none"}
	}
	count, err := s.Store.DeleteHoliday(r.Context(), who(r).Actor(), on)
	if err != nil {
		return err
	}
	return s.recounted(w, r, on.Year, count)
}

// recounted goes back to the year; the number is in the address, for a word that
// is kept for the next page has none.
func (s *Server) recounted(w http.ResponseWriter, r *http.Request, year int, count tiepdan.Recount) error {
	http.Redirect(w, r, "/holidays?year="+strconv.Itoa(year)+"&moved="+strconv.Itoa(count.Moved), http.StatusSeeOther)
	return nil
}
