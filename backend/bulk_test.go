package backend_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/store/storetest"
)

// chosen are pairs of a form for these cases.
func chosen(do string, cases []tiepdan.Case, more ...string) []string {
	pairs := append([]string{"do", do, "ref", "AAAAAAAAAAAAAAAAAAAAAAAAAA"}, more...)
	for _, c := range cases {
		pairs = append(pairs, "case", string(c.Code))
	}
	return pairs
}

func TestManyCasesAreGivenOutEachByItsOwnRules(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	officers := []*person{s.hire(tiepdan.Officer, "MT", false), s.hire(tiepdan.Officer, "MT", false)}
	var cases []tiepdan.Case
	for i := range 4 {
		cases = append(cases, s.file(tiepdan.PhanAnh, fmt.Sprintf("Một phản ánh mẫu số %d về khói", i)))
	}
	cases = append(cases, s.file(tiepdan.ToCao, "Một tin báo về việc làm sai trái")) // not for who isn't cleared
	var q strings.Builder
	for _, c := range cases {
		q.WriteString("&case=" + string(c.Code))
	}
	if got := head.get("/inbox"); !got.has("form#bulk") || len(got.all("input.pick")) != 5 {
		t.Errorf("the list lets choose %d", len(got.all("input.pick")))
	}
	if got := head.get("/bulk?do=assign" + q.String()); !strings.Contains(got.text("main"), "Làm được với 4 trong 5") {
		t.Errorf("what it fits: %s", got.text("main"))
	}
	if got := head.post("/bulk", chosen("assign", cases)...); got.status != http.StatusUnprocessableEntity {
		t.Errorf("without a unit: %d", got.status)
	}
	form := chosen("assign", cases, "unit", fmt.Sprint(storetest.Unit(t, s.store, "MT")), "officer", "-1")
	for range 2 { // sent twice, done once
		if got := head.post("/bulk", form...); !strings.Contains(got.text("h1"), "4 hồ sơ đã giao, 1 không được") || !strings.Contains(got.text("table"), string(cases[4].Code)) {
			t.Errorf("at %s: %s", got.path, got.text("main"))
		}
	}
	given := map[int64]int{}
	for _, c := range cases {
		kept, err := s.store.Case(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		given[kept.Officer]++
		if n := len(kept.History); kept.Officer != 0 && n != 2 {
			t.Errorf("%s has %d entries", c.Code, n)
		}
		rows, _, err := s.store.AuditList(t.Context(), tiepdan.AuditFilter{Action: "assign", SubjectKind: "case", SubjectID: c.ID})
		if err != nil || len(rows) != n01(kept.Officer != 0) {
			t.Errorf("%s has %d audit rows, %v", c.Code, len(rows), err)
		}
	}
	if given[officers[0].ID] != 2 || given[officers[1].ID] != 2 {
		t.Errorf("they were given %v", given)
	}
}

func n01(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func TestManyCasesAreRoutedClassifiedAndTaken(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "XD", false)
	s.rule(tiepdan.RoutingRule{Name: "Đất đai", Fields: []string{"dat_dai"}, Unit: officer.Unit, Rotate: true})
	cases := []tiepdan.Case{s.file(tiepdan.PhanAnh, "Một phản ánh mẫu về thửa đất"), s.file(tiepdan.PhanAnh, "Một phản ánh mẫu nữa về thửa đất")}
	if got := head.post("/bulk", chosen("route", cases)...); !strings.Contains(got.text("h1"), "0 hồ sơ đã chuyển") || !strings.Contains(got.text("table"), "Không quy tắc nào") {
		t.Errorf("without a rule that fits: %s", got.text("main"))
	}
	if got := head.post("/bulk", chosen("classify", cases, "field", "tham_nhung")...); !strings.Contains(got.text("h1"), "0 hồ sơ") {
		t.Errorf("personal data went in bulk: %s", got.text("main"))
	}
	for _, step := range []struct {
		by       *person
		do, want string
		more     []string
	}{{head, "classify", "2 hồ sơ đã đổi lĩnh vực", []string{"field", "dat_dai"}}, {head, "route", "2 hồ sơ đã chuyển", nil}, {officer, "take", "2 hồ sơ đã nhận", nil},
		{officer, "close", "0 hồ sơ đã kết thúc, 2 không được", nil}} {
		form := chosen(step.do, cases, step.more...)
		form[3] = strings.ToUpper(step.do) + "AAAAAAAAAAAAAAAAAAAA" // a form of its own
		if got := step.by.post("/bulk", form...); !strings.Contains(got.text("h1"), step.want) {
			t.Errorf("%s: %s", step.do, got.text("main"))
		}
	}
}

// A list offers what something in it is ready for, to whom the lifecycle lets do it.
func TestAListOffersOnlyWhatFitsItsCases(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer, auditor := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "MT", false), s.staff(tiepdan.Auditor, "", false)
	offered := func(p *person, path string) string {
		got := p.get(path)
		var dos []string
		for _, b := range got.all("form#bulk button") {
			dos = append(dos, value(b, "value"))
		}
		return fmt.Sprintf("%s of %d", strings.Join(dos, " "), len(got.all("input.pick")))
	}
	check := func(p *person, path, want string) {
		t.Helper()
		if got := offered(p, path); got != want {
			t.Errorf("%s to a %s: %q, want %q", path, p.Role, got, want)
		}
	}
	c := s.file(tiepdan.PhanAnh, "Một phản ánh mẫu về khói")
	check(head, "/cases", "assign route classify of 1")
	check(auditor, "/cases", " of 0")
	s.did(c, tiepdan.Act{Do: tiepdan.Assign, By: head.Actor(), Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.ID}})
	check(officer, "/cases", "take of 1")
	s.did(c, tiepdan.Act{Do: tiepdan.Take, By: officer.Actor()})
	check(officer, "/cases", " of 0")
	s.did(c, tiepdan.Act{Do: tiepdan.Answer, By: officer.Actor(), Text: "Khói đã được xử lý."})
	check(officer, "/cases?view=all", "close of 1")
	s.did(c, tiepdan.Act{Do: tiepdan.CloseCase, By: officer.Actor()})
	check(officer, "/cases?view=all", " of 0")
	s.file(tiepdan.PhanAnh, "Một phản ánh mẫu nữa về khói")
	check(head, "/cases?view=all", "assign route classify of 1")
}
