package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// traces names the columns of the whole database in which a text stands, in
// whatever way it is written there.
func traces(t *testing.T, s *store.Store, text string) (found []string) {
	t.Helper()
	rows, err := s.Pool().Query(t.Context(), `SELECT table_name, column_name FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name NOT LIKE 'pg_%'`)
	if err != nil {
		t.Fatal(err)
	}
	type column struct{ Table, Column string }
	columns, err := pgx.CollectRows(rows, pgx.RowToStructByPos[column])
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range columns {
		sql := fmt.Sprintf(`SELECT count(*) FROM %q WHERE strpos(vn_fold(%q::text), vn_fold($1)) > 0`, c.Table, c.Column)
		if n := count(t, s, sql, text); n > 0 {
			found = append(found, c.Table+"."+c.Column)
		}
	}
	return found
}

func classify(by tiepdan.Actor, kind tiepdan.Kind, field tiepdan.Field) tiepdan.Act {
	return tiepdan.Act{Do: tiepdan.Classify, By: by, At: time.Now(), Kind: tiepdan.KindSetting{Kind: kind, Approval: kind == tiepdan.ToCao}, Field: field,
		Details: tiepdan.Details{Kind: kind, Field: field.Code}}
}

var names = []string{"Người Dân Mẫu 77", "0977000077", "Số 77 Đường Mẫu", "079077000077", "Người Được Đại Diện 78", "Người Đại Diện 79"}

// namedCase is a complaint that names its person everywhere, with some history.
func namedCase(t *testing.T, s *store.Store, peer tiepdan.Peer, head tiepdan.Staff) tiepdan.Case {
	t.Helper()
	err := s.SaveAccount(t.Context(), peer, func(a *tiepdan.Account) { a.Person = tiepdan.Person{Name: names[0], Phone: names[1]} })
	if err != nil {
		t.Fatal(err)
	}
	p := storetest.Petition(tiepdan.PhanAnh, "Tôi là "+names[0]+", ở "+names[2]+", điện thoại "+names[1]+". Có việc sai phạm ở phường.", func(p *tiepdan.Petition) {
		p.Person = tiepdan.Person{Name: names[0], Phone: names[1], Address: names[2], IDNumber: names[3]}
		p.Group = tiepdan.Group{OnBehalf: names[4], People: 3, Representatives: []string{names[5]}}
		p.Files = []tiepdan.Attachment{{SHA256: "cc", Name: names[0] + ".jpg", MIME: "image/jpeg", Size: 3, Class: "photo", Ref: "tệp của " + names[0]}}
	})
	if _, err := s.SecureLink(t.Context(), peer, p.ID, time.Now()); err != nil {
		t.Fatal(err)
	}
	c := storetest.File(t, s, p, storetest.Filing(peer, time.Now()))
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Add, By: tiepdan.Actor{Role: tiepdan.Citizen}, Text: "NGƯỜI DÂN MẪU 77 xin bổ sung.", Details: tiepdan.Details{Ref: "77001"}})
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Tell, By: head.Actor(), Text: "Kính gửi " + names[0] + "."})
	return c
}

func TestSealingLeavesNoTrace(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	peer := storetest.Peer(77)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	c := namedCase(t, s, peer, head)
	for _, name := range names {
		if len(traces(t, s, name)) == 0 {
			t.Fatalf("the test is of no use: a name stands nowhere beforehand")
		}
	}
	var account []byte
	if err := s.Pool().QueryRow(t.Context(), `SELECT owner FROM cases WHERE id = $1`, c.ID).Scan(&account); err != nil {
		t.Fatal(err)
	}

	sealed := do(t, s, c.ID, classify(head.Actor(), tiepdan.ToCao, tiepdan.Field{Code: "moi_truong", Active: true}))
	for _, name := range names {
		if at := traces(t, s, name); len(at) > 0 {
			t.Errorf("a name still stands in %v", at)
		}
	}
	if !sealed.Sealed() || sealed.Person != (tiepdan.Person{}) || strings.Contains(fmt.Sprint(sealed), names[1]) {
		t.Error("the returned case names its person")
	}
	if n := count(t, s, `SELECT count(*) FROM cases, unnest(tsvector_to_array(search)) word WHERE word NOT LIKE '=%'`); n != 0 {
		t.Error("the sealed case can be searched for")
	}
	if n := count(t, s, `SELECT count(*) FROM cases c JOIN accounts a ON a.key = c.owner OR a.lane = c.owner`); n != 0 {
		t.Error("the sealed case still points to the account")
	}
	if n := count(t, s, `SELECT count(*) FROM outbox o JOIN accounts a ON a.lane = o.lane WHERE o.case_id = $1 AND o.staff_id IS NULL`, c.ID); n != 0 {
		t.Error("messages of the sealed case still point to the account")
	}
	if n := count(t, s, `SELECT count(*) FROM audit WHERE strpos(detail::text, encode($1, 'hex')) > 0`, account); n != 0 {
		t.Error("the audit log names the account")
	}
	var file string
	if err := s.Pool().QueryRow(t.Context(), `SELECT name FROM case_files`).Scan(&file); err != nil || file != "1.jpg" {
		t.Errorf("the file is called %q, %v", file, err)
	}
}

func TestASealedCaseIsStillItsOwners(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	peer := storetest.Peer(77)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	c := namedCase(t, s, peer, head)
	do(t, s, c.ID, classify(head.Actor(), tiepdan.ToCao, tiepdan.Field{Code: "moi_truong", Active: true}))
	own, err := s.CasesOf(t.Context(), peer)
	if err != nil || len(own) != 1 || own[0].ID != c.ID {
		t.Errorf("the owner's cases are %d, %v", len(own), err)
	}
	if _, err := s.OwnCase(t.Context(), peer, c.ID); err != nil {
		t.Errorf("the owner can't see the case: %v", err)
	}
	if _, err := s.OwnCase(t.Context(), storetest.Peer(78), c.ID); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("somebody else got %v", err)
	}
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Tell, By: head.Actor(), Text: "Đã nhận."})
	if n := count(t, s, `SELECT count(*) FROM outbox o JOIN cases c ON o.lane = c.owner WHERE o.key = 'notice.message' AND o.case_id = $1`, c.ID); n != 2 {
		t.Errorf("%d messages are in the sealed case's lane, want 2", n)
	}

	do(t, s, c.ID, classify(head.Actor(), tiepdan.PhanAnh, tiepdan.Field{Code: "moi_truong", Active: true}))
	if back, err := s.OwnCase(t.Context(), peer, c.ID); err != nil || back.Sealed() {
		t.Errorf("the case that was no denunciation: %v", err)
	}
	if n := count(t, s, `SELECT count(*) FROM sealed_accounts`); n != 0 {
		t.Error("a case that isn't sealed has a sealed account")
	}
}

func TestADenunciationIsFiledWithoutAPerson(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	peer := storetest.Peer(77)
	p := storetest.Petition(tiepdan.ToCao, "Có việc sai phạm ở phường, xin xem xét.", func(p *tiepdan.Petition) {
		p.Person = tiepdan.Person{Name: names[0], Phone: names[1]}
		p.Files = []tiepdan.Attachment{{SHA256: "cc", Name: names[0] + ".jpg", MIME: "image/jpeg", Size: 3, Class: "photo", Ref: names[0]}}
	})
	token, err := s.SecureLink(t.Context(), peer, p.ID, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.FillSecure(t.Context(), token, tiepdan.Person{Name: names[0]}, tiepdan.Group{}, "", time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := s.Post(t.Context(), peer, []byte(`{"draft":"`+p.ID+`"}`), "draft:"+p.ID, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err) // what conversations do when a draft begins
	}
	storetest.File(t, s, p, storetest.Filing(peer, time.Now()))
	if n := count(t, s, `SELECT count(*) FROM cases c JOIN outbox o ON o.dedupe LIKE '%' || c.draft || '%' OR o.reply::text LIKE '%' || c.draft || '%'`); n != 0 {
		t.Error("the draft's own messages lead from an account to the denunciation")
	}
	for _, name := range names[:2] {
		if at := traces(t, s, name); len(at) > 0 {
			t.Errorf("a name stands in %v", at)
		}
	}
	if n := count(t, s, `SELECT (SELECT count(*) FROM accounts) + (SELECT count(*) FROM secure_links) + (SELECT count(*) FROM secure_data)`); n != 0 {
		t.Errorf("%d rows tie the denunciation to an account", n)
	}
	if own, err := s.CasesOf(t.Context(), peer); err != nil || len(own) != 1 {
		t.Errorf("the denouncer's own cases: %d, %v", len(own), err)
	}
}

func TestTheFieldOfCorruptionSealsToo(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(1), time.Now()))
	do(t, s, c.ID, classify(head.Actor(), tiepdan.PhanAnh, tiepdan.Field{Code: "tham_nhung", Active: true, Corruption: true}))
	if at := traces(t, s, "Người Dân Mẫu 1"); len(at) > 0 {
		t.Errorf("the name stands in %v", at)
	}
}
