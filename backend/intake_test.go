package backend_test

import (
	"net/http"
	"strings"
	"testing"

	"tiepdan"
)

// opened is the form of a kind, with its hidden draft.
func (p *person) opened(kind tiepdan.Kind) (draft string) {
	p.s.t.Helper()
	return p.get("/intake?kind="+string(kind)).value("input[name=draft]", "value")
}

// taken is the one case in the book, seen whole.
func (s *site) taken() tiepdan.Case {
	s.t.Helper()
	by := tiepdan.Actor{Role: tiepdan.BoardHead, Cleared: true}
	lines, _, err := s.store.Cases(s.t.Context(), tiepdan.CaseFilter{By: by})
	if err != nil || len(lines) != 1 {
		s.t.Fatalf("%d cases, %v", len(lines), err)
	}
	c, err := s.store.Case(s.t.Context(), lines[0].ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func TestWalkInIsFiledOnceHoweverOftenItIsSent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Receptionist, "", false)
	form := []string{"draft", p.opened(tiepdan.KienNghi), "kind", "kien_nghi", "field", "moi_truong", "place", "P1",
		"content", "Đề nghị mẫu: trồng thêm cây", "name", "Người Dân Mẫu 1", "phone", "0900 000 001", "address", "Số 1, đường Mẫu",
		"id_number", "000 000 000 001"}
	files := []sent{{"anh.png", "ảnh mẫu"}}
	first, again := p.bring("/intake", files, form...), p.bring("/intake", files, form...)
	if first.status != http.StatusOK || !strings.HasPrefix(first.path, "/intake/TD") || again.path != first.path {
		t.Fatalf("%d %s, then %s", first.status, first.path, again.path)
	}
	c := s.taken()
	want := tiepdan.Person{Name: "Người Dân Mẫu 1", Phone: "0900000001", Address: "Số 1, đường Mẫu", IDNumber: "000000000001"}
	if c.Person != want || c.Place != "P1" || c.Channel != "desk" || len(c.Files) != 1 || !c.History[0].Details.Desk || c.History[0].By.Staff != p.ID {
		t.Errorf("%+v", c)
	}
	if len(first.all("a[href=/cases/"+string(c.Code)+"/papers/receipt]")) != 1 {
		t.Errorf("no receipt to print: %s", first.text("main"))
	}
}

func TestNothingTypedAtTheDeskIsLost(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Receptionist, "", false)
	draft := p.opened(tiepdan.KhieuNai)
	form := []string{"draft", draft, "kind", "khieu_nai", "field", "dat_dai", "content", "Khiếu nại <script>mẫu</script> & hơn nữa",
		"name", `Người "Dân" <b>Mẫu</b> 2`, "phone", "12", "respondent", "Phòng Mẫu", "people", "6", "representatives", "Người Dân Mẫu 2\nNgười Dân Mẫu 3"}
	bad := p.bring("/intake", []sent{{"don.pdf", "đơn mẫu"}, {"chay.exe", "MZ"}}, form...)
	if bad.status != http.StatusUnprocessableEntity || bad.text(".said") == "" {
		t.Fatalf("%d %s", bad.status, bad.text(".said"))
	}
	if bad.value("#f-name", "value") != `Người "Dân" <b>Mẫu</b> 2` || bad.text("#f-content") != "Khiếu nại <script>mẫu</script> & hơn nữa" ||
		!strings.Contains(bad.text("#f-representatives"), "Người Dân Mẫu 3") || bad.value("input[name=draft]", "value") != draft ||
		bad.value("#f-phone", "value") != "12" || len(bad.all("option[selected]")) != 1 {
		t.Errorf("typed and lost: %s", bad.text("form"))
	}
	if strings.Contains(bad.body, "<script>mẫu") || len(bad.all("input[name=drop]")) != 1 {
		t.Errorf("hostile words or the files: %s", bad.text("form"))
	}
	for i := range form {
		if form[i] == "phone" {
			form[i+1] = "0900000002"
		}
	}
	if got := p.bring("/intake", nil, form...); got.status != http.StatusOK || !strings.HasPrefix(got.path, "/intake/TD") {
		t.Fatalf("%d %s", got.status, got.text(".said"))
	}
	c := s.taken()
	if len(c.Files) != 1 || c.Files[0].Name != "don.pdf" || c.Respondent != "Phòng Mẫu" || len(c.Group.Representatives) != 2 {
		t.Errorf("%+v", c)
	}
	if c.Status != tiepdan.AwaitingOriginal {
		t.Errorf("the original isn't there, but the case is %s", c.Status)
	}
}

func TestDenouncerAtTheDeskIsNeitherAskedNorKept(t *testing.T) {
	t.Parallel()
	for name, form := range map[string][]string{
		"kind":  {"kind", "to_cao", "field", "dat_dai"},
		"field": {"kind", "phan_anh", "field", "tham_nhung"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			p := s.staff(tiepdan.Receptionist, "", false)
			if form := p.get("/intake?kind=to_cao"); len(form.all("#f-name"))+len(form.all("#f-id_number"))+len(form.all("#f-phone")) > 0 {
				t.Error("the form asks who denounces")
			}
			got := p.bring("/intake", []sent{{"Nguoi Dan Mau.pdf", "tài liệu mẫu"}}, append(form, "draft", p.opened(tiepdan.ToCao),
				"content", "Nội dung tố cáo mẫu", "name", "Người Dân Mẫu 4", "phone", "0900000004", "address", "Số 4", "on_behalf", "Người Dân Mẫu 5")...)
			if got.status != http.StatusOK {
				t.Fatalf("%d %s", got.status, got.text(".said"))
			}
			c := s.taken()
			if !c.Sealed() || c.Kind != tiepdan.ToCao || !c.Person.IsZero() || c.Group.OnBehalf != "" || strings.Contains(c.Files[0].Name, "Nguoi") {
				t.Errorf("%+v", c)
			}
			if strings.Contains(s.log.String(), "Người Dân") {
				t.Error("the log names somebody")
			}
		})
	}
}

func TestDraftsOfOthersAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Receptionist, "", false)
	for _, draft := range []string{"", "x", "../../etc", strings.Repeat("A", 200)} {
		if got := p.post("/intake", "draft", draft, "kind", "phan_anh", "field", "dat_dai", "content", "Nội dung mẫu đủ dài"); got.status != http.StatusUnprocessableEntity {
			t.Errorf("draft %q: %d", draft, got.status)
		}
	}
}

func TestUnnamedReportAtTheDesk(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.BoardHead, "", false)
	p.post("/intake", "draft", p.opened(tiepdan.PhanAnh), "kind", "phan_anh", "field", "dat_dai", "content", "Nội dung mẫu đủ dài",
		"unnamed", "1", "name", "Người Dân Mẫu 6")
	if c := s.taken(); !c.Unnamed || !c.Person.IsZero() {
		t.Errorf("%+v", c)
	}
}

func TestFormThatIsFiledTakesNoOtherMattersWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Receptionist, "", false)
	draft := p.opened(tiepdan.KienNghi)
	form := func(content, name string) []string {
		return []string{"draft", draft, "kind", "kien_nghi", "field", "moi_truong", "content", content, "name", name}
	}
	first := p.bring("/intake", nil, form("Đề nghị mẫu: trồng thêm cây", "Người Dân Mẫu 1")...)
	for _, other := range [][]string{form("Đề nghị mẫu: lắp thêm đèn", "Người Dân Mẫu 1"), form("Đề nghị mẫu: trồng thêm cây", "Người Dân Mẫu 2")} {
		back := p.bring("/intake", []sent{{"anh.png", "ảnh mẫu"}}, other...) // the browser's way back, and somebody else's words
		if back.status != http.StatusConflict || !strings.Contains(back.text(".said"), strings.TrimPrefix(first.path, "/intake/")) {
			t.Fatalf("%d %s", back.status, back.text(".said"))
		}
		anew := back.value("input[name=draft]", "value")
		if anew == draft || back.text("#f-content") != other[7] || back.value("#f-name", "value") != other[9] || len(back.all("input[name=drop]")) != 1 {
			t.Errorf("typed and lost: %s", back.text("form"))
		}
		other[1] = anew
		if got := p.bring("/intake", nil, other...); got.status != http.StatusOK || got.path == first.path {
			t.Errorf("%d %s", got.status, got.path)
		}
	}
	if lines, _, err := s.store.Cases(t.Context(), tiepdan.CaseFilter{By: p.Actor()}); err != nil || len(lines) != 3 {
		t.Errorf("%d cases, %v", len(lines), err)
	}
}

func TestDenunciationAtTheDeskIsFiledOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Receptionist, "", true)
	form := []string{"draft", p.opened(tiepdan.ToCao), "kind", "to_cao", "field", "dat_dai", "content", "Hành vi mẫu đủ dài"}
	if first, again := p.bring("/intake", nil, form...), p.bring("/intake", nil, form...); again.status != http.StatusOK || first.path != again.path {
		t.Errorf("%d, %s and %s", again.status, first.path, again.path)
	}
}

func TestAFormOfWhatIsADenunciationByNowIsStillFiledOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.BoardHead, "", true)
	form := []string{"draft", p.opened(tiepdan.PhanAnh), "kind", "phan_anh", "field", "dat_dai", "content", "Người Dân Mẫu 1 báo hành vi mẫu", "name", "Người Dân Mẫu 1"}
	first := p.bring("/intake", nil, form...)
	c, err := s.store.CaseByCode(t.Context(), tiepdan.CaseCode(strings.TrimPrefix(first.path, "/intake/")))
	if err != nil {
		t.Fatal(err)
	}
	p.act(c, tiepdan.Classify, "kind", "to_cao", "field", "dat_dai", "place", "", "sealing", "1").did(t)
	if again := p.bring("/intake", nil, form...); again.status != http.StatusOK || again.path != first.path || strings.Contains(again.body, "Người Dân Mẫu 1") {
		t.Errorf("%d, %s and %s: %s", again.status, first.path, again.path, again.text(".said"))
	}
}

func TestNumberOfPeopleThatIsNoneIsAFault(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Receptionist, "", false)
	form := []string{"draft", p.opened(tiepdan.KhieuNai), "kind", "khieu_nai", "field", "dat_dai", "content", "Khiếu nại mẫu đủ dài", "name", "Người Dân Mẫu 1"}
	for _, n := range []string{"mười hai", "-1", "1,5", "99999999999999999999"} {
		got := p.post("/intake", append(form, "people", n)...)
		if got.status != http.StatusUnprocessableEntity || got.value("#f-people", "value") != n {
			t.Errorf("%s people: %d %s", n, got.status, got.value("#f-people", "value"))
		}
	}
}

// Who has handed in what they signed is given no petition to sign, and who hasn't is.
func TestTheDeskHandsOverThePapersThatThePersonNeeds(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Receptionist, "", false)
	for _, tt := range []struct {
		name, want string
		kind       tiepdan.Kind
		files      []sent
		more       []string
	}{
		{"signed", "receipt handover handover_docx", tiepdan.KhieuNai, nil, []string{"signed", "1"}},
		{"to be signed", "receipt petition petition_docx checklist", tiepdan.KhieuNai, nil, nil},
		{"a suggestion with a picture", "receipt handover handover_docx", tiepdan.KienNghi, []sent{{"anh.png", "ảnh mẫu"}}, nil},
		{"a suggestion", "receipt", tiepdan.KienNghi, nil, nil},
	} {
		field := map[tiepdan.Kind]string{tiepdan.KhieuNai: "dat_dai", tiepdan.KienNghi: "moi_truong"}[tt.kind]
		form := append([]string{"draft", p.opened(tt.kind), "kind", string(tt.kind), "field", field, "content", "Nội dung mẫu, " + tt.name + ", đủ dài",
			"name", "Người Dân Mẫu 1", "address", "Số 1, đường Mẫu", "respondent", "Phòng Mẫu"}, tt.more...)
		got := p.bring("/intake", tt.files, form...)
		var papers []string
		for _, a := range got.all(".papers-list a") {
			at := value(a, "href")
			if paper := p.get(at); paper.status != http.StatusOK {
				t.Errorf("%s: %s is %d", tt.name, at, paper.status)
			}
			papers = append(papers, at[strings.LastIndex(at, "/")+1:])
		}
		if offered := strings.Join(papers, " "); offered != tt.want {
			t.Errorf("%s: %d, offered %q, want %q %s", tt.name, got.status, offered, tt.want, got.text(".said"))
		}
	}
}
