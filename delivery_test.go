package tiepdan

import (
	"testing"
	"time"
)

var robot = Actor{Role: System}

// tried is an attempt by somebody with what came of it.
func tried(by Actor, how, outcome string, days int) Act {
	return Act{Do: RecordDelivery, By: by, At: now.AddDate(0, 0, days), Details: Details{How: how, Outcome: outcome, Taker: "Người Dân Mẫu 1"}}
}

// answeredAt is a report whose answer went out, filed by chat or at the desk.
func answeredAt(t testing.TB, channel string) Case {
	t.Helper()
	c := opened(t, PhanAnh)
	c.Channel = channel
	return play(t, c, assign(clerk), Act{Do: Take, By: worker}, Act{Do: Answer, By: worker, Text: "Đèn đã được thay."})
}

// decision is a complaint whose decision is signed.
func decision(t testing.TB) Case {
	t.Helper()
	c := opened(t, KhieuNai)
	c.Channel = "telegram"
	return play(t, c, Act{Do: RecordOriginal, By: clerk}, Act{Do: Accept, By: head}, assign(clerk), Act{Do: Take, By: worker}, proposed("Quyết định"),
		Act{Do: Approve, By: head}, Act{Do: RecordDocument, By: worker, Details: Details{Document: "12/QĐ-UBND"}})
}

func TestAnAnswerReachesItsCitizenBySomeAttempt(t *testing.T) {
	t.Parallel()
	today := DateOf(now)
	for _, x := range []struct {
		fact    string
		c       Case
		tries   []Act
		lacks   string
		awaits  bool
		how     string
		on      Date
		onItWay bool
	}{
		{"a chat is taken to have brought it", answeredAt(t, "telegram"), nil, "", false, "chat", today, false},
		{"a chat that did says when", answeredAt(t, "telegram"), []Act{tried(robot, "chat", DeliveryDone, 1)}, "", false, "chat", today.Add(1), false},
		{"a chat that failed didn't", answeredAt(t, "telegram"), []Act{tried(robot, "chat", DeliveryFailed, 0)}, "delivery", true, "", Date{}, false},
		{"a failed chat is followed by the post", answeredAt(t, "telegram"), []Act{tried(robot, "chat", DeliveryFailed, 0), tried(worker, "post", DeliveryDone, 3)}, "", false, "post", today.Add(3), false},
		{"a chat that works again did", answeredAt(t, "telegram"), []Act{tried(robot, "chat", DeliveryFailed, 0), tried(robot, "chat", DeliveryDone, 2)}, "", false, "chat", today.Add(2), false},
		{"who has no chat waits for it", answeredAt(t, "desk"), nil, "delivery", true, "", Date{}, false},
		{"what is on its way hasn't arrived", answeredAt(t, "desk"), []Act{tried(worker, "post", DeliverySent, 1)}, "delivery", true, "", Date{}, true},
		{"what came back didn't arrive", answeredAt(t, "desk"), []Act{tried(worker, "post", DeliverySent, 1), tried(worker, "post", DeliveryReturned, 9)}, "delivery", true, "", Date{}, false},
		{"what wasn't taken didn't arrive", answeredAt(t, "desk"), []Act{tried(worker, "in_person", DeliveryRefused, 1)}, "delivery", true, "", Date{}, false},
		{"after it came back it was handed over", answeredAt(t, "desk"), []Act{tried(worker, "post", DeliveryReturned, 9), tried(worker, "in_person", DeliveryDone, 12)}, "", false, "in_person", today.Add(12), false},
		{"of a decision the chat brings a notice", decision(t), []Act{tried(robot, "chat", DeliveryDone, 0)}, "", true, "chat", today, false},
		{"a decision is handed over", decision(t), []Act{tried(robot, "chat", DeliveryDone, 0), tried(worker, "post", DeliveryDone, 2)}, "", false, "post", today.Add(2), false},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			c := play(t, x.c, x.tries...)
			d, ok := c.Delivered()
			if ok != (x.how != "") || ok && (d.How != x.how || d.On != x.on) {
				t.Errorf("delivered %v: %s on %s, want %s on %s", ok, d.How, d.On, x.how, x.on)
			}
			if c.Lacks() != x.lacks || c.AwaitsDelivery() != x.awaits {
				t.Errorf("lacks %q, awaits %v; want %q, %v", c.Lacks(), c.AwaitsDelivery(), x.lacks, x.awaits)
			}
			if _, is := c.OnItsWay(); is != x.onItWay {
				t.Errorf("on its way: %v", is)
			}
			if len(c.Tries(c.Answers()[0])) != len(x.tries) {
				t.Errorf("%d attempts, want %d", len(c.Tries(c.Answers()[0])), len(x.tries))
			}
			if May(c, worker, CloseCase) != (x.lacks == "") {
				t.Errorf("may be closed: %v", x.lacks != "")
			}
		})
	}
}

func TestAnAttemptSaysWhatItMust(t *testing.T) {
	t.Parallel()
	c := answeredAt(t, "desk")
	for _, x := range []struct {
		fact string
		a    Act
		key  string
	}{
		{"how", Act{Do: RecordDelivery, By: worker}, "act.how_missing"},
		{"a known outcome", Act{Do: RecordDelivery, By: worker, Details: Details{How: "post", Outcome: "lost"}}, "act.outcome_unknown"},
		{"only a machine sees a chat fail", tried(worker, "chat", DeliveryFailed, 0), "act.outcome_unknown"},
		{"an answer of this case", Act{Do: RecordDelivery, By: worker, Details: Details{How: "post", Of: 1}}, "act.delivery_of_unknown"},
		{"who took it", Act{Do: RecordDelivery, By: worker, Details: Details{How: "in_person", Outcome: DeliveryDone}}, "act.taker_missing"},
		{"not in the future", Act{Do: RecordDelivery, By: worker, Details: Details{How: "post", On: DateOf(now).Add(1)}}, "act.on_future"},
	} {
		if x.a.At.IsZero() {
			x.a.At = now
		}
		_, _, err := x.a.Apply(c)
		if e, ok := err.(*Error); !ok || e.Key != x.key {
			t.Errorf("%s: %v, want %s", x.fact, err, x.key)
		}
	}
}

func TestADenunciationsReceiptNamesNobody(t *testing.T) {
	t.Parallel()
	secret := worker
	secret.Cleared = true
	c := play(t, opened(t, ToCao), assign(head), Act{Do: Take, By: secret})
	p := proposed("Kết luận")
	p.By, p.Details.Next = secret, "none"
	if fit := NextRights(ToCao, c.Round); len(fit) > 0 {
		p.Details.Next = fit[0]
	}
	c = play(t, c, p, Act{Do: Approve, By: head})
	a := tried(secret, "in_person", DeliveryDone, 0)
	a.Details.Parcel, a.Files = "EB1", []Attachment{{SHA256: "x"}}
	c = play(t, c, a)
	if e := c.History[len(c.History)-1]; e.Details.Taker != "" || e.Details.Parcel != "" || e.Files != nil {
		t.Errorf("the entry says %+v", e)
	}
}

func TestANoticeByChatIsntThePaperThatTheLawWantsSent(t *testing.T) {
	t.Parallel()
	met := func(c Case) Date { return duty(t, c, "complaint.send_decision_first").Met }
	c := play(t, decision(t), tried(robot, "chat", DeliveryDone, 0))
	if on := met(c); !on.IsZero() {
		t.Errorf("met by a chat on %s", on)
	}
	a := tried(worker, "post", DeliverySent, 5)
	a.Details.On = DateOf(now).Add(2)
	if on := met(play(t, c, a)); on != a.Details.On {
		t.Errorf("met on %s, want the day of the sending", on)
	}
}

func TestAnswersAreClosedAfterTheirDays(t *testing.T) {
	t.Parallel()
	closing := func(days int) Act { return Act{Do: CloseCase, By: robot, At: now.AddDate(0, 0, days)} }
	for _, x := range []struct {
		fact string
		c    Case
		a    Act
		days int
		ok   bool
	}{
		{"on the day", answeredAt(t, "telegram"), closing(10), 10, true},
		{"not before", answeredAt(t, "telegram"), closing(9), 10, false},
		{"never when the office doesn't want it", answeredAt(t, "telegram"), closing(400), 0, false},
		{"the days count from the delivery", play(t, answeredAt(t, "desk"), tried(worker, "post", DeliveryDone, 4)), closing(13), 10, false},
		{"… to their end", play(t, answeredAt(t, "desk"), tried(worker, "post", DeliveryDone, 4)), closing(14), 10, true},
		{"not what reached nobody", answeredAt(t, "desk"), closing(400), 10, false},
		{"not what the chat only gave notice of", decision(t), closing(400), 10, false},
		{"not what the citizen wants opened again", play(t, answeredAt(t, "telegram"), Act{Do: Reopen, By: author, Text: "Đèn lại hỏng."},
			Act{Do: Answer, By: worker, Text: "Đã sửa."}, Act{Do: AskReopen, By: author, Text: "Vẫn hỏng."}), closing(400), 10, false},
	} {
		c, _, err := ClosesAfter(x.days, x.a)(x.c)
		if (err == nil) != x.ok || x.ok && c.Status != Closed || err != nil && CodeOf(err) != Conflict {
			t.Errorf("%s: %s, %v", x.fact, c.Status, err)
		}
		if from := ClosesFrom(x.c); x.ok && from.Add(x.days).After(DateOf(x.a.At)) {
			t.Errorf("%s: the books count from %s", x.fact, from)
		}
	}
}

func TestWhatIsReportedOfACase(t *testing.T) {
	t.Parallel()
	r := rulesOf2026()
	c := play(t, decision(t), tried(robot, "chat", DeliveryDone, 0), tried(worker, "post", DeliveryDone, 2))
	if _, ok := ResultOf(c, r); ok {
		t.Error("what isn't closed is reported")
	}
	c = play(t, c, Act{Do: CloseCase, By: worker, At: now.AddDate(0, 0, 3)})
	res, ok := ResultOf(c, r)
	if !ok || res.Outcome != "right" || res.Document != "12/QĐ-UBND" || res.How != "post" || res.Delivered != DateOf(now).Add(2) ||
		res.Answered != DateOf(now) || res.Due.IsZero() || res.Late != 0 || res.Entry != len(c.History) {
		t.Errorf("reported %+v (%v)", res, ok)
	}
	late := opened(t, KhieuNai)
	late = play(t, late, Act{Do: RecordOriginal, By: clerk}, Act{Do: Accept, By: head}, assign(clerk), Act{Do: Take, By: worker}, proposed("Quyết định"),
		Act{Do: Approve, By: head, At: now.Add(200 * 24 * time.Hour)}, Act{Do: RecordDocument, By: worker, Details: Details{Document: "13/QĐ"}, At: now.Add(201 * 24 * time.Hour)},
		Act{Do: CloseCase, By: worker, At: now.Add(202 * 24 * time.Hour)})
	if res, ok := ResultOf(late, r); !ok || res.Late != res.Due.DaysUntil(DateOf(now.Add(200*24*time.Hour))) || res.Late <= 0 {
		t.Errorf("late by %d, due %s", res.Late, res.Due)
	}
}
