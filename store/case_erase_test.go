package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

func TestWhatIsDestroyedStandsNowhere(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	words := []string{"Người Dân Mẫu 91", "0991000091", "Ngõ Mẫu 91", "079091000091", "lời-mẫu-gốc", "lời-mẫu-thêm", "nhắn-mẫu-công-dân", "ghi-mẫu-nội-bộ",
		"cơ-quan-mẫu-bị-nêu", "lý-do-mẫu-lưu", "ảnh-mẫu-91", "Người Nhận Mẫu 91"}
	p := storetest.Petition(tiepdan.KienNghi, "Có "+words[4], func(p *tiepdan.Petition) {
		p.Person = tiepdan.Person{Name: words[0], Phone: words[1], Address: words[2], IDNumber: words[3]}
		p.Respondent = words[8]
		p.Files = []tiepdan.Attachment{{SHA256: "e91", Name: words[10] + ".jpg", MIME: "image/jpeg", Size: 3, Class: "photo"}}
	})
	c := storetest.File(t, s, p, storetest.Filing(storetest.Peer(91), time.Now()))
	if err := s.KeepFile(t.Context(), tiepdan.Attachment{SHA256: "e91"}); err != nil {
		t.Fatal(err)
	}
	for _, a := range []tiepdan.Act{
		{Do: tiepdan.Add, By: tiepdan.Actor{Role: tiepdan.Citizen}, Text: words[5]},
		{Do: tiepdan.Tell, By: head.Actor(), Text: words[6]},
		{Do: tiepdan.Note, By: head.Actor(), Text: words[7]},
		{Do: tiepdan.RecordDelivery, By: head.Actor(), Details: tiepdan.Details{How: "in_person", Taker: words[11]}},
		{Do: tiepdan.FileAway, By: head.Actor(), Reason: words[9], Details: tiepdan.Details{Ground: "file.ineligible"}},
	} {
		do(t, s, c.ID, a)
	}
	for _, w := range words {
		if len(traces(t, s, w)) == 0 {
			t.Fatalf("the test is of no use: %q stands nowhere beforehand", w)
		}
	}
	over := time.Now().AddDate(0, 13, 0)
	gone := do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Destroy, By: head.Actor(), Reason: "Quyết định", At: over})
	for _, w := range words {
		if at := traces(t, s, w); len(at) > 0 {
			t.Errorf("%q still stands in %v", w, at)
		}
	}
	read, err := s.Case(t.Context(), c.ID)
	if err != nil || read.Status != tiepdan.Destroyed || read.Field != c.Field || len(read.History) != len(gone.History) || read.Code != c.Code {
		t.Errorf("%+v, %v", read, err)
	}
	for table, sql := range map[string]string{
		"prints": `SELECT count(*) FROM case_prints WHERE case_id = $1`, "accounts": `SELECT count(*) FROM cases WHERE id = $1 AND owner IS NOT NULL`,
	} {
		if n := count(t, s, sql, c.ID); n != 0 {
			t.Errorf("%d %s are left", n, table)
		}
	}
	if n := count(t, s, `SELECT count(*) FROM audit WHERE subject_kind = 'case' AND subject_id = $1`, c.ID); n < 6 {
		t.Errorf("the audit has %d rows", n)
	}
	if stale, err := s.StaleFiles(t.Context(), over); err != nil || len(stale) != 1 || stale[0] != "e91" {
		t.Errorf("its file isn't stale: %v, %v", stale, err)
	}
}

// keptOfDestroyed are the tables that may tell of a destroyed case: what was done to
// it and when, which number it had, and the empty shells of what was sent.
var keptOfDestroyed = []string{"entries", "book", "outbox", "tasks", "case_clocks", "case_links", "receptions", "directives", "appointments", "case_printed"}

func TestNoTableHoldsMoreOfADestroyedCaseThanItsCount(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	long := time.Now().AddDate(-2, 0, 0)
	c := storetest.File(t, s, storetest.Petition(tiepdan.KienNghi, "Lời mẫu rất dài về con mương mẫu của thôn mẫu"), storetest.Filing(storetest.Peer(92), long))
	twin := storetest.File(t, s, storetest.Petition(tiepdan.KienNghi, "Một việc mẫu khác hẳn"), storetest.Filing(storetest.Peer(93), long))
	if err := s.Unlike(t.Context(), head.Actor(), c.ID, twin.ID); err != nil {
		t.Fatal(err)
	}
	unit := storetest.Unit(t, s, "XD")
	for _, a := range []tiepdan.Act{
		{Do: tiepdan.Assign, By: head.Actor(), Details: tiepdan.Details{Unit: unit}, At: long.AddDate(0, 2, 0)},
		{Do: tiepdan.Take, By: head.Actor(), At: long.AddDate(0, 2, 0)},
		{Do: tiepdan.Tell, By: head.Actor(), Text: "Một lời nhắn mẫu", At: long.AddDate(0, 2, 0)},
	} {
		do(t, s, c.ID, a)
	}
	if _, _, err := s.SaveAnswerDraft(t.Context(), head.Actor(), tiepdan.AnswerDraft{Case: c.ID, Text: "Dự thảo mẫu"}); err != nil {
		t.Fatal(err)
	}
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.FileAway, By: head.Actor(), Reason: "Không đủ", Details: tiepdan.Details{Ground: "file.ineligible"}, At: long.AddDate(0, 3, 0)})
	for _, table := range []string{"case_unlike", "late_duties", "outbox"} {
		if !slices.Contains(tablesOf(t, s, c.ID), table) {
			t.Fatalf("the test is of no use: %s has nothing of it beforehand", table)
		}
	}
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Destroy, By: head.Actor(), Reason: "Quyết định"})
	for _, table := range tablesOf(t, s, c.ID) {
		if !slices.Contains(keptOfDestroyed, table) {
			t.Errorf("%s still has rows of it", table)
		}
	}
	for what, sql := range map[string]string{
		"messages to send":  `SELECT count(*) FROM outbox WHERE case_id = $1 AND (state = 'queued' OR reply IS NOT NULL)`,
		"tasks":             `SELECT count(*) FROM tasks WHERE case_id = $1 AND (done IS NULL OR note <> '')`,
		"warnings":          `SELECT count(*) FROM case_clocks WHERE case_id = $1 AND (warn_on IS NOT NULL OR half_on IS NOT NULL OR asks IS NOT NULL OR judge IS NOT NULL)`,
		"keys of its words": `SELECT count(*) FROM case_printed WHERE case_id = $1 AND cardinality(keys) > 0`,
		"words to find":     `SELECT count(*) FROM cases, unnest(tsvector_to_array(search)) w WHERE id = $1 AND w NOT LIKE '=%'`,
	} {
		if n := count(t, s, sql, c.ID); n != 0 {
			t.Errorf("%d %s are left", n, what)
		}
	}
}

// tablesOf are the tables that have rows of a case, by whatever column names one.
func tablesOf(t *testing.T, s *store.Store, id int64) (found []string) {
	t.Helper()
	rows, err := s.Pool().Query(t.Context(), `SELECT c.table_name::text, c.column_name::text FROM information_schema.columns c
		WHERE c.table_schema = 'public' AND (c.column_name = 'case_id' OR c.column_name = 'other' AND c.data_type = 'bigint')`)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct{ Table, Column string }])
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range columns {
		if count(t, s, fmt.Sprintf(`SELECT count(*) FROM %q WHERE %q = $1`, c.Table, c.Column), id) > 0 && !slices.Contains(found, c.Table) {
			found = append(found, c.Table)
		}
	}
	return found
}

func TestFollowUpsStandByTheirDay(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head, named := storetest.Staff(t, s, tiepdan.BoardHead, 0, false), storetest.Staff(t, s, tiepdan.Leader, 0, true)
	var passed []tiepdan.Case
	for i, kind := range []tiepdan.Kind{tiepdan.PhanAnh, tiepdan.KienNghi, tiepdan.ToCao} {
		c := storetest.File(t, s, storetest.Petition(kind, "Nội dung mẫu cần chuyển"), storetest.Filing(storetest.Peer(10+i), time.Now()))
		do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Transfer, By: named.Actor(), At: time.Now().AddDate(0, 0, 3-i), Details: tiepdan.Details{Body: "Sở Mẫu"}})
		passed = append(passed, c)
	}
	other := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Nội dung mẫu cần lưu"), storetest.Filing(storetest.Peer(20), time.Now()))
	do(t, s, other.ID, tiepdan.Act{Do: tiepdan.FileAway, By: head.Actor(), Reason: "Không đủ", Details: tiepdan.Details{Ground: "file.ineligible"}})
	if stored, _, err := s.FollowUps(t.Context(), head.Actor(), tiepdan.FiledAway, ""); err != nil || len(stored) != 1 || stored[0].ID != other.ID {
		t.Errorf("filed away: %+v, %v", stored, err)
	}
	rows, next, err := s.FollowUps(t.Context(), head.Actor(), tiepdan.Transferred, "")
	if err != nil || len(rows) != 3 || next != "" || rows[0].ID != passed[2].ID || rows[2].ID != passed[0].ID {
		t.Fatalf("%+v, %q, %v", rows, next, err)
	}
	if rows[0].Body != "" || rows[1].Body != "Sở Mẫu" {
		t.Errorf("a sealed one tells %q, another %q", rows[0].Body, rows[1].Body)
	}
	do(t, s, passed[0].ID, tiepdan.Act{Do: tiepdan.Urge, By: named.Actor(), Reason: "Đôn đốc", At: time.Now().AddDate(0, 0, 5)})
	do(t, s, passed[1].ID, tiepdan.Act{Do: tiepdan.RecordReply, By: named.Actor(), Text: "Đã xong", At: time.Now().AddDate(0, 0, 5)})
	rows, _, err = s.FollowUps(t.Context(), named.Actor(), tiepdan.Transferred, "")
	if err != nil || len(rows) != 2 || rows[1].Urged != 1 || rows[1].LastUrged.IsZero() || rows[0].Body != "Sở Mẫu" {
		t.Errorf("%+v, %v", rows, err)
	}
	if rows, _, err := s.FollowUps(t.Context(), tiepdan.Actor{Role: tiepdan.Officer, Staff: 1, Unit: 1}, tiepdan.Transferred, ""); err != nil || len(rows) != 0 {
		t.Errorf("an officer of no such case lists %d, %v", len(rows), err)
	}
}
