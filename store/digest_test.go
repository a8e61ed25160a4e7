package store_test

import (
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

var digestDay = tiepdan.Date{Year: 2026, Month: 11, Day: 4} // a Wednesday

// reachable gives a member of staff a chat account.
func reachable(t *testing.T, s *store.Store, n int, st tiepdan.Staff) tiepdan.Staff {
	t.Helper()
	now := digestDay.At(8 * 60)
	token, err := s.Invite(t.Context(), tiepdan.Actor{Role: tiepdan.System}, st.ID, now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Join(t.Context(), token, storetest.Peer(n), now); err != nil {
		t.Fatal(err)
	}
	waiting, err := s.PendingJoins(t.Context())
	if err != nil || len(waiting) != 1 {
		t.Fatal(waiting, err)
	}
	if err := s.ConfirmJoin(t.Context(), tiepdan.Actor{Role: tiepdan.System}, waiting[0].ID, true, now); err != nil {
		t.Fatal(err)
	}
	return st
}

// fileOwed files a case that stands so and falls due then.
func fileOwed(t *testing.T, s *store.Store, now time.Time, due tiepdan.Date, status string, acts ...tiepdan.Act) {
	t.Helper()
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Cây đổ ở ngõ mẫu."), storetest.Filing(storetest.Peer(100), now.Add(-time.Hour)))
	for _, act := range acts {
		if _, _, err := s.UpdateCase(t.Context(), c.ID, act.Apply); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Pool().Exec(t.Context(), `UPDATE cases SET due_on = $2, status = $3 WHERE id = $1`, c.ID, due, status); err != nil {
		t.Fatal(err)
	}
}

func TestDigestsCountWhatIsTheirs(t *testing.T) {
	t.Parallel()
	now := digestDay.At(8 * 60)
	s := storetest.Open(t, storetest.WithNow(func() time.Time { return now }))
	xd, mt := storetest.Unit(t, s, "XD"), storetest.Unit(t, s, "MT")
	desk := storetest.Staff(t, s, tiepdan.Receptionist, 0, false)
	officer := reachable(t, s, 1, storetest.Staff(t, s, tiepdan.Officer, mt, false))
	head := reachable(t, s, 2, storetest.Staff(t, s, tiepdan.UnitHead, mt, false))
	other := reachable(t, s, 3, storetest.Staff(t, s, tiepdan.UnitHead, xd, false))
	board := reachable(t, s, 4, storetest.Staff(t, s, tiepdan.BoardHead, 0, false))
	leader := reachable(t, s, 5, storetest.Staff(t, s, tiepdan.Leader, 0, false))
	reachable(t, s, 6, storetest.Staff(t, s, tiepdan.Auditor, 0, false)) // gets none
	storetest.Staff(t, s, tiepdan.Officer, mt, false)                    // has no account

	file := func(due tiepdan.Date, change string, acts ...tiepdan.Act) { fileOwed(t, s, now, due, change, acts...) }
	give := tiepdan.Act{Do: tiepdan.Assign, By: desk.Actor(), At: now, Details: tiepdan.Details{Unit: mt, Officer: officer.ID}}
	file(digestDay.Add(-1), "assigned", give)
	file(digestDay, "assigned", give)
	file(tiepdan.Date{Year: 2026, Month: 11, Day: 9}, "assigned", give) // the third working day: a weekend lies between
	file(tiepdan.Date{Year: 2026, Month: 11, Day: 10}, "assigned", give)
	file(digestDay.Add(-3), "received") // nobody has it
	file(digestDay, "in_review", give)  // it waits for the leader
	file(digestDay, "closed")
	got, err := s.Digests(t.Context(), digestDay)
	if err != nil {
		t.Fatal(err)
	}
	want := []tiepdan.Digest{
		{Staff: officer.ID, Role: tiepdan.Officer, Unit: mt, New: 4, DueSoon: 3, Overdue: 1},
		{Staff: head.ID, Role: tiepdan.UnitHead, Unit: mt, New: 4, DueSoon: 3, Overdue: 1},
		{Staff: other.ID, Role: tiepdan.UnitHead, Unit: xd},
		{Staff: board.ID, Role: tiepdan.BoardHead, New: 1, DueSoon: 3, Overdue: 2},
		{Staff: leader.ID, Role: tiepdan.Leader, New: 1, DueSoon: 3, Overdue: 2},
	}
	if len(got) != len(want) {
		t.Fatalf("%d digests, not %d: %+v", len(got), len(want), got)
	}
	for i, d := range got {
		if w := want[i]; d.Staff != w.Staff || d.Role != w.Role || d.Unit != w.Unit || d.New != w.New || d.DueSoon != w.DueSoon || d.Overdue != w.Overdue {
			t.Errorf("%+v, not %+v", d, w)
		}
	}
}

func TestOnlyOpenCasesAreReadForDigests(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	conn, err := s.Pool().Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	var open []string
	for _, st := range tiepdan.Statuses() {
		if st.Open() {
			open = append(open, string(st))
		}
	}
	if _, err := conn.Exec(t.Context(), `SET enable_seqscan = off`); err != nil {
		t.Fatal(err)
	}
	defer conn.Exec(t.Context(), `RESET enable_seqscan`)
	var plan string
	// The index serves only if it holds just the states that the lifecycle calls open.
	if err := conn.QueryRow(t.Context(), `EXPLAIN (FORMAT JSON) SELECT unit, officer, status, count(*) FROM cases WHERE status = ANY($1)
		GROUP BY unit, officer, status`, open).Scan(&plan); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan, `"cases_open`) {
		t.Errorf("all cases are read: %s", plan)
	}
	for _, index := range []string{"cases_open", "cases_open_list"} {
		if n := strings.Count(indexOf(t, s, index), "::text,"); n != len(open)-1 {
			t.Errorf("%s has %d states, the lifecycle %d", index, n+1, len(open))
		}
	}
}

func indexOf(t *testing.T, s *store.Store, name string) (definition string) {
	t.Helper()
	if err := s.Pool().QueryRow(t.Context(), `SELECT indexdef FROM pg_indexes WHERE indexname = $1`, name).Scan(&definition); err != nil {
		t.Fatal(err)
	}
	return definition
}

func TestPostToStaffOnce(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	st := reachable(t, s, 1, storetest.Staff(t, s, tiepdan.Leader, 0, false))
	silent := storetest.Staff(t, s, tiepdan.Leader, 0, false)
	for i, want := range []bool{true, false} {
		posted, err := s.PostToStaff(t.Context(), st.ID, []byte(`{"key":"digest.morning"}`), "digest:mau")
		if err != nil || posted != want {
			t.Errorf("time %d: posted is %v, %v", i+1, posted, err)
		}
	}
	if posted, err := s.PostToStaff(t.Context(), silent.ID, []byte(`{}`), "digest:mau2"); err != nil || posted {
		t.Errorf("who has no account: posted is %v, %v", posted, err)
	}
	if _, err := s.PostToStaff(t.Context(), st.ID, []byte(`{`), "digest:mau3"); err == nil {
		t.Error("what isn't JSON was posted")
	}
	var got []store.Message
	for { // before it stands the word that their account was confirmed
		ms, err := s.ClaimMessages(t.Context(), 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(ms) == 0 {
			break
		}
		for _, m := range ms {
			if err := s.Delivered(t.Context(), m, "1"); err != nil {
				t.Fatal(err)
			}
		}
		got = append(got, ms...)
	}
	last := got[len(got)-1]
	if last.Peer != storetest.Peer(1) || last.Staff != st.ID || !strings.Contains(string(last.Reply), "digest.morning") {
		t.Errorf("the message of staff %d is %q", last.Staff, last.Reply)
	}
}
