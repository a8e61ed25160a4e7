package backend_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tiepdan"
)

const letterText = "Bãi tập kết rác cạnh trường học ở ngõ Mẫu bốc mùi hôi thối, nước chảy tràn ra đường, nhiều lần kiến nghị mà chưa được giải quyết."

// byPerson says who wrote a sample petition.
func byPerson(n int) func(*tiepdan.Petition) {
	return func(p *tiepdan.Petition) {
		p.Person = tiepdan.Person{Name: fmt.Sprintf("Người Dân Mẫu %d", n), Phone: fmt.Sprintf("09000000%02d", n)}
	}
}

func (s *site) printed(t *testing.T) {
	t.Helper()
	if _, err := s.store.PrintCases(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestADuplicateIsSuggestedComparedAndLinked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	first := s.file(tiepdan.PhanAnh, letterText, byPerson(1))
	second := s.file(tiepdan.PhanAnh, letterText+" Xin trả lời bằng văn bản.", byPerson(2))
	s.printed(t)
	where := path(second) + "/compare/" + string(first.Code)
	page := desk.get(path(second))
	if !page.has("a[href="+where+"]") || !strings.Contains(page.text("section.links"), "Đơn của người khác") {
		t.Fatalf("the page suggests %q", page.text("section.links"))
	}
	compared := desk.get(where)
	if compared.status != http.StatusOK || compared.text("mark") != "Xin trả lời bằng văn bản." || !compared.has("tr.same") {
		t.Errorf("compared: %d, only there: %q", compared.status, compared.text("mark"))
	}
	for range 2 {
		desk.post(path(second)+"/links", "do", "link", "other", string(first.Code), "kind", "same_matter").did(t)
	}
	page = desk.get(path(first))
	if text := page.text("section.links"); !strings.Contains(text, string(second.Code)) || !strings.Contains(text, "Cùng vụ việc") || strings.Contains(text, "Có thể trùng") {
		t.Errorf("the other page has %q", text)
	}
	matter := desk.get(fmt.Sprintf("/matters/%d", first.ID))
	if !page.has(fmt.Sprintf("a[href=/matters/%d]", first.ID)) {
		t.Error("the page doesn't lead to the matter")
	}
	if rows := matter.all("tbody tr"); len(rows) != 2 || !strings.Contains(matter.text(".lead"), "2 đơn, 2 người") {
		t.Errorf("the matter has %d lines, %q", len(rows), matter.text(".lead"))
	}
	list := desk.get("/cases?view=all")
	if !strings.Contains(list.text("p.tally"), "1 vụ việc") || len(list.all("tbody tr")) != 2 {
		t.Errorf("the list counts %q", list.text("p.tally"))
	}
	if one := desk.get("/cases?view=all&one=1"); len(one.all("tbody tr")) != 1 || !one.has("a[href="+path(first)+"]") {
		t.Errorf("one line a matter: %d", len(one.all("tbody tr")))
	}
	desk.post(path(first)+"/links", "do", "unlink", "other", string(second.Code)).did(t)
	desk.post(path(first)+"/links", "do", "unlike", "other", string(second.Code)).did(t)
	if page := desk.get(path(second)); strings.Contains(page.text("section.links"), string(first.Code)) {
		t.Errorf("what was found unlike shows: %q", page.text("section.links"))
	}
}

func TestAWrongLinkComesBackWithItsWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.staff(tiepdan.BoardHead, "", true), s.staff(tiepdan.Officer, "MT", false)
	c, other := s.file(tiepdan.PhanAnh, letterText), s.file(tiepdan.PhanAnh, "Đèn đường hỏng trước cổng trường")
	secret := s.file(tiepdan.ToCao, "Ông Mẫu nhận tiền của người dân")
	for fact, pairs := range map[string][]string{
		"no such code":    {"do", "link", "other", "TD26-0000-0000", "kind", "related"},
		"no code":         {"do", "link", "other", "abc", "kind", "related"},
		"no kind":         {"do", "link", "other", string(other.Code)},
		"a part":          {"do", "link", "other", string(other.Code), "kind", "part_of"},
		"itself":          {"do", "link", "other", string(c.Code), "kind", "related"},
		"a sealed one":    {"do", "link", "other", string(secret.Code), "kind", "related"},
		"nothing to undo": {"do", "unlink", "other", string(other.Code)},
		"another act":     {"do", "close", "other", string(other.Code)},
	} {
		got := head.post(path(c)+"/links", pairs...)
		if got.status != http.StatusUnprocessableEntity && got.status != http.StatusConflict || got.text("section.links .said") == "" {
			t.Errorf("%s: %d, %q", fact, got.status, got.text(".said"))
		}
	}
	if got := officer.post(path(c)+"/links", "do", "link", "other", string(other.Code), "kind", "related"); got.status != http.StatusNotFound {
		t.Errorf("an officer who hasn't got it links: %d", got.status)
	}
	for _, where := range []string{path(c) + "/compare/" + string(c.Code), path(c) + "/compare/TD26-0000-0000", "/matters/1", "/matters/x", path(c) + "/act"} {
		if got := officer.get(where); got.status != http.StatusNotFound && got.status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", where, got.status)
		}
	}
	if got := head.post(path(c)+"/act", "do", "divide", "ref", "x"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a division without parts: %d", got.status)
	}
}

func TestAFormLetterIsLinkedByTheListOfItsPeople(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	var cs []tiepdan.Case
	for n := range 4 {
		cs = append(cs, s.file(tiepdan.PhanAnh, letterText, byPerson(n)))
	}
	s.printed(t)
	if page := head.get(path(cs[0])); !page.has("a[href=" + path(cs[0]) + "/letter]") {
		t.Error("the case's page doesn't lead to the letter")
	}
	letter := head.get(path(cs[0]) + "/letter")
	if !strings.Contains(letter.text(".lead"), "4 đơn cùng một nội dung, của 4 người") || len(letter.all("input[type=checkbox]")) != 3 {
		t.Fatalf("%q", letter.text(".lead"))
	}
	if none := head.post(path(cs[0]) + "/letter"); none.status != http.StatusUnprocessableEntity || none.text(".said") == "" {
		t.Errorf("nothing chosen: %d", none.status)
	}
	head.post(path(cs[0])+"/letter", "other", string(cs[1].Code), "other", string(cs[2].Code)).did(t)
	if after := head.get(path(cs[0]) + "/letter"); len(after.all("input[type=checkbox]")) != 1 || !strings.Contains(after.text("tbody"), "Cùng vụ việc") {
		t.Errorf("%d are left to choose", len(after.all("input[type=checkbox]")))
	}
}

func TestAMixedPetitionIsDividedByItsPassages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk, auditor := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.Auditor, "", false)
	c := s.file(tiepdan.KienNghi, "Rác ở đầu ngõ Mẫu chưa dọn.\nKhiếu nại quyết định thu hồi đất số 5.", func(p *tiepdan.Petition) {
		p.Files = []tiepdan.Attachment{s.files.put("quyết định.pdf", []byte("%PDF"))}
	})
	where := path(c) + "/divide"
	if got := auditor.get(where); got.status != http.StatusConflict {
		t.Errorf("an auditor divides: %d", got.status)
	}
	if page := desk.get(path(c)); !page.has("a[href=" + where + "]") {
		t.Error("the case's page doesn't lead to its division")
	}
	filled := desk.post(where, "do", "fill", "parts", "2", "passage-1", "1", "passage-2", "2", "kind-2", "khieu_nai")
	if filled.text("textarea[name=text-2]") != "Khiếu nại quyết định thu hồi đất số 5." || filled.value("select[name=kind-2] option[selected]", "value") != "khieu_nai" {
		t.Errorf("filled in: %q", filled.text("textarea[name=text-2]"))
	}
	if more := desk.post(where, "do", "more", "parts", "2", "text-1", "Lời mẫu"); len(more.all("section.part")) != 3 || more.text("textarea[name=text-1]") != "Lời mẫu" {
		t.Errorf("%d parts", len(more.all("section.part")))
	}
	wrong := desk.post(where, "do", "divide", "parts", "2", "text-1", "Rác ở đầu ngõ Mẫu chưa dọn.", "kind-1", "kien_nghi", "field-1", "moi_truong", "text-2", "ngắn", "kind-2", "khieu_nai", "field-2", "dat_dai")
	if wrong.status != http.StatusUnprocessableEntity || !strings.Contains(wrong.text(".said"), "Phần 2") || wrong.text("textarea[name=text-2]") != "ngắn" || !wrong.has("section.part-wrong") {
		t.Errorf("a short part: %d, %q", wrong.status, wrong.text(".said"))
	}
	done := desk.post(where, "do", "divide", "parts", "2", "text-1", "Rác ở đầu ngõ Mẫu chưa dọn.", "kind-1", "kien_nghi", "field-1", "moi_truong",
		"text-2", "Khiếu nại quyết định thu hồi đất số 5.", "kind-2", "khieu_nai", "field-2", "dat_dai", "file-2", c.Files[0].SHA256)
	done.did(t)
	if len(done.all("section.links .linked")) != 2 || !strings.Contains(done.text("section.links"), "Được tách ra từ đơn này") {
		t.Errorf("after it: %q", done.text("section.links"))
	}
	if again := desk.get(where); again.status != http.StatusConflict {
		t.Errorf("divided once more: %d", again.status)
	}
}

func TestADenunciationAmongThePartsIsConfirmed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	c := s.file(tiepdan.KienNghi, "Rác ở đầu ngõ Mẫu chưa dọn.\nÔng Mẫu nhận tiền của người dân.")
	form := []string{"do", "divide", "parts", "2", "text-1", "Rác ở đầu ngõ Mẫu chưa dọn.", "kind-1", "kien_nghi", "field-1", "moi_truong",
		"text-2", "Ông Mẫu nhận tiền của người dân.", "kind-2", "to_cao", "field-2", "moi_truong"}
	asked := desk.post(path(c)+"/divide", form...)
	if asked.status != http.StatusUnprocessableEntity || !asked.has("input[name=sealing]") {
		t.Fatalf("not asked before data are erased: %d", asked.status)
	}
	done := desk.post(path(c)+"/divide", append(form, "sealing", "1")...)
	done.did(t)
	if done.path != "/inbox" || len(done.all("tbody tr")) != 2 {
		t.Errorf("led to %s with %d lines", done.path, len(done.all("tbody tr")))
	}
	if whole, err := s.store.Case(t.Context(), c.ID); err != nil || !whole.Sealed() || !whole.Person.IsZero() {
		t.Errorf("the whole names its author: %v", err)
	}
}

func TestWhatOnlyAPhoneHasInCommonIsSaidSo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	field := func(p *tiepdan.Petition) { p.Field = "moi_truong" }
	first := s.file(tiepdan.PhanAnh, letterText, byPerson(1), field)
	second := s.file(tiepdan.PhanAnh, "Cây xanh gãy đổ sau mưa đêm qua, chắn lối vào trạm y tế.", byPerson(1), field)
	s.printed(t)
	where := path(second) + "/compare/" + string(first.Code)
	for place, text := range map[string]string{"section.links": desk.get(path(second)).text("section.links"), ".lead": desk.get(where).text(".lead")} {
		if !strings.Contains(text, "Cùng số điện thoại") || !strings.Contains(text, "Nội dung hai đơn khác nhau") || strings.Contains(text, "%") {
			t.Errorf("%s says %q", place, text)
		}
	}
	other := s.file(tiepdan.PhanAnh, "Đèn đường ngõ Mẫu 7 tắt.", byPerson(2))
	if text := desk.get(path(second) + "/compare/" + string(other.Code)).text(".lead"); !strings.Contains(text, "Nội dung khác nhau") || strings.Contains(text, "%") {
		t.Errorf("of two that have nothing in common it says %q", text)
	}
}
