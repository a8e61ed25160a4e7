package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
	"tiepdan/store/storetest"
)

const (
	unlit  = "Đèn vẫn tắt từ tối qua."
	again  = "Đã thay cả dây dẫn của cột số 5."
	still  = "Tối nay đèn lại chập chờn."
	checks = "Đã kiểm tra tại chỗ, đèn sáng bình thường."
	grants = "Cần xem lại cả tủ điện của tuyến mẫu."
)

// TestNotSatisfied follows a citizen who isn't satisfied: the case comes back once by
// right, then a leader decides: no for one, yes for another; each step is told, with
// the day that is next.
func TestNotSatisfied(t *testing.T) {
	t.Parallel()
	w := openReport(t)
	next := w.nextReception()
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
	if told := w.hear(w.citizen, checks).Text; !holdsAll(told, []string{string(w.code), "không mở lại", "buổi gần nhất còn chỗ: 08:07", day(next)}) {
		t.Errorf("the refusal doesn't say what is next: %s", told)
	}
	w.hasDone(tiepdan.Answer, tiepdan.RecordDelivery, tiepdan.Rate, tiepdan.Reopen, tiepdan.Answer, tiepdan.RecordDelivery, tiepdan.AskReopen, tiepdan.RefuseReopen)
	w.isGranted()
	w.refusedNothing()
}

// nextReception is a session three days ahead to which anybody may come.
func (w *answered) nextReception() tiepdan.Date {
	w.t.Helper()
	ctx, cancel := w.context()
	defer cancel()
	on := tiepdan.DateOf(time.Now()).Add(3)
	starts := on.At(8*60 + 7)
	_, err := w.store.AddSession(ctx, w.actor("lanhdao"), tiepdan.Session{Kind: tiepdan.Periodic, Status: tiepdan.SessionPublished, Starts: starts, Ends: starts.Add(3 * time.Hour),
		Place: "Phòng tiếp công dân Mẫu", Presides: "Lãnh đạo Mẫu", Places: 3})
	w.must(err)
	return on
}

// isGranted is another citizen's second wish: a leader allows it in the chat, and it is
// told with the day by which the office then means to answer, and after that answer it may be asked again.
func (w *answered) isGranted() {
	w.citizen = w.sim.User(simulator.Person{Name: "Người Dân Mẫu 2", Lang: "vi"})
	w.citizen.Start("")
	w.shows(w.citizen, "Kính chào")
	officer := w.actor("canbo")
	answer := tiepdan.Act{Do: tiepdan.Answer, By: officer, Text: again}
	c := storetest.File(w.t, w.store, storetest.Petition(tiepdan.PhanAnh, complaint, func(p *tiepdan.Petition) { p.Field, p.Place = "ha_tang", "mau-dong" }),
		storetest.Filing(peerOf(w.citizen), time.Now().Add(-time.Hour)))
	for _, a := range []tiepdan.Act{{Do: tiepdan.Assign, By: w.actor("lanhdao"), Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.Staff}}, {Do: tiepdan.Take, By: officer},
		answer, {Do: tiepdan.Reopen, By: tiepdan.Actor{Role: tiepdan.Citizen}, Text: unlit}, answer} {
		a.At = time.Now()
		_, _, err := w.store.UpdateCase(w.t.Context(), c.ID, a.Apply)
		w.must(err)
	}
	w.code = c.Code
	w.await(w.citizen, func() bool { return heardTimes(w.citizen, again) == 2 })
	w.reopens("🔎 Xem hồ sơ", still)
	w.shows(w.citizen, string(w.code), "đến lãnh đạo cơ quan")
	w.await(w.leaderPhone, func() bool { return holdsAll(screen(w.leaderPhone).Text, []string{string(w.code), still}) })
	w.tap(w.leaderPhone, "🔓 Mở lại hồ sơ")
	w.shows(w.leaderPhone, "Mở lại hồ sơ "+string(w.code), "xin ghi lý do")
	w.leaderPhone.Send(grants)
	told := w.hear(w.citizen, grants).Text
	target := w.now()
	begun, _ := target.Since()
	due := w.rules().Calendar.Due(tiepdan.DateOf(begun.At), tiepdan.Term{Length: 15, Unit: tiepdan.WorkingDay}).On
	if target.Status != tiepdan.InProgress || begun.Do != tiepdan.Reopen || !holdsAll(told, []string{string(w.code), "mở lại", day(due)}) {
		w.t.Errorf("%s by %s, and the citizen reads %q, not of %s", target.Status, begun.Do, told, day(due))
	}
	w.await(w.officerPhone, func() bool { return holdsAll(screen(w.officerPhone).Text, []string{string(w.code), grants}) })
	w.hasDone(tiepdan.Reopen, tiepdan.Answer, tiepdan.AskReopen, tiepdan.Reopen)
}

// heardTimes is how often the bot said these words to u.
func heardTimes(u *simulator.User, words string) (n int) {
	for _, m := range u.Messages() {
		if m.FromBot && strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
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
