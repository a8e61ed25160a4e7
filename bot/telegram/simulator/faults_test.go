package simulator_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tiepdan/bot/telegram/simulator"
)

func TestCallsMisbehaveOnOrder(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	send := func() (reply, error) { return try(srv, "sendMessage", params{"chat_id": u.ID(), "text": "x"}) }
	sent := func() int { return len(u.Messages()) - 1 }

	srv.Misbehave(simulator.Fault{Kind: simulator.TooMany, Match: "send*", Count: 2, Seconds: 9})
	for range 2 {
		if r, err := send(); err != nil || r.Code != 429 || r.Parameters.RetryAfter != 9 || r.header.Get("Retry-After") != "9" {
			t.Errorf("%v %+v", err, r)
		}
	}
	srv.Misbehave(simulator.Fault{Kind: simulator.Broken, Count: 1})
	if r, err := send(); err != nil || r.Code != 500 || r.Description != "Internal Server Error" {
		t.Errorf("%v %+v", err, r)
	}
	srv.Misbehave(simulator.Fault{Kind: simulator.BadGateway, Count: 1})
	if r, err := send(); err != nil || r.Code != 502 || !strings.Contains(r.Description, "<html>") {
		t.Errorf("%v %+v", err, r)
	}
	srv.Misbehave(simulator.Fault{Kind: simulator.Drop, Count: 1})
	if _, err := send(); err == nil || sent() != 0 {
		t.Errorf("a dropped call: %v, %d sent", err, sent())
	}
	srv.Misbehave(simulator.Fault{Kind: simulator.LoseAnswer, Count: 1})
	if _, err := send(); err == nil || sent() != 1 {
		t.Errorf("a lost answer: %v, %d sent", err, sent())
	}
	srv.Misbehave(simulator.Fault{Kind: simulator.Slow, Delay: 30 * time.Millisecond, Count: 1})
	began := time.Now()
	if r, err := send(); err != nil || !r.OK || time.Since(began) < 30*time.Millisecond {
		t.Errorf("%v %+v", err, r)
	}
	if len(srv.Faults()) != 0 || len(srv.Stats().Refused) != 0 {
		t.Errorf("left: %+v %+v", srv.Faults(), srv.Stats().Refused)
	}
}

func TestFaultsChooseTheirCalls(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	id := srv.Misbehave(simulator.Fault{Kind: simulator.Broken})
	accepted(t, call(t, srv, "getUpdates", nil))
	refused(t, call(t, srv, "getMe", nil), 500, "")
	srv.Behave(id)
	srv.Misbehave(simulator.Fault{Kind: simulator.Broken, Match: "*"})
	refused(t, call(t, srv, "getUpdates", nil), 500, "")
	srv.Behave()
	srv.Misbehave(simulator.Fault{Kind: simulator.Broken, Match: "sendMessage"})
	accepted(t, call(t, srv, "getMe", nil))
	srv.Behave()
	srv.Misbehave(simulator.Fault{Kind: simulator.Broken, Percent: 50})
	failed := 0
	for range 200 {
		if r := call(t, srv, "getMe", nil); !r.OK {
			failed++
		}
	}
	if failed < 50 || failed > 150 {
		t.Errorf("%d of 200 failed, half were asked for", failed)
	}
}

func TestUpdatesMisbehaveOnOrder(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{RetryUnit: time.Millisecond})
	hook := receive(t, nil)
	accepted(t, call(t, srv, "setWebhook", params{"url": hook.URL}))
	u := citizen(srv)
	srv.Misbehave(simulator.Fault{Kind: simulator.Duplicate, Match: "message", Count: 1})
	u.Send("trùng")
	srv.Misbehave(simulator.Fault{Kind: simulator.Repeat, Count: 1})
	u.Send("lặp")
	until(t, func() bool { return len(hook.texts()) == 5 })
	hook.mu.Lock()
	defer hook.mu.Unlock()
	if g := hook.got; g[1].ID != g[2].ID || g[1].Message.Text != "trùng" || g[3].ID == g[4].ID || g[3].Message.ID != g[4].Message.ID {
		t.Errorf("got %+v", g)
	}
}

func TestUpdateComesTwiceByPolling(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	srv.Misbehave(simulator.Fault{Kind: simulator.Duplicate, Count: 1})
	citizen(srv)
	first := updates(t, srv, 0)
	second := updates(t, srv, first[0].ID+1)
	if len(second) != 1 || second[0].ID != first[0].ID {
		t.Fatalf("got %+v", second)
	}
	if third := updates(t, srv, first[0].ID+1); len(third) != 0 {
		t.Errorf("got %+v", third)
	}
}

func TestLateUpdateIsOvertaken(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{RetryUnit: time.Millisecond})
	hook := receive(t, nil)
	accepted(t, call(t, srv, "setWebhook", params{"url": hook.URL}))
	u := citizen(srv)
	srv.Misbehave(simulator.Fault{Kind: simulator.Late, Delay: 50 * time.Millisecond, Count: 1})
	u.Send("muộn")
	u.Send("sớm")
	until(t, func() bool { return len(hook.texts()) == 3 })
	if got := hook.texts(); !slices.Equal(got, []string{"/start", "sớm", "muộn"}) {
		t.Errorf("came as %q", got)
	}
}
