package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// filed are n new cases, of a person each.
func filed(t *testing.T, s *store.Store, kind tiepdan.Kind, n int) (ids []int64) {
	t.Helper()
	for i := range n {
		ids = append(ids, storetest.File(t, s, storetest.Petition(kind, rubbish), storetest.Filing(storetest.Peer(100+i), time.Now())).ID)
	}
	return ids
}

func linking(do tiepdan.Action, by tiepdan.Actor, other int64, kind tiepdan.LinkKind) tiepdan.Act {
	return tiepdan.Act{Do: do, By: by, At: time.Now(), Details: tiepdan.Details{Other: other, Link: kind}}
}

func link(t *testing.T, s *store.Store, by tiepdan.Actor, id, other int64, kind tiepdan.LinkKind) tiepdan.Case {
	t.Helper()
	c, err := s.LinkCases(t.Context(), id, linking(tiepdan.Link, by, other, kind))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// matters are which matter each of the cases belongs to; 0: its own.
func matters(t *testing.T, s *store.Store, ids []int64) (of []int64) {
	t.Helper()
	for _, id := range ids {
		of = append(of, int64(count(t, s, `SELECT coalesce(matter, 0) FROM cases WHERE id = $1`, id)))
	}
	return of
}

func TestALinkStandsInBothHistories(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, false).Actor()
	ids := filed(t, s, tiepdan.PhanAnh, 2)
	for range 2 { // the second time it stands already
		link(t, s, head, ids[1], ids[0], tiepdan.SameMatter)
	}
	for i, id := range ids {
		c, err := s.Case(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		l, ok := c.LinkTo(ids[1-i])
		last := c.History[len(c.History)-1]
		if !ok || l.Kind != tiepdan.SameMatter || l.From != (i == 1) || len(c.History) != 2 || last.Do != tiepdan.Link || last.Details.Other != ids[1-i] {
			t.Errorf("case %d: %+v, %d lines, the last %+v", i, l, len(c.History), last.Details)
		}
	}
	if n := count(t, s, `SELECT count(*) FROM audit WHERE action = 'link'`); n != 2 {
		t.Errorf("%d audit rows, want 2", n)
	}
	for range 2 {
		if _, err := s.LinkCases(t.Context(), ids[0], linking(tiepdan.Unlink, head, ids[1], "")); err != nil {
			t.Fatal(err)
		}
	}
	if n := count(t, s, `SELECT count(*) FROM case_links`) + count(t, s, `SELECT count(*) FROM cases WHERE matter IS NOT NULL`); n != 0 {
		t.Error("a link or its matter is left")
	}
	if n := count(t, s, `SELECT count(*) FROM entries WHERE action = 'unlink'`); n != 2 {
		t.Errorf("%d lines of the unlinking, want 2", n)
	}
}

func TestAMatterIsWhatIsLinkedTogether(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, false).Actor()
	ids := filed(t, s, tiepdan.PhanAnh, 5)
	link(t, s, head, ids[3], ids[2], tiepdan.SameMatter)
	link(t, s, head, ids[1], ids[0], tiepdan.SameContent)
	link(t, s, head, ids[3], ids[1], tiepdan.SameMatter)
	link(t, s, head, ids[4], ids[3], tiepdan.Related)
	if got, want := matters(t, s, ids), []int64{ids[0], ids[0], ids[0], ids[0], 0}; !slices.Equal(got, want) {
		t.Errorf("linked: %v, want %v", got, want)
	}
	unlink := func(id, other int64) {
		t.Helper()
		if _, err := s.LinkCases(t.Context(), id, linking(tiepdan.Unlink, head, other, "")); err != nil {
			t.Fatal(err)
		}
	}
	unlink(ids[1], ids[3])
	if got, want := matters(t, s, ids), []int64{ids[0], ids[0], ids[2], ids[2], 0}; !slices.Equal(got, want) {
		t.Errorf("cut in two: %v, want %v", got, want)
	}
	unlink(ids[0], ids[1])
	if got, want := matters(t, s, ids), []int64{0, 0, ids[2], ids[2], 0}; !slices.Equal(got, want) {
		t.Errorf("alone: %v, want %v", got, want)
	}
}

func TestNobodyLinksWhatTheyMayNotSee(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head, desk := storetest.Staff(t, s, tiepdan.BoardHead, 0, true), storetest.Staff(t, s, tiepdan.Receptionist, 0, false)
	about := storetest.Staff(t, s, tiepdan.Leader, 0, true)
	open, sealed := filed(t, s, tiepdan.PhanAnh, 3), filed(t, s, tiepdan.ToCao, 2)
	do(t, s, open[2], tiepdan.Act{Do: tiepdan.Bar, By: head.Actor(), Reason: "Đơn nói về người này", Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{about.ID}}}})
	for _, x := range []struct {
		fact      string
		by        tiepdan.Staff
		id, other int64
		code      tiepdan.Code
	}{
		{"whom it is about", about, open[0], open[2], tiepdan.NotFound},
		{"whom it is about, from it", about, open[2], open[0], tiepdan.NotFound},
		{"a sealed one with one that names somebody", head, sealed[0], open[0], tiepdan.Invalid},
		{"one that names somebody with a sealed one", head, open[0], sealed[0], tiepdan.Invalid},
		{"sealed ones by somebody uncleared", desk, sealed[0], sealed[1], tiepdan.Forbidden},
		{"itself", head, open[0], open[0], tiepdan.Invalid},
		{"nothing", head, open[0], 0, tiepdan.Invalid},
		{"what isn't there", head, open[0], 1 << 40, tiepdan.NotFound},
	} {
		if _, err := s.LinkCases(t.Context(), x.id, linking(tiepdan.Link, x.by.Actor(), x.other, tiepdan.Related)); tiepdan.CodeOf(err) != x.code {
			t.Errorf("%s: %v", x.fact, err)
		}
	}
	if n := count(t, s, `SELECT count(*) FROM case_links`) + count(t, s, `SELECT count(*) FROM entries WHERE action = 'link'`); n != 0 {
		t.Error("a refused link left something")
	}
	link(t, s, head.Actor(), sealed[0], sealed[1], tiepdan.SameMatter)
	outline, err := s.ViewCase(t.Context(), sealed[0], desk.Actor())
	if err != nil || len(outline.Links) != 0 || slices.ContainsFunc(outline.History, func(e tiepdan.Entry) bool { return e.Do == tiepdan.Link }) {
		t.Errorf("the outline tells of the link, %v", err)
	}
}

func TestACaseThatBecomesSealedIsLinkedToNobodys(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	ids := filed(t, s, tiepdan.PhanAnh, 4)
	link(t, s, head, ids[0], ids[1], tiepdan.SameContent)
	link(t, s, head, ids[2], ids[1], tiepdan.SameMatter)
	link(t, s, head, ids[1], ids[3], tiepdan.Related)
	if _, err := s.LinkCases(t.Context(), ids[1], linking(tiepdan.Unlink, head, ids[3], "")); err != nil {
		t.Fatal(err)
	}
	told := `SELECT count(*) FROM entries WHERE (details ->> 'other')::bigint = $1 OR case_id = $1 AND details ? 'other'`
	if count(t, s, told, ids[1]) != 8 {
		t.Fatal("the test is of no use: the histories don't tell of each other beforehand")
	}
	c := do(t, s, ids[1], classify(head, tiepdan.ToCao, tiepdan.Field{Code: "moi_truong", Active: true}))
	if n := count(t, s, told, ids[1]); n != 0 || len(c.Links) != 0 {
		t.Errorf("%d lines still tell to which case it was linked; links %v", n, c.Links)
	}
	if n := count(t, s, `SELECT count(*) FROM case_links`); n != 0 {
		t.Errorf("%d links are left", n)
	}
	if got := matters(t, s, ids); !slices.Equal(got, []int64{0, 0, 0, 0}) {
		t.Errorf("the matters are %v", got)
	}
	again, err := s.Case(t.Context(), ids[1])
	if err != nil || fmt.Sprintf("%+v", tiepdan.Rebuild(again)) != fmt.Sprintf("%+v", again) {
		t.Errorf("its history alone tells another case, %v", err)
	}
}

func TestLinksThatAreMadeAtOnceMakeOneMatter(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, false).Actor()
	ids := filed(t, s, tiepdan.PhanAnh, 8)
	var g errgroup.Group
	for i := range len(ids) - 1 {
		g.Go(func() error {
			_, err := s.LinkCases(t.Context(), ids[i+i%2], linking(tiepdan.Link, head, ids[i+1-i%2], tiepdan.SameMatter))
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := count(t, s, `SELECT count(*) FROM cases WHERE matter = $1`, ids[0]); n != len(ids) {
		t.Errorf("%d of %d cases are of the matter", n, len(ids))
	}
}
