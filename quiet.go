package tiepdan

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Quiet is a stretch of every day, in minutes after midnight, in which no message
// goes out that isn't urgent; it may pass over midnight. Its zero value is none.
type Quiet struct{ From, To int }

// IsZero reports whether there is no such stretch.
func (q Quiet) IsZero() bool { return q.From == q.To }

// String writes q as 21:00-06:00, and none as "".
func (q Quiet) String() string {
	if q.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", q.From/60, q.From%60, q.To/60, q.To%60)
}

// ParseQuiet reads 21:00-06:00; "" is none.
func ParseQuiet(s string) (q Quiet, err error) {
	if s == "" {
		return q, nil
	}
	var fh, fm, th, tm int
	var rest string
	n, _ := fmt.Sscanf(s+" .", "%d:%d-%d:%d %s", &fh, &fm, &th, &tm, &rest)
	q = Quiet{fh*60 + fm, th*60 + tm}
	if n != 5 || rest != "." || min(fh, fm, th, tm) < 0 || max(fh, th) > 23 || max(fm, tm) > 59 || q.IsZero() {
		return Quiet{}, invalid("quiet.wrong", nil)
	}
	return q, nil
}

// MarshalText writes q as String does.
func (q Quiet) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads what ParseQuiet reads.
func (q *Quiet) UnmarshalText(text []byte) (err error) {
	*q, err = ParseQuiet(string(text))
	return err
}

// Value is what a database keeps.
func (q Quiet) Value() (driver.Value, error) { return q.String(), nil }

// Scan reads what Value wrote.
func (q *Quiet) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("tiepdan: quiet hours cannot be read from %T", src)
	}
	return q.UnmarshalText([]byte(text))
}

// Ends returns when a message of that moment may go out: then, or when the quiet
// is over.
func (q Quiet) Ends(at time.Time) time.Time {
	day, minute := DateOf(at), minuteOf(at)
	switch {
	case q.IsZero():
	case q.From < q.To && q.From <= minute && minute < q.To, q.From > q.To && minute < q.To:
		return day.At(q.To)
	case q.From > q.To && minute >= q.From:
		return day.Add(1).At(q.To)
	}
	return at
}

// NextOpen returns the moment itself if the office is open then, else when it
// opens next: machine-made messages wait for that.
func (c Calendar) NextOpen(at time.Time, h Hours) time.Time {
	for d := DateOf(at); ; d = d.Add(1) {
		for _, span := range c.HoursOn(d, h) {
			from, to := d.At(span.From), d.At(span.To)
			if at.Before(from) {
				return from
			}
			if at.Before(to) {
				return at
			}
		}
	}
}
