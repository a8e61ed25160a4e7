package store

import (
	"testing"

	"tiepdan"
)

func TestWhatNamesThePersonIsCoveredHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	c := tiepdan.Case{Person: tiepdan.Person{Name: "Người Dân Mẫu Đỗ", Phone: "0900000001", IDNumber: "001000000009", Address: "Số 1 đường Mẫu"},
		Group: tiepdan.Group{OnBehalf: "Tổ dân phố Mẫu"}}
	hide := masked(c)
	for _, row := range []struct{ say, want string }{
		{"Tôi là Người Dân Mẫu Đỗ.", "Tôi là ▇▇▇."},
		{"toi la nguoi dan  mau do, o day", "toi la ▇▇▇, o day"},
		{"NGƯỜI\nDÂN MẪU ĐỖ", "▇▇▇"},
		{"gọi 0900000001 hoặc 0900.000.001, +84 900 000 001 hay 0084-900000001!", "gọi ▇▇▇ hoặc ▇▇▇, ▇▇▇ hay ▇▇▇!"},
		{"căn cước 001 000 000 009", "căn cước ▇▇▇"},
		{"nhà số 1 đường mẫu, tổ dân phố mẫu", "nhà ▇▇▇, ▇▇▇"},
		{"Ông X nhận 900.000 đồng, Đỗ Mẫu biết.", "Ông X nhận 900.000 đồng, Đỗ Mẫu biết."},
		{"", ""},
	} {
		if got := hide(row.say); got != row.want {
			t.Errorf("%q becomes %q, want %q", row.say, got, row.want)
		}
	}
	if got := masked(tiepdan.Case{})("Không biết ai 0900000001."); got != "Không biết ai 0900000001." {
		t.Errorf("of nobody: %q", got)
	}
}
