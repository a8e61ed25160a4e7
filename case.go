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
	Written    bool      // its kind's answers are signed papers
	Chain      []Role    // who judges its answers, one after the other; none: any who decides
	Class      Class     // as it was classified
	Round      int       // 1, or 2: khiếu nại lần hai, tố cáo tiếp
	Earlier    int64     // the case of the round before; 0: none
	Urgent     bool
	Helpers    []Helper // the units that help
	Barred     Barred   // whom it is about
	Links      []Linked // filled by the store
	History    []Entry
	Files      []Attachment // all files, of every entry
}

// Sealed reports whether c is under a denunciation's rules.
func (c Case) Sealed() bool { return c.Kind == ToCao || c.Corruption }

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
	case Note, Propose, Endorse, Revise, Return, Assign, Involve, Contribute, Release, Take, Classify, Consult, Direct,
		Escalate, Link, Unlink, Bar, Unbar, MarkUrgent, Retain, Destroy, Publish, RecordReply, Urge:
		return true
	case RecordDelivery:
		return !e.byHand() || e.missed() // they know what a chat brought
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
	Unhappy  string `json:"unhappy,omitempty"`  // of a 1: one of [Discontents]
	Ref      string `json:"ref,omitempty"`      // the message that it came by
	Proposal int    `json:"proposal,omitempty"` // which entry was approved or sent back
	Versions int    `json:"versions,omitempty"`

	Approval   bool   `json:"approval,omitempty"`   // of a filing or classification: what its kind asks
	Chain      []Role `json:"chain,omitempty"`      //
	Written    bool   `json:"written,omitempty"`    //
	Corruption bool   `json:"corruption,omitempty"` //
	Class      *Class `json:"class,omitempty"`      //
	Round      int    `json:"round,omitempty"`      //
	Earlier    int64  `json:"earlier,omitempty"`    //

	Ground   string   `json:"ground,omitempty"`   // one of [LegalGrounds]
	Checked  []string `json:"checked,omitempty"`  // of an acceptance: the [Conditions] that were looked at
	Signer   string   `json:"signer,omitempty"`   // of the signed paper
	Signed   Date     `json:"signed,omitzero"`    //
	How      string   `json:"how,omitempty"`      // of a delivery or publication: one of [Ways]
	Of       int      `json:"of,omitempty"`       // of a delivery: the entry that reached the citizen
	On       Date     `json:"on,omitzero"`        // of a delivery: the day that it did
	Taker    string   `json:"taker,omitempty"`    // of a delivery: who took it
	Parcel   string   `json:"parcel,omitempty"`   // of a delivery: the post's number
	Outcome  string   `json:"outcome,omitempty"`  // of a delivery: one of [DeliveryOutcomes], or that the chat failed
	Part     string   `json:"part,omitempty"`     // what was withdrawn
	Result   string   `json:"result,omitempty"`   // of an answer: one of [Findings]
	Evidence string   `json:"evidence,omitempty"` // what the answer rests on
	Next     string   `json:"next,omitempty"`     // one of [NextRights]
	Other    int64    `json:"other,omitempty"`    // the other case of a link
	Link     LinkKind `json:"link,omitempty"`     //
	Parts    []int64  `json:"parts,omitempty"`    // the cases that a divided one became
	Barred   *Barred  `json:"barred,omitempty"`   // who is kept away, or let in again
	Asked    int64    `json:"asked,omitempty"`    // the leader who is asked
	Rule     int64    `json:"rule,omitempty"`     // the routing rule by which it was given
	Why      string   `json:"why,omitempty"`      // the rule's name
	Reasons  []Reason `json:"reasons,omitempty"`  // what it met, and whose turn it was
	For      int64    `json:"for,omitempty"`      // the colleague on leave in whose place it was done
	Level    int      `json:"level,omitempty"`    // of an escalation: per cent of the term
	Duty     string   `json:"duty,omitempty"`     // of an escalation: which clock
	Since    int      `json:"since,omitempty"`    // of an escalation: the entry that set the clock going or extended it
	LegalDay Date     `json:"legal_day,omitzero"` // the day that the law counts from
	Desk     bool     `json:"desk,omitempty"`     // taken in by staff
}
