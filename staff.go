package tiepdan

import (
	"slices"
	"time"
)

// Role is what a person acts as.
type Role string

const (
	Citizen       Role = "citizen"
	Receptionist  Role = "receptionist"  // tiếp nhận
	BoardHead     Role = "board_head"    // trưởng ban
	Leader        Role = "leader"        // lãnh đạo: approves, decides
	UnitHead      Role = "unit_head"     // of one unit
	Officer       Role = "officer"       // of one unit, works the cases given to them
	Auditor       Role = "auditor"       // reads only
	Administrator Role = "administrator" // people and settings; no case's content
	System        Role = "system"        // what no person does, such as a recomputation
)

// StaffRoles are the roles that the office can give, in the order of its lists.
func StaffRoles() []Role {
	return []Role{Receptionist, BoardHead, Leader, UnitHead, Officer, Auditor, Administrator}
}

// Staff is one person who works at the office. Cleared names them as one who may
// see what is confidential: denunciations.
type Staff struct {
	ID       int64
	Login    string
	Name     string
	Role     Role
	Unit     int64 // of a unit head or officer; 0: the office itself
	Cleared  bool
	Language Language
	Joined   bool // has a chat account bound and confirmed
	Disabled bool
	Created  time.Time
	For      []Standin `db:"-"` // whom they stand in for today
	Quiet    Quiet     // their own hours without messages; none: the office's
}

// Actor is who does a deed, and what decides whether they may.
type Actor struct {
	Role    Role
	Staff   int64 // 0 for a citizen or the system
	Unit    int64
	Cleared bool
	For     []Standin // whom they stand in for today
	really  int64     // of one who acts as somebody else: their own Staff
}

// Standin is a colleague on leave, in whose place somebody acts.
type Standin struct {
	Staff   int64
	Role    Role
	Unit    int64
	Cleared bool
}

// selves are a themself and then as whom they stand in for. A stand-in sees no
// denunciation that they aren't named for themself, nor one that the absent
// wouldn't see.
func (a Actor) selves() []Actor {
	list := []Actor{a}
	for _, s := range a.For {
		list = append(list, Actor{Role: s.Role, Staff: s.Staff, Unit: s.Unit, Cleared: a.Cleared && s.Cleared, really: a.Staff})
	}
	return list
}

// Actor returns s as the one who acts.
func (s Staff) Actor() Actor {
	return Actor{Role: s.Role, Staff: s.ID, Unit: s.Unit, Cleared: s.Cleared, For: s.For}
}

// Sees says how much of a case a person may see.
type Sees int

const (
	Nothing Sees = iota
	Outline      // code, kind, state, dates
	Everything
)

// See returns how much of c the actor may see. Denunciations show only their
// outline to those who aren't named for them (Luật Tố cáo 2018, Điều 9, 56); who
// is complained about sees nothing.
func (a Actor) See(c Case) Sees {
	return a.seesAs(c.Barred, func(self Actor) Sees { return self.see(c) })
}

// seesAs is the most that a may see as themself or as one whom they stand in for; who
// is barred sees nothing, whomever they stand in for.
func (a Actor) seesAs(barred Barred, see func(self Actor) Sees) Sees {
	sees := Nothing
	if barred.Bars(a) {
		return sees
	}
	for _, self := range a.selves() {
		sees = max(sees, see(self))
	}
	return sees
}

func (a Actor) see(c Case) Sees {
	if c.Barred.Bars(a) {
		return Nothing
	}
	sees := Nothing
	switch a.Role {
	case Receptionist, BoardHead, Leader, Auditor, System:
		sees = Everything
	case UnitHead, Officer:
		if a.has(c) || c.wasHelpedBy(a) {
			sees = Everything
		}
	}
	if sees == Everything && c.Sealed() && !a.Cleared && a.Role != System {
		if a.really != 0 {
			return Nothing
		}
		return Outline
	}
	return sees
}

// has reports whether somebody of a unit has the case: an officer their own, a head their unit's.
func (a Actor) has(c Case) bool {
	if a.Role == UnitHead {
		return c.Unit != 0 && c.Unit == a.Unit
	}
	return a.Role == Officer && c.Officer != 0 && c.Officer == a.Staff
}

// Area is a part of the backend beyond the cases.
type Area string

const (
	CaseArea    Area = "cases"    // lists and pages of cases
	IntakeArea  Area = "intake"   // registering walk-ins
	TaskArea    Area = "tasks"    // what couldn't be delivered, what was put aside
	BlockArea   Area = "blocks"   // blocking abusive accounts
	PeopleArea  Area = "people"   // staff, units, invitations
	SettingArea Area = "settings" // fields, kinds, holidays, the office
	AuditArea   Area = "audit"

	ScheduleArea  Area = "schedule"   // sessions and the quarter's plan
	DeskArea      Area = "desk"       // the session's day: queue, entries, who was there
	BookArea      Area = "book"       // the book of receptions
	DirectiveArea Area = "directives" // directions, and the conclusions that they come from
	ReportArea    Area = "reports"    // duty days, attendance, directions
	LeaveArea     Area = "leaves"     // who is away, and who stands in
)

var areas = map[Area][]Role{
	CaseArea:    {Receptionist, BoardHead, Leader, UnitHead, Officer, Auditor},
	IntakeArea:  {Receptionist, BoardHead},
	TaskArea:    {Receptionist, BoardHead, Leader, Auditor},
	BlockArea:   {BoardHead, Leader},
	PeopleArea:  {Administrator, BoardHead},
	SettingArea: {Administrator, BoardHead},
	AuditArea:   {Auditor, BoardHead, Administrator},

	ScheduleArea:  {Receptionist, BoardHead, Leader, UnitHead, Officer, Auditor},
	DeskArea:      {Receptionist, BoardHead, Leader},
	BookArea:      {Receptionist, BoardHead, Leader, Auditor},
	DirectiveArea: {Receptionist, BoardHead, Leader, UnitHead, Officer, Auditor},
	ReportArea:    {BoardHead, Leader, Auditor},
	LeaveArea:     StaffRoles(),
}

// MayEnter reports whether role may open the area at all.
func (r Role) MayEnter(a Area) bool { return slices.Contains(areas[a], r) }

// Roles returns who may open the area.
func (a Area) Roles() []Role { return slices.Clone(areas[a]) }

// InUnit reports whether the role belongs to one unit.
func (r Role) InUnit() bool { return r == UnitHead || r == Officer }

// Writes reports whether the role changes anything: an auditor only reads.
func (r Role) Writes() bool { return r != Auditor && r != "" }
