package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
	"tiepdan/internal/plenty"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

var seedDay = tiepdan.Date{Year: 2026, Month: time.November, Day: 20}

// world begins a seed with the people whom it needs.
func world(t *testing.T, s *store.Store, want store.SampleSeed) (store.SampleSeed, *plenty.World) {
	t.Helper()
	had, err := s.BeginSeed(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := s.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var staff []tiepdan.Staff
	for _, p := range plenty.Staff(rules.Units) {
		found, _, err := s.StaffByLogin(t.Context(), p.Login)
		if err != nil {
			found = p
			if found.ID, err = s.SaveStaff(t.Context(), system, p); err != nil {
				t.Fatal(err)
			}
		}
		staff = append(staff, found)
	}
	w, err := plenty.NewWorld(uint64(had.Seed), had.Cases, had.On, had.First, rules, staff)
	if err != nil {
		t.Fatal(err)
	}
	return had, w
}

// seeded is a store with n sample cases.
func seeded(t *testing.T, n int, options ...storetest.Option) *store.Store {
	t.Helper()
	s := storetest.Open(t, options...)
	had, w := world(t, s, store.SampleSeed{Seed: 5, Cases: n, On: seedDay})
	if err := s.FillSeed(t.Context(), had, w, func(int) {}); err != nil {
		t.Fatal(err)
	}
	return s
}

// digest is what the rows of the cases are, as one number.
const digest = `SELECT hashtextextended(string_agg(t, ','), 0) FROM (
	SELECT (c.*)::text AS t FROM cases c UNION ALL SELECT (e.*)::text FROM entries e UNION ALL SELECT (b.*)::text FROM book b ORDER BY 1) r`

func TestASeedThatWasKilledGoesOnAndEndsTheSame(t *testing.T) {
	t.Parallel()
	const n = 4500
	whole := seeded(t, n)
	s := storetest.Open(t)
	begin := store.SampleSeed{Seed: 5, Cases: n, On: seedDay, Apart: true}
	before := count(t, s, `SELECT count(*) FROM pg_indexes WHERE tablename IN ('cases', 'entries')`)
	had, w := world(t, s, begin)
	ctx, kill := context.WithCancel(t.Context())
	if err := s.FillSeed(ctx, had, w, func(int) { kill() }); !errors.Is(err, context.Canceled) {
		t.Fatalf("killed, it ends with %v", err)
	}
	if left := count(t, s, `SELECT count(*) FROM pg_indexes WHERE tablename IN ('cases', 'entries')`); left >= before {
		t.Errorf("no index was dropped: %d of %d", left, before)
	}
	if had, w = world(t, s, begin); had.Done == 0 || had.Done >= n {
		t.Fatalf("%d of %d were there", had.Done, n)
	}
	if err := s.FillSeed(t.Context(), had, w, func(int) {}); err != nil {
		t.Fatal(err)
	}
	if after := count(t, s, `SELECT count(*) FROM pg_indexes WHERE tablename IN ('cases', 'entries')`); after != before {
		t.Errorf("%d indexes, want %d", after, before)
	}
	if a, b := count(t, s, digest), count(t, whole, digest); a != b || a == 0 {
		t.Error("it isn't what one run makes")
	}
	if gaps := count(t, s, `SELECT coalesce(sum(last - n), 0) FROM (SELECT max(number) AS last, count(*) AS n FROM book GROUP BY year) y`); gaps != 0 {
		t.Errorf("the book has %d gaps", gaps)
	}
	if _, err := s.BeginSeed(t.Context(), store.SampleSeed{Seed: 5, Cases: n + 1, On: seedDay}); err == nil {
		t.Error("the same seed makes another number of cases")
	}
}

func TestAStartMakesTheIndexesThatAKilledSeedLeft(t *testing.T) {
	t.Parallel()
	dsn := storetest.Database(t)
	s := storetest.Open(t, storetest.WithDatabase(dsn))
	had, w := world(t, s, store.SampleSeed{Seed: 5, Cases: 2500, On: seedDay, Apart: true})
	ctx, kill := context.WithCancel(t.Context())
	if err := s.FillSeed(ctx, had, w, func(int) { kill() }); err == nil {
		t.Fatal("it wasn't killed")
	}
	if _, err := store.Migrate(t.Context(), dsn); err != nil {
		t.Fatal(err)
	}
	if n := count(t, s, `SELECT count(*) FROM pg_indexes WHERE indexname IN ('cases_search', 'cases_newest', 'cases_due')`); n != 3 {
		t.Errorf("%d of three indexes", n)
	}
}

func TestWhatIsSeededIsFoundUpdatedAndNumbered(t *testing.T) {
	t.Parallel()
	s := seeded(t, 3000)
	first := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Một việc mới sau dữ liệu mẫu"), storetest.Filing(storetest.Peer(1), seedDay.Add(1).Time()))
	if n, err := s.NumberCases(t.Context()); err != nil || n != 1 {
		t.Errorf("%d numbered, %v", n, err)
	}
	if first.ID != 3001 {
		t.Errorf("the next case is %d", first.ID)
	}
	rows, err := s.Pool().Query(t.Context(), `SELECT id FROM cases WHERE NOT sealed AND status IN ('received', 'assigned', 'in_progress') LIMIT 20`)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil || len(ids) == 0 {
		t.Fatal(len(ids), err)
	}
	for _, id := range ids {
		before, err := s.Case(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		do(t, s, id, tiepdan.Act{Do: tiepdan.Note, By: tiepdan.Actor{Role: tiepdan.BoardHead, Staff: before.History[1%len(before.History)].By.Staff, Cleared: true},
			At: seedDay.Add(1).Time(), Text: "Ghi chú mẫu"})
	}
	if _, err := s.Pool().Exec(t.Context(), `INSERT INTO recounts (by_staff, by_role, begun, whole) VALUES (0, 'system', now(), true)`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ContinueRecounts(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, err := s.LastRecount(t.Context()); err != nil || !n.Done || n.Moved != 0 || len(n.Promised) != 0 {
		t.Errorf("%+v due days weren't what the rules say, %v", n, err)
	}
	if n := count(t, s, `SELECT count(*) FROM cases WHERE remains_on IS NOT NULL`); n == 0 {
		t.Error("nothing is owed after an answer")
	}
	if got := found(t, s, store.CaseFilter{By: system, Words: "nguoi dan mau 77"}); len(got) == 0 {
		t.Error("nobody is found by name")
	}
}

func TestARealOfficeIsNotSeeded(t *testing.T) {
	t.Parallel()
	dsn, key := storetest.Database(t), storetest.Key()
	s := storetest.Open(t, storetest.WithDatabase(dsn), storetest.WithKey(key))
	if _, err := s.Pool().Exec(t.Context(), `UPDATE office SET sample = false`); err != nil {
		t.Fatal(err)
	}
	again := storetest.Open(t, storetest.WithDatabase(dsn), storetest.WithKey(key))
	if _, err := again.BeginSeed(t.Context(), store.SampleSeed{Seed: 1, Cases: 10, On: seedDay}); err == nil {
		t.Error("an office that is no sample would be filled with samples")
	}
	if n := count(t, s, `SELECT count(*) FROM cases`); n != 0 {
		t.Errorf("%d cases", n)
	}
}
