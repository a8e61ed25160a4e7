package main

import (
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
	"tiepdan/store/storetest"
)

const (
	asks     = "Có thay cả dãy đèn ở ngõ 12 phố Mẫu không?"
	directs  = "Đồng ý thay cả dãy, làm trong tháng này."
	whispers = "Cán bộ Mẫu nhận tiền khi cấp phép ở phố Mẫu."
	hushed   = "Đã xác minh việc cấp phép mẫu."
	judged   = "Đã thay bóng đèn mẫu."
	toJudge  = "🖋 Chờ duyệt"
	toAsk    = "🙋 Chờ ý kiến"
)

// TestStaffWorkInTheChat drives what waits for a leader's word, and a template of an
// answer, as those do who work with their phone.
func TestStaffWorkInTheChat(t *testing.T) {
	t.Parallel()
	w := openChat(t)
	w.asksAndIsDirected()
	w.answersByTemplate()
	w.isJudged()
	w.keepsSecrets()
	w.refusedNothing()
	if heard(w.barredPhone, string(w.code)) {
		t.Errorf("whom the case is about hears of it:\n%s", chatOf(w.barredPhone))
	}
}

// staffed is an office with cases that wait for somebody's word: w.code, which one of the
// leaders is kept away from, others, and two denunciations.
type staffed struct {
	*answered
	bossPhone, barredPhone *simulator.User
	judge, ask             tiepdan.CaseCode   // cases that anybody may see
	secret                 []tiepdan.CaseCode // denunciations: one to judge, one to direct
}

func openChat(t *testing.T) *staffed {
	w := &staffed{answered: &answered{office: openOffice(t, "polling")}}
	_, w.bossPhone = w.hire("truongban", tiepdan.BoardHead, "")
	_, w.leaderPhone = w.hire("lanhdao", tiepdan.Leader, "")
	_, w.barredPhone = w.hire("lanhdao2", tiepdan.Leader, "")
	_, w.officerPhone = w.hire("canbo", tiepdan.Officer, "ha-tang")
	w.clear("canbo")
	w.citizen = w.sim.User(simulator.Person{Name: "Người Dân Mẫu 1", Lang: "vi"})
	w.citizen.Start("")
	w.shows(w.citizen, "Kính chào")
	officer := w.actor("canbo")
	w.secret = []tiepdan.CaseCode{w.given(tiepdan.ToCao, tiepdan.Act{Do: tiepdan.Propose, By: officer, Text: hushed, Details: tiepdan.Details{Result: "wrong", Evidence: hushed,
		Signer: "Lãnh đạo Mẫu", Next: "denounce_again"}}).Code, w.given(tiepdan.ToCao, tiepdan.Act{Do: tiepdan.Consult, By: officer, Text: hushed}).Code}
	w.judge = w.given(tiepdan.PhanAnh, tiepdan.Act{Do: tiepdan.Propose, By: officer, Text: judged}).Code
	w.ask = w.given(tiepdan.PhanAnh, tiepdan.Act{Do: tiepdan.Consult, By: officer, Text: asks}).Code
	barred := w.actor("lanhdao2").Staff
	w.code = w.given(tiepdan.PhanAnh, tiepdan.Act{Do: tiepdan.Bar, By: w.actor("truongban"), Reason: "Bị phản ánh", Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{barred}}}}).Code
	w.hear(w.officerPhone, string(w.code))
	for _, u := range []*simulator.User{w.bossPhone, w.leaderPhone, w.barredPhone} {
		w.hear(u, string(w.judge))
		w.hear(u, string(w.ask))
	}
	for _, code := range w.secret {
		w.hear(w.bossPhone, string(code))
	}
	return w
}

// clear lets a member of staff see denunciations.
func (o *office) clear(login string) {
	o.t.Helper()
	ctx, cancel := o.context()
	defer cancel()
	s, _, err := o.store.StaffByLogin(ctx, login)
	o.must(err)
	s.Cleared = true
	_, err = o.store.SaveStaff(ctx, nobody, s)
	o.must(err)
}

// given is a case of the kind that the officer has taken, after those acts.
func (w *staffed) given(kind tiepdan.Kind, acts ...tiepdan.Act) tiepdan.Case {
	w.t.Helper()
	officer, words := w.actor("canbo"), complaint
	if kind == tiepdan.ToCao {
		words = whispers
	}
	c := storetest.File(w.t, w.store, storetest.Petition(kind, words, func(p *tiepdan.Petition) {
		if p.Field, p.Place = "ha_tang", "mau-dong"; kind == tiepdan.ToCao {
			p.Mode = tiepdan.Guide
		}
	}), storetest.Filing(peerOf(w.citizen), time.Now()))
	for _, a := range append([]tiepdan.Act{{Do: tiepdan.Assign, By: w.actor("truongban"), Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.Staff}}, {Do: tiepdan.Take, By: officer}}, acts...) {
		a.At = time.Now()
		var err error
		c, _, err = w.store.UpdateCase(w.t.Context(), c.ID, a.Apply)
		w.must(err)
	}
	return c
}

// list opens one of the lists of a member of staff and returns what it says.
func (w *staffed) list(u *simulator.User, label string) string {
	w.t.Helper()
	u.Start("")
	w.await(u, func() bool { s := screen(u); return hasButton(s, label) && u.PressOn(s.ID, label) == nil })
	w.shows(u, label)
	return screen(u).Text
}

// waits checks which cases stand in a list, and which don't.
func (w *staffed) waits(u *simulator.User, label string, has, hasNot []tiepdan.CaseCode) {
	w.t.Helper()
	said := w.list(u, label)
	for _, code := range has {
		if !strings.Contains(said, string(code)) {
			w.t.Errorf("%s lacks %s: %s", label, code, said)
		}
	}
	for _, code := range hasNot {
		if strings.Contains(said, string(code)) {
			w.t.Errorf("%s has %s: %s", label, code, said)
		}
	}
}

// asksAndIsDirected is a question in the case, from the officer's phone to the leader's.
func (w *staffed) asksAndIsDirected() {
	w.officerPhone.Start("")
	w.tap(w.officerPhone, "📋 Việc của tôi")
	w.shows(w.officerPhone, "📋 Việc của tôi", string(w.code))
	w.hides(w.officerPhone, w.secret...)
	w.pressLike(w.officerPhone, string(w.code))
	w.tap(w.officerPhone, "🙋 Xin ý kiến")
	w.shows(w.officerPhone, string(w.code), "cần lãnh đạo cho ý kiến")
	w.officerPhone.Send(asks)
	w.shows(w.officerPhone, "Đã xin ý kiến", string(w.code))
	w.await(w.leaderPhone, func() bool { return holdsAll(screen(w.leaderPhone).Text, []string{string(w.code), asks}) })
	w.await(w.bossPhone, func() bool { return holdsAll(screen(w.bossPhone).Text, []string{string(w.code), asks}) })
	w.waits(w.leaderPhone, toAsk, []tiepdan.CaseCode{w.code, w.ask}, append(w.secret, w.judge))
	w.pressLike(w.leaderPhone, string(w.code))
	w.shows(w.leaderPhone, string(w.code), "ngõ 12 phố Mẫu")
	w.tap(w.leaderPhone, "✍️ Cho ý kiến")
	w.shows(w.leaderPhone, string(w.code), "ý kiến chỉ đạo")
	w.leaderPhone.Send(directs)
	w.shows(w.leaderPhone, "Đã cho ý kiến")
	w.await(w.officerPhone, func() bool { return holdsAll(screen(w.officerPhone).Text, []string{string(w.code), directs}) })
	w.waits(w.leaderPhone, toAsk, []tiepdan.CaseCode{w.ask}, []tiepdan.CaseCode{w.code})
	if heard(w.citizen, asks) || heard(w.citizen, directs) {
		w.t.Error("the citizen reads what staff ask each other")
	}
}

// answersByTemplate is the officer's answer: what has gaps isn't handed up; the office's
// own template, which has none, is.
func (w *staffed) answersByTemplate() {
	ctx, cancel := w.context()
	defer cancel()
	_, err := w.store.SaveAnswerTemplate(ctx, w.actor("truongban"), tiepdan.AnswerTemplate{Name: "Mẫu đèn đường", Do: tiepdan.Answer, Active: true,
		Body: "Kính gửi {{kính gửi}}, {{đơn vị giải quyết}} đã thay đèn theo đơn {{mã đơn}}."})
	w.must(err)
	u := w.officerPhone
	w.tap(u, "✍️ Trả lời")
	w.shows(u, "Soạn trả lời", string(w.code))
	w.tap(u, "📄 Mẫu")
	w.tap(u, "Đã giải quyết xong")
	w.shows(u, "Dự thảo trả lời", "Còn chỗ trống", "việc đã làm")
	w.tap(u, "🖋 Trình duyệt")
	refused := w.hear(u, "Xin điền hoặc bỏ đi trước khi gửi")
	w.await(u, func() bool {
		return screen(u).ID > refused.ID && strings.Contains(screen(u).Text, "Dự thảo trả lời")
	})
	if c := w.now(); c.Status != tiepdan.InProgress {
		w.t.Fatalf("an answer with gaps was handed up: %s", c.Status)
	}
	w.tap(u, "📄 Mẫu")
	w.tap(u, "Mẫu đèn đường")
	w.shows(u, "Dự thảo trả lời", filledIn(w.code))
	w.tap(u, "🖋 Trình duyệt")
	w.shows(u, "Đã trình duyệt", string(w.code))
	if p, _ := w.now().Proposal(); p.Text != filledIn(w.code) {
		w.t.Errorf("it was proposed as %q", p.Text)
	}
}

// filledIn is the office's own template, filled from the case.
func filledIn(code tiepdan.CaseCode) string {
	return "Kính gửi Ông/Bà Người Dân Mẫu 1, Phòng Hạ tầng và Đô thị (mẫu) đã thay đèn theo đơn " + string(code) + "."
}

// isJudged is the answer's way from the leader's list to the citizen.
func (w *staffed) isJudged() {
	for _, u := range []*simulator.User{w.leaderPhone, w.bossPhone} {
		w.await(u, func() bool { return holdsAll(screen(u).Text, []string{filledIn(w.code)}) })
	}
	w.waits(w.leaderPhone, toJudge, []tiepdan.CaseCode{w.code, w.judge}, append(w.secret, w.ask))
	w.pressLike(w.leaderPhone, string(w.code))
	w.shows(w.leaderPhone, string(w.code), "ngõ 12 phố Mẫu")
	w.tap(w.leaderPhone, "✅ Duyệt")
	w.shows(w.leaderPhone, "Đã duyệt", string(w.code))
	w.hear(w.citizen, filledIn(w.code))
	w.waits(w.leaderPhone, toJudge, []tiepdan.CaseCode{w.judge}, []tiepdan.CaseCode{w.code})
}

// keepsSecrets is what the lists tell those who are cleared of a denunciation: its code;
// and whom a case is about: nothing of it.
func (w *staffed) keepsSecrets() {
	for i, label := range []string{toJudge, toAsk} {
		others := []tiepdan.CaseCode{w.judge, w.ask}
		w.waits(w.barredPhone, label, others[i:i+1], append(w.secret, w.code))
		w.waits(w.bossPhone, label, append(others[i:i+1:i+1], w.secret[i]), nil)
		w.hides(w.bossPhone, w.secret[i])
		w.pressLike(w.bossPhone, string(w.secret[i]))
		w.shows(w.bossPhone, string(w.secret[i]), "Hồ sơ mật")
		if s := screen(w.bossPhone); len(s.Buttons) != 1 || !hasButton(s, "🏠 Menu") {
			w.t.Errorf("a denunciation may be acted upon in a chat: %+v", s)
		}
	}
	for _, u := range []*simulator.User{w.bossPhone, w.leaderPhone, w.barredPhone, w.officerPhone} {
		if heard(u, whispers) || heard(u, hushed) {
			w.t.Errorf("a chat of staff tells of a denunciation:\n%s", chatOf(u))
		}
	}
}

// hides checks that the list on the screen says nothing of denunciations but their codes.
func (w *staffed) hides(u *simulator.User, codes ...tiepdan.CaseCode) {
	w.t.Helper()
	for _, code := range codes {
		if said := lineOf(screen(u).Text, code); said != "• "+string(code)+" · 🔒 xem trong hệ thống" {
			w.t.Errorf("a list says of a denunciation %q", said)
		}
	}
}

// lineOf is what a list says of a case.
func lineOf(list string, code tiepdan.CaseCode) string {
	_, said, _ := strings.Cut(list, "• "+string(code))
	said, _, _ = strings.Cut(said, "\n•")
	return strings.TrimSpace("• " + string(code) + said)
}
