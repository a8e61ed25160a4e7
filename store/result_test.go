package store_test

import (
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

func TestWhatIsClosedIsReportedToThoseWhoMaySeeIt(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	unit := storetest.Unit(t, s, "P1")
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	plain := storetest.Staff(t, s, tiepdan.Leader, 0, false)
	barred := storetest.Staff(t, s, tiepdan.Leader, 0, true)
	theirs, others := storetest.Staff(t, s, tiepdan.UnitHead, unit, false), storetest.Staff(t, s, tiepdan.UnitHead, storetest.Unit(t, s, "XD"), false)
	by, now := head.Actor(), time.Now()
	open := answeredCase(t, s, storetest.Filing(storetest.Peer(1), now), by)
	do(t, s, open.ID, tiepdan.Act{Do: tiepdan.CloseCase, By: by})
	about := answeredCase(t, s, storetest.Filing(storetest.Peer(2), now), by)
	do(t, s, about.ID, tiepdan.Act{Do: tiepdan.Bar, By: by, Reason: "Người bị phản ánh", Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{barred.ID}}}})
	do(t, s, about.ID, tiepdan.Act{Do: tiepdan.CloseCase, By: by})
	secret := deskDenunciation(t, s, by)
	today := tiepdan.DateOf(now)
	for _, x := range []struct {
		who  string
		by   tiepdan.Staff
		want int
	}{
		{"who is cleared has all", head, 3}, {"who isn't has no sealed ones", plain, 2}, {"whom one is about hasn't that", barred, 2},
		{"a unit's head has the unit's", theirs, 2}, {"another unit's none", others, 0},
	} {
		f := tiepdan.ResultFilter{By: x.by.Actor(), From: today, Until: today.Add(1)}
		list, _, err := s.Results(t.Context(), f)
		sum, err2 := s.SumResults(t.Context(), f)
		if err != nil || err2 != nil || len(list) != x.want || sum.N != x.want {
			t.Errorf("%s: %d of them, %d counted, want %d (%v, %v)", x.who, len(list), sum.N, x.want, err, err2)
		}
	}
	list, _, err := s.Results(t.Context(), tiepdan.ResultFilter{By: by, From: today, Until: today.Add(1), Kind: tiepdan.PhanAnh, Unit: unit, Outcome: "done"})
	if err != nil || len(list) != 2 || list[0].Case != about.ID || list[0].Document != "12/UBND" || list[0].How != "chat" || len(list[0].ToldTo) != 1 || list[0].ToldTo[0] != head.ID {
		t.Errorf("the reports are %+v (%v)", list, err)
	}
	for name, f := range map[string]tiepdan.ResultFilter{
		"another kind": {Kind: tiepdan.KienNghi}, "another unit": {Unit: others.Unit}, "another outcome": {Outcome: "explained"}, "late ones": {Late: new(true)},
	} {
		f.By, f.From, f.Until = by, today, today.Add(1)
		if list, _, err := s.Results(t.Context(), f); err != nil || len(list) != 0 {
			t.Errorf("%s: %d (%v)", name, len(list), err)
		}
	}
	_ = secret
}

// deskDenunciation is a denunciation that was answered, handed over and closed.
func deskDenunciation(t *testing.T, s *store.Store, by tiepdan.Actor) tiepdan.Case {
	t.Helper()
	officer := storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "MT"), true)
	id := storetest.File(t, s, storetest.Petition(tiepdan.ToCao, rubbish), store.Filing{By: by, At: time.Now(), Channel: "desk"}).ID
	do(t, s, id, tiepdan.Act{Do: tiepdan.Assign, By: by, Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.ID}})
	do(t, s, id, tiepdan.Act{Do: tiepdan.Take, By: officer.Actor()})
	do(t, s, id, tiepdan.Act{Do: tiepdan.Propose, By: officer.Actor(), Text: "Kết luận mẫu", Details: tiepdan.Details{Result: "wrong", Evidence: "Biên bản mẫu",
		Signer: "Lãnh đạo Mẫu", Next: tiepdan.NextRights(tiepdan.ToCao, 1)[0], Document: "5/KL"}})
	do(t, s, id, tiepdan.Act{Do: tiepdan.Approve, By: by})
	do(t, s, id, tiepdan.Act{Do: tiepdan.RecordDelivery, By: by, Details: tiepdan.Details{How: "in_person", Outcome: tiepdan.DeliveryDone}})
	return do(t, s, id, tiepdan.Act{Do: tiepdan.CloseCase, By: by})
}

func TestResultsComeByPages(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	by := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	for i := range 5 {
		c := answeredCase(t, s, storetest.Filing(storetest.Peer(i), time.Now()), by)
		do(t, s, c.ID, tiepdan.Act{Do: tiepdan.CloseCase, By: by})
	}
	today := tiepdan.DateOf(time.Now())
	f := tiepdan.ResultFilter{By: by, From: today, Until: today.Add(1), Limit: 2}
	seen := map[int64]bool{}
	for pages := 1; ; pages++ {
		list, next, err := s.Results(t.Context(), f)
		if err != nil || pages > 3 {
			t.Fatal(pages, err)
		}
		for _, r := range list {
			seen[r.Case] = true
		}
		if f.After = next; next == "" {
			break
		}
	}
	if len(seen) != 5 {
		t.Errorf("%d of 5 were met", len(seen))
	}
}
