package backend

import (
	"strings"
	"time"

	"tiepdan"
)

// clockPanel is what a case's page says of its clocks: those that run, and those
// that are met or fell away.
type clockPanel struct {
	Running []dutyRow
	Over    []dutyRow
	Second  tiepdan.Duty // until when a citizen may complain a second time; no day: they may not
}

// dutyRow is a duty as the page shows it.
type dutyRow struct {
	tiepdan.Duty
	Mark     dueMark
	Late     bool
	LateBy   int
	Used     int    // of the term, of a hundred
	Name     string // a key, of what is the office's own
	UnitName string // of a helping unit's
	Grounds  []string
	Came     time.Time // where that is after hours, and another day counts
}

func clocksOf(c tiepdan.Case, names namer, today tiepdan.Date) (p clockPanel) {
	for _, d := range tiepdan.Duties(c, names.rules) {
		row := dutyRow{Duty: d, Mark: markOf(d.On, today), Late: d.Late(today), LateBy: d.LateBy(today),
			Used: d.Used(today, names.rules.Calendar), Name: "duty." + strings.ReplaceAll(d.ID, ".", "_"), UnitName: names.unit(d.Unit)}
		if d.By == tiepdan.Submit && d.Due.Start != tiepdan.DateOf(c.Received) {
			row.Came = c.Received
		}
		for _, x := range d.Extended {
			said := ""
			if g, ok := tiepdan.LegalGroundByID(x.Ground); ok {
				said = groundName(g, names.lang)
			}
			row.Grounds = append(row.Grounds, said)
		}
		if !d.Met.IsZero() || d.Keeps {
			row.Mark.Tone = "done"
		}
		if d.Met.IsZero() {
			p.Running = append(p.Running, row)
		} else {
			p.Over = append(p.Over, row)
		}
	}
	p.Second, _ = tiepdan.SecondBy(c, names.rules)
	return p
}
