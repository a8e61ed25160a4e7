package main

import (
	"slices"
	"strconv"
	"time"

	"tiepdan"
	"tiepdan/templates/paper"
)

// slip is the paper that a citizen brings to their appointment.
func (p *printing) slip() (of string, data []byte, err error) {
	v, err := p.store.Visit(p.ctx, p.by, p.id)
	if err != nil {
		return "", nil, err
	}
	d := paper.SlipData{Office: p.office(), Meeting: p.meeting(v.At), Number: v.Number, Position: v.Position, Name: v.Name, Purpose: v.Purpose,
		CaseCode: string(v.CaseCode), Code: v.Token, Rules: p.rules.Office.Rules, QR: p.slipLink(v), At: v.Created}
	if v.Number > 0 {
		d.Expected = v.At.Expected(v.Number)
	}
	data, err = paper.Slip(d)
	return v.At.On().String(), data, err
}

// slipLink is what the slip's code holds: the session's page for a phone's camera,
// and the appointment for the scanner of the desk.
func (p *printing) slipLink(v tiepdan.Visit) string {
	return p.site + "/schedule/" + v.At.Token + "?start=visit_" + v.Token
}

func (p *printing) slipQR() (of string, data []byte, err error) {
	v, err := p.store.Visit(p.ctx, p.by, p.id)
	if err != nil {
		return "", nil, err
	}
	data, err = paper.QR(p.slipLink(v))
	return v.At.On().String(), data, err
}

// schedule is the notice that hangs on the board: a quarter's, as far as q asks
// for. The regular reception is one line of hours.
func (p *printing) schedule() (of string, data []byte, err error) {
	from, until, err := p.days()
	if err != nil {
		return "", nil, err
	}
	all, err := p.public(from, until)
	if err != nil {
		return "", nil, err
	}
	d := paper.ScheduleData{Office: p.office(), Letter: paper.Letter{Date: p.now, Recipients: []string{p.rules.Office.Name}}, At: p.now,
		Hours: hoursOf(p.rules.Office.Hours), Place: p.rules.Office.Address, Cutoff: say("paper.how_to_book", nil)}
	d.Year, d.Quarter = tiepdan.QuarterOf(from)
	for _, s := range all {
		if s.Kind != tiepdan.Regular || s.Cancelled() || s.Moved() {
			d.Sessions = append(d.Sessions, p.meeting(s))
		}
	}
	data, err = paper.ScheduleNotice(d)
	return from.String(), data, err
}

// hoursOf are opening hours within a sentence: the chat has a line for each.
func hoursOf(h tiepdan.Hours) string { return say("page.schedule.hours", map[string]any{"Hours": h}) }

// roster is who is on duty in a month.
func (p *printing) roster() (of string, data []byte, err error) {
	from, err := tiepdan.ParseDate(p.q.Get("month") + "-01")
	if err != nil {
		return "", nil, err
	}
	until := from.AddMonths(1)
	turns, err := p.store.Roster(p.ctx, from, until)
	if err != nil {
		return "", nil, err
	}
	d := paper.RosterData{Office: p.office(), Letter: paper.Letter{Date: p.now}, From: from.Time(), Until: last(until), At: p.now,
		Hours: hoursOf(p.rules.Office.Hours), Place: p.rules.Office.Address}
	for day := from; day.Before(until); day = day.Add(1) {
		why, off := p.rules.Calendar.Why(day)
		if off && why.Kind == tiepdan.DayWeekend {
			continue
		}
		line := paper.DutyDay{On: day.Time()}
		if off {
			line.Off = why.Name
		}
		d.Days = append(d.Days, dutyOf(line, day, turns))
	}
	data, err = paper.DutyRoster(d)
	return p.q.Get("month"), data, err
}

func dutyOf(line paper.DutyDay, day tiepdan.Date, turns []tiepdan.OnDuty) paper.DutyDay {
	for _, t := range turns {
		if t.On != day {
			continue
		}
		switch t.Shift {
		case tiepdan.Morning:
			line.Morning = append(line.Morning, t.Name)
		case tiepdan.Afternoon:
			line.Afternoon = append(line.Afternoon, t.Name)
		default:
			line.Day = append(line.Day, t.Name)
		}
		line.Note = t.Note
	}
	return line
}

// coming are a session's appointments that still stand, places first.
func (p *printing) coming() (tiepdan.Session, []tiepdan.Appointment, error) {
	s, err := p.store.Session(p.ctx, p.id)
	if err != nil {
		return s, nil, err
	}
	all, err := p.store.Appointments(p.ctx, p.by, p.id)
	if err != nil {
		return s, nil, err
	}
	all = slices.DeleteFunc(all, func(a tiepdan.Appointment) bool { return a.Status == tiepdan.AppointmentDropped })
	slices.SortStableFunc(all, func(a, b tiepdan.Appointment) int { return place(a) - place(b) })
	return s, all, nil
}

// place orders those without a number behind all numbers.
func place(a tiepdan.Appointment) int {
	if a.Number == 0 {
		return 1<<20 + a.Position
	}
	return a.Number
}

// blankLines are for those who come without an appointment.
const blankLines = 8

func (p *printing) signatures() (of string, data []byte, err error) {
	s, all, err := p.coming()
	if err != nil {
		return "", nil, err
	}
	d := paper.SignaturesData{Office: p.office(), Meeting: p.meeting(s), Blank: blankLines, At: p.now}
	for _, a := range all {
		v := paper.Visitor{Number: a.Number, Name: a.Name, Purpose: a.Purpose, CaseCode: string(a.CaseCode), Waiting: a.Number == 0}
		if a.Number > 0 {
			v.Expected = s.Expected(a.Number)
		}
		d.People = append(d.People, v)
	}
	data, err = paper.SignatureSheet(d)
	return s.On().String(), data, err
}

// dossier is what whoever presides reads before the session: each person who is
// booked, with their case as the reader may see it.
func (p *printing) dossier() (of string, data []byte, err error) {
	s, all, err := p.coming()
	if err != nil {
		return "", nil, err
	}
	d := paper.DossierData{Office: p.office(), Meeting: p.meeting(s), At: p.now}
	if p.by.Staff != 0 {
		person, err := p.store.Staff(p.ctx, p.by.Staff)
		if err != nil {
			return "", nil, err
		}
		d.By = person.Name
	}
	for _, a := range all {
		part, err := p.dossierPart(s, a)
		if err != nil {
			return "", nil, err
		}
		d.People = append(d.People, part)
	}
	data, err = paper.Dossier(d)
	return s.On().String(), data, err
}

func (p *printing) dossierPart(s tiepdan.Session, a tiepdan.Appointment) (paper.DossierPart, error) {
	part := paper.DossierPart{Number: a.Number, Name: a.Name, Purpose: a.Purpose}
	if a.Number > 0 {
		part.Expected = s.Expected(a.Number)
	}
	if a.Case == 0 {
		return part, nil
	}
	c, err := p.store.ViewCase(p.ctx, a.Case, p.by)
	if err != nil {
		return part, err
	}
	part.CaseCode, part.Sealed = string(c.Code), c.Sealed()
	if p.by.See(c) != tiepdan.Everything || c.Sealed() {
		return part, nil
	}
	return p.filled(part, c)
}

// filled is a dossier's part with its case.
func (p *printing) filled(part paper.DossierPart, c tiepdan.Case) (paper.DossierPart, error) {
	field, _ := p.rules.Field(c.Field)
	ward, _ := p.rules.Ward(c.Place)
	part.Kind, part.Field, part.Place = say("page.kind."+string(c.Kind), nil), field.Name, ward.Name
	part.Status, part.Unit, part.Received = say("page.status."+string(c.Status), nil), p.unit(c.Unit), c.Received
	part.People, part.Content = c.Group.People, c.Text
	if due, ok := tiepdan.NextDue(c, p.rules); ok {
		part.Due, part.Late = due.On.Time(), due.Late(tiepdan.DateOf(p.now))
	}
	for _, e := range c.History[1:] {
		part.History = append(part.History, paper.DossierLine{At: e.At, What: say("page.deed."+string(e.Do), nil), By: e.Name, Text: short(e.Text, e.Reason)})
	}
	for _, f := range c.Files {
		part.Files = append(part.Files, f.Name)
	}
	directions, err := p.store.CaseDirectives(p.ctx, p.by, c.ID)
	if err != nil {
		return part, err
	}
	for _, d := range directions {
		part.Directives = append(part.Directives, paper.DossierDirective{Code: d.Code(), Task: d.Task, Unit: p.unit(d.Unit),
			Status: say("page.directive_status."+string(d.Status), nil), Due: d.Due.Time(), Late: d.Late(tiepdan.DateOf(p.now))})
	}
	return part, nil
}

// shortest is how much of an entry's words a dossier prints.
const shortest = 400

func short(text, reason string) string {
	if text == "" {
		text = reason
	}
	if rs := []rune(text); len(rs) > shortest {
		return string(rs[:shortest]) + " …"
	}
	return text
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func dateOrZero(d tiepdan.Date) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return d.Time()
}
