package backend_test

import (
	"net/http"
	"strings"
	"testing"

	"tiepdan"
)

// submit lets somebody draft the conclusion, give mt something to do about the first
// matter, and submit it.
func (o *aftermath) submit(t *testing.T, by *person) answer {
	t.Helper()
	if got := by.post(o.conclusion() + "/draft"); got.status != http.StatusOK || !got.has("form#conclusion") {
		t.Fatalf("drafting: %d %s", got.status, got.text("main"))
	}
	v := by.get(o.conclusion()).typed("form#conclusion")
	return by.sends(o.conclusion(), v, "do", "submit", "opening", "Tại buổi tiếp mẫu:", "unit-1", id(o.head.Unit), "task-1", "Dọn rác ở ngõ mẫu một.", "due-1", o.day.Add(7).String(),
		"signer_role", "Chủ tịch Mẫu")
}

func TestAConclusionsWholeWay(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	if got := o.desk.get("/conclusions?from=2026-11-01&until=2026-11-30"); got.status != http.StatusOK || got.text("a.row") != "04/11/2026" || !strings.Contains(got.text(".conclusions"), "Chưa soạn") {
		t.Errorf("%d %s", got.status, got.text("main"))
	}
	if got := o.submit(t, o.desk); got.path != o.conclusion() || !got.has(".flash") || !strings.Contains(got.text("h1"), "Chờ duyệt") || got.has("form#conclusion") {
		t.Fatalf("%s %s", got.path, got.text("main"))
	}
	seen := o.leader.get(o.conclusion())
	for _, words := range []string{citizen(1), citizen(2), "1 người được tiếp không có tin nhắn", "Ai sẽ được báo"} {
		if !strings.Contains(seen.text(".told"), words) {
			t.Errorf("who is told lacks %q: %s", words, seen.text(".told"))
		}
	}
	o.leader.post(o.conclusion()+"/ask", "text", "Ghi rõ thời hạn mẫu.")
	back := o.desk.get(o.conclusion())
	if !strings.Contains(back.text(".notice"), "Ghi rõ thời hạn mẫu.") {
		t.Errorf("what is asked for isn't shown: %s", back.text("main"))
	}
	v := back.typed("form#conclusion")
	if v.Get("task-1") != "Dọn rác ở ngõ mẫu một." || v.Get("unit-1") != id(o.head.Unit) || v.Get("matter-2") != "Đường hỏng ở ngõ mẫu hai." || v.Get("signer_role") != "Chủ tịch Mẫu" {
		t.Errorf("the draft holds %v", v)
	}
	o.desk.sends(o.conclusion(), v, "do", "submit", "drop-3", "1")
	o.desk.post(o.conclusion()+"/number", "number", "05/TB-BTCD")
	seen = o.leader.get(o.conclusion())
	if n := len(seen.all("article.item")); n != 3 {
		t.Errorf("%d items", n)
	}
	o.approved(t, seen)
}

// approved approves it, and looks at what comes of it.
func (o *aftermath) approved(t *testing.T, seen answer) {
	t.Helper()
	approve := `form[action=` + o.conclusion() + `/approve]`
	if stale := o.leader.post(o.conclusion()+"/approve", "version", "1"); stale.status != http.StatusConflict {
		t.Errorf("what the leader didn't read is approved: %d", stale.status)
	}
	done := o.leader.sends(o.conclusion()+"/approve", seen.typed(approve))
	if !strings.Contains(done.text("h1"), "Đã duyệt") || !strings.Contains(done.text(".told h2"), "Đã báo cho") || len(done.all(".told .badge")) != 2 {
		t.Errorf("%d %s", done.status, done.text("main"))
	}
	if !strings.Contains(done.text(".directives"), "CD26-0001") || !strings.Contains(done.text(".directives"), "Dọn rác") || !strings.Contains(done.text(".lead"), "05/TB-BTCD") {
		t.Errorf("no direction came of it: %s", done.text("main"))
	}
	if paper := o.desk.get(o.conclusion() + ".pdf"); paper.status != http.StatusOK || paper.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("the paper: %d", paper.status)
	}
	unit := o.head.get(o.conclusion())
	if unit.status != http.StatusOK || len(unit.all("article.item")) != 1 {
		t.Errorf("the unit sees %d: %s", unit.status, unit.text("main"))
	}
	unit.tells(t, "the unit's page", "Đường hỏng", citizen(1), citizen(2))
	if other := o.other.get(o.conclusion()); other.status != http.StatusNotFound {
		t.Errorf("another unit sees %d", other.status)
	}
}

func TestWhoWroteAConclusionDoesNotApproveIt(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	o.submit(t, o.leader)
	second := o.staff(tiepdan.BoardHead, "", true)
	if page := o.leader.get(o.conclusion()); page.has(`form[action=` + o.conclusion() + `/approve]`) {
		t.Error("the writer is offered to approve")
	}
	if got := o.leader.post(o.conclusion()+"/approve", "version", "2"); got.status != http.StatusForbidden {
		t.Errorf("the writer approves: %d", got.status)
	}
	if got := o.board.get(o.conclusion()); got.has(`form[action=`+o.conclusion()+`/approve]`) || !strings.Contains(got.text(".conclusion-side"), "mật") {
		t.Errorf("who may not read it is offered to approve it: %s", got.text(".conclusion-side"))
	}
	page := second.get(o.conclusion())
	if got := second.sends(o.conclusion()+"/approve", page.typed(`form[action=`+o.conclusion()+`/approve]`)); !strings.Contains(got.text("h1"), "Đã duyệt") {
		t.Errorf("%d %s", got.status, got.text("main"))
	}
}

func TestAnIncompleteConclusionIsKeptAndSaidSo(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	o.desk.post(o.conclusion() + "/draft")
	v := o.desk.get(o.conclusion()).typed("form#conclusion")
	got := o.desk.sends(o.conclusion(), v, "do", "submit", "unit-1", id(o.head.Unit), "opening", "Mở đầu mẫu.", "matter-5", "Việc chung mẫu.", "text-5", "Đồng ý.")
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(".said"), "Mục 1") {
		t.Errorf("%d %s", got.status, got.text(".said"))
	}
	if v := got.typed("form#conclusion"); v.Get("opening") != "Mở đầu mẫu." || v.Get("matter-5") != "Việc chung mẫu." || v.Get("unit-1") != id(o.head.Unit) {
		t.Errorf("typed in vain: %v", v)
	}
	if v := o.desk.get(o.conclusion()).typed("form#conclusion"); v.Get("matter-5") != "Việc chung mẫu." || v.Get("text-5") != "Đồng ý." {
		t.Errorf("not kept: %v", v)
	}
	if got := o.desk.sends(o.conclusion(), v, "do", "save", "opening", "Cũ."); got.status != http.StatusConflict || !strings.Contains(got.text("#f-opening"), "Cũ.") {
		t.Errorf("an old form: %d %s", got.status, got.text(".said"))
	}
}

func TestEntriesWrittenSinceAreAdded(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	o.desk.post(o.conclusion() + "/draft")
	o.stand(o.session.ID, tiepdan.SessionOpen)
	_, err := o.store.WriteReception(t.Context(), o.desk.Actor(), tiepdan.Reception{Session: o.session.ID, Ref: "late", Person: tiepdan.Person{Name: citizen(5)}, Kind: tiepdan.PhanAnh,
		Content: "Việc đến muộn mẫu.", Result: tiepdan.ResultSettled})
	o.must(err)
	page := o.desk.get(o.conclusion())
	if !strings.Contains(page.text("form.notice"), "1 lượt tiếp") {
		t.Errorf("%s", page.text("main"))
	}
	if got := o.desk.post(o.conclusion() + "/draft"); got.has("form.notice") || got.typed("form#conclusion").Get("matter-5") != "Việc đến muộn mẫu." {
		t.Errorf("%s", got.text("main"))
	}
}

func TestASecretItemIsBlankForTheUncleared(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	o.submit(t, o.desk)
	o.leader.post(o.conclusion()+"/ask", "text", "Sửa.")
	if got := o.leader.get(o.conclusion()); got.typed("form#conclusion").Get("matter-4") != "Nhận phong bì mẫu." {
		t.Fatalf("the cleared leader doesn't see it: %s", got.text("main"))
	}
	v := o.desk.get(o.conclusion()).typed("form#conclusion")
	saved := o.desk.sends(o.conclusion(), v, "do", "save", "matter-4", "Viết đè.", "text-4", "Viết đè.")
	saved.tells(t, "the writer's page", append(secretWords, "Viết đè.")...)
	again := o.leader.get(o.conclusion()).typed("form#conclusion")
	if again.Get("matter-4") != "Nhận phong bì mẫu." {
		t.Errorf("the uncleared wrote over it: %v", again)
	}
	o.leader.sends(o.conclusion(), again, "do", "submit", "unit-4", id(o.other.Unit), "task-4", "Làm việc kín, xác minh kín mẫu.", "due-4", o.day.Add(9).String())
	for _, p := range []*person{o.desk, o.board, o.head, o.other, o.staff(tiepdan.Auditor, "", false)} {
		for _, path := range []string{o.conclusion(), "/conclusions", "/directives?view=all", "/reports/directives"} {
			p.get(path).tells(t, string(p.Role)+"'s "+path, secretWords...)
		}
	}
}
