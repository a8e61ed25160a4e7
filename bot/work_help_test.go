package bot_test

import (
	"testing"

	"tiepdan"
	"tiepdan/bot"
)

// A unit that helps hands in its part by answering the message that asked for it.
func TestWhoHelpsHandsInTheirPart(t *testing.T) {
	t.Parallel()
	o, _, _ := given(t)
	h := o.member(t, tiepdan.Staff{ID: 8, Login: "h8", Name: "Cán bộ Mẫu 8", Role: tiepdan.UnitHead, Unit: 9})
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Involve, By: head, Text: "Đo lại độ sáng.", Details: tiepdan.Details{Unit: 9}})
	got := h.deliver()
	want(t, got, "phối hợp", "Đo lại độ sáng.", "[🤝 Gửi kết quả phối hợp]")
	wantNot(t, got, "[✍️ Trả lời]")
	want(t, h.press("work/1/contribute"), "kết quả phối hợp của đơn vị", "công dân không thấy")
	want(t, h.says("Đèn đạt 12 lux."), "Đã gửi kết quả phối hợp")
	last := o.cases[0].History[len(o.cases[0].History)-1]
	if last.Do != tiepdan.Contribute || last.Text != "Đèn đạt 12 lux." || o.cases[0].Helpers[0].Done != last.N {
		t.Errorf("%+v, helpers %+v", last, o.cases[0].Helpers)
	}

	o.act(t, 1, tiepdan.Act{Do: tiepdan.Involve, By: head, Text: "Đo thêm một lần.", Details: tiepdan.Details{Unit: 9}})
	n := len(o.cases[0].History)
	h.deliver()
	want(t, h.do(bot.Event{Text: "Vẫn 12 lux.", ReplyTo: "n1." + itoa(int64(n)) + ".0"}), "Đã gửi kết quả phối hợp")
}
