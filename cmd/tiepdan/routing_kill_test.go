package main

import (
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
	"tiepdan/store/storetest"
)

// TestKilledBetweenFilingAndRouting kills the binary when a petition is filed and isn't
// given out yet: the one that is started next does that, by the rule of that time.
func TestKilledBetweenFilingAndRouting(t *testing.T) {
	t.Parallel()
	o := openOffice(t, "polling")
	ctx, cancel := o.context()
	defer cancel()
	rules, err := o.store.Rules(ctx)
	o.must(err)
	rule := tiepdan.RoutingRule{Name: "Hạ tầng", Kinds: []tiepdan.Kind{tiepdan.PhanAnh}, Unit: unitID(rules, "ha-tang"), Rotate: true, Auto: true, Active: true}
	rule.ID, err = o.store.SaveRoutingRule(ctx, nobody, rule)
	o.must(err)
	_, phone := o.hire("mau.giao", tiepdan.Officer, "ha-tang")

	waits, release := storetest.HoldTurns(t, o.store)
	u := o.sim.User(simulator.Person{Name: "Người Dân Mẫu 1", Lang: "vi"})
	filed := make(chan error, 1)
	go func() { filed <- file(o, u, complaint) }()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for !waits() {
		select {
		case <-look.C:
		case <-ctx.Done():
			t.Fatalf("nothing was filed\n%s\n%s", chatOf(u), o.log)
		}
	}
	o.kill()
	release()
	c := onlyCase(o, u)
	if c.Status != tiepdan.Received || c.Unit != 0 {
		t.Fatalf("the test is of no use: %s with %d", c.Status, c.Unit)
	}
	_, err = o.store.SaveRoutingRule(ctx, nobody, tiepdan.RoutingRule{Name: "Mới", Kinds: rule.Kinds, Unit: rule.Unit, Auto: true, Active: true})
	o.must(err)
	_, err = o.store.Pool().Exec(ctx, `UPDATE case_routings SET again = again - interval '1 minute'; DELETE FROM river_job WHERE kind = 'route'; DELETE FROM river_leader`) // a minute later
	o.must(err)
	o.start()
	o.must(<-filed)
	o.hear(phone, string(c.Code))
	c = onlyCase(o, u)
	if last := c.History[len(c.History)-1]; len(c.History) != 2 || last.Do != tiepdan.Assign || last.By.Role != tiepdan.System || last.Details.Rule != rule.ID ||
		c.Officer != o.actor("mau.giao").Staff {
		t.Errorf("with %d of unit %d: %+v", c.Officer, c.Unit, last)
	}
}

// onlyCase is the one case of a person.
func onlyCase(o *office, u *simulator.User) tiepdan.Case {
	o.t.Helper()
	cases, err := o.store.CasesOf(o.t.Context(), peerOf(u))
	if err != nil || len(cases) != 1 {
		o.t.Fatalf("%d cases of one person, %v\n%s", len(cases), err, chatOf(u))
	}
	c, err := o.store.Case(o.t.Context(), cases[0].ID)
	o.must(err)
	return c
}
