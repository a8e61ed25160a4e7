package main

import (
	"net/http"
	"testing"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
)

const (
	unlit  = "Đèn vẫn tắt từ tối qua."
	again  = "Đã thay cả dây dẫn của cột số 5."
	still  = "Tối nay đèn lại chập chờn."
	checks = "Đã kiểm tra tại chỗ, đèn sáng bình thường."
)

// TestNotSatisfied follows a citizen who isn't satisfied: the case comes back once by
// right, then a leader decides, and each step is told.
func TestNotSatisfied(t *testing.T) {
	t.Parallel()
	w := openReport(t)
	w.answer(reply)
	w.isUnhappy()
	w.reopens("⚖️ Tôi có thể làm gì tiếp?", unlit)
	w.shows(w.citizen, string(w.code), "đã được mở lại")
	w.hear(w.officerPhone, unlit)
	if c := w.now(); c.Status != tiepdan.InProgress {
		t.Fatalf("by right it is %s", c.Status)
	}
	w.answer(again)
	w.reopens("🔎 Xem hồ sơ", still)
	w.shows(w.citizen, string(w.code), "đến lãnh đạo cơ quan")
	if c := w.now(); c.Status != tiepdan.Answered {
		t.Fatalf("nobody decided, and it is %s", c.Status)
	}
	w.hear(w.leaderPhone, still)
	if got := w.try(w.officer, tiepdan.RefuseReopen, "reason", checks); got.status != http.StatusForbidden {
		t.Errorf("its officer decides: %d", got.status)
	}
	w.does(w.leader, tiepdan.RefuseReopen, "reason", checks)
	w.hear(w.citizen, checks)
	w.hasDone(tiepdan.Answer, tiepdan.RecordDelivery, tiepdan.Rate, tiepdan.Reopen, tiepdan.Answer, tiepdan.RecordDelivery, tiepdan.AskReopen, tiepdan.RefuseReopen)
	if refused := w.sim.Stats().Refused; len(refused) > 0 {
		t.Errorf("Telegram refused: %+v", refused)
	}
}

// openReport is an office whose officer has a report that needs no approval.
func openReport(t *testing.T) *answered {
	w := &answered{office: openOffice(t, "polling")}
	w.desk, w.deskPhone = w.hire("tiepnhan", tiepdan.Receptionist, "")
	w.leader, w.leaderPhone = w.hire("lanhdao", tiepdan.Leader, "")
	w.officer, w.officerPhone = w.hire("canbo", tiepdan.Officer, "ha-tang")
	w.citizen = w.sim.User(simulator.Person{Name: "Người Dân Mẫu 1", Lang: "vi", Phone: "0900000001"})
	w.must(file(w.office, w.citizen, complaint))
	w.code = w.codeIn(w.hear(w.citizen, "TD"))
	assignTo(w.office, w.desk, w.code, "canbo")
	w.does(w.officer, tiepdan.Take)
	return w
}

// answer is what the officer says and how it reached the citizen.
func (w *answered) answer(words string) {
	w.t.Helper()
	w.does(w.officer, tiepdan.Answer, "text", words, "result", "done")
	w.hear(w.citizen, words)
	w.does(w.officer, tiepdan.RecordDelivery, "how", "post", "on", tiepdan.DateOf(w.now().Received).String())
}

// isUnhappy rates the answer and says why.
func (w *answered) isUnhappy() {
	w.t.Helper()
	w.press(w.citizen, "👎 Chưa hài lòng")
	w.tap(w.citizen, "Chưa giải quyết xong")
	w.shows(w.citizen, "Chưa giải quyết xong", "nói thêm")
	w.await(w.citizen, func() bool { s, ok := w.now().Satisfaction(); return ok && s.Discontent == "unsolved" })
	w.tap(w.citizen, "⏭ Bỏ qua")
	w.shows(w.citizen, "làm được gì tiếp")
}

// reopens is the citizen's wish to have it looked at again, from a screen that leads there.
func (w *answered) reopens(from, words string) {
	w.t.Helper()
	w.tap(w.citizen, from)
	w.tap(w.citizen, "🔓 Đề nghị xem lại")
	w.shows(w.citizen, string(w.code), "Xin cho biết")
	w.citizen.Send(words)
}

// hasDone checks that the case's history has these deeds one after the other, others
// between them.
func (w *answered) hasDone(want ...tiepdan.Action) {
	w.t.Helper()
	var done []tiepdan.Action
	left := want
	for _, e := range w.now().History {
		done = append(done, e.Do)
		if len(left) > 0 && left[0] == e.Do {
			left = left[1:]
		}
	}
	if len(left) > 0 {
		w.t.Errorf("its history is %v, without %v of %v", done, left[0], want)
	}
}
