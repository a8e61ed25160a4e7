package main

import (
	"errors"
	"time"

	"tiepdan"
	"tiepdan/templates/paper"
	"tiepdan/templates/xlsx"
)

func (p *printing) conclusion() (tiepdan.Session, paper.ConclusionData, error) {
	s, err := p.store.Session(p.ctx, p.id)
	if err != nil {
		return s, paper.ConclusionData{}, err
	}
	c, ok, err := p.store.Conclusion(p.ctx, p.by, s.ID)
	if err == nil && !ok {
		err = &tiepdan.Error{Code: tiepdan.NotFound, Key: "conclusion.none"}
	}
	if err != nil {
		return s, paper.ConclusionData{}, err
	}
	names, n, err := p.received(s.ID)
	if err != nil {
		return s, paper.ConclusionData{}, err
	}
	d := paper.ConclusionData{Office: p.office(), Meeting: p.meeting(s), Receiver: s.Receiver, InPerson: s.InPerson, Received: n, Opening: c.Opening,
		Letter: paper.Letter{Number: c.Number, Date: signedOn(c, p.now), Signer: c.Signer, SignerRole: c.SignerRole}, At: p.now}
	units := map[int64]bool{}
	for _, i := range c.Items {
		d.Items = append(d.Items, paper.ConclusionItem{Reception: i.Reception, Person: names[i.Reception], Matter: i.Matter, Text: i.Text,
			Unit: p.unit(i.Unit), Task: i.Task, Due: dateOrZero(i.Due), Secret: i.Secret})
		if name := p.unit(i.Unit); name != "" && !units[i.Unit] {
			units[i.Unit] = true
			d.Letter.Recipients = append(d.Letter.Recipients, name)
		}
	}
	d.Came, err = p.came(s.ID)
	return s, d, err
}

// signedOn is the day of the notice: when it was approved, or today while it isn't.
func signedOn(c tiepdan.Conclusion, now time.Time) time.Time {
	if c.Approved.IsZero() {
		return now
	}
	return c.Approved
}

// received are the names of those whom a session received, by their entries.
func (p *printing) received(session int64) (names map[int64]string, n int, err error) {
	names = map[int64]string{}
	err = p.store.EachReception(p.ctx, tiepdan.ReceptionFilter{By: p.by, Session: session}, func(r tiepdan.Reception) error {
		names[r.ID] = r.Person.Name
		n++
		return nil
	})
	return names, n, err
}

// came are who was there beside the receiver.
func (p *printing) came(session int64) (who []string, err error) {
	all, err := p.store.Attendance(p.ctx, session)
	for _, a := range all {
		if !a.Came.IsZero() && !a.Receiver {
			who = append(who, a.Who)
		}
	}
	return who, err
}

func (p *printing) conclusionPDF() (of string, data []byte, err error) {
	s, d, err := p.conclusion()
	if err == nil {
		data, err = paper.Conclusion(d)
	}
	return s.On().String(), data, err
}

func (p *printing) conclusionDOCX() (of string, data []byte, err error) {
	s, d, err := p.conclusion()
	if err == nil {
		data, err = paper.ConclusionDOCX(d)
	}
	return s.On().String(), data, err
}

// directives are those issued in the days that q asks for.
func (p *printing) directives(from, until tiepdan.Date) (list []tiepdan.Directive, err error) {
	f := tiepdan.DirectiveFilter{By: p.by, From: from, Until: until, Limit: 100}
	for {
		page, next, err := p.store.Directives(p.ctx, f)
		if err != nil {
			return nil, err
		}
		list = append(list, page...)
		if next == "" {
			return list, nil
		}
		f.After = next
	}
}

// directiveRows are directions as both reports have them.
func (p *printing) directiveRows(list []tiepdan.Directive) ([]paper.DirectiveRow, error) {
	staff, err := p.store.StaffList(p.ctx)
	if err != nil {
		return nil, err
	}
	names := map[int64]string{}
	for _, s := range staff {
		names[s.ID] = s.Name
	}
	var open []int64
	for _, d := range list {
		if !d.Secret {
			open = append(open, d.ID)
		}
	}
	results, err := p.store.DirectiveResults(p.ctx, open)
	if err != nil {
		return nil, err
	}
	rows := make([]paper.DirectiveRow, len(list))
	for i, d := range list {
		rows[i] = paper.DirectiveRow{Code: d.Code(), Task: d.Task, Unit: p.unit(d.Unit), Officer: names[d.Officer],
			Status: say("page.directive_status."+string(d.Status), nil), Issued: d.Issued, Due: d.Due.Time(), Done: d.Done,
			Overdue: d.Late(tiepdan.DateOf(p.now)), Secret: d.Secret, Urged: d.Urged, Result: results[d.ID]}
	}
	return rows, nil
}

func (p *printing) directivesPDF() (of string, data []byte, err error) {
	from, until, units, rows, err := p.directiveReport()
	if err != nil {
		return "", nil, err
	}
	data, err = paper.DirectiveReport(paper.DirectiveReportData{Office: p.office(), From: from.Time(), Until: last(until), Units: units, List: rows, At: p.now})
	return from.String(), data, err
}

func (p *printing) directiveReport() (from, until tiepdan.Date, units []paper.DirectiveUnit, rows []paper.DirectiveRow, err error) {
	if from, until, err = p.days(); err != nil {
		return from, until, nil, nil, err
	}
	figures, err := p.store.DirectiveReport(p.ctx, p.by, from, until)
	if err != nil {
		return from, until, nil, nil, err
	}
	for _, u := range figures {
		units = append(units, paper.DirectiveUnit{Unit: p.unit(u.Unit), Issued: u.Issued, Done: u.Done, InTime: u.InTime, Late: u.Late, Open: u.Open, Overdue: u.Overdue})
	}
	list, err := p.directives(from, until)
	if err == nil {
		rows, err = p.directiveRows(list)
	}
	return from, until, units, rows, err
}

func (p *printing) directivesXLSX() (of string, data []byte, err error) {
	from, until, units, rows, err := p.directiveReport()
	if err != nil {
		return "", nil, err
	}
	d := xlsx.DirectivesData{Heading: p.heading(from, until)}
	for _, u := range units {
		d.Units = append(d.Units, xlsx.DirectiveUnit(u))
	}
	for _, r := range rows {
		d.List = append(d.List, xlsx.DirectiveRow(r))
	}
	data, err = xlsx.Directives(d)
	return from.String(), data, err
}

// dutyXLSX is who received on how many days, and which units came in time.
func (p *printing) dutyXLSX() (of string, data []byte, err error) {
	from, until, err := p.days()
	if err != nil {
		return "", nil, err
	}
	wide, end := tiepdan.WholeMonths(from, until)
	heads, err1 := p.store.Heads(p.ctx)
	held, err2 := p.store.SessionsOfHeads(p.ctx, wide, end)
	ss, as, err3 := p.store.AttendanceBetween(p.ctx, from, until)
	if err := errors.Join(err1, err2, err3); err != nil {
		return "", nil, err
	}
	d := xlsx.ComplianceData{Heading: p.heading(from, until)}
	for _, h := range tiepdan.Compliance(heads, held, from, until, tiepdan.DateOf(p.now)) {
		d.Heads = append(d.Heads, xlsx.HeadMonth{Name: h.Name, Title: h.Title, Month: h.Month.Time(), Required: h.Required, Planned: h.Planned,
			InPerson: h.InPerson, Delegated: h.Delegated, NotHeld: h.NotHeld, Cancelled: h.Cancelled})
	}
	for _, u := range tiepdan.AttendanceByUnit(ss, as) {
		d.Units = append(d.Units, xlsx.UnitAttendance{Unit: p.unit(u.Unit), Called: u.Called, Came: u.Came, OnTime: u.OnTime, Late: u.Late, Absent: u.Absent, Minutes: u.Minutes})
	}
	data, err = xlsx.Compliance(d)
	return from.String(), data, err
}

// heading is what stands above a workbook's sheets.
func (p *printing) heading(from, until tiepdan.Date) xlsx.Heading {
	return xlsx.Heading{Office: p.rules.Office.Name, From: from.Time(), Until: last(until), Sample: p.rules.Office.Sample, At: p.now}
}
