package tiepdan

import "slices"

// Status is where a case stands.
type Status string

const (
	Received         Status = "received"          // in the inbox, nobody has it
	AwaitingOriginal Status = "awaiting_original" // the signed petition hasn't come
	Assigned         Status = "assigned"          // a unit has it, nobody has taken it
	InProgress       Status = "in_progress"       // an officer works on it
	Waiting          Status = "waiting"           // the citizen was asked for something
	InReview         Status = "in_review"         // an answer waits for approval
	Answered         Status = "answered"          // the answer has gone out
	Closed           Status = "closed"
	Refused          Status = "refused"     // not taken up; the citizen was told why
	Transferred      Status = "transferred" // passed on to the competent body
	Withdrawn        Status = "withdrawn"
)

// Statuses are all of them, in the order of a case's life.
func Statuses() []Status {
	return []Status{Received, AwaitingOriginal, Assigned, InProgress, Waiting, InReview,
		Answered, Closed, Refused, Transferred, Withdrawn}
}

// Open reports whether the office still owes the case something.
func (s Status) Open() bool { return slices.Contains(open, s) }

// Action is something that a person does to a case.
type Action string

const (
	Submit           Action = "submit"            // the filing itself; no row of the table
	RecordOriginal   Action = "record_original"   // the signed petition came
	Classify         Action = "classify"          // kind, field, place
	Accept           Action = "accept"            // thụ lý: the legal act
	Refuse           Action = "refuse"            // không thụ lý, with the reason
	Transfer         Action = "transfer"          // chuyển đơn
	Assign           Action = "assign"            // to a unit and, if known, an officer
	Take             Action = "take"              // nhận việc: starts no legal clock
	Return           Action = "return"            // trả lại, with the reason
	AskMore          Action = "ask_more"          // the citizen is asked for something
	Supply           Action = "supply"            // the citizen gave what was asked
	Add              Action = "add"               // the citizen adds a word
	Amend            Action = "amend"             // the citizen edited a message; versions stay
	Tell             Action = "tell"              // staff write to the citizen
	Note             Action = "note"              // among staff; never reaches the citizen
	Extend           Action = "extend"            // gia hạn, by a decision
	Propose          Action = "propose"           // trình duyệt: an answer for approval
	Revise           Action = "revise"            // yêu cầu sửa
	Approve          Action = "approve"           // duyệt: the answer goes out as proposed
	Answer           Action = "answer"            // the answer goes out
	CloseCase        Action = "close"             //
	Rate             Action = "rate"              // the citizen's satisfaction
	Withdraw         Action = "withdraw"          // rút đơn, final
	AskWithdraw      Action = "ask_withdraw"      // khiếu nại: goes on until the signed form
	RecordWithdrawal Action = "record_withdrawal" // the signed form came
)

var (
	open     = []Status{Received, AwaitingOriginal, Assigned, InProgress, Waiting, InReview}
	signed   = []Status{Received, Assigned, InProgress, Waiting, InReview} // an unsigned complaint isn't accepted (LKN, Điều 11)
	given    = []Status{Assigned, InProgress, Waiting}
	talking  = []Status{Received, AwaitingOriginal, Assigned, InProgress, Waiting, InReview, Answered}
	all      = Statuses()
	anyKind  []Kind
	desk     = []Role{Receptionist, BoardHead}
	deciders = []Role{BoardHead, Leader}
	workers  = []Role{Officer, UnitHead, BoardHead}
	citizen  = []Role{Citizen}
	everyone = []Role{Receptionist, BoardHead, Leader, UnitHead, Officer}
)

// move is one row of the lifecycle. No kinds means every kind.
type move struct {
	From  []Status
	Do    Action
	By    []Role
	To    Status
	Kinds []Kind
}

func (m move) takes(k Kind) bool { return len(m.Kinds) == 0 || slices.Contains(m.Kinds, k) }

// same leaves a case where it stands.
const same Status = ""

// lifecycle is the whole life of a case. What is not a row cannot happen. The
// pages' buttons, the bot's keyboards, the SQL constraint's words and the diagram
// in docs are drawn from it.
var lifecycle = []move{
	{[]Status{AwaitingOriginal}, RecordOriginal, desk, Received, anyKind},
	{open, Classify, desk, same, anyKind},
	{signed, Accept, deciders, same, anyKind},
	{open, Refuse, deciders, Refused, anyKind},
	{open, Transfer, deciders, Transferred, anyKind},
	{[]Status{Received}, Assign, []Role{Receptionist, BoardHead, Leader}, Assigned, anyKind},
	{given, Assign, []Role{BoardHead, Leader, UnitHead}, Assigned, anyKind},
	{[]Status{Assigned}, Take, workers, InProgress, anyKind},
	{given, Return, []Role{Officer, UnitHead}, Received, anyKind},
	{given, AskMore, workers, Waiting, anyKind},
	{[]Status{Waiting}, Supply, []Role{Citizen, Receptionist, BoardHead}, InProgress, anyKind},
	{talking, Add, []Role{Citizen, Receptionist, BoardHead}, same, anyKind},
	{talking, Amend, citizen, same, anyKind},
	{talking, Tell, everyone, same, anyKind},
	{all, Note, everyone, same, anyKind},
	{open, Extend, deciders, same, anyKind},
	{[]Status{InProgress, Waiting}, Propose, workers, InReview, anyKind},
	{[]Status{InReview}, Revise, deciders, InProgress, anyKind},
	{[]Status{InReview}, Approve, deciders, Answered, anyKind},
	{[]Status{InProgress, Waiting}, Answer, workers, Answered, anyKind},
	{[]Status{Answered}, CloseCase, everyone, Closed, anyKind},
	{[]Status{Answered, Closed}, Rate, citizen, same, anyKind},
	{open, Withdraw, citizen, Withdrawn, []Kind{PhanAnh, KienNghi}},
	{open, AskWithdraw, citizen, same, []Kind{KhieuNai}},
	{open, RecordWithdrawal, desk, Withdrawn, []Kind{KhieuNai, ToCao}},
}

// Actions returns what the actor may do to c, in the table's order. What it
// takes further (a text, a unit) is Act.Apply's to say.
func Actions(c Case, a Actor) []Action {
	if !a.reaches(c) {
		return nil
	}
	var as []Action
	for _, m := range lifecycle {
		if slices.Contains(m.From, c.Status) && slices.Contains(m.By, a.Role) && m.takes(c.Kind) && c.allows(m.Do) &&
			!slices.Contains(as, m.Do) {
			as = append(as, m.Do)
		}
	}
	return as
}

// May reports whether the actor may do the action to c as it stands.
func May(c Case, a Actor, do Action) bool { return slices.Contains(Actions(c, a), do) }

// reaches reports whether a may touch c at all: a citizen their own (which the
// store has made sure of), staff what they see whole.
func (a Actor) reaches(c Case) bool {
	return a.Role == Citizen || a.Role == System || (a.Role.Writes() && a.See(c) == Everything)
}
