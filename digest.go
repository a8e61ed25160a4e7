package tiepdan

// Digest is what one member of staff has before them on a working morning:
// numbers only, so that it may go to a chat whatever the cases are.
type Digest struct {
	Staff    int64
	Role     Role
	Unit     int64
	New      int // in one of their role's [Role.Fresh] states
	DueSoon  int // due today or within SoonDays working days
	Overdue  int
	Half     int // whose term is half over
	Asks     int // questions that wait: for a leader's word, or of an officer's own
	Judging  int // answers that wait for their approval
	Helping  int // help that is asked of them and not given yet
	HelpSoon int // of that, what is due today or within SoonDays working days
	HelpLate int
	// What is owed still of cases of theirs that have ended, an officer's or a unit
	// head's: to be sent, made public, acted on. Due within SoonDays, and overdue.
	RemainSoon int
	RemainLate int
	Sessions   []Session // today's receptions of citizens, in their order
	OnDuty     bool      // it is their turn at the regular reception today
	// Directions that wait for them: to be done, or, of a leader or the board's head,
	// with a result to be looked at; and how many are overdue.
	Directives     int
	DirectivesLate int
}

// SoonDays is how many working days ahead a due day counts as soon.
const SoonDays = 3

// Empty reports whether there is nothing to tell.
func (d Digest) Empty() bool {
	return d.New == 0 && d.DueSoon == 0 && d.Overdue == 0 && len(d.Sessions) == 0 && !d.OnDuty && d.Directives == 0 && d.DirectivesLate == 0 &&
		d.Half == 0 && d.Asks == 0 && d.Judging == 0 && d.Helping == 0 && d.RemainSoon == 0 && d.RemainLate == 0
}

// Fresh returns the states in which a case waits for the first look of somebody
// of that role: to be sorted, to be approved, to be taken.
func (r Role) Fresh() []Status {
	switch r {
	case Receptionist, BoardHead:
		return []Status{Received, AwaitingOriginal}
	case Leader:
		return []Status{InReview}
	}
	return []Status{Assigned}
}
