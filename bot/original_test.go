package bot_test

import (
	"strings"
	"testing"

	"tiepdan"
)

func TestWhoMustSignIsToldUntilWhen(t *testing.T) {
	t.Parallel()
	o, c := filedCase(t, tiepdan.KhieuNai)
	check(t, c.press("case/1/show"), "Xin nộp đơn có chữ ký chậm nhất|08/12/2026|đơn chưa ký thì không thụ lý được|!đã trễ")
	*o.at = now.AddDate(0, 0, 16)
	c.at = *o.at
	check(t, c.press("case/1/show"), "Đến hết ngày <b>08/12/2026|chưa nhận được đơn có chữ ký|vẫn có thể nộp|!đã trễ|!Xin thông cảm")
	late := signed
	late.At = *o.at
	o.act(t, 1, late)
	check(t, c.deliver(), "đơn có chữ ký|Chậm nhất|21/12/2026|báo có thụ lý hay không|!đã trễ|!chưa nhận được")
}

func TestASecondComplaintIsBroughtWithinItsTerm(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		fact  string
		after int // days since the decision
		says  string
	}{
		{"at once: before the office must say whether it takes it", 0, "08/12/2026|đơn chưa ký thì không thụ lý được|!hết thời hạn khiếu nại lần hai"},
		{"near its end: before that", 25, "23/12/2026|Sau ngày ấy là hết thời hạn khiếu nại lần hai|!đơn chưa ký thì không thụ lý được"},
		{"after its end: as any other", 40, "18/01/2027|!hết thời hạn khiếu nại lần hai"},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			o, c := filedCase(t, tiepdan.KhieuNai, append(taken[:4:4], tiepdan.Act{Do: tiepdan.Propose, By: worker, Text: "Giữ nguyên", Details: checked("15/QĐ")}, tiepdan.Act{Do: tiepdan.Approve, By: chief})...)
			*o.at = now.AddDate(0, 0, x.after)
			c.at = *o.at
			c.press("case/1/second")
			c.says("Quyết định lần đầu chưa xem xét giấy tờ gốc")
			for do := range strings.SplitSeq("#done|#skip|#skip|Người Dân Mẫu 7|#skip|#for_self|#send", "|") {
				c.play(do)
			}
			check(t, c.deliver(), "Xin nộp chậm nhất|tính từ ngày cơ quan nhận được đơn có chữ ký|"+x.says)
		})
	}
}
