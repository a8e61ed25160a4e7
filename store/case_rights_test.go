package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// shelfOfCases are cases with every mix of who has them, who helps and whom they are about.
func shelfOfCases(t *testing.T, s *store.Store, a, b tiepdan.Staff) (ids []int64) {
	t.Helper()
	by := handsOut
	bars := []*tiepdan.Barred{nil, {Staff: []int64{a.ID}}, {Staff: []int64{b.ID}}, {Units: []int64{b.Unit}}}
	for i, kind := range []tiepdan.Kind{tiepdan.PhanAnh, tiepdan.ToCao} {
		for j, officer := range []tiepdan.Staff{{}, a, b} {
			for k, bar := range bars {
				c := storetest.File(t, s, storetest.Petition(kind, rubbish+fmt.Sprint(i, j, k)), storetest.Filing(storetest.Peer(i), time.Now()))
				ids = append(ids, c.ID)
				if officer.ID != 0 {
					do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Assign, By: by, Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.ID}})
					if officer.ID == a.ID && bar == nil {
						do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Involve, By: by, Text: "Cho số liệu mẫu", Details: tiepdan.Details{Unit: b.Unit, Officer: b.ID}})
					}
				}
				if bar != nil && !(officer.ID != 0 && (slices.Contains(bar.Staff, officer.ID) || slices.Contains(bar.Units, officer.Unit))) {
					do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Bar, By: by, Reason: "Hồ sơ mẫu nói về người này", Details: tiepdan.Details{Barred: bar}})
				}
			}
		}
	}
	return ids
}

// Lists and pages agree with the rule for who helps, who stands in and whom a case
// is about.
func TestListsShowWhatRightsSayOfHelpersSubstitutesAndTheBarred(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	a := storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "XD"), true)
	b := storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "MT"), false)
	ids := shelfOfCases(t, s, a, b)
	people := []tiepdan.Staff{a, b, storetest.Staff(t, s, tiepdan.BoardHead, 0, false)}
	for _, unit := range []int64{a.Unit, b.Unit} {
		for _, cleared := range []bool{true, false} {
			people = append(people, storetest.Staff(t, s, tiepdan.UnitHead, unit, cleared), storetest.Staff(t, s, tiepdan.Officer, unit, cleared))
		}
	}
	for _, p := range people {
		checkRights(t, s, p.Actor(), ids)
		for _, of := range people {
			by := p.Actor()
			by.For = []tiepdan.Standin{{Staff: of.ID, Role: of.Role, Unit: of.Unit, Cleared: of.Cleared}}
			checkRights(t, s, by, ids)
		}
	}
}

// A substitute sees what the absent one sees while they are away, and no longer.
func TestASubstituteStandsInUntilTheLeaveEnds(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, tiepdan.Hanoi)
	s := storetest.Open(t, storetest.WithNow(func() time.Time { return now }))
	unit := storetest.Unit(t, s, "MT")
	a, b := storetest.Staff(t, s, tiepdan.Officer, unit, true), storetest.Staff(t, s, tiepdan.Officer, unit, false)
	var ids []int64
	for i, kind := range []tiepdan.Kind{tiepdan.PhanAnh, tiepdan.ToCao} {
		c := storetest.File(t, s, storetest.Petition(kind, rubbish), storetest.Filing(storetest.Peer(i), now))
		do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Assign, By: handsOut, Details: tiepdan.Details{Unit: unit, Officer: a.ID}})
		ids = append(ids, c.ID)
	}
	today := tiepdan.DateOf(now)
	if _, err := s.SaveLeave(t.Context(), a.Actor(), tiepdan.Leave{Staff: a.ID, From: today.Add(1), Until: today.Add(2), Substitute: b.ID}); err != nil {
		t.Fatal(err)
	}
	for day, sees := range []int{0, 1, 1, 0} {
		now = time.Date(2026, 3, 2+day, 9, 0, 0, 0, tiepdan.Hanoi)
		st, err := s.Staff(t.Context(), b.ID)
		if err != nil {
			t.Fatal(err)
		}
		checkRights(t, s, st.Actor(), ids)
		if n, _, err := s.CountCases(t.Context(), store.CaseFilter{By: st.Actor()}, tiepdan.CountCap); err != nil || n != sees {
			t.Errorf("after %d days the substitute sees %d cases, %v; want %d", day, n, err, sees)
		}
	}
}

var handsOut = tiepdan.Actor{Role: tiepdan.BoardHead, Cleared: true}

// The digest counts what its reader may see: also of whom they stand in for, and
// nothing that is about them.
func TestTheDigestCountsWhatItsReaderMaySee(t *testing.T) {
	t.Parallel()
	now := digestDay.At(8 * 60)
	s := storetest.Open(t, storetest.WithNow(func() time.Time { return now }))
	unit := storetest.Unit(t, s, "MT")
	a, b := storetest.Staff(t, s, tiepdan.Officer, unit, true), storetest.Staff(t, s, tiepdan.Officer, unit, false)
	head := storetest.Staff(t, s, tiepdan.UnitHead, unit, true)
	for i, st := range []tiepdan.Staff{b, head} {
		reachable(t, s, 10+i, st)
	}
	for i, kind := range []tiepdan.Kind{tiepdan.PhanAnh, tiepdan.ToCao, tiepdan.KienNghi} {
		c := storetest.File(t, s, storetest.Petition(kind, rubbish), storetest.Filing(storetest.Peer(i), now))
		do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Assign, By: handsOut, Details: tiepdan.Details{Unit: unit, Officer: a.ID}})
		if kind == tiepdan.KienNghi {
			do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Bar, By: handsOut, Reason: "Hồ sơ mẫu nói về người này", Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{head.ID}}}})
		}
	}
	today := tiepdan.DateOf(now)
	news := func() map[int64]int {
		ds, err := s.Digests(t.Context(), today)
		if err != nil {
			t.Fatal(err)
		}
		n := map[int64]int{}
		for _, d := range ds {
			n[d.Staff] = d.New
		}
		return n
	}
	if n := news(); n[b.ID] != 0 || n[head.ID] != 2 {
		t.Errorf("with everybody here: %d for the colleague, %d for the head", n[b.ID], n[head.ID])
	}
	if _, err := s.SaveLeave(t.Context(), a.Actor(), tiepdan.Leave{Staff: a.ID, From: today, Until: today, Substitute: b.ID}); err != nil {
		t.Fatal(err)
	}
	if n := news(); n[b.ID] != 2 || n[head.ID] != 2 { // the denunciation isn't for who isn't cleared
		t.Errorf("while they stand in: %d for the substitute, %d for the head", n[b.ID], n[head.ID])
	}
}
