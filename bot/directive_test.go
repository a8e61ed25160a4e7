package bot_test

import (
	"testing"

	"tiepdan"
	"tiepdan/bot"
)

// directed is an office with an officer and a head of unit 3, and a leader.
func directed(t *testing.T) (o office, officer, unit, leader *chat) {
	t.Helper()
	o = newOffice()
	officer = o.member(t, tiepdan.Staff{ID: 5, Login: "o5", Name: "Cán bộ Mẫu 5", Role: tiepdan.Officer, Unit: 3})
	unit = o.member(t, tiepdan.Staff{ID: 6, Login: "h6", Name: "Trưởng phòng Mẫu 6", Role: tiepdan.UnitHead, Unit: 3})
	leader = o.member(t, tiepdan.Staff{ID: 7, Login: "l7", Name: "Lãnh đạo Mẫu 7", Role: tiepdan.Leader})
	return o, officer, unit, leader
}

const quoted = "📌 Chỉ đạo mới CD26-0001\n\nPhòng Kinh tế"

func TestADirectionGoesFromTheUnitToTheLeaderAndBack(t *testing.T) {
	t.Parallel()
	o, officer, unit, leader := directed(t)
	wantNot(t, unit.command("menu", ""), "Chỉ đạo (")
	o.order("Rà soát hồ sơ cấp giấy chứng nhận", false)
	want(t, unit.deliver(), "Chỉ đạo mới CD26-0001", "Rà soát hồ sơ", "Thứ Hai, ngày 30/11/2026", "[✅ Nhận việc]", "[📈 Tiến độ]", "[🏁 Báo kết quả]")
	want(t, officer.command("menu", ""), "[📌 Chỉ đạo (1)]")
	want(t, officer.press("orders"), "Chỉ đạo đang mở", "CD26-0001", "Mới giao")
	want(t, officer.says("1"), "Rà soát hồ sơ", "[✅ Nhận việc]")
	want(t, officer.press("order/1/take"), "đã nhận chỉ đạo", "[🏁 Báo kết quả]")
	want(t, officer.press("order/1/progress"), "tiến độ", "[🗑 Bỏ]")
	want(t, officer.says("Đã rà soát một nửa"), "Xem lại", "Đã rà soát một nửa", "[📈 Tiến độ]", "[🏁 Báo kết quả]")
	want(t, officer.press("order_progress"), "Đã ghi tiến độ")
	want(t, officer.do(bot.Event{Text: "Đã rà soát xong", ReplyTo: "900", Quoted: quoted}), "Xem lại", "Đã rà soát xong")
	want(t, officer.sends("bien-ban.pdf"), "1 tệp")
	want(t, officer.press("order_report"), "Đã báo kết quả")
	want(t, leader.deliver(), "báo cáo kết quả", "Đã rà soát xong", "1 tệp", "[✅ Đạt]", "[✏️ Yêu cầu làm lại]")
	if len(leader.notice[0].Files) != 1 {
		t.Error("the result comes without its file")
	}
	first := leader.notice[0].Buttons[0][0].ID
	want(t, leader.do(bot.Event{Text: "Bổ sung số liệu", ReplyTo: "901", Quoted: "🏁 Chỉ đạo CD26-0001: báo cáo kết quả"}), "Bổ sung số liệu", "[✏️ Yêu cầu làm lại]")
	want(t, leader.press("order_return"), "Đã yêu cầu làm lại")
	want(t, officer.deliver(), "yêu cầu làm lại", "Bổ sung số liệu")
	want(t, leader.press("order/1/urge"), "Đã đôn đốc")
	want(t, officer.deliver(), "đôn đốc thực hiện")
	officer.press("order/1/report")
	officer.says("Đã bổ sung số liệu")
	officer.press("order_report")
	want(t, leader.press(first), "không còn như lúc", "Đã bổ sung số liệu")
	leader.deliver()
	want(t, leader.press(leader.notice[0].Buttons[0][0].ID), "hoàn thành")
	want(t, officer.deliver(), "được đánh giá đạt")
	wantNot(t, officer.command("menu", ""), "Chỉ đạo (")
	if d := o.orders[0]; d.Status != tiepdan.DirectiveDone || d.Officer != 5 || d.Urged != 1 {
		t.Errorf("%+v", d)
	}
}

func TestADeedAboutADirectionIsDoneOnce(t *testing.T) {
	t.Parallel()
	o, _, _, leader := directed(t)
	o.order("Việc mẫu", false)
	talk, version := o.talks[leader.peer], o.versions[leader.peer]
	press := bot.Event{ID: "p", Kind: bot.Pressed, Choice: "order/1/urge"}
	leader.do(press)
	o.talks[leader.peer], o.versions[leader.peer] = talk, version // killed before the talk was saved
	want(t, leader.do(press), "Đã đôn đốc")
	if o.orders[0].Urged != 1 {
		t.Errorf("urged %d times", o.orders[0].Urged)
	}
}

func TestASecretDirectionShowsItsCodeOnly(t *testing.T) {
	t.Parallel()
	o, officer, unit, leader := directed(t)
	o.staff[leader.peer] = tiepdan.Staff{ID: 7, Login: "l7", Name: "Lãnh đạo Mẫu 7", Role: tiepdan.Leader, Cleared: true}
	o.order("Xác minh chuyện kín", true)
	for _, got := range []string{unit.deliver(), officer.press("order/1/show"), officer.press("orders"), leader.press("order/1/show"), leader.press("order/1/accept/1"),
		officer.do(bot.Event{Text: "Đã xác minh", ReplyTo: "9", Quoted: quoted})} {
		want(t, got, "CD26-0001", "hệ thống")
		wantNot(t, got, "chuyện kín", "Nhận việc]")
	}
	if len(o.orders[0].History) != 1 {
		t.Error("a secret direction was worked in a chat")
	}
}

func TestOthersHaveNothingToDoWithADirection(t *testing.T) {
	t.Parallel()
	o, officer, _, _ := directed(t)
	other := o.member(t, tiepdan.Staff{ID: 8, Login: "o8", Name: "Cán bộ Mẫu 8", Role: tiepdan.Officer, Unit: 2})
	citizen := o.person(t, "c")
	o.order("Việc mẫu", false)
	want(t, other.press("order/1/take"), "không thuộc phần việc")
	want(t, other.do(bot.Event{Text: "Xong", ReplyTo: "9", Quoted: quoted}), "không còn thuộc phần việc")
	wantNot(t, citizen.press("order/1/take"), "đã nhận")
	// The code in others' words is no direction's message.
	want(t, officer.do(bot.Event{Text: "Xong", ReplyTo: "9", Quoted: "Việc khác\nCông dân nhắc CD26-0001"}), "chưa biết lời này thuộc hồ sơ nào")
	if o.orders[0].Status != tiepdan.DirectiveIssued {
		t.Errorf("%+v", o.orders[0])
	}
}

func TestReminders(t *testing.T) {
	t.Parallel()
	o, _, unit, leader := directed(t)
	o.order("Việc mẫu", false)
	unit.deliver()
	o.live(unit.peer, "directive", 1, "directive.due", nil)
	o.live(leader.peer, "directive", 1, "directive.escalate", map[string]any{"Entry": 1})
	want(t, unit.deliver(), "sắp đến hạn", "CD26-0001")
	want(t, leader.deliver(), "đã quá hạn", "[📣 Đôn đốc]")
	o.orders[0].Status = tiepdan.DirectiveDone
	o.live(unit.peer, "directive", 1, "directive.due", nil)
	if got := unit.deliver(); got != "" {
		t.Errorf("of what is done it is said %q", got)
	}
}
