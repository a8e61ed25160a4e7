package store_test

import (
	"errors"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// do acts on a case and must succeed.
func do(t *testing.T, s *store.Store, id int64, a tiepdan.Act) tiepdan.Case {
	t.Helper()
	if a.At.IsZero() {
		a.At = time.Now()
	}
	c, _, err := s.UpdateCase(t.Context(), id, a.Apply)
	if err != nil {
		t.Fatalf("%s: %v", a.Do, err)
	}
	return c
}

func TestChangesOfOneCaseTakeTurns(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, false)
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(1), time.Now()))
	const writers = 20
	var g errgroup.Group
	for range writers {
		g.Go(func() error {
			_, _, err := s.UpdateCase(t.Context(), c.ID, tiepdan.Act{Do: tiepdan.Note, By: head.Actor(), At: time.Now(), Text: "Ghi chú mẫu"}.Apply)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	got, err := s.Case(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.History) != 1+writers {
		t.Fatalf("the history has %d lines, want %d", len(got.History), 1+writers)
	}
	for i, e := range got.History {
		if e.N != i+1 {
			t.Errorf("line %d is numbered %d", i+1, e.N)
		}
	}
}

func TestOnlyOneTakesACase(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	unit := storetest.Unit(t, s, "MT")
	head, officer := storetest.Staff(t, s, tiepdan.BoardHead, 0, false), storetest.Staff(t, s, tiepdan.Officer, unit, false)
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(1), time.Now()))
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Assign, By: head.Actor(), Details: tiepdan.Details{Unit: unit, Officer: officer.ID}})
	results := make(chan error, 8)
	for range cap(results) {
		go func() {
			_, _, err := s.UpdateCase(t.Context(), c.ID, tiepdan.Act{Do: tiepdan.Take, By: officer.Actor(), At: time.Now()}.Apply)
			results <- err
		}()
	}
	taken := 0
	for range cap(results) {
		if err := <-results; err == nil {
			taken++
		} else if tiepdan.CodeOf(err) != tiepdan.Conflict {
			t.Error(err)
		}
	}
	if taken != 1 {
		t.Errorf("the case was taken %d times", taken)
	}
}

func TestARefusedChangeLeavesNothing(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(1), time.Now()))
	everything := `SELECT (SELECT count(*) FROM entries) + (SELECT count(*) FROM audit) + (SELECT count(*) FROM outbox)`
	before := count(t, s, everything)
	no := errors.New("no")
	_, _, err := s.UpdateCase(t.Context(), c.ID, func(c tiepdan.Case) (tiepdan.Case, tiepdan.Entry, error) { return c, tiepdan.Entry{}, no })
	if !errors.Is(err, no) {
		t.Errorf("the change's own error is %v", err)
	}
	if _, _, err := s.UpdateCase(t.Context(), c.ID+1000, nil); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("a case that isn't there: %v", err)
	}
	if after := count(t, s, everything); after != before {
		t.Errorf("%d rows were written", after-before)
	}
}

func TestAnAnswerGoesOutWithItsFilesAndClosesTheClock(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	unit := storetest.Unit(t, s, "MT")
	head, officer := storetest.Staff(t, s, tiepdan.BoardHead, 0, false), storetest.Staff(t, s, tiepdan.Officer, unit, false)
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(1), time.Now()))
	if n := count(t, s, `SELECT count(*) FROM cases WHERE due_on IS NOT NULL`); n != 1 {
		t.Fatal("a new case has no due day")
	}
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Assign, By: head.Actor(), Details: tiepdan.Details{Unit: unit, Officer: officer.ID}})
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Take, By: officer.Actor()})
	file := tiepdan.Attachment{SHA256: "bb", Name: "trả lời.pdf", MIME: "application/pdf", Size: 9, Class: "document"}
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Answer, By: officer.Actor(), Text: "Đã dọn.", Files: []tiepdan.Attachment{file}})
	got, err := s.OwnCase(t.Context(), storetest.Peer(1), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	last := got.History[len(got.History)-1]
	if got.Status != tiepdan.Answered || len(last.Files) != 1 || last.Files[0] != file || len(got.Files) != 1 {
		t.Errorf("status %s, files %v", got.Status, last.Files)
	}
	if n := count(t, s, `SELECT count(*) FROM cases WHERE due_on IS NOT NULL`); n != 0 {
		t.Error("an answered case still has a due day")
	}
	if n := count(t, s, `SELECT count(*) FROM outbox WHERE key = 'notice.answered' AND audience = 'citizen'`); n != 1 {
		t.Errorf("%d messages carry the answer, want 1", n)
	}
}
