package bot_test

import (
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/bot"
)

var head = tiepdan.Actor{Role: tiepdan.BoardHead, Staff: 1}

// given is an office with a case that officer 5 works on.
func given(t *testing.T) (o office, citizen, officer *chat) {
	t.Helper()
	o = newOffice()
	citizen = o.person(t, "c1")
	citizen.file("Đèn đường hỏng đã ba tuần nay")
	citizen.deliver()
	officer = o.member(t, tiepdan.Staff{ID: 5, Login: "o5", Name: "Cán bộ Mẫu 5", Role: tiepdan.Officer, Unit: 3})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Assign, By: head, Details: tiepdan.Details{Unit: 3, Officer: 5}})
	officer.deliver()
	officer.do(bot.Event{Kind: bot.Pressed, Choice: "work/1/take"})
	return o, citizen, officer
}

func (o office) lastEntry() tiepdan.Entry {
	h := o.cases[0].History
	return h[len(h)-1]
}

func TestWordsLandInTheirCase(t *testing.T) {
	t.Parallel()
	o, c, f := given(t)
	c.file("Một chuyện khác hẳn: chợ Mẫu mất vệ sinh")
	want(t, c.press("case/1/add"), "Nhắn thêm vào hồ sơ "+string(o.cases[0].Code))
	want(t, c.says("Hôm nay vẫn chưa sáng"), "Đã đưa vào hồ sơ <b>"+string(o.cases[0].Code))
	if e := o.lastEntry(); e.Do != tiepdan.Add || e.Text != "Hôm nay vẫn chưa sáng" {
		t.Errorf("entry %+v", e)
	}
	want(t, c.sends("x.jpg"), "1 tệp")
	want(t, c.says("xong"), "Gửi đơn")
	want(t, f.deliver(), "Công dân nhắn thêm", "Hôm nay vẫn chưa sáng")
	// Replying to a message about the other case writes to that one, whatever is open.
	c.press("case/1/add")
	c.b.messages["c1/r2"] = [2]int64{2, 1}
	want(t, c.do(bot.Event{Text: "Chợ vẫn bẩn", ReplyTo: "r2"}), string(o.cases[1].Code))
	if h := o.cases[1].History; h[len(h)-1].Text != "Chợ vẫn bẩn" {
		t.Errorf("the second case has %+v", h)
	}
	want(t, c.says("Và đèn vẫn tắt"), string(o.cases[0].Code))
}

func TestAMessageThatIsntInTheBooksNamesItsCase(t *testing.T) {
	t.Parallel()
	o, c, _ := given(t)
	quoted := "Hồ sơ " + string(o.cases[0].Code) + ": đã có trả lời."
	want(t, c.do(bot.Event{Text: "Vẫn chưa sáng", ReplyTo: "unknown", Quoted: quoted}), "Đã đưa vào hồ sơ <b>"+string(o.cases[0].Code))
	if e := o.lastEntry(); e.Do != tiepdan.Add || e.Text != "Vẫn chưa sáng" {
		t.Errorf("entry %+v", e)
	}
	n := len(o.cases[0].History)
	o.person(t, "somebody else").do(bot.Event{Text: "Cho tôi xem", ReplyTo: "unknown", Quoted: quoted})
	if len(o.cases[0].History) != n {
		t.Error("a code that is quoted opened somebody else's case")
	}
}

func TestWhatWasAskedIsSupplied(t *testing.T) {
	t.Parallel()
	o, c, f := given(t)
	want(t, f.do(bot.Event{Kind: bot.Pressed, Choice: "work/1/ask_more"}), "cần công dân bổ sung", "[🗑 Bỏ]")
	want(t, f.says("Xin cho biết số cột đèn"), "Đã hỏi công dân")
	want(t, c.deliver(), "cần Ông/Bà cho biết thêm", "số cột đèn")
	want(t, c.do(bot.Event{Text: "Cột số 12", ReplyTo: "n1.4.0"}), "tiếp tục xử lý")
	if o.cases[0].Status != tiepdan.InProgress || o.lastEntry().Do != tiepdan.Supply {
		t.Errorf("status %s, entry %+v", o.cases[0].Status, o.lastEntry())
	}
	want(t, f.deliver(), "Công dân đã bổ sung", "Cột số 12")
}

func TestAnEditedMessageKeepsItsVersions(t *testing.T) {
	t.Parallel()
	o, c, _ := given(t)
	c.press("case/1/add")
	c.do(bot.Event{Text: "Cột số 11", Message: "x1"})
	want(t, c.do(bot.Event{Kind: bot.Edited, Text: "Cột số 12", Message: "x1"}), "Đã ghi bản sửa")
	if e := o.lastEntry(); e.Do != tiepdan.Amend || e.Text != "Cột số 12" || e.Details.Versions != 2 {
		t.Errorf("entry %+v", e)
	}
	c.do(bot.Event{Kind: bot.Edited, Text: "Cột số 13", Message: "x1"})
	if e := o.lastEntry(); e.Details.Versions != 3 {
		t.Errorf("entry %+v", e)
	}
	n := len(o.cases[0].History)
	if got := c.do(bot.Event{Kind: bot.Edited, Text: "bâng quơ", Message: "elsewhere"}); got != "" || len(o.cases[0].History) != n {
		t.Errorf("an edit of nothing says %q", got)
	}
}

func TestWithdrawing(t *testing.T) {
	t.Parallel()
	o, c, _ := given(t)
	want(t, c.press("case/1/withdraw"), "không mở lại được", "[↩️ Đúng, rút đơn]")
	want(t, c.press("case/1/withdraw_yes"), "Đã rút hồ sơ")
	if o.cases[0].Status != tiepdan.Withdrawn {
		t.Error(o.cases[0].Status)
	}
	want(t, c.press("case/1/add"), "không nhận thêm")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/to_cao|#unnamed_info|#field/khac|#skip|Chuyện bí mật cần báo|#done|#skip|#send", "|") {
		c.play(do)
	}
	got := c.press("case/2/withdraw")
	want(t, got, "Điều 33")
	wantNot(t, got, "Đúng, rút đơn")
	for do := range strings.SplitSeq("#submit|#kind/khieu_nai|#field/dat_dai|#skip|Không đồng ý quyết định thu hồi|#done|#skip|#skip|Người Dân Mẫu 7|#skip|#for_self|#send", "|") {
		c.play(do)
	}
	want(t, c.press("case/3/withdraw"), "đơn có chữ ký")
	want(t, c.press("case/3/withdraw_yes"), "nộp đơn rút có chữ ký")
	if !o.cases[2].Status.Open() {
		t.Error("a complaint was withdrawn by message")
	}
}

func TestOthersCasesStayShut(t *testing.T) {
	t.Parallel()
	o, _, _ := given(t)
	s := o.person(t, "stranger")
	for _, id := range []string{"case/1/show", "case/1/add", "case/1/withdraw_yes", "case/99/show", "work/1/show", "work/1/take", "case/x/show", "case/1", "work/1/files"} {
		got := s.press(id)
		wantNot(t, got, "Đèn đường", string(o.cases[0].Code))
	}
	code := string(o.cases[0].Code)
	s.command("track", "")
	want(t, s.says(strings.ToLower(code)+" 999999"), "không tìm thấy")
	want(t, s.says(code), "mã PIN")
	got := s.says("004321")
	want(t, got, code, "Đang xử lý")
	wantNot(t, got, "Đèn đường")
	want(t, s.command("start", "case_t1"), "mã PIN")
	want(t, s.says("004321"), code)
	if o.cases[0].Status != tiepdan.InProgress || len(o.cases[0].History) != 3 {
		t.Errorf("the case changed: %+v", o.cases[0].History)
	}
}

func TestTheOwnersReceiptOpensTheCase(t *testing.T) {
	t.Parallel()
	_, c, _ := given(t)
	want(t, c.command("start", "case_t1"), "Đèn đường", "[💬 Nhắn thêm]", "[↩️ Rút đơn]")
	want(t, c.command("mycases", ""), "Hồ sơ của tôi")
	want(t, c.says("1"), "Đèn đường")
}

func TestABlockedAccountIsToldWhereElseToGo(t *testing.T) {
	t.Parallel()
	o, c, _ := given(t)
	o.accounts[c.peer] = bot.Account{Blocked: true, PrivacyVersion: 1}
	got := c.press("case/1/add") + c.says("này") + c.command("start", "")
	want(t, got, "02400000000")
	wantNot(t, got, "Nhắn thêm", "Gửi đơn")
}

func TestLeavingIsNoted(t *testing.T) {
	t.Parallel()
	o, c, _ := given(t)
	if got := c.do(bot.Event{Kind: bot.Left}); got != "" || o.reached[c.peer] {
		t.Errorf("%q, %v", got, o.reached)
	}
	if c.do(bot.Event{Kind: bot.Joined}); !o.reached[c.peer] {
		t.Error("their return isn't noted")
	}
	o.reached[c.peer] = false
	o.accounts[c.peer] = bot.Account{Unreachable: true, PrivacyVersion: 1, PrivacyAt: now}
	if c.says("xin chào"); !o.reached[c.peer] {
		t.Error("who writes is taken for gone")
	}
}

func TestADeedIsDoneOnce(t *testing.T) {
	t.Parallel()
	o, c, f := given(t)
	c.press("case/1/add")
	n := len(o.cases[0].History)
	for range 3 {
		c.do(bot.Event{ID: "same", Text: "một lần thôi nhé"})
	}
	if got := len(o.cases[0].History); got != n+1 {
		t.Errorf("%d entries were added", got-n)
	}
	// The talk is lost after the act, as when a process dies between the two.
	ev := bot.Event{ID: "take-again", Kind: bot.Pressed, Choice: "work/1/note"}
	f.do(ev)
	before := f.b.talks[f.peer]
	f.do(bot.Event{ID: "note", Text: "Ghi chú mẫu"})
	f.b.talks[f.peer] = before
	want(t, f.do(bot.Event{ID: "note", Text: "Ghi chú mẫu"}), "Đã ghi chú")
	notes := 0
	for _, e := range o.cases[0].History {
		if e.Do == tiepdan.Note {
			notes++
		}
	}
	if notes != 1 {
		t.Errorf("%d notes", notes)
	}
	o.race = 1
	want(t, c.says("sau một lần giành nhau"), "Đã đưa vào")
	if e := o.lastEntry(); e.Text != "sau một lần giành nhau" || len(o.cases[0].History) != n+3 {
		t.Errorf("%d entries", len(o.cases[0].History)-n)
	}
}

func TestPapersMayBeSaved(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.file("Đèn đường hỏng đã ba tuần nay")
	if c.deliver(); c.notice[0].Protect {
		t.Error("a receipt can't be saved")
	}
	for do := range strings.SplitSeq("#submit|#kind/khieu_nai|#field/khac|#skip|Tôi không đồng ý quyết định số 1|#done|#skip|#skip|Người Dân Mẫu 1|#skip|#for_self|#send", "|") {
		c.play(do)
	}
	if c.deliver(); c.notice[0].Protect || len(c.notice[0].Papers) != 5 {
		t.Errorf("a petition can't be printed: %+v", c.notice[0])
	}
	for do := range strings.SplitSeq("#submit|#kind/to_cao|#unnamed_info|#field/khac|#skip|Chuyện kín cần báo|#done|#skip|#send", "|") {
		c.play(do)
	}
	got := c.deliver()
	if !c.notice[0].Protect {
		t.Error("a denouncer's receipt may be forwarded")
	}
	wantNot(t, got, "PIN") // nobody else may track it
	want(t, got, "Chỉ tài khoản này", "Nhận lúc: 09:00, Thứ Hai")
}
