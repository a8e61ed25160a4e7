package store

import (
	"fmt"
	"testing"
	"time"

	"tiepdan"
)

func TestNoticesFindTheirPeopleOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	head := o.staff(tiepdan.BoardHead, person(1))
	leader := o.staff(tiepdan.Leader, person(2))
	o.staff(tiepdan.Leader, tiepdan.Peer{})          // without an account
	gone := o.staff(tiepdan.Receptionist, person(3)) // who left
	o.exec(`UPDATE staff SET disabled = true WHERE id = $1`, gone)
	id := o.file(person(9), tiepdan.PhanAnh)
	ns := []tiepdan.Notice{{To: tiepdan.ToCitizen, Key: "notice.receipt", Entry: 1}, {To: tiepdan.ToDeciders, Key: "notice.proposed", Entry: 1},
		{To: tiepdan.ToDesk, Key: "notice.returned", Entry: 1}, {To: tiepdan.ToStaff, Staff: leader, Key: "notice.assigned", Entry: 1}}
	for range 2 { // the second changes nothing
		o.notify(id, tiepdan.Actor{Role: tiepdan.BoardHead, Staff: head}, ns...)
	}
	if n := count(t, o.Store, `SELECT count(*) FROM outbox`); n != 3 {
		t.Errorf("%d messages, want one to the citizen and two to the leader, none to the doer", n)
	}
	ms := o.claimed(10)
	if got := entries(ms); len(ms) != 2 || ms[0].Peer != person(9) || ms[1].Peer != person(2) || ms[1].Staff != leader {
		t.Errorf("claimed %s", got)
	}
	desk := o.file(tiepdan.Peer{}, tiepdan.PhanAnh)
	o.tell(desk, 1)
	if n := count(t, o.Store, `SELECT count(*) FROM outbox WHERE case_id = $1`, desk); n != 0 {
		t.Error("a case from the desk has a message to a chat")
	}
}

func TestMessagesOfAChatGoInOrderOneAtATime(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	a, b := o.file(person(1), tiepdan.PhanAnh), o.file(person(2), tiepdan.PhanAnh)
	o.tell(a, 3)
	o.tell(b, 1)
	first := o.claimed(10)
	if got := entries(first); got != "1001:1 1002:1 " {
		t.Fatalf("claimed %s", got)
	}
	if got := entries(o.claimed(10)); got != "" {
		t.Fatalf("claimed %s while those are under way", got)
	}
	o.end(first[0], Retry)
	ok(t, o.Delivered(t.Context(), first[1], "7"))
	o.state("sent", first[1])
	if got := entries(o.claimed(10)); got != "" {
		t.Fatalf("claimed %s while the first waits", got)
	}
	o.clock = o.clock.Add(time.Minute)
	again := o.claimed(10)
	if len(again) != 1 || again[0].Entry != 1 || again[0].Attempt != 2 || again[0].Again {
		t.Fatalf("claimed %+v", again)
	}
	ok(t, o.Delivered(t.Context(), again[0], "8"))
	if got := entries(o.claimed(1)); got != "1001:2 " {
		t.Errorf("claimed %s", got)
	}
	if n := count(t, o.Store, `SELECT count(*) FROM deliveries WHERE outcome = 'sent'`); n != 2 {
		t.Errorf("the ledger has %d sent", n)
	}
}

func TestAMessageThatNothingSaysAnyMoreIsCancelled(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.file(person(1), tiepdan.PhanAnh)
	o.tell(id, 2)
	m := o.claimed(10)[0]
	o.end(m, Dropped)
	o.state("cancelled", m)
	if got := entries(o.claimed(10)); got != "1001:2 " {
		t.Errorf("then claimed %q", got)
	}
	if n := count(t, o.Store, `SELECT (SELECT count(*) FROM tasks) + (SELECT count(*) FROM deliveries WHERE outcome = 'sent')`); n != 0 {
		t.Errorf("%d rows say that it failed or was sent", n)
	}
}

func TestAMessageForLaterHoldsNobodyBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	reply := []byte(`{"key":"draft.waits"}`)
	for range 2 {
		ok(t, o.Post(t.Context(), person(1), reply, "draft 1", o.clock.Add(24*time.Hour)))
	}
	ok(t, o.Post(t.Context(), person(1), reply, "", time.Time{}))
	if ms := o.claimed(10); len(ms) != 1 || ms[0].Case != 0 || len(ms[0].Reply) == 0 {
		t.Fatalf("claimed %+v", ms)
	} else {
		ok(t, o.Delivered(t.Context(), ms[0], "1"))
	}
	o.clock = o.clock.Add(25 * time.Hour)
	if ms := o.claimed(10); len(ms) != 1 {
		t.Errorf("a day later claimed %d, want 1", len(ms))
	}
}

func TestASendThatNobodyKnowsOfIsTriedAgainAndSaysSo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.tell(o.file(person(1), tiepdan.PhanAnh), 2)
	m := o.claimed(1)[0]
	o.exec(`UPDATE outbox SET claimed_at = now() - interval '61 seconds' WHERE id = $1`, m.ID) // its process died
	ms := o.claimed(10)
	if len(ms) != 1 || ms[0].ID != m.ID || !ms[0].Again || ms[0].Attempt != 2 {
		t.Fatalf("claimed %+v", ms)
	}
	if n := count(t, o.Store, `SELECT count(*) FROM deliveries WHERE outbox_id = $1 AND outcome = 'unknown' AND attempt = 1`, m.ID); n != 1 {
		t.Error("the ledger doesn't show the unknown try")
	}
	o.end(ms[0], Unsure)
	o.state("unknown", m)
	o.clock = o.clock.Add(time.Hour)
	if ms = o.claimed(10); len(ms) != 1 || !ms[0].Again {
		t.Errorf("claimed %+v", ms)
	}
	ok(t, o.Release(t.Context(), ms...))
	o.state("unknown", m)
}

func TestAPersonWhoTalksGetsTheirMessagesAtOnceAndInOrder(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.tell(o.file(person(1), tiepdan.PhanAnh), 3)
	o.tell(o.file(person(1), tiepdan.ToCao), 1)
	o.tell(o.file(person(2), tiepdan.PhanAnh), 1)
	ms := must[[]Message](t)(o.ClaimOf(t.Context(), person(1), 10))
	if got := entries(ms); got != "1001:1 1001:2 1001:3 1001:1 " {
		t.Fatalf("claimed %s", got)
	}
	if more := must[[]Message](t)(o.ClaimOf(t.Context(), person(1), 10)); len(more) != 0 {
		t.Fatalf("claimed %s twice", entries(more))
	}
	o.end(ms[0], Retry)
	ok(t, o.Release(t.Context(), ms[1:]...))
	if got := entries(must[[]Message](t)(o.ClaimOf(t.Context(), person(1), 10))); got != "1001:1 " {
		t.Errorf("while the first of the ordinary lane waits: %s", got)
	}
}

func TestWhoCannotBeReachedBecomesATaskUntilTheyReturn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.file(person(1), tiepdan.PhanAnh)
	o.tell(id, 2)
	m := o.claimed(1)[0]
	o.end(m, Blocked)
	o.state("blocked", m)
	open := func(want int) {
		t.Helper()
		if n := count(t, o.Store, `SELECT count(*) FROM tasks WHERE kind = 'undeliverable' AND case_id = $1 AND done IS NULL`, id); n != want {
			t.Errorf("%d tasks are open, want %d", n, want)
		}
	}
	open(2)
	o.notify(id, tiepdan.Actor{}, tiepdan.Notice{To: tiepdan.ToCitizen, Key: "notice.closed", Entry: 3})
	open(3)
	if a := must[tiepdan.Account](t)(o.Account(t.Context(), person(1))); !a.Unreachable {
		t.Error("the account isn't marked")
	}
	if ms := o.claimed(10); len(ms) != 0 {
		t.Errorf("claimed %s", entries(ms))
	}
	o.exec(`UPDATE tasks SET done = now(), how = 'phone' WHERE entry = 2`) // somebody rang them
	ok(t, o.Reachable(t.Context(), person(1), true))
	for _, want := range []int{1, 3} {
		ms := o.claimed(10)
		if len(ms) != 1 || ms[0].Entry != want {
			t.Fatalf("after their return: %s, want %d", entries(ms), want)
		}
		ok(t, o.Delivered(t.Context(), ms[0], fmt.Sprint(want)))
	}
	open(0)
	o.tell(id, 5)
	ok(t, o.Reachable(t.Context(), person(1), false))
	open(3) // of entries 3, 4 and 5; the first two were told before
}

func TestAMessageThatNeverGoesEndsInATask(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.tell(o.file(person(1), tiepdan.PhanAnh), 1)
	var m Message
	for n := 1; n <= maxSends; n++ {
		m = o.claimed(1)[0]
		if n == 3 {
			ok(t, o.Undelivered(t.Context(), m, Outcome{State: Retry, Error: "429", After: 3 * time.Hour}))
		} else {
			o.end(m, Retry)
		}
		o.clock = o.clock.Add(4 * time.Hour)
	}
	o.state("failed", m)
	if n := count(t, o.Store, `SELECT count(*) FROM tasks WHERE kind = 'undeliverable' AND reason = 'failed: test'`); n != 1 {
		t.Errorf("%d tasks", n)
	}
}

func TestWhoLeftTheOfficeGetsNothingMore(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.staff(tiepdan.Officer, person(1))
	o.notify(o.file(person(2), tiepdan.PhanAnh), tiepdan.Actor{}, tiepdan.Notice{To: tiepdan.ToStaff, Staff: id, Key: "notice.assigned", Entry: 2})
	o.exec(`UPDATE staff SET disabled = true`)
	if ms := o.claimed(10); len(ms) != 0 {
		t.Errorf("claimed %s", entries(ms))
	}
	if n := count(t, o.Store, `SELECT count(*) FROM outbox WHERE state = 'cancelled'`); n != 1 {
		t.Error("it isn't cancelled")
	}
}

func TestAReplyFindsItsCase(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.file(person(1), tiepdan.PhanAnh)
	o.tell(id, 1)
	ok(t, o.Delivered(t.Context(), o.claimed(1)[0], "77"))
	ok(t, o.RememberMessage(t.Context(), person(1), "78", id, 1))
	for ref, want := range map[string]bool{"77": true, "78": true, "79": false} {
		if got, entry, found, err := o.MessageCase(t.Context(), person(1), ref); err != nil || found != want || found && (got != id || entry != 1) {
			t.Errorf("message %s: case %d, entry %d, %v, %v", ref, got, entry, found, err)
		}
	}
	if _, _, found, _ := o.MessageCase(t.Context(), person(2), "77"); found {
		t.Error("another chat's message of the same number has the case")
	}
}

func TestASealedCaseSharesNoKeyWithItsPersonsOtherRows(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := person(1)
	o.tell(o.file(p, tiepdan.PhanAnh), 1)
	sealed := o.file(p, tiepdan.ToCao)
	o.tell(sealed, 1)
	ok(t, o.Post(t.Context(), p, []byte(`{}`), "", time.Time{}))
	must[int](t)(o.AcceptUpdates(t.Context(), "telegram", []Update{{ID: 1, Peer: p, Raw: []byte("{}")}}))
	if n := count(t, o.Store, `SELECT count(*) FROM outbox s JOIN outbox o ON (s.lane = o.lane OR s.sealed = o.sealed) AND o.id <> s.id WHERE s.case_id = $1`, sealed); n != 0 {
		t.Error("its messages can be matched with others")
	}
	if n := count(t, o.Store, `SELECT count(*) FROM cases c WHERE c.id = $1 AND (c.owner IN (SELECT key FROM accounts UNION SELECT lane FROM accounts
		UNION SELECT lane FROM inbox) OR EXISTS (SELECT FROM cases d WHERE d.owner = c.owner AND d.id <> c.id))`, sealed); n != 0 {
		t.Error("its owner can be matched with an account")
	}
	ms := o.claimed(10)
	if len(ms) != 2 || ms[0].Peer != p || ms[1].Peer != p {
		t.Errorf("claimed %s, want both", entries(ms))
	}
}

func TestAMessageThatDoesNotOpenStandsInNobodysWay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	bad := o.file(person(1), tiepdan.PhanAnh)
	o.tell(bad, 1)
	o.exec(`UPDATE outbox SET sealed = 'x'`)
	o.tell(o.file(person(2), tiepdan.PhanAnh), 1)
	if ms := o.claimed(10); len(ms) != 1 || ms[0].Peer != person(2) {
		t.Errorf("claimed %s", entries(ms))
	}
	if n := count(t, o.Store, `SELECT count(*) FROM tasks WHERE case_id = $1 AND reason = 'failed: sealed'`, bad); n != 1 {
		t.Errorf("%d tasks", n)
	}
}

func TestAPaperThatIsOwedComesOnceAndHoldsNobodyBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.file(person(1), tiepdan.PhanAnh)
	o.tell(id, 1)
	m := o.claimed(1)[0]
	for range 2 { // a process that is killed between says it again
		ok(t, o.DeliveredWithoutPaper(t.Context(), m, "7"))
	}
	if got := entries(o.claimed(10)); got != "" {
		t.Errorf("claimed %s at once", got)
	}
	o.clock = o.clock.Add(time.Minute)
	paper := o.claimed(10)
	if len(paper) != 1 || paper[0].Key != tiepdan.PaperNotice || paper[0].Case != id || paper[0].Entry != m.Entry || paper[0].Peer != person(1) {
		t.Fatalf("claimed %+v", paper)
	}
	for i, end := range []Sending{Retry, Unsure} {
		o.end(paper[0], end)
		o.notify(id, tiepdan.Actor{}, tiepdan.Notice{To: tiepdan.ToCitizen, Key: "notice.message", Entry: 2 + i})
		next := o.claimed(10)
		if len(next) != 1 || next[0].Key == tiepdan.PaperNotice {
			t.Fatalf("while the paper waits, claimed %+v", next)
		}
		ok(t, o.Delivered(t.Context(), next[0], "8"))
		o.clock = o.clock.Add(24 * time.Hour)
		if paper = o.claimed(10); len(paper) != 1 || paper[0].Key != tiepdan.PaperNotice {
			t.Fatalf("a day later claimed %+v", paper)
		}
	}
	ok(t, o.Delivered(t.Context(), paper[0], "9"))
	if n := count(t, o.Store, `SELECT count(*) FROM outbox WHERE key = 'notice.paper'`); n != 1 {
		t.Errorf("%d papers", n)
	}
}

func TestAPaperThatCannotBeMadeBecomesATask(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.tell(o.file(person(1), tiepdan.PhanAnh), 1)
	ok(t, o.DeliveredWithoutPaper(t.Context(), o.claimed(1)[0], "7"))
	for range maxSends {
		o.clock = o.clock.Add(24 * time.Hour)
		o.end(o.claimed(1)[0], Retry)
	}
	if n := count(t, o.Store, `SELECT count(*) FROM tasks WHERE kind = 'undeliverable' AND done IS NULL`); n != 1 {
		t.Errorf("%d tasks", n)
	}
}
