package backend_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

// path is a case's page.
func path(c tiepdan.Case) string { return "/cases/" + string(c.Code) }

// form is what the page's form of an act would send, with changes.
func (p *person) act(c tiepdan.Case, do tiepdan.Action, pairs ...string) answer {
	p.s.t.Helper()
	shown := p.get(path(c) + "?do=" + string(do))
	sent := []string{"do", string(do)}
	for _, n := range shown.all("form") {
		f := page{n}
		if f.value("input[name=do]", "value") == string(do) {
			sent = append(sent, "ref", f.value("input[name=ref]", "value"))
			if f.has("input[name=proposal]") {
				sent = append(sent, "proposal", f.value("input[name=proposal]", "value"))
			}
			for _, box := range f.all("input[name=checked]") {
				sent = append(sent, "checked", value(box, "value"))
			}
		}
	}
	if len(sent) == 2 {
		p.s.t.Fatalf("%s isn't offered %s", p.Role, do)
	}
	return p.post(path(c)+"/act", append(sent, pairs...)...)
}

// did fails the test unless the act was done.
func (a answer) did(t *testing.T) {
	t.Helper()
	if a.status != http.StatusOK || a.text(".flash") == "" {
		t.Fatalf("not done: %d at %s: %s", a.status, a.path, a.text(".said"))
	}
}

func TestACaseGoesFromTheInboxToItsAnswer(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk, head, officer := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.UnitHead, "MT", false), s.staff(tiepdan.Officer, "MT", false)
	c := s.file(tiepdan.PhanAnh, "Rác thải ùn ứ ở đầu ngõ đã ba ngày")
	if got := desk.get("/inbox"); !got.has("a.row[href=" + path(c) + "]") {
		t.Fatal("the inbox doesn't have the case")
	}
	if got := officer.get(path(c)); got.status != http.StatusNotFound {
		t.Errorf("an officer who hasn't got it opens it: %d", got.status)
	}
	desk.act(c, tiepdan.Classify, "kind", "kien_nghi", "field", "dat_dai", "place", "P2").did(t)
	unit := fmt.Sprint(head.Unit)
	desk.act(c, tiepdan.Assign, "unit", unit, "reason", "Làm sớm").did(t)
	if got := head.get("/inbox"); !got.has("a.row[href=" + path(c) + "]") {
		t.Error("the unit's inbox doesn't have it")
	}
	head.act(c, tiepdan.Assign, "unit", unit, "officer", fmt.Sprint(officer.ID)).did(t)
	got := officer.act(c, tiepdan.Take)
	got.did(t)
	officer.act(c, tiepdan.Note, "text", "Đã gọi cho tổ dân phố").did(t)
	officer.act(c, tiepdan.AskMore, "text", "Rác ở số nhà nào?").did(t)
	got = officer.act(c, tiepdan.Answer, "text", "Đã thu gom sáng nay.", "document", "12/TB")
	got.did(t)
	if text := got.text("article.from-office"); !strings.Contains(text, "Đã thu gom sáng nay.") || !strings.Contains(text, "12/TB") {
		t.Errorf("the thread has %q", text)
	}
	if text := got.text("article.from-internal"); !strings.Contains(text, "Đã gọi cho tổ dân phố") {
		t.Errorf("the internal notes have %q", text)
	}
	after, err := s.store.Case(t.Context(), c.ID)
	if err != nil || after.Status != tiepdan.Answered || after.Field != "dat_dai" || after.Place != "P2" {
		t.Errorf("the case is %s, %s, %s; %v", after.Status, after.Field, after.Place, err)
	}
}

func TestAnAnswerIsApprovedAsItWasRead(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "XD", false)
	leader := s.staff(tiepdan.Leader, "", false)
	c := s.file(tiepdan.KhieuNai, "Khiếu nại quyết định thu hồi đất số 5")
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)).did(t)
	officer.act(c, tiepdan.Take).did(t)
	if got := officer.get(path(c) + "?do=answer"); got.has("#act-answer") || got.has("#do-answer") {
		t.Error("a complaint's officer is offered to answer by himself")
	}
	if got := officer.act(c, tiepdan.Propose, "text", "Bản một"); got.status != http.StatusUnprocessableEntity || got.text("textarea#act-propose-text") != "Bản một" {
		t.Errorf("without its checklist: %d, %q", got.status, got.text("textarea#act-propose-text"))
	}
	check := []string{"result", "wrong", "evidence", "Biên bản mẫu", "signer", "Chủ tịch Mẫu", "next", "second_or_court"}
	officer.act(c, tiepdan.Propose, append(check, "text", "Bản một")...).did(t)
	got := leader.get(path(c) + "?do=approve")
	if text := got.text("blockquote.proposal"); !strings.Contains(text, "Bản một") {
		t.Fatalf("the leader reads %q", text)
	}
	leader.act(c, tiepdan.Revise, "reason", "Thêm căn cứ").did(t)
	officer.act(c, tiepdan.Propose, append(check, "text", "Bản hai")...).did(t)
	stale := leader.post(path(c)+"/act", "do", "approve", "ref", "x", "proposal", got.value("input[name=proposal]", "value"))
	if stale.status != http.StatusConflict || stale.text(".said") == "" {
		t.Errorf("approving what was replaced answers %d", stale.status)
	}
	leader.act(c, tiepdan.Approve).did(t)
	after, err := s.store.Case(t.Context(), c.ID)
	if err != nil || after.Status != tiepdan.Answered || after.History[len(after.History)-1].Text != "Bản hai" {
		t.Errorf("the case is %s, %v", after.Status, err)
	}
}

func TestAFormSentTwiceActsOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	c := s.file(tiepdan.PhanAnh, "Đèn đường hỏng trước cổng trường")
	for range 3 {
		desk.post(path(c)+"/act", "do", "note", "ref", "mot-lan", "text", "Đã xem").did(t)
	}
	after, err := s.store.Case(t.Context(), c.ID)
	if err != nil || len(after.History) != 2 {
		t.Errorf("the history has %d entries, %v", len(after.History), err)
	}
}

func TestAFormThatWasSentTakesNoOtherWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.BoardHead, "", false)
	c := s.file(tiepdan.PhanAnh, "Đèn đường hỏng trước cổng trường")
	desk.post(path(c)+"/act", "do", "note", "ref", "mot-lan", "text", "Đã xem").did(t)
	back := desk.post(path(c)+"/act", "do", "note", "ref", "mot-lan", "text", "Đã gọi điện") // the browser's way back
	ref := back.value("#act-note input[name=ref]", "value")
	if back.status != http.StatusConflict || back.text(".said") == "" || back.text("#act-note textarea") != "Đã gọi điện" || ref == "mot-lan" {
		t.Fatalf("%d %q %q %q", back.status, back.text(".said"), back.text("#act-note textarea"), ref)
	}
	desk.post(path(c)+"/act", "do", "note", "ref", ref, "text", "Đã gọi điện").did(t)
	if got := desk.post(path(c)+"/act", "do", "mark_urgent", "ref", ref, "reason", "Nguy hiểm"); got.status != http.StatusConflict {
		t.Errorf("another act by the same form: %d", got.status)
	}
	after, err := s.store.Case(t.Context(), c.ID)
	if err != nil || len(after.History) != 3 || after.Urgent {
		t.Errorf("the history has %d entries, %v", len(after.History), err)
	}
}

func TestWhoActsAfterSomebodyElseDidTheSameIsToldOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	first, second := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Receptionist, "", false)
	c := s.file(tiepdan.PhanAnh, "Đèn đường hỏng trước cổng trường")
	tell := func(p *person, shown answer, words string) answer {
		return p.post(path(c)+"/act", "do", "tell", "ref", shown.value("#act-tell input[name=ref]", "value"), "seen", shown.value("#act-tell input[name=seen]", "value"), "text", words)
	}
	one, two := first.get(path(c)+"?do=tell"), second.get(path(c)+"?do=tell")
	tell(first, one, "Cơ quan đã nhận").did(t)
	tell(first, first.get(path(c)+"?do=tell"), "Và sẽ trả lời sớm").did(t) // their own is no surprise
	told := tell(second, two, "Chúng tôi đã nhận")
	if told.status != http.StatusConflict || told.text(".said") == "" || told.text("#act-tell textarea") != "Chúng tôi đã nhận" {
		t.Fatalf("%d %q %q", told.status, told.text(".said"), told.text("#act-tell textarea"))
	}
	tell(second, told, "Chúng tôi đã nhận").did(t)
	after, err := s.store.Case(t.Context(), c.ID)
	if err != nil || len(after.History) != 4 {
		t.Errorf("the history has %d entries, %v", len(after.History), err)
	}
}

func TestWordsForACaseThatWentToSomebodyElseAreGivenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "MT", false)
	c := s.file(tiepdan.PhanAnh, "Nước máy đục từ hôm qua")
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)).did(t)
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(storetest.Unit(t, s.store, "XD"))).did(t)
	const words = "Trả lời <b>mẫu</b> viết dở"
	got := officer.post(path(c)+"/act", "do", "note", "ref", "a", "text", words)
	if got.status != http.StatusNotFound || got.text("#typed") != words {
		t.Errorf("%d %q", got.status, got.text("#typed"))
	}
	head.post("/sign-out")
	if got := head.post(path(c)+"/act", "do", "note", "ref", "b", "text", words); got.status != http.StatusUnauthorized || got.text("#typed") != words || !got.has("a[href=/sign-in]") {
		t.Errorf("signed out: %d %q", got.status, got.text("#typed"))
	}
	if got := head.post(path(c)+"/divide", "do", "divide", "text-1", "Phần một", "text-3", "Phần ba", "evidence", "Biên bản mẫu").text("#typed"); got != "Phần một Phần ba Biên bản mẫu" {
		t.Errorf("signed out while dividing: %q", got)
	}
	if again, err := s.store.Case(t.Context(), c.ID); err != nil || len(again.History) != 3 {
		t.Errorf("%d entries, %v", len(again.History), err)
	}
}

func TestAWrongFormComesBackAsItWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk, officer := s.staff(tiepdan.BoardHead, "", false), s.hire(tiepdan.Officer, "MT", false)
	c := s.file(tiepdan.PhanAnh, "Nước máy đục từ hôm qua")
	got := desk.act(c, tiepdan.Refuse, "reason", "", "legal", "Điều 12")
	if got.status != http.StatusUnprocessableEntity || got.text(".said") == "" || got.value("input#act-refuse-legal", "value") != "Điều 12" {
		t.Errorf("got %d, %q, %q", got.status, got.text(".said"), got.value("input#act-refuse-legal", "value"))
	}
	if len(got.all(".acting form")) != 1 {
		t.Error("other forms stand beside it")
	}
	xd := fmt.Sprint(storetest.Unit(t, s.store, "XD"))
	if got := desk.act(c, tiepdan.Assign, "unit", xd, "officer", fmt.Sprint(officer.ID)); got.status != http.StatusUnprocessableEntity {
		t.Errorf("an officer of another unit: %d", got.status)
	}
	if got := desk.post(path(c)+"/act", "do", "approve", "ref", "y"); got.status != http.StatusConflict {
		t.Errorf("what can't be now: %d", got.status)
	}
	if got := desk.post(path(c)+"/act", "do", "amend", "ref", "z"); got.status != http.StatusForbidden {
		t.Errorf("what is the citizen's: %d", got.status)
	}
	desk.post("/language", "language", "en")
	if got := desk.act(c, tiepdan.Refuse); !strings.Contains(got.text(".said"), "eason") {
		t.Errorf("in English: %q", got.text(".said"))
	}
}

func TestASealedCaseShowsItsOutlineOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	named, desk := s.staff(tiepdan.Leader, "", true), s.staff(tiepdan.Receptionist, "", false)
	c := s.file(tiepdan.ToCao, "Ông Mẫu nhận tiền của người dân")
	for _, where := range []string{path(c), "/inbox", "/cases?view=all"} {
		if got := desk.get(where); got.status != http.StatusOK || strings.Contains(got.body, "nhận tiền") || !strings.Contains(got.body, string(c.Code)) {
			t.Errorf("%s: %d, or the content shows", where, got.status)
		}
	}
	outline := desk.get(path(c))
	if !outline.has(".sealed") || outline.has("section.acting") || outline.has("section.person") || outline.has("form[enctype]") {
		t.Error("an outline has more than an outline")
	}
	if got := desk.post(path(c)+"/act", "do", "note", "ref", "1", "text", "x"); got.status != http.StatusForbidden {
		t.Errorf("who doesn't see it acts on it: %d", got.status)
	}
	if got := desk.get(path(c) + "/papers/receipt"); got.status != http.StatusNotFound {
		t.Errorf("who doesn't see it prints it: %d", got.status)
	}
	whole := named.get(path(c))
	if !strings.Contains(whole.text("section.content"), "nhận tiền") || !whole.has(".sealed") {
		t.Error("who is named doesn't see it")
	}
	looks, _, err := s.store.AuditList(t.Context(), tiepdan.AuditFilter{Staff: named.ID, Action: "view"})
	if err != nil || len(looks) != 1 {
		t.Errorf("%d looks are recorded, %v", len(looks), err)
	}
	head, officer := s.staff(tiepdan.BoardHead, "", true), s.hire(tiepdan.Officer, "MT", false)
	got := head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID))
	if got.status != http.StatusUnprocessableEntity {
		t.Errorf("it is given to somebody who isn't named: %d", got.status)
	}
}

func TestHostileWordsAreWordsOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.BoardHead, "", false)
	evil := `</p><script>alert(1)</script><img src=x onerror=alert(2)> {{.}} "'--> Mẫu`
	c := s.file(tiepdan.PhanAnh, evil, func(p *tiepdan.Petition) { p.Person.Name, p.Respondent = evil, evil })
	desk.post(path(c)+"/act", "do", "note", "ref", "1", "text", evil).did(t)
	got := desk.act(c, tiepdan.Refuse, "legal", evil)
	for _, n := range got.all("script") {
		if src := value(n, "src"); !strings.HasPrefix(src, "/static/") {
			t.Errorf("a script of %q", src)
		}
	}
	if got.has("img[src=x]") || got.value("input#act-refuse-legal", "value") != evil || !strings.Contains(got.text("section.content"), "<script>alert(1)</script>") {
		t.Error("the words aren't shown as they are")
	}
	if list := desk.get("/cases?q=" + "%3Cscript%3Ealert(9)"); strings.Contains(list.body, "<script>alert(9)") {
		t.Error("what was searched for runs")
	}
}

func TestDeadlinesSayHowTheyCameAbout(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	c := s.file(tiepdan.PhanAnh, "Tiếng ồn ban đêm ở quán Mẫu")
	got := desk.get(path(c))
	rules, err := s.store.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	full, err := s.store.Case(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	duties := tiepdan.Duties(full, rules)
	if len(duties) == 0 || len(got.all("div.duty")) != len(duties) || !got.has("details.how") {
		t.Errorf("%d duties, %d shown", len(duties), len(got.all("div.duty")))
	}
	for _, d := range duties {
		if !strings.Contains(got.text("section.duties"), d.On.Time().Format("02/01/2006")) {
			t.Errorf("%s isn't shown", d.On)
		}
	}
}

func TestWhatCameOnADayOffSaysWhichDayCounts(t *testing.T) {
	t.Parallel()
	sunday := time.Date(2026, time.November, 29, 12, 0, 0, 0, time.UTC)
	s := newSiteAt(t, func() time.Time { return sunday })
	desk := s.staff(tiepdan.BoardHead, "", false)
	c := storetest.File(t, s.store, storetest.Petition(tiepdan.PhanAnh, "Tiếng ồn ban đêm ở quán Mẫu"), storetest.Filing(storetest.Peer(1), sunday))
	desk.act(c, tiepdan.Assign, "unit", fmt.Sprint(storetest.Unit(t, s.store, "XD"))).did(t)
	clocks := desk.get(path(c)).text("#clocks")
	if !strings.Contains(clocks, "Tính từ ngày 30/11/2026") || !strings.Contains(clocks, "ngoài giờ làm việc") {
		t.Errorf("why it counts from Monday isn't said: %s", clocks)
	}
	if !strings.Contains(clocks, "xong ngày 29/11/2026") {
		t.Errorf("what was done on the Sunday was done on another day: %s", clocks)
	}
}

func TestAnUnknownCaseIsNotFoundHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	c := s.file(tiepdan.PhanAnh, "Vỉa hè bị lấn chiếm cả ngày")
	if got := desk.get("/cases/" + strings.ToLower(strings.ReplaceAll(string(c.Code), "-", ""))); got.status != http.StatusOK {
		t.Errorf("a code in small letters: %d", got.status)
	}
	for _, code := range []string{"x", "TD26-0000-0000", "TD26-ZZZZ-ZZZZ"} {
		if got := desk.get("/cases/" + code); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", code, got.status)
		}
	}
}

func TestAnAuditorReadsOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	auditor := s.staff(tiepdan.Auditor, "", false)
	c := s.file(tiepdan.PhanAnh, "Chợ Mẫu thiếu nhà vệ sinh sạch")
	got := auditor.get(path(c))
	if got.status != http.StatusOK || got.has("section.acting") || got.has("form[enctype]") {
		t.Errorf("got %d, with forms", got.status)
	}
	if got := auditor.post(path(c)+"/act", "do", "note", "text", "x"); got.status != http.StatusForbidden {
		t.Errorf("an auditor writes: %d", got.status)
	}
}

func TestWhoGaveACaseBackIsLedAway(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "MT", false)
	c := s.file(tiepdan.PhanAnh, "Cống thoát nước bị tắc đã lâu")
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)).did(t)
	got := officer.act(c, tiepdan.Return, "reason", "Không thuộc lĩnh vực")
	got.did(t)
	if got.path != "/inbox" {
		t.Errorf("led to %s", got.path)
	}
	full, err := s.store.Case(t.Context(), c.ID)
	if err != nil || full.Unit != 0 || time.Since(full.Received) > time.Hour {
		t.Errorf("the case is with %d, %v", full.Unit, err)
	}
}

func TestNoCaseBecomesADenunciationUnasked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.BoardHead, "", true)
	c := s.file(tiepdan.PhanAnh, "Cán bộ nhận tiền của dân")
	asked := desk.act(c, tiepdan.Classify, "kind", "to_cao", "field", "dat_dai", "place", "")
	if asked.status != http.StatusUnprocessableEntity || !asked.has("input[name=sealing]") || !strings.Contains(asked.text("option[selected]"), "Tố cáo") {
		t.Fatalf("not asked before data are erased: %d, %s", asked.status, asked.text(".said"))
	}
	if still, err := s.store.Case(t.Context(), c.ID); err != nil || still.Kind != tiepdan.PhanAnh || still.Person.Name == "" {
		t.Fatalf("it is %s by now; %v", still.Kind, err)
	}
	desk.act(c, tiepdan.Classify, "kind", "to_cao", "field", "dat_dai", "place", "", "sealing", "1").did(t)
	if after, err := s.store.Case(t.Context(), c.ID); err != nil || !after.Sealed() || !after.Person.IsZero() {
		t.Errorf("not sealed though confirmed: %s; %v", after.Kind, err)
	}
}

func TestAnExtensionGivesMoreTimeOrIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	c := s.file(tiepdan.PhanAnh, "Cống tắc ở đầu ngõ mẫu")
	working := tiepdan.NewCalendar(tiepdan.SeedHolidays(), tiepdan.Week{})
	far, less := working.Next(tiepdan.DateOf(time.Now()).Add(90)), working.Next(tiepdan.DateOf(time.Now()).Add(60))
	got := head.act(c, tiepdan.Extend, "until", far.String(), "reason", "Chờ vật tư")
	got.did(t)
	if said := got.text("article.from-office"); !strings.Contains(said, fmt.Sprintf("%02d/%02d/%d", far.Day, far.Month, far.Year)) {
		t.Errorf("the talk doesn't have the new day: %s", said)
	}
	off := far.Add(int((6 - far.Weekday() + 7) % 7))
	if got := head.act(c, tiepdan.Extend, "until", off.String(), "reason", "Cuối tuần"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("an extension to a Saturday: %d", got.status)
	}
	if got := head.act(c, tiepdan.Extend, "until", less.String(), "reason", "Ngắn hơn"); got.status != http.StatusUnprocessableEntity || got.text(".said") == "" {
		t.Errorf("an extension to an earlier day: %d", got.status)
	}
}

func TestADayOffIsNotPromised(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	c := s.file(tiepdan.PhanAnh, "Cống tắc ở đầu ngõ mẫu")
	s.did(c, tiepdan.Act{Do: tiepdan.Assign, By: head.Actor(), Details: tiepdan.Details{Unit: s.unit("XD")}})
	open := tiepdan.NewCalendar(tiepdan.SeedHolidays(), tiepdan.Week{}).Next(tiepdan.DateOf(time.Now()).Add(30))
	sunday := open.Add(-int(open.Weekday()))
	got := head.act(c, tiepdan.Progress, "until", sunday.String(), "text", "Đang chờ vật tư")
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(".said"), "ngày nghỉ") || got.text("#act-progress-text") != "Đang chờ vật tư" {
		t.Errorf("a Sunday is promised: %d %s", got.status, got.text(".said"))
	}
	if _, _, err := s.store.UpdateCase(t.Context(), c.ID, tiepdan.Act{Do: tiepdan.Progress, By: head.Actor(), At: time.Now(), Text: "Đang chờ", Details: tiepdan.Details{Until: sunday}}.Apply); tiepdan.CodeOf(err) != tiepdan.Invalid {
		t.Errorf("the books take a Sunday: %v", err)
	}
	head.act(c, tiepdan.Progress, "until", open.String(), "text", "Đang chờ vật tư").did(t)
}

func TestADeliveryHasADayAndAWayThatCanBe(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.BoardHead, "", false)
	came := desk.bring("/intake", nil, "draft", desk.opened(tiepdan.KienNghi), "kind", "kien_nghi", "field", "moi_truong",
		"content", "Đề nghị mẫu: trồng thêm cây", "name", "Người Dân Mẫu 1")
	c := s.taken()
	if len(desk.get(path(c)+"?do=record_delivery").all("#act-record_delivery input[name=how][value=chat], #act-record_delivery option[value=chat]")) > 0 {
		t.Errorf("a chat is offered to who has none, %s", came.path)
	}
	today := tiepdan.DateOf(c.Received).String()
	for _, wrong := range [][]string{{"how", "chat", "on", today}, {"how", "post", "on", "2026-02-30"}, {"how", "post", "on", "0001-01-01"}, {"how", "post", "on", "9999-12-31"}} {
		got := desk.act(c, tiepdan.RecordDelivery, append(wrong, "outcome", "sent")...)
		if got.status != http.StatusUnprocessableEntity || got.text(".said") == "" {
			t.Errorf("%v: %d", wrong, got.status)
		}
	}
	if got := desk.act(c, tiepdan.RecordDocument, "document", "1/TB", "signed", "0001-01-01"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a paper of the year 1: %d", got.status)
	}
	desk.act(c, tiepdan.RecordDelivery, "how", "post", "on", today, "outcome", "sent").did(t)
}
