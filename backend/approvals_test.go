package backend_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tiepdan"
)

func TestWhoseTurnItIsReadsAndApproves(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer, leader := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "XD", false), s.staff(tiepdan.Leader, "", false)
	c := s.file(tiepdan.KhieuNai, "Khiếu nại quyết định thu hồi đất số 5")
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)).did(t)
	officer.act(c, tiepdan.Take).did(t)
	check := []string{"result", "wrong", "evidence", "Biên bản mẫu", "signer", "Chủ tịch Mẫu", "next", "second_or_court"}
	officer.act(c, tiepdan.Propose, append(check, "text", "Quyết định số 5 là đúng")...).did(t)
	leader.act(c, tiepdan.Revise, "reason", "Nêu rõ điều luật").did(t)
	officer.act(c, tiepdan.Propose, append(check, "text", "Quyết định số 5 là đúng luật đất đai")...).did(t)
	if got := officer.get("/approvals"); got.has("a.row") {
		t.Error("its author is to judge it")
	}
	where := "/approvals/" + string(c.Code)
	if got := leader.get("/approvals"); !got.has("a.row[href=" + where + "]") {
		t.Fatal("whose turn it is doesn't find it")
	}
	got := leader.get(where)
	if !strings.Contains(got.text(".proposal"), "luật đất đai") || !got.has("ins") || !strings.Contains(got.body, "Nêu rõ điều luật") || !strings.Contains(got.body, "Biên bản mẫu") {
		t.Errorf("the reading view lacks something: %d", got.status)
	}
	p, err := s.store.Case(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := p.Proposal()
	after := leader.post(path(c)+"/act", "do", "approve", "ref", "mot", "proposal", fmt.Sprint(n.N), "back", "approvals")
	if after.did(t); after.path != "/approvals" || after.has("a.row") {
		t.Errorf("it still waits, at %s", after.path)
	}
	if p, err = s.store.Case(t.Context(), c.ID); err != nil || p.Status != tiepdan.Answered {
		t.Errorf("%s, %v", p.Status, err)
	}
}

func TestNothingThatWasWrittenIsLost(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.staff(tiepdan.BoardHead, "", true), s.staff(tiepdan.Officer, "MT", false)
	c := s.file(tiepdan.PhanAnh, "Đèn đường hỏng trước cổng trường Mẫu")
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)).did(t)
	officer.act(c, tiepdan.Take).did(t)
	officer.post(path(c)+"/draft", "do", "answer", "text", "Bản nháp một").did(t)
	shown := officer.get(path(c) + "?do=answer")
	if shown.text("textarea#act-answer-text") != "Bản nháp một" {
		t.Fatalf("after a reload: %q", shown.text("textarea#act-answer-text"))
	}
	id, version := shown.value("input[name=draft]", "value"), shown.value("input[name=draft_version]", "value")
	for _, text := range []string{"Cửa sổ một", "Cửa sổ hai"} { // both began with the same version
		officer.post(path(c)+"/draft", "do", "answer", "draft", id, "draft_version", version, "text", text).did(t)
	}
	ds, err := s.store.AnswerDrafts(t.Context(), c.ID)
	if err != nil || len(ds) != 2 || ds[0].Text == ds[1].Text {
		t.Errorf("%+v, %v", ds, err)
	}
	if got := head.get(path(c) + "?do=answer"); !strings.Contains(got.text("section.drafts"), "Cửa sổ một") {
		t.Error("a colleague who sees the case doesn't see what is written")
	}
	if got := s.staff(tiepdan.Officer, "MT", false).post(path(c)+"/draft", "do", "answer", "text", "x"); got.status != http.StatusNotFound {
		t.Errorf("who doesn't see the case writes to it: %d", got.status)
	}
	head.act(c, tiepdan.Classify, "kind", "to_cao", "field", "moi_truong", "sealing", "1")
	if ds, err = s.store.AnswerDrafts(t.Context(), c.ID); err != nil || len(ds) != 0 {
		t.Errorf("a sealed case keeps %d drafts, %v", len(ds), err)
	}
	sealed, err := s.store.Case(t.Context(), c.ID)
	if err != nil || !sealed.Sealed() {
		t.Errorf("it isn't sealed: %v", err)
	}
}
