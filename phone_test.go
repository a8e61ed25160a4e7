package tiepdan

import (
	"strings"
	"testing"
)

func TestPhones(t *testing.T) {
	t.Parallel()
	const number = "0912345678"
	for _, s := range []string{number, " 0912 345 678 ", "0912.345.678", "+84 912 345 678", "84912345678", "0084912345678",
		"+84 (0)912.345.678", "(+84) 912–345–678", "０９１２３４５６７８", "\u202a+84912345678\u202c"} {
		if got, ok := Phone(s); got != number || !ok {
			t.Errorf("%q is %q, %v", s, got, ok)
		}
	}
	for s, want := range map[string]string{"024 3825 1234": "02438251234", "+84 205 381 2345": "02053812345"} {
		if got, ok := Phone(s); got != want || !ok {
			t.Errorf("%q is %q, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "0912", "0112345678", "01234567890", "+49 30 1234567", "số 0912345678", "09123456789", strings.Repeat("0", 1000)} {
		if got, ok := Phone(" " + s); ok || got != s {
			t.Errorf("%q is %q, %v", s, got, ok)
		}
	}
}

func TestPhonesWithinATextAreSeen(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"Gọi tôi: 0912345678.", "số 0912 345 678 5 giờ chiều", "(+84 (0)912.345.678)", "máy bàn 024 3825 1234, gặp bảo vệ", "sđt０９１２３４５６７８"} {
		if !HasPhone(s) {
			t.Errorf("%q has a phone number", s)
		}
	}
	for _, s := range []string{"", "ngày 02/09/2026 lúc 08:30", "quyết định số 0123/QĐ-UBND", "15.000.000.000 đồng", "thửa 84, tờ 12", "09123456789012"} {
		if HasPhone(s) {
			t.Errorf("%q has no phone number", s)
		}
	}
}
