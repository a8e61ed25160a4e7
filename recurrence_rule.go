package tiepdan

import (
	"slices"
	"strings"

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

// ruleOption reads an RRULE of the parts that we take.
func ruleOption(text string) (*rrule.ROption, error) {
	wrong := &Error{Code: Invalid, Key: "recurrence.rule_wrong"}
	text = tidyRule(text)
	if len(text) > maxRule || strings.ContainsAny(text, "\r\n") {
		return nil, wrong
	}
	option, err := rrule.StrToROption(text)
	if err != nil {
		return nil, wrong
	}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(text, ";") {
		name, _, _ := strings.Cut(part, "=")
		if seen[name] || !slices.Contains(ruleParts[name], option.Freq) {
			return nil, wrong
		}
		seen[name] = true
	}
	if seen["INTERVAL"] && (option.Interval < 1 || option.Interval > 99) || seen["BYSETPOS"] && !seen["BYDAY"] && !seen["BYMONTHDAY"] {
		return nil, wrong
	}
	for _, day := range option.Byweekday {
		if day.N() != 0 && option.Freq != rrule.MONTHLY && option.Freq != rrule.YEARLY {
			return nil, wrong
		}
	}
	return option, nil
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
