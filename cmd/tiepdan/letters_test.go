package main

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
	"tiepdan/templates"
	"tiepdan/templates/paper"
)

// letterText is the text of a Word file.
func letterText(t *testing.T, docx []byte) string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := zr.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(b), "")
}

// acted does acts to a case, one an hour after the other.
func acted(t *testing.T, s *store.Store, c tiepdan.Case, acts ...tiepdan.Act) tiepdan.Case {
	t.Helper()
	for i, a := range acts {
		a.At = c.Received.Add(time.Duration(i+1) * time.Hour)
		var err error
		if c, _, err = s.UpdateCase(t.Context(), c.ID, a.Apply); err != nil {
			t.Fatalf("%s: %v", a.Do, err)
		}
	}
	return c
}

func TestLettersSayWhatWasDone(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	made := papers{store: s, botName: func() string { return "" }}
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Rác đổ ven đường Mẫu, nhiều ngày chưa dọn."),
		storetest.Filing(storetest.Peer(1), time.Date(2026, 11, 16, 9, 0, 0, 0, tiepdan.Hanoi)))
	signed := tiepdan.DateOf(c.Received)
	c = acted(t, s, c, tiepdan.Act{Do: tiepdan.Transfer, By: head, Reason: "Nội dung thuộc phường.", Details: tiepdan.Details{Body: "UBND Phường Mẫu 2"}},
		tiepdan.Act{Do: tiepdan.RecordDocument, By: head, Details: tiepdan.Details{Document: "12/PC-BTCD", Signer: "Cán bộ Mẫu 9", Signed: signed}})

	_, _, slip, err := made.Paper(t.Context(), "transfer_docx", c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Số: 12/PC-BTCD", "ngày 16 tháng 11 năm 2026", "Kính gửi: UBND Phường Mẫu 2", "Người Dân Mẫu 1", "Rác đổ ven đường",
		"Nội dung thuộc phường.", "Cán bộ Mẫu 9", "đơn phản ánh", string(c.Code)} {
		if !strings.Contains(letterText(t, slip), want) {
			t.Errorf("the slip lacks %q: %s", want, letterText(t, slip))
		}
	}
	_, _, notice, err := made.Paper(t.Context(), "transfer_notice_docx", c.ID)
	if err != nil || !strings.Contains(letterText(t, notice), "theo văn bản số 12/PC-BTCD ngày 16/11/2026") || strings.Contains(letterText(t, notice), "Cán bộ Mẫu 9") {
		t.Errorf("%v, %s", err, letterText(t, notice))
	}
	if _, _, _, err := made.Paper(t.Context(), "guidance", c.ID); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("a paper that the case doesn't call for: %v", err)
	}
}

func TestLettersOfASealedCaseNameNobody(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	made := papers{store: s, botName: func() string { return "" }}
	leader := storetest.Staff(t, s, tiepdan.Leader, 0, true).Actor()
	c := storetest.File(t, s, storetest.Petition(tiepdan.ToCao, "Ông Nguyễn Văn Mẫu nhận tiền."),
		storetest.Filing(storetest.Peer(2), time.Date(2026, 11, 16, 9, 0, 0, 0, tiepdan.Hanoi)))
	c = acted(t, s, c, tiepdan.Act{Do: tiepdan.Accept, By: leader})
	for _, of := range tiepdan.CasePapers(c) {
		for _, kind := range []string{of.Kind, of.Kind + "_docx"} {
			_, mime, data, err := made.Paper(t.Context(), kind, c.ID)
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			if mime == docxType && (strings.Contains(letterText(t, data), "Nguyễn Văn Mẫu") || strings.Contains(letterText(t, data), "nhận tiền")) {
				t.Errorf("%s says what it mustn't", kind)
			}
		}
	}
}

func TestTheOfficesOwnTemplateMakesTheWordFile(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	made := papers{store: s, botName: func() string { return "" }}
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, false).Actor()
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Một phản ánh mẫu."), storetest.Filing(storetest.Peer(3), time.Now()))
	// Any other paper's template serves as one that differs from the built-in.
	_, _, other, err := made.FormTemplate("filing")
	if err == nil {
		err = s.SaveDocumentTemplate(t.Context(), head, "answer_date", "mẫu.docx", other)
	}
	if err != nil {
		t.Fatal(err)
	}
	read := func() string {
		_, _, data, err := made.Paper(t.Context(), "answer_date_docx", c.ID)
		if err != nil {
			t.Fatal(err)
		}
		return letterText(t, data)
	}
	if got := read(); !strings.Contains(got, "PHIẾU LƯU ĐƠN") {
		t.Errorf("%s", got)
	}
	if err := s.SaveDocumentTemplate(t.Context(), head, "answer_date", "", nil); err != nil {
		t.Fatal(err)
	}
	if got := read(); !strings.Contains(got, "GIẤY HẸN") {
		t.Errorf("%s", got)
	}
}

// What the pages and the papers put together has words in both languages.
func TestEveryFormFieldAndFaultHasWords(t *testing.T) {
	t.Parallel()
	var keys []string
	for _, f := range paper.Forms() {
		keys = append(keys, "page.paper."+f.Kind)
	}
	for _, f := range paper.Templates() {
		for _, i := range f.Fields() {
			keys = append(keys, "page.templates."+fieldKey(f, i.Name))
		}
	}
	for _, key := range faultKeys {
		keys = append(keys, key)
	}
	for _, v := range []tiepdan.Verdict{tiepdan.Yes, tiepdan.No} {
		keys = append(keys, "paper.eligible_"+string(v), "paper.competent_"+string(v))
	}
	for _, k := range tiepdan.Kinds() {
		for _, r := range tiepdan.Requirements(k) {
			keys = append(keys, "paper.lacks_"+r)
		}
	}
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		for _, key := range keys {
			if said, err := templates.Messages(lang).Plain(key, map[string]any{"What": "Mẫu"}); err != nil || said == "" {
				t.Errorf("%s has no words in %s: %v", key, lang, err)
			}
		}
	}
}

// Each paper that a case can call for is a form, and each form is called for.
func TestFormsAndCasesAgree(t *testing.T) {
	t.Parallel()
	called := map[string]bool{}
	for _, k := range tiepdan.Kinds() {
		for _, status := range tiepdan.Statuses() {
			c := tiepdan.Case{Kind: k, Status: status}
			for _, accepted := range []bool{false, true} {
				c.Accepted = accepted
				for _, of := range tiepdan.CasePapers(c) {
					called[of.Kind] = true
				}
			}
			for _, do := range []tiepdan.Action{tiepdan.VerifyMore, tiepdan.GuideCitizen, tiepdan.SendBack, tiepdan.Transfer, tiepdan.Refuse, tiepdan.FileAway,
				tiepdan.Accept, tiepdan.Extend, tiepdan.Suspend, tiepdan.Resume, tiepdan.Terminate, tiepdan.Answer} {
				c.History = append(c.History, tiepdan.Entry{N: len(c.History) + 1, Do: do})
			}
			for _, of := range tiepdan.CasePapers(c) {
				called[of.Kind] = true
			}
		}
	}
	for _, f := range paper.Forms() {
		if !called[f.Kind] {
			t.Errorf("no case calls for %s", f.Kind)
		}
		delete(called, f.Kind)
	}
	if len(called) > 0 {
		t.Errorf("there is no form for %v", called)
	}
}

func TestTheOfficesOwnTemplateMakesThePetition(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	made := papers{store: s, botName: func() string { return "" }}
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, false).Actor()
	c := storetest.File(t, s, storetest.Petition(tiepdan.KhieuNai, "Một khiếu nại mẫu."), storetest.Filing(storetest.Peer(4), time.Now()))
	_, _, built, err := made.FormTemplate("petition")
	if err != nil {
		t.Fatal(err)
	}
	own := replaced(t, built, "ĐƠN KHIẾU NẠI", "ĐƠN CỦA CƠ QUAN MẪU")
	if _, _, _, _, err := made.TryTemplate("petition", own); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveDocumentTemplate(t.Context(), head, "petition", "mẫu.docx", own); err != nil {
		t.Fatal(err)
	}
	_, _, data, err := made.Paper(t.Context(), "petition_docx", c.ID)
	if err != nil || !strings.Contains(letterText(t, data), "ĐƠN CỦA CƠ QUAN MẪU") || !strings.Contains(letterText(t, data), "Người Dân Mẫu 1") {
		t.Errorf("%v, %s", err, letterText(t, data))
	}
}

// replaced is a Word file with old changed for new in its text.
func replaced(t *testing.T, docx []byte, old, new string) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		w, err := zw.Create(f.Name)
		if err == nil {
			_, err = w.Write(bytes.ReplaceAll(part, []byte(old), []byte(new)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A paper that is printed again says what held when its act was done.
func TestALetterKeepsTheDayThatHeldWhenItsActWasDone(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	made := papers{store: s, botName: func() string { return "" }}
	leader := storetest.Staff(t, s, tiepdan.Leader, 0, true).Actor()
	c := storetest.File(t, s, storetest.Petition(tiepdan.ToCao, "Nội dung mẫu."),
		storetest.Filing(storetest.Peer(5), time.Date(2026, 11, 16, 9, 0, 0, 0, tiepdan.Hanoi)))
	read := func() string {
		_, _, data, err := made.Paper(t.Context(), "accept_denunciation_docx", c.ID)
		if err != nil {
			t.Fatal(err)
		}
		return letterText(t, data)
	}
	c = acted(t, s, c, tiepdan.Act{Do: tiepdan.Accept, By: leader})
	before := read()
	if !strings.Contains(before, "là 30 ngày kể từ ngày thụ lý 16 tháng 11 năm 2026, chậm nhất đến hết ngày 16 tháng 12 năm 2026") {
		t.Errorf("%s", before)
	}
	acted(t, s, c, tiepdan.Act{Do: tiepdan.Extend, By: leader, Reason: "Nhiều nơi phải xác minh.", Details: tiepdan.Details{Ground: "extend.complex", Until: tiepdan.Date{Year: 2027, Month: 1, Day: 15}}})
	if after := read(); after != before {
		t.Errorf("the extension changed it: %s", after)
	}
	_, _, data, err := made.Paper(t.Context(), "extension_docx", c.ID)
	if err != nil || !strings.Contains(letterText(t, data), "đến hết ngày 15 tháng 01 năm 2027") || strings.Contains(letterText(t, data), "Luật Khiếu nại") {
		t.Errorf("%v, %s", err, letterText(t, data))
	}
}
