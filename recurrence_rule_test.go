package tiepdan

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func keyOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Key
	}
	return ""
}

// keyOrOther tells an error without a key from none.
func keyOrOther(err error) string {
	if key := keyOf(err); key != "" || err == nil {
		return key
	}
	return err.Error()
}

func TestARuleIsValid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		edit func(*Recurrence)
		want string
	}{
		{"as it is", func(*Recurrence) {}, ""},
		{"its last day may be its first", func(r *Recurrence) { r.RRule = "FREQ=DAILY"; r.Until = r.From }, ""},
		{"no places", func(r *Recurrence) { r.Places = 0 }, ""},
		{"a guest at a host's", func(r *Recurrence) { r.Kind, r.Host = Guest, "Ban Tiếp công dân tỉnh" }, ""},
		{"no rule", func(r *Recurrence) { r.RRule = "" }, "recurrence.rule_wrong"},
		{"no name", func(r *Recurrence) { r.Name = " " }, "recurrence.name_missing"},
		{"no first day", func(r *Recurrence) { r.From = Date{} }, "recurrence.from_missing"},
		{"ends before it begins", func(r *Recurrence) { r.Until = r.From.Add(-1) }, "recurrence.until_early"},
		{"gives nothing while in force", func(r *Recurrence) { r.Until = dated("2025-01-15"); r.RRule = "FREQ=MONTHLY;BYMONTHDAY=16" }, "recurrence.rule_never"},
		{"no kind", func(r *Recurrence) { r.Kind = "" }, "recurrence.kind_missing"},
		{"nothing said of days off", func(r *Recurrence) { r.DayOff = "" }, "recurrence.day_off_missing"},
		{"ends before it starts", func(r *Recurrence) { r.Ends = r.Starts }, "recurrence.hours_wrong"},
		{"goes past midnight", func(r *Recurrence) { r.Ends = 24 * 60 }, "recurrence.hours_wrong"},
		{"begins before midnight", func(r *Recurrence) { r.Starts = -1 }, "recurrence.hours_wrong"},
		{"a guest at nobody's", func(r *Recurrence) { r.Kind = Guest }, "recurrence.host_missing"},
		{"nowhere", func(r *Recurrence) { r.Place = "" }, "recurrence.place_missing"},
		{"too many places", func(r *Recurrence) { r.Places = MaxPlaces + 1 }, "recurrence.places_wrong"},
		{"fewer than no places", func(r *Recurrence) { r.Places = -1 }, "recurrence.places_wrong"},
		{"closes too early", func(r *Recurrence) { r.CutDays = MaxCutDays + 1 }, "recurrence.cut_days_wrong"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := rule("FREQ=MONTHLY;BYMONTHDAY=1,16", DayOffNext)
			tt.edit(&r)
			if err := r.Valid(); keyOf(err) != tt.want || (err == nil) != (tt.want == "") {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

func TestWhichRulesWeTake(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"FREQ=DAILY":                                 "",
		"RRULE:FREQ=MONTHLY;BYMONTHDAY=1,16":         "",
		" freq=monthly; bymonthday=1, 16 ":           "",
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH":         "",
		"FREQ=MONTHLY;BYDAY=-1FR":                    "",
		"FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1":        "",
		"FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=15": "",
		"FREQ=DAILY;BYDAY=MO,TU":                     "",
		"FREQ=HOURLY":                                "recurrence.rule_wrong",
		"FREQ=MONTHLY;COUNT=3":                       "recurrence.rule_wrong",
		"FREQ=MONTHLY;UNTIL=20270101T000000Z":        "recurrence.rule_wrong",
		"FREQ=DAILY;BYHOUR=9":                        "recurrence.rule_wrong",
		"FREQ=DAILY;DTSTART=20260101T000000Z":        "recurrence.rule_wrong",
		"DTSTART:20260101T000000Z\nFREQ=DAILY":       "recurrence.rule_wrong",
		"FREQ=MONTHLY;BYMONTHDAY=32":                 "recurrence.rule_wrong",
		"FREQ=MONTHLY;BYMONTHDAY=":                   "recurrence.rule_wrong",
		"FREQ=MONTHLY;BYMONTHDAY=1;BYMONTHDAY=2":     "recurrence.rule_wrong",
		"FREQ=WEEKLY;BYMONTHDAY=1":                   "recurrence.rule_wrong",
		"FREQ=WEEKLY;BYDAY=1MO":                      "recurrence.rule_wrong",
		"FREQ=MONTHLY;BYSETPOS=1":                    "recurrence.rule_wrong",
		"FREQ=WEEKLY;INTERVAL=0":                     "recurrence.rule_wrong",
		"FREQ=WEEKLY;INTERVAL=1000":                  "recurrence.rule_wrong",
		"FREQ=MONTHLY;BYDAY=0MO":                     "recurrence.rule_wrong",
		"FREQ=MONTHLY;BYDAY=6MO":                     "recurrence.rule_wrong",
		"FREQ=YEARLY;BYDAY=20MO":                     "",
		"BYDAY=MO":                                   "recurrence.rule_wrong",
		"mỗi thứ Hai":                                "recurrence.rule_wrong",
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30":        "recurrence.rule_never",
		"FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30,31":    "recurrence.rule_never",
	} {
		if got := keyOrOther(rule(text, DayOffNext).Valid()); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestARuleComesBackInItsForm(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rrule string
		want  RulePreset
	}{
		{"FREQ=MONTHLY;BYMONTHDAY=1,16", RulePreset{Form: MonthDays, Days: []int{1, 16}}},
		{"FREQ=MONTHLY;BYMONTHDAY=15,-1", RulePreset{Form: MonthDays, Days: []int{15, -1}}},
		{"FREQ=WEEKLY;BYDAY=MO,TH,SU", RulePreset{Form: Weekdays, Weekdays: []time.Weekday{time.Monday, time.Thursday, time.Sunday}}},
		{"FREQ=DAILY", RulePreset{Form: EveryWorkingDay}},
		{"FREQ=MONTHLY;BYDAY=2TU", RulePreset{Form: NthWeekday, Nth: 2, Weekdays: []time.Weekday{time.Tuesday}}},
		{"FREQ=MONTHLY;BYDAY=-1FR", RulePreset{Form: NthWeekday, Nth: -1, Weekdays: []time.Weekday{time.Friday}}},
		{"FREQ=MONTHLY;BYDAY=MO", RulePreset{Form: RawRule}},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", RulePreset{Form: RawRule}},
		{"FREQ=DAILY;INTERVAL=2", RulePreset{Form: RawRule}},
		{"FREQ=MONTHLY;BYDAY=1MO,3MO", RulePreset{Form: RawRule}},
		{"FREQ=YEARLY;BYMONTHDAY=1", RulePreset{Form: RawRule}},
		{"KHÔNG PHẢI", RulePreset{Form: RawRule}},
	}
	for _, tt := range tests {
		got := PresetOf(tt.rrule)
		if tt.want.Form == RawRule {
			tt.want.Raw = tidyRule(tt.rrule)
			got.Days, got.Weekdays, got.Nth = nil, nil, 0
		}
		if got.Form != tt.want.Form || got.Raw != tt.want.Raw || !slices.Equal(got.Days, tt.want.Days) || !slices.Equal(got.Weekdays, tt.want.Weekdays) || tt.want.Form == NthWeekday && got.Nth != tt.want.Nth {
			t.Errorf("%s is %+v", tt.rrule, got)
		}
		if back := got.RRule(); back != tidyRule(tt.rrule) {
			t.Errorf("%s comes back as %s", tt.rrule, back)
		}
	}
}

func TestAFormIsPutInOrder(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]RulePreset{
		"FREQ=MONTHLY;BYMONTHDAY=1,16,-2,-1": {Form: MonthDays, Days: []int{-1, 16, 1, 16, -2}},
		"FREQ=WEEKLY;BYDAY=MO,WE,SU":         {Form: Weekdays, Weekdays: []time.Weekday{0, 3, 1, 3}},
		"FREQ=WEEKLY;BYDAY=TU":               {Form: RawRule, Raw: " rrule:freq=weekly; byday=tu\n"},
	} {
		if got := p.RRule(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	for _, p := range []RulePreset{{Form: MonthDays}, {Form: Weekdays}, {Form: NthWeekday, Nth: 1}, {Form: NthWeekday, Weekdays: []time.Weekday{1}}, {Form: Weekdays, Weekdays: []time.Weekday{8}}, {}} {
		if got := rule(p.RRule(), DayOffNext).Valid(); keyOf(got) != "recurrence.rule_wrong" {
			t.Errorf("%+v gives %q, which is %v", p, p.RRule(), got)
		}
	}
}

func FuzzPresetOf(f *testing.F) {
	for _, text := range []string{"FREQ=MONTHLY;BYMONTHDAY=1,16", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=DAILY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "BYDAY=,;FREQ="} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := PresetOf(text)
		if got := p.RRule(); got != tidyRule(text) {
			t.Errorf("%q comes back as %q", text, got)
		}
		r := rule(text, DayOffNext)
		if err := r.Valid(); err != nil && keyOf(err) != "recurrence.rule_wrong" && keyOf(err) != "recurrence.rule_never" {
			t.Errorf("%q: %v", text, err)
		}
	})
}
