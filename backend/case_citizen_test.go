package backend_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tiepdan"
)

// did does acts to a case as the conversations and other members of staff do.
func (s *site) did(c tiepdan.Case, acts ...tiepdan.Act) {
	s.t.Helper()
	for _, a := range acts {
		if a.At.IsZero() {
			a.At = time.Now()
		}
		if _, _, err := s.store.UpdateCase(s.t.Context(), c.ID, a.Apply); err != nil {
			s.t.Fatalf("%s: %v", a.Do, err)
		}
	}
}

// decided is a complaint that was answered.
func (s *site) decided(p *person) tiepdan.Case {
	s.t.Helper()
	c := s.file(tiepdan.KhieuNai, "Không đồng ý quyết định thu hồi đất", func(p *tiepdan.Petition) { p.Field = "dat_dai" })
	boss := tiepdan.Actor{Role: tiepdan.BoardHead, Staff: p.ID}
	other := s.staff(tiepdan.Leader, "", false).Actor()
	unit := s.unit("XD")
	s.did(c, tiepdan.Act{Do: tiepdan.Assign, By: boss, Details: tiepdan.Details{Unit: unit}}, tiepdan.Act{Do: tiepdan.Take, By: boss},
		tiepdan.Act{Do: tiepdan.Propose, By: boss, Text: "Giữ nguyên quyết định", Details: tiepdan.Details{Result: "wrong", Evidence: "Hồ sơ mẫu", Signer: "Lãnh đạo Mẫu", Next: tiepdan.NextRights(tiepdan.KhieuNai, 1)[0]}}, tiepdan.Act{Do: tiepdan.Approve, By: other})
	return c
}

func (s *site) unit(code string) int64 {
	s.t.Helper()
	rules, err := s.store.Rules(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, u := range rules.Units {
		if u.Code == code {
			return u.ID
		}
	}
	s.t.Fatalf("no unit %s", code)
	return 0
}

func TestTheDeskTakesInASecondComplaintFromTheFirst(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.BoardHead, "", true)
	c := s.decided(p)
	page := p.get(path(c))
	to := page.value(".citizen a.button", "href")
	if to != "/intake?kind=khieu_nai&earlier="+string(c.Code) {
		t.Fatalf("the case's page leads to %q: %s", to, page.text(".citizen"))
	}
	form := p.get(to)
	if form.value("#f-name", "value") != "Người Dân Mẫu 1" || form.value("#f-respondent", "value") != "Phòng Xây dựng Mẫu" || !strings.Contains(form.text(".notice"), string(c.Code)) {
		t.Errorf("the form begins with %s", form.text("form"))
	}
	made := p.post("/intake", "draft", form.value("input[name=draft]", "value"), "kind", "khieu_nai", "earlier", string(c.Code), "field", "dat_dai",
		"content", "Quyết định lần đầu chưa xem xét giấy tờ gốc", "name", "Người Dân Mẫu 1", "respondent", "Phòng Xây dựng Mẫu", "signed", "1",
		"people", "6", "representatives", "Người Dân Mẫu 2", "complainants", "Người Dân Mẫu 1; Số 1, đường Mẫu\nNgười Dân Mẫu 2; Số 2, đường Mẫu")
	code, ok := strings.CutPrefix(made.path, "/intake/")
	if !ok {
		t.Fatalf("%d %s: %s", made.status, made.path, made.text(".said"))
	}
	next, err := s.store.CaseByCode(t.Context(), tiepdan.CaseCode(code))
	if err != nil || next.Round != 2 || next.Earlier != c.ID || len(next.Links) != 1 || len(next.Group.Complainants) != 2 {
		t.Errorf("%+v, %v", next, err)
	}
	shown := p.get(path(next)).text(".person")
	for _, part := range []string{"Đơn có nhiều người đứng tên", "Số 2, đường Mẫu", "Người đại diện"} {
		if !strings.Contains(shown, part) {
			t.Errorf("%q isn't in %s", part, shown)
		}
	}
}

func TestHowManyMayRepresentGoesByANumberThatIsTold(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Receptionist, "", false)
	three := "Người Dân Mẫu 2\nNgười Dân Mẫu 3\nNgười Dân Mẫu 4"
	intake := []string{"draft", p.opened(tiepdan.KhieuNai), "kind", "khieu_nai", "field", "dat_dai", "content", "Khiếu nại mẫu của nhiều người", "name", "Người Dân Mẫu 1", "representatives", three}
	for at, form := range map[string][]string{"/intake": intake, s.link("draft-9"): {"name", "Người Dân Mẫu 1", "representatives", three}} {
		bad := p.post(at, form...)
		if bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.text(".said"), "số người") || !strings.Contains(bad.text("#f-representatives"), "Người Dân Mẫu 4") {
			t.Errorf("%s: %d %s", at, bad.status, bad.text(".said"))
		}
		if good := p.post(at, append(form, "people", "11")...); good.status != http.StatusOK {
			t.Errorf("%s: of eleven people %d %s", at, good.status, good.text(".said"))
		}
	}
}

func TestARepresentativeIsOneOfTheComplainants(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Receptionist, "", false)
	bad := p.post("/intake", "draft", p.opened(tiepdan.KhieuNai), "kind", "khieu_nai", "field", "dat_dai", "content", "Khiếu nại mẫu của nhiều người", "name", "Người Dân Mẫu 1",
		"representatives", "Người Dân Mẫu 9", "complainants", "Người Dân Mẫu 1\nNgười Dân Mẫu 2")
	if bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.text(".said"), "Người Dân Mẫu 9") || !strings.Contains(bad.text("#f-complainants"), "Người Dân Mẫu 2") {
		t.Errorf("%d %s", bad.status, bad.text(".said"))
	}
}

func TestWhatTheCitizenSaysStandsOnThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.BoardHead, "", true)
	c := s.file(tiepdan.PhanAnh, "Đèn đường hỏng")
	boss, citizen := tiepdan.Actor{Role: tiepdan.BoardHead, Staff: p.ID}, tiepdan.Actor{Role: tiepdan.Citizen}
	answer := tiepdan.Act{Do: tiepdan.Answer, By: boss, Text: "Đã thay đèn"}
	s.did(c, tiepdan.Act{Do: tiepdan.Assign, By: boss, Details: tiepdan.Details{Unit: s.unit("XD")}}, tiepdan.Act{Do: tiepdan.Take, By: boss}, answer,
		tiepdan.Act{Do: tiepdan.Reopen, By: citizen, Text: "Đèn vẫn tắt"})
	if k, err := s.store.Case(t.Context(), c.ID); err != nil || k.Status == tiepdan.Received {
		s.did(c, tiepdan.Act{Do: tiepdan.Assign, By: boss, Details: tiepdan.Details{Unit: s.unit("XD")}}, tiepdan.Act{Do: tiepdan.Take, By: boss})
	}
	s.did(c, answer, tiepdan.Act{Do: tiepdan.Rate, By: citizen, Text: "Chờ quá lâu", Details: tiepdan.Details{Rating: 1, Unhappy: "slow"}},
		tiepdan.Act{Do: tiepdan.AskReopen, By: citizen, Text: "Vẫn chưa sáng"})
	page := p.get(path(c))
	for _, part := range []string{"👎 Chưa hài lòng", "Chậm", "Chờ quá lâu", "đề nghị xem lại lần nữa", "Vẫn chưa sáng"} {
		if !strings.Contains(page.text(".citizen"), part) {
			t.Errorf("%q isn't in %s", part, page.text(".citizen"))
		}
	}
	c, _ = s.store.Case(t.Context(), c.ID)
	if a := p.act(c, tiepdan.RefuseReopen, "reason", ""); a.status != http.StatusUnprocessableEntity {
		t.Errorf("refused without a reason: %d", a.status)
	}
	p.act(c, tiepdan.RefuseReopen, "reason", "Đèn đã sáng khi kiểm tra").did(t)
	if k, _ := s.store.Case(t.Context(), c.ID); k.Status != tiepdan.Answered || k.History[len(k.History)-1].Do != tiepdan.RefuseReopen {
		t.Errorf("%s", k.Status)
	}
}
