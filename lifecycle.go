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
	Suspended        Status = "suspended"         // tạm đình chỉ, by a recorded decision: the law's clocks rest
	Answered         Status = "answered"          // the answer has gone out
	Closed           Status = "closed"
	Refused          Status = "refused"     // không thụ lý; the citizen was told why
	Guided           Status = "guided"      // hướng dẫn: told where to go with it
	Returned         Status = "returned"    // trả lại đơn: the papers went back
	Transferred      Status = "transferred" // chuyển đơn: passed on to the competent body
	FiledAway        Status = "filed_away"  // lưu đơn: kept a year, then the head decides
	Destroyed        Status = "destroyed"   // its words and names are gone, by the head's decision
	Divided          Status = "divided"     // mixed content: it goes on in the cases made of it
	Withdrawn        Status = "withdrawn"
	Terminated       Status = "terminated" // đình chỉ
)

// Statuses are all of them, in the order of a case's life.
func Statuses() []Status {
	return []Status{Received, AwaitingOriginal, Assigned, InProgress, Waiting, InReview, Suspended, Answered, Closed,
		Refused, Guided, Returned, Transferred, FiledAway, Destroyed, Divided, Withdrawn, Terminated}
}

// Open reports whether the office still owes the case something.
func (s Status) Open() bool { return slices.Contains(open, s) }

// Action is something that a person does to a case.
type Action string

const (
	Submit           Action = "submit"            // the filing itself; no row of the table
	RecordOriginal   Action = "record_original"   // the signed petition came
	Classify         Action = "classify"          // kind, field, place, and what TT05 asks of a petition
	VerifyMore       Action = "verify_more"       // the conditions of taking it up need more looking into
	Accept           Action = "accept"            // thụ lý: the legal act
	Refuse           Action = "refuse"            // không thụ lý, with the reason
	GuideCitizen     Action = "guide"             // hướng dẫn, once
	SendBack         Action = "send_back"         // trả lại đơn
	Transfer         Action = "transfer"          // chuyển đơn; a denunciation once
	RecordReply      Action = "record_reply"      // what the competent body wrote back
	Urge             Action = "urge"              // đôn đốc: the competent body is asked where its reply stays
	FileAway         Action = "file_away"         // lưu đơn
	Retain           Action = "retain"            // the year is over: it is kept on
	Destroy          Action = "destroy"           // the year is over: it is destroyed
	Divide           Action = "divide"            // mixed content becomes a case each
	Link             Action = "link"              // to another case: the same content, the same matter
	Unlink           Action = "unlink"            //
	Bar              Action = "bar"               // somebody complained about is kept away
	Unbar            Action = "unbar"             //
	MarkUrgent       Action = "mark_urgent"       // damage that is hard to mend: the head hears at once
	Assign           Action = "assign"            // to a unit and, if known, an officer
	Involve          Action = "involve"           // another unit helps, by a date of its own
	Contribute       Action = "contribute"        // what the helping unit found
	Release          Action = "release"           // the helping unit isn't needed any more
	Take             Action = "take"              // nhận việc: starts no legal clock
	Return           Action = "return"            // trả lại, with the reason
	AskMore          Action = "ask_more"          // the citizen is asked for something
	Supply           Action = "supply"            // the citizen gave what was asked
	Add              Action = "add"               // the citizen adds a word
	Amend            Action = "amend"             // the citizen edited a message; versions stay
	Tell             Action = "tell"              // staff write to the citizen
	Note             Action = "note"              // among staff; never reaches the citizen
	Progress         Action = "progress"          // how it stands, before a date is missed
	Consult          Action = "consult"           // xin ý kiến: an officer asks a leader for direction
	Direct           Action = "direct"            // cho ý kiến: the leader answers
	Extend           Action = "extend"            // gia hạn, by a decision
	Suspend          Action = "suspend"           // tạm đình chỉ, by a decision
	Resume           Action = "resume"            // tiếp tục giải quyết
	Terminate        Action = "terminate"         // đình chỉ, by a decision
	Escalate         Action = "escalate"          // the superior was told of what is late
	Propose          Action = "propose"           // trình duyệt: an answer for approval
	Endorse          Action = "endorse"           // one of the chain agrees and hands it up
	Revise           Action = "revise"            // yêu cầu sửa
	Approve          Action = "approve"           // duyệt: the answer goes out as proposed
	Answer           Action = "answer"            // the answer goes out
	RecordDocument   Action = "record_document"   // number, date, signer and scan of the signed paper
	RecordDelivery   Action = "record_delivery"   // by post, in person: when and how it reached the citizen
	Publish          Action = "publish"           // công khai: the decision was made public
	CloseCase        Action = "close"             //
	Rate             Action = "rate"              // the citizen's satisfaction
	Reopen           Action = "reopen"            // the citizen's right once, later a decision
	AskReopen        Action = "ask_reopen"        // the citizen asks for that decision
	RefuseReopen     Action = "refuse_reopen"     // it isn't reopened, with the reason
	Withdraw         Action = "withdraw"          // rút đơn, final
	AskWithdraw      Action = "ask_withdraw"      // khiếu nại: goes on until the signed form
	RecordWithdrawal Action = "record_withdrawal" // the signed form came
	WithdrawPart     Action = "withdraw_part"     // rút một phần: the rest goes on
)

var (
	live     = []Status{Received, AwaitingOriginal, Assigned, InProgress, Waiting, InReview}
	open     = append(slices.Clip(live), Suspended)
	signed   = []Status{Received, Assigned, InProgress, Waiting, InReview} // an unsigned complaint isn't accepted (LKN, Điều 11)
	given    = []Status{Assigned, InProgress, Waiting}
	worked   = []Status{Assigned, InProgress, Waiting, InReview}
	halted   = append(slices.Clip(worked), Suspended)
	talking  = []Status{Received, AwaitingOriginal, Assigned, InProgress, Waiting, InReview, Suspended, Answered}
	told     = []Status{Answered, Closed}
	ended    = []Status{Answered, Closed, Refused, Guided, Returned, Transferred, FiledAway, Withdrawn, Terminated}
	kept     = append(slices.Clip(open), ended...)
	all      = Statuses()
	anyKind  []Kind
	feedback = []Kind{PhanAnh, KienNghi}
	formal   = []Kind{KhieuNai, ToCao}
	desk     = []Role{Receptionist, BoardHead}
	deciders = []Role{BoardHead, Leader}
	office   = []Role{Receptionist, BoardHead, Leader}
	workers  = []Role{Officer, UnitHead, BoardHead}
	heads    = []Role{BoardHead, Leader, UnitHead}
	helpers  = []Role{Officer, UnitHead}
	citizen  = []Role{Citizen}
	everyone = []Role{Receptionist, BoardHead, Leader, UnitHead, Officer}
	machine  = []Role{System}
)

// move is one row of the lifecycle. No kinds means every kind, no guard always.
type move struct {
	From  []Status
	Do    Action
	By    []Role
	To    Status
	Kinds []Kind
	When  guard
}

func (m move) takes(k Kind) bool { return len(m.Kinds) == 0 || slices.Contains(m.Kinds, k) }

// same leaves a case where it stands.
const same Status = ""

// lifecycle is the whole life of a case. What is not a row cannot happen. The
// pages' buttons, the bot's keyboards, the SQL constraint's words and the diagram
// in docs are drawn from it.
var lifecycle = []move{
	// Classification and its outcomes (Thông tư 05/2021/TT-TTCP).
	{[]Status{AwaitingOriginal}, RecordOriginal, desk, Received, anyKind, always},
	{open, Classify, desk, same, anyKind, always},
	{signed, VerifyMore, office, same, anyKind, notAccepted},
	{signed, Accept, deciders, same, anyKind, acceptable},
	{live, Refuse, deciders, Refused, anyKind, notAccepted},
	{live, GuideCitizen, office, Guided, anyKind, notGuided},
	{live, SendBack, deciders, Returned, anyKind, notAccepted},
	{live, Transfer, deciders, Transferred, feedback, always},
	{live, Transfer, deciders, Transferred, []Kind{ToCao}, notTransferred},
	{[]Status{Transferred}, RecordReply, office, same, anyKind, always},
	{[]Status{Transferred}, Urge, office, same, anyKind, unreplied},
	{live, FileAway, deciders, FiledAway, anyKind, notAccepted},
	{[]Status{FiledAway}, Retain, deciders, same, anyKind, always},
	{[]Status{FiledAway}, Destroy, deciders, Destroyed, anyKind, keptLong},
	{live, Divide, desk, Divided, anyKind, notAccepted},
	{[]Status{Divided}, Classify, machine, same, anyKind, always}, // one of its parts turned out to be a denunciation
	{kept, Link, office, same, anyKind, always},
	{kept, Unlink, office, same, anyKind, linked},
	{kept, Bar, office, same, anyKind, always},
	{kept, Unbar, deciders, same, anyKind, barred},
	{open, MarkUrgent, []Role{Receptionist, BoardHead, Leader, UnitHead}, same, anyKind, notUrgent},

	// Who works on it.
	{[]Status{Received}, Assign, office, Assigned, anyKind, always},
	{[]Status{Received}, Assign, machine, Assigned, anyKind, always}, // by a routing rule
	{given, Assign, heads, Assigned, anyKind, always},
	{worked, Involve, heads, same, anyKind, always},
	{halted, Contribute, helpers, same, anyKind, helping},
	{halted, Release, heads, same, anyKind, helped},
	{[]Status{Assigned}, Take, workers, InProgress, anyKind, always},
	{given, Return, []Role{Officer, UnitHead}, Received, anyKind, always},

	// The talk with the citizen, and among staff.
	{given, AskMore, workers, Waiting, anyKind, always},
	{[]Status{Waiting}, Supply, []Role{Citizen, Receptionist, BoardHead}, InProgress, anyKind, always},
	{talking, Add, []Role{Citizen, Receptionist, BoardHead}, same, anyKind, always},
	{talking, Amend, citizen, same, anyKind, always},
	{talking, Tell, everyone, same, anyKind, always},
	{all, Note, everyone, same, anyKind, notDestroyed},
	{halted, Progress, []Role{Officer, UnitHead, BoardHead, Leader}, same, anyKind, always},
	{given, Consult, workers, same, anyKind, notConsulting},
	{halted, Direct, deciders, same, anyKind, consulting},

	// The clocks.
	{live, Extend, deciders, same, anyKind, always},
	{worked, Suspend, deciders, Suspended, formal, accepted},
	{[]Status{Suspended}, Resume, deciders, InProgress, formal, always},
	{halted, Terminate, deciders, Terminated, formal, accepted},
	{[]Status{Withdrawn}, Terminate, deciders, Terminated, formal, accepted},
	{kept, Escalate, machine, same, anyKind, always},

	// The answer.
	{[]Status{InProgress, Waiting}, Propose, workers, InReview, anyKind, always},
	{[]Status{InReview}, Endorse, heads, same, anyKind, handsUp},
	{[]Status{InReview}, Revise, heads, InProgress, anyKind, judges},
	{[]Status{InReview}, Approve, heads, Answered, anyKind, decides},
	{[]Status{InProgress, Waiting}, Answer, workers, Answered, anyKind, unapproved},
	{kept, RecordDocument, everyone, same, anyKind, always},
	{kept, RecordDelivery, everyone, same, anyKind, always},
	{kept, RecordDelivery, machine, same, anyKind, always}, // what a chat brought, or couldn't
	{told, Publish, everyone, same, formal, notPublished},
	{[]Status{Answered}, CloseCase, append(slices.Clip(everyone), System), Closed, anyKind, answered},

	// What the citizen may do afterwards, and instead.
	{told, Rate, citizen, same, anyKind, always},
	{told, Reopen, citizen, InProgress, feedback, firstTimeWithOfficer},
	{told, Reopen, citizen, Received, feedback, firstTime},
	{told, AskReopen, citizen, same, feedback, notFirstTime},
	{told, RefuseReopen, deciders, same, anyKind, askedToReopen},
	{ended, Reopen, deciders, InProgress, anyKind, withOfficer},
	{ended, Reopen, deciders, Received, anyKind, always},
	{live, Withdraw, citizen, Withdrawn, feedback, always},
	{live, WithdrawPart, citizen, same, feedback, always},
	{open, AskWithdraw, citizen, same, []Kind{KhieuNai}, always},
	{open, RecordWithdrawal, desk, Withdrawn, anyKind, always},
	{open, WithdrawPart, desk, same, anyKind, always},
}

// fits reports whether m lets somebody who acts as a do it to c.
func (m move) fits(c Case, a Actor) bool {
	return slices.Contains(m.From, c.Status) && slices.Contains(m.By, a.Role) && m.takes(c.Kind) && m.When.holds(c, a) && a.leads(c, m.Do)
}

// Deeds are all actions that one of those may ever do; nobody named: all that
// there are, the filing itself too. They come in the table's order.
func Deeds(by ...Role) []Action {
	var as []Action
	if len(by) == 0 || slices.Contains(by, Citizen) {
		as = append(as, Submit)
	}
	for _, m := range lifecycle {
		if !slices.Contains(as, m.Do) && (len(by) == 0 || slices.ContainsFunc(m.By, func(r Role) bool { return slices.Contains(by, r) })) {
			as = append(as, m.Do)
		}
	}
	return as
}

// Actions returns what the actor may do to c, in the table's order. What it
// takes further (a text, a unit) is Act.Apply's to say.
func Actions(c Case, a Actor) []Action {
	var as []Action
	if a.keptFrom(c) {
		return nil
	}
	for _, m := range lifecycle {
		if slices.Contains(as, m.Do) {
			continue
		}
		for _, self := range a.selves() {
			if self.reaches(c) && m.fits(c, self) {
				as = append(as, m.Do)
				break
			}
		}
	}
	return as
}

// May reports whether the actor may do the action to c as it stands.
func May(c Case, a Actor, do Action) bool { return slices.Contains(Actions(c, a), do) }

// NotBefore is the first day on which somebody may do that to c as it stands; zero:
// any day.
func NotBefore(c Case, do Action) (from Date) {
	for _, m := range lifecycle {
		if m.Do == do && m.When.From != nil && slices.Contains(m.From, c.Status) && m.takes(c.Kind) {
			from = m.When.From(c)
		}
	}
	return from
}

// Offers reports whether the table has a row by which a may do it to a case of which
// only a list's line is known. What stands in its history isn't asked: [May] does.
func (l CaseLine) Offers(a Actor, do Action) bool {
	c := Case{Kind: l.Kind, Status: l.Status, Unit: l.Unit, Officer: l.Officer}
	return slices.ContainsFunc(lifecycle, func(m move) bool {
		m.When = always
		return m.Do == do && slices.ContainsFunc(a.selves(), func(self Actor) bool { return m.fits(c, self) })
	})
}

// keptFrom reports whether c is about a, or not theirs to see: then they do nothing to
// it in anybody's place either.
func (a Actor) keptFrom(c Case) bool {
	return a.Role != Citizen && a.Role != System && a.See(c) == Nothing
}

// reaches reports whether a may touch c at all: a citizen their own (which the
// store has made sure of), staff what they see whole.
func (a Actor) reaches(c Case) bool {
	return a.Role == Citizen || a.Role == System || (a.Role.Writes() && a.see(c) == Everything)
}

// leads reports whether a may do it as one of those who have the case; who only
// helps with it contributes and notes.
func (a Actor) leads(c Case, do Action) bool {
	return do == Contribute || do == Note || !a.Role.InUnit() || a.has(c)
}
