package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// received is a case with an appointment for it, an entry in two versions, and a
// conclusion, which all name its person.
func received(t *testing.T, s *store.Store, head tiepdan.Staff) (tiepdan.Case, tiepdan.Reception, tiepdan.Session) {
	t.Helper()
	peer := storetest.Peer(77)
	c := namedCase(t, s, peer, head)
	d := session(t, s, time.Now().Add(time.Minute), 5)
	later := session(t, s, time.Now().Add(48*time.Hour), 5)
	book(t, s, tiepdan.Booking{Session: later.ID, Peer: peer, Name: names[0], Purpose: "Việc của " + names[0], Case: c.ID})
	v := book(t, s, tiepdan.Booking{Session: d.ID, Peer: peer, Name: names[0], Purpose: "Việc của " + names[0], Case: c.ID})
	change(t, s, d.ID, func(d *tiepdan.Session) { d.Place = "Phòng Mẫu 2" }) // they are told
	change(t, s, d.ID, func(d *tiepdan.Session) { d.Status = tiepdan.SessionOpen })
	r := entry(d.ID, v.ID, 1)
	r.Person, r.Case, r.People, r.Spokesmen = tiepdan.Person{Name: names[0], Phone: names[1], Address: names[2], IDNumber: names[3]}, c.ID, 6, []string{names[5]}
	r.Content, r.Note = "Ông "+names[0]+" trình bày, ở "+names[2], "Gọi số "+names[1]
	r = write(t, s, head.Actor(), r)
	r, err := s.CorrectReception(t.Context(), head.Actor(), r.ID, 1, func(r tiepdan.Reception) (tiepdan.Reception, error) {
		r.Handling, r.Why = "Đã nói với "+names[4]+".", "Bổ sung lời của "+names[0]
		return r, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.SaveConclusion(t.Context(), head.Actor(), tiepdan.Conclusion{Session: d.ID, Items: []tiepdan.ConclusionItem{
		{Reception: r.ID, Matter: "Việc của " + names[0], Text: "Trả lời " + names[0] + "."}}})
	if err != nil {
		t.Fatal(err)
	}
	return c, r, d
}

// nobody checks that no name stands anywhere, and that nothing leads from the book
// to an account.
func nobody(t *testing.T, s *store.Store) {
	t.Helper()
	for _, name := range names {
		if at := traces(t, s, name); len(at) > 0 {
			t.Errorf("a name still stands in %v", at)
		}
	}
	if n := count(t, s, `SELECT count(*) FROM receptions r JOIN appointments a ON a.id = r.appointment WHERE r.sealed AND a.owner IS NOT NULL`); n != 0 {
		t.Error("a sealed entry leads to an account")
	}
	if n := count(t, s, `SELECT count(*) FROM receptions r JOIN outbox o ON o.appointment = r.appointment
		OR o.dedupe LIKE 'appt:' || r.appointment || ':%' WHERE r.sealed`); n != 0 {
		t.Error("a sealed entry leads to an account's messages")
	}
	if n := count(t, s, `SELECT count(*) FROM receptions WHERE sealed AND search IS NOT NULL`); n != 0 {
		t.Error("a sealed entry can be searched for")
	}
}

func TestSealingLeavesNoTraceInTheBook(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	c, r, d := received(t, s, head)
	do(t, s, c.ID, classify(head.Actor(), tiepdan.ToCao, tiepdan.Field{Code: "moi_truong", Active: true}))
	nobody(t, s)
	if n := count(t, s, `SELECT count(*) FROM appointments WHERE case_id IS NOT NULL`); n != 0 {
		t.Error("an appointment leads to the sealed case")
	}
	if n := count(t, s, `SELECT count(*) FROM appointments WHERE owner IS NOT NULL AND status = 'booked'`); n != 1 {
		t.Error("the coming appointment isn't its holder's any more")
	}
	got, err := s.Reception(t.Context(), head.Actor(), r.ID)
	if err != nil || !got.Sealed() || got.Case != c.ID || !strings.Contains(got.Content, "trình bày") {
		t.Errorf("the entry is %+v, %v", got, err)
	}
	if vs, err := s.ReceptionVersions(t.Context(), head.Actor(), r.ID); err != nil || len(vs) != 2 || len(vs[0].Spokesmen) != 0 {
		t.Errorf("the versions are %+v, %v", vs, err)
	}
	if _, err := s.Pool().Exec(t.Context(), `UPDATE reception_versions SET why = ''`); err == nil {
		t.Error("after the sealing the book can be written over")
	}
	_, err = s.Book(t.Context(), tiepdan.Booking{Session: session(t, s, d.Starts.Add(72*time.Hour), 5).ID, Peer: storetest.Peer(77), Case: c.ID})
	wants(t, "the sealed case as a purpose", err, "booking.case_not_yours")
}

func TestACorrectionMaySeal(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	d, desk, vs := openDesk(t, s, 5, 1, time.Now())
	r := entry(d.ID, vs[0].ID, 1)
	r.Person, r.Content = tiepdan.Person{Name: names[0], Phone: names[1], Address: names[2]}, "Ông "+names[0]+" tố cáo cán bộ."
	r = write(t, s, desk, r)
	r, err := s.CorrectReception(t.Context(), desk, r.ID, 1, func(r tiepdan.Reception) (tiepdan.Reception, error) {
		r.Kind, r.Why = tiepdan.ToCao, "Phân loại lại, ông "+names[0]
		return r, nil
	})
	if err != nil || !r.Secret || strings.Contains(r.Content+r.Why, names[0]) {
		t.Fatalf("corrected: %+v, %v", r, err)
	}
	nobody(t, s)
	back := func(by tiepdan.Actor) (tiepdan.Reception, error) {
		return s.CorrectReception(t.Context(), by, r.ID, 2, func(r tiepdan.Reception) (tiepdan.Reception, error) {
			r.Kind, r.Secret, r.Person.Name, r.Why = tiepdan.KhieuNai, false, names[0], "Phân loại lại"
			return r, nil
		})
	}
	_, err = back(desk)
	wants(t, "who isn't cleared", err, "reception.sealed")
	if r, err = back(head.Actor()); err != nil || !r.Secret || r.Person.Name != "" {
		t.Errorf("what is secret stays so: %+v, %v", r, err)
	}
	nobody(t, s)
}

func TestADenouncerReceivedIsNobody(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	cleared := storetest.Staff(t, s, tiepdan.Leader, 0, true).Actor()
	d := session(t, s, time.Now().Add(time.Minute), 5)
	v := book(t, s, tiepdan.Booking{Session: d.ID, Peer: storetest.Peer(77), Name: names[0], Purpose: names[1]})
	d = change(t, s, d.ID, func(d *tiepdan.Session) { d.Status = tiepdan.SessionOpen })
	desk := storetest.Staff(t, s, tiepdan.Receptionist, 0, false).Actor()
	r := entry(d.ID, v.ID, 1)
	r.Kind, r.Content, r.Person = tiepdan.ToCao, "Có việc sai phạm ở phường mẫu.", tiepdan.Person{Name: names[0]}
	named := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(1), time.Now()))
	r.Case = named.ID
	_, err := s.WriteReception(t.Context(), desk, r)
	wants(t, "a denouncer with a case that names people", err, "reception.case_named")
	r.Case = 0
	r = write(t, s, desk, r)
	nobody(t, s)
	looks := func() int {
		return count(t, s, `SELECT count(*) FROM audit WHERE action = 'view' AND subject_kind = 'reception' AND subject_id = $1`, r.ID)
	}
	shows := func(what string, by tiepdan.Actor, want bool, looked int) {
		t.Helper()
		before := looks()
		one, err1 := s.Reception(t.Context(), by, r.ID)
		all, _, err2 := s.Receptions(t.Context(), tiepdan.ReceptionFilter{By: by})
		versions, err3 := s.ReceptionVersions(t.Context(), by, r.ID)
		for _, err := range []error{err1, err2, err3} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, got := range slices.Concat([]tiepdan.Reception{one}, all, versions) {
			if (got.Content != "") != want || !got.Secret || got.Number != r.Number {
				t.Errorf("%s sees %+v", what, got)
			}
		}
		if n := looks() - before; n != looked {
			t.Errorf("%s: %d looks are in the log", what, n)
		}
	}
	shows("who wrote it", desk, false, 0)
	shows("a cleared leader", cleared, true, 3)
	if again := write(t, s, desk, entry(d.ID, v.ID, 1)); again.Content != "" || again.ID != r.ID {
		t.Errorf("sent again it shows %+v", again)
	}
	if rs, _, err := s.Receptions(t.Context(), tiepdan.ReceptionFilter{By: cleared, Words: "sai phạm"}); err != nil || len(rs) != 0 {
		t.Errorf("%d sealed entries are found by their words, %v", len(rs), err)
	}
}

// Whichever comes first, no name is left in the end.
func TestSealingWhileItIsBookedAndWritten(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	d, _, _ := openDesk(t, s, 40, 0, time.Now())
	next := session(t, s, time.Now().Add(48*time.Hour), 40)
	for n := range 8 {
		peer := storetest.Peer(100 + n)
		c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish, func(p *tiepdan.Petition) {
			p.Person = tiepdan.Person{Name: names[0], Phone: names[1]}
		}), storetest.Filing(peer, time.Now()))
		var g errgroup.Group
		g.Go(func() error {
			_, err := s.Book(t.Context(), tiepdan.Booking{Session: next.ID, Peer: peer, Name: names[0], Purpose: names[1], Case: c.ID})
			if err != nil && key(err) != "booking.case_not_yours" {
				return err
			}
			return nil
		})
		g.Go(func() error {
			r := entry(d.ID, 0, n)
			r.Case, r.Person.Name, r.Content = c.ID, names[0], "Ông "+names[0]+" trình bày."
			r, err := s.WriteReception(t.Context(), head.Actor(), r)
			if err != nil {
				return err
			}
			_, err = s.CorrectReception(t.Context(), head.Actor(), r.ID, 1, func(r tiepdan.Reception) (tiepdan.Reception, error) {
				r.Why = "Ghi thiếu"
				return r, nil
			})
			return err
		})
		g.Go(func() error {
			_, _, err := s.UpdateCase(t.Context(), c.ID, classify(head.Actor(), tiepdan.ToCao, tiepdan.Field{Code: "moi_truong", Active: true}).Apply)
			return err
		})
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	if n := count(t, s, `SELECT count(*) FROM appointments WHERE case_id IS NOT NULL`); n != 0 {
		t.Errorf("%d appointments lead to sealed cases", n)
	}
	if n := count(t, s, `SELECT count(*) FROM receptions WHERE NOT sealed`); n != 0 {
		t.Errorf("%d entries of sealed cases are not sealed", n)
	}
	for _, table := range []string{"receptions", "reception_versions", "cases", "entries"} {
		if n := count(t, s, `SELECT count(*) FROM `+table+` x WHERE strpos(vn_fold(x::text), vn_fold($1)) > 0`, names[0]); n != 0 {
			t.Errorf("a name stands in %s", table)
		}
	}
}
