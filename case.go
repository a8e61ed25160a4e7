package tiepdan

import "time"

// Case is one submission that the office has in its books.
type Case struct {
	ID       int64
	Code     CaseCode
	Number   int64 // in the book of its year; 0 until the book has it
	Draft    string
	Kind     Kind
	Mode     Mode
	Approval bool // its kind's answers need a leader's approval
	Field    string
	Place    string // a ward's code, or ""
	Point    *Point
	Status   Status
	Unit     int64
	Officer  int64
	Text     string // the content as it stands; its versions are in the history
	Person   Person
	Group    Group
	Unnamed  bool // the citizen chose to give no name

	Respondent string
	Channel    string // "telegram", "desk", …
	Language   Language
	Received   time.Time // when it really came
	Legal      Date      // the day that the law counts from
	Accepted   bool      // thụ lý
	Corruption bool      // its field is tham nhũng
	History    []Entry
	Files      []Attachment // all files, of every entry
}

// Sealed reports whether c is under a denunciation's rules.
func (c Case) Sealed() bool { return c.Kind == ToCao || c.Corruption }

// allows is what the table can't say: a kind whose answers need approval isn't
// answered without it, and an act is done once where once is enough.
func (c Case) allows(do Action) bool {
	switch do {
	case Answer:
		return !c.Approval
	case Accept:
		return !c.Accepted
	}
	return true
}

// Proposal returns the answer that waits for approval, or the last one that did.
func (c Case) Proposal() (Entry, bool) {
	for i := len(c.History) - 1; i >= 0; i-- {
		if c.History[i].Do == Propose {
			return c.History[i], true
		}
	}
	return Entry{}, false
}

// Entry is one line of a case's history: who did what, when, and the words and
// files that went with it. A case's status and dates are what its entries say;
// nothing else sets them.
type Entry struct {
	N       int // 1 is the filing
	Do      Action
	By      Actor
	Name    string // of the member of staff, for the page; never stored here
	At      time.Time
	From    Status
	To      Status
	Text    string // for the citizen, or from them
	Reason  string // why; shown to the citizen where the act is one that they are told of
	Details Details
	Files   []Attachment
}

// Internal reports whether the entry is kept from the citizen.
func (e Entry) Internal() bool {
	switch e.Do {
	case Note, Propose, Revise, Return, Assign, Take, Classify:
		return true
	}
	return false
}

// Details are the facts of an act beyond its words; only those of its action are set.
type Details struct {
	Kind     Kind   `json:"kind,omitempty"`
	Field    string `json:"field,omitempty"`
	Place    string `json:"place,omitempty"`
	Unit     int64  `json:"unit,omitempty"`
	Officer  int64  `json:"officer,omitempty"`
	Body     string `json:"body,omitempty"`     // the competent body that it went to
	Legal    string `json:"legal,omitempty"`    // the legal ground
	Document string `json:"document,omitempty"` // number and date of the signed paper
	Until    Date   `json:"until,omitzero"`     // extended to
	Rating   int    `json:"rating,omitempty"`   // 1 not satisfied … 3 satisfied
	Ref      string `json:"ref,omitempty"`      // the message that it came by
	Proposal int    `json:"proposal,omitempty"` // which entry was approved or sent back
	Versions int    `json:"versions,omitempty"`
	LegalDay Date   `json:"legal_day,omitzero"` // the day that the law counts from
	Desk     bool   `json:"desk,omitempty"`     // taken in by staff
}
