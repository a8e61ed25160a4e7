package tiepdan

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"time"
)

// Hanoi is the one time zone that the law is read in. Vietnam has no summer time.
var Hanoi = time.FixedZone("ICT", 7*60*60)

// Date is a calendar day in Hanoi, without an hour. Its zero value is no date; in Postgres it is NULL.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day that t falls on in Hanoi.
func DateOf(t time.Time) Date {
	y, m, d := t.In(Hanoi).Date()
	return Date{y, m, d}
}

// ParseDate reads a date as 2006-01-02; no other way of writing it, and no day that doesn't exist.
func ParseDate(s string) (Date, error) {
	t, err := time.ParseInLocation(time.DateOnly, s, Hanoi)
	if err != nil {
		// The standard error quotes its input, which may be a person's.
		return Date{}, &Error{Code: Invalid, Key: "date.wrong"}
	}
	return DateOf(t), nil
}

// String writes d as 2006-01-02, and no date as nothing.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Time returns the moment at which d begins in Hanoi.
func (d Date) Time() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, Hanoi)
}

// At returns the moment of d that is so many minutes after midnight in Hanoi.
func (d Date) At(minutes int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, minutes, 0, 0, Hanoi)
}

// Add returns the day n days after d, or before it when n is negative.
func (d Date) Add(n int) Date {
	if day := d.Day + n; 1 <= day && day <= 28 {
		return Date{d.Year, d.Month, day} // most steps stay inside the month
	}
	y, m, day := time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC).Date()
	return Date{y, m, day}
}

// AddMonths returns the same day n months later; where that month has no such day, its last one
// (Civil Code 2015, Article 148(3)).
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), first.Month(), min(d.Day, last)}
}

// DaysUntil returns how many days later e is; it is negative when e is earlier.
func (d Date) DaysUntil(e Date) int {
	return int(e.Time().Sub(d.Time()) / (24 * time.Hour))
}

// Weekday returns the day of the week that d falls on.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Compare is negative when d is earlier than e, positive when later.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// MarshalText writes d as String does; JSON uses it too.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	got, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = got
	return nil
}

// Value gives d to a column of type date.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC), nil
}

// Scan reads a column of type date. A timestamp is read as its day in Hanoi.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		*d = DateOf(v) // midnight UTC, as drivers give a date, is the same day in Hanoi
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("tiepdan: a date cannot be read from %T", src)
}
