package main

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
)

// book is how three people come to two places, and a fourth watches.
func (r *reception) book() {
	r.bookFromSchedule()
	r.bookByLink()
	r.waitInLine()
	r.watcher.Start("book_" + r.day.Token)
	r.press(r.watcher, "🔔 Nhắc tôi")
	r.await(r.watcher, func() bool { return hasButton(screen(r.watcher), "🔕 Thôi nhắc") })
	r.giveUp()
}

// visitOf is u's appointment at the session.
func (r *reception) visitOf(u *simulator.User, d tiepdan.Session) tiepdan.Visit {
	r.t.Helper()
	visits, err := r.store.Visits(r.t.Context(), peerOf(u), time.Now())
	r.must(err)
	for _, v := range visits {
		if v.At.ID == d.ID {
			return v
		}
	}
	r.t.Fatalf("no appointment:\n%s", chatOf(u))
	return tiepdan.Visit{}
}

// bookFromSchedule is the longest way: a petition was filed before, by name; now its
// writer looks at the schedule, chooses the session and brings their case.
func (r *reception) bookFromSchedule() {
	r.must(fileNamed(r.office, r.first, complaint, "Người Dân Mẫu 1"))
	r.code = r.codeIn(r.hear(r.first, "TD"))
	r.first.Start("")
	r.press(r.first, "📅 Lịch tiếp công dân")
	r.pressLike(r.first, "🗓", dm(r.day.Starts), clock(r.day.Starts), "còn 2 chỗ")
	r.shows(r.first, focus, "2/2 chỗ")
	r.press(r.first, "🗓 Đăng ký buổi này")
	r.shows(r.first, "việc gì", "chọn một hồ sơ của mình")
	r.pressLike(r.first, string(r.code))
	r.shows(r.first, "xem lại trước khi đặt", string(r.code), "không nêu")
	r.tap(r.first, "👤 Kèm tên: Người Dân Mẫu 1")
	r.shows(r.first, "xem lại trước khi đặt", "Người Dân Mẫu 1")
	r.tap(r.first, "✅ Đặt chỗ")
	r.hear(r.first, "ĐÃ ĐẶT CHỖ")
	v := r.visitOf(r.first, r.day)
	paper := r.slipOf(r.first, v)
	for _, said := range []string{string(r.code), "Người Dân Mẫu 1", clock(r.day.Starts), "Ban Tiếp công dân tỉnh Mẫu"} {
		if !strings.Contains(paper, said) {
			r.t.Errorf("the slip doesn't say %q: %s", said, paper)
		}
	}
	if v.Number != 1 || v.CaseCode != r.code || v.Name != "Người Dân Mẫu 1" {
		r.t.Errorf("%+v", v.Appointment)
	}
}

// fileNamed is [file] by one who tells their name.
func fileNamed(o *office, u *simulator.User, content, name string) error {
	u.Start("")
	named := false
	for said, until := false, time.Now().Add(patience); !hasReceipt(u); {
		if time.Now().After(until) {
			return fmt.Errorf("no receipt:\n%s\n%s", chatOf(u), o.log)
		}
		n, last := len(u.Messages()), u.Last()
		label, write := nextStep(last, said)
		switch {
		case label == "🕶 Không nêu tên" && !named:
			u.Send(name)
			named = true
		case write:
			u.Send(content)
			said = true
		case label != "" && label != "🕶 Không nêu tên":
			_ = u.PressOn(last.ID, label) // the screen may have changed meanwhile
		}
		awaitChange(o, u, n, last)
	}
	return nil
}

// bookByLink follows the session's own link and says in a line what it is about.
func (r *reception) bookByLink() {
	r.second.Start("book_" + r.day.Token)
	r.shows(r.second, focus, "1/2 chỗ")
	r.tap(r.second, "🗓 Đăng ký buổi này")
	r.tap(r.second, "✅ Đồng ý")
	r.shows(r.second, "việc gì")
	r.second.Send("Cống ngõ 7 phố Mẫu")
	r.shows(r.second, "xem lại trước khi đặt", "Cống ngõ 7 phố Mẫu")
	r.press(r.second, "✅ Đặt chỗ")
	r.hear(r.second, "ĐÃ ĐẶT CHỖ")
	v := r.visitOf(r.second, r.day)
	r.slipOf(r.second, v)
	if v.Number != 2 || v.Purpose != "Cống ngõ 7 phố Mẫu" {
		r.t.Errorf("%+v", v.Appointment)
	}
}

// waitInLine finds no place any more.
func (r *reception) waitInLine() {
	r.third.Start("")
	r.press(r.third, "🗓 Đăng ký buổi tiếp")
	r.pressLike(r.third, "🗓", clock(r.day.Starts), "chờ chỗ")
	r.tap(r.third, "✅ Đồng ý")
	r.shows(r.third, "việc gì")
	r.press(r.third, "⏭ Bỏ qua")
	r.shows(r.third, "đã hết chỗ")
	r.press(r.third, "⏳ Vào danh sách chờ")
	r.hear(r.third, "Đã vào danh sách chờ")
	if v := r.visitOf(r.third, r.day); v.Position != 1 || v.Number != 0 {
		r.t.Errorf("%+v", v.Appointment)
	}
}

// giveUp is the first giving their place back: who waited has it, and a slip.
func (r *reception) giveUp() {
	r.press(r.first, "❌ Huỷ hẹn")
	r.press(r.first, "❌ Đúng, hủy hẹn")
	r.hear(r.first, "Đã hủy lịch hẹn")
	r.hear(r.third, "Ông/Bà đã có chỗ!")
	v := r.visitOf(r.third, r.day)
	r.slipOf(r.third, v)
	if v.Number != 1 || v.Status != tiepdan.Booked {
		r.t.Errorf("%+v", v.Appointment)
	}
}

// change moves the session and calls another off: everybody concerned is told, and
// nobody else.
func (r *reception) change() {
	at := fmt.Sprintf("/sessions/%d", r.day.ID)
	page := r.desk.get(at + "/move")
	if !strings.Contains(wordsOf(page), "3 người sẽ được báo ngay") {
		r.t.Errorf("the page doesn't say who is told: %s", wordsOf(page))
	}
	before := r.day
	form := fields("day", before.On().String(), "from", clock(before.Starts.Add(5*time.Minute)), "until", clock(before.Ends.Add(5*time.Minute)),
		"place", "Hội trường Mẫu", "reason", "Phòng tiếp đang sửa", "day_off", "1") // the story may be told on a Saturday
	moved := r.desk.ask(http.MethodPost, at+"/move", form)
	if !strings.Contains(moved.where, "told=3") {
		r.t.Errorf("%s: %s", moved.where, wordsOf(moved.body))
	}
	var err error
	r.day, err = r.store.Session(r.t.Context(), r.day.ID)
	r.must(err)
	for _, u := range []*simulator.User{r.second, r.third} {
		m := r.hear(u, "đã đăng ký có thay đổi")
		if !holdsAll(m.Text, []string{"Hội trường Mẫu", "Phòng tiếp đang sửa", clock(r.day.Starts), clock(before.Starts)}) {
			r.t.Errorf("told of the move: %q", m.Text)
		}
	}
	r.hear(r.watcher, "theo dõi có thay đổi")
	r.press(r.second, "✅ Giữ hẹn")
	r.hear(r.second, "Hẹn gặp Ông/Bà")
	if heard(r.first, "có thay đổi") {
		r.t.Error("who gave their place back is told of the move")
	}
	if sequence, status := r.eventOf(r.day); sequence != "1" || status != "CONFIRMED" {
		r.t.Errorf("the feed has it as %s %s", sequence, status)
	}
	r.callOff()
}

// callOff cancels another session.
func (r *reception) callOff() {
	other := r.session("Buổi mẫu sẽ hủy", 3, func(now time.Time) (starts, ends time.Time) {
		starts = tiepdan.DateOf(now).Add(2).At(9*60 + 11)
		return starts, starts.Add(2 * time.Hour)
	})
	r.first.Start("book_" + other.Token)
	r.tap(r.first, "🗓 Đăng ký buổi này")
	r.tap(r.first, "⏭ Bỏ qua")
	r.tap(r.first, "✅ Đặt chỗ")
	r.await(r.first, func() bool {
		visits, err := r.store.Visits(r.t.Context(), peerOf(r.first), time.Now())
		r.must(err)
		return len(visits) == 1
	})
	r.watcher.Start("book_" + other.Token)
	r.shows(r.watcher, "Buổi mẫu sẽ hủy")
	r.tap(r.watcher, "🔔 Nhắc tôi")
	r.await(r.watcher, func() bool { n, err := r.store.Watchers(r.t.Context(), other.ID); r.must(err); return n == 1 })
	at := fmt.Sprintf("/sessions/%d/cancel", other.ID)
	r.leader.send(r.leader.get(at), at, "reason", "Người chủ trì đi công tác")
	m := r.hear(r.first, "đã đăng ký không diễn ra")
	if !strings.Contains(m.Text, "Người chủ trì đi công tác") {
		r.t.Errorf("told without the reason: %q", m.Text)
	}
	r.hear(r.watcher, "theo dõi không diễn ra")
	if _, status := r.eventOf(other); status != "CANCELLED" {
		r.t.Errorf("the feed has it as %s", status)
	}
	if page := r.stranger().get("/schedule/" + other.Token); !strings.Contains(page, "Người chủ trì đi công tác") {
		r.t.Errorf("its page doesn't say why: %s", wordsOf(page))
	}
}
