package store_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

func TestLeavesAreEnteredOnce(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	unit := storetest.Unit(t, s, "XD")
	head := storetest.Staff(t, s, tiepdan.UnitHead, unit, false)
	a, b := storetest.Staff(t, s, tiepdan.Officer, unit, false), storetest.Staff(t, s, tiepdan.Officer, unit, false)
	elsewhere := storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "MT"), false)
	today := tiepdan.DateOf(time.Now())
	of := func(who, substitute tiepdan.Staff) tiepdan.Leave {
		return tiepdan.Leave{Staff: who.ID, From: today, Until: today.Add(3), Substitute: substitute.ID}
	}
	refused := []struct {
		name string
		by   tiepdan.Staff
		l    tiepdan.Leave
		key  string
	}{
		{"a colleague's", b, of(a, b), "leave.not_yours"},
		{"of another unit, by a head", head, of(elsewhere, tiepdan.Staff{}), "leave.not_yours"},
		{"with a substitute of another unit", a, of(a, elsewhere), "leave.substitute_wrong"},
		{"of nobody", head, tiepdan.Leave{Staff: 999, From: today, Until: today}, "staff.none"},
	}
	for _, r := range refused {
		_, err := s.SaveLeave(t.Context(), r.by.Actor(), r.l)
		if e, ok := errors.AsType[*tiepdan.Error](err); !ok || e.Key != r.key {
			t.Errorf("%s: %v, want %s", r.name, err, r.key)
		}
	}
	both := make([]error, 2) // a stands in for b and b for a: one of them only
	var wg sync.WaitGroup
	wg.Go(func() { _, both[0] = s.SaveLeave(t.Context(), a.Actor(), of(a, b)) })
	wg.Go(func() { _, both[1] = s.SaveLeave(t.Context(), head.Actor(), of(b, a)) })
	wg.Wait()
	if (both[0] == nil) == (both[1] == nil) {
		t.Errorf("standing in for each other: %v and %v", both[0], both[1])
	}
	if ls := leavesOf(t, s); len(ls) != 1 {
		t.Errorf("there are %d leaves", len(ls))
	}
}

func leavesOf(t *testing.T, s *store.Store) tiepdan.Leaves {
	t.Helper()
	rules, err := s.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return rules.Leaves
}

func TestALeaveEndsYesterdayOrWasNever(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	a := storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "XD"), false)
	today := tiepdan.DateOf(time.Now())
	for _, l := range []tiepdan.Leave{{From: today.Add(-2), Until: today.Add(2)}, {From: today.Add(5), Until: today.Add(6)}} {
		l.Staff = a.ID
		id, err := s.SaveLeave(t.Context(), a.Actor(), l)
		if err == nil {
			err = s.EndLeave(t.Context(), a.Actor(), id)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	ls := leavesOf(t, s)
	if len(ls) != 1 || ls[0].Until != today.Add(-1) {
		t.Errorf("what stands: %v", ls)
	}
	if _, away := ls.Away(a.ID, today); away {
		t.Error("they are still away")
	}
	past, err := s.PastLeaves(t.Context(), 10)
	if err != nil || len(past) != 1 {
		t.Errorf("past: %v, %v", past, err)
	}
}
