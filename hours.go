package tiepdan

import (
	"fmt"
	"time"
)

// Span is a stretch of a day, in minutes after midnight; its end isn't part of it. In JSON it is "07:30-11:30".
type Span struct{ From, To int }

// String writes s as 07:30-11:30.
func (s Span) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", s.From/60, s.From%60, s.To/60, s.To%60)
}

// MarshalText writes s as String does.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads 07:30-11:30.
func (s *Span) UnmarshalText(text []byte) error {
	var fromHour, from, toHour, to int
	n, err := fmt.Sscanf(string(text), "%d:%d-%d:%d", &fromHour, &from, &toHour, &to)
	got := Span{fromHour*60 + from, toHour*60 + to}
	if err != nil || n != 4 || from < 0 || from > 59 || to < 0 || to > 59 || got.From < 0 || got.From >= got.To || got.To > 24*60 {
		return &Error{Code: Invalid, Key: "hours.wrong"}
	}
	*s = got
	return nil
}

// Hours are an office's opening hours, by time.Weekday; the spans of a day in their order.
type Hours [7][]Span

// DefaultHours are 07:30–11:30 and 13:00–17:00 from Monday to Friday. There is no national timetable.
func DefaultHours() Hours {
	var h Hours
	for day := time.Monday; day <= time.Friday; day++ {
		h[day] = []Span{{7*60 + 30, 11*60 + 30}, {13 * 60, 17 * 60}}
	}
	return h
}

// Valid returns what is wrong with h: spans that are empty, overlap or stand in the wrong order.
func (h Hours) Valid() error {
	for _, spans := range h {
		end := 0
		for _, s := range spans {
			if s.From < end || s.To <= s.From || s.To > 24*60 {
				return &Error{Code: Invalid, Key: "hours.wrong"}
			}
			end = s.To
		}
	}
	return nil
}

// Open reports whether t lies in the weekly hours, whatever the calendar says of its day; see Calendar.OpenAt.
func (h Hours) Open(t time.Time) bool { return within(h[DateOf(t).Weekday()], minuteOf(t)) }

func within(spans []Span, minute int) bool {
	for _, s := range spans {
		if s.From <= minute && minute < s.To {
			return true
		}
	}
	return false
}

// minuteOf returns the minute of the day in Hanoi.
func minuteOf(t time.Time) int {
	t = t.In(Hanoi)
	return t.Hour()*60 + t.Minute()
}

// on returns the hours of a day that is worked. A day without hours of its own, as a Saturday that is worked in
// exchange, has those of the week's first day that has any; an office that gave none has the default ones.
func (h Hours) on(d Date) []Span {
	if spans := h[d.Weekday()]; len(spans) > 0 {
		return spans
	}
	for _, day := range []time.Weekday{1, 2, 3, 4, 5, 6, 0} {
		if len(h[day]) > 0 {
			return h[day]
		}
	}
	return DefaultHours()[time.Monday]
}

// HoursOn returns when the office is open on d: never on a day off.
func (c Calendar) HoursOn(d Date, h Hours) []Span {
	if !c.Works(d) {
		return nil
	}
	return h.on(d)
}

// OpenAt reports whether the office is open at t.
func (c Calendar) OpenAt(t time.Time, h Hours) bool {
	return within(c.HoursOn(DateOf(t), h), minuteOf(t))
}

// LegalDay returns the day on which something received at a moment counts as received: the same day, unless that is
// a day off or the office had closed for the day; then the next working day. Before opening and in the lunch break
// it is the same day.
func LegalDay(received time.Time, c Calendar, h Hours) Date {
	d := DateOf(received)
	spans := c.HoursOn(d, h)
	if len(spans) > 0 && !received.After(d.At(spans[len(spans)-1].To)) {
		return d
	}
	return c.Next(d.Add(1))
}
