package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

const letter = "Chúng tôi là các hộ dân ở ngõ Mẫu, phường Mẫu 1. Từ đầu năm đến nay bãi tập kết rác cạnh trường học bốc mùi hôi thối, nước chảy tràn ra đường, " +
	"nhiều lần kiến nghị mà chưa được giải quyết. Kính đề nghị cơ quan kiểm tra, di dời bãi rác và trả lời cho các hộ dân bằng văn bản."

// by says who wrote a petition, by which telephone.
func by(n int) func(*tiepdan.Petition) {
	return func(p *tiepdan.Petition) {
		p.Person = tiepdan.Person{Name: fmt.Sprintf("Người Dân Mẫu %d", n), Phone: fmt.Sprintf("09000%05d", n)}
	}
}

func printAll(t *testing.T, s *store.Store) {
	t.Helper()
	if _, err := s.PrintCases(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// alikes are the ids of what is suggested at a case.
func alikes(t *testing.T, s *store.Store, who tiepdan.Actor, id int64) (ids []int64) {
	t.Helper()
	c, err := s.Case(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Alike(t.Context(), who, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		ids = append(ids, a.ID)
	}
	return ids
}

func TestWhatReadsAlikeIsSuggested(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	file := func(n int, kind tiepdan.Kind, text string, change ...func(*tiepdan.Petition)) int64 {
		return storetest.File(t, s, storetest.Petition(kind, text, append([]func(*tiepdan.Petition){by(n)}, change...)...), storetest.Filing(storetest.Peer(n), time.Now())).ID
	}
	land := func(p *tiepdan.Petition) { p.Field = "dat_dai" }
	first := file(1, tiepdan.PhanAnh, letter)
	copied := file(2, tiepdan.KienNghi, strings.ToUpper(letter)+" Xin cảm ơn.", land)
	again := file(1, tiepdan.PhanAnh, "Bãi rác vẫn chưa dọn, xin hỏi đã xử lý đến đâu.")
	file(1, tiepdan.PhanAnh, "Thửa đất nhà tôi chưa được cấp giấy chứng nhận quyền sử dụng.", land)
	file(3, tiepdan.PhanAnh, "Đèn đường trước cổng trường hỏng đã hai tuần chưa sửa.")
	secret := storetest.File(t, s, storetest.Petition(tiepdan.ToCao, letter), storetest.Filing(storetest.Peer(1), time.Now()))
	printAll(t, s)
	if got := alikes(t, s, head, first); !slices.Equal(got, []int64{copied, again}) {
		t.Errorf("suggested: %v, want %v and then %v", got, copied, again)
	}
	if got := alikes(t, s, head, secret.ID); len(got) != 0 {
		t.Errorf("a sealed case suggests %v", got)
	}
	if n := count(t, s, `SELECT count(*) FROM case_prints WHERE case_id = $1`, secret.ID); n != 0 {
		t.Errorf("a sealed case has %d keys", n)
	}
	for range 2 {
		if err := s.Unlike(t.Context(), head, copied, first); err != nil {
			t.Fatal(err)
		}
	}
	link(t, s, head, first, again, tiepdan.Related)
	if got := alikes(t, s, head, first); len(got) != 0 {
		t.Errorf("what is decided is suggested still: %v", got)
	}
	if n := count(t, s, `SELECT count(*) FROM audit WHERE action = 'unlike'`); n != 1 {
		t.Errorf("%d audit rows of one decision", n)
	}
}

func TestNobodyIsSuggestedWhatTheyMayNotSee(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head, about := storetest.Staff(t, s, tiepdan.BoardHead, 0, false).Actor(), storetest.Staff(t, s, tiepdan.Leader, 0, false)
	officer := storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "MT"), false)
	var ids []int64
	for n := range 3 {
		ids = append(ids, storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, letter, by(n)), storetest.Filing(storetest.Peer(n), time.Now())).ID)
	}
	printAll(t, s)
	do(t, s, ids[1], tiepdan.Act{Do: tiepdan.Bar, By: head, Reason: "Đơn nói về người này", Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{about.ID}}}})
	do(t, s, ids[0], tiepdan.Act{Do: tiepdan.Assign, By: head, Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.ID}})
	if got := alikes(t, s, about.Actor(), ids[0]); !slices.Equal(got, ids[2:]) {
		t.Errorf("whom one is about is shown %v", got)
	}
	if got := alikes(t, s, officer.Actor(), ids[0]); len(got) != 0 {
		t.Errorf("an officer is shown %v, which others have", got)
	}
	if got := alikes(t, s, officer.Actor(), ids[2]); len(got) != 0 {
		t.Errorf("an officer is shown %v at a case that isn't theirs", got)
	}
	if err := s.Unlike(t.Context(), about.Actor(), ids[0], ids[1]); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("whom it is about decides on it: %v", err)
	}
}

func TestASealedCaseLosesItsPrint(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	var ids []int64
	for n := range 2 {
		ids = append(ids, storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, letter, by(n)), storetest.Filing(storetest.Peer(n), time.Now())).ID)
	}
	printAll(t, s)
	if err := s.Unlike(t.Context(), head, ids[0], ids[1]); err != nil {
		t.Fatal(err)
	}
	field := tiepdan.Field{Code: "moi_truong", Active: true}
	do(t, s, ids[0], classify(head, tiepdan.ToCao, field))
	printAll(t, s)
	if n := count(t, s, `SELECT count(*) FROM case_prints WHERE case_id = $1`, ids[0]) + count(t, s, `SELECT count(*) FROM case_unlike`) +
		count(t, s, `SELECT cardinality(keys) FROM case_printed WHERE case_id = $1`, ids[0]); n != 0 {
		t.Errorf("%d rows tell what the sealed case is like", n)
	}
	if got := alikes(t, s, head, ids[1]); len(got) != 0 {
		t.Errorf("a sealed case is suggested: %v", got)
	}
	do(t, s, ids[0], classify(head, tiepdan.PhanAnh, field))
	if got := alikes(t, s, head, ids[1]); !slices.Equal(got, ids[:1]) {
		t.Errorf("a case that was no denunciation isn't found again: %v", got)
	}
}

func TestAFormLetterIsOneTextOfManyPeople(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	var ids []int64
	for n := range 9 { // the last of them by the first person once more
		ids = append(ids, storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, fmt.Sprintf("Tôi là hộ số %d. %s", n, letter), by(n%8)), storetest.Filing(storetest.Peer(n%8), time.Now())).ID)
	}
	printAll(t, s)
	link(t, s, head, ids[3], ids[0], tiepdan.SameMatter)
	c, err := s.Case(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	list, people, capped, err := s.SameLetter(t.Context(), head, c)
	if err != nil || len(list) != 8 || people != 8 || capped {
		t.Errorf("%d petitions of %d people, %v, %v", len(list), people, capped, err)
	}
	linked, same := 0, 0
	for _, a := range list {
		if a.Linked == tiepdan.SameMatter {
			linked++
		}
		if a.OnePerson() {
			same++
		}
	}
	if linked != 1 || same != 1 {
		t.Errorf("%d linked, %d by the same person", linked, same)
	}
}
