package tiepdan

// Audience is who a notice is for; the store knows which account that is.
type Audience string

const (
	ToCitizen    Audience = "citizen"  // whose case it is, if it came by a chat
	ToStaff      Audience = "staff"    // one member, by id
	ToUnitHead   Audience = "unit"     // the heads of a unit
	ToDeciders   Audience = "deciders" // board heads and leaders
	ToDesk       Audience = "desk"     // receptionists and board heads
	ToLeaders    Audience = "leaders"
	ToBoardHeads Audience = "board_heads"
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

// PaperNotice is the message with the papers of an entry whose words went without them,
// since they couldn't be made or sent just then.
const PaperNotice = "notice.paper"

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
	case VerifyMore:
		tell(ToCitizen, "notice.verifying")
	case GuideCitizen:
		tell(ToCitizen, "notice.guided")
	case SendBack:
		tell(ToCitizen, "notice.sent_back")
	case FileAway:
		tell(ToCitizen, "notice.filed_away")
	case Divide:
		tell(ToCitizen, "notice.divided")
	case Suspend:
		tell(ToCitizen, "notice.suspended")
		worker("notice.suspended_staff")
	case Resume:
		tell(ToCitizen, "notice.resumed")
		worker("notice.resumed_staff")
	case Terminate:
		tell(ToCitizen, "notice.terminated")
		worker("notice.terminated_staff")
	case WithdrawPart:
		if e.By.Role != Citizen {
			tell(ToCitizen, "notice.withdrawn_part")
		}
		worker("notice.withdrawn_part_staff")
	case Progress:
		tell(ToCitizen, "notice.progress")
	case RecordDocument:
		if !e.From.Open() {
			tell(ToCitizen, "notice.document")
		}
	case MarkUrgent:
		tell(ToDeciders, "notice.urgent")
		if c.Unit != 0 {
			worker("notice.urgent")
		}
	case Involve:
		ns = append(ns, c.Helpers[len(c.Helpers)-1].notice("notice.involved", e.N))
	case Release:
		for _, h := range before.Helpers {
			if h.open() && h.Unit == e.Details.Unit {
				ns = append(ns, h.notice("notice.released", e.N))
			}
		}
	case Contribute:
		worker("notice.contributed")
	case Consult:
		if e.Details.Asked != 0 {
			ns = append(ns, Notice{To: ToStaff, Staff: e.Details.Asked, Key: "notice.consulted", Entry: e.N})
		} else {
			tell(ToDeciders, "notice.consulted")
		}
	case Direct:
		worker("notice.directed")
	case Reopen:
		if e.By.Role != Citizen {
			tell(ToCitizen, "notice.reopened")
		}
		worker("notice.reopened_staff")
		if c.Officer != 0 {
			ns = append(ns, Notice{To: ToUnitHead, Unit: c.Unit, Key: "notice.reopened_staff", Entry: e.N})
		}
	case RefuseReopen:
		tell(ToCitizen, "notice.reopen_refused")
	case AskReopen:
		tell(ToDeciders, "notice.reopen_asked")
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
	case Propose, Endorse:
		ns = append(ns, c.judge("notice.proposed", e.N))
	case Revise:
		worker("notice.revise")
	case Approve:
		tell(ToCitizen, "notice.answered")
		worker("notice.approved")
	case Answer:
		tell(ToCitizen, "notice.answered")
	case Escalate:
		ns = c.warned(e)
	case CloseCase:
		tell(ToCitizen, "notice.closed")
		tell(ToDesk, "notice.reported") // the unit's result goes up to the board by itself
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

// judge is a notice to whose turn it is to judge the answer that waits.
func (c Case) judge(key string, entry int) Notice {
	switch c.Judge() {
	case UnitHead:
		return Notice{To: ToUnitHead, Unit: c.Unit, Key: key, Entry: entry}
	case Leader:
		return Notice{To: ToLeaders, Key: key, Entry: entry}
	case BoardHead:
		return Notice{To: ToBoardHeads, Key: key, Entry: entry}
	}
	return Notice{To: ToDeciders, Key: key, Entry: entry}
}

// notice is one to the unit that helps: to its officer, else to its heads.
func (h Helper) notice(key string, entry int) Notice {
	if h.Officer != 0 {
		return Notice{To: ToStaff, Staff: h.Officer, Key: key, Entry: entry}
	}
	return Notice{To: ToUnitHead, Unit: h.Unit, Key: key, Entry: entry}
}
