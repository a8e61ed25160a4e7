package tiepdan

// What the office asks of itself. These are no law, and say so wherever they are shown.
const (
	TargetDuty = "office.target" // its target for a kind, in working days
	AssignDuty = "office.assign" // what came is given to a unit
	TakeDuty   = "office.take"   // what was given is taken
	DirectDuty = "office.direct" // a leader answers a question
	HelpDuty   = "office.help"   // a helping unit's date
)

// own are the clocks that the office's settings and its own dates set going.
func (c Case) own(r *Rules) []Duty {
	ds := c.targets(r)
	ds = append(ds, c.stays(AssignDuty, Received, r.Office.AssignDays, r.Calendar)...)
	ds = append(ds, c.stays(TakeDuty, Assigned, r.Office.TakeDays, r.Calendar)...)
	for _, e := range c.History {
		switch e.Do {
		case Consult:
			if n := r.Office.DirectDays; n > 0 {
				k := clock{Meets: []Action{Direct}, Ends: leaves}
				ds = append(ds, c.read(ownDuty(DirectDuty, n), start{e, DateOf(e.At)}, k, r.Calendar))
			}
		case Involve:
			if !e.Details.Until.IsZero() {
				ds = append(ds, c.helps(e))
			}
		}
	}
	return ds
}

// leaves are the acts after which a case is nobody's work any more.
var leaves = append([]Action{Return, Destroy}, resolved...)

func ownDuty(id string, days int) Duty {
	return Duty{ID: id, Internal: id != TargetDuty, Confirmed: true, term: Term{days, WorkingDay}}
}

// targets are the office's target for the kind: from receipt, and anew when the
// case is reopened. It rests while the citizen was asked for something.
func (c Case) targets(r *Rules) (ds []Duty) {
	days := r.Kind(c.Kind).TargetDays
	if days <= 0 {
		return nil
	}
	k := clock{Starts: []Action{Submit, RecordOriginal, Reopen}, When: signedBy, Meets: resolved}
	for _, s := range c.starts(k) {
		d := ownDuty(TargetDuty, days)
		d.moves, d.rests = Extend, c.restsIn(Waiting, Suspended)
		ds = append(ds, c.read(d, s, k, r.Calendar))
	}
	return ds
}

// stays are the times that c stood somewhere and waited for somebody to move it.
func (c Case) stays(id string, in Status, days int, cal Calendar) (ds []Duty) {
	if days <= 0 {
		return nil
	}
	for i, e := range c.History {
		if e.To != in || e.From == in && e.Do != Assign {
			continue
		}
		d := c.read(ownDuty(id, days), start{e, c.dayOf(e)}, clock{}, cal)
		for _, after := range c.History[i+1:] {
			if after.To != in || after.Do == Assign {
				d.Met, d.Done, d.MetBy = later(DateOf(after.At), d.Due.Start), DateOf(after.At), after.Do
				break
			}
		}
		ds = append(ds, d)
	}
	return ds
}

// helps is the date that a helping unit was given.
func (c Case) helps(asked Entry) Duty {
	from, until := DateOf(asked.At), asked.Details.Until
	d := Duty{ID: HelpDuty, Internal: true, Confirmed: true, By: Involve, Since: asked.N, On: until, Unit: asked.Details.Unit,
		Due: Due{On: until, Start: from, Steps: []Step{{Kind: StepStarted, From: from, To: from}, {Kind: StepEnded, From: until, To: until}}}}
	for _, h := range c.Helpers {
		if h.Entry == asked.N && h.Done == 0 && c.Status.Open() {
			return d
		}
	}
	for _, e := range c.History[asked.N:] {
		mine := (e.Do == Contribute || e.Do == Release) && c.endsHelp(e, asked)
		if mine || !e.To.Open() {
			d.Met, d.Done, d.MetBy, d.Moot = later(DateOf(e.At), from), DateOf(e.At), e.Do, e.Do != Contribute
			break
		}
	}
	return d
}

// endsHelp reports whether e contributed what asked wants, or released who was asked.
func (c Case) endsHelp(e, asked Entry) bool {
	if e.Do == Release {
		return e.Details.Unit == asked.Details.Unit
	}
	for _, h := range c.Helpers {
		if h.Entry == asked.N {
			return h.Done == e.N
		}
	}
	return e.By.Unit == asked.Details.Unit
}
