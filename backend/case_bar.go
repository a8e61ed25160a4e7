package backend

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"tiepdan"
)

// barRow is somebody, or a unit, who is kept away from a case. Value is how a form
// names them.
type barRow struct {
	Value string
	Name  string
	Unit  bool
	Ref   string
}

// barPanel is the page's part about whom a case is about.
type barPanel struct {
	Path     string
	Rows     []barRow
	Suspects []barRow // who is named as complained about and not kept away yet
	Bars     bool     // the reader may keep somebody away
	Unbars   bool
	Open     tiepdan.Action // whose form was refused
	Form     form
	Ref      string
	Choices  []group
}

func barsOf(c tiepdan.Case, names namer, can []tiepdan.Action, open tiepdan.Action, f form) barPanel {
	p := barPanel{Path: casePath(c.Code), Bars: slices.Contains(can, tiepdan.Bar), Unbars: slices.Contains(can, tiepdan.Unbar), Ref: rand.Text(),
		Form: form{Values: filled().Values}}
	if !barsPeople(names.by) {
		return p // who is kept away is told to nobody else
	}
	for _, id := range c.Barred.Units {
		p.Rows = append(p.Rows, barRow{"u" + decimal(id), names.unit(id), true, rand.Text()})
	}
	for _, id := range c.Barred.Staff {
		p.Rows = append(p.Rows, barRow{"s" + decimal(id), names.person(id), false, rand.Text()})
	}
	if p.Bars {
		p.suspect(c, names)
		p.Choices = barChoices(c, names)
	}
	if open == tiepdan.Bar || open == tiepdan.Unbar {
		p.Open, p.Form = open, f
	}
	return p
}

// suspect suggests who the one complained about may be: it is for a person to decide.
func (p *barPanel) suspect(c tiepdan.Case, names namer) {
	for _, who := range tiepdan.Suspects(c.Respondent, names.rules.Units, names.staff) {
		switch {
		case who.Unit != 0 && !slices.Contains(c.Barred.Units, who.Unit):
			p.Suspects = append(p.Suspects, barRow{Value: "u" + decimal(who.Unit), Name: who.Name, Unit: true})
		case who.Staff != 0 && !slices.Contains(c.Barred.Staff, who.Staff):
			p.Suspects = append(p.Suspects, barRow{Value: "s" + decimal(who.Staff), Name: who.Name})
		}
	}
}

// barChoices are the units and the people who aren't kept away yet.
func barChoices(c tiepdan.Case, names namer) []group {
	units := group{Label: plain(names.lang, "bar.units")}
	for _, u := range names.rules.Units {
		if u.Active && !slices.Contains(c.Barred.Units, u.ID) {
			units.Options = append(units.Options, option{Value: "u" + decimal(u.ID), Label: u.Name})
		}
	}
	people := names.groups(func(p tiepdan.Staff) bool { return !slices.Contains(c.Barred.Staff, p.ID) })
	for i := range people {
		for j := range people[i].Options {
			people[i].Options[j].Value = "s" + people[i].Options[j].Value
		}
	}
	return append([]group{units}, people...)
}

// readBarred reads whom a form names: units as u12, people as s34.
func readBarred(r *http.Request) *tiepdan.Barred {
	var b tiepdan.Barred
	for _, value := range r.PostForm["who"] {
		if value == "" {
			continue
		}
		id, err := strconv.ParseInt(value[1:], 10, 64)
		switch {
		case err != nil || id <= 0:
		case strings.HasPrefix(value, "u"):
			b.Units = append(b.Units, id)
		case strings.HasPrefix(value, "s"):
			b.Staff = append(b.Staff, id)
		}
	}
	return &b
}

// known reports whether whom a form names is there.
func (s *Server) known(r *http.Request, b *tiepdan.Barred) error {
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	for _, id := range b.Units {
		if _, ok := names.rules.Unit(id); !ok {
			return &tiepdan.Error{Code: tiepdan.Invalid, Key: "act.barred_missing"}
		}
	}
	for _, id := range b.Staff {
		if _, ok := names.someone(id); !ok {
			return &tiepdan.Error{Code: tiepdan.Invalid, Key: "act.barred_missing"}
		}
	}
	return nil
}
