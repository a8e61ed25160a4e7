package bot_test

import (
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/templates"
)

var (
	boss   = tiepdan.Actor{Role: tiepdan.BoardHead, Staff: 1, Cleared: true}
	chief  = tiepdan.Actor{Role: tiepdan.Leader, Staff: 2, Cleared: true}
	worker = tiepdan.Actor{Role: tiepdan.Officer, Staff: 5, Unit: 3, Cleared: true}
	giving = tiepdan.Act{Do: tiepdan.Assign, By: boss, Details: tiepdan.Details{Unit: 3, Officer: 5}}
	taking = tiepdan.Act{Do: tiepdan.Take, By: worker}
	signed = tiepdan.Act{Do: tiepdan.RecordOriginal, By: boss}
	taken  = []tiepdan.Act{signed, giving, taking, {Do: tiepdan.Accept, By: boss}}
)

// checked is what goes with an answer to a first complaint; denounced, to a denunciation.
func checked(document string) tiepdan.Details {
	return tiepdan.Details{Result: "wrong", Evidence: "Hồ sơ mẫu", Signer: "Lãnh đạo Mẫu", Next: tiepdan.NextRights(tiepdan.KhieuNai, 1)[0], Document: document}
}

var denounced = tiepdan.Details{Result: "wrong", Evidence: "Hồ sơ mẫu", Signer: "Lãnh đạo Mẫu", Next: tiepdan.NextRights(tiepdan.ToCao, 1)[0]}

// filings are how each kind is filed in a talk.
var filings = map[tiepdan.Kind]string{
	tiepdan.PhanAnh:  "#submit|#kind/phan_anh|#field/khac|#skip|Đèn đường ngõ Mẫu hỏng|#done|#skip|#unnamed|#send",
	tiepdan.KhieuNai: "#submit|#kind/khieu_nai|#field/dat_dai|#place/p1|Không đồng ý quyết định thu hồi đất|#done|#skip|#skip|Người Dân Mẫu 7|#skip|#for_self|#send",
	tiepdan.ToCao:    "#submit|#kind/to_cao|#unnamed_info|#field/khac|#skip|Chuyện kín cần báo|#done|#skip|#send",
}

// filedCase is a citizen whose only case is of the kind, after some acts.
func filedCase(t *testing.T, k tiepdan.Kind, acts ...tiepdan.Act) (office, *chat) {
	t.Helper()
	o := newOffice()
	c := o.person(t, "c1")
	c.agree()
	for do := range strings.SplitSeq(filings[k], "|") {
		c.play(do)
	}
	for _, a := range acts {
		o.act(t, 1, a)
	}
	c.deliver()
	return o, c
}

func TestEveryOutcomeIsToldWithWhatFollows(t *testing.T) {
	t.Parallel()
	until := tiepdan.DateOf(now).Add(21)
	for _, x := range []struct {
		fact   string
		kind   tiepdan.Kind
		before []tiepdan.Act
		a      tiepdan.Act
		says   string // parts, by |; a part after ! isn't there
	}{
		{"the signed petition came", tiepdan.KhieuNai, nil, signed, "đơn có chữ ký|Tiếp theo|báo có thụ lý"},
		{"more is verified", tiepdan.PhanAnh, nil, tiepdan.Act{Do: tiepdan.VerifyMore, By: boss, Reason: "Cần xem hiện trường"}, "xác minh thêm|Cần xem hiện trường|chưa phải làm gì"},
		{"a complaint is accepted", tiepdan.KhieuNai, taken[:3], taken[3], "thụ lý|Thời hạn giải quyết tính từ hôm nay|giải quyết và trả lời"},
		{"a complaint is refused", tiepdan.KhieuNai, taken[:3], tiepdan.Act{Do: tiepdan.Refuse, By: boss, Reason: "Đã quá thời hiệu", Details: tiepdan.Details{Ground: "complaint.out_of_time"}},
			"không thụ lý|Đã quá thời hiệu|Căn cứ|Bổ sung cho đủ|[⚖️ Tôi có thể làm gì tiếp?]"},
		{"it is guided", tiepdan.KhieuNai, nil, tiepdan.Act{Do: tiepdan.GuideCitizen, By: boss, Reason: "Xin gửi đến Sở Mẫu", Details: tiepdan.Details{Body: "Sở Mẫu", Ground: "guide.not_competent"}},
			"hướng dẫn|Sở Mẫu|Liên hệ <b>Sở Mẫu</b>|một lần"},
		{"it is sent back", tiepdan.PhanAnh, nil, tiepdan.Act{Do: tiepdan.SendBack, By: boss, Reason: "Thiếu chữ ký"}, "trả lại đơn|Thiếu chữ ký|Số 1, đường Mẫu|phản ánh mới"},
		{"it is passed on", tiepdan.PhanAnh, nil, tiepdan.Act{Do: tiepdan.Transfer, By: boss, Reason: "Ngoài địa bàn", Details: tiepdan.Details{Body: "Sở Mẫu", Document: "12/PC"}}, "chuyển đến đó|Sở Mẫu|12/PC"},
		{"it is filed away", tiepdan.PhanAnh, nil, tiepdan.Act{Do: tiepdan.FileAway, By: boss, Reason: "Trùng nội dung", Details: tiepdan.Details{Ground: "file.same_content"}}, "lưu|Trùng nội dung|một năm"},
		{"it is divided", tiepdan.PhanAnh, nil, tiepdan.Act{Do: tiepdan.Divide, By: boss, Details: tiepdan.Details{Parts: []int64{8, 9}}}, "tách thành nhiều hồ sơ|không phải gửi lại|[📂 Hồ sơ của tôi]"},
		{"how it stands is told", tiepdan.PhanAnh, []tiepdan.Act{giving, taking}, tiepdan.Act{Do: tiepdan.Progress, By: worker, Text: "Đang chờ vật tư", Details: tiepdan.Details{Until: until}}, "Tiến độ|Đang chờ vật tư|14/12/2026"},
		{"the term is extended", tiepdan.KhieuNai, taken, tiepdan.Act{Do: tiepdan.Extend, By: boss, Reason: "Vụ việc phức tạp", Details: tiepdan.Details{Until: tiepdan.DateOf(now).Add(40), Document: "9/QĐ", Ground: "extend.complex"}}, "gia hạn|02/01/2027|phức tạp|9/QĐ|Luật Khiếu nại|!Luật Tố cáo"},
		{"it is suspended", tiepdan.KhieuNai, taken, tiepdan.Act{Do: tiepdan.Suspend, By: boss, Reason: "Bão lũ", Details: tiepdan.Details{Ground: "complaint.force_majeure", Document: "10/QĐ"}}, "tạm đình chỉ|Bão lũ|10/QĐ|ngừng tính"},
		{"it goes on", tiepdan.KhieuNai, append(taken[:4:4], tiepdan.Act{Do: tiepdan.Suspend, By: boss, Reason: "Bão lũ", Details: tiepdan.Details{Ground: "complaint.force_majeure"}}),
			tiepdan.Act{Do: tiepdan.Resume, By: boss}, "tiếp tục|thời hạn lại được tính"},
		{"it is terminated", tiepdan.KhieuNai, taken, tiepdan.Act{Do: tiepdan.Terminate, By: boss, Reason: "Người khiếu nại rút đơn", Details: tiepdan.Details{Ground: "complaint.withdrawn"}}, "đình chỉ|buổi tiếp công dân"},
		{"a part is withdrawn", tiepdan.KhieuNai, taken, tiepdan.Act{Do: tiepdan.WithdrawPart, By: boss, Details: tiepdan.Details{Part: "phần hỗ trợ"}}, "rút một phần|phần hỗ trợ|Phần còn lại"},
		{"the withdrawal is recorded", tiepdan.KhieuNai, taken[:3], tiepdan.Act{Do: tiepdan.RecordWithdrawal, By: boss}, "đơn rút có chữ ký|bị đe dọa, ép buộc"},
		{"a complaint is answered", tiepdan.KhieuNai, append(taken[:4:4], tiepdan.Act{Do: tiepdan.Propose, By: worker, Text: "Giữ nguyên quyết định", Details: checked("15/QĐ")}),
			tiepdan.Act{Do: tiepdan.Approve, By: chief}, "Giữ nguyên|Sai toàn bộ|15/QĐ|Khiếu nại lần hai|23/12/2026|Khởi kiện|[👎 Chưa hài lòng]"},
		{"the signed paper comes after", tiepdan.PhanAnh, []tiepdan.Act{giving, taking, {Do: tiepdan.Answer, By: worker, Text: "Xong"}},
			tiepdan.Act{Do: tiepdan.RecordDocument, By: worker, Details: tiepdan.Details{Document: "16/TB", Signed: tiepdan.DateOf(now)}}, "Văn bản đã ký|16/TB|23/11/2026"},
		{"a denouncer is told nothing of what they said", tiepdan.ToCao, nil, tiepdan.Act{Do: tiepdan.VerifyMore, By: boss, Reason: "Cần thêm thời gian"}, "xác minh thêm|!Chuyện kín"},
		{"a denunciation is answered", tiepdan.ToCao, []tiepdan.Act{giving, taking, {Do: tiepdan.Propose, By: worker, Text: "Đã xử lý theo quy định", Details: denounced}}, tiepdan.Act{Do: tiepdan.Approve, By: boss},
			"Tố cáo tiếp|!Chuyện kín|!Khiếu nại lần hai"},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			o, c := filedCase(t, x.kind, x.before...)
			o.act(t, 1, x.a)
			got := c.deliver()
			check(t, got, x.says)
			want(t, got, string(o.cases[0].Code))
			if sealed := x.kind == tiepdan.ToCao; c.notice[0].Protect != sealed {
				t.Errorf("protected: %v", c.notice[0].Protect)
			}
			show := c.press("case/1/show")
			if x.kind == tiepdan.ToCao {
				wantNot(t, show, "Chuyện kín", "Đã xử lý", "Phòng Kinh tế")
			}
			want(t, show, "Đã qua", "gửi đơn, cơ quan tiếp nhận")
			want(t, c.press("case/1/next"), "làm gì tiếp")
		})
	}
}

// check looks for parts of a text, or with ! that they aren't there.
func check(t *testing.T, got, parts string) {
	t.Helper()
	for p := range strings.SplitSeq(parts, "|") {
		if not, ok := strings.CutPrefix(p, "!"); ok {
			wantNot(t, got, not)
		} else {
			want(t, got, p)
		}
	}
}

func TestTheStatusTellsTheWayAndTheDates(t *testing.T) {
	t.Parallel()
	o, c := filedCase(t, tiepdan.KhieuNai, taken...)
	got := c.press("case/1/show")
	check(t, got, "23/11/2026: gửi đơn|nhận đơn có chữ ký|giao Phòng Kinh tế|thụ lý|Đơn vị phụ trách: <b>Phòng Kinh tế</b>|giải quyết và trả lời|!mục tiêu")
	for range 6 {
		o.act(t, 1, tiepdan.Act{Do: tiepdan.AskMore, By: worker, Text: "Xin gửi thêm"})
		o.act(t, 1, tiepdan.Act{Do: tiepdan.Supply, By: tiepdan.Actor{Role: tiepdan.Citizen}, Text: "Đây"})
	}
	check(t, c.press("case/1/show"), "gửi đơn, cơ quan tiếp nhận|… 10 bước|Ông/Bà đã bổ sung|!giao Phòng Kinh tế")
	*o.at = now.AddDate(0, 3, 0)
	c.at = *o.at
	check(t, c.press("case/1/show"), "đã trễ|[⚖️ Tôi có thể làm gì tiếp?]")
	check(t, c.press("case/1/next"), "Khiếu nại lần hai|Khởi kiện|[⚖️ Khiếu nại lần hai]")
}

func TestDissatisfactionHasItsReasonAndMayChangeForAWeek(t *testing.T) {
	t.Parallel()
	o, c := filedCase(t, tiepdan.PhanAnh, giving, taking, tiepdan.Act{Do: tiepdan.Answer, By: worker, Text: "Đã thay đèn"})
	check(t, c.press("case/1/rate/1"), "vì điều gì|[Chưa đúng nội dung]|[Chậm]|[Thái độ]|[Chưa giải quyết xong]|[Lý do khác]")
	check(t, c.press("case/1/why/unsolved"), "Chưa giải quyết xong|nói thêm|![Chậm]")
	check(t, c.says("Đèn vẫn chập chờn"), "Đã ghi ý kiến|[⚖️ Tôi có thể làm gì tiếp?]")
	s, ok := o.cases[0].Satisfaction()
	if !ok || s.Rating != 1 || s.Discontent != "unsolved" || s.Words != "Đèn vẫn chập chờn" {
		t.Errorf("%+v", s)
	}
	check(t, c.press("case/1/show"), "👎 Chưa hài lòng|[✏️ Đổi đánh giá]|![👍 Hài lòng]")
	check(t, c.press("case/1/rerate"), "[👍 Hài lòng]")
	check(t, c.press("case/1/rate/3"), "Rất vui")
	check(t, c.press("comment_skip"), "Kính chào")
	if s, _ := o.cases[0].Satisfaction(); s.Rating != 3 || s.Discontent != "" {
		t.Errorf("%+v", s)
	}
	*o.at = now.AddDate(0, 0, 8)
	c.at = *o.at
	n := len(o.cases[0].History)
	check(t, c.press("case/1/rate/2"), "7 ngày|![✏️ Đổi đánh giá]")
	if len(o.cases[0].History) != n {
		t.Error("a rating was changed after a week")
	}
}

func TestReopenedOnceByRightThenByDecision(t *testing.T) {
	t.Parallel()
	answer := tiepdan.Act{Do: tiepdan.Answer, By: worker, Text: "Đã thay đèn"}
	o, c := filedCase(t, tiepdan.PhanAnh, giving, taking, answer)
	f := o.member(t, tiepdan.Staff{ID: 5, Login: "o5", Name: "Cán bộ Mẫu 5", Role: tiepdan.Officer, Unit: 3})
	h := o.member(t, tiepdan.Staff{ID: 6, Login: "h6", Name: "Cán bộ Mẫu 6", Role: tiepdan.UnitHead, Unit: 3})
	l := o.member(t, tiepdan.Staff{ID: 2, Login: "l2", Name: "Lãnh đạo Mẫu 2", Role: tiepdan.Leader})
	check(t, c.press("case/1/next"), "Đề nghị xem lại</b>, đến hết ngày 23/12/2026|[🔓 Đề nghị xem lại]|[🗓 Đăng ký buổi tiếp]")
	check(t, c.press("case/1/reopen"), "một lần|[⬅️ Quay lại]")
	check(t, c.says("Đèn vẫn tắt từ tối qua"), "đã được mở lại|trưởng đơn vị")
	if k := o.cases[0]; k.Status != tiepdan.InProgress || k.Officer != 5 || o.lastEntry().Text != "Đèn vẫn tắt từ tối qua" {
		t.Errorf("%s, %+v", k.Status, o.lastEntry())
	}
	want(t, f.deliver(), "mở lại", "Đèn vẫn tắt")
	want(t, h.deliver(), "mở lại")
	o.act(t, 1, answer)
	want(t, c.deliver(), "Đã thay đèn", "[👍 Hài lòng]")
	check(t, c.press("case/1/reopen"), "Lần này lãnh đạo cơ quan quyết định")
	check(t, c.says("Vẫn chưa sáng"), "đến lãnh đạo cơ quan")
	if o.cases[0].Status != tiepdan.Answered {
		t.Errorf("%s", o.cases[0].Status)
	}
	check(t, c.press("case/1/next"), "đang chờ lãnh đạo|![🔓 Đề nghị xem lại]")
	check(t, l.deliver(), "mở lại|Vẫn chưa sáng|[🔓 Mở lại hồ sơ]|[🔒 Không mở lại]")
	check(t, l.press("work/1/refuse_reopen"), "xin ghi <b>lý do</b>")
	check(t, l.says("Đèn đã sáng khi kiểm tra"), "không mở lại")
	check(t, c.deliver(), "không mở lại|Đèn đã sáng khi kiểm tra|buổi tiếp công dân")
	check(t, c.press("case/1/reopen"), "không nhận đề nghị này")
}

func TestALeaderReopensByChat(t *testing.T) {
	t.Parallel()
	answer := tiepdan.Act{Do: tiepdan.Answer, By: worker, Text: "Đã thay đèn"}
	again := tiepdan.Act{Do: tiepdan.Reopen, By: tiepdan.Actor{Role: tiepdan.Citizen}, Text: "Chưa"}
	o, c := filedCase(t, tiepdan.PhanAnh, giving, taking, answer, again, answer)
	l := o.member(t, tiepdan.Staff{ID: 2, Login: "l2", Name: "Lãnh đạo Mẫu 2", Role: tiepdan.Leader})
	c.press("case/1/reopen")
	c.says("Vẫn chưa sáng")
	l.deliver()
	check(t, l.press("work/1/reopen"), "xin ghi <b>lý do</b>")
	check(t, l.says("Cần kiểm tra lại"), "Đã mở lại")
	check(t, c.deliver(), "mở lại</b>|Cần kiểm tra lại")
	if o.cases[0].Status != tiepdan.InProgress {
		t.Error(o.cases[0].Status)
	}
}

func TestTheTimeToReopenEnds(t *testing.T) {
	t.Parallel()
	o, c := filedCase(t, tiepdan.PhanAnh, giving, taking, tiepdan.Act{Do: tiepdan.Answer, By: worker, Text: "Xong"})
	o.rules.Office.ReopenDays = 10
	*o.at = now.AddDate(0, 0, 11)
	c.at = *o.at
	check(t, c.press("case/1/reopen"), "đã hết ngày 03/12/2026|![🔓 Đề nghị xem lại]")
	*o.at = now.AddDate(0, 0, 9)
	c.at = *o.at
	check(t, c.press("case/1/reopen"), "chưa đúng hoặc chưa được giải quyết")
	*o.at = now.AddDate(0, 0, 12)
	c.at = *o.at
	check(t, c.says("Muộn mất rồi"), "đã hết ngày")
	if o.cases[0].Status != tiepdan.Answered {
		t.Error("reopened too late")
	}
}

func TestASecondComplaintFollowsTheFirst(t *testing.T) {
	t.Parallel()
	o, c := filedCase(t, tiepdan.KhieuNai, append(taken[:4:4], tiepdan.Act{Do: tiepdan.Propose, By: worker, Text: "Giữ nguyên", Details: checked("15/QĐ")}, tiepdan.Act{Do: tiepdan.Approve, By: chief})...)
	code := string(o.cases[0].Code)
	check(t, c.press("case/1/second"), "Khiếu nại lần hai</b>, sau hồ sơ "+code+"|bản sao quyết định|chậm nhất ngày <b>23/12/2026</b>|Nội dung khiếu nại")
	c.says("Quyết định lần đầu chưa xem xét giấy tờ gốc")
	check(t, c.press("done"), "Đang ghi: Phòng Kinh tế, 15/QĐ")
	for do := range strings.SplitSeq("#skip|#skip|Người Dân Mẫu 7|#skip|#for_self", "|") {
		c.play(do)
	}
	check(t, c.press("x"), "lần hai, sau hồ sơ "+code)
	check(t, c.press("send"), "Đã gửi khiếu nại")
	k := o.cases[1]
	if k.Round != 2 || k.Earlier != 1 || k.Respondent != "Phòng Kinh tế, 15/QĐ" || k.Field != "dat_dai" || k.Place != "p1" || k.Status != tiepdan.AwaitingOriginal {
		t.Errorf("%+v", k)
	}
	check(t, c.deliver(), "lần hai|"+string(k.Code))
	check(t, c.press("case/2/show"), "lần hai")
	check(t, c.press("case/2/second"), "không thể đi tiếp lần hai")
}

func TestALateSecondComplaintIsWarnedNotRefused(t *testing.T) {
	t.Parallel()
	o, c := filedCase(t, tiepdan.KhieuNai, append(taken[:4:4], tiepdan.Act{Do: tiepdan.Propose, By: worker, Text: "Giữ nguyên", Details: checked("")}, tiepdan.Act{Do: tiepdan.Approve, By: chief})...)
	*o.at = now.AddDate(0, 2, 0)
	c.at = *o.at
	check(t, c.press("case/1/second"), "đã hết ngày 23/12/2026|trở ngại khách quan|Nội dung khiếu nại")
	c.command("menu", "")
	check(t, c.press("case/1/second"), "Nội dung khiếu nại") // the same draft goes on
	o.rules.Units[0].Remote = true                           // 45 days there
	check(t, c.press("case/1/next"), "hết ngày 07/01/2027")
}

func TestADenouncerGoesOnWithoutAName(t *testing.T) {
	t.Parallel()
	o, c := filedCase(t, tiepdan.ToCao, giving, taking, tiepdan.Act{Do: tiepdan.Propose, By: worker, Text: "Đã xử lý", Details: denounced}, tiepdan.Act{Do: tiepdan.Approve, By: boss})
	check(t, c.press("case/1/continue"), "Tố cáo tiếp|không ai biết Ông/Bà là ai|không ghi họ tên")
	for do := range strings.SplitSeq("Việc xử lý bỏ qua chứng cứ|#done|#skip", "|") {
		c.play(do)
	}
	check(t, c.press("send"), "Đã gửi thông tin")
	if k := o.cases[1]; k.Round != 2 || k.Earlier != 1 || !k.Person.IsZero() || !k.Unnamed {
		t.Errorf("%+v", k)
	}
	if c.deliver(); !c.notice[0].Protect {
		t.Error("its receipt may be forwarded")
	}
}

func TestAnotherKindIsNoSecondRound(t *testing.T) {
	t.Parallel()
	o, c := filedCase(t, tiepdan.KhieuNai, append(taken[:4:4], tiepdan.Act{Do: tiepdan.Propose, By: worker, Text: "Giữ nguyên", Details: checked("")}, tiepdan.Act{Do: tiepdan.Approve, By: chief})...)
	c.press("case/1/second")
	for do := range strings.SplitSeq("Chuyện khác hẳn cần nói|#done|#skip|#skip|Người Dân Mẫu 7|#skip|#for_self|#edit|#edit/kind|#kind/phan_anh", "|") {
		c.play(do)
	}
	check(t, c.press("send"), "Đã gửi phản ánh")
	if k := o.cases[1]; k.Round != 1 || k.Earlier != 0 {
		t.Errorf("%+v", k)
	}
}

func TestAPartIsWithdrawn(t *testing.T) {
	t.Parallel()
	o, c := filedCase(t, tiepdan.PhanAnh, giving, taking)
	check(t, c.press("case/1/withdraw"), "[✂️ Rút một phần]")
	check(t, c.press("case/1/part"), "nội dung nào")
	check(t, c.says("Phần về cây xanh"), "Đã ghi nhận")
	if e := o.lastEntry(); e.Do != tiepdan.WithdrawPart || e.Details.Part != "Phần về cây xanh" || o.cases[0].Status != tiepdan.InProgress {
		t.Errorf("%+v", e)
	}
	o, c = filedCase(t, tiepdan.KhieuNai, taken...)
	c.press("case/1/part")
	check(t, c.says("Phần hỗ trợ"), "nộp đơn rút có chữ ký")
	if e := o.lastEntry(); e.Do != tiepdan.AskWithdraw || e.Details.Part != "Phần hỗ trợ" || !o.cases[0].Status.Open() {
		t.Errorf("%+v", e)
	}
}

// TestScreensFit: whatever people write, a case's screen is one message of Telegram's.
func TestScreensFit(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Nguyễn đường & phố <Mẫu> ", 800)
	o, c := filedCase(t, tiepdan.KhieuNai, taken...)
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Propose, By: worker, Text: long, Details: checked(long[:300])})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Approve, By: chief})
	o.cases[0].Text = long
	o.rules.Office.Name, o.rules.Office.Address, o.rules.Units[2].Name = long[:300], long[:300], long[:300]
	c.command("menu", "")
	for _, do := range []string{"show", "next", "withdraw", "rerate", "second"} {
		c.press("case/1/" + do)
		for _, r := range c.last {
			for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
				if s, err := (templates.Texts{}).Plain(lang, r.Key, r.Args); err != nil || len([]rune(s)) > 3500 {
					t.Errorf("%s in %s has %d characters, %v", r.Key, lang, len([]rune(s)), err)
				}
			}
		}
	}
}

func TestWhatCanBeDoneIsShownWithTheNextSession(t *testing.T) {
	t.Parallel()
	o, c := filedCase(t, tiepdan.PhanAnh, giving, taking, tiepdan.Act{Do: tiepdan.Answer, By: worker, Text: "Xong"})
	at := now.Add(48 * time.Hour)
	o.sessions = append(o.sessions, tiepdan.Session{ID: 1, Starts: at, Ends: at.Add(time.Hour), Places: 3, Published: now, Status: tiepdan.SessionPublished})
	check(t, c.press("case/1/next"), "buổi gần nhất còn chỗ: 09:00|còn 3 chỗ]")
}
