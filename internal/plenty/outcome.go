package plenty

import "tiepdan"

// feedback is how a report or a wish goes.
func (t *tale) feedback() {
	if t.r.IntN(12) == 0 {
		t.notOurs()
		return
	}
	if t.chance(60) {
		t.do(t.days(2), tiepdan.Act{Do: tiepdan.Withdraw, By: citizen, Reason: t.say("reason")})
		return
	}
	if t.chance(3) {
		t.classify(tiepdan.Class{Eligible: tiepdan.Yes, Competent: tiepdan.Yes})
	}
	if !t.assign(t.head()) || !t.take() {
		return
	}
	t.work()
	if !t.answer() {
		return
	}
	if t.chance(40) && t.reopens() && t.do(min(2+t.days(5), 10), tiepdan.Act{Do: tiepdan.Reopen, By: citizen, Text: t.say("reason"), Reason: t.say("reason")}) {
		if t.c.Status == tiepdan.Received && !(t.assign(t.head()) && t.take()) {
			return
		}
		if !t.answer() {
			return
		}
	}
	t.finish()
}

// reopens reports whether there is still a good while in which the citizen may have
// the case looked at again.
func (t *tale) reopens() bool {
	return tiepdan.DateOf(t.at).Add(14).Before(tiepdan.ReopenBy(t.c, t.Rules))
}

// notOurs is what becomes of a petition that the office doesn't go on with.
func (t *tale) notOurs() {
	switch t.r.IntN(8) {
	case 0:
		t.end(1+t.days(2), tiepdan.Refuse, t.leader())
	case 1, 2:
		t.end(1+t.days(2), tiepdan.GuideCitizen, t.desk())
	case 3:
		t.end(1+t.days(2), tiepdan.SendBack, t.head())
	case 4:
		t.fileAway()
	case 5:
		t.divide()
	default:
		if t.c.Kind == tiepdan.KhieuNai {
			t.end(1+t.days(2), tiepdan.GuideCitizen, t.desk())
			return
		}
		t.transfer()
	}
}

// divide finds two contents in it, of which the two cases that come next are made.
func (t *tale) divide() {
	if t.i+2 >= t.Cases || !t.classify(tiepdan.Class{Eligible: tiepdan.Yes, Mixed: true}) {
		return
	}
	id := t.First + int64(t.i)
	t.do(1+t.days(1), tiepdan.Act{Do: tiepdan.Divide, By: t.desk(), Details: tiepdan.Details{Parts: []int64{id + 1, id + 2}}})
}

func (t *tale) transfer() {
	d := t.paper()
	d.Body = t.body()
	if t.do(1+t.days(3), tiepdan.Act{Do: tiepdan.Transfer, By: t.head(), Reason: t.say("reason"), Details: d}) && t.chance(2) {
		t.do(8+t.days(10), tiepdan.Act{Do: tiepdan.RecordReply, By: t.desk(), Text: t.say("reply")})
	}
}

// fileAway keeps it for a year, after which it is kept on or destroyed.
func (t *tale) fileAway() {
	a, ok := t.because(tiepdan.FileAway, t.head())
	if !ok || !t.do(1+t.days(3), a) {
		return
	}
	if t.chance(3) {
		t.do(370+t.days(20), tiepdan.Act{Do: tiepdan.Retain, By: t.head(), Reason: t.say("reason"), Details: tiepdan.Details{Until: tiepdan.DateOf(t.at).AddMonths(36)}})
		return
	}
	a = tiepdan.Act{Do: tiepdan.Destroy, By: t.head(), Reason: t.say("reason"), Details: t.paper()}
	if t.do(370+t.days(20), a) {
		t.wipe()
	}
}

// wipe leaves of a case that was destroyed what the book needs.
func (t *tale) wipe() {
	t.c.Text, t.c.Respondent = "", ""
	t.c = t.c.Strip()
	for n := range t.c.History {
		e := &t.c.History[n]
		e.Text = ""
	}
}

// complaint is how a complaint goes.
func (t *tale) complaint() {
	if t.c.Status == tiepdan.AwaitingOriginal {
		if t.chance(12) {
			t.fileAway()
			return
		}
		if !t.do(1+t.days(6), tiepdan.Act{Do: tiepdan.RecordOriginal, By: t.desk()}) {
			return
		}
	}
	if t.r.IntN(5) == 0 {
		t.notOurs()
		return
	}
	if !t.classify(tiepdan.Class{Eligible: tiepdan.Yes, Competent: tiepdan.Yes, Authority: "administrative"}) || !t.assign(t.desk()) {
		return
	}
	if t.chance(12) {
		t.do(1, tiepdan.Act{Do: tiepdan.VerifyMore, By: t.head(), Reason: t.say("reason")})
	}
	if !t.do(1+t.days(4), tiepdan.Act{Do: tiepdan.Accept, By: t.leader(), Details: t.paper()}) || !t.take() {
		return
	}
	t.decide()
}

// decide is what an accepted complaint or denunciation comes to.
func (t *tale) decide() {
	t.work()
	if t.chance(10) {
		a, _ := t.because(tiepdan.Extend, t.leader())
		if may := tiepdan.Extendables(t.c, tiepdan.DateOf(t.at), t.Rules); len(may) > 0 && may[0].Latest.After(tiepdan.DateOf(t.at).Add(20)) {
			a.Details.Ground, a.Details.Until = may[0].Ground, may[0].Latest
			t.do(3+t.r.IntN(5), a)
		}
	}
	if t.chance(15) {
		if a, ok := t.because(tiepdan.Suspend, t.leader()); ok && t.do(3+t.days(5), a) {
			if t.do(10+t.days(20), tiepdan.Act{Do: tiepdan.Resume, By: t.leader(), Reason: t.say("reason")}); t.c.Status == tiepdan.Suspended {
				return
			}
		}
	}
	switch t.r.IntN(30) {
	case 0:
		t.end(3+t.days(8), tiepdan.Terminate, t.leader())
		return
	case 1:
		t.do(2+t.days(8), tiepdan.Act{Do: tiepdan.RecordWithdrawal, By: t.desk(), Reason: t.say("reason")})
		return
	case 2:
		t.do(2, tiepdan.Act{Do: tiepdan.WithdrawPart, By: t.desk(), Details: tiepdan.Details{Part: words().Part}})
	}
	if !t.answer() {
		return
	}
	t.follow()
	t.close()
}

// follow is what the law wants after a decision or a conclusion: most of it is done,
// and most of that in time.
func (t *tale) follow() {
	if !t.forgets() {
		t.do(0, tiepdan.Act{Do: tiepdan.RecordDocument, By: t.by(), Details: t.paper()})
	}
	if !t.forgets() {
		t.deliver(t.days(1))
	}
	if t.c.Kind == tiepdan.KhieuNai && !t.forgets() || t.chance(3) {
		t.do(1+t.days(4), tiepdan.Act{Do: tiepdan.Publish, By: t.head(), Details: tiepdan.Details{How: one(t.r, tiepdan.Ways(tiepdan.Publish))}})
	}
}

// forgets is how often an office leaves something undone.
func (t *tale) forgets() bool { return t.chance(80) }

// denunciation is how one goes: among those who are cleared, and of nobody's.
func (t *tale) denunciation() {
	switch t.r.IntN(6) {
	case 0:
		t.fileAway()
		return
	case 1:
		t.transfer()
		return
	case 2:
		t.end(2+t.days(3), tiepdan.Refuse, t.leader())
		return
	}
	if !t.do(2+t.days(3), tiepdan.Act{Do: tiepdan.Accept, By: t.leader(), Details: t.paper()}) || !t.assign(t.head()) || !t.take() {
		return
	}
	t.decide()
}
