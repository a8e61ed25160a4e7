package tiepdan

import "slices"

// Leave is a time that a member of staff is away for, its first and last day with
// it, and who stands in for them.
type Leave struct {
	ID         int64
	Staff      int64
	From       Date
	Until      Date
	Substitute int64 // 0: nobody
	Note       string
}

// Covers reports whether the leave lasts on that day.
func (l Leave) Covers(on Date) bool { return !on.Before(l.From) && !on.After(l.Until) }

// overlaps reports whether both leaves last on one day at least.
func (l Leave) overlaps(o Leave) bool { return !l.Until.Before(o.From) && !o.Until.Before(l.From) }

// Leaves are those that the office knows of.
type Leaves []Leave

// Away returns the leave that a member of staff is on, that which ends last.
func (ls Leaves) Away(staff int64, on Date) (away Leave, ok bool) {
	for _, l := range ls {
		if l.Staff == staff && l.Covers(on) && (!ok || l.Until.After(away.Until)) {
			away, ok = l, true
		}
	}
	return away, ok
}

// StandIn returns who stands in for a member of staff who is away. Who stands in
// and is away too passes nothing on: what was entrusted to one isn't to a third.
func (ls Leaves) StandIn(staff int64, on Date) (substitute int64, ok bool) {
	for _, l := range ls {
		if l.Staff != staff || !l.Covers(on) || l.Substitute == 0 || l.Substitute == staff {
			continue
		}
		if _, away := ls.Away(l.Substitute, on); !away {
			return l.Substitute, true
		}
	}
	return 0, false
}

// StoodInFor returns for whom a member of staff stands in on that day.
func (ls Leaves) StoodInFor(staff int64, on Date) (absent []int64) {
	for _, l := range ls {
		if l.Substitute != staff || slices.Contains(absent, l.Staff) {
			continue
		}
		if who, ok := ls.StandIn(l.Staff, on); ok && who == staff {
			absent = append(absent, l.Staff)
		}
	}
	slices.Sort(absent)
	return absent
}

// Valid says what is wrong with a leave beside those that stand. Nobody is away
// twice at a time, and who stands in is there all of it: so nobody stands in for
// somebody who stands in for them.
func (l Leave) Valid(standing Leaves) error {
	switch {
	case l.Staff == 0:
		return invalid("leave.staff_missing", nil)
	case l.From.IsZero() || l.Until.IsZero():
		return invalid("leave.days_missing", nil)
	case l.Until.Before(l.From):
		return invalid("leave.days_turned", nil)
	case l.From.DaysUntil(l.Until) > maxLeave:
		return invalid("leave.too_long", nil)
	case l.Substitute == l.Staff:
		return invalid("leave.own_substitute", nil)
	}
	for _, o := range standing {
		switch {
		case o.ID == l.ID && o.ID != 0 || !o.overlaps(l):
		case o.Staff == l.Staff:
			return invalid("leave.overlaps", map[string]any{"From": o.From, "Until": o.Until})
		case o.Staff == l.Substitute:
			return invalid("leave.substitute_away", map[string]any{"From": o.From, "Until": o.Until})
		}
	}
	return nil
}

// maxLeave is the longest leave in days: longer ones are a typing error, or a matter
// of giving the cases to somebody else.
const maxLeave = 366

// MayEnterLeave reports whether a may write down that member's leaves: everybody
// their own, a unit's head those of the unit, who keeps the office's people
// everybody's.
func (a Actor) MayEnterLeave(of Staff) bool {
	switch {
	case a.Staff == of.ID && a.Staff != 0:
		return true
	case a.Role == UnitHead:
		return of.Unit != 0 && of.Unit == a.Unit
	}
	return a.Role.MayEnter(PeopleArea) || a.Role == System
}

// MayStandIn reports whether s may stand in for that member: somebody of the same
// unit, or for who belongs to none another of the office's own who works cases. A
// substitute gets no unit's cases that isn't theirs.
func (s Staff) MayStandIn(of Staff) bool {
	if s.ID == of.ID || s.Disabled || !s.Role.Writes() || !s.Role.MayEnter(CaseArea) {
		return false
	}
	if of.Role.InUnit() {
		return s.Unit == of.Unit
	}
	return !s.Role.InUnit()
}
