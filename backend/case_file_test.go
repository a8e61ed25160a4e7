package backend_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"tiepdan"
)

// upload posts an act with a file.
func (p *person) upload(c tiepdan.Case, name string, content []byte, pairs ...string) answer {
	p.s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			p.s.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("files", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err != nil || w.Close() != nil {
		p.s.t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, p.s.url+path(c)+"/act", &b)
	if err != nil {
		p.s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.do(r)
}

func TestFilesComeWithAnActAndGoToWhoMaySeeThem(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk, officer := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.Officer, "MT", false)
	c := s.file(tiepdan.PhanAnh, "Cây xanh sắp đổ ở công viên")
	refused := desk.upload(c, "chay.exe", []byte("MZ"), "do", "tell", "ref", "1", "text", "Xin xem tệp")
	if refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.text("textarea#act-tell-text"), "Xin xem tệp") {
		t.Errorf("a refused file: %d, kept %q", refused.status, refused.text("textarea#act-tell-text"))
	}
	desk.upload(c, "Biên bản số 1.pdf", []byte("%PDF mẫu"), "do", "tell", "ref", "2").did(t)
	href := desk.get(path(c)).value("a.file", "href")
	got := desk.get(href)
	if got.status != http.StatusOK || got.body != "%PDF mẫu" || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") ||
		!strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("got %d, %v", got.status, got.header)
	}
	if got := officer.get(href); got.status != http.StatusNotFound {
		t.Errorf("somebody else's file: %d", got.status)
	}
	if got := desk.get(path(c) + "/papers/receipt"); got.status != http.StatusOK || got.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("the receipt: %d, %v", got.status, got.header)
	}
	for _, paper := range []string{"petition", "nothing"} {
		if got := desk.get(path(c) + "/papers/" + paper); got.status != http.StatusNotFound {
			t.Errorf("the paper %s: %d", paper, got.status)
		}
	}
}
