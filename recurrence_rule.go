package tiepdan

import (
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// Limits of a recurrence. They are ours.
const (
	MaxPlaces  = 500
	MaxCutDays = 30
	maxRule    = 200
)

// ruleParts are the parts of an RRULE that we take, and with which frequencies
// (RFC 5545, 3.3.10). An end stands in Until, hours in Starts: they have no place here.
var ruleParts = map[string][]rrule.Frequency{
	"FREQ":       {rrule.DAILY, rrule.WEEKLY, rrule.MONTHLY, rrule.YEARLY},
	"INTERVAL":   {rrule.DAILY, rrule.WEEKLY, rrule.MONTHLY, rrule.YEARLY},
	"BYMONTH":    {rrule.DAILY, rrule.WEEKLY, rrule.MONTHLY, rrule.YEARLY},
	"BYDAY":      {rrule.DAILY, rrule.WEEKLY, rrule.MONTHLY, rrule.YEARLY},
	"BYMONTHDAY": {rrule.MONTHLY, rrule.YEARLY},
	"BYSETPOS":   {rrule.WEEKLY, rrule.MONTHLY, rrule.YEARLY},
}

var errRule = &Error{Code: Invalid, Key: "recurrence.rule_wrong"}

// ruleOption reads an RRULE of the parts that we take.
func ruleOption(text string) (*rrule.ROption, error) {
	text = tidyRule(text)
	if len(text) > maxRule || strings.ContainsAny(text, "\r\n") {
		return nil, errRule
	}
	option, err := rrule.StrToROption(text)
	if err != nil {
		return nil, errRule
	}
	parts := map[string]string{}
	for part := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(part, "=")
		if parts[name] != "" || !slices.Contains(ruleParts[name], option.Freq) {
			return nil, errRule
		}
		parts[name] = value
	}
	if parts["INTERVAL"] != "" && (option.Interval < 1 || option.Interval > 99) || !nthsRight(option, parts) {
		return nil, errRule
	}
	option.Dtstart = time.Unix(0, 0).UTC() // else it would look at the clock
	if _, err := rrule.NewRRule(*option); err != nil {
		return nil, errRule // numbers out of bounds
	}
	return option, nil
}

// nthsRight reports whether what counts, "the second Monday", has something to count.
func nthsRight(option *rrule.ROption, parts map[string]string) bool {
	if parts["BYSETPOS"] != "" && parts["BYDAY"] == "" && parts["BYMONTHDAY"] == "" {
		return false
	}
	for i, day := range strings.Split(parts["BYDAY"], ",") {
		if len(day) <= len("MO") {
			continue
		}
		n := option.Byweekday[i].N()
		if n == 0 || option.Freq != rrule.MONTHLY && option.Freq != rrule.YEARLY || option.Freq == rrule.MONTHLY && (n < -5 || n > 5) {
			return false
		}
	}
	return true
}

// tidyRule writes a rule as we keep it: in capitals, without its name and spaces.
func tidyRule(text string) string {
	text = strings.ToUpper(strings.TrimSpace(text))
	return strings.ReplaceAll(strings.TrimPrefix(text, "RRULE:"), " ", "")
}

// Valid returns what is wrong with r, the first thing first.
func (r Recurrence) Valid() error {
	if _, err := ruleOption(r.RRule); err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(r.Name) == "":
		return invalid("recurrence.name_missing", nil)
	case r.From.IsZero():
		return invalid("recurrence.from_missing", nil)
	case !r.Until.IsZero() && r.Until.Before(r.From):
		return invalid("recurrence.until_early", nil)
	case !slices.Contains(SessionKinds(), r.Kind):
		return invalid("recurrence.kind_missing", nil)
	case !slices.Contains([]DayOff{DayOffNext, DayOffPrevious, DayOffCancel}, r.DayOff):
		return invalid("recurrence.day_off_missing", nil)
	case r.Starts < 0 || r.Ends <= r.Starts || r.Ends >= 24*60:
		return invalid("recurrence.hours_wrong", nil)
	case r.Kind == Guest && strings.TrimSpace(r.Host) == "":
		return invalid("recurrence.host_missing", nil)
	case strings.TrimSpace(r.Place) == "":
		return invalid("recurrence.place_missing", nil)
	case r.Places < 0 || r.Places > MaxPlaces:
		return invalid("recurrence.places_wrong", map[string]any{"Max": MaxPlaces})
	case r.CutDays < 0 || r.CutDays > MaxCutDays:
		return invalid("recurrence.cut_days_wrong", map[string]any{"Max": MaxCutDays})
	}
	return r.gives()
}

// gives returns an error when r gives no day at all, such as 30 February.
func (r Recurrence) gives() error {
	rule, err := r.rule()
	if err != nil {
		return err
	}
	if _, ok := rule.Iterator()(); !ok {
		return invalid("recurrence.rule_never", nil)
	}
	return nil
}
