package backend_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// answered is a report of somebody at the desk, answered by the officer.
func (s *site) answered(t *testing.T, head, officer *person, text string) tiepdan.Case {
	t.Helper()
	c := storetest.File(s.t, s.store, storetest.Petition(tiepdan.PhanAnh, text), store.Filing{By: head.Actor(), At: time.Now(), Channel: "desk"})
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)).did(t)
	officer.act(c, tiepdan.Take).did(t)
	officer.act(c, tiepdan.Answer, "text", "Rác đã được thu gom.", "result", "done", "document", "12/UBND-TCD").did(t)
	return c
}

func TestAnAnswerIsBroughtFromTheListOfWork(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer, auditor := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "MT", false), s.staff(tiepdan.Auditor, "", false)
	c := s.answered(t, head, officer, "Rác thải ở ngõ mẫu năm")
	const list = "/tasks?view=deliveries"
	row := "#deliver-" + string(c.Code)
	got := head.get(list)
	if !got.has("form input[name=back]") || !strings.Contains(got.text(row), "12/UBND-TCD") {
		t.Fatalf("it isn't among what is to be brought: %s", got.text("main"))
	}
	if auditor.get(list).has(row) {
		t.Error("who may bring nothing has a list of what to bring")
	}
	sent := head.post(path(c)+"/act", "do", "record_delivery", "ref", "mot", "back", "tasks", "how", "post", "outcome", "sent", "parcel", "EB000000001VN")
	if sent.did(t); sent.path != list || !strings.Contains(sent.text(row), "EB000000001VN") {
		t.Errorf("what is on its way: %s at %s", sent.text(row), sent.path)
	}
	head.act(c, tiepdan.RecordDelivery, "how", "post", "outcome", "returned").did(t)
	if got = head.get("/tasks"); !strings.Contains(got.text("article.task"), "Giao trả lời bằng cách khác") || got.has("#f-how") || got.has("article.task select") {
		t.Errorf("what came back is no task: %s", got.text("main"))
	}
	if got = head.act(c, tiepdan.RecordDelivery, "how", "in_person", "outcome", "delivered", "text", "Giao tại nhà"); got.status != http.StatusUnprocessableEntity ||
		!strings.Contains(got.body, "Giao tại nhà") || !strings.Contains(got.text(".said"), "tên người nhận") {
		t.Errorf("handed over to nobody: %d, %s", got.status, got.text(".said"))
	}
	head.act(c, tiepdan.RecordDelivery, "how", "in_person", "outcome", "delivered", "taker", "Người Dân Mẫu 1").did(t)
	got = head.get(path(c))
	if rows := got.all(".tries-list tbody tr"); len(rows) != 3 {
		t.Fatalf("%d attempts are shown", len(rows))
	}
	for _, words := range []string{"Đã gửi, chờ xác nhận", "Bị trả lại", "Đã nhận", "Người Dân Mẫu 1", "EB000000001VN"} {
		if !strings.Contains(got.text(".tries"), words) {
			t.Errorf("the attempts lack %q: %s", words, got.text(".tries"))
		}
	}
	if head.get(list).has(row) || strings.Contains(head.get("/tasks").text("main"), "Giao trả lời") {
		t.Error("what was brought is still to be brought")
	}
}

func TestReportedResultsAreFoundAndTakenAway(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "MT", false)
	other := s.staff(tiepdan.UnitHead, "XD", false)
	c := s.answered(t, head, officer, "Rác thải ở ngõ mẫu sáu")
	head.act(c, tiepdan.RecordDelivery, "how", "post", "outcome", "delivered").did(t)
	officer.act(c, tiepdan.CloseCase).did(t)
	got := head.get("/results")
	for _, words := range []string{string(c.Code), "Đã giải quyết xong", "12/UBND-TCD", "Qua bưu điện", "Đúng hạn", head.Name} {
		if !strings.Contains(got.text("table.results"), words) {
			t.Errorf("the list lacks %q: %s", words, got.text("table.results"))
		}
	}
	if !got.has("nav a[href=/results]") || strings.Join(strings.Fields(got.text(".figures")), " ") == "" {
		t.Error("no way to it, or no totals")
	}
	for query, has := range map[string]bool{"span=week": true, "span=quarter": true, "span=year": true, "outcome=done": true, "outcome=explained": false, "kind=kien_nghi": false,
		"late=yes": false, "late=no": true, "unit=" + fmt.Sprint(officer.Unit): true, "unit=" + fmt.Sprint(other.Unit): false, "from=2020-01-01&until=2020-02-01": false} {
		if got := head.get("/results?" + query); got.has("a.row[href="+path(c)+"]") != has {
			t.Errorf("%s: %v, want %v", query, !has, has)
		}
	}
	if kept := head.get("/results?outcome=done"); !slices.ContainsFunc(kept.hrefs(".span-names a"), func(h string) bool { return strings.Contains(h, "outcome=done") }) {
		t.Error("another period forgets what the list is narrowed by")
	}
	if got := other.get("/results"); got.has("a.row") {
		t.Error("another unit's head has it")
	}
	if got := officer.get("/results"); !got.has("a.row[href=" + path(c) + "]") {
		t.Error("whose case it is doesn't have it")
	}
	for _, file := range []string{"/results.xlsx", "/results.pdf"} {
		if got := head.get(file + "?span=month&outcome=done"); got.status != http.StatusOK {
			t.Errorf("%s: %d", file, got.status)
		}
		if got := head.get(file + "?from=2026-12-01&until=2026-11-01"); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%s of days the wrong way round: %d", file, got.status)
		}
	}
}

// hrefs are where the elements lead.
func (p page) hrefs(selector string) (all []string) {
	for _, n := range p.all(selector) {
		all = append(all, value(n, "href"))
	}
	return all
}

func TestWhatCitizensSayOfAnswersIsReported(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "MT", false)
	c := s.file(tiepdan.PhanAnh, "Rác thải ở ngõ mẫu bảy")
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)).did(t)
	officer.act(c, tiepdan.Take).did(t)
	officer.act(c, tiepdan.Answer, "text", "Đã thu gom.").did(t)
	rate := tiepdan.Act{Do: tiepdan.Rate, By: tiepdan.Actor{Role: tiepdan.Citizen}, At: time.Now(), Text: "Chờ lâu quá", Details: tiepdan.Details{Rating: 1, Unhappy: "slow"}}
	if _, _, err := s.store.UpdateCase(t.Context(), c.ID, rate.Apply); err != nil {
		t.Fatal(err)
	}
	got := head.get("/reports/satisfaction")
	if l := got.line("Phòng Môi trường Mẫu"); !strings.Contains(l, "Phản ánh 1 1 1 0 0 1 0% Chậm: 1 0") {
		t.Errorf("the unit's line: %s", l)
	}
	if !strings.Contains(got.text(".said-words"), "Chờ lâu quá") || !slices.ContainsFunc(got.hrefs(".head-acts a"), func(h string) bool { return strings.HasPrefix(h, "/reports/satisfaction.xlsx?") }) {
		t.Errorf("what was said: %s", got.text(".said-words"))
	}
	if got := officer.get("/reports/satisfaction"); got.status != http.StatusForbidden {
		t.Errorf("an officer gets %d", got.status)
	}
	if got := head.get("/reports/satisfaction?from=2020-01-01&until=2020-02-01"); !got.has(".empty") {
		t.Error("a period without answers isn't empty")
	}
}

func TestTheNavigationCountsWhatWaitsForMe(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer, leader := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "XD", false), s.staff(tiepdan.Leader, "", false)
	c := s.file(tiepdan.KhieuNai, "Khiếu nại quyết định thu hồi đất số 7")
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)).did(t)
	officer.act(c, tiepdan.Take).did(t)
	officer.act(c, tiepdan.Propose, "text", "Dự thảo mẫu", "result", "wrong", "evidence", "Biên bản mẫu", "signer", "Chủ tịch Mẫu", "next", "second_or_court").did(t)
	// on a wide screen, and in a narrow one's menu
	waits := func(p *person) string { return p.get("/account").text("a[href=/approvals] .count") }
	if waits(leader) != "1 1" || waits(officer) != "" {
		t.Errorf("for the leader %q, for the author %q", waits(leader), waits(officer))
	}
}

func TestDaysUntilACaseIsClosedByItselfAreASetting(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	form := []string{"name", "Ban Tiếp công dân Mẫu", "place", "Thành phố Mẫu", "reopen_days", "30", "assign_days", "1", "take_days", "1", "direct_days", "1"}
	for _, wrong := range []string{"-1", "400", "mười"} {
		if got := head.post("/office", append(form, "close_days", wrong)...); got.status != http.StatusUnprocessableEntity || got.value("#f-close_days", "value") != wrong {
			t.Errorf("%s: %d, typed %q", wrong, got.status, got.value("#f-close_days", "value"))
		}
	}
	head.post("/office", append(form, "close_days", "15")...).did(t)
	if got := head.get("/office"); got.value("#f-close_days", "value") != "15" {
		t.Errorf("it is %q", got.value("#f-close_days", "value"))
	}
}

func TestResultsAndDeliveriesInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "MT", false)
	var last tiepdan.Case
	for i, outcome := range []string{"delivered", "delivered", "returned", "sent"} {
		last = s.answered(t, head, officer, fmt.Sprintf("Rác thải ở ngõ mẫu số %d, ùn ứ đã ba ngày.", i+1))
		head.act(last, tiepdan.RecordDelivery, "how", "post", "outcome", outcome, "parcel", "EB00000000"+fmt.Sprint(i)+"VN", "text", "Bưu tá mẫu báo").did(t)
		if outcome == "delivered" {
			officer.act(last, tiepdan.CloseCase).did(t)
		}
	}
	rated := s.answered(t, head, officer, "Đèn đường hỏng trước cổng trường mẫu.")
	rate := tiepdan.Act{Do: tiepdan.Rate, By: tiepdan.Actor{Role: tiepdan.Citizen}, At: time.Now(), Text: "Chờ lâu quá, nhưng đã sửa.", Details: tiepdan.Details{Rating: 1, Unhappy: "slow"}}
	if _, _, err := s.store.UpdateCase(t.Context(), rated.ID, rate.Apply); err != nil {
		t.Fatal(err)
	}
	b := s.browse(t)
	b.signIn(head)
	for name, where := range map[string]string{"results": "/results", "results-empty": "/results?from=2020-01-01&until=2020-02-01", "report-satisfaction": "/reports/satisfaction",
		"tasks-deliver": "/tasks", "deliveries": "/tasks?view=deliveries", "tries": path(last), "tries-form": path(last) + "?do=record_delivery"} {
		b.open(where)
		b.shot(name)
	}
	b.open("/tasks?view=deliveries")
	b.press("#deliver-"+string(last.Code)+" summary", "#deliver-"+string(last.Code)+" button.primary", "Ghi nhận lần giao")
	b.shot("deliveries-form")
	b.press("#deliver-"+string(last.Code)+" button.primary", ".flash", "Đã ghi nhận việc giao văn bản")
	b.fine()
}
