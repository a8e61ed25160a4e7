package telegram

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"tiepdan/bot"
	"tiepdan/bot/telegram/simulator"
)

// telling is an engine whose notices say their key.
func telling() *script {
	return &script{notice: func(n bot.Notice) ([]bot.Reply, error) {
		return []bot.Reply{{Key: "notice", Args: saying(n.Key), Case: n.Case}}, nil
	}}
}

func (o *office) queue(keys ...string) {
	o.store.change(func() {
		for _, key := range keys {
			o.store.out = append(o.store.out, Message{ID: int64(len(o.store.out) + 1), Peer: o.peer(), Case: 7, Entry: 1, Key: key})
		}
	})
}

// begun is an office whose person has started the bot.
func begun(t *testing.T, e Engine, change ...func(*Options, *simulator.Options)) *office {
	o := newOffice(t, change...)
	o.ann.Start("")
	o.run(t, e)
	return o
}

func TestOutboxIsSent(t *testing.T) {
	t.Parallel()
	o := begun(t, telling())
	o.queue("notice.receipt", "notice.accepted")
	o.store.until(t, "both are sent", func() bool { return len(o.store.sent) == 2 })
	m := o.sees(t, text("notice.receipt"))
	if got := o.store.snapshot()[1]; got != itoa(m.ID) {
		t.Errorf("message %d is recorded as %s", m.ID, got)
	}
}

func TestWhatNothingSaysAnyMoreIsNotSent(t *testing.T) {
	t.Parallel()
	e := telling()
	said := e.notice
	e.notice = func(n bot.Notice) ([]bot.Reply, error) {
		if n.Key == "gone" {
			return nil, nil
		}
		return said(n)
	}
	o := begun(t, e)
	o.queue("gone", "notice.receipt")
	o.store.until(t, "the other is sent", func() bool { return len(o.store.sent) == 1 && len(o.store.outcomes) == 1 })
	if got := o.store.outcomes[0].State; got != Dropped || o.store.snapshot()[2] == "" {
		t.Errorf("the outcome is %s, sent are %v", got, o.store.snapshot())
	}
}

func TestOutcomes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fault simulator.Fault
		want  []Sending // before it is sent
		again bool
	}{
		{"too many", simulator.Fault{Kind: simulator.TooMany, Match: "sendMessage", Count: 1, Seconds: 40}, []Sending{Retry}, false},
		{"their fault", simulator.Fault{Kind: simulator.BadGateway, Match: "sendMessage", Count: 2}, []Sending{Retry, Retry}, false},
		{"the answer is lost: perhaps they have it", simulator.Fault{Kind: simulator.LoseAnswer, Match: "sendMessage", Count: 1}, []Sending{Unsure}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := telling()
			said := e.notice
			var again []bool
			e.notice = func(n bot.Notice) ([]bot.Reply, error) { again = append(again, n.Again); return said(n) }
			o := begun(t, e)
			o.sim.Misbehave(c.fault)
			o.queue("notice.receipt")
			o.store.until(t, "it is sent", func() bool { return len(o.store.sent) == 1 })
			o.end()
			var got []Sending
			for _, out := range o.store.outcomes {
				got = append(got, out.State)
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) || again[len(again)-1] != c.again {
				t.Errorf("outcomes %v, want %v; again %v", got, c.want, again)
			}
			if c.fault.Kind == simulator.TooMany && (o.store.outcomes[0].After != 40*time.Second || o.store.penalties[0] != 40*time.Second) {
				t.Errorf("after %v, penalties %v", o.store.outcomes[0].After, o.store.penalties)
			}
		})
	}
}

func TestBlockedIsFinal(t *testing.T) {
	t.Parallel()
	o := begun(t, telling())
	o.ann.Block()
	o.queue("notice.receipt")
	o.store.until(t, "it is recorded", func() bool { return len(o.store.outcomes) == 1 })
	if got := o.store.outcomes[0]; got.State != Blocked || got.Error != "blocked" {
		t.Errorf("%+v", got)
	}
}

// A message of which the beginning went out and the rest can't is not begun again.
func TestPartialIsNotRepeated(t *testing.T) {
	t.Parallel()
	files := kept{}
	e := &script{notice: func(bot.Notice) ([]bot.Reply, error) {
		return []bot.Reply{{Key: "a", Args: saying("Trả lời")}, {Key: "b", Args: saying("<b></b>")}, {Key: "c", Args: saying("[" + string(rune(0)) + "]"),
			Buttons: [][]bot.Button{{{Key: "b", Args: saying("Trang"), URL: "ftp:// not a URL"}}}}}, nil
	}}
	o := begun(t, e, func(o *Options, _ *simulator.Options) { o.Files = files })
	o.queue("notice.answered")
	o.store.until(t, "it is recorded", func() bool { return len(o.store.outcomes) == 1 })
	if got := o.store.outcomes[0]; got.State != Failed || got.Error != "partial: refused" {
		t.Errorf("%+v", got)
	}
	o.sees(t, text("Trả lời"))
}

func TestOutcomeOf(t *testing.T) {
	t.Parallel()
	now := time.Unix(1000, 0)
	for _, c := range []struct {
		err  error
		want Outcome
	}{
		{&bot.Later{At: now.Add(time.Hour)}, Outcome{Retry, "later", time.Hour}},
		{fmt.Errorf("x: %w", &later{wait: 9 * time.Second}), Outcome{Retry, "pace", 9 * time.Second}},
		{&failure{why: chatGone}, Outcome{Blocked, "chat_gone", 0}},
		{&failure{why: tooBig}, Outcome{Failed, "too_big", 0}},
		{&failure{why: unsent}, Outcome{Retry, "unsent", 0}},
		{&failure{why: unknown}, Outcome{Unsure, "unknown", 0}},
		{errors.New("một lời"), Outcome{Retry, "ours", 0}},
	} {
		if got := outcomeOf(c.err, now); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.err, got, c.want)
		}
	}
}

// What a deed causes for the very person goes out with its replies, without the dispatcher.
func TestOwnMessagesGoAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.ann.Start("")
	e := telling()
	e.handle = func(bot.Event) (bot.Outcome, error) {
		return bot.Outcome{Due: true, Replies: []bot.Reply{{Key: "m", Args: saying("Đã gửi")}}}, nil
	}
	o.engine = e
	o.queue("notice.receipt", "notice.next")
	if err := o.answer(t.Context(), bot.Event{ID: "m1", Kind: bot.Said, From: o.peer()}); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range o.ann.Messages() {
		if m.FromBot {
			all = append(all, m.Text)
		}
	}
	if fmt.Sprint(all) != "[Đã gửi notice.receipt notice.next]" {
		t.Errorf("%q", all)
	}
	o.queue("một", "hai", "ba")
	o.sim.Misbehave(simulator.Fault{Kind: simulator.BadGateway, Match: "sendMessage", Count: 20})
	o.deliverOf(t.Context(), o.peer())
	if o.store.released != 2 || len(o.store.outcomes) != 1 {
		t.Errorf("%d given back, outcomes %+v", o.store.released, o.store.outcomes)
	}
}

// A stop lets what is under way end; it is not left unknown.
func TestStopFinishesSends(t *testing.T) {
	t.Parallel()
	o := begun(t, telling())
	o.sim.Misbehave(simulator.Fault{Kind: simulator.Slow, Match: "sendMessage", Count: 1, Delay: 300 * time.Millisecond})
	o.queue("notice.receipt")
	eventually(t, "it is under way", func() bool { return o.sim.Stats().Calls["sendmessage"] == 1 })
	o.end()
	if len(o.store.sent) != 1 || len(o.store.outcomes) != 0 {
		t.Errorf("sent %v, outcomes %+v", o.store.sent, o.store.outcomes)
	}
}
