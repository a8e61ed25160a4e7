package store

import (
	"fmt"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

func letters(from, n int, id int64) []Update {
	us := make([]Update, n)
	for i := range us {
		us[i] = Update{ID: id + int64(i), Peer: person(from), Raw: fmt.Appendf(nil, `{"n":%d}`, i)}
	}
	return us
}

func TestAnUpdateIsAcceptedOnceHoweverOftenItComes(t *testing.T) {
	t.Parallel()
	s := mailStore(t)
	us := letters(1, 3, 100)
	us = append(us, us[0]) // twice in one batch
	if n := must[int](t)(s.AcceptUpdates(t.Context(), "telegram", us)); n != 3 {
		t.Errorf("%d are fresh, want 3", n)
	}
	if n := must[int](t)(s.AcceptUpdates(t.Context(), "telegram", us)); n != 0 {
		t.Errorf("%d are fresh the second time", n)
	}
	if n := must[int](t)(s.AcceptUpdates(t.Context(), "zalo", us[:1])); n != 1 {
		t.Error("another app's update of the same number isn't taken")
	}
	ok(t, s.PostEvent(t.Context(), person(1), []byte(`{}`)))
	ok(t, s.PostEvent(t.Context(), person(1), []byte(`{}`)))
	if n, _, err := s.InboxDepth(t.Context()); n != 6 || err != nil {
		t.Errorf("%d letters wait, want 6 (%v)", n, err)
	}
}

func TestConcurrentDeliveriesAreAcceptedTogetherAndOnce(t *testing.T) {
	t.Parallel()
	s := mailStore(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	fresh := 0
	for i := range 200 {
		all.Go(func() {
			n, err := s.AcceptUpdates(t.Context(), "telegram", letters(i%10, 2, int64(i/2*2))) // each pair comes twice
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			fresh += n
			mu.Unlock()
		})
	}
	all.Wait()
	if have := count(t, s, `SELECT count(*) FROM inbox`); fresh != 200 || have != 200 {
		t.Errorf("%d fresh, %d kept, want 200", fresh, have)
	}
}

func TestABatchKeepsItsOrder(t *testing.T) {
	t.Parallel()
	s := mailStore(t)
	us := letters(1, 50, 1)
	for i := range us {
		us[i].ID = int64(1000 - i*7%50*20 - i) // numbers need not rise
	}
	must[int](t)(s.AcceptUpdates(t.Context(), "telegram", us))
	ids := must[[]int64](t)(pgx.CollectRows(must[pgx.Rows](t)(s.db.Query(t.Context(), `SELECT update_id FROM inbox ORDER BY id`)), pgx.RowTo[int64]))
	for i := range us {
		if ids[i] != us[i].ID {
			t.Fatalf("place %d has update %d, want %d", i, ids[i], us[i].ID)
		}
	}
}

func TestALettersWordsCannotBeRead(t *testing.T) {
	t.Parallel()
	s := mailStore(t)
	must[int](t)(s.AcceptUpdates(t.Context(), "telegram", []Update{{ID: 1, Peer: person(1), Raw: []byte("SECRETWORDS")}}))
	if n := count(t, s, `SELECT count(*) FROM inbox i WHERE i::text LIKE '%' || encode('SECRETWORDS', 'hex') || '%' OR i::text LIKE '%1001%'`); n != 0 {
		t.Error("the inbox can be read")
	}
}

func TestAnOffsetIsKept(t *testing.T) {
	t.Parallel()
	s := mailStore(t)
	for _, want := range []int64{0, 41, 40} {
		if want != 0 {
			ok(t, s.SetOffset(t.Context(), "telegram", want))
		}
		if got := must[int64](t)(s.Offset(t.Context(), "telegram")); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	}
}

func TestCleaningForgetsOldUpdatesOnly(t *testing.T) {
	t.Parallel()
	s := mailStore(t)
	must[int](t)(s.AcceptUpdates(t.Context(), "telegram", letters(1, 2, 1)))
	_, err := s.db.Exec(t.Context(), `UPDATE inbox_seen SET seen_at = now() - interval '4 days' WHERE update_id = 1`)
	ok(t, err)
	ok(t, s.CleanMessages(t.Context()))
	if n := count(t, s, `SELECT count(*) FROM inbox_seen`); n != 1 {
		t.Errorf("%d are known, want the young one", n)
	}
}
