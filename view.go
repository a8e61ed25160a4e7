package tiepdan

import (
	"encoding/json"
	"time"
)

// What follows is what the store shows and the pages and the bot read: views of
// the books, not the books. Nothing is decided by them.

// Filing says how a petition came.
type Filing struct {
	Peer     Peer // none: at the desk
	Language Language
	By       Actor
	At       time.Time
	Channel  string
}

// CaseFilter says which cases a list shows. What isn't set doesn't narrow it.
// By is who looks: nobody gets a line of a case that they may not see at all.
type CaseFilter struct {
	By         Actor
	Words      string // content, person, code; diacritics don't matter
	Status     []Status
	Open       bool
	Kind       Kind
	Field      string
	Place      string
	Unit       int64
	Officer    int64
	Mine       bool // given to By
	Overdue    bool
	Unassigned bool // no unit has it
	DueBefore  Date
	From, To   Date  // received on these days or between them
	Accepted   *bool // thụ lý, or not
	Round      int   // of the complaint: 1 or 2; 0: either
	Urgent     bool
	OneAMatter bool  // of the cases of one matter, only the first that fits
	LateHelp   int64 // a unit whose help is wanted and late
	Remains    bool  // it has ended, and those who have it owe something still: see [Remaining]
	Order      CaseOrder
	After      string // the page key that the page before ended with
	Limit      int    // 0: the store's own
}

// CaseLine is a case in a list. Of a sealed one whose content isn't for the one
// who looks, Excerpt is empty.
type CaseLine struct {
	ID          int64
	Code        CaseCode
	Number      int64
	Kind        Kind
	Field       string
	Place       string
	FieldName   string
	PlaceName   string
	Status      Status
	Unit        int64
	Officer     int64
	UnitName    string
	OfficerName string
	Excerpt     string
	Received    time.Time
	Due         Date // of the duty that falls due next
	Help        Date // by which the one who looks is to help with it, or the unit whose late help is asked for; none where they lead it and owe something sooner
	Remains     Date // of what is owed still after its end
	Sealed      bool
	Files       int
}

// Mine is the day that the one who looks has to keep in the case.
func (l CaseLine) Mine() Date {
	switch {
	case !l.Status.Open():
		return l.Remains
	case !l.Help.IsZero():
		return l.Help
	}
	return l.Due
}

// CasePage is one page of a list of cases.
type CasePage struct {
	Lines []CaseLine
	Next  string // the key of the next page; "": this is the last
	Count CaseTally
}

// CaseTally is how many cases a list has, and how many matters these are, if the
// search for its page met them all.
type CaseTally struct {
	N, Matters int
	More       bool // there are more than N; the matters aren't known
	Counted    bool // otherwise somebody must count
}

// CountCap is where the counting of a list ends: beyond it, it says "more than".
const CountCap = 1000

// BesideCap is where the counting of what a link leads to ends: a number beside
// a name says whether there is something, not how much there is.
const BesideCap = 99

// Load is how much somebody has to do.
type Load struct {
	Open    int
	Overdue int
	Given   time.Time // of an officer: when they were last given a case
}

// Loads are the open cases of each officer and of each unit, by their ids.
type Loads struct {
	Officers map[int64]Load
	Units    map[int64]Load
}

// Delivery is a message that a case caused, and what became of it.
type Delivery struct {
	ID       int64
	CaseID   int64
	Entry    int
	Key      string
	Audience string // one of [Audience]
	State    string // queued, sending, sent, failed, blocked, unknown, cancelled
	Error    string
	Attempts int
	Created  time.Time
	Sent     time.Time
}

// Task is something that a person must do because a machine couldn't. A call_back
// is about an appointment whose holder no message reaches: Reason is what they
// must know (booking.moved, booking.cancelled, booking.dropped, booking.up).
type Task struct {
	ID      int64
	CaseID  int64
	Code    CaseCode
	Kind    string // undeliverable, dead_update, call_back, deliver
	Entry   int
	Reason  string
	Created time.Time
	Done    time.Time
	DoneBy  int64
	How     string // phone, post, in_person, other
	Note    string
	Letter  int64 // of a dead_update: which of the [DeadUpdate]s

	Appointment int64 // of a call_back, with its session, and whom to call
	Session     int64
	Name        string
	Phone       string
}

// PendingJoin is a chat account that used an invitation and waits until somebody
// confirms whose it is.
type PendingJoin struct {
	ID      int64 // the invitation's
	Staff   int64
	Name    string
	Role    Role
	Channel string
	Used    time.Time
}

// Account is what we keep about a chat account, beside its cases.
type Account struct {
	Language       Language // "": not chosen yet
	PrivacyVersion int      // of the notice that they agreed to; 0: none
	PrivacyAt      time.Time
	Person         Person // name and phone given before; never of a denunciation
	Unreachable    bool   // blocked the bot, or is gone
	Blocked        bool   // by the office, as abusive
	BlockedReason  string
}

// PersonalData is what we hold of a person, for showing it to them. A sealed
// case isn't counted.
type PersonalData struct {
	Language       Language
	PrivacyVersion int
	PrivacyAt      time.Time
	Person         Person
	Cases          int
	First, Last    time.Time
	Visits         int // appointments, past ones too
}

// DeadUpdate is a message from somebody that failed again and again and was put
// aside. Error holds none of its words.
type DeadUpdate struct {
	ID       int64
	Source   string
	Received time.Time
	Dead     time.Time
	Attempts int
	Error    string
}

// AuditRow is one deed. Detail is JSON of ids and counts.
type AuditRow struct {
	ID          int64
	Seq         int64 // its place in the chain; 0: not chained yet
	At          time.Time
	ActorStaff  int64
	ActorRole   Role
	ActorName   string
	Action      string
	SubjectKind string
	SubjectID   int64
	SubjectCode string // of a case
	Session     AuditSession
	Detail      json.RawMessage
}

// AuditSession is the session that a deed belongs to; its zero value: to none.
type AuditSession struct {
	ID     int64
	Starts time.Time
	Place  string
}

// AuditFilter narrows the audit list; its zero value is everything. By is who
// reads: what was done to a case that is about them they don't.
type AuditFilter struct {
	By          Actor
	Staff       int64
	Action      string
	SubjectKind string
	SubjectID   int64
	From, To    time.Time // To is exclusive
	After       string    // page key
	Limit       int       // 0: the store's own
}

// AuditReport is what a walk along the whole chain found. Head is the last
// link's hash: written down elsewhere, it shows later whether the end was cut off.
type AuditReport struct {
	Rows     int
	Sealed   int
	Unsealed int // not chained yet: nothing vouches for these
	Head     string
	Broken   []AuditBreak // the first of them
}

// AuditBreak is a place where the chain doesn't hold. Row is 0 for a missing one.
type AuditBreak struct {
	Seq  int64
	Row  int64
	What string // missing, changed, unlinked
}

// SecureForm is what the secure page asks for a draft: who it is about, on the
// office's own site rather than in a chat.
type SecureForm struct {
	Draft      string
	Language   Language
	Person     Person // as told before: in the chat, or on this page
	Group      Group
	Respondent string
	Expires    time.Time
}
