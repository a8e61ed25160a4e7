package bot_test

import (
	"strconv"
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/bot"
)

// complained is a complaint that officer 5 works on, judged by these.
func complained(t *testing.T, chain ...tiepdan.Role) (office, *chat, *chat) {
	t.Helper()
	o := newOffice()
	for i := range o.rules.Kinds {
		o.rules.Kinds[i].Chain = chain
	}
	c := o.person(t, "c")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/khieu_nai|#field/dat_dai|#skip|Không đồng ý quyết định thu hồi|#done|#skip|#skip|Người Dân Mẫu 7|#skip|#for_self|#send", "|") {
		c.play(do)
	}
	f := o.member(t, tiepdan.Staff{ID: 5, Login: "o5", Name: "Cán bộ Mẫu 5", Role: tiepdan.Officer, Unit: 3})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.RecordOriginal, By: head})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Assign, By: head, Details: tiepdan.Details{Unit: 3, Officer: 5}})
	f.press("work/1/take")
	f.deliver()
	c.deliver()
	return o, c, f
}

func TestAComplaintsAnswerHasItsChecklistInAChatToo(t *testing.T) {
	t.Parallel()
	o, c, f := complained(t, tiepdan.UnitHead, tiepdan.Leader)
	h := o.member(t, tiepdan.Staff{ID: 6, Login: "h6", Name: "Trưởng phòng Mẫu 6", Role: tiepdan.UnitHead, Unit: 3})
	l := o.member(t, tiepdan.Staff{ID: 7, Login: "l7", Name: "Lãnh đạo Mẫu 7", Role: tiepdan.Leader})
	f.press("work/1/answer")
	want(t, f.says("Khiếu nại của Ông/Bà đúng một phần."), "Dự thảo", "[🖋 Trình duyệt]")
	want(t, f.press("answer_propose"), "Kết quả giải quyết là gì?", "[Đúng một phần]")
	want(t, f.says("Đúng một phần"), "căn cứ")
	want(t, f.says("Biên bản làm việc ngày 12/11"), "Ai ký")
	want(t, f.says("Ông Mẫu, Chủ tịch"), "quyền", "[Khiếu nại lần hai hoặc khởi kiện]")
	want(t, f.press("check/second_or_court"), "Dự thảo", "Đúng một phần", "Biên bản làm việc ngày 12/11", "Ông Mẫu, Chủ tịch", "Khiếu nại lần hai")
	want(t, f.press("answer_propose"), "Đã trình duyệt")
	want(t, h.deliver(), "Biên bản làm việc ngày 12/11", "[✅ Đồng ý, trình tiếp]", "[✏️ Yêu cầu sửa]")
	if got := l.deliver(); strings.Contains(got, "Trình duyệt") {
		t.Error("the leader hears of it before the unit's head has agreed")
	}
	want(t, h.press("work/1/endorse/"+strconv.Itoa(o.lastEntry().N)), "trình cấp tiếp theo")
	want(t, l.deliver(), "đúng một phần", "[✅ Duyệt]")
	want(t, h.press("work/1/endorse/5"), "không làm được ở trạng thái")
	p, _ := o.cases[0].Proposal()
	want(t, l.press("work/1/approve/"+strconv.Itoa(p.N)), "Đã duyệt")
	want(t, c.deliver(), "Khiếu nại của Ông/Bà đúng một phần.")
	if e := o.lastEntry(); e.Details.Result != "partly_right" || e.Details.Next != "second_or_court" || e.Details.Signer != "Ông Mẫu, Chủ tịch" {
		t.Errorf("what was approved isn't what is kept: %+v", e.Details)
	}
}

func TestASecondVersionKeepsItsChecklist(t *testing.T) {
	t.Parallel()
	o, _, f := complained(t)
	l := o.member(t, tiepdan.Staff{ID: 7, Login: "l7", Name: "Lãnh đạo Mẫu 7", Role: tiepdan.Leader})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Propose, By: tiepdan.Actor{Role: tiepdan.Officer, Staff: 5, Unit: 3}, Text: "Bản một",
		Details: tiepdan.Details{Result: "wrong", Evidence: "Biên bản", Signer: "Chủ tịch Mẫu", Next: "court"}})
	l.deliver()
	l.press("work/1/revise")
	want(t, l.says("Nêu rõ căn cứ"), "Đã yêu cầu sửa")
	want(t, f.deliver(), "Nêu rõ căn cứ")
	f.press("work/1/answer")
	want(t, f.says("Bản hai"), "Sai toàn bộ", "Chủ tịch Mẫu")
	want(t, f.press("answer_propose"), "Đã trình duyệt")
	want(t, l.deliver(), "bản 2", "Bản hai", "Chủ tịch Mẫu")
}

func TestAResultIsAskedOfFeedbackAndNotDemanded(t *testing.T) {
	t.Parallel()
	o, _, f := given(t)
	f.do(bot.Event{Text: "Đã thay bóng đèn", ReplyTo: "n1.2.0"})
	want(t, f.press("check"), "Kết quả giải quyết là gì?", "[Đã giải quyết xong]", "[⏭ Bỏ qua]")
	want(t, f.press("check/done"), "Dự thảo", "Đã giải quyết xong", "[📨 Gửi công dân]")
	f.press("answer_send")
	if e := o.lastEntry(); e.Do != tiepdan.Answer || e.Details.Result != "done" {
		t.Errorf("%+v", e)
	}
}

func TestALeaderIsAskedForDirection(t *testing.T) {
	t.Parallel()
	o, c, f := given(t)
	l := o.member(t, tiepdan.Staff{ID: 7, Login: "l7", Name: "Lãnh đạo Mẫu 7", Role: tiepdan.Leader})
	want(t, f.press("work/1/show"), "[🙋 Xin ý kiến]", "[🔄 Báo tiến độ]")
	want(t, f.press("work/1/consult"), "Công dân không thấy")
	want(t, f.says("Có được sửa ngoài giờ không?"), "Đã xin ý kiến")
	want(t, l.deliver(), "Có được sửa ngoài giờ không?", "[✍️ Cho ý kiến]")
	asked := o.lastEntry().N
	want(t, l.do(bot.Event{Text: "Đồng ý, làm trong tuần này", ReplyTo: "n1." + strconv.Itoa(asked) + ".0"}), "Đã cho ý kiến")
	want(t, f.deliver(), "Đồng ý, làm trong tuần này")
	if got := c.deliver() + c.press("case/1/show"); strings.Contains(got, "ngoài giờ") || strings.Contains(got, "làm trong tuần này") {
		t.Error("the citizen sees what staff ask each other")
	}
	if _, open := o.cases[0].Question(); open {
		t.Error("the question is still open")
	}
	wantNot(t, l.press("work/1/show"), "Cho ý kiến]")
}

func TestProgressNamesADay(t *testing.T) {
	t.Parallel()
	o, c, f := given(t)
	want(t, f.press("work/1/progress"), "đang đến đâu")
	want(t, f.says("Đã khảo sát, đang chờ vật tư"), "ngày nào", "[27/11/2026]") // Tuesday the 24th is a day off
	want(t, f.says("2 cột cần thay"), "2 cột cần thay", "ngày nào")
	want(t, f.says("20/11/2026"), "phải sau hôm nay")
	want(t, f.says("6/12"), "ngày nghỉ", "04/12/2026", "07/12/2026") // a Sunday
	want(t, f.says("4/12"), "Đã báo tiến độ")
	want(t, c.deliver(), "Đã khảo sát, đang chờ vật tư", "2 cột cần thay", "04/12/2026")
	if on, ok := o.cases[0].Promised(); !ok || on.String() != "2026-12-04" {
		t.Errorf("promised %s, %v", on, ok)
	}
	f.press("work/1/progress")
	f.says("Sắp xong")
	want(t, f.press("until/3"), "Đã báo tiến độ")
}

func TestTheScanOfTheSignedPaperGoesOutWithTheAnswer(t *testing.T) {
	t.Parallel()
	o, c, _ := complained(t)
	officer := tiepdan.Actor{Role: tiepdan.Officer, Staff: 5, Unit: 3}
	scan := tiepdan.Attachment{SHA256: "scan", Name: "12-QD.pdf", MIME: "application/pdf", Class: "document"}
	o.act(t, 1, tiepdan.Act{Do: tiepdan.RecordDocument, By: officer, Files: []tiepdan.Attachment{scan},
		Details: tiepdan.Details{Document: "12/QĐ-UBND", Signed: tiepdan.DateOf(now), Signer: "Ông Mẫu, Chủ tịch"}})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Propose, By: officer, Text: "Khiếu nại đúng.", Details: tiepdan.Details{Result: "right", Evidence: "Biên bản",
		Signer: "Lãnh đạo Mẫu", Next: "second_or_court"}})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Approve, By: head})
	got := c.deliver()
	want(t, got, "Khiếu nại đúng.", "12/QĐ-UBND, ký ngày", "Ông Mẫu, Chủ tịch", "Kèm theo 1 tệp")
	if answer, ok := o.cases[0].AnswerGiven(); !ok || len(answer.Files) != 0 {
		t.Error("what was approved got a file that nobody approved")
	} else if _, files := o.cases[0].SentAs(answer); len(files) != 1 || files[0].SHA256 != scan.SHA256 {
		t.Errorf("it goes out with %+v", files)
	}
}
