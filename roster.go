package tiepdan

import "slices"

// Rotation is what a duty roster is filled from.
type Rotation struct {
	From, Until Date    // [From, Until)
	Shifts      []Shift // of each day; none: one, the whole day
	Staff       []int64 // who takes turns, in the order to begin with
	Away        func(staff int64, on Date) bool
	// Standing are turns that somebody has decided on: those in the span stay, and
	// those before it count for what is fair. Of what was before, nobody has to
	// catch up more than two days: not who is new, nor who was long away.
	Standing []OnDuty
}

// FillRoster gives each shift of each working day to one person: to whoever has had
// the fewest hours, nobody on two days running or twice a day while there is
// another, and then whose last turn is longest ago. A shift for which everybody is
// away stays empty. The result is the whole span's roster, with what stood.
func FillRoster(r Rotation, c Calendar) []OnDuty {
	if len(r.Shifts) == 0 {
		r.Shifts = []Shift{WholeDay}
	}
	f := newFiller(r)
	var roster []OnDuty
	for d := r.From; d.Before(r.Until); d = d.Add(1) {
		for _, turn := range f.standing[d] {
			roster = append(roster, turn)
			f.last[turn.Staff] = d
		}
		if !c.Works(d) {
			continue
		}
		for _, shift := range r.Shifts {
			if f.covered(d, shift) {
				continue
			}
			if id, ok := f.next(d, c.AddWorking(d, -1), c.AddWorking(d, 1)); ok {
				f.give(OnDuty{On: d, Shift: shift, Staff: id})
				roster = append(roster, OnDuty{On: d, Shift: shift, Staff: id})
			}
		}
	}
	return roster
}

// filler remembers who has had which turns.
type filler struct {
	Rotation
	standing map[Date][]OnDuty
	halves   map[int64]int  // half days that each has had
	last     map[int64]Date // the last turn of each
}

// maxCatchUp is how many half days of what was before the span anybody has to catch up.
const maxCatchUp = 4

func newFiller(r Rotation) *filler {
	f := &filler{Rotation: r, standing: map[Date][]OnDuty{}, halves: map[int64]int{}, last: map[int64]Date{}}
	most := 0
	for _, turn := range r.Standing {
		if turn.On.Before(r.From) {
			f.give(turn)
			most = max(most, f.halves[turn.Staff])
		}
	}
	for _, id := range r.Staff {
		f.halves[id] = max(f.halves[id], most-maxCatchUp)
	}
	for _, turn := range r.Standing {
		if !turn.On.Before(r.From) && turn.On.Before(r.Until) {
			f.standing[turn.On] = append(f.standing[turn.On], turn)
			f.halves[turn.Staff] += turn.Shift.halves()
		}
	}
	return f
}

func (f *filler) give(turn OnDuty) {
	f.halves[turn.Staff] += turn.Shift.halves()
	if turn.On.After(f.last[turn.Staff]) {
		f.last[turn.Staff] = turn.On
	}
}

func (s Shift) halves() int {
	if s == WholeDay {
		return 2
	}
	return 1
}

// covered reports whether a standing turn has the shift.
func (f *filler) covered(d Date, shift Shift) bool {
	return slices.ContainsFunc(f.standing[d], func(t OnDuty) bool {
		return t.Shift == shift || t.Shift == WholeDay || shift == WholeDay
	})
}

// next returns whose turn it is on d, which lies between two working days.
func (f *filler) next(d, before, after Date) (best int64, ok bool) {
	for _, id := range f.Staff {
		if f.Away != nil && f.Away(id, d) {
			continue
		}
		if !ok || f.sooner(id, best, d, before, after) {
			best, ok = id, true
		}
	}
	return best, ok
}

// sooner reports whether it is a's turn rather than b's.
func (f *filler) sooner(a, b int64, d, before, after Date) bool {
	ta, tb := f.tired(a, d, before, after), f.tired(b, d, before, after)
	switch {
	case ta != tb:
		return ta < tb
	case f.halves[a] != f.halves[b]:
		return f.halves[a] < f.halves[b]
	}
	return f.last[a].Before(f.last[b])
}

// tired is 2 for who is on duty that day already, 1 for who is the day before or after.
func (f *filler) tired(id int64, d, before, after Date) int {
	switch {
	case f.last[id] == d:
		return 2
	case !f.last[id].Before(before) || slices.ContainsFunc(f.standing[after], func(t OnDuty) bool { return t.Staff == id }):
		return 1
	}
	return 0
}
