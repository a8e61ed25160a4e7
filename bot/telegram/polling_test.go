package telegram

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tiepdan/bot/telegram/simulator"
)

// Whatever Telegram or the database does, every message is taken once, in order.
func TestPollingLosesNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		faults []simulator.Fault
		refuse int
	}{
		{name: "a calm day"},
		{name: "the database is away", refuse: 3},
		{name: "429", faults: []simulator.Fault{{Kind: simulator.TooMany, Match: "getUpdates", Count: 2, Seconds: 5}}},
		{name: "500 and 502", faults: []simulator.Fault{{Kind: simulator.Broken, Match: "getUpdates", Count: 2}, {Kind: simulator.BadGateway, Match: "*", Count: 3}}},
		{name: "dropped connections", faults: []simulator.Fault{{Kind: simulator.Drop, Match: "getUpdates", Count: 3}}},
		{name: "answers lost", faults: []simulator.Fault{{Kind: simulator.LoseAnswer, Match: "getUpdates", Count: 2}}},
		{name: "updates again", faults: []simulator.Fault{{Kind: simulator.Duplicate, Match: "message", Count: 4}}},
		{name: "getMe fails", faults: []simulator.Fault{{Kind: simulator.Broken, Match: "getMe", Count: 2}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.store.refuse = c.refuse
			for _, f := range c.faults {
				o.sim.Misbehave(f)
			}
			engine := &script{}
			o.run(t, engine)
			var want []string
			for i := range 20 {
				want = append(want, fmt.Sprintf("tin %d", i))
				o.ann.Send(want[i])
			}
			o.store.until(t, "all messages are kept", func() bool { return len(o.store.letters) == len(want) })
			eventually(t, "all are worked", func() bool { return len(engine.texts()) == len(want) })
			if got := engine.texts(); !slices.Equal(got, want) {
				t.Errorf("worked %q, want %q", got, want)
			}
			eventually(t, "all are confirmed", func() bool { return o.sim.Stats().Pending == 0 })
		})
	}
}

// Somebody sets a webhook while we poll: it is taken away and polling goes on.
func TestPollingTakesAForeignWebhookAway(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.run(t, &script{})
	o.ann.Send("một")
	o.store.until(t, "the first is kept", func() bool { return len(o.store.letters) == 1 })
	in := map[string]any{"url": "http://127.0.0.1:9/"}
	if err := o.api.call(t.Context(), "setWebhook", in, nil); err != nil {
		t.Fatal(err)
	}
	o.ann.Send("hai")
	o.store.until(t, "the second is kept", func() bool { return len(o.store.letters) == 2 })
}

// eventually waits for what no channel tells of.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(20 * time.Second); !is(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}
