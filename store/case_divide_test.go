package store_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

const (
	wasteText = "Rác ở đầu ngõ Mẫu 12/4 đã mười ngày không ai dọn."
	landText  = "Đề nghị xem lại quyết định thu hồi đất số 5 của phường."
	bribeText = "Ông Mẫu ở phòng Mẫu nhận tiền của người dân khi làm giấy tờ."
)

func dividing(by tiepdan.Actor) tiepdan.Act {
	return tiepdan.Act{Do: tiepdan.Divide, By: by, At: time.Now(), Reason: "Đơn có nhiều nội dung"}
}

func parts(kinds ...tiepdan.Kind) (list []tiepdan.Part) {
	for _, k := range kinds {
		p := tiepdan.Part{Kind: k, Field: "moi_truong", Place: "P2", Text: wasteText}
		switch k {
		case tiepdan.KhieuNai:
			p.Field, p.Text = "dat_dai", landText
		case tiepdan.ToCao:
			p.Text = bribeText
		}
		list = append(list, p)
	}
	return list
}

// mixed is a petition of several contents that names its author, by chat.
func mixed(t *testing.T, s *store.Store, peer tiepdan.Peer) tiepdan.Case {
	t.Helper()
	err := s.SaveAccount(t.Context(), peer, func(a *tiepdan.Account) { a.Person = tiepdan.Person{Name: names[0], Phone: names[1]} })
	if err != nil {
		t.Fatal(err)
	}
	p := storetest.Petition(tiepdan.PhanAnh, strings.Join([]string{wasteText, landText, bribeText}, "\n"), func(p *tiepdan.Petition) {
		p.Person = tiepdan.Person{Name: names[0], Phone: names[1], Address: names[2], IDNumber: names[3]}
		p.Files = []tiepdan.Attachment{{SHA256: "aa", Name: "rác.jpg", MIME: "image/jpeg", Size: 3, Class: "photo"}, {SHA256: "bb", Name: names[0] + ".pdf", Size: 4, Class: "document"}}
	})
	return storetest.File(t, s, p, storetest.Filing(peer, time.Date(2026, 3, 2, 9, 41, 7, 0, tiepdan.Hanoi)))
}

func TestAMixedPetitionBecomesACaseOfEachPart(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	peer := storetest.Peer(7)
	desk, about := storetest.Staff(t, s, tiepdan.Receptionist, 0, false), storetest.Staff(t, s, tiepdan.Leader, 0, false)
	c := mixed(t, s, peer)
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Bar, By: desk.Actor(), Reason: "Đơn nói về người này", Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{about.ID}}}})
	list := parts(tiepdan.PhanAnh, tiepdan.KhieuNai)
	list[0].Files = []string{"aa"}
	after, made, err := s.DivideCase(t.Context(), c.ID, dividing(desk.Actor()), list)
	if err != nil {
		t.Fatal(err)
	}
	if last := after.History[len(after.History)-1]; after.Status != tiepdan.Divided || len(made) != 2 || !slices.Equal(last.Details.Parts, []int64{made[0].ID, made[1].ID}) {
		t.Fatalf("%s, %d cases", after.Status, len(made))
	}
	for i, want := range []tiepdan.Status{tiepdan.Received, tiepdan.AwaitingOriginal} {
		got, err := s.OwnCase(t.Context(), peer, made[i].ID)
		if err != nil {
			t.Fatal(err)
		}
		if got.Person != c.Person || got.Legal != c.Legal || tiepdan.DateOf(got.Received) != tiepdan.DateOf(c.Received) || got.Text != list[i].Text || got.Status != want || got.Place != "P2" {
			t.Errorf("part %d: %s, legal %v, received %v", i+1, got.Status, got.Legal, got.Received)
		}
		if !reflect.DeepEqual(tiepdan.Rebuild(got), got) {
			t.Errorf("part %d: its history alone tells another case:\n%+v\n%+v", i+1, tiepdan.Rebuild(got), got)
		}
		if l, ok := got.LinkTo(c.ID); !ok || l.Kind != tiepdan.PartOf || !l.From || about.Actor().See(got) != tiepdan.Nothing {
			t.Errorf("part %d: %+v", i+1, l)
		}
	}
	if got, err := s.Case(t.Context(), made[0].ID); err != nil || len(got.Files) != 1 || got.Files[0].Name != "rác.jpg" {
		t.Errorf("the files of the first part: %v, %v", got.Files, err)
	}
	if n := count(t, s, `SELECT count(*) FROM outbox WHERE audience = 'citizen' AND key <> 'notice.receipt' OR case_id <> $1`, c.ID); n != 1 {
		t.Errorf("the citizen is told %d times, want once", n)
	}
	if n := count(t, s, `SELECT count(*) FROM cases WHERE matter IS NOT NULL`); n != 0 {
		t.Error("the parts are one matter")
	}
	if _, _, err := s.DivideCase(t.Context(), c.ID, dividing(desk.Actor()), list); tiepdan.CodeOf(err) != tiepdan.Conflict {
		t.Errorf("divided once more: %v", err)
	}
	if n, err := s.NumberCases(t.Context()); err != nil || n != 3 {
		t.Errorf("%d cases got a number, %v", n, err)
	}
}

func TestADenunciationWithinAPetitionIsNobodys(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	peer := storetest.Peer(77)
	desk, named := storetest.Staff(t, s, tiepdan.Receptionist, 0, false), storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	c := mixed(t, s, peer)
	printAll(t, s)
	list := parts(tiepdan.KhieuNai, tiepdan.ToCao)
	list[1].Files = []string{"bb"}
	_, made, err := s.DivideCase(t.Context(), c.ID, dividing(desk.Actor()), list)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := s.Case(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	open, secret := made[0].ID, made[1].ID
	if !whole.Sealed() || whole.Status != tiepdan.Divided || !whole.Person.IsZero() || !reflect.DeepEqual(tiepdan.Rebuild(whole), whole) {
		t.Errorf("the whole is %s %s, or its history tells another case", whole.Kind, whole.Status)
	}
	if l, ok := whole.LinkTo(secret); !ok || len(whole.Links) != 1 || !l.Sealed {
		t.Errorf("the whole is linked to %v", whole.Links)
	}
	own, err := s.OwnCase(t.Context(), peer, open)
	if err != nil || own.Person != c.Person || len(own.Links) != 0 || tiepdan.DateOf(own.Received) != tiepdan.DateOf(c.Received) {
		t.Errorf("the ordinary part: links %v, %v", own.Links, err)
	}
	if n := count(t, s, `SELECT count(*) FROM entries WHERE details ?| ARRAY['parts', 'other', 'earlier']`); n != 0 {
		t.Errorf("%d lines lead from case to case", n)
	}
	if n := count(t, s, `SELECT count(*) FROM cases a JOIN cases b ON a.id <> b.id AND a.sealed AND NOT b.sealed AND (a.owner = b.owner OR a.received = b.received AND a.id = $1)`, c.ID); n != 0 {
		t.Error("the account or the moment leads from a sealed case to one that names somebody")
	}
	if n := count(t, s, `SELECT count(*) FROM case_prints WHERE case_id IN ($1, $2)`, c.ID, secret); n != 0 {
		t.Error("a sealed case has a print")
	}
	for _, id := range []int64{c.ID, secret} {
		if _, err := s.OwnCase(t.Context(), peer, id); err != nil {
			t.Errorf("the author doesn't reach case %d: %v", id, err)
		}
		if seen, err := s.ViewCase(t.Context(), id, desk.Actor()); err != nil || seen.Text != "" || len(seen.Links) != 0 {
			t.Errorf("who isn't named reads case %d: %v", id, err)
		}
		if seen, err := s.ViewCase(t.Context(), id, named.Actor()); err != nil || !strings.Contains(seen.Text, "nhận tiền") {
			t.Errorf("who is named doesn't read case %d: %v", id, err)
		}
	}
	for _, name := range names[:4] {
		for _, at := range traces(t, s, name) {
			if !slices.Contains([]string{"cases.person", "cases.search", "accounts.person", "cases.person"}, at) {
				t.Errorf("a name stands in %s", at)
			}
		}
	}
}

func TestAPartThatProvesADenunciationSealsTheWhole(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	c := mixed(t, s, storetest.Peer(77))
	_, made, err := s.DivideCase(t.Context(), c.ID, dividing(head.Actor()), parts(tiepdan.PhanAnh, tiepdan.KhieuNai))
	if err != nil {
		t.Fatal(err)
	}
	do(t, s, made[0].ID, classify(head.Actor(), tiepdan.ToCao, tiepdan.Field{Code: "moi_truong", Active: true}))
	whole, err := s.Case(t.Context(), c.ID)
	if err != nil || !whole.Sealed() || len(whole.Links) != 0 || !whole.Person.IsZero() {
		t.Errorf("the whole is %s, linked to %v, %v", whole.Kind, whole.Links, err)
	}
	other, err := s.Case(t.Context(), made[1].ID)
	if err != nil || other.Sealed() || len(other.Links) != 0 || other.Person.IsZero() {
		t.Errorf("the other part is %s, linked to %v, %v", other.Kind, other.Links, err)
	}
	if n := count(t, s, `SELECT count(*) FROM entries WHERE details ? 'parts' AND details -> 'parts' <> '[]'`) + count(t, s, `SELECT count(*) FROM case_links`); n != 0 {
		t.Errorf("%d rows lead from case to case", n)
	}
}

func TestWhatCantBeDivided(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	desk, officer := storetest.Staff(t, s, tiepdan.BoardHead, 0, true), storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "MT"), false)
	named := mixed(t, s, storetest.Peer(1))
	unnamed := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, wasteText, func(p *tiepdan.Petition) { p.Anonymous, p.Person = true, tiepdan.Person{} }), storetest.Filing(storetest.Peer(2), time.Now()))
	sealed := storetest.File(t, s, storetest.Petition(tiepdan.ToCao, bribeText), storetest.Filing(storetest.Peer(3), time.Now()))
	short, stranger := parts(tiepdan.PhanAnh, tiepdan.KienNghi), parts(tiepdan.PhanAnh, tiepdan.KienNghi)
	short[1].Text, stranger[0].Files = "ngắn", []string{"zz"}
	for _, x := range []struct {
		fact  string
		id    int64
		by    tiepdan.Staff
		parts []tiepdan.Part
		code  tiepdan.Code
	}{
		{"one part", named.ID, desk, parts(tiepdan.PhanAnh), tiepdan.Invalid},
		{"eleven parts", named.ID, desk, slices.Repeat(parts(tiepdan.PhanAnh), 11), tiepdan.Invalid},
		{"a part without words", named.ID, desk, short, tiepdan.Invalid},
		{"another's file", named.ID, desk, stranger, tiepdan.Invalid},
		{"a complaint of somebody unnamed", unnamed.ID, desk, parts(tiepdan.PhanAnh, tiepdan.KhieuNai), tiepdan.Invalid},
		{"an ordinary part of a denunciation", sealed.ID, desk, parts(tiepdan.ToCao, tiepdan.PhanAnh), tiepdan.Invalid},
		{"by who doesn't see it", named.ID, officer, parts(tiepdan.PhanAnh, tiepdan.KienNghi), tiepdan.NotFound},
	} {
		if _, _, err := s.DivideCase(t.Context(), x.id, dividing(x.by.Actor()), x.parts); tiepdan.CodeOf(err) != x.code {
			t.Errorf("%s: %v", x.fact, err)
		}
	}
	if n := count(t, s, `SELECT count(*) FROM cases`); n != 3 {
		t.Errorf("there are %d cases: a refused division left some", n)
	}
	if _, made, err := s.DivideCase(t.Context(), sealed.ID, dividing(desk.Actor()), parts(tiepdan.ToCao, tiepdan.ToCao)); err != nil || len(made) != 2 || !made[1].Sealed() {
		t.Errorf("a denunciation of two things: %v", err)
	}
}
