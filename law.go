package tiepdan

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// TimeUnit is what the length of a term is counted in.
type TimeUnit string

const (
	WorkingDay  TimeUnit = "working_day"
	CalendarDay TimeUnit = "calendar_day" // "ngày" in a statute that elsewhere says "ngày làm việc"
	WorkingHour TimeUnit = "working_hour"
	Hour        TimeUnit = "hour"
	Year        TimeUnit = "year"
	DayPerMonth TimeUnit = "day_per_month" // so many days in each month; not a term
	DayPerWeek  TimeUnit = "day_per_week"
	NoUnit      TimeUnit = "none" // a rule without a length
)

// TimeUnits are all units that a rule may have.
var TimeUnits = []TimeUnit{WorkingDay, CalendarDay, WorkingHour, Hour, Year, DayPerMonth, DayPerWeek, NoUnit}

// RuleKind says what a rule is about, and so how its length is to be read.
type RuleKind string

const (
	RulePeriod     RuleKind = "period"           // from an event to a last day
	RuleBackward   RuleKind = "backward_period"  // so long before an event; the length is negative
	RuleMinimum    RuleKind = "minimum_duration" // at least so long
	RuleRetention  RuleKind = "retention"        // to be kept so long; never deletes by itself
	RuleEffect     RuleKind = "effect_date"      // takes effect after so long
	RuleCutoff     RuleKind = "cutoff"           // possible until the event
	RuleRecurrence RuleKind = "recurrence"       // so many days a month or week
	RuleLimitCount RuleKind = "limit_count"      // so many times only
	RuleClockStop  RuleKind = "clock_stop"       // the clock rests
	RuleTerminal   RuleKind = "terminal"         // the matter ends
	RuleWindow     RuleKind = "window"           // what a report's figures cover, from FromEvent to ToEvent
	RuleArithmetic RuleKind = "arithmetic"       // how days are counted
	RuleAbsent     RuleKind = "absent"           // the law gives no term here
	RuleOutOfScope RuleKind = "out_of_scope"     // other law governs this
)

// RuleKinds are all kinds of rules.
var RuleKinds = []RuleKind{RulePeriod, RuleBackward, RuleMinimum, RuleRetention, RuleEffect, RuleCutoff, RuleRecurrence,
	RuleLimitCount, RuleClockStop, RuleTerminal, RuleWindow, RuleArithmetic, RuleAbsent, RuleOutOfScope}

// Rule is one row of the law, as data: what it says, where it stands, how sure that is, when it was in force. A
// change in the law is a new row with its own dates, never an edited one. It isn't legal advice: the office's
// lawyer approves the rows before they are used.
type Rule struct {
	ID         string      `json:"id"`
	Family     string      `json:"family,omitzero"` // the row that this one replaces or is replaced by, on another day
	Label      string      `json:"label_vi"`
	Kind       RuleKind    `json:"kind"`
	AppliesTo  []string    `json:"applies_to"` // kinds of submissions and other things; "*" is everything
	FromEvent  string      `json:"from_event"`
	ToEvent    string      `json:"to_event,omitzero"`
	Length     int         `json:"length"` // means nothing where Unit is NoUnit
	Unit       TimeUnit    `json:"unit"`
	AtMost     bool        `json:"at_most"` // the length is a limit not to pass, not one to reach
	Extensions []Extension `json:"extension"`
	Basis      string      `json:"basis"` // law, local_practice or local_example
	Source     string      `json:"source"`
	Confidence string      `json:"confidence"` // high, medium or low
	ValidFrom  Date        `json:"valid_from,omitzero"`
	ValidTo    Date        `json:"valid_to,omitzero"`
	Note       string      `json:"note"`
}

// Extension is how a rule's term may become longer: to MaxTotal in all, or by Additional, so many Times.
type Extension struct {
	Condition  string   `json:"condition"`
	Ground     string   `json:"ground,omitzero"` // which of [LegalGrounds] a decision on it names; or "remote"
	Effect     string   `json:"effect,omitzero"` // period_excluded: the time isn't counted
	MaxTotal   int      `json:"max_total,omitzero"`
	Additional int      `json:"additional,omitzero"`
	Times      int      `json:"times,omitzero"`
	Unit       TimeUnit `json:"unit,omitzero"`
	Instrument string   `json:"instrument,omitzero"` // the paper that it takes
}

//go:embed law.json
var lawJSON []byte

// Laws returns all rules that the program knows, in the order of the file.
func Laws() []Rule { return slices.Clone(laws()) }

var laws = sync.OnceValue(func() []Rule {
	rules, err := parseLaws(lawJSON)
	if err != nil {
		panic(err) // the file is part of the program, and tested with it
	}
	return rules
})

func parseLaws(text []byte) ([]Rule, error) {
	var file struct {
		Rules []Rule `json:"rules"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("tiepdan: law.json: %w", err)
	}
	return file.Rules, nil
}

// RuleByID returns a rule by its name, as "complaint.resolve_first".
func RuleByID(id string) (Rule, bool) {
	i := slices.IndexFunc(laws(), func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return Rule{}, false
	}
	return laws()[i], true
}

// RuleOn returns the rule of a family that was in force on a day. A rule without
// a family is one of its own.
func RuleOn(family string, on Date) (Rule, bool) {
	for _, r := range laws() {
		if (r.ID == family || r.Family == family) && r.InForce(on) {
			return r, true
		}
	}
	return Rule{}, false
}

// RulesFor returns the rules in force on a day for something that an event sets going, such as "khieu_nai_lan_dau" and
// "complaint_accepted"; an empty event means any.
func RulesFor(what, event string, on Date) []Rule {
	var found []Rule
	for _, r := range laws() {
		if r.Applies(what) && (event == "" || r.FromEvent == event) && r.InForce(on) {
			found = append(found, r)
		}
	}
	return found
}

// Applies reports whether r is about something.
func (r Rule) Applies(what string) bool {
	return slices.Contains(r.AppliesTo, what) || slices.Contains(r.AppliesTo, "*")
}

// InForce reports whether r was in force on d, both of its days included.
func (r Rule) InForce(d Date) bool {
	return !d.Before(r.ValidFrom) && (r.ValidTo.IsZero() || !d.After(r.ValidTo))
}

// Confirmed reports whether r is well supported; what isn't shows as unconfirmed wherever it is used.
func (r Rule) Confirmed() bool { return r.Confidence == "high" }

// Term returns r's length. It can be counted only if Term.Counts.
func (r Rule) Term() Term { return Term{r.Length, r.Unit} }

// Longest returns r's term with an extension, taken as often as it may be.
func (r Rule) Longest(e Extension) Term {
	if e.MaxTotal > 0 {
		return Term{e.MaxTotal, e.Unit}
	}
	return Term{r.Length + e.Additional*e.Times, r.Unit}
}
