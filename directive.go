package tiepdan

import (
	"fmt"
	"regexp"
	"slices"
	"time"
)

// DirectiveStatus is where a direction stands.
type DirectiveStatus string

const (
	DirectiveIssued    DirectiveStatus = "issued"
	DirectiveTaken     DirectiveStatus = "taken"    // somebody works on it
	DirectiveReported  DirectiveStatus = "reported" // a result waits for the leader's word
	DirectiveDone      DirectiveStatus = "done"
	DirectiveCancelled DirectiveStatus = "cancelled"
)

// DirectiveStatuses are all of them, in the order of a direction's life.
func DirectiveStatuses() []DirectiveStatus {
	return []DirectiveStatus{DirectiveIssued, DirectiveTaken, DirectiveReported, DirectiveDone, DirectiveCancelled}
}

// Open reports whether the unit still owes something.
func (s DirectiveStatus) Open() bool { return slices.Contains(directiveOpen, s) }

// Directive is a leader's direction to a unit (chỉ đạo), with its due day and what
// came of it.
type Directive struct {
	ID      int64
	Year    int
	Number  int // in its year
	Session int64
	Reception,
	Case int64
	CaseCode CaseCode
	Barred   Barred // whom its case is about
	Unit     int64
	Officer  int64
	Task     string
	Due      Date
	Status   DirectiveStatus
	Secret   bool // of a denunciation: its words stay in the backend
	IssuedBy int64
	Issued   time.Time
	Done     time.Time
	Urged    int // times
	History  []DirectiveEntry
}

// Code is how people name the direction: "CD26-0012".
func (d Directive) Code() string { return fmt.Sprintf("CD%02d-%04d", d.Year%100, d.Number) }

var directiveCode = regexp.MustCompile(`\bCD(\d\d)-(\d{4,})\b`)

// FindDirectiveCode returns the year and number of the first direction that text names.
func FindDirectiveCode(text string) (year, number int, ok bool) {
	m := directiveCode.FindStringSubmatch(text)
	if m == nil {
		return 0, 0, false
	}
	fmt.Sscan(m[1], &year)
	fmt.Sscan(m[2], &number)
	return 2000 + year, number, true
}

// Late reports whether the direction is open after its due day.
func (d Directive) Late(today Date) bool { return d.Status.Open() && d.Due.Before(today) }

// DirectiveAction is something that a person does to a direction.
type DirectiveAction string

const (
	IssueDirective    DirectiveAction = "issue" // the beginning; no row of the table
	TakeDirective     DirectiveAction = "take"
	AssignDirective   DirectiveAction = "assign"   // to an officer of the unit
	ProgressDirective DirectiveAction = "progress" // how it goes
	ReportDirective   DirectiveAction = "report"   // the result
	AcceptDirective   DirectiveAction = "accept"   // the leader is content
	ReturnDirective   DirectiveAction = "return"   // … is not
	UrgeDirective     DirectiveAction = "urge"     // đôn đốc
	ExtendDirective   DirectiveAction = "extend"
	CancelDirective   DirectiveAction = "cancel"
	EscalateDirective DirectiveAction = "escalate" // overdue: told to who issued it, by the clock
)

var (
	directiveOpen  = []DirectiveStatus{DirectiveIssued, DirectiveTaken, DirectiveReported}
	directiveGiven = []DirectiveStatus{DirectiveIssued, DirectiveTaken}
)

// directiveMove is one row of a direction's life; To "" leaves it where it stands.
type directiveMove struct {
	From []DirectiveStatus
	Do   DirectiveAction
	By   []Role
	To   DirectiveStatus
}

var directiveMoves = []directiveMove{
	{[]DirectiveStatus{DirectiveIssued}, TakeDirective, []Role{Officer, UnitHead}, DirectiveTaken},
	{directiveGiven, AssignDirective, []Role{UnitHead, BoardHead, Leader}, ""},
	{directiveGiven, ProgressDirective, []Role{Officer, UnitHead}, DirectiveTaken},
	{directiveGiven, ReportDirective, []Role{Officer, UnitHead}, DirectiveReported},
	{[]DirectiveStatus{DirectiveReported}, AcceptDirective, deciders, DirectiveDone},
	{[]DirectiveStatus{DirectiveReported}, ReturnDirective, deciders, DirectiveTaken},
	{directiveGiven, UrgeDirective, []Role{Receptionist, BoardHead, Leader}, ""},
	{directiveOpen, ExtendDirective, deciders, ""},
	{directiveOpen, CancelDirective, deciders, DirectiveCancelled},
	{directiveOpen, EscalateDirective, []Role{System}, ""},
}

// DirectiveEntry is one line of a direction's history.
type DirectiveEntry struct {
	N     int
	Do    DirectiveAction
	By    Actor
	For   int64  // in whose place By did it; 0: their own
	Name  string // for the page
	At    time.Time
	Text  string
	Due   Date  // extended to
	To    int64 // assigned to
	Files []Attachment
}

// DirectiveAct is one deed that somebody wants to do to a direction.
type DirectiveAct struct {
	Do      DirectiveAction
	By      Actor
	At      time.Time
	Text    string
	Due     Date
	Officer int64
	Files   []Attachment
}

// reachesDirective reports whether a has anything to do with d: its unit's own, or who
// directs the office.
func (a Actor) reachesDirective(d Directive) bool {
	switch a.Role {
	case Receptionist, BoardHead, Leader, System, Auditor:
		return true
	case UnitHead:
		return a.Unit != 0 && a.Unit == d.Unit
	case Officer:
		return a.Staff == d.Officer || (d.Officer == 0 && a.Unit != 0 && a.Unit == d.Unit)
	}
	return false
}

// SeeDirective returns how much of d the actor may see, themself or as one whom they
// stand in for.
func (a Actor) SeeDirective(d Directive) Sees {
	return a.seesAs(d.Barred, func(self Actor) Sees { return self.seeDirective(d) })
}

func (a Actor) seeDirective(d Directive) Sees {
	switch {
	case !a.reachesDirective(d), d.Barred.Bars(a):
		return Nothing
	case !d.Secret || a.Cleared || a.Role == System:
		return Everything
	case a.really != 0:
		return Nothing
	}
	return Outline
}

// doesDirective returns as whom a may do that to d, themself first.
func (a Actor) doesDirective(do DirectiveAction, d Directive) (m directiveMove, self Actor, err error) {
	if a.SeeDirective(d) != Everything {
		return m, a, &Error{Code: Forbidden, Key: "directive.not_yours"}
	}
	i := slices.IndexFunc(directiveMoves, func(m directiveMove) bool { return m.Do == do && slices.Contains(m.From, d.Status) })
	if i < 0 {
		return m, a, &Error{Code: Conflict, Key: "directive.not_now"}
	}
	for _, self := range a.selves() {
		if self.seeDirective(d) == Everything && slices.Contains(directiveMoves[i].By, self.Role) {
			return directiveMoves[i], self, nil
		}
	}
	return m, a, &Error{Code: Forbidden, Key: "directive.not_yours"}
}

// DirectiveActions returns what the actor may do to d, in the table's order.
func DirectiveActions(d Directive, a Actor) []DirectiveAction {
	var as []DirectiveAction
	for _, m := range directiveMoves {
		if _, _, err := a.doesDirective(m.Do, d); err == nil {
			as = append(as, m.Do)
		}
	}
	return as
}

// Apply makes the direction what the act makes of it, and returns the line that
// its history gains.
func (a DirectiveAct) Apply(d Directive) (Directive, DirectiveEntry, error) {
	m, self, err := a.By.doesDirective(a.Do, d)
	if err != nil {
		return d, DirectiveEntry{}, err
	}
	a.Text = Clean(a.Text)
	if err := a.complete(d); err != nil {
		return d, DirectiveEntry{}, err
	}
	e := DirectiveEntry{N: len(d.History) + 1, Do: a.Do, By: Actor{Role: self.Role, Staff: a.By.Staff, Unit: self.Unit}, At: a.At, Text: a.Text, Due: a.Due, To: a.Officer, Files: a.Files}
	if self.Staff != a.By.Staff {
		e.For = self.Staff
	}
	d = a.set(d, self)
	if m.To != "" {
		d.Status = m.To
	}
	d.History = append(slices.Clip(d.History), e)
	return d, e, nil
}

func (a DirectiveAct) complete(d Directive) error {
	switch a.Do {
	case ProgressDirective, ReportDirective:
		if a.Text == "" && len(a.Files) == 0 {
			return invalid("directive.text_missing", nil)
		}
	case ReturnDirective, CancelDirective, ExtendDirective:
		if a.Text == "" {
			return invalid("directive.reason_missing", nil)
		}
	case AssignDirective:
		if a.Officer == 0 {
			return invalid("directive.officer_missing", nil)
		}
	}
	if a.Do == ExtendDirective && !a.Due.After(d.Due) {
		return invalid("directive.due_earlier", nil)
	}
	return nil
}

func (a DirectiveAct) set(d Directive, self Actor) Directive {
	switch a.Do {
	case TakeDirective:
		if self.Role == Officer {
			d.Officer = self.Staff
		}
	case AssignDirective:
		d.Officer = a.Officer
	case ExtendDirective:
		d.Due = a.Due
	case UrgeDirective:
		d.Urged++
	case AcceptDirective:
		d.Done = a.At
	}
	return d
}

// DirectiveNotices returns who is told of entry e of direction d.
func DirectiveNotices(d Directive, e DirectiveEntry) []Notice {
	worker := d.worker("directive."+string(e.Do), e.N)
	switch e.Do {
	case IssueDirective, AssignDirective, ReturnDirective, UrgeDirective, ExtendDirective, CancelDirective, AcceptDirective:
		return []Notice{worker}
	case ReportDirective:
		return []Notice{{To: ToDeciders, Key: worker.Key, Entry: e.N}}
	case EscalateDirective:
		deciders := Notice{To: ToDeciders, Key: worker.Key, Entry: e.N}
		if d.Status == DirectiveReported { // the unit has done its part
			return []Notice{deciders}
		}
		return []Notice{worker, deciders}
	}
	return nil
}

// DirectiveDue returns who is told that d falls due soon.
func DirectiveDue(d Directive) []Notice { return []Notice{d.worker("directive.due", 0)} }

// worker is a notice to whoever is to do it: an officer, or their unit's heads.
func (d Directive) worker(key string, entry int) Notice {
	if d.Officer != 0 {
		return Notice{To: ToStaff, Staff: d.Officer, Unit: d.Unit, Key: key, Entry: entry}
	}
	return Notice{To: ToUnitHead, Unit: d.Unit, Key: key, Entry: entry}
}
