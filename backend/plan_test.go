package backend_test

import (
	"net/http"
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestQuarterIsPlannedOnOnePage(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	desk, leader := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.Leader, "", false)
	d := s.on(2026, 11, 16)
	row, plan := "#s-"+id(d.ID), "/plans/2026/4"
	page := desk.get("/plans")
	if page.path != plan || len(page.all("article.plan-row")) != 5 || len(page.all("details.plan-duty")) != 13 {
		t.Fatalf("%s: %d rows, %d weeks of duty", page.path, len(page.all("article.plan-row")), len(page.all("details.plan-duty")))
	}
	if text := page.text(".plan-warnings"); !strings.Contains(text, "chưa được xác nhận") {
		t.Errorf("%q", text)
	}
	form := []string{"day", "2026-11-16", "from", "08:00", "until", "11:30", "place", "Trụ sở mẫu", "head", id(d.Head), "presides", "Phó Chủ tịch Mẫu 2", "delegated", "1", "places", "8"}
	edit := plan + "/sessions/" + id(d.ID)
	bad := desk.post(edit, form...)
	if bad.status != http.StatusUnprocessableEntity || !bad.has("details.plan-edit[open]") || bad.value("#presides-s-"+id(d.ID), "value") != "Phó Chủ tịch Mẫu 2" {
		t.Errorf("delegated without a reason: %d", bad.status)
	}
	good := desk.post(edit, append(form, "why", "Chủ tịch họp HĐND", "units", id(storetest.Unit(t, s.store, "MT")))...)
	if text := good.text(row); good.status != http.StatusOK || !strings.Contains(text, "Chủ tịch họp HĐND") || !strings.Contains(text, "0/8 chỗ") {
		t.Errorf("%d: %q", good.status, text)
	}
	if desk.post(plan+"/confirm", "id", id(d.ID)); s.on(2026, 11, 16).Status != tiepdan.SessionConfirmed {
		t.Error("one isn't confirmed")
	}
	desk.post(plan + "/submit")
	if got := leader.post(plan + "/publish"); got.status != http.StatusConflict {
		t.Errorf("drafts are published: %d", got.status)
	}
	leader.post(plan+"/ask", "text", "Bổ sung nội dung trọng tâm")
	if asked := desk.get(plan); !strings.Contains(asked.text(".notice"), "Bổ sung nội dung trọng tâm") {
		t.Errorf("%q", asked.text(".notice"))
	}
	desk.post(plan+"/confirm", "all", "1")
	desk.post(plan + "/submit")
	got := leader.post(plan + "/publish")
	if got.status != http.StatusOK || !strings.Contains(got.text(".flash"), "Đã công bố") || !s.on(2026, 11, 16).Public() {
		t.Errorf("%d: %q", got.status, got.text(".flash"))
	}
	if seen := s.stranger().get("/schedule?period=2026-Q4"); len(seen.all("li[id=s-"+d.Token+"]")) != 1 {
		t.Error("what is published isn't shown")
	}
}

func TestMoveAndCancelSayWhyAndWhoIsTold(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	s.publish()
	desk, leader := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.Leader, "", false)
	d := s.on(2026, 10, 16)
	if err := s.store.Watch(t.Context(), storetest.Peer(4), d.ID, true); err != nil {
		t.Fatal(err)
	}
	at := "/sessions/" + id(d.ID)
	if page := desk.get(at + "/move"); !strings.Contains(page.text(".notice"), "1 người sẽ được báo ngay") {
		t.Errorf("%q", page.text(".notice"))
	}
	form := []string{"day", "2026-10-17", "from", "08:00", "until", "11:00", "place", "Nhà văn hóa mẫu"}
	if bad := desk.post(at+"/move", form...); bad.status != http.StatusUnprocessableEntity || bad.value("#f-place", "value") != "Nhà văn hóa mẫu" {
		t.Errorf("moved without a reason: %d", bad.status)
	}
	form = append(form, "reason", "Hội trường sửa chữa")
	if bad := desk.post(at+"/move", form...); bad.status != http.StatusUnprocessableEntity || !bad.has("input[name=day_off]") {
		t.Errorf("onto a Saturday: %d", bad.status)
	}
	got := desk.post(at+"/move", append(form, "day_off", "1")...)
	if !strings.Contains(got.text(".flash"), "1 người được báo") || s.on(2026, 10, 17).Sequence != 1 {
		t.Errorf("%d: %q", got.status, got.text(".flash"))
	}
	if bad := desk.post(at, "place", "Nơi khác", "presides", "Lãnh đạo Mẫu 1", "places", "10"); bad.status != http.StatusUnprocessableEntity {
		t.Errorf("a public session's place changes silently: %d", bad.status)
	}
	if no := desk.post(at+"/cancel", "reason", "Mẫu"); no.status != http.StatusForbidden {
		t.Errorf("who cancels? %d", no.status)
	}
	if bad := leader.post(at + "/cancel"); bad.status != http.StatusUnprocessableEntity {
		t.Errorf("cancelled without a reason: %d", bad.status)
	}
	if leader.post(at+"/cancel", "reason", "Người chủ trì ốm"); !s.on(2026, 10, 17).Cancelled() {
		t.Error("it isn't cancelled")
	}
}

func TestSessionOutOfTurnIsAddedConfirmedAndPublished(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	desk, leader := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.Leader, "", false)
	form := []string{"kind", "dialogue", "day", "2026-10-20", "from", "14:00", "until", "16:00", "place", "Hội trường mẫu", "presides", "Lãnh đạo Mẫu 1", "focus", "Đối thoại về <b>đất đai</b>"}
	if bad := desk.post("/sessions", append(form, "from", "17:00")[2:]...); bad.status != http.StatusUnprocessableEntity {
		t.Errorf("of no kind: %d", bad.status)
	}
	if bad := desk.post("/sessions", append([]string{"kind", "guest"}, form[2:]...)...); bad.status != http.StatusUnprocessableEntity || bad.value("#presides-n", "value") != "Lãnh đạo Mẫu 1" {
		t.Errorf("a guest of nobody: %d", bad.status)
	}
	page := desk.post("/sessions", form...)
	d := s.on(2026, 10, 20)
	if page.path != "/sessions/"+id(d.ID) || d.Status != tiepdan.SessionDraft || !strings.Contains(page.body, "&lt;b&gt;đất đai") {
		t.Errorf("%s %+v", page.path, d)
	}
	if no := desk.post(page.path+"/stand", "do", "publish"); no.status != http.StatusForbidden {
		t.Errorf("a receptionist publishes: %d", no.status)
	}
	if got := leader.post(page.path+"/stand", "do", "publish"); !got.has("svg.qr") || !s.on(2026, 10, 20).Public() {
		t.Errorf("%d", got.status)
	}
}

func TestRuleShowsItsDaysBeforeItIsKept(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	p := s.staff(tiepdan.Receptionist, "", false)
	form := []string{"name", "Chủ tịch HĐND tiếp", "form", "month_days", "month_days", "1, 24", "starting", "2026-10-05", "day_off", "next", "kind", "periodic",
		"from", "08:00", "to", "11:00", "place", "Trụ sở mẫu", "presides", "Lãnh đạo Mẫu 2", "places", "5", "cut_days", "2", "active", "1"}
	page := p.post("/recurrences", append(form, "do", "preview")...)
	days := page.text("#preview")
	if len(page.all("#preview")) != 1 || !strings.Contains(days, "T2 02/11/2026") || !strings.Contains(days, "T4 25/11/2026") || !strings.Contains(days, "Ngày Văn hóa") {
		t.Errorf("%q", days)
	}
	bad := p.post("/recurrences", append([]string{"form", "raw", "raw", "FREQ=HOURLY"}, append(form[:2:2], form[6:]...)...)...)
	if bad.status != http.StatusUnprocessableEntity || bad.value("#f-raw", "value") != "FREQ=HOURLY" {
		t.Errorf("%d", bad.status)
	}
	for _, nobody := range []string{"unit", "head"} {
		if bad := p.post("/recurrences", append([]string{nobody, "99999"}, form...)...); bad.status != http.StatusUnprocessableEntity {
			t.Errorf("a rule of a %s that isn't there: %d", nobody, bad.status)
		}
	}
	got := p.post("/recurrences", form...)
	list, err := s.store.Recurrences(t.Context())
	if err != nil || len(list) != 4 || list[len(list)-1].RRule == "" || got.status != http.StatusOK {
		t.Fatalf("%d, %+v, %v", got.status, list, err)
	}
	if d := s.on(2026, 11, 25); d.Original != (tiepdan.Date{Year: 2026, Month: 11, Day: 24}) {
		t.Errorf("%+v", d)
	}
}

func TestHeadsOweWhatTheLawSays(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	p, desk := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Receptionist, "", false)
	page := desk.get("/heads")
	if text := page.text("table.list"); !strings.Contains(text, "ít nhất 2 ngày mỗi tháng") || !strings.Contains(text, "Luật Tiếp công dân 42/2013/QH13 Điều 15") || page.has("main form") {
		t.Errorf("%q", text)
	}
	if bad := p.post("/heads", "name", "Lãnh đạo Mẫu 3", "title", "Giám đốc sở", "duty", "none"); bad.status != http.StatusUnprocessableEntity || bad.value("#f-name", "value") != "Lãnh đạo Mẫu 3" {
		t.Errorf("%d", bad.status)
	}
	for _, nobody := range []string{"unit", "staff"} {
		if bad := p.post("/heads", "name", "Lãnh đạo Mẫu 3", "title", "Giám đốc sở", "duty", "duty.head_of_agency", nobody, "99999"); bad.status != http.StatusUnprocessableEntity {
			t.Errorf("a head of a %s that isn't there: %d", nobody, bad.status)
		}
	}
	if got := p.post("/heads", "name", "Lãnh đạo Mẫu 3", "title", "Giám đốc sở", "duty", "duty.head_of_agency", "active", "1"); !strings.Contains(got.text("table.list"), "Giám đốc sở") {
		t.Errorf("%d", got.status)
	}
	if no := desk.post("/heads", "name", "Lãnh đạo Mẫu 4"); no.status != http.StatusForbidden {
		t.Errorf("%d", no.status)
	}
}

func TestRosterIsFilledByTurnsAndChanged(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	p, one, two := s.staff(tiepdan.BoardHead, "", false), s.hire(tiepdan.Receptionist, "", false), s.hire(tiepdan.Officer, "XD", false)
	if bad := p.post("/roster/fill", "month", "2026-11", "shifts", "day"); bad.status != http.StatusUnprocessableEntity {
		t.Errorf("nobody: %d", bad.status)
	}
	page := p.post("/roster/fill", "month", "2026-11", "shifts", "day", "staff", id(one.ID), "staff", id(two.ID))
	if page.path != "/roster?month=2026-11" || len(page.all(".r-turn")) != 20 {
		t.Fatalf("%s: %d turns", page.path, len(page.all(".r-turn")))
	}
	got := p.post("/roster", "month", "2026-11", "morning-2026-11-03", id(one.ID), "afternoon-2026-11-03", id(two.ID), "note-2026-11-03", "Thay nhau")
	if len(got.all(".r-turn")) != 2 || !strings.Contains(got.text("table.roster"), "Thay nhau") {
		t.Errorf("%d", len(got.all(".r-turn")))
	}
	turns, err := s.store.Roster(t.Context(), tiepdan.Date{Year: 2026, Month: 11, Day: 1}, tiepdan.Date{Year: 2026, Month: 12, Day: 1})
	if err != nil || len(turns) != 2 {
		t.Errorf("%+v, %v", turns, err)
	}
	if pdf := p.get("/roster/paper?month=2026-11"); pdf.header.Get("Content-Type") != "application/pdf" || !strings.Contains(pdf.body, "month=2026-11") {
		t.Errorf("%d", pdf.status)
	}
}

func TestScheduleIsMadeOnlyByWhoMay(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	d := s.on(2026, 10, 16)
	at := "/sessions/" + id(d.ID)
	officer, auditor, admin := s.staff(tiepdan.Officer, "XD", false), s.staff(tiepdan.Auditor, "", false), s.staff(tiepdan.Administrator, "", false)
	for _, path := range []string{"/sessions", at, "/plans/2026/4", "/recurrences", "/heads", "/roster"} {
		for _, p := range []*person{officer, auditor} {
			if got := p.get(path); got.status != http.StatusOK || got.has("main form") {
				t.Errorf("%s for %s: %d, forms %v", path, p.Role, got.status, got.has("main form"))
			}
		}
		if got := admin.get(path); got.status != http.StatusForbidden {
			t.Errorf("%s for an administrator: %d", path, got.status)
		}
	}
	for _, path := range []string{"/sessions", at, at + "/stand", at + "/move", at + "/cancel", "/plans/2026/4/confirm", "/plans/2026/4/submit", "/plans/2026/4/ask",
		"/plans/2026/4/publish", "/plans/2026/4" + at, "/recurrences", "/heads", "/roster", "/roster/fill"} {
		for _, p := range []*person{officer, auditor, admin} {
			if got := p.post(path); got.status != http.StatusForbidden {
				t.Errorf("POST %s as %s: %d", path, p.Role, got.status)
			}
		}
	}
	for _, path := range []string{"/plans/2026/5", "/plans/x/1", "/sessions/0", "/sessions/999999", "/recurrences/999999", "/roster?month=2026-13"} {
		if got := s.staff(tiepdan.Receptionist, "", false).get(path); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}
