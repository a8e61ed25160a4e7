package tiepdan

// Audience is who a notice is for; the store knows which account that is.
type Audience string

const (
	ToCitizen  Audience = "citizen"  // whose case it is, if it came by a chat
	ToStaff    Audience = "staff"    // one member, by id
	ToUnitHead Audience = "unit"     // the heads of a unit
	ToDeciders Audience = "deciders" // board heads and leaders
	ToDesk     Audience = "desk"     // receptionists and board heads
)

// Notice is a message that an entry of a case's history causes. It holds no
// words: what it says is read from the case when it is sent, so that a case that
// was sealed in between says nothing.
type Notice struct {
	To    Audience
	Staff int64 // of ToStaff
	Unit  int64 // of ToUnitHead
	Key   string
	Entry int
}

// Notices returns who is told of entry e, which led from case before to case c.
func Notices(before, c Case, e Entry) []Notice {
	var ns []Notice
	tell := func(to Audience, key string) {
		ns = append(ns, Notice{To: to, Key: key, Entry: e.N})
	}
	worker := func(key string) { ns = append(ns, c.worker(key, e.N)) }
	switch e.Do {
	case Submit:
		tell(ToCitizen, "notice.receipt")
	case RecordOriginal:
		tell(ToCitizen, "notice.original")
	case Accept:
		tell(ToCitizen, "notice.accepted")
	case Refuse:
		tell(ToCitizen, "notice.refused")
	case Transfer:
		tell(ToCitizen, "notice.transferred")
	case Assign:
		if before.Officer != 0 && before.Officer != c.Officer {
			ns = append(ns, Notice{To: ToStaff, Staff: before.Officer, Key: "notice.reassigned", Entry: e.N})
		}
		worker("notice.assigned")
	case Return:
		tell(ToDesk, "notice.returned")
	case AskMore:
		tell(ToCitizen, "notice.asked")
	case Supply, Add, Amend:
		if c.Status.Open() && c.Unit != 0 {
			worker("notice.added")
		}
	case Tell:
		tell(ToCitizen, "notice.message")
	case Extend:
		tell(ToCitizen, "notice.extended")
		worker("notice.extended_staff")
	case Propose:
		tell(ToDeciders, "notice.proposed")
	case Revise:
		worker("notice.revise")
	case Approve:
		tell(ToCitizen, "notice.answered")
		worker("notice.approved")
	case Answer:
		tell(ToCitizen, "notice.answered")
	case CloseCase:
		tell(ToCitizen, "notice.closed")
	case Withdraw, AskWithdraw:
		worker("notice.withdrawn_staff")
	case RecordWithdrawal:
		tell(ToCitizen, "notice.withdrawn")
	}
	return ns
}

// worker is a notice to whoever has the case: its officer, else the heads of its
// unit, else the desk.
func (c Case) worker(key string, entry int) Notice {
	switch {
	case c.Officer != 0:
		return Notice{To: ToStaff, Staff: c.Officer, Key: key, Entry: entry}
	case c.Unit != 0:
		return Notice{To: ToUnitHead, Unit: c.Unit, Key: key, Entry: entry}
	}
	return Notice{To: ToDesk, Key: key, Entry: entry}
}
