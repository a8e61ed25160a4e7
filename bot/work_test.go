package bot_test

import (
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/bot"
)

func TestStaffHaveTheirMenu(t *testing.T) {
	t.Parallel()
	_, _, f := given(t)
	want(t, f.command("start", ""), "Cán bộ Mẫu 5", "[📥 Việc mới]", "[📋 Việc của tôi]", "[⏰ Sắp đến hạn]", "[🔴 Quá hạn]", "[👤 Trang công dân]")
	want(t, f.press("list/mine"), "Việc của tôi", "TD26", "Đang xử lý", "còn")
	want(t, f.says("1"), "Đèn đường", "[✍️ Trả lời]", "[🗒 Ghi chú]")
	want(t, f.says("trang cong dan"), "Gửi đơn, phản ánh", "[🗂 Trang cán bộ]")
	want(t, f.says("Một lời phản ánh của chính tôi với tư cách công dân"), "chưa gửi đi đâu")
	want(t, f.command("menu", ""), "Gửi đơn")
	want(t, f.press("staff"), "[📥 Việc mới]")
}

func TestAReplyInTheWrongPlaceIsRefused(t *testing.T) {
	t.Parallel()
	o, _, f := given(t)
	n := len(o.cases[0].History)
	want(t, f.says("Đã sửa xong cột đèn"), "chưa biết lời này thuộc hồ sơ nào")
	want(t, f.do(bot.Event{Text: "Đã sửa xong", ReplyTo: "nowhere"}), "chưa biết lời này thuộc hồ sơ nào")
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Assign, By: head, Details: tiepdan.Details{Unit: 3, Officer: 6}})
	want(t, f.do(bot.Event{Text: "Đã sửa xong", ReplyTo: "n1.2.0"}), "không còn thuộc phần việc")
	want(t, f.deliver(), "đã được giao cho người khác")
	// Their own case, as a citizen.
	f.press("citizen")
	f.file("Nhà văn hóa khu phố bị dột mái")
	f.press("staff")
	f.deliver()
	want(t, f.do(bot.Event{Text: "Đã sửa mái", ReplyTo: "n2.1.0"}), "hồ sơ của chính Anh/Chị")
	if len(o.cases[0].History) != n+1 || len(o.cases[1].History) != 1 {
		t.Error("a reply in the wrong place was recorded")
	}
}

func TestATaskIsTakenBeforeItIsAnswered(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.file("Đèn đường hỏng đã ba tuần nay")
	f := o.member(t, tiepdan.Staff{ID: 5, Login: "o5", Name: "Cán bộ Mẫu 5", Role: tiepdan.Officer, Unit: 3})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Assign, By: head, Details: tiepdan.Details{Unit: 3, Officer: 5}})
	want(t, f.deliver(), "[✅ Nhận việc]", "[↩️ Trả lại]", "[💬 Hỏi thêm]", "[✍️ Trả lời]", "[📎 Hồ sơ]")
	got := f.press("work/1/answer")
	want(t, got, "chưa có người nhận", "[✅ Nhận việc]")
	wantNot(t, got, "lời vừa viết")
	want(t, f.press("work/1/take"), "đã nhận việc", "[💬 Hỏi thêm]", "[✍️ Trả lời]")
	want(t, f.press("work/1/answer"), "Soạn trả lời")
}

func TestReturningAsksWhy(t *testing.T) {
	t.Parallel()
	o, _, f := given(t)
	want(t, f.press("work/1/return"), "lý do")
	want(t, f.says("Không thuộc phòng tôi"), "Đã trả lại")
	if e := o.lastEntry(); e.Do != tiepdan.Return || e.Reason != "Không thuộc phòng tôi" {
		t.Errorf("%+v", e)
	}
}

func TestNotesStayInside(t *testing.T) {
	t.Parallel()
	_, c, f := given(t)
	f.press("work/1/note")
	want(t, f.says("Đã gọi điện lực, hẹn thứ Tư"), "ghi chú nội bộ")
	if got := c.deliver() + c.press("case/1/show"); strings.Contains(got, "điện lực") {
		t.Error("the citizen sees a note")
	}
}

func TestAnAnswerThatNeedsApproval(t *testing.T) {
	t.Parallel()
	o, c, f := given(t)
	o.cases[0].Approval = true
	l := o.member(t, tiepdan.Staff{ID: 7, Login: "l7", Name: "Lãnh đạo Mẫu 7", Role: tiepdan.Leader})
	got := f.do(bot.Event{Text: "Sẽ sửa trong tuần", ReplyTo: "n1.2.0"})
	want(t, got, "Dự thảo", "[🖋 Trình duyệt]")
	wantNot(t, got, "Gửi công dân]")
	want(t, f.press("answer_propose"), "Đã trình duyệt")
	want(t, l.deliver(), "Trình duyệt trả lời", "Sẽ sửa trong tuần", "Đèn đường", "[✅ Duyệt]", "[✏️ Yêu cầu sửa]")
	first := l.notice[0].Buttons[0][0].ID
	want(t, l.do(bot.Event{Text: "Nêu rõ ngày", ReplyTo: "n1.4.0"}), "Yêu cầu sửa", "Nêu rõ ngày")
	want(t, l.press("revise_send"), "Đã yêu cầu sửa")
	want(t, f.deliver(), "Nêu rõ ngày")
	f.do(bot.Event{Text: "Sẽ sửa xong ngày 25/11", ReplyTo: "n1.5.0"})
	f.press("answer_propose")
	want(t, l.do(bot.Event{Kind: bot.Pressed, Choice: first}), "Chưa duyệt gì cả", "25/11")
	if o.cases[0].Status != tiepdan.InReview {
		t.Fatal("what wasn't read was approved")
	}
	l.deliver()
	want(t, l.do(bot.Event{Kind: bot.Pressed, Choice: l.notice[0].Buttons[0][0].ID}), "Đã duyệt")
	want(t, c.deliver(), "Sẽ sửa xong ngày 25/11")
	want(t, f.deliver(), "đã được duyệt")
}

func TestWordsForOneCaseDontGoToAnother(t *testing.T) {
	t.Parallel()
	o, c, f := given(t)
	c.file("Một chuyện khác hẳn: chợ Mẫu mất vệ sinh")
	o.act(t, 2, tiepdan.Act{Do: tiepdan.Assign, By: head, Details: tiepdan.Details{Unit: 3, Officer: 5}})
	f.deliver()
	f.press("work/2/take")
	f.do(bot.Event{Text: "Trả lời về đèn", ReplyTo: "n1.2.0"})
	want(t, f.do(bot.Event{Text: "Trả lời về chợ", ReplyTo: "n2.2.0"}), "đang soạn dở cho hồ sơ <b>"+string(o.cases[0].Code))
	got := f.says("Bổ sung về đèn")
	want(t, got, "Trả lời về đèn", "Bổ sung về đèn")
	wantNot(t, got, "chợ")
	f.press("answer_send")
	if o.cases[0].Status != tiepdan.Answered || o.cases[1].Status != tiepdan.InProgress {
		t.Errorf("%s, %s", o.cases[0].Status, o.cases[1].Status)
	}
}

func TestADisabledMemberIsACitizenAtOnce(t *testing.T) {
	t.Parallel()
	o, _, f := given(t)
	f.do(bot.Event{Text: "Trả lời dở dang", ReplyTo: "n1.2.0"})
	s := o.staff[f.peer]
	s.Disabled = true
	o.staff[f.peer] = s
	wantNot(t, f.press("answer_send"), "Đã gửi trả lời")
	wantNot(t, f.press("work/1/files"), "Đèn đường")
	wantNot(t, f.press("list/mine"), "TD26")
	want(t, f.command("menu", ""), "Gửi đơn")
	if o.cases[0].Status != tiepdan.InProgress {
		t.Error("it was sent")
	}
}

func TestASealedCaseShowsItsCodeOnly(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/to_cao|#unnamed_info|#field/khac|#skip|Chuyện bí mật cần báo|#done|+anh.jpg|#done|#send", "|") {
		c.play(do)
	}
	f := o.member(t, tiepdan.Staff{ID: 5, Login: "o5", Name: "Cán bộ Mẫu 5", Role: tiepdan.Officer, Unit: 3, Cleared: true})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Assign, By: tiepdan.Actor{Role: tiepdan.BoardHead, Staff: 1, Cleared: true}, Details: tiepdan.Details{Unit: 3, Officer: 5}})
	all := f.deliver()
	want(t, all, string(o.cases[0].Code), "xem trong hệ thống")
	for _, do := range []string{"show", "take", "files", "answer", "note", "approve/2", "ask_more"} {
		all += f.press("work/1/" + do)
	}
	all += f.do(bot.Event{Text: "Trả lời nhầm", ReplyTo: "n1.2.0"}) + f.press("list/new") + f.press("list/mine")
	wantNot(t, all, "bí mật cần báo", "anh.jpg", "Dự thảo", "Tố cáo", "Khác")
	for _, r := range append(f.last, f.notice...) {
		if len(r.Files)+len(r.Papers) > 0 {
			t.Error("files of a sealed case go to a chat")
		}
	}
	if len(o.cases[0].History) != 2 {
		t.Errorf("%d entries", len(o.cases[0].History))
	}
}

func TestJoining(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "j")
	want(t, c.command("start", "join_bad"), "không dùng được")
	want(t, c.command("start", "join_good"), "Cán bộ Mẫu 9", "xác nhận")
	rs, _, err := o.e.Notice(t.Context(), bot.Notice{Peer: c.peer, Key: "join.confirmed"})
	if err != nil {
		t.Fatal(err)
	}
	want(t, c.render(rs), "đã được xác nhận")
}

func TestFilesOfACaseComeWhenAsked(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/phan_anh|#field/khac|#skip|Rác chất đống ở đầu ngõ|#done|+anh.jpg|#done|#unnamed|#send", "|") {
		c.play(do)
	}
	f := o.member(t, tiepdan.Staff{ID: 5, Login: "o5", Name: "Cán bộ Mẫu 5", Role: tiepdan.Officer, Unit: 3})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Assign, By: head, Details: tiepdan.Details{Unit: 3, Officer: 5}})
	want(t, f.deliver(), "1 tệp")
	want(t, f.press("work/1/files"), "Rác chất đống")
	if len(f.last[0].Files) != 1 {
		t.Error("no file came")
	}
}

func TestEveryNoticeIsSaid(t *testing.T) {
	t.Parallel()
	o, c, f := given(t)
	b := o.member(t, tiepdan.Staff{ID: 1, Login: "b1", Name: "Trưởng ban Mẫu 1", Role: tiepdan.BoardHead})
	until := tiepdan.Date{Year: 2027, Month: 1, Day: 15}
	for _, a := range []struct {
		act  tiepdan.Act
		says string
		to   *chat
	}{
		{tiepdan.Act{Do: tiepdan.Accept, By: head, Text: "Đã xem xét"}, "thụ lý", c},
		{tiepdan.Act{Do: tiepdan.Extend, By: head, Reason: "Cần khảo sát", Details: tiepdan.Details{Until: until}}, "Thứ Sáu, ngày 15/01/2027", c},
		{tiepdan.Act{Do: tiepdan.Note, By: head, Text: "nội bộ"}, "Được gia hạn", f},
		{tiepdan.Act{Do: tiepdan.Tell, By: head, Text: "Mời Ông/Bà đến"}, "Mời Ông/Bà đến", c},
		{tiepdan.Act{Do: tiepdan.Return, By: tiepdan.Actor{Role: tiepdan.Officer, Staff: 5, Unit: 3}, Reason: "Nhầm phòng"}, "Nhầm phòng", b},
		{tiepdan.Act{Do: tiepdan.Transfer, By: head, Reason: "Không thuộc thẩm quyền", Details: tiepdan.Details{Body: "Điện lực Mẫu", Legal: "Điều 28"}}, "Điện lực Mẫu", c},
	} {
		o.act(t, 1, a.act)
		want(t, a.to.deliver(), a.says)
	}
	c.file("Chợ Mẫu mất vệ sinh nhiều ngày")
	c.deliver()
	o.act(t, 2, tiepdan.Act{Do: tiepdan.Refuse, By: head, Reason: "Đã giải quyết", Text: "Xem văn bản cũ"})
	got := c.deliver()
	want(t, got, "không thụ lý", "Đã giải quyết", "[🔎 Xem hồ sơ]")
	wantNot(t, got, "Nhắn thêm]")
}

// What is owed still after an answer has a list of its own, which the morning's word leads to.
func TestWhatIsToBeSentIsListed(t *testing.T) {
	t.Parallel()
	o, _, f := given(t)
	wantNot(t, f.press("list/remains"), "TD26")
	o.cases[0].Kind = tiepdan.KhieuNai
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Accept, By: head})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Answer, By: tiepdan.Actor{Role: tiepdan.Officer, Staff: 5, Unit: 3}, Text: "Giữ nguyên quyết định mẫu.", Details: checked("")})
	want(t, f.press("list/remains"), "Chờ gửi, chờ công khai", string(o.cases[0].Code), "hạn gửi, công khai", "còn")
	wantNot(t, f.press("list/late"), "TD26")
}
