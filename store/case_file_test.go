package store_test

import (
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

const rubbish = "Rác ở đầu ngõ Mẫu 12/4 đã mười ngày không ai dọn."

// count is a number that a query gives.
func count(t *testing.T, s *store.Store, sql string, args ...any) (n int) {
	t.Helper()
	if err := s.Pool().QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAPetitionIsFiledOnce(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	p := storetest.Petition(tiepdan.PhanAnh, rubbish, func(p *tiepdan.Petition) {
		p.Files = []tiepdan.Attachment{{SHA256: "aa", Name: "a.jpg", MIME: "image/jpeg", Size: 5, Class: "photo"}}
	})
	filing := storetest.Filing(storetest.Peer(1), time.Now())
	var made atomic.Int32
	ids := make([]int64, 50)
	var g errgroup.Group
	for i := range ids {
		g.Go(func() error {
			c, created, err := s.FileCase(t.Context(), p, filing)
			if created {
				made.Add(1)
			}
			ids[i] = c.ID
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	if made.Load() != 1 {
		t.Errorf("%d calls say that they made the case, want 1", made.Load())
	}
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("the calls returned different cases: %v", ids)
		}
	}
	for table, want := range map[string]int{"cases": 1, "entries": 1, "case_files": 1, "outbox": 1} {
		if n := count(t, s, "SELECT count(*) FROM "+table); n != want {
			t.Errorf("%s has %d rows, want %d", table, n, want)
		}
	}
	if n := count(t, s, "SELECT count(*) FROM audit WHERE action = 'submit' AND subject_id = $1", ids[0]); n != 1 {
		t.Errorf("there are %d audit rows of the filing, want 1", n)
	}
}

func TestAnothersDraftIsNotShown(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	p := storetest.Petition(tiepdan.PhanAnh, rubbish)
	storetest.File(t, s, p, storetest.Filing(storetest.Peer(1), time.Now()))
	if _, _, err := s.FileCase(t.Context(), p, storetest.Filing(storetest.Peer(2), time.Now())); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("another account with the same draft got %v, want NotFound", err)
	}
}

func TestWhatWasFiledIsReadBack(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	at := time.Date(2026, 3, 1, 10, 0, 0, 123456789, tiepdan.Hanoi) // a Sunday
	p := storetest.Petition(tiepdan.KhieuNai, rubbish, func(p *tiepdan.Petition) {
		p.Mode, p.Point = tiepdan.Prepare, &tiepdan.Point{Lat: 10.5, Lng: 106.5}
		p.Group = tiepdan.Group{People: 6, Representatives: []string{"Người Dân Mẫu 2"}}
	})
	filed := storetest.File(t, s, p, storetest.Filing(storetest.Peer(1), at))
	c, err := s.CaseByCode(t.Context(), filed.Code)
	if err != nil {
		t.Fatal(err)
	}
	if c.ID != filed.ID || c.Status != tiepdan.AwaitingOriginal || c.Legal != (tiepdan.Date{Year: 2026, Month: 3, Day: 2}) {
		t.Errorf("case %d, %s, legal day %v", c.ID, c.Status, c.Legal)
	}
	if c.Person != p.Person || c.Point == nil || *c.Point != *p.Point || c.Group.People != 6 || len(c.Group.Representatives) != 1 {
		t.Errorf("person, point or group differ: %v %v", c.Point, c.Group.People)
	}
	if len(c.History) != 1 || !c.Received.Equal(filed.Received) || !c.History[0].At.Equal(filed.History[0].At) {
		t.Errorf("history %d lines; received %v, as filed %v", len(c.History), c.Received, filed.Received)
	}
}

func TestTheSecurePageIsMergedAndGone(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	peer, now := storetest.Peer(1), time.Now()
	p := storetest.Petition(tiepdan.KhieuNai, rubbish, func(p *tiepdan.Petition) { p.Person.Name = "" })
	token, err := s.SecureLink(t.Context(), peer, p.ID, now)
	if err != nil {
		t.Fatal(err)
	}
	given := tiepdan.Person{Name: "Người Dân Mẫu 3", Address: "Số 1, Phường Mẫu 1"}
	if err := s.FillSecure(t.Context(), token, given, tiepdan.Group{}, "Phòng Xây dựng Mẫu", now); err != nil {
		t.Fatal(err)
	}
	c := storetest.File(t, s, p, storetest.Filing(peer, now))
	if c.Person.Name != given.Name || c.Person.Address != given.Address || c.Respondent != "Phòng Xây dựng Mẫu" {
		t.Error("what the secure page said isn't in the case")
	}
	if n := count(t, s, `SELECT (SELECT count(*) FROM secure_data) + (SELECT count(*) FROM secure_links)`); n != 0 {
		t.Errorf("%d rows of the secure page are left", n)
	}
}

func TestTheDeskFilesWithoutAnAccount(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	st := storetest.Staff(t, s, tiepdan.Receptionist, 0, false)
	p := storetest.Petition(tiepdan.KienNghi, rubbish)
	f := store.Filing{Language: tiepdan.Vietnamese, By: st.Actor(), At: time.Now(), Channel: "desk"}
	c := storetest.File(t, s, p, f)
	if again, created, err := s.FileCase(t.Context(), p, f); err != nil || created || again.ID != c.ID {
		t.Errorf("the form sent again gave case %d, created %v, %v", again.ID, created, err)
	}
	got, err := s.Case(t.Context(), c.ID)
	if err != nil || got.History[0].By.Staff != st.ID || got.History[0].Name != st.Name || got.Channel != "desk" {
		t.Errorf("the case isn't the receptionist's filing: %v", err)
	}
	if n := count(t, s, `SELECT count(*) FROM cases WHERE owner IS NOT NULL`); n != 0 {
		t.Error("a case from the desk has an account")
	}
}
