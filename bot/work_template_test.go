package bot_test

import (
	"testing"

	"tiepdan"
)

func TestAnAnswerBeginsWithATemplate(t *testing.T) {
	t.Parallel()
	o, c, f := given(t)
	want(t, f.press("work/1/answer"), "[📄 Mẫu]")
	want(t, f.press("tpl"), "Mẫu cho", "[Đã giải quyết xong]", "[Đã hòa giải]")
	code := string(o.cases[0].Code)
	want(t, f.press("tpl_use/b.feedback_done"), code, "Phòng Kinh tế", "[… việc đã làm, ngày hoàn thành]", "thay cho mẫu", "Còn chỗ trống", "[📄 Mẫu]", "[📨 Gửi công dân]")
	want(t, f.press("answer_send"), "Còn chỗ trống trong mẫu", "Dự thảo")
	if e := o.lastEntry(); e.Do == tiepdan.Answer {
		t.Fatal("an answer with gaps went out")
	}
	got := f.says("Đã thay bóng đèn ngày 20/11.")
	want(t, got, "Đã thay bóng đèn ngày 20/11.")
	wantNot(t, got, "Kính gửi", "thay cho mẫu", "[📄 Mẫu]")
	f.press("answer_send")
	if e := o.lastEntry(); e.Do != tiepdan.Answer || e.Text != "Đã thay bóng đèn ngày 20/11." {
		t.Errorf("%s %q", e.Do, e.Text)
	}
	want(t, c.deliver(), "Đã thay bóng đèn")
}

func TestATemplateWithoutGapsIsSentAsItIs(t *testing.T) {
	t.Parallel()
	o, c, f := given(t)
	o.rules.Templates = nil
	for range 8 {
		o.rules.Templates = append(o.rules.Templates, tiepdan.AnswerTemplate{Key: "o" + itoa(int64(len(o.rules.Templates)+1)), Name: "Mẫu ngắn " + itoa(int64(len(o.rules.Templates)+1)),
			Do: tiepdan.Answer, Active: true, Body: "Đơn {{mã đơn}} đã được giải quyết."})
	}
	f.press("work/1/answer")
	want(t, f.press("tpl"), "[Mẫu ngắn 6]", "[Tiếp ▶️]")
	want(t, f.press("tpl/1"), "[Mẫu ngắn 8]")
	f.press("tpl_use/o8")
	f.press("answer_send")
	want(t, c.deliver(), "Đơn "+string(o.cases[0].Code)+" đã được giải quyết.")
}

func TestProgressBeginsWithATemplate(t *testing.T) {
	t.Parallel()
	o, c, f := given(t)
	o.rules.Templates = []tiepdan.AnswerTemplate{{Key: "o1", Name: "Đang làm", Do: tiepdan.Progress, Active: true, Body: "{{đơn vị giải quyết}} đang giải quyết."}}
	want(t, f.press("work/1/progress"), "[📄 Mẫu]")
	f.press("tpl")
	want(t, f.press("tpl_use/o1"), "Phòng Kinh tế đang giải quyết.", "ngày nào")
	f.press("until/3")
	want(t, c.deliver(), "Phòng Kinh tế đang giải quyết.")
}
