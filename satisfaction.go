package tiepdan

import (
	"slices"
	"time"
)

// RatingDays is for how many days a citizen may change what they said of an answer.
const RatingDays = 7

// Discontents are the reasons that a citizen chooses from who isn't satisfied.
func Discontents() []string { return []string{"content", "slow", "attitude", "unsolved", "other"} }

// Satisfaction is what the citizen says of the last answer.
type Satisfaction struct {
	Rating     int    // 1 not satisfied … 3 satisfied
	Discontent string // one of [Discontents], of a 1
	Words      string
	First, At  time.Time // when they first said it, and last
}

// Until is the last moment at which it may be changed.
func (s Satisfaction) Until() time.Time { return s.First.AddDate(0, 0, RatingDays) }

// Satisfaction returns what the citizen says of the last answer, if they have said it.
func (c Case) Satisfaction() (s Satisfaction, ok bool) {
	for _, e := range c.sinceAnswer() {
		if e.Do != Rate {
			continue
		}
		if !ok {
			s.First = e.At
		}
		if s.Rating != e.Details.Rating {
			s.Discontent = ""
		}
		ok, s.Rating, s.At = true, e.Details.Rating, e.At
		if e.Details.Unhappy != "" {
			s.Discontent = e.Details.Unhappy
		}
		if e.Text != "" {
			s.Words = e.Text
		}
	}
	return s, ok
}

// sinceAnswer is what happened after the last answer went out; nothing, if none has.
func (c Case) sinceAnswer() []Entry {
	for i, e := range slices.Backward(c.History) {
		if e.Do == Answer || e.Do == Approve {
			return c.History[i+1:]
		}
	}
	return nil
}

// rates holds a rating against what may be said, and until when.
func (a Act) rates(c Case) error {
	d := a.Details
	if d.Rating < 1 || d.Rating > 3 {
		return invalid("act.rating_unknown", nil)
	}
	if d.Unhappy != "" && (d.Rating != 1 || !slices.Contains(Discontents(), d.Unhappy)) {
		return invalid("act.rating_unknown", nil)
	}
	if s, ok := c.Satisfaction(); ok && a.At.After(s.Until()) {
		return invalid("act.rating_over", map[string]any{"Days": RatingDays})
	}
	return nil
}

// SatisfactionCount is how many answers of a unit and kind were judged how.
type SatisfactionCount struct {
	Unit                         int64
	Kind                         Kind
	Answered                     int // answers that went out in the period
	Asked                        int // of them, by chat, which asks
	Reopened                     int // after which the case was opened again
	Satisfied, Fair, Unsatisfied int
	Discontents                  map[string]int
}

// Plus is both counts together, of whatever unit and kind.
func (n SatisfactionCount) Plus(m SatisfactionCount) SatisfactionCount {
	sum := SatisfactionCount{Answered: n.Answered + m.Answered, Asked: n.Asked + m.Asked, Reopened: n.Reopened + m.Reopened,
		Satisfied: n.Satisfied + m.Satisfied, Fair: n.Fair + m.Fair, Unsatisfied: n.Unsatisfied + m.Unsatisfied, Discontents: map[string]int{}}
	for _, of := range []map[string]int{n.Discontents, m.Discontents} {
		for why, k := range of {
			sum.Discontents[why] += k
		}
	}
	return sum
}

// SatisfactionWords are what a citizen said of an answer in their own words.
type SatisfactionWords struct {
	Case    int64
	Code    CaseCode
	Unit    int64
	Kind    Kind
	At      time.Time
	Rating  int
	Unhappy string
	Words   string
}

// Rated is how many of them were judged at all.
func (n SatisfactionCount) Rated() int { return n.Satisfied + n.Fair + n.Unsatisfied }

// Add counts n more answers of which that was said; 0: nothing.
func (n *SatisfactionCount) Add(rating int, discontent string, more int) {
	n.Answered += more
	switch rating {
	case 3:
		n.Satisfied += more
	case 2:
		n.Fair += more
	case 1:
		n.Unsatisfied += more
		if discontent != "" {
			n.Discontents[discontent] += more
		}
	}
}
