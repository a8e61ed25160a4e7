package bot_test

import (
	"strings"
	"testing"

	"tiepdan"
)

func TestWhatWaitsForALeadersWordIsListed(t *testing.T) {
	t.Parallel()
	o, c, f := given(t)
	l := o.member(t, tiepdan.Staff{ID: 7, Login: "l7", Name: "Lãnh đạo Mẫu 7", Role: tiepdan.Leader})
	want(t, l.command("start", ""), "[🖋 Chờ duyệt]", "[🙋 Chờ ý kiến]")
	wantNot(t, f.command("start", ""), "Chờ duyệt", "Chờ ý kiến")
	wantNot(t, l.press("list/judge")+l.press("list/ask"), "TD26")
	f.press("work/1/consult")
	f.says("Có thay cả dãy đèn không?")
	want(t, l.press("list/ask"), "Chờ ý kiến", string(o.cases[0].Code))
	want(t, l.says("1"), "Đèn đường", "[✍️ Cho ý kiến]")
	wantNot(t, l.press("list/judge"), string(o.cases[0].Code))
	o.cases[0].Approval = true
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Propose, By: tiepdan.Actor{Role: tiepdan.Officer, Staff: 5, Unit: 3}, Text: "Sẽ sửa trong tuần"})
	want(t, l.press("list/judge"), "Chờ duyệt", string(o.cases[0].Code))
	want(t, l.says("1"), "[✅ Duyệt]", "[✏️ Yêu cầu sửa]")
	wantNot(t, f.press("list/judge")+c.press("list/judge"), "Đèn đường", "Chờ duyệt")
}

func TestWhatWaitsComesByPages(t *testing.T) {
	t.Parallel()
	o, _, _ := given(t)
	o.cases[0].Approval = true
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Propose, By: tiepdan.Actor{Role: tiepdan.Officer, Staff: 5, Unit: 3}, Text: "Sẽ sửa trong tuần"})
	for id := int64(2); id <= 10; id++ {
		one := o.cases[0]
		one.ID, one.Code = id, tiepdan.NewCaseCode(2026, countingReader(byte(id)))
		if id == 10 {
			one.Kind = tiepdan.ToCao
		}
		o.cases = append(o.cases, one)
	}
	l := o.member(t, tiepdan.Staff{ID: 7, Login: "l7", Name: "Lãnh đạo Mẫu 7", Role: tiepdan.Leader, Cleared: true})
	first := l.press("list/judge")
	want(t, first, string(o.cases[0].Code), string(o.cases[7].Code))
	wantNot(t, first, string(o.cases[8].Code))
	second := l.press("list/judge/1")
	want(t, second, string(o.cases[8].Code), string(o.cases[9].Code))
	wantNot(t, second, string(o.cases[0].Code), "Tố cáo")
	if got := l.press("list/judge/999"); strings.Contains(got, "TD26") {
		t.Error("a page that isn't there has cases")
	}
}
