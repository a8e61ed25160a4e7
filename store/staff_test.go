package store_test

import (
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestAnInvitationBindsOneAccount(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	now := time.Now()
	admin := storetest.Staff(t, s, tiepdan.Administrator, 0, false).Actor()
	officer := storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "MT"), false)
	token, err := s.Invite(t.Context(), admin, officer.ID, now)
	if err != nil || len("join_"+token) > 64 {
		t.Fatalf("token of %d characters, %v", len(token), err)
	}
	first, second := storetest.Peer(1), storetest.Peer(2)
	join := func(token string, p tiepdan.Peer, at time.Time) error {
		_, err := s.Join(t.Context(), token, p, at)
		return err
	}
	for range 2 { // the same account may press the link again
		if err := join(token, first, now); err != nil {
			t.Fatal(err)
		}
	}
	refused := []error{join(token, second, now), join("wrong", second, now), join(token, first, now.Add(25*time.Hour))}
	for _, err := range refused {
		if err == nil || err.Error() != refused[1].Error() || tiepdan.CodeOf(err) != tiepdan.NotFound {
			t.Errorf("the refusals differ: %v", refused)
		}
	}
	if _, ok, _ := s.StaffByPeer(t.Context(), first); ok {
		t.Error("the account is a member's before anybody confirmed it")
	}
	pending, err := s.PendingJoins(t.Context())
	if err != nil || len(pending) != 1 || pending[0].Staff != officer.ID {
		t.Fatalf("pending: %+v, %v", pending, err)
	}
	if err := s.ConfirmJoin(t.Context(), admin, pending[0].ID, true, now); err != nil {
		t.Fatal(err)
	}
	if st, ok, err := s.StaffByPeer(t.Context(), first); err != nil || !ok || st.ID != officer.ID || !st.Joined {
		t.Errorf("the confirmed account is %+v, %v, %v", st, ok, err)
	}
	if n := count(t, s, `SELECT count(*) FROM outbox WHERE staff_id = $1 AND reply ->> 'key' = 'join.confirmed'`, officer.ID); n != 1 {
		t.Errorf("%d messages tell of it", n)
	}
	if err := s.ConfirmJoin(t.Context(), admin, pending[0].ID, true, now); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("confirmed twice: %v", err)
	}
}

func TestANewAccountReplacesTheOld(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	admin := storetest.Staff(t, s, tiepdan.Administrator, 0, false).Actor()
	leader := storetest.Staff(t, s, tiepdan.Leader, 0, false)
	for n := 1; n <= 2; n++ {
		token, err := s.Invite(t.Context(), admin, leader.ID, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Join(t.Context(), token, storetest.Peer(n), time.Now()); err != nil {
			t.Fatal(err)
		}
		pending, err := s.PendingJoins(t.Context())
		if err != nil || len(pending) != 1 {
			t.Fatalf("%+v, %v", pending, err)
		}
		if err := s.ConfirmJoin(t.Context(), admin, pending[0].ID, true, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if _, ok, _ := s.StaffByPeer(t.Context(), storetest.Peer(1)); ok {
		t.Error("the old account still is the member's")
	}
	if _, ok, _ := s.StaffByPeer(t.Context(), storetest.Peer(2)); !ok {
		t.Error("the new account isn't the member's")
	}
	if err := s.DisableStaff(t.Context(), admin, leader.ID, true); err != nil {
		t.Fatal(err)
	}
	if _, ok, _ := s.StaffByPeer(t.Context(), storetest.Peer(2)); ok {
		t.Error("a disabled member still acts by chat")
	}
	if _, err := s.Invite(t.Context(), admin, leader.ID, time.Now()); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("a disabled member was invited: %v", err)
	}
}

func TestOnlyTheLastInvitationCounts(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	admin := storetest.Staff(t, s, tiepdan.Administrator, 0, false).Actor()
	leader := storetest.Staff(t, s, tiepdan.Leader, 0, false)
	old, err := s.Invite(t.Context(), admin, leader.ID, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Invite(t.Context(), admin, leader.ID, time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Join(t.Context(), old, storetest.Peer(1), time.Now()); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("an older link: %v", err)
	}
}

func TestStaffSignInByOneName(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	st := storetest.Staff(t, s, tiepdan.Auditor, 0, false)
	if err := s.SetPassword(t.Context(), system, st.ID, "a hash"); err != nil {
		t.Fatal(err)
	}
	got, hash, err := s.StaffByLogin(t.Context(), " "+strings.ToUpper(st.Login))
	if err != nil || got.ID != st.ID || hash != "a hash" {
		t.Errorf("staff %d, %v", got.ID, err)
	}
	_, err = s.SaveStaff(t.Context(), system, tiepdan.Staff{Login: st.Login, Name: "Cán bộ Mẫu 9", Role: tiepdan.Auditor})
	if tiepdan.CodeOf(err) != tiepdan.Conflict {
		t.Errorf("a name that is taken: %v", err)
	}
	if _, _, err := s.StaffByLogin(t.Context(), "nobody"); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("nobody: %v", err)
	}
}
