package main

import "tiepdan/templates/xlsx"

// overdueXLSX is how the units stand with the days of their cases.
func (p *printing) overdueXLSX() (of string, data []byte, err error) {
	from, until, err := p.days()
	if err != nil {
		return "", nil, err
	}
	units, err := p.store.OverdueReport(p.ctx, p.by, from, until)
	if err != nil {
		return "", nil, err
	}
	d := xlsx.OverdueData{Heading: p.heading(from, until)}
	for _, u := range units {
		name := p.unit(u.Unit)
		if u.Unit == 0 {
			name = say("page.reports.nobody", nil)
		}
		d.Units = append(d.Units, xlsx.OverdueUnit{Unit: name, Open: u.Open, Soon: u.Soon, Overdue: u.Overdue, MetLate: u.MetLate, Longest: u.Longest,
			HelpLate: u.HelpLate, HelpMetLate: u.HelpMetLate, RemainLate: u.RemainLate, RemainMetLate: u.RemainMetLate})
	}
	data, err = xlsx.Overdue(d)
	return from.String(), data, err
}
