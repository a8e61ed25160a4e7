package store_test

import (
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// second is a petition that follows an earlier case.
func second(kind tiepdan.Kind, earlier int64) tiepdan.Petition {
	p := storetest.Petition(kind, "Quyết định lần đầu chưa xem xét giấy tờ gốc của gia đình.")
	p.Earlier = earlier
	return p
}

func TestASecondRoundIsLinkedBothWays(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	for i, kind := range []tiepdan.Kind{tiepdan.KhieuNai, tiepdan.ToCao} {
		at := storetest.Filing(storetest.Peer(i+1), time.Now())
		first := storetest.File(t, s, storetest.Petition(kind, rubbish), at)
		next := storetest.File(t, s, second(kind, first.ID), at)
		read, err := s.Case(t.Context(), next.ID)
		if err != nil {
			t.Fatal(err)
		}
		if read.Round != 2 || read.Earlier != first.ID || len(read.Links) != 1 || read.Links[0].Kind != tiepdan.SecondRound || !read.Links[0].From {
			t.Errorf("%s: %+v", kind, read)
		}
		if !read.Received.Equal(next.Received) || read.Legal != next.Legal {
			t.Errorf("%s doesn't count from its own day: %v, %v", kind, read.Received, read.Legal)
		}
		if read, err = s.Case(t.Context(), first.ID); err != nil || len(read.Links) != 1 || read.Links[0].From || read.Links[0].Case != next.ID {
			t.Errorf("%s: the first has %+v, %v", kind, read.Links, err)
		}
		if m := matters(t, s, []int64{first.ID, next.ID}); m[0] == 0 || m[0] != m[1] {
			t.Errorf("%s: matters %v", kind, m)
		}
	}
}

func TestOnlyOnesOwnCaseIsFollowed(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	now := time.Now()
	mine := storetest.Filing(storetest.Peer(1), now)
	first := storetest.File(t, s, storetest.Petition(tiepdan.KhieuNai, rubbish), mine)
	secret := storetest.File(t, s, storetest.Petition(tiepdan.ToCao, rubbish), mine)
	desk := store.Filing{By: storetest.Staff(t, s, tiepdan.Receptionist, 0, true).Actor(), At: now, Channel: "desk"}
	for _, x := range []struct {
		fact    string
		p       tiepdan.Petition
		f       store.Filing
		follows bool
	}{
		{"a stranger's petition is a first one", second(tiepdan.KhieuNai, first.ID), storetest.Filing(storetest.Peer(2), now), false},
		{"another kind is a first one", second(tiepdan.PhanAnh, first.ID), mine, false},
		{"a case that isn't there", second(tiepdan.KhieuNai, 99_999), mine, false},
		{"a denunciation doesn't follow a complaint", second(tiepdan.ToCao, first.ID), mine, false},
		{"a complaint doesn't follow a denunciation", second(tiepdan.KhieuNai, secret.ID), mine, false},
		{"the desk ties nobody to a denunciation", second(tiepdan.ToCao, secret.ID), desk, false},
		{"the desk takes in a second complaint", second(tiepdan.KhieuNai, first.ID), desk, true},
	} {
		k := storetest.File(t, s, x.p, x.f)
		read, err := s.Case(t.Context(), k.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := read.Round == 2 && read.Earlier != 0 && len(read.Links) == 1; got != x.follows || !got && (read.Round != 1 || read.Earlier != 0 || len(read.Links) != 0) {
			t.Errorf("%s: round %d, earlier %d, links %+v", x.fact, read.Round, read.Earlier, read.Links)
		}
	}
}

func TestSatisfactionIsCounted(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	now := time.Now()
	citizen, clerk := tiepdan.Actor{Role: tiepdan.Citizen}, storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	do := func(id int64, a tiepdan.Act) {
		t.Helper()
		a.At = now
		if _, _, err := s.UpdateCase(t.Context(), id, a.Apply); err != nil {
			t.Fatal(err)
		}
	}
	answered := func() int64 {
		id := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(1), now)).ID
		do(id, tiepdan.Act{Do: tiepdan.Assign, By: clerk, Details: tiepdan.Details{Unit: storetest.Unit(t, s, "P1")}})
		do(id, tiepdan.Act{Do: tiepdan.Take, By: clerk})
		do(id, tiepdan.Act{Do: tiepdan.Answer, By: clerk, Text: "Xong"})
		return id
	}
	rate := func(id int64, rating int, why, words string) {
		do(id, tiepdan.Act{Do: tiepdan.Rate, By: citizen, Text: words, Details: tiepdan.Details{Rating: rating, Unhappy: why}})
	}
	good, fair, bad, silent := answered(), answered(), answered(), answered()
	rate(good, 1, "", "")
	rate(good, 3, "", "") // changed
	rate(fair, 2, "", "")
	rate(bad, 1, "slow", "")
	rate(bad, 1, "", "Chậm quá") // words after the reason don't take it away
	do(silent, tiepdan.Act{Do: tiepdan.Reopen, By: clerk, Reason: "Xem lại"})
	counts, err := s.Satisfaction(t.Context(), clerk, now.Add(-time.Hour), now.Add(time.Hour))
	if err != nil || len(counts) != 2 { // the one that was opened again is nobody's by now
		t.Fatalf("%+v, %v", counts, err)
	}
	n := counts[0].Plus(counts[1])
	n.Kind = counts[1].Kind
	if n.Answered != 4 || n.Rated() != 3 || n.Satisfied != 1 || n.Fair != 1 || n.Unsatisfied != 1 || n.Discontents["slow"] != 1 || n.Asked != 4 || n.Reopened != 1 || n.Kind != tiepdan.PhanAnh {
		t.Errorf("%+v", n)
	}
	words, err := s.SatisfactionWords(t.Context(), clerk, now.Add(-time.Hour), now.Add(time.Hour), 10)
	if err != nil || len(words) != 1 || words[0].Case != bad || words[0].Words != "Chậm quá" || words[0].Rating != 1 {
		t.Errorf("said %+v, %v", words, err)
	}
	stranger := storetest.Staff(t, s, tiepdan.UnitHead, storetest.Unit(t, s, "XD"), true).Actor()
	if words, err = s.SatisfactionWords(t.Context(), stranger, now.Add(-time.Hour), now.Add(time.Hour), 10); err != nil || len(words) != 0 {
		t.Errorf("who may not read the case reads %+v, %v", words, err)
	}
	if counts, err = s.Satisfaction(t.Context(), clerk, now.Add(time.Hour), now.Add(2*time.Hour)); err != nil || len(counts) != 0 {
		t.Errorf("another period has %+v, %v", counts, err)
	}
}
