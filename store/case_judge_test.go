package store_test

import (
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

// What the navigation counts is what the page lists, for anybody and whoever they stand in for.
func TestTheCountOfWhatWaitsIsTheList(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	unit, other := storetest.Unit(t, s, "MT"), storetest.Unit(t, s, "XD")
	head, lead := storetest.Staff(t, s, tiepdan.BoardHead, 0, true), storetest.Staff(t, s, tiepdan.Leader, 0, false)
	chief, elsewhere := storetest.Staff(t, s, tiepdan.UnitHead, unit, true), storetest.Staff(t, s, tiepdan.UnitHead, other, false)
	officer := storetest.Staff(t, s, tiepdan.Officer, unit, true)
	people := []tiepdan.Staff{head, lead, chief, elsewhere, officer, storetest.Staff(t, s, tiepdan.BoardHead, 0, false), storetest.Staff(t, s, tiepdan.Receptionist, 0, true)}
	n := 0
	begun := func(kind tiepdan.Kind, chain ...tiepdan.Role) int64 {
		n++
		id := storetest.File(t, s, storetest.Petition(kind, rubbish), storetest.Filing(storetest.Peer(n), time.Now())).ID
		rules, err := s.Rules(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		set := rules.Kind(kind)
		set.Approval, set.Chain = true, chain
		do(t, s, id, tiepdan.Act{Do: tiepdan.Classify, By: head.Actor(), Kind: set, Field: rules.Fields[0], Details: tiepdan.Details{Class: &tiepdan.Class{}}})
		do(t, s, id, tiepdan.Act{Do: tiepdan.Assign, By: head.Actor(), Details: tiepdan.Details{Unit: unit, Officer: officer.ID}})
		do(t, s, id, tiepdan.Act{Do: tiepdan.Take, By: officer.Actor()})
		return id
	}
	propose := func(id int64, by tiepdan.Staff) {
		d := tiepdan.Details{Evidence: "Biên bản mẫu", Signer: "Lãnh đạo Mẫu"}
		if kind := read(t, s, id).Kind; tiepdan.Checked(kind) {
			d.Result, d.Next = tiepdan.Findings(kind)[0], tiepdan.NextRights(kind, 1)[0]
		}
		do(t, s, id, tiepdan.Act{Do: tiepdan.Propose, By: by.Actor(), Text: "Dự thảo mẫu", Details: d})
	}
	for _, kind := range []tiepdan.Kind{tiepdan.PhanAnh, tiepdan.ToCao} {
		propose(begun(kind), officer)
		propose(begun(kind), head)
		propose(begun(kind, tiepdan.UnitHead, tiepdan.Leader), officer)
		propose(begun(kind, tiepdan.UnitHead, tiepdan.BoardHead), chief)
		handed := begun(kind, tiepdan.UnitHead, tiepdan.BoardHead)
		propose(handed, officer)
		do(t, s, handed, tiepdan.Act{Do: tiepdan.Endorse, By: chief.Actor()})
		about := begun(kind)
		propose(about, officer)
		do(t, s, about, tiepdan.Act{Do: tiepdan.Bar, By: head.Actor(), Reason: "Nói về người này", Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{lead.ID}}}})
		do(t, s, begun(kind), tiepdan.Act{Do: tiepdan.Consult, By: officer.Actor(), Text: "Xin ý kiến mẫu"})
	}
	some := 0
	for _, p := range people {
		for _, of := range append(people, tiepdan.Staff{}) {
			by := p.Actor()
			if of.ID != 0 && of.ID != p.ID {
				by.For = []tiepdan.Standin{{Staff: of.ID, Role: of.Role, Unit: of.Unit, Cleared: of.Cleared}}
			}
			judge, err1 := s.ToJudge(t.Context(), by)
			direct, err2 := s.ToDirect(t.Context(), by)
			n, err3 := s.CountForMe(t.Context(), by, 100)
			if err1 != nil || err2 != nil || err3 != nil || n != len(judge)+len(direct) {
				t.Errorf("%s (cleared %v) for %s: counted %d, listed %d and %d (%v, %v, %v)", p.Role, p.Cleared, of.Role, n, len(judge), len(direct), err1, err2, err3)
			}
			some += n
			if capped, err := s.CountForMe(t.Context(), by, 1); err != nil || capped != min(1, n) {
				t.Errorf("counted %d, want no more than one (%v)", capped, err)
			}
		}
	}
	if some == 0 {
		t.Error("nothing waits for anybody")
	}
}
