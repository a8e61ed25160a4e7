package tiepdan

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// RuleForm is one of the forms in which people think of a rule.
type RuleForm string

const (
	MonthDays       RuleForm = "month_days"  // ngày 01 và 16 hằng tháng
	Weekdays        RuleForm = "weekdays"    // thứ Năm hằng tuần
	EveryWorkingDay RuleForm = "working_day" // mọi ngày làm việc
	NthWeekday      RuleForm = "nth_weekday" // thứ Hai đầu tiên của tháng
	RawRule         RuleForm = "raw"         // an RRULE as it stands
)

// RuleForms are all forms, in the order in which they are offered.
func RuleForms() []RuleForm {
	return []RuleForm{MonthDays, Weekdays, EveryWorkingDay, NthWeekday, RawRule}
}

// RulePreset is a rule as a form asks for it. Only what its Form needs is read.
type RulePreset struct {
	Form     RuleForm
	Days     []int          // of the month, from 1; -1: its last day
	Weekdays []time.Weekday // of Weekdays; NthWeekday reads the first
	Nth      int            // 1–5; -1: the last
	Raw      string
}

var ruleDays = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// RRule writes p as an RRULE. It may be wrong where p is; [Recurrence.Valid] says so.
func (p RulePreset) RRule() string {
	switch p.Form {
	case MonthDays:
		var days []string
		for _, d := range slices.Compact(slices.SortedFunc(slices.Values(p.Days), monthDayOrder)) {
			days = append(days, strconv.Itoa(d))
		}
		return "FREQ=MONTHLY;BYMONTHDAY=" + strings.Join(days, ",")
	case Weekdays:
		var days []string
		for _, d := range slices.Compact(slices.SortedFunc(slices.Values(p.Weekdays), weekOrder)) {
			days = append(days, ruleDay(d))
		}
		return "FREQ=WEEKLY;BYDAY=" + strings.Join(days, ",")
	case EveryWorkingDay:
		return "FREQ=DAILY"
	case NthWeekday:
		day := ""
		if len(p.Weekdays) > 0 {
			day = ruleDay(p.Weekdays[0])
		}
		return "FREQ=MONTHLY;BYDAY=" + strconv.Itoa(p.Nth) + day
	}
	return tidyRule(p.Raw)
}

// PresetOf returns the form that a rule was written in; raw where it is none of ours.
func PresetOf(text string) RulePreset {
	text = tidyRule(text)
	raw := RulePreset{Form: RawRule, Raw: text}
	option, err := ruleOption(text)
	if err != nil {
		return raw
	}
	p := RulePreset{Days: option.Bymonthday}
	for _, day := range option.Byweekday {
		p.Weekdays = append(p.Weekdays, time.Weekday((day.Day()+1)%7)) // theirs begins on Monday
		p.Nth = day.N()
	}
	switch {
	case option.Freq == rrule.DAILY:
		p.Form = EveryWorkingDay
	case option.Freq == rrule.WEEKLY:
		p.Form = Weekdays
	case len(p.Days) > 0:
		p.Form = MonthDays
	default:
		p.Form = NthWeekday
	}
	// Only what comes out as it went in was written in that form.
	if p.RRule() != text {
		return raw
	}
	return p
}

func ruleDay(d time.Weekday) string {
	if d < 0 || int(d) >= len(ruleDays) {
		return ""
	}
	return ruleDays[d]
}

// monthDayOrder puts the days that count from a month's end last.
func monthDayOrder(a, b int) int {
	if (a < 0) != (b < 0) {
		return b - a
	}
	return a - b
}

// weekOrder begins the week on Monday.
func weekOrder(a, b time.Weekday) int { return int((a+6)%7) - int((b+6)%7) }
