package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
)

const (
	firstAnswer = "Phường mẫu đã ghi nhận kiến nghị."
	lastAnswer  = "Phường mẫu sẽ lắp thêm 4 đèn ở ngõ 12 & ngõ 14 <trước trạm y tế> trong quý I.\n\nTrân trọng cảm ơn Ông/Bà."
	wanted      = "Cần nêu rõ số đèn và thời gian."
	signedPaper = "27/UBND-TL"
)

// TestAnAnswersWay follows an answer through its chain: what the last of it approved
// is what the citizen reads, and nobody goes around anybody.
func TestAnAnswersWay(t *testing.T) {
	t.Parallel()
	w := openAnswer(t)
	w.drafts()
	w.isSentBack()
	w.isApproved()
	w.isClosed()
	w.refusedNothing()
	if strings.Contains(w.log.String(), "ngõ 12") {
		t.Error("the log tells of the content")
	}
}

// answered is an office with a petition whose answer goes up a chain.
type answered struct {
	*office
	officer, unit, leader, desk                              *browser
	citizen, officerPhone, unitPhone, leaderPhone, deskPhone *simulator.User
	code                                                     tiepdan.CaseCode
}

func openAnswer(t *testing.T) *answered {
	w := &answered{office: openOffice(t, "polling")}
	admin, _ := w.hire("quantri", tiepdan.Administrator, "")
	admin.post("/kinds/kien_nghi", fields("mode", "file", "approval", "1", "target", "20", "written", "1", "chain1", "unit_head", "chain2", "leader"))
	w.desk, w.deskPhone = w.hire("tiepnhan", tiepdan.Receptionist, "")
	w.leader, w.leaderPhone = w.hire("lanhdao", tiepdan.Leader, "")
	w.unit, w.unitPhone = w.hire("truongphong", tiepdan.UnitHead, "ha-tang")
	w.officer, w.officerPhone = w.hire("canbo", tiepdan.Officer, "ha-tang")
	w.citizen = w.sim.User(simulator.Person{Name: "Người Dân Mẫu 1", Lang: "vi", Phone: "0900000001"})
	w.must(file(w.office, w.citizen, complaint))
	w.code = w.codeIn(w.hear(w.citizen, "TD"))
	w.desk.act(w.code, tiepdan.Classify, url.Values{"kind": {"kien_nghi"}, "field": {"ha_tang"}, "place": {"mau-dong"}})
	assignTo(w.office, w.desk, w.code, "canbo")
	return w
}

// now is the case as it stands.
func (w *answered) now() tiepdan.Case {
	w.t.Helper()
	ctx, cancel := w.context()
	defer cancel()
	c, err := w.store.CaseByCode(ctx, w.code)
	w.must(err)
	return c
}

// try sends an act that may be refused, about the answer that was read.
func (w *answered) try(b *browser, do tiepdan.Action, pairs ...string) answer {
	w.t.Helper()
	p, _ := w.now().Proposal()
	form := fields(append([]string{"proposal", fmt.Sprint(p.N)}, pairs...)...)
	if form.Get("read") != "" {
		form.Set("proposal", form.Get("read"))
	}
	form.Set("do", string(do))
	form.Set("ref", rand.Text())
	return b.ask(http.MethodPost, "/cases/"+string(w.code)+"/act", form)
}

func (w *answered) does(b *browser, do tiepdan.Action, pairs ...string) {
	w.t.Helper()
	if got := w.try(b, do, pairs...); got.status != http.StatusOK {
		w.t.Fatalf("%s: %d %s", do, got.status, wordsOf(got.body))
	}
}

// drafts is the officer's part, in the chat.
func (w *answered) drafts() {
	w.hear(w.officerPhone, string(w.code))
	w.press(w.officerPhone, "✅ Nhận việc")
	w.tap(w.officerPhone, "✍️ Trả lời")
	w.shows(w.officerPhone, string(w.code))
	w.await(w.officerPhone, func() bool { return hasButton(screen(w.officerPhone), "🗑 Bỏ") })
	w.officerPhone.Send(firstAnswer)
	w.tap(w.officerPhone, "🖋 Trình duyệt")
	w.hear(w.unitPhone, firstAnswer)
	for who, b := range map[string]*browser{"its author": w.officer, "whose turn isn't yet": w.leader} {
		if got := w.try(b, tiepdan.Approve); got.status != http.StatusForbidden && got.status != http.StatusConflict {
			w.t.Errorf("%s approves it: %d", who, got.status)
		}
	}
}

// isSentBack is what the leader does with it at first.
func (w *answered) isSentBack() {
	w.press(w.unitPhone, "✅ Đồng ý, trình tiếp")
	w.hear(w.leaderPhone, firstAnswer)
	first, _ := w.now().Proposal()
	w.does(w.leader, tiepdan.Revise, "reason", wanted)
	w.hear(w.officerPhone, wanted)
	w.does(w.officer, tiepdan.Propose, "text", lastAnswer, "result", "done")
	if got := w.try(w.unit, tiepdan.Endorse, "read", fmt.Sprint(first.N)); got.status != http.StatusConflict {
		w.t.Errorf("what changed meanwhile is handed up: %d", got.status)
	}
	w.does(w.unit, tiepdan.Endorse)
	if got := w.try(w.leader, tiepdan.Approve, "read", fmt.Sprint(first.N)); got.status != http.StatusConflict || !strings.Contains(got.body, "đã thay đổi") {
		w.t.Errorf("what changed meanwhile is approved: %d %s", got.status, wordsOf(got.body))
	}
	if heard(w.citizen, "Phường mẫu") {
		w.t.Error("the citizen reads what nobody approved")
	}
}

// isApproved is the way of the words from the leader to the citizen.
func (w *answered) isApproved() {
	w.does(w.leader, tiepdan.Approve)
	told := w.hear(w.citizen, "Trả lời của cơ quan")
	c := w.now()
	p, _ := c.Proposal()
	if e, ok := c.AnswerGiven(); !ok || e.Text != lastAnswer || p.Text != lastAnswer || !strings.Contains(told.Text, lastAnswer) {
		w.t.Errorf("approved %q, proposed %q, sent %q", e.Text, p.Text, told.Text)
	}
	if heard(w.citizen, firstAnswer) {
		w.t.Error("the citizen reads the first draft")
	}
	w.hear(w.officerPhone, "đã được duyệt")
}

// isClosed is the signed paper, its delivery, and the end that is reported upward.
func (w *answered) isClosed() {
	if got := w.try(w.officer, tiepdan.CloseCase); got.status != http.StatusConflict || w.now().Status != tiepdan.Answered {
		w.t.Errorf("closed without its paper: %d", got.status)
	}
	if page := wordsOf(w.officer.get("/cases/" + string(w.code))); !strings.Contains(page, "văn bản") {
		w.t.Errorf("nobody says what is wanting: %s", page)
	}
	w.bring(w.officer, tiepdan.RecordDocument, "quyet-dinh-mau.png", "document", signedPaper, "signer", "Chủ tịch Mẫu", "signed", tiepdan.DateOf(w.now().Received).String())
	paper := w.hear(w.citizen, signedPaper)
	w.await(w.citizen, func() bool {
		for _, m := range w.citizen.Messages() {
			if m.FromBot && m.ID >= paper.ID && len(m.Files) > 0 {
				return true
			}
		}
		return false
	})
	w.does(w.officer, tiepdan.RecordDelivery, "how", "post", "parcel", "MAU-123", "on", tiepdan.DateOf(w.now().Received).String())
	w.does(w.officer, tiepdan.CloseCase)
	w.hear(w.citizen, "Hồ sơ đã kết thúc")
	if up := w.hear(w.deskPhone, "Kết quả giải quyết gửi về"); !strings.Contains(up.Text, string(w.code)) {
		w.t.Errorf("the result goes up without its case: %q", up.Text)
	}
	if page := wordsOf(w.desk.get("/cases/" + string(w.code))); !holdsAll(page, []string{signedPaper, "MAU-123"}) {
		w.t.Errorf("the page lacks the paper or its way: %s", page)
	}
	if c := w.now(); c.Status != tiepdan.Closed {
		w.t.Errorf("it is %s", c.Status)
	}
}

// bring does an act whose form brings a picture.
func (w *answered) bring(b *browser, do tiepdan.Action, name string, pairs ...string) {
	w.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for i := 0; i < len(pairs); i += 2 {
		w.must(m.WriteField(pairs[i], pairs[i+1]))
	}
	w.must(m.WriteField("do", string(do)))
	w.must(m.WriteField("ref", rand.Text()))
	part, err := m.CreateFormFile("files", name)
	w.must(err)
	_, err = part.Write(samplePicture(w.t))
	w.must(err)
	w.must(m.Close())
	req, err := http.NewRequest(http.MethodPost, w.site+"/cases/"+string(w.code)+"/act", &body)
	w.must(err)
	req.Header.Set("Content-Type", m.FormDataContentType())
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := b.client.Do(req)
	b.read(res, err)
}

// samplePicture is a scan that says nothing.
func samplePicture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 40))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
