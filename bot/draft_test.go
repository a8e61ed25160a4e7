package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot"
)

func TestAnEditedMessageChangesTheDraft(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	for _, do := range []string{"#submit", "#kind/phan_anh", "#field/khac", "#skip"} {
		c.play(do)
	}
	c.do(bot.Event{Text: "Ổ gà lớn ở ngõ 4", Message: "e1"})
	want(t, c.do(bot.Event{Kind: bot.Edited, Text: "Ổ gà lớn ở ngõ 5", Message: "e1"}), "Đã sửa")
	c.press("done")
	c.press("skip")
	want(t, c.press("unnamed"), "ngõ 5")
	old := c.rev
	want(t, c.do(bot.Event{Kind: bot.Edited, Text: "Ổ gà lớn ở ngõ 6", Message: "e1"}), "ngõ 6", "Xem lại")
	if c.rev = old; len(o.cases) != 0 {
		t.Fatal("filed by an edit")
	}
	want(t, c.press("send"), "bước trước")
	want(t, c.press("send"), "Đã gửi")
	c.do(bot.Event{Kind: bot.Edited, Text: "Ổ gà lớn ở ngõ 7", Message: "e1"})
	if e := o.lastEntry(); e.Do != tiepdan.Amend || !strings.Contains(e.Text, "ngõ 7") {
		t.Errorf("entry %+v", e)
	}
}

func TestADraftIsOfferedAgainAndExpires(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	c.press("submit")
	c.press("kind/phan_anh")
	if len(o.posted) != 1 {
		t.Fatalf("posted %d", len(o.posted))
	}
	var n bot.Notice
	for _, r := range o.posted {
		n = bot.Notice{Peer: c.peer, Reply: r}
	}
	*o.at = now.Add(10 * time.Hour)
	c.says("Ống nước vỡ từ sáng nay")
	*o.at = now.Add(25 * time.Hour)
	_, _, err := o.e.Notice(context.Background(), n)
	if later, ok := err.(*bot.Later); !ok || !later.At.Equal(now.Add(34*time.Hour)) {
		t.Fatalf("%v", err)
	}
	*o.at = now.Add(34 * time.Hour)
	rs, _, err := o.e.Notice(context.Background(), n)
	if err != nil || len(rs) != 1 {
		t.Fatalf("%v, %v", rs, err)
	}
	want(t, c.render(rs), "viết dở", "30/11/2026", "[▶️ Tiếp tục đơn đang viết]")
	want(t, c.press(rs[0].Buttons[0][0].ID), "lĩnh vực")
	*o.at = now.Add(34*time.Hour + 7*24*time.Hour + time.Minute)
	if rs, _, err := o.e.Notice(context.Background(), n); err != nil || rs != nil {
		t.Errorf("an expired draft is offered: %v, %v", rs, err)
	}
	want(t, c.says("còn đó không"), "quá 7 ngày")
}

func TestADraftThatTellsNothingIsForgotten(t *testing.T) {
	t.Parallel()
	for _, on := range []string{"track", "mycases", "schedule", "menu", "start"} {
		o := newOffice()
		c := o.person(t, on)
		c.agree()
		c.press("submit")
		c.press("kind/to_cao")
		c.command(on, "")
		wantNot(t, c.command("menu", ""), "viết dở", "vẫn được giữ")
	}
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/phan_anh|#field/khac", "|") {
		c.play(do)
	}
	want(t, c.command("start", ""), "vẫn được giữ", "[▶️ Tiếp tục đơn đang viết]")
}

func TestWhatTheLawAsksIsReadBeforeADenunciationGoesOn(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	c.says("Công ty Mẫu xả thải trộm hằng đêm")
	c.press("submit")
	c.press("kind/to_cao")
	want(t, c.command("menu", ""), "vẫn được giữ")
	resume := c.last[len(c.last)-1].Buttons[0][0].ID
	want(t, c.press(resume), "Luật Tố cáo", "[🕶 Gửi thông tin không nêu tên]")
}

func TestTheSecurePage(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/kien_nghi|#field/khac|#skip|Xin mở thêm tuyến xe buýt|#done|#skip", "|") {
		c.play(do)
	}
	c.press("secure")
	if url := c.last[0].Buttons[0][0].URL; url != "https://mau.example/secure/einmal" || !c.last[0].Protect {
		t.Errorf("link %q", url)
	}
	var draft string
	for d := range o.posted {
		draft = strings.TrimPrefix(d, "draft:")
	}
	if got := c.do(bot.Event{Kind: bot.Filled, Form: "another"}); got != "" {
		t.Errorf("another draft's page says %q", got)
	}
	want(t, c.do(bot.Event{Kind: bot.Filled, Form: draft}), "Đã nhận thông tin", "Xem lại", "đã điền trên trang bảo mật")
}

func TestAnAlbumIsAcknowledgedOnce(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/phan_anh|#field/khac|#skip|Rác chất đống ở đầu ngõ|#done", "|") {
		c.play(do)
	}
	for i, name := range []string{"1.jpg", "2.jpg", "3.jpg"} {
		got := c.do(bot.Event{Album: "al", Files: []bot.File{{Ref: name, Name: name}}})
		if c.out.Album != "al" || !strings.Contains(got, "<b>"+string(rune('1'+i))+"</b> tệp") {
			t.Errorf("file %d: album %q, %s", i, c.out.Album, got)
		}
	}
	c.says("xong")
	if c.out.Album != "" {
		t.Error("words have an album")
	}
}

func TestALongTextIsNeverCut(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/phan_anh|#field/khac|#skip", "|") {
		c.play(do)
	}
	long := strings.TrimSpace(strings.Repeat("Nước thải chảy ra mương. ", 150))
	for range 5 {
		want(t, c.says(long), "Đã ghi")
	}
	want(t, c.says(long+long), "dài quá", "Đã ghi 5 đoạn")
	c.press("done")
	c.press("skip")
	want(t, c.press("unnamed"), "sẽ được gửi đủ")
	c.press("send")
	if got := o.cases[0].Text; got != strings.Join([]string{long, long, long, long, long}, "\n\n") {
		t.Errorf("%d characters were filed", len(got))
	}
	*o.at = now.Add(time.Hour)
	want(t, c.deliver(), "PHIẾU")
}

func TestKeyboardsGoAway(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/phan_anh|#field/khac|#locate", "|") {
		c.play(do)
	}
	if k := c.last[0].Keyboard; k == nil || !k.Rows[0][0].Place {
		t.Fatalf("%+v", c.last)
	}
	c.do(bot.Event{Point: &tiepdan.Point{Lat: 21.85, Lng: 106.76}})
	if k := c.last[0].Keyboard; k == nil || !k.Remove {
		t.Errorf("the keyboard stays: %+v", c.last)
	}
	if len(c.last) != 2 || c.last[1].Key != "petition.content" {
		t.Errorf("after the place comes %s", c.keys())
	}
}

func TestALostTalkIsSaidSo(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/phan_anh|#field/khac|#skip|Rác chất đống ở đầu ngõ|#done|#skip|#unnamed", "|") {
		c.play(do)
	}
	delete(o.talks, c.peer)
	o.versions[c.peer] = 0
	*o.at = now.Add(time.Hour)
	want(t, c.press("send"), "không còn nữa", "Gửi đơn, phản ánh")
	if c.last[0].Toast {
		t.Error("that all is lost is said in passing only")
	}
	if len(o.cases) != 0 {
		t.Error("a lost draft was filed")
	}
}

func TestAKindThatIsOnlyGuidedTakesNothing(t *testing.T) {
	t.Parallel()
	o := newOffice()
	o.rules.Kinds = []tiepdan.KindSetting{{Kind: tiepdan.KhieuNai, Mode: tiepdan.Guide}, {Kind: tiepdan.ToCao, Mode: tiepdan.File}}
	c := o.person(t, "c")
	c.agree()
	c.press("submit")
	got := c.press("kind/khieu_nai")
	want(t, got, "Cơ quan không nhận khiếu nại qua tin nhắn", "[🗓 Đăng ký buổi tiếp]")
	wantNot(t, got, "không nêu tên", "Luật Tố cáo", "Phản ánh]")
	c.press("back")
	want(t, c.press("kind/to_cao"), "đọc trước khi viết", "[🕶 Gửi thông tin không nêu tên]")
}

func TestAContactCardIsKeptOrExplained(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/phan_anh|#field/khac|#skip|Rác chất đống ở đầu ngõ", "|") {
		c.play(do)
	}
	want(t, c.do(bot.Event{Phone: "0912000001"}), "danh thiếp của người khác", "[✅ Xong]")
	want(t, c.do(bot.Event{Phone: "0912000001", OwnPhone: true}), "Đã ghi số điện thoại", "[✅ Xong]")
	c.press("done")
	c.press("skip")
	c.press("unnamed")
	want(t, c.do(bot.Event{Phone: "0912000002", OwnPhone: true}), "không cần số điện thoại", "không nêu tên")
	c.press("edit")
	c.press("edit/who")
	want(t, c.says("Người Dân Mẫu 3"), "số điện thoại") // they were unnamed until now
	want(t, c.says("0912000003"), "Xem lại", "Người Dân Mẫu 3, 0912000003")
	c.press("edit")
	c.press("edit/kind")
	want(t, c.press("kind/to_cao"), "Luật Tố cáo")
	want(t, c.do(bot.Event{Phone: "0912000001", OwnPhone: true}), "không cần số điện thoại")
}
