package tiepdan

import (
	"strings"
	"testing"
)

func TestACodeIsKnownByItsEnd(t *testing.T) {
	t.Parallel()
	code := NewCaseCode(2026, strings.NewReader("abcde"))
	tail := strings.ReplaceAll(string(code[5:]), "-", "")
	for s, want := range map[string]string{
		string(code): tail, strings.ToLower(string(code)): tail, tail: tail, tail[:4] + " " + strings.ToLower(tail[4:]): tail, tail[:4] + "-" + tail[4:]: tail,
		tail[:7]: "", tail + "0": "", "đường phố": "", "": "",
	} {
		if got, ok := CodeTail(s); got != want || ok != (want != "") {
			t.Errorf("the end of %q is %q (%v), want %q", s, got, ok, want)
		}
	}
}

func TestABooksNumberNamesItsYear(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][2]int{
		"123/2026": {123, 2026}, " 7 / 2019 ": {7, 2019}, "số 45/2026": {45, 2026}, "So 45/2026": {45, 2026},
		"12/4": {}, "0/2026": {}, "123": {}, "ngõ 5 phố 12/2026/3": {}, "1234567890/2026": {},
	} {
		number, year, ok := BookNumber(s)
		if ok != (want[0] > 0) || ok && (int(number) != want[0] || year != want[1]) {
			t.Errorf("%q is %d of %d (%v), want %v", s, number, year, ok, want)
		}
	}
}

func TestEveryStatusIsOfOneGroup(t *testing.T) {
	t.Parallel()
	n := 0
	for _, g := range StatusGroups() {
		n += len(g.Statuses())
	}
	if n != len(Statuses()) {
		t.Errorf("the groups hold %d of %d", n, len(Statuses()))
	}
}

func TestWhoMaySharesAView(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		by     Actor
		shared Sharing
		ok     bool
		unit   int64
	}{
		{Actor{Role: BoardHead, Staff: 1}, WithOffice, true, 0},
		{Actor{Role: Officer, Staff: 2, Unit: 7}, WithUnit, true, 7},
		{Actor{Role: Officer, Staff: 2, Unit: 7}, WithOffice, false, 0},
		{Actor{Role: Leader, Staff: 3}, WithUnit, false, 0},
		{Actor{Role: Auditor, Staff: 4}, Private, true, 0},
		{Actor{Role: Auditor, Staff: 4}, WithOffice, false, 0},
	} {
		v, err := CaseView{Name: " Đất  đai ", Shared: tt.shared, Staff: 99, Unit: 99}.Named(tt.by)
		if (err == nil) != tt.ok || tt.ok && (v.Name != "Đất đai" || v.Staff != tt.by.Staff || v.Unit != tt.unit) {
			t.Errorf("%s shares %q: %+v, %v", tt.by.Role, tt.shared, v, err)
		}
	}
	for _, name := range []string{"", " \n", strings.Repeat("ă", MaxViewName+1)} {
		if _, err := (CaseView{Name: name}).Named(Actor{Role: BoardHead}); CodeOf(err) != Invalid {
			t.Errorf("the name %q: %v", name, err)
		}
	}
}
