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
