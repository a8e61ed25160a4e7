package bot_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot"
	"tiepdan/store/storetest"
	"tiepdan/templates"
)

// newClocked is the engine over the real store, and the clock of both.
func newClocked(t *testing.T) (real, func(time.Time)) {
	var clock atomic.Pointer[time.Time]
	set := func(at time.Time) { clock.Store(&at) }
	read := func() time.Time { return *clock.Load() }
	set(now)
	s := storetest.Open(t, storetest.WithNow(read))
	e := bot.NewEngine(bot.Options{Store: s, Files: shelf{}, Texts: templates.Texts{}, PublicURL: "https://mau.example", Now: read})
	return real{t, s, e, storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()}, set
}

// session announces one, three days from now.
func (r real) session(places int) tiepdan.Session {
	r.t.Helper()
	at := now.AddDate(0, 0, 3)
	id, err := r.s.AddSession(r.t.Context(), r.head, tiepdan.Session{Kind: tiepdan.Periodic, Status: tiepdan.SessionPublished, Starts: at, Ends: at.Add(3 * time.Hour),
		Place: "Phòng tiếp công dân Mẫu", Presides: "Lãnh đạo Mẫu 1", Places: places})
	if err != nil {
		r.t.Fatal(err)
	}
	d, err := r.s.Session(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	return d
}

func (r real) change(id int64, change func(*tiepdan.Session)) {
	r.t.Helper()
	_, err := r.s.ChangeSession(r.t.Context(), r.head, id, func(d tiepdan.Session) (tiepdan.Session, error) {
		change(&d)
		return d, nil
	})
	if err != nil {
		r.t.Fatal(err)
	}
}

func TestABookingOnTheRealStore(t *testing.T) {
	t.Parallel()
	r, set := newClocked(t)
	d := r.session(1)
	session := "session/" + itoa(d.ID)
	c, w, b := r.person(1), r.person(2), r.person(3)
	want(t, c.play("/start book_"+d.Token), "Thứ Năm, ngày 26/11/2026, 09:00", "[🗓 Đăng ký buổi này]")
	c.play("#" + session + "/book|#agree")
	want(t, c.play("Hỏi về giấy chứng nhận"), "Xin xem lại")
	want(t, c.play("#book_yes"), "ĐÃ ĐẶT CHỖ", "Số thứ tự: <b>1</b>", "khoảng <b>09:00</b>")
	w.play("#" + session + "/book|#agree|#skip")
	want(t, w.play("#book_wait"), "vị trí <b>1</b>")
	want(t, b.play("#"+session+"/watch"), "sẽ nhắc Ông/Bà")

	set(now.AddDate(0, 0, 2))
	r.remind(now.AddDate(0, 0, 2), 2)
	rs, text := c.deliver()
	want(t, text, "Nhắc lịch hẹn", "Hỏi về giấy chứng nhận", "[✅ Tôi sẽ đến]")
	visit := strings.TrimSuffix(rs[0].Buttons[0][0].ID, "/coming")
	_, text = b.deliver()
	want(t, text, "Nhắc buổi tiếp công dân")
	want(t, c.play("#"+visit+"/coming"), "Hẹn gặp")

	r.change(d.ID, func(d *tiepdan.Session) {
		d.Starts, d.Ends, d.Reason = d.Starts.AddDate(0, 0, 1), d.Ends.AddDate(0, 0, 1), "Phòng họp sửa chữa"
	})
	_, text = c.deliver()
	want(t, text, "Nay là <b>Thứ Sáu, ngày 27/11/2026, 09:00", "Phòng họp sửa chữa", "[✅ Giữ hẹn]", "[❌ Huỷ hẹn]")
	_, text = w.deliver()
	want(t, text, "danh sách chờ, vị trí <b>1</b>")
	_, text = b.deliver()
	want(t, text, "theo dõi có thay đổi", "27/11/2026")

	c.play("#" + visit + "/cancel")
	want(t, c.play("#"+visit+"/cancel_yes"), "Đã hủy lịch hẹn")
	rs, text = w.deliver()
	want(t, text, "Ông/Bà đã có chỗ", "Số thứ tự: <b>1</b>")
	if len(rs) != 1 || len(rs[0].Papers) != 2 {
		t.Errorf("%+v", rs)
	}
	want(t, c.play("#"+session+"/book|#skip"), "danh sách chờ nhé")

	r.change(d.ID, func(d *tiepdan.Session) { d.Status, d.Reason = tiepdan.SessionCancelled, "Nghỉ bão" })
	_, text = w.deliver()
	want(t, text, "không diễn ra", "Nghỉ bão", "[🗓 Đăng ký buổi tiếp]")
	_, text = b.deliver()
	want(t, text, "không diễn ra")
	want(t, c.play("#book_wait"), "đã hủy")
	want(t, w.play("/book"), "chưa có buổi nào nhận đăng ký")
}

// remind posts what is due, which is so much.
func (r real) remind(at time.Time, most int) {
	r.t.Helper()
	if n, err := r.s.Remind(r.t.Context(), at); err != nil || n != most {
		r.t.Fatalf("%d reminders, %v", n, err)
	}
}

func TestManyPressForTheLastPlaces(t *testing.T) {
	t.Parallel()
	const people, places = 24, 5
	r, _ := newClocked(t)
	d := r.session(places)
	chats := make([]*realChat, people)
	for i := range chats {
		chats[i] = r.person(i + 1)
		chats[i].play("#session/" + itoa(d.ID) + "/book|#agree|#skip")
	}
	errs := make(chan error, 2*people)
	for _, c := range chats {
		for range 2 { // an impatient thumb
			go func() {
				_, err := c.e.Handle(context.WithoutCancel(t.Context()), bot.Event{ID: "p" + c.peer.ID, From: c.peer, At: now, Kind: bot.Pressed, Choice: "book_yes", Rev: c.rev})
				errs <- err
			}()
		}
	}
	for range 2 * people {
		<-errs // one of a pair may find that its talk moved on, and would come again
	}
	list, err := r.s.Appointments(t.Context(), r.head, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[int]bool{}
	for _, a := range list {
		numbers[a.Number] = true
	}
	if len(list) != places || len(numbers) != places || numbers[0] {
		t.Errorf("%d appointments with the numbers %v", len(list), numbers)
	}
	full := 0
	for _, c := range chats {
		if got := c.play("#session/" + itoa(d.ID) + "/show"); strings.Contains(got, "Vào danh sách chờ") {
			full++
		}
	}
	if full != people-places {
		t.Errorf("%d are offered the waiting list", full)
	}
}

func TestADirectionOnTheRealStore(t *testing.T) {
	t.Parallel()
	r := newReal(t)
	f := r.officer(t, 2)
	d, err := r.s.IssueDirective(t.Context(), r.head, tiepdan.Directive{Unit: storetest.Unit(t, r.s, "MT"), Officer: f.staff, Task: "Rà soát điểm rác tự phát",
		Due: tiepdan.DateOf(time.Now()).Add(10)}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	_, text := f.deliver()
	want(t, text, "Chỉ đạo mới "+d.Code(), "Rà soát điểm rác", "[✅ Nhận việc]")
	want(t, f.play("/menu"), "[📌 Chỉ đạo (1)]")
	want(t, f.play("#orders|1"), "Rà soát điểm rác")
	want(t, f.do(bot.Event{Text: "Đã dọn ba điểm", ReplyTo: "1", Quoted: "📌 Chỉ đạo mới " + d.Code()}), "Xem lại", "[🏁 Báo kết quả]")
	want(t, f.play("#order_report"), "Đã báo kết quả")
	d, err = r.s.Directive(t.Context(), d.ID)
	if err != nil || d.Status != tiepdan.DirectiveReported || d.History[len(d.History)-1].Text != "Đã dọn ba điểm" {
		t.Errorf("%+v, %v", d, err)
	}
	wantNot(t, f.play("/menu|#order/"+itoa(d.ID)+"/show"), "[🏁 Báo kết quả]")
}
