package store_test

import (
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

func head(t *testing.T, s *store.Store) tiepdan.Actor {
	t.Helper()
	return storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
}

func blocked(t *testing.T, s *store.Store, p tiepdan.Peer) tiepdan.Account {
	t.Helper()
	a, err := s.Account(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestBlockingIsAPersonsDecisionWithAReason(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	by, p := head(t, s), storetest.Peer(1)
	first := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Nội dung mẫu thứ nhất"), storetest.Filing(p, time.Now()))
	second := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Nội dung mẫu thứ hai"), storetest.Filing(p, time.Now()))

	officer := storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "XD"), false).Actor()
	if err := s.BlockCaseAccount(t.Context(), officer, first.ID, "Chửi bới", false); tiepdan.CodeOf(err) != tiepdan.Forbidden {
		t.Errorf("an officer: %v", err)
	}
	if err := s.BlockCaseAccount(t.Context(), by, first.ID, "  ", false); tiepdan.CodeOf(err) != tiepdan.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	if err := s.BlockCaseAccount(t.Context(), by, first.ID, "Gửi tin quấy rối", false); err != nil {
		t.Fatal(err)
	}
	if err := s.BlockCaseAccount(t.Context(), by, second.ID, "Lần nữa", false); tiepdan.CodeOf(err) != tiepdan.Conflict {
		t.Errorf("twice: %v", err)
	}
	if a := blocked(t, s, p); !a.Blocked || a.BlockedReason != "Gửi tin quấy rối" {
		t.Errorf("%+v", a)
	}
	if a := blocked(t, s, storetest.Peer(2)); a.Blocked {
		t.Error("somebody else is blocked")
	}
	list, err := s.BlockedAccounts(t.Context(), system)
	if err != nil || len(list) != 1 || list[0].Code != first.Code || list[0].By != by.Staff || list[0].ByName == "" {
		t.Fatalf("%+v, %v", list, err)
	}
	if b, ok, err := s.CaseBlock(t.Context(), second.ID); err != nil || !ok || b.CaseID != first.ID {
		t.Errorf("seen from the other case: %+v, %v, %v", b, ok, err)
	}
	if err := s.BlockCaseAccount(t.Context(), by, second.ID, "", true); err != nil {
		t.Fatal(err)
	}
	if blocked(t, s, p).Blocked {
		t.Error("still blocked")
	}
}

func TestBlockOfADenouncerSharesNothingWithTheirAccount(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	by, p := head(t, s), storetest.Peer(1)
	c := storetest.File(t, s, storetest.Petition(tiepdan.ToCao, "Nội dung mẫu"), storetest.Filing(p, time.Now()))
	if err := s.BlockCaseAccount(t.Context(), by, c.ID, "Gửi tin quấy rối", false); err != nil {
		t.Fatal(err)
	}
	if !blocked(t, s, p).Blocked {
		t.Error("not blocked")
	}
	var known bool
	err := s.Pool().QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM blocks b JOIN accounts a ON a.key = b.owner)`).Scan(&known)
	if err != nil || known {
		t.Errorf("the block points to the account: %v", err)
	}
}

func TestBlockFollowsACaseThatIsSealed(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	by, p := head(t, s), storetest.Peer(1)
	told := storetest.File(t, s, storetest.Petition(tiepdan.ToCao, "Nội dung tố cáo mẫu"), storetest.Filing(p, time.Now()))
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Nội dung mẫu"), storetest.Filing(p, time.Now()))
	for _, id := range []int64{told.ID, c.ID} {
		if err := s.BlockCaseAccount(t.Context(), by, id, "Gửi tin quấy rối", false); err != nil {
			t.Fatal(err)
		}
	}
	classify := tiepdan.Act{Do: tiepdan.Classify, By: by, At: time.Now(), Details: tiepdan.Details{Kind: tiepdan.ToCao, Field: "moi_truong"},
		Field: tiepdan.Field{Code: "moi_truong", Active: true}, Kind: tiepdan.KindSetting{Kind: tiepdan.ToCao, Mode: tiepdan.Guide}}
	if _, _, err := s.UpdateCase(t.Context(), c.ID, classify.Apply); err != nil {
		t.Fatal(err)
	}
	list, err := s.BlockedAccounts(t.Context(), system)
	if err != nil || len(list) != 1 || list[0].CaseID != told.ID {
		t.Errorf("%+v, %v", list, err)
	}
	if !blocked(t, s, p).Blocked {
		t.Error("sealing a case lifted the block")
	}
}

func TestNobodyIsBlockedForADesksCase(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	by := head(t, s)
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Nội dung mẫu"), store.Filing{By: by, At: time.Now(), Channel: "desk"})
	if err := s.BlockCaseAccount(t.Context(), by, c.ID, "Lý do", false); tiepdan.CodeOf(err) != tiepdan.Invalid {
		t.Errorf("%v", err)
	}
}
