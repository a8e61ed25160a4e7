package backend_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"tiepdan"
)

// sendTemplate uploads a file as the template of a paper.
func (p *person) sendTemplate(kind, name string, content []byte) answer {
	p.s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("files", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err != nil || w.Close() != nil {
		p.s.t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, p.s.url+"/document-templates/"+kind, &b)
	if err != nil {
		p.s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.do(r)
}

func TestTheOfficesOwnTemplateIsTriedThenUsedThenLeft(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Administrator, "", false)
	const page = "/document-templates/guidance"
	if got := p.sendTemplate("guidance", "mẫu.docx", []byte("PK một")); got.status != http.StatusOK || !strings.Contains(got.text("main"), "mẫu.docx") ||
		!strings.Contains(got.text(".notice"), "{{.Code}}") {
		t.Fatalf("%d, %s", got.status, got.text("main"))
	}
	if got := p.get(page + "/sample.docx"); got.body != "PK thử PK một" || !strings.Contains(got.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%q, %v", got.body, got.header)
	}
	p.sendTemplate("guidance", "mẫu 2.docx", []byte("PK hai"))
	p.post(page + "/reset")
	if got := p.get(page + "/sample.docx"); got.body != "PK thử " {
		t.Errorf("after going back: %q", got.body)
	}
	if got := p.get(page + "/versions/1"); got.body != "PK một" {
		t.Errorf("the first version: %q", got.body)
	}
	if got := p.get(page + "/versions/3"); got.status != http.StatusNotFound {
		t.Errorf("a version that is no file: %d", got.status)
	}
	p.post(page + "/versions/1")
	now, err := s.store.DocumentTemplate(t.Context(), "guidance", 0)
	if err != nil || now.Version != 4 || string(now.Data) != "PK một" {
		t.Errorf("%+v, %v", now, err)
	}
	if got := p.get("/document-templates"); !strings.Contains(got.text("main"), "mẫu.docx") || !strings.Contains(got.text("main"), p.Name) {
		t.Errorf("%s", got.text("main"))
	}
}

func TestATemplateThatDoesNotFillIsNotTaken(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.BoardHead, "", false)
	for name, c := range map[string]struct {
		file    string
		content []byte
		says    string
	}{
		"an unknown field": {"mẫu.docx", []byte("x"), "Nmae"},
		"an old format":    {"mẫu.doc", []byte("PK"), ".docx"},
		"a large file":     {"mẫu.docx", append([]byte("PK"), make([]byte, 2<<20)...), "2"},
	} {
		if got := p.sendTemplate("guidance", c.file, c.content); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(".said"), c.says) {
			t.Errorf("%s: %d, %q", name, got.status, got.text(".said"))
		}
	}
	if got := p.post("/document-templates/guidance"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("no file: %d", got.status)
	}
	if got := p.sendTemplate("nothing", "mẫu.docx", []byte("PK")); got.status != http.StatusNotFound {
		t.Errorf("a paper that there is none of: %d", got.status)
	}
	if ts, err := s.store.DocumentTemplates(t.Context()); err != nil || len(ts) != 0 {
		t.Errorf("%+v, %v", ts, err)
	}
	if got := s.staff(tiepdan.Officer, "XD", false).sendTemplate("guidance", "mẫu.docx", []byte("PK")); got.status != http.StatusForbidden {
		t.Errorf("an officer changes a template: %d", got.status)
	}
}

func TestTheCasesPageOffersThePapersOfWhatWasDone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	c := s.file(tiepdan.PhanAnh, "Một phản ánh mẫu về đèn đường")
	if got := head.get(path(c) + "/papers/guidance"); got.status != http.StatusNotFound {
		t.Errorf("a guidance before it was given: %d", got.status)
	}
	act := tiepdan.Act{Do: tiepdan.GuideCitizen, By: head.Actor(), At: c.Received, Reason: "Lý do mẫu", Details: tiepdan.Details{Body: "Cơ quan Mẫu"}}
	if _, _, err := s.store.UpdateCase(t.Context(), c.ID, act.Apply); err != nil {
		t.Fatal(err)
	}
	page := head.get(path(c))
	for _, form := range []string{"guidance", "guidance_docx"} {
		if !page.has(".papers-list a[href=" + path(c) + "/papers/" + form + "]") {
			t.Errorf("no %s: %s", form, page.text(".papers-list"))
		}
	}
	for _, form := range []string{"guidance", "guidance_docx"} {
		if got := head.get(path(c) + "/papers/" + form); got.status != http.StatusOK {
			t.Errorf("%s: %d", form, got.status)
		}
	}
	if got := s.staff(tiepdan.Officer, "XD", false).get(path(c) + "/papers/guidance"); got.status != http.StatusNotFound {
		t.Errorf("somebody who doesn't see the case: %d", got.status)
	}
}

func TestTemplatesInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	head.sendTemplate("guidance", "phieu-huong-dan-mau.docx", []byte("PK một"))
	head.sendTemplate("guidance", "phieu-huong-dan-mau-2.docx", []byte("PK hai"))
	c := s.file(tiepdan.PhanAnh, "Một phản ánh mẫu về đèn đường")
	act := tiepdan.Act{Do: tiepdan.Transfer, By: head.Actor(), At: c.Received, Reason: "Lý do mẫu", Details: tiepdan.Details{Body: "Cơ quan Mẫu"}}
	if _, _, err := s.store.UpdateCase(t.Context(), c.ID, act.Apply); err != nil {
		t.Fatal(err)
	}
	b := s.browse(t)
	b.signIn(head)
	for name, path := range map[string]string{"case-papers": path(c), "templates": "/document-templates", "template-own": "/document-templates/guidance",
		"template-built-in": "/document-templates/handover"} {
		b.open(path)
		b.shot(name)
	}
	b.fine()
}
