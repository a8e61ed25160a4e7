package backend_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tiepdan"
)

func TestAnAnswerTemplateIsCopiedTriedAndSaved(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Administrator, "", false)
	list := p.get("/answer-templates?kind=khieu_nai").text("main")
	if !strings.Contains(list, "Khiếu nại đúng một phần") || !strings.Contains(list, "Mẫu có sẵn") || !strings.Contains(list, "chưa xác nhận") || strings.Contains(list, "Đã hòa giải") {
		t.Fatalf("%s", list)
	}
	copied := p.get("/answer-templates/new?from=b.complaint_partly")
	v := copied.typed("form")
	if !strings.Contains(v.Get("body"), "{{mã đơn}}") || !strings.Contains(copied.text("#preview"), "Người Dân Mẫu 1") {
		t.Fatalf("%v, %s", v, copied.text("#preview"))
	}
	v["kinds"] = []string{"khieu_nai"}
	bad := p.sends("/answer-templates", v, "name", "Mẫu của cơ quan", "body", "Đơn {{ma don}} của tôi.")
	if bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.text(".said"), "“ma don”") || !strings.Contains(bad.text(".said"), "“mã đơn”") ||
		!strings.Contains(bad.text("#f-body"), "{{ma don}} của tôi") {
		t.Fatalf("%d %s", bad.status, bad.text("main"))
	}
	tried := p.sends("/answer-templates", v, "body", "Đơn {{mã đơn}} của tôi.", "try", "1")
	if tried.status != http.StatusOK || !strings.Contains(tried.text("#preview"), "Đơn TD26-0000-0000 của tôi.") || len(s.rules().Templates) != len(tiepdan.BuiltInTemplates()) {
		t.Fatalf("%d %s", tried.status, tried.text("#preview"))
	}
	v.Del("try")
	p.sends("/answer-templates", v)
	own, ok := s.rules().AnswerTemplate("o1")
	if !ok || own.Name != "Mẫu của cơ quan" || own.Result != "partly_right" || own.Copied != "b.complaint_partly" {
		t.Fatalf("%+v", own)
	}
	p.post("/answer-templates/o1/move", "where", "down")
	p.post("/answer-templates/b.complaint_partly/use")
	if b, _ := s.rules().AnswerTemplate("b.complaint_partly"); b.Active || b.Place > 7 {
		t.Errorf("%+v", b)
	}
	if got := p.get("/answer-templates/o1").text("main"); !strings.Contains(got, "Lần 1") || !strings.Contains(got, "Đơn TD26-0000-0000 của tôi.") {
		t.Errorf("%s", got)
	}
	if got := s.staff(tiepdan.Officer, "MT", false).get("/answer-templates"); got.status != http.StatusForbidden {
		t.Errorf("an officer sees the settings: %d", got.status)
	}
	if got := p.get("/answer-templates/o99"); got.status != http.StatusNotFound {
		t.Errorf("%d", got.status)
	}
}

func TestATemplateIsInsertedWithoutAScript(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	o := s.staff(tiepdan.Officer, "XD", false)
	c := s.given("Đèn đường hỏng.", o.Staff)
	o.act(c, tiepdan.Take).did(t)
	form := o.get(path(c) + "?do=answer")
	if got := form.text("#act-template"); !strings.Contains(got, "Đã giải quyết xong") || strings.Contains(got, "Khiếu nại đúng") {
		t.Fatalf("%s", got)
	}
	v := form.typed("#act-answer form")
	got := o.sends(path(c)+"/template", v, "template", "b.feedback_done", "text", "Lời của tôi.", "evidence", "Biên bản 5", "result", "done")
	text := got.text("#act-answer-text")
	if got.status != http.StatusOK || !strings.HasPrefix(strings.TrimSpace(text), "Lời của tôi.") || !strings.Contains(text, string(c.Code)) || !strings.Contains(text, "Người Dân Mẫu 1") {
		t.Fatalf("%d %s", got.status, text)
	}
	if !strings.Contains(got.text("#act-gaps"), "[… việc đã làm, ngày hoàn thành]") || got.text("#act-answer-evidence") != "Biên bản 5" {
		t.Errorf("%s", got.text("#act-answer"))
	}
	if sent := o.act(c, tiepdan.Answer, "text", text, "result", "done"); sent.status != http.StatusUnprocessableEntity || !strings.Contains(sent.text(".said"), "Còn chỗ trống trong mẫu") {
		t.Errorf("an answer with gaps: %d %s", sent.status, sent.text(".said"))
	}
	none := o.sends(path(c)+"/template", url.Values{"do": {"answer"}, "text": {"Lời của tôi."}, "ref": {"x"}})
	if none.status != http.StatusUnprocessableEntity || !strings.Contains(none.text(".said"), "chọn một mẫu") || none.text("#act-answer-text") != "Lời của tôi." {
		t.Errorf("%d %s", none.status, none.text(".said"))
	}
}

func TestASealedCaseFillsItsCodeOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	o, head := s.staff(tiepdan.Officer, "MT", true), s.staff(tiepdan.BoardHead, "", true)
	c := s.file(tiepdan.ToCao, "Nhận phong bì mẫu.")
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(o.Unit), "officer", fmt.Sprint(o.ID)).did(t)
	o.act(c, tiepdan.Take).did(t)
	got := o.sends(path(c)+"/template", url.Values{"do": {"progress"}, "template": {"b.progress"}, "ref": {"x"}}).text("#act-progress-text")
	if !strings.Contains(got, string(c.Code)) || !strings.Contains(got, "[… đơn vị giải quyết]") || strings.Contains(got, "phong bì") {
		t.Errorf("%s", got)
	}
}

func TestATemplateIsInsertedEditedAndHandedUpInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.staff(tiepdan.BoardHead, "", false), s.hire(tiepdan.Officer, "XD", false)
	c := s.file(tiepdan.KhieuNai, "Khiếu nại quyết định thu hồi đất số 5 của Ủy ban nhân dân phường Mẫu.")
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)).did(t)
	b := s.browse(t)
	b.signIn(officer)
	b.takes(c)
	b.open(path(c) + "?do=propose")
	b.do(chromedp.SendKeys("#act-propose-signer", "Chủ tịch Mẫu"), chromedp.SendKeys("#act-propose-evidence", "Biên bản xác minh mẫu."), chromedp.SetValue("#act-propose-result", "wrong"),
		chromedp.SetValue("#act-template", "b.complaint_wrong"), chromedp.Click(".insert-row button"))
	b.shows("#act-gaps", "[… kết quả xác minh]")
	b.shows("[data-draft-said]", "Bản nháp lưu lúc")
	b.shot("answer-template-gaps")
	b.do(chromedp.SendKeys("#act-propose-signer", kb.Enter)) // proposes, and inserts no template
	b.shows(".said", "Còn chỗ trống trong mẫu")
	b.shows("#act-propose-text", "Chủ tịch Mẫu")
	b.do(chromedp.SetValue("#act-propose-text", "Đơn "+string(c.Code)+": giữ nguyên quyết định bị khiếu nại."), chromedp.Click("#act-propose button.primary"))
	b.shows(".flash", "Đã trình duyệt")
	b.fine()
	a := s.browse(t)
	a.signIn(s.hire(tiepdan.Administrator, "", false))
	a.open("/answer-templates")
	a.shot("answer-templates")
	a.open("/answer-templates/b.complaint_partly")
	a.shot("answer-template-built-in")
	a.open("/answer-templates/new?from=b.complaint_partly")
	a.do(chromedp.SetValue("#f-body", "Đơn {{mã đơn}} của Ông/Bà."), chromedp.Click("button[name=try]"))
	a.shows("#preview", "Đơn TD26-0000-0000 của Ông/Bà.")
	a.shot("answer-template")
	a.do(chromedp.SetValue("#f-body", "Đơn {{ma don}} của Ông/Bà."), chromedp.Click("button[name=try]"))
	a.shows("#template-said", "“mã đơn”")
	a.fine()
}
