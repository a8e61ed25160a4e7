package bot_test

import (
	"strings"
	"testing"

	"tiepdan"
)

func TestADenouncerWhoNamesThemselfIsAskedToTakeItOut(t *testing.T) {
	t.Parallel()
	const asked = "ở đây không cần danh tính người tố cáo"
	for _, x := range []struct {
		fact, kind, says string
		warned           bool
	}{
		{"a name", "#kind/to_cao|#unnamed_info", "Tôi tên là Người Dân Mẫu 7", true},
		{"a name without marks", "#kind/to_cao|#unnamed_info", "toi ten la Nguoi Dan Mau 7", true},
		{"a number", "#kind/to_cao|#unnamed_info", "Xin gọi 0900 000 007 khi cần", true},
		{"neither", "#kind/to_cao|#unnamed_info", "Cán bộ Mẫu nhận tiền ngày 02/09/2026", false},
		{"a complaint has its name", "#kind/khieu_nai", "Tôi tên là Người Dân Mẫu 7, số 0900 000 007", false},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			o := newOffice()
			c := o.person(t, "c1")
			c.agree()
			for do := range strings.SplitSeq("#submit|"+x.kind+"|#field/khac|#skip", "|") {
				c.play(do)
			}
			if got := c.says(x.says); strings.Contains(got, asked) != x.warned || !strings.Contains(got, "Đã ghi 1 đoạn") {
				t.Errorf("%s", got)
			}
		})
	}
	o := newOffice()
	c := o.person(t, "c1")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/to_cao", "|") {
		c.play(do)
	}
	check(t, c.says("Tôi là Người Dân Mẫu 7"), asked+"|đã ghi lời này vào nội dung") // told where nobody asked
	if len(o.cases) > 0 && o.cases[0].Kind == tiepdan.ToCao {
		t.Error("it was filed by that")
	}
}
