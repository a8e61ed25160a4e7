package store_test

import (
	"sync"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

func TestRulesKeepTheirOrder(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	by := tiepdan.Actor{Role: tiepdan.System}
	var ids []int64
	for _, name := range []string{"a", "b", "c"} {
		id, err := s.SaveRoutingRule(t.Context(), by, tiepdan.RoutingRule{Name: name, Kinds: []tiepdan.Kind{tiepdan.PhanAnh},
			Words: []string{"rác thải"}, Unit: storetest.Unit(t, s, "MT"), Rotate: true, Active: true})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	order := func() (names string) {
		rules, err := s.Rules(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rules.Routing {
			names += r.Name
		}
		return names
	}
	moves := []struct {
		id   int64
		up   bool
		want string
	}{{ids[2], true, "acb"}, {ids[2], true, "cab"}, {ids[2], true, "cab"}, {ids[0], false, "cba"}, {ids[0], false, "cba"}}
	for _, m := range moves {
		if err := s.MoveRoutingRule(t.Context(), by, m.id, m.up); err != nil {
			t.Fatal(err)
		}
		if got := order(); got != m.want {
			t.Errorf("the order is %s, want %s", got, m.want)
		}
	}
}

// byTurns gives the case to whose turn it is of the unit.
func byTurns(unit int64) func(tiepdan.Dispatch) tiepdan.Change {
	return func(d tiepdan.Dispatch) tiepdan.Change {
		return func(c tiepdan.Case) (tiepdan.Case, tiepdan.Entry, error) {
			officer, _ := d.Turn(c, unit)
			return tiepdan.Act{Do: tiepdan.Assign, By: tiepdan.Actor{Role: tiepdan.BoardHead}, At: time.Now(),
				Details: tiepdan.Details{Unit: unit, Officer: officer}}.Apply(c)
		}
	}
}

func TestTwentyAtOnceAreSpreadEvenly(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	unit := storetest.Unit(t, s, "MT")
	var officers []tiepdan.Staff
	for range 5 {
		officers = append(officers, storetest.Staff(t, s, tiepdan.Officer, unit, false))
	}
	away := officers[4]
	today := tiepdan.DateOf(time.Now())
	if _, err := s.SaveLeave(t.Context(), away.Actor(), tiepdan.Leave{Staff: away.ID, From: today, Until: today.Add(1)}); err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for range 20 {
		ids = append(ids, storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Một phản ánh mẫu về rác thải"), storetest.Filing(tiepdan.Peer{Channel: "telegram", ID: "1"}, time.Now())).ID)
	}
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() {
			if _, _, err := s.UpdateRouted(t.Context(), id, byTurns(unit)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	loads := loadsOf(t, s)
	for i, o := range officers {
		want := 5
		if o.ID == away.ID {
			want = 0
		}
		if got := loads.Officers[o.ID].Open; got != want {
			t.Errorf("officer %d has %d cases, want %d", i, got, want)
		}
	}
	if got := loads.Units[unit].Open; got != 20 {
		t.Errorf("the unit has %d cases", got)
	}
}

func loadsOf(t *testing.T, s *store.Store) tiepdan.Loads {
	t.Helper()
	l, err := s.Loads(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return l
}
