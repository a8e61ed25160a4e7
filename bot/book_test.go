package bot_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot"
)

// visitTalks are scripts of persons at an office with three sessions: a full one
// tomorrow (1), one with places in two days (2), one that isn't booked in three (3).
var visitTalks = []struct {
	name  string
	lines []line
}{
	{"a place from the list to the slip", []line{
		{"/book", "Thứ Tư, ngày 25/11/2026, 09:00|Cán bộ Mẫu 2 chủ trì|[🗓 Thứ 4 25/11 · 09:00 · còn 4 chỗ]|⏳ chờ chỗ|!26/11"},
		{"#session/2/book", "việc gì|tối đa 200 ký tự|không cần ghi gì|[⏭ Bỏ qua]|[⬅️ Quay lại]"},
		{"Hỏi về giấy chứng nhận", "Xin xem lại|Hỏi về giấy chứng nhận|Họ tên: không nêu|[✅ Đặt chỗ]"},
		{"dat cho", "ĐÃ ĐẶT CHỖ|Số thứ tự: <b>1</b>|khoảng <b>09:00</b>|Hỏi về giấy chứng nhận|giấy tờ tùy thân|[❌ Huỷ hẹn]|[📜 Nội quy]"},
		{"/book", "Lịch hẹn của Ông/Bà|25/11/2026, 09:00</b>–12:00, số 1|![🗓 Thứ 4"},
		{"#visits", "số 1, khoảng 09:00"}, {"1", "Lịch hẹn của Ông/Bà|[🎫 Phiếu hẹn]"}, {"#visit/1/slip", "PHIẾU HẸN"},
		{"#visit/1/cancel", "Hủy lịch hẹn|sẽ được nhường|[❌ Đúng, hủy hẹn]|[⬅️ Quay lại]"}, {"Quay lại", "Lịch hẹn của Ông/Bà"},
		{"#visit/1/cancel", ""}, {"#visit/1/cancel_yes", "Đã hủy lịch hẹn"}, {"#visit/1/coming", "không thay đổi được nữa|Lịch hẹn đã hủy"}, {"#visits", "chưa có lịch hẹn"}}},
	{"a session's link leads to its booking", []line{
		{"/start book_s2", "Tiếp công dân định kỳ|Còn <b>4</b>/4|[🗓 Đăng ký buổi này]|[🔔 Nhắc tôi]|[📎 Tải lịch (.ics)]"}, {"1", "việc gì"},
		{"⏭ Bỏ qua", "Về việc: không nêu"}, {"#back", "việc gì"}, {"#back", "Còn <b>4</b>/4"}, {"/start book_khongco", "không thấy buổi tiếp này|Lịch tiếp công dân"}}},
	{"the waiting list", []line{
		{"#session/1/show", "hết chỗ đặt trước|[⏳ Vào danh sách chờ]"}, {"#session/1/book", "việc gì"}, {"#skip", "danh sách chờ nhé|![✅ Đặt chỗ]"},
		{"#book_wait", "Đã vào danh sách chờ|vị trí <b>1</b>|[❌ Huỷ hẹn]|!Số thứ tự"}, {"#session/1/book", "đã có lịch hẹn|Đang chờ ở vị trí <b>1</b>"}}},
	{"the last place goes while somebody reads", []line{
		{"#session/2/book", ""}, {"#skip", "Đặt chỗ"}, {"FULL", ""}, {"#book_yes", "vừa hết chỗ|danh sách chờ nhé|[⏳ Vào danh sách chờ]"}, {"#book_wait", "vị trí <b>1</b>"}}},
	{"a bell and a calendar", []line{
		{"/schedule", "Trong tuần này|[🔔 Nhắc tôi]|[📎 Tải lịch (.ics)]|Còn 4/4 chỗ"}, {"#ics", "ứng dụng lịch"}, {"#session/3/watch", "sẽ nhắc Ông/Bà|không cần đăng ký trước|[🔕 Thôi nhắc]"},
		{"#session/3/unwatch", "thôi nhắc|[🔔 Nhắc tôi]"}, {"#session/3/ics", "thêm vào lịch|Thứ Năm, ngày 26/11/2026, 09:00"}, {"#session/3/book", "không nhận đăng ký trước"}}},
	{"too long a purpose is kept aside", []line{
		{"#session/2/book", ""}, {"LONG", "tối đa 200 ký tự|chưa mất|việc gì|[📝 Gửi đơn, phản ánh]"}, {"#submit", "loại nào"}, {"#kind/phan_anh", ""}, {"#field/khac", ""}, {"#skip", "Đã ghi 1 đoạn"}}},
	{"files don't go astray", []line{
		{"#session/2/book", ""}, {"+giay.jpg", "không cần gửi tệp|[📝 Gửi đơn, phản ánh]|việc gì"}, {"/cancel", "Chưa đặt chỗ nào|Gửi đơn"}}},
	{"old buttons and other words are answered kindly", []line{
		{"#session/2/book", ""}, {"#skip", "Xin xem lại"}, {"@1 book_yes", "bước trước rồi|Xin xem lại"}, {"Về việc cấp phép", "Xin xem lại|Về việc cấp phép"}, {"/menu", "Chưa đặt chỗ nào|Kính chào"},
		{"#book_yes", "bước trước rồi|Kính chào"}, {"#visit/9/show", "không thấy lịch hẹn này"}, {"#session/99/book", "không thấy buổi tiếp này"}}},
	{"a denouncer's guide leads to a booking that asks nothing", []line{
		{"#submit", ""}, {"#kind/to_cao", "[🗓 Đăng ký buổi tiếp]"}, {"#book", "Các buổi nhận đăng ký"}, {"#session/2/book", "tố cáo"}, {"#skip", "không nêu|!tố cáo"}, {"#book_yes", "ĐÃ ĐẶT CHỖ|!tố cáo"}}},
	{"in English", []line{
		{"#speak/en", ""}, {"/book", "Receptions that can be booked|4 free"}, {"#session/2/book", "you needn't write anything"}, {"About my land", "Please check|About my land|[✅ Book it]"},
		{"book it", "BOOKED|Your number: <b>1</b>|Wednesday, 25/11/2026, 09:00|[❌ Cancel it]"}, {"#visit/1/coming", "See you on"}, {"#visits", "✅"}}},
}

func (o office) threeSessions() {
	o.session(1, 1)
	o.session(2, 4)
	o.session(3, 0)
	o.strange[1] = 1
}

func TestVisits(t *testing.T) {
	t.Parallel()
	for _, tt := range visitTalks {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice()
			o.threeSessions()
			c := o.person(t, "c")
			c.agree()
			for i, l := range tt.lines {
				switch l.do {
				case "FULL":
					o.strange[2] = 4
					continue
				case "LONG":
					l.do = strings.Repeat("Chuyện dài cần kể. ", 20)
				}
				got := c.play(l.do)
				if t.Failed() {
					t.Fatalf("at line %d, %q", i, l.do)
				}
				for part := range strings.SplitSeq(l.shown, "|") {
					if not, ok := strings.CutPrefix(part, "!"); ok && strings.Contains(got, not) || !ok && !strings.Contains(got, part) {
						t.Fatalf("line %d, %q: %q against\n%s", i, l.do, part, got)
					}
				}
			}
		})
	}
}

func TestANameIsTakenAlongOnlyWhenConfirmed(t *testing.T) {
	t.Parallel()
	for press, name := range map[string]string{"with_name": "Người Dân Mẫu 1", "unnamed": ""} {
		o := newOffice()
		o.session(2, 4)
		c := o.person(t, "c")
		o.accounts[c.peer] = bot.Account{PrivacyVersion: 1, Person: tiepdan.Person{Name: "Người Dân Mẫu 1", Phone: "0912000001"}}
		c.press("session/1/book")
		want(t, c.press("skip"), "[👤 Kèm tên: Người Dân Mẫu 1]", "Họ tên: không nêu")
		want(t, c.press("with_name"), "Họ tên: Người Dân Mẫu 1", "[🕶 Không nêu tên]")
		if press == "unnamed" {
			want(t, c.press(press), "Họ tên: không nêu")
		}
		c.press("book_yes")
		if v := o.visits[0]; v.Name != name || v.Phone != "" {
			t.Errorf("%s: %+v", press, v)
		}
	}
}

func TestWhoGaveNoNameMayAddOne(t *testing.T) {
	t.Parallel()
	o := newOffice()
	o.session(2, 4)
	c := o.person(t, "c")
	o.accounts[c.peer] = bot.Account{PrivacyVersion: 1}
	c.press("session/1/book")
	want(t, c.press("skip"), "[👤 Ghi họ tên]", "Họ tên: không nêu")
	want(t, c.press("give_name"), "họ tên", "[🕶 Không nêu tên]")
	want(t, c.says("Người Dân Mẫu 4"), "Họ tên: Người Dân Mẫu 4")
	c.press("book_yes")
	if v := o.visits[0]; v.Name != "Người Dân Mẫu 4" {
		t.Errorf("%+v", v)
	}
}

func TestAVisitMayBeAboutAnOpenCaseButNoSealedOne(t *testing.T) {
	t.Parallel()
	o := newOffice()
	o.session(2, 4)
	c := o.person(t, "c")
	c.file("Đèn đường hỏng đã ba tuần nay")
	for do := range strings.SplitSeq("#submit|#kind/to_cao|#unnamed_info|#field/khac|#skip|Chuyện bí mật cần báo|#done|#skip|#send", "|") {
		c.play(do)
	}
	got := c.press("session/1/book")
	want(t, got, string(o.cases[0].Code), "chọn một hồ sơ")
	wantNot(t, got, string(o.cases[1].Code))
	want(t, c.press("about/2"), "việc gì")
	c.press("about/1")
	want(t, c.render(c.last), "hồ sơ "+string(o.cases[0].Code))
	c.press("book_yes")
	if len(o.visits) != 1 || o.visits[0].Case != 1 {
		t.Errorf("%+v", o.visits)
	}
}

func TestAPlaceIsBookedOnceHoweverOftenItIsPressed(t *testing.T) {
	t.Parallel()
	o := newOffice()
	o.session(2, 4)
	c := o.person(t, "c")
	c.agree()
	c.press("session/1/book")
	c.press("skip")
	talk, version, rev := o.talks[c.peer], o.versions[c.peer], c.rev
	press := bot.Event{ID: "p", Kind: bot.Pressed, Choice: "book_yes", Rev: rev}
	want(t, c.do(press), "ĐÃ ĐẶT CHỖ")
	if ps := c.last[0].Papers; len(ps) != 2 || ps[1] != (bot.Paper{Kind: "slip", Appointment: 1}) {
		t.Errorf("papers %+v", ps)
	}
	want(t, c.do(press), "Lịch hẹn của Ông/Bà") // delivered again
	want(t, c.do(bot.Event{Kind: bot.Pressed, Choice: "book_yes", Rev: rev}), "đã đặt chỗ rồi", "Số thứ tự")
	o.talks[c.peer], o.versions[c.peer] = talk, version // killed before the talk was saved
	want(t, c.do(press), "ĐÃ ĐẶT CHỖ", "<b>1</b>")
	if len(o.visits) != 1 {
		t.Errorf("%d appointments", len(o.visits))
	}
}

func TestConsentComesBeforeAPurpose(t *testing.T) {
	t.Parallel()
	o := newOffice()
	o.session(2, 4)
	c := o.person(t, "c")
	want(t, c.press("session/1/book"), "[✅ Đồng ý]")
	want(t, c.press("agree"), "việc gì")
	d := o.person(t, "d")
	d.press("session/1/book")
	want(t, d.press("disagree"), "không giữ lại gì")
	if len(o.visits) != 0 {
		t.Error("booked without consent")
	}
}

func TestAChangedMessageChangesThePurpose(t *testing.T) {
	t.Parallel()
	o := newOffice()
	o.session(2, 4)
	c := o.person(t, "c")
	c.agree()
	c.press("session/1/book")
	c.do(bot.Event{Message: "m9", Text: "Hỏi về đất"})
	rev := c.rev
	want(t, c.do(bot.Event{Kind: bot.Edited, Message: "m9", Text: "Hỏi về nhà"}), "Hỏi về nhà")
	want(t, c.do(bot.Event{Kind: bot.Pressed, Choice: "book_yes", Rev: rev}), "bước trước rồi", "Hỏi về nhà")
	c.press("book_yes")
	if o.visits[0].Purpose != "Hỏi về nhà" {
		t.Errorf("%+v", o.visits[0])
	}
}

func TestATalkOfTheVersionBeforeStillLoads(t *testing.T) {
	t.Parallel()
	o := newOffice()
	o.session(2, 4)
	c := o.person(t, "c")
	c.agree()
	o.talks[c.peer] = []byte(`{"rev":7,"seen":["a"],"scene":"petition","step":"field","draft":{"id":"d1","kind":"phan_anh","mode":"file"}}`)
	o.versions[c.peer] = 1
	want(t, c.says("zzz"), "ghi lời này", "lĩnh vực")
	want(t, c.press("session/1/book"), "việc gì")
	var talk bot.Talk
	if err := json.Unmarshal(o.talks[c.peer], &talk); err != nil || talk.Draft == nil || talk.Booking == nil {
		t.Errorf("%+v, %v", talk, err)
	}
}

func TestChangesOfASessionReachWhoBookedIt(t *testing.T) {
	t.Parallel()
	o := newOffice()
	o.session(2, 1)
	o.session(9, 3)
	s := &o.sessions[0]
	c, d, w := o.person(t, "c"), o.person(t, "d"), o.person(t, "w")
	for _, p := range []*chat{c, d, w} {
		p.agree()
	}
	c.press("session/1/book")
	c.press("skip")
	c.press("book_yes")
	d.press("session/1/book")
	d.press("skip")
	want(t, d.press("book_wait"), "vị trí <b>1</b>")
	w.press("session/1/watch")

	*o.at = now.AddDate(0, 0, 1)
	o.live(c.peer, "appointment", 1, "booking.remind_day", nil)
	want(t, c.deliver(), "Nhắc lịch hẹn", "Số thứ tự: <b>1</b>", "Thứ Tư, ngày 25/11/2026, 09:00", "[✅ Tôi sẽ đến]", "[❌ Huỷ hẹn]")
	want(t, c.press("visit/1/coming"), "Hẹn gặp Ông/Bà")

	was := s.Starts
	s.Starts, s.Ends, s.Reason, s.Sequence = s.Starts.AddDate(0, 0, 1), s.Ends.AddDate(0, 0, 1), "Phòng họp sửa chữa", 1
	o.live(c.peer, "appointment", 1, "booking.moved", map[string]any{"Was": was.Format(time.RFC3339)})
	o.live(d.peer, "appointment", 2, "booking.moved", nil)
	o.live(w.peer, "session", 1, "session.moved", map[string]any{"Was": was.Format(time.RFC3339)})
	o.live(c.peer, "appointment", 1, "booking.remind_hours", nil) // not yet, after all
	got := c.deliver()
	want(t, got, "Nay là <b>Thứ Năm, ngày 26/11/2026, 09:00", "thay cho 09:00, Thứ Tư, ngày 25/11/2026", "Phòng họp sửa chữa", "[✅ Giữ hẹn]", "[❌ Huỷ hẹn]")
	wantNot(t, got, "Sắp đến giờ")
	want(t, d.deliver(), "danh sách chờ, vị trí <b>1</b>")
	want(t, w.deliver(), "theo dõi có thay đổi", "26/11/2026", "[🔎 Xem buổi tiếp]")
	want(t, d.press("visit/2/keep"), "vị trí <b>1</b>")

	c.press("visit/1/cancel")
	c.press("visit/1/cancel_yes")
	want(t, d.deliver(), "Ông/Bà đã có chỗ", "Số thứ tự: <b>1</b>", "[✅ Tôi sẽ đến]")
	if len(d.notice[0].Papers) != 2 {
		t.Error("no slip")
	}
	o.live(c.peer, "appointment", 1, "booking.remind_day", nil)
	if got := c.deliver(); got != "" {
		t.Errorf("who gave up is told %q", got)
	}

	s.Status, s.Reason = tiepdan.SessionCancelled, "Nghỉ bão"
	o.visits[1].Status = tiepdan.AppointmentDropped
	o.live(d.peer, "appointment", 2, "booking.cancelled", nil)
	o.live(w.peer, "session", 1, "session.cancelled", nil)
	want(t, d.deliver(), "không diễn ra", "Nghỉ bão", "[🗓 Thứ 4 02/12 · 09:00 · còn 3 chỗ]", "[🗓 Đăng ký buổi tiếp]")
	want(t, w.deliver(), "không diễn ra", "Nghỉ bão")
	want(t, w.press("session/1/show"), "đã hủy", "Nghỉ bão", "[🗓 Đăng ký buổi tiếp]")
	want(t, w.press("session/1/book"), "đã hủy")
	want(t, d.press("session/2/book"), "việc gì")
}

func TestAConclusionIsToldToWhomItConcerns(t *testing.T) {
	t.Parallel()
	o := newOffice()
	o.session(-1, 2)
	c := o.person(t, "c")
	o.items[c.peer] = []tiepdan.ConclusionItem{{Matter: "Cấp giấy chứng nhận", Text: "Giao phòng rà soát hồ sơ", Unit: 3, Due: tiepdan.Date{Year: 2026, Month: 12, Day: 4}},
		{Matter: "Chuyện kín", Text: "Không được lộ", Secret: true}}
	o.live(c.peer, "conclusion", 1, "conclusion.told", nil)
	got := c.deliver()
	want(t, got, "Kết luận sau buổi tiếp", "Cấp giấy chứng nhận", "Giao phòng rà soát", "Phòng Kinh tế", "04/12/2026", "không gửi qua tin nhắn")
	wantNot(t, got, "Chuyện kín", "Không được lộ")
	o.live(o.person(t, "x").peer, "conclusion", 1, "conclusion.told", nil)
	if got := o.person(t, "x").deliver(); got != "" {
		t.Errorf("a stranger is told %q", got)
	}
}
