package store_test

import (
	"slices"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// fiveOfTwo are five petitions: three of one matter, two by themselves. The first of
// the matter is a phản ánh, the others are kiến nghị.
func fiveOfTwo(t *testing.T, s *store.Store, head tiepdan.Actor) (ids []int64) {
	t.Helper()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, tiepdan.Hanoi)
	for n, kind := range []tiepdan.Kind{tiepdan.PhanAnh, tiepdan.KienNghi, tiepdan.KienNghi, tiepdan.PhanAnh, tiepdan.KhieuNai} {
		ids = append(ids, storetest.File(t, s, storetest.Petition(kind, letter, by(n)), storetest.Filing(storetest.Peer(n), at.AddDate(0, 0, n))).ID)
	}
	link(t, s, head, ids[1], ids[0], tiepdan.SameMatter)
	link(t, s, head, ids[2], ids[1], tiepdan.SameContent)
	return ids
}

func TestAListShowsOneLineOfAMatter(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	ids := fiveOfTwo(t, s, head)
	for fact, x := range map[string]struct {
		f    store.CaseFilter
		want []int64
	}{
		"all":              {store.CaseFilter{}, []int64{ids[4], ids[3], ids[0]}},
		"the first left":   {store.CaseFilter{Kind: tiepdan.KienNghi}, []int64{ids[1]}},
		"by words":         {store.CaseFilter{Words: "bai tap ket rac", Kind: tiepdan.KienNghi}, []int64{ids[1]}},
		"by words in turn": {store.CaseFilter{Words: `"bai tap ket rac"`}, []int64{ids[4], ids[3], ids[0]}},
		"by days":          {store.CaseFilter{From: tiepdan.Date{Year: 2026, Month: 3, Day: 4}}, []int64{ids[4], ids[3], ids[2]}},
	} {
		x.f.By, x.f.OneAMatter = head, true
		if got := found(t, s, x.f); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", fact, got, x.want)
		}
		if n, _, err := s.CountCases(t.Context(), x.f, tiepdan.CountCap); err != nil || n != len(x.want) {
			t.Errorf("%s: %d matters are counted, %v", fact, n, err)
		}
	}
	x := store.CaseFilter{By: head, OneAMatter: true, Limit: 2}
	lines, next, err := s.Cases(t.Context(), x)
	if err != nil || len(lines) != 2 || next == "" {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	if x.After = next; !slices.Equal(found(t, s, x), ids[:1]) {
		t.Errorf("the second page has %v", found(t, s, x))
	}
}

func TestAMatterListsItsPetitionsInTheirOrder(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head, about := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor(), storetest.Staff(t, s, tiepdan.Leader, 0, false)
	ids := fiveOfTwo(t, s, head)
	do(t, s, ids[1], tiepdan.Act{Do: tiepdan.Bar, By: head, Reason: "Đơn nói về người này", Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{about.ID}}}})
	list, err := s.Matter(t.Context(), head, ids[0])
	if err != nil || len(list) != 3 || list[0].ID != ids[0] || list[2].ID != ids[2] || list[1].Person == "" || list[1].Since.IsZero() {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := s.Matter(t.Context(), about.Actor(), ids[0]); err != nil || len(list) != 2 {
		t.Errorf("whom one is about sees %d, %v", len(list), err)
	}
	officer := storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "MT"), false)
	for _, none := range []struct {
		by tiepdan.Actor
		id int64
	}{{officer.Actor(), ids[0]}, {head, ids[1]}, {head, ids[3]}} {
		if _, err := s.Matter(t.Context(), none.by, none.id); tiepdan.CodeOf(err) != tiepdan.NotFound {
			t.Errorf("%s sees matter %d: %v", none.by.Role, none.id, err)
		}
	}
	c, err := s.Case(t.Context(), ids[1])
	if err != nil {
		t.Fatal(err)
	}
	linked, err := s.Linked(t.Context(), head, c)
	if err != nil || len(linked) != 2 || !linked[0].From || linked[1].From || linked[1].Link != tiepdan.SameContent {
		t.Errorf("%+v, %v", linked, err)
	}
}

func TestPetitionsAndMattersAreCountedApart(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	ids := fiveOfTwo(t, s, head)
	if _, _, err := s.DivideCase(t.Context(), ids[3], dividing(head), parts(tiepdan.PhanAnh, tiepdan.KienNghi)); err != nil {
		t.Fatal(err)
	}
	day := func(n int) tiepdan.Date { return tiepdan.Date{Year: 2026, Month: 3, Day: n} }
	counts, err := s.CaseCounts(t.Context(), day(2), day(6))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]tiepdan.CaseCount{}
	for _, c := range counts {
		got[string(c.Kind)+"/"+c.Field] = c
	}
	for key, want := range map[string][3]int{"/": {6, 4, 6}, "phan_anh/": {2, 2, 2}, "kien_nghi/": {3, 2, 3}, "kien_nghi/moi_truong": {3, 2, 3}, "khieu_nai/": {1, 1, 1}} {
		if c := got[key]; [3]int{c.Petitions, c.Matters, c.People} != want {
			t.Errorf("%s: %+v, want %v", key, c, want)
		}
	}
	if counts, err = s.CaseCounts(t.Context(), day(7), day(9)); err != nil || len(counts) != 1 || counts[0].Petitions != 0 {
		t.Errorf("of days when nothing came: %v, %v", counts, err)
	}
}
