package bot_test

import (
	"testing"

	"tiepdan"
	"tiepdan/bot"
)

func TestAReportIsFiled(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c1")
	want(t, c.command("start", ""), "Gửi đơn, phản ánh", "phường Mẫu")
	want(t, c.press("submit"), "Đồng ý")
	want(t, c.press("agree"), "[Phản ánh]", "[❓ Tôi chưa rõ]")
	want(t, c.press("kind/phan_anh"), "[Đất đai]", "[Khác]")
	want(t, c.press("field/moi_truong"), "[Phường Mẫu Một]", "[📍 Gửi vị trí]", "[⏭ Bỏ qua]")
	want(t, c.says("mau hai"), "Nội dung phản ánh")
	want(t, c.says("Bãi rác tự phát cạnh trường học"), "Đã ghi 1 đoạn", "[✅ Xong]")
	want(t, c.says("Đề nghị thu gom"), "2 đoạn")
	want(t, c.says("xong"), "ảnh, video")
	want(t, c.sends("a.jpg", "bad.exe", "b.jpg"), "<b>1</b> tệp", "bad.exe", "<b>2</b> tệp")
	want(t, c.press("done"), "họ và tên", "[🕶 Không nêu tên]")
	want(t, c.says("Người Dân Mẫu 1"), "số điện thoại")
	want(t, c.do(bot.Event{Phone: "+84 912 000 001", OwnPhone: true}), "Xem lại", "Bãi rác", "Đề nghị thu gom", "Người Dân Mẫu 1", "0912000001", "Phường Mẫu Hai", "Môi trường")
	rev := c.rev
	want(t, c.press("send"), "Đã gửi phản ánh")
	if !c.out.Due || len(o.cases) != 1 {
		t.Fatalf("due %v, cases %d", c.out.Due, len(o.cases))
	}
	c.rev = rev
	want(t, c.press("send"), "đã được gửi rồi")
	if len(o.cases) != 1 {
		t.Error("filed twice")
	}
	receipt := c.deliver()
	want(t, receipt, "PHIẾU TIẾP NHẬN", string(o.cases[0].Code), "004321", "Thứ", "[🔎 Xem hồ sơ]", "[💬 Nhắn thêm]", "[📂 Hồ sơ của tôi]")
	if p := c.notice[0].Papers; len(p) != 2 || p[0].Kind != "receipt" {
		t.Errorf("papers %v", p)
	}
	k := o.cases[0]
	if len(k.Files) != 2 || k.Person.Phone != "0912000001" || k.Place != "p2" {
		t.Errorf("filed %+v", k)
	}
	if o.accounts[c.peer].Person.Name != "Người Dân Mẫu 1" {
		t.Error("the name isn't offered the next time")
	}
}

func TestAnAnswerReachesTheCitizen(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c1")
	c.file("Đèn đường hỏng đã ba tuần nay")
	c.deliver()
	f := o.member(t, tiepdan.Staff{ID: 5, Login: "o5", Name: "Cán bộ Mẫu 5", Role: tiepdan.Officer, Unit: 3})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Assign, By: tiepdan.Actor{Role: tiepdan.BoardHead}, Details: tiepdan.Details{Unit: 3, Officer: 5}})
	want(t, f.deliver(), "Việc mới được giao", "Đèn đường", "[✅ Nhận việc]", "[📎 Hồ sơ]")
	want(t, f.do(bot.Event{Text: "Đã thay bóng đèn", ReplyTo: "n1.2.0"}), "bấm <b>✅ Nhận việc</b> trước")
	want(t, f.do(bot.Event{Kind: bot.Pressed, Choice: "work/1/take"}), "đã nhận việc")
	want(t, f.do(bot.Event{Text: "Đã thay bóng đèn", ReplyTo: "n1.2.0"}), "Dự thảo trả lời", "Đã thay bóng đèn", "[📨 Gửi công dân]", "[🖋 Trình duyệt]", "[🗑 Bỏ]")
	want(t, f.sends("anh.jpg"), "1 tệp")
	want(t, f.press("answer_send"), "Đã gửi trả lời")
	want(t, c.deliver(), "Trả lời của cơ quan", "Đã thay bóng đèn", "[👍 Hài lòng]", "[👎 Chưa hài lòng]")
	if len(c.notice[0].Files) != 1 {
		t.Error("the answer's file isn't with it")
	}
	want(t, c.do(bot.Event{Kind: bot.Pressed, Choice: "case/1/rate/1"}), "chưa hài lòng vì điều gì", "[Chậm]", "[⚖️ Tôi có thể làm gì tiếp?]")
	want(t, c.says("Đèn vẫn chập chờn"), "Đã ghi ý kiến")
	h := o.cases[0].History
	if e := h[len(h)-1]; e.Do != tiepdan.Rate || e.Details.Rating != 1 || e.Text != "Đèn vẫn chập chờn" {
		t.Errorf("the rating is %+v", e)
	}
}

// file files a report the short way.
func (c *chat) file(text string) {
	c.t.Helper()
	c.agree()
	c.press("submit")
	c.press("kind/phan_anh")
	c.press("field/khac")
	c.press("skip")
	c.says(text)
	c.press("done")
	c.press("skip")
	c.press("unnamed")
	want(c.t, c.press("send"), "Đã gửi phản ánh")
}

// act does something to a case as if in the backend.
func (o office) act(t *testing.T, id int64, a tiepdan.Act) {
	t.Helper()
	a.At = *o.at
	if _, _, err := o.UpdateCase(t.Context(), id, a.Apply); err != nil {
		t.Fatal(err)
	}
}
