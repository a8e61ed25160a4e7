package tiepdan

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

const petitionText = "Kính gửi Ban Tiếp công dân tỉnh. Tôi tên là Người Dân Mẫu 1, ở số 12 ngõ 45 đường Mẫu, phường Mẫu. Gia đình tôi bị thu hồi 215,4 mét vuông đất ở để mở rộng đường nhưng giá bồi thường quá thấp so với giá thị trường, đề nghị xem xét lại đơn giá và bố trí đất tái định cư cho gia đình tôi."

func TestWhatLooksLikeADuplicate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		likely     bool
	}{
		{"without marks", Fold(petitionText), true},
		{"decomposed and shouted", strings.ToUpper(norm.NFD.String(petitionText)), true},
		{"a sentence more", petitionText + " Tôi đã gửi đơn ba lần nhưng chưa được trả lời.", true},
		{"half of it", "Gia đình tôi bị thu hồi 215,4 mét vuông đất ở để mở rộng đường nhưng giá bồi thường quá thấp so với giá thị trường.", true},
		{"other words for it", "Nhà tôi trong diện giải tỏa làm đường, Nhà nước đền bù rẻ quá không mua nổi chỗ ở mới. Mong tính lại tiền và cấp cho suất tái định cư.", false},
		{"another matter of the field", "Tôi nộp hồ sơ xin cấp giấy chứng nhận quyền sử dụng đất từ tháng 3 tại bộ phận một cửa, đến nay chưa có kết quả, đề nghị kiểm tra và trả lời cho gia đình tôi.", false},
		{"another field", "Trại lợn xả nước thải thẳng ra suối làm cá chết, mùi hôi thối bay vào nhà dân cả ngày lẫn đêm, đề nghị kiểm tra xử lý.", false},
		{"a phrase of everybody's", "đề nghị xem xét lại", false},
		{"nothing", "", false},
	} {
		if got := LikelyDuplicate(petitionText, c.text); got != c.likely || got != LikelyDuplicate(c.text, petitionText) {
			t.Errorf("%s: %v (alike %.2f)", c.name, got, Similar(petitionText, c.text))
		}
	}
	if Similar(petitionText, petitionText) != 1 || Similar("", "") != 0 || Similar("đất", "dat") != 1 {
		t.Error("a text is like itself, and nothing is like nothing")
	}
}

func BenchmarkShingles(b *testing.B) {
	s := strings.Repeat(petitionText, 17) // 5,000 characters
	for b.Loop() {
		ShinglesOf(s)
	}
}

func BenchmarkLikelyDuplicate(b *testing.B) {
	s, o := ShinglesOf(petitionText), ShinglesOf(petitionText+" x")
	for b.Loop() {
		s.LikelyDuplicate(o)
	}
}
