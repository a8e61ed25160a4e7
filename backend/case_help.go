package backend

import (
	"crypto/rand"
	"net/http"
	"slices"

	"tiepdan"
)

// helpRow is a unit that helps, as the page shows it.
type helpRow struct {
	tiepdan.Helper
	UnitName string
	Person   string
	Mark     dueMark
	Late     bool          // not done in time, or not done and the day is past
	Said     tiepdan.Entry // what they contributed
	SaidBy   string
	Ref      string // of the form that releases them
}

// helpPanel is the page's part about the units that help.
type helpPanel struct {
	Path     string
	Rows     []helpRow
	Involve  *actForm // nil: not this person's to do, or not now
	Open     bool     // its form was refused, and stands open
	Releases bool
	Form     form // of a release that was refused
}

// fillTogether adds the parts about who helps with the case and whom it is about.
func (s *Server) fillTogether(r *http.Request, p *casePage, names namer, open tiepdan.Action, f form) error {
	can := tiepdan.Actions(p.Case, who(r).Actor())
	ch := chooser{c: p.Case, actor: who(r).Actor(), names: names, today: tiepdan.DateOf(s.Now())}
	if err := ch.staffs(r.Context(), s, can); err != nil {
		return err
	}
	p.Help, p.Bars = ch.helpPanel(can, open, f), barsOf(p.Case, names, can, open, f)
	return nil
}

func (ch chooser) helpPanel(can []tiepdan.Action, open tiepdan.Action, f form) helpPanel {
	c := ch.c
	p := helpPanel{Path: casePath(c.Code), Releases: slices.Contains(can, tiepdan.Release)}
	for _, h := range c.Helpers {
		row := helpRow{Helper: h, UnitName: ch.names.unit(h.Unit), Person: ch.names.person(h.Officer), Mark: markOf(h.Due, ch.today), Ref: rand.Text()}
		row.Late = !h.Due.IsZero() && h.Done == 0 && h.Due.Before(ch.today)
		if h.Done > 0 && h.Done <= len(c.History) {
			row.Said = c.History[h.Done-1]
			row.SaidBy = entryName(row.Said, ch.names)
			row.Late = !h.Due.IsZero() && tiepdan.DateOf(row.Said.At).After(h.Due)
		}
		p.Rows = append(p.Rows, row)
	}
	if slices.Contains(can, tiepdan.Involve) {
		a := ch.act(tiepdan.Involve)
		if p.Open = open == tiepdan.Involve; p.Open {
			a.take(f)
		}
		p.Involve = &a
	}
	if open == tiepdan.Release {
		p.Form = f
	}
	return p
}

// Shown reports whether the case's page has this part.
func (p helpPanel) Shown() bool { return len(p.Rows) > 0 || p.Involve != nil }
