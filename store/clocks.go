package store

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// dueOn is the day that the lists sort and count by; none for a case that waits
// for nothing of ours.
func dueOn(c tiepdan.Case, rules *tiepdan.Rules) tiepdan.Date {
	d, ok := tiepdan.NextDue(c, rules)
	if !ok {
		return tiepdan.Date{}
	}
	return d.On
}

// remainsOn is the day that the lists of what is owed after a case's end sort and
// count by; none where nothing is.
func remainsOn(c tiepdan.Case, rules *tiepdan.Rules) tiepdan.Date {
	d, ok := tiepdan.Remaining(c, rules)
	if !ok {
		return tiepdan.Date{}
	}
	return d.On
}

// queueClocks keeps when there is next something to tell of the case's clocks,
// what was told, and for whom it waits.
func queueClocks(b *pgx.Batch, c tiepdan.Case, rules *tiepdan.Rules, told []string) {
	b.Queue(`INSERT INTO case_clocks (case_id, warn_on, warned, asks, judge) VALUES ($1, $2, $3, $4, nullif($5, ''))
		ON CONFLICT (case_id) DO UPDATE SET (warn_on, warned, asks, judge) = (excluded.warn_on, excluded.warned, excluded.asks, excluded.judge)`,
		c.ID, tiepdan.NextWarning(c, rules, told), notNil(told), asksOf(c), judgeOf(c))
}

// asksOf is whom the open question is for, 0 for any leader; nil when none is open.
func asksOf(c tiepdan.Case) *int64 {
	q, open := c.Question()
	if !open || !c.Status.Open() {
		return nil
	}
	return &q.Details.Asked
}

// judgeOf is for whose approval an answer waits; "" when none does.
func judgeOf(c tiepdan.Case) string {
	if to := c.Judge(); to != tiepdan.AnyDecider {
		return string(to)
	}
	return string(tiepdan.ToDeciders)
}

// queueLate keeps which duties were done after their day, as far as this change
// makes a difference to that.
func queueLate(b *pgx.Batch, before, c tiepdan.Case, rules *tiepdan.Rules) {
	late := lateDuties(c, rules)
	if slices.Equal(lateDuties(before, rules), late) {
		return
	}
	unit := c.Unit
	if unit == 0 {
		unit = before.Unit
	}
	queueLateOf(b, c.ID, unit, late)
}

// queueLateOf keeps what of a case was late, and no more than that. What is there
// keeps its unit.
func queueLateOf(b *pgx.Batch, id, unit int64, late []lateDuty) {
	keys := []string{}
	for _, d := range late {
		keys = append(keys, d.key())
		b.Queue(`INSERT INTO late_duties (case_id, duty, since, unit, due, met, part) VALUES ($1, $2, $3, nullif($4::bigint, 0), $5, $6, $7)
			ON CONFLICT (case_id, duty, since) DO UPDATE SET (due, met, part) = (excluded.due, excluded.met, excluded.part)`,
			id, d.id, d.since, cmp.Or(d.unit, unit), d.due, d.met, d.part)
	}
	b.Queue(`DELETE FROM late_duties WHERE case_id = $1 AND NOT duty || '/' || since = ANY($2)`, id, keys)
}

type lateDuty struct {
	id       string
	since    int
	due, met tiepdan.Date
	unit     int64    // of a helping unit's
	part     latePart // of which of the reports' numbers it is
}

func (d lateDuty) key() string { return d.id + "/" + strconv.Itoa(d.since) }

// latePart is whose lateness something was.
type latePart string

const (
	lateLead   latePart = ""       // of those who have the case, while it was open
	lateHelp   latePart = "help"   // of a unit that helped
	lateRemain latePart = "remain" // of what was owed after its end
)

// lateDuties are what was done late of what the citizen may know of, and the help
// that was given late.
func lateDuties(c tiepdan.Case, rules *tiepdan.Rules) (late []lateDuty) {
	for _, d := range tiepdan.Duties(c, rules) {
		part := lateLead
		switch {
		case d.ID == tiepdan.HelpDuty:
			part = lateHelp
		case d.Internal:
			continue
		case d.After:
			part = lateRemain
		}
		if !d.Met.IsZero() && d.Late(d.Met) {
			late = append(late, lateDuty{d.ID, d.Since, d.On, d.Met, d.Unit, part})
		}
	}
	return late
}
