package store_test

import (
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestACodeOpensWithItsPINOnly(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	owner, other := storetest.Peer(1), storetest.Peer(2)
	plain := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(owner, time.Now()))
	secret := storetest.File(t, s, storetest.Petition(tiepdan.ToCao, rubbish), storetest.Filing(owner, time.Now()))
	pin, secretPIN := s.PIN(plain.Code), s.PIN(secret.Code)
	if c, err := s.Track(t.Context(), string(plain.Code), pin, other); err != nil || c.ID != plain.ID || !c.Person.IsZero() {
		t.Errorf("the right pair: case %d, %v", c.ID, err)
	}
	if c, err := s.Track(t.Context(), string(secret.Code), secretPIN, owner); err != nil || c.ID != secret.ID {
		t.Errorf("the denouncer's own: %v", err)
	}
	unknown := tiepdan.CaseCode("TD26-0000-0000")
	var answers []string
	for _, try := range [][2]string{
		{string(plain.Code), s.PIN(unknown)}, {string(unknown), s.PIN(unknown)}, {"gibberish", "000000"},
		{"", ""}, {string(plain.Code), "none"}, {string(secret.Code), secretPIN},
	} {
		_, err := s.Track(t.Context(), try[0], try[1], other)
		if tiepdan.CodeOf(err) != tiepdan.NotFound {
			t.Fatalf("a wrong pair: %v", err)
		}
		answers = append(answers, err.Error())
	}
	for _, a := range answers {
		if a != answers[0] {
			t.Errorf("the answers differ: %q and %q", a, answers[0])
		}
	}
}

func TestTryingCodesIsLimited(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	limited := false
	for range 30 {
		_, err := s.Track(t.Context(), "TD26-0000-0000", "000000", storetest.Peer(1))
		limited = limited || tiepdan.CodeOf(err) == tiepdan.Limited
	}
	if !limited {
		t.Error("thirty tries in a row were let through")
	}
}

func TestALinksTokenIsItsCases(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(1), time.Now()))
	token, err := s.CaseToken(t.Context(), c.ID)
	if err != nil || len("case_"+token) > 64 {
		t.Fatal(token, err)
	}
	if id, err := s.TrackToken(t.Context(), token); err != nil || id != c.ID {
		t.Errorf("the token is of case %d, %v", id, err)
	}
	if got, err := s.TrackByToken(t.Context(), token, s.PIN(c.Code), storetest.Peer(2)); err != nil || got.ID != c.ID {
		t.Errorf("token and PIN: case %d, %v", got.ID, err)
	}
	if _, err := s.TrackByToken(t.Context(), token+"x", s.PIN(c.Code), storetest.Peer(2)); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("a wrong token: %v", err)
	}
}

func TestSimilarAsksForOwnOpenCasesOnly(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	peer := storetest.Peer(1)
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(peer, time.Now()))
	storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Đèn đường phố Mẫu tắt từ tuần trước."), storetest.Filing(peer, time.Now()))
	again := "Rac o dau ngo Mau 12/4 da muoi ngay khong ai don!"
	if got, err := s.Similar(t.Context(), peer, again); err != nil || len(got) != 1 || got[0].ID != c.ID {
		t.Errorf("%d alike, %v", len(got), err)
	}
	if got, err := s.Similar(t.Context(), storetest.Peer(2), again); err != nil || len(got) != 0 {
		t.Errorf("%d of somebody else's are alike, %v", len(got), err)
	}
}
