package backend_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tiepdan"
)

// long is more than a line takes.
var long = strings.TrimSpace(strings.Repeat("Số 12/TB mẫu ", 24)) + " hết."

func TestWhatIsTooLongIsSaidAndGivenBackWhole(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	officer, head := s.staff(tiepdan.Officer, "MT", false), s.staff(tiepdan.BoardHead, "", false)
	given := s.given("Rác thải ùn ứ ở đầu ngõ đã ba ngày", officer.Staff)
	s.did(given, tiepdan.Act{Do: tiepdan.Take, By: officer.Actor()})
	fresh := s.file(tiepdan.KienNghi, "Đề nghị làm lại vỉa hè trước trường học")
	for name, x := range map[string]struct {
		by    *person
		of    tiepdan.Case
		do    tiepdan.Action
		field string
		rest  []string
	}{
		"an answer":              {officer, given, tiepdan.Answer, "document", []string{"text", "Đã thu gom.", "result", "done", "signer", "Lãnh đạo Mẫu"}},
		"an answer's signer":     {officer, given, tiepdan.Answer, "signer", []string{"text", "Đã thu gom.", "result", "done", "document", "12/TB"}},
		"a document":             {officer, given, tiepdan.RecordDocument, "document", []string{"text", "Văn bản mẫu."}},
		"a transfer":             {head, fresh, tiepdan.Transfer, "body", []string{"reason", "Không thuộc thẩm quyền."}},
		"a transfer's document":  {head, fresh, tiepdan.Transfer, "document", []string{"reason", "Không thuộc thẩm quyền.", "body", "Sở Mẫu"}},
		"a guidance":             {head, fresh, tiepdan.GuideCitizen, "body", []string{"reason", "Gửi đúng nơi."}},
		"a refusal":              {head, fresh, tiepdan.Refuse, "legal", []string{"reason", "Không đủ điều kiện."}},
		"a refusal's own number": {head, fresh, tiepdan.Refuse, "document", []string{"reason", "Không đủ điều kiện.", "legal", "Điều mẫu"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := x.by.act(x.of, x.do, append([]string{x.field, long}, x.rest...)...)
			if said := got.text("#act-" + string(x.do) + " .said"); got.status != http.StatusUnprocessableEntity || !strings.Contains(said, "ký tự; ô này nhận tối đa 300 ký tự") || !strings.Contains(said, "Số 12/TB mẫu") {
				t.Fatalf("%d: %q", got.status, said)
			}
			back := got.typed("#act-" + string(x.do) + " form")
			for i, pairs := 0, append([]string{x.field, long}, x.rest...); i < len(pairs); i += 2 {
				if back.Get(pairs[i]) != pairs[i+1] {
					t.Errorf("%s comes back as %q", pairs[i], back.Get(pairs[i]))
				}
			}
			if got.value("#act-"+string(x.do)+" input[name="+x.field+"]", "maxlength") != "300" {
				t.Error("the field doesn't say how much it takes")
			}
			if c := s.status(x.of); c != map[bool]tiepdan.Status{true: tiepdan.InProgress, false: tiepdan.Received}[x.of.ID == given.ID] {
				t.Errorf("it was done: %s", c)
			}
		})
	}
	if got := officer.act(given, tiepdan.Answer, "text", "Đã thu gom.", "result", "done", "evidence", strings.Repeat("Biên bản mẫu. ", 300)); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(".said"), "tối đa 4000 ký tự") {
		t.Errorf("what the answer rests on: %d %q", got.status, got.text(".said"))
	}
	if got := head.get(path(fresh) + "?do=transfer"); strings.Contains(got.body, "Sở Mẫu") {
		t.Error("something was kept")
	}
}

func TestALineAsLongAsTheFieldIsKeptWhole(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	c := s.file(tiepdan.KienNghi, "Đề nghị làm lại vỉa hè trước trường học")
	whole := strings.Repeat("ệ", tiepdan.MaxAddress)
	desk.act(c, tiepdan.RecordDocument, "document", "  "+whole+" ").did(t)
	if !strings.Contains(desk.get(path(c)).body, whole) {
		t.Error("it was cut")
	}
}

func TestADraftThatIsTooLongTellsTheScript(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	officer := s.staff(tiepdan.Officer, "MT", false)
	c := s.given("Rác thải ùn ứ ở đầu ngõ đã ba ngày", officer.Staff)
	s.did(c, tiepdan.Act{Do: tiepdan.Take, By: officer.Actor()})
	got := officer.post(path(c)+"/draft", "do", "answer", "text", "Đang viết mẫu", "document", long)
	if got.status != http.StatusUnprocessableEntity || got.text("textarea#act-answer-text") != "Đang viết mẫu" || !strings.Contains(got.text(".said"), "ký tự") {
		t.Errorf("%d %q", got.status, got.text(".said"))
	}
}

func TestADayThatIsNoneIsSaidInEveryForm(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	says := func(what string, got answer) {
		t.Helper()
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(".said"), "Không có ngày “30/02/2026”") {
			t.Errorf("%s: %d %q", what, got.status, got.text(".said"))
		}
	}
	got := o.leader.post("/directives", "task", "Kiểm tra ngõ mẫu.", "unit", id(o.head.Unit), "due", "30/02/2026")
	says("a direction", got)
	if got.text("textarea[name=task]") != "Kiểm tra ngõ mẫu." || got.value("input[name=due]", "value") != "30/02/2026" {
		t.Error("the direction was typed in vain")
	}
	at := o.issue(t).path
	got = o.leader.does(t, at, "extend", "due", "30/02/2026", "text", "Việc mẫu còn dở.")
	says("a direction's new day", got)
	if got.value("#act-extend input[name=due]", "value") != "30/02/2026" || got.text("#act-extend textarea") != "Việc mẫu còn dở." {
		t.Error("the new day was typed in vain")
	}

	o.desk.post(o.conclusion() + "/draft")
	v := o.desk.get(o.conclusion()).typed("form#conclusion")
	got = o.desk.sends(o.conclusion(), v, "do", "save", "opening", "Mở đầu mẫu.", "due-1", "30/02/2026")
	says("a conclusion", got)
	if back := got.typed("form#conclusion"); back.Get("opening") != "Mở đầu mẫu." || back.Get("due-1") != "30/02/2026" {
		t.Errorf("the conclusion was typed in vain: %v", back)
	}
	got = o.desk.sends(o.conclusion(), v, "do", "save", "signer", long)
	if back := got.typed("form#conclusion"); got.status != http.StatusUnprocessableEntity || back.Get("signer") != long || !strings.Contains(got.text(".said"), "300 ký tự") {
		t.Errorf("a long signer: %d %q", got.status, back.Get("signer"))
	}
	if kept := o.desk.get(o.conclusion()).typed("form#conclusion"); kept.Get("signer") == long || kept.Get("opening") != "" || kept.Get("due-1") == "" {
		t.Errorf("it was kept: %v", kept)
	}
}

func TestTheBookTakesNoDayThatIsNone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	a := s.booked(d, "Người Dân Mẫu 1")
	ref, _ := p.calls(d, a)
	for field, x := range map[string][2]string{"answer_by": {"promised", "30/02/2026"}, "body": {"transfer", long}, "guided_to": {"guided", long}, "ground_text": {"refused", long}} {
		got := p.post(desk(d)+"/entry", named(ref, a, "kind", "phan_anh", "result", x[0], "signed", "1", field, x[1])...)
		if said := got.text(".entry-said"); got.status != http.StatusUnprocessableEntity || !strings.Contains(said, x[1][:10]) {
			t.Errorf("%s: %d %q", field, got.status, said)
		}
		if got.value("#entry input[name="+field+"]", "value") != x[1] || got.text("#f-content") == "" {
			t.Errorf("%s comes back as %q", field, got.value("#entry input[name="+field+"]", "value"))
		}
	}
	if es := s.entries(t); len(es) != 0 {
		t.Errorf("written: %+v", es)
	}
	if got := p.get("/book?from=31%2F02%2F2026"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text("main"), "31/02/2026") {
		t.Errorf("the book of no day: %d %s", got.status, got.text("main"))
	}
}

func TestWhatAFilterDoesNotUnderstandIsNamed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	board := s.staff(tiepdan.BoardHead, "", true)
	s.file(tiepdan.KienNghi, "Đề nghị làm lại vỉa hè trước trường học")
	for address, says := range map[string]string{
		"/cases?from=31%2F02%2F2026":         "Nhận từ “31/02/2026”.",
		"/cases?view=all&accepted=maybe":     "Thụ lý “maybe”.",
		"/cases?view=everything":             "“everything”.",
		"/cases?order=prettiest&urgent=very": "“prettiest”; Khẩn “very”.",
		"/directives?until=2026-02-30":       "“2026-02-30”.",
		"/audit?to=31%2F02%2F2026&code=chim": "“31/02/2026”; ",
	} {
		got := board.get(address)
		if got.status != http.StatusOK || !strings.Contains(got.text(".ignored"), "không hiểu") || !strings.Contains(got.text(".ignored"), says) {
			t.Errorf("%s: %d %q", address, got.status, got.text(".ignored"))
		}
		if strings.HasPrefix(address, "/cases") && len(got.all("a.row")) != 1 {
			t.Errorf("%s finds %d", address, len(got.all("a.row")))
		}
	}
	for _, address := range []string{"/cases?view=all&from=2026-01-31&urgent=&order=newest", "/directives?from=" + tiepdan.DateOf(time.Now()).String(), "/audit"} {
		if got := board.get(address); got.status != http.StatusOK || got.has(".ignored") {
			t.Errorf("%s: %d %q", address, got.status, got.text(".ignored"))
		}
	}
	got := board.get("/routing/try?from=30%2F02%2F2026&until_day=2026-03-01")
	if !strings.Contains(got.text(".said"), "Không có ngày “30/02/2026”") || got.value("input[name=from]", "value") != "30/02/2026" {
		t.Errorf("a dry run: %d %q", got.status, got.text(".said"))
	}
}
