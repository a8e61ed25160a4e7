package backend_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiepdan"
)

// issue lets the leader direct mt.
func (o *aftermath) issue(t *testing.T, pairs ...string) answer {
	t.Helper()
	form := url.Values{"task": {"Kiểm tra ngõ mẫu và báo cáo."}, "unit": {id(o.head.Unit)}, "due": {o.day.Add(10).String()}}
	got := o.leader.sends("/directives", form, pairs...)
	if got.status != http.StatusOK || !strings.HasPrefix(got.path, "/directives/") {
		t.Fatalf("%d %s %s", got.status, got.path, got.text("main"))
	}
	return got
}

// does sends the form of an act as the person's page has it.
func (p *person) does(t *testing.T, path, act string, pairs ...string) answer {
	t.Helper()
	shown := p.get(path)
	v := shown.typed("#act-" + act + " form")
	if v.Get("do") != act {
		t.Fatalf("%s isn't offered to the %s: %s", act, p.Role, shown.text(".acting"))
	}
	return p.bring(path+"/act", nil, append([]string{"do", act, "seen", v.Get("seen")}, pairs...)...)
}

func TestADirectionsWholeWay(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	page := o.issue(t)
	path := page.path
	if again := o.issue(t); again.path != path {
		t.Errorf("the form sent twice is two: %s", again.path)
	}
	if got := o.head.get("/directives"); got.text("a.row") != "CD26-0001" || !strings.Contains(got.text(".excerpt"), "Kiểm tra ngõ mẫu") {
		t.Errorf("the unit's list: %s", got.text("main"))
	}
	if got := o.other.get(path); got.status != http.StatusNotFound {
		t.Errorf("another unit's head: %d", got.status)
	}
	o.head.does(t, path, "assign", "officer", id(o.officer.ID), "text", "Làm ngay giúp.")
	if got := o.head.bring(path+"/act", nil, "do", "assign", "officer", id(o.other.ID)); got.status != http.StatusUnprocessableEntity {
		t.Errorf("given to somebody of another unit: %d", got.status)
	}
	if got := o.officer.get("/directives?view=mine"); got.text("a.row") != "CD26-0001" {
		t.Errorf("the officer's own: %s", got.text("main"))
	}
	o.officer.does(t, path, "take")
	o.leader.does(t, path, "urge", "text", "Khẩn trương.")
	o.officer.does(t, path, "progress", "text", "Đã ra hiện trường.")
	if got := o.officer.bring(path+"/act", nil, "do", "report", "text", ""); got.status != http.StatusUnprocessableEntity || !got.has("#act-report .said") {
		t.Errorf("an empty report: %d %s", got.status, got.text(".acting"))
	}
	o.reported(t, path)
}

// reported goes from the first report to the end.
func (o *aftermath) reported(t *testing.T, path string) {
	t.Helper()
	first := o.officer.bring(path+"/act", []sent{{"bao-cao.pdf", "%PDF mẫu"}}, "do", "report", "seen", "5", "text", "Đã dọn một nửa.")
	file := first.value(".files a.file", "href")
	if got := o.leader.get(file); got.status != http.StatusOK || got.body != "%PDF mẫu" {
		t.Errorf("the report's file: %d", got.status)
	}
	if got := o.other.get(file); got.status != http.StatusNotFound {
		t.Errorf("the file for another unit: %d", got.status)
	}
	read := o.leader.get(path).typed("#act-accept form").Get("seen")
	o.leader.does(t, path, "return", "text", "Dọn cho hết.")
	o.officer.does(t, path, "report", "text", "Đã dọn hết.")
	if got := o.leader.bring(path+"/act", nil, "do", "accept", "seen", read); got.status != http.StatusConflict {
		t.Errorf("a report that the leader hasn't read is accepted: %d", got.status)
	}
	if got := o.leader.get("/directives?view=reported"); got.text("a.row") != "CD26-0001" {
		t.Errorf("what waits for a word: %s", got.text("main"))
	}
	o.leader.does(t, path, "extend", "due", o.day.Add(20).String(), "text", "Thêm ngày nghiệm thu.")
	done := o.leader.does(t, path, "accept", "text", "Được.")
	if done.status != http.StatusOK || done.text(".case-title .badge") != "Hoàn thành" || done.has(".acting") || len(done.all(".bubble")) != 10 {
		t.Errorf("%d %s", done.status, done.text("main"))
	}
	for view, n := range map[string]int{"open": 0, "done": 1, "all": 1, "overdue": 0} {
		if got := o.head.get("/directives?view=" + view); len(got.all("a.row")) != n {
			t.Errorf("%s: %s", view, got.text("main"))
		}
	}
}

func TestAnActSentTwiceIsDoneOnce(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	path := o.issue(t).path
	for range 2 {
		if got := o.leader.bring(path+"/act", nil, "do", "urge", "seen", "1", "text", "Khẩn trương."); got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.text("main"))
		}
	}
	if got := o.leader.get(path); len(got.all(".bubble")) != 2 {
		t.Errorf("%s", got.text(".thread"))
	}
}

func TestADirectionAboutACase(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	c := o.file(tiepdan.PhanAnh, "Một phản ánh mẫu, đủ dài để gửi")
	if got := o.leader.get("/directives/new?case=" + string(c.Code)); got.value("input[name=case]", "value") != string(c.Code) {
		t.Errorf("%s", got.text("main"))
	}
	o.issue(t, "case", string(c.Code))
	page := o.leader.get(path(c))
	if page.text(".case-directions a.row") != "CD26-0001" || !strings.Contains(page.text(".case-directions"), "Kiểm tra ngõ mẫu") || !page.has(".case-directions a.button") {
		t.Errorf("on the case's page: %s", page.text(".case-directions"))
	}
	if page := o.desk.get(path(c)); page.has(".case-directions a.button") {
		t.Error("the receptionist is offered to direct")
	}
	for _, pairs := range [][]string{{"task", ""}, {"unit", ""}, {"due", "2026-01-01"}, {"officer", id(o.other.ID)}} {
		form := url.Values{"task": {"Việc mẫu."}, "unit": {id(o.head.Unit)}, "due": {o.day.Add(9).String()}}
		if got := o.leader.sends("/directives", form, pairs...); got.status != http.StatusUnprocessableEntity || !got.has(".said") {
			t.Errorf("%v: %d", pairs, got.status)
		}
	}
}

func TestASecretDirectionSaysNothing(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	cleared := o.staff(tiepdan.UnitHead, "MT", true)
	c := o.file(tiepdan.ToCao, "Tố cáo mẫu: nhận phong bì mẫu, đủ dài")
	path := o.issue(t, "case", string(c.Code), "task", "Tổ chức xác minh kín mẫu.").path
	cleared.does(t, path, "progress", "text", "Đang xác minh kín mẫu.")
	if got := cleared.get(path); !strings.Contains(got.text(".content"), "Tổ chức xác minh kín mẫu.") || !strings.Contains(got.text(".thread"), "Đang xác minh") {
		t.Errorf("the cleared head sees %s", got.text("main"))
	}
	for _, p := range []*person{o.desk, o.board, o.head, o.officer, o.staff(tiepdan.Auditor, "", false)} {
		got := p.get(path)
		if got.status != http.StatusOK || !got.has(".sealed") || got.has(".acting") {
			t.Errorf("the %s: %d", p.Role, got.status)
		}
		for _, where := range []string{path, "/directives", "/directives?view=all"} {
			p.get(where).tells(t, string(p.Role)+"'s "+where, append(secretWords, string(c.Code))...)
		}
		if got := p.bring(path+"/act", nil, "do", "urge", "seen", "1"); got.status != http.StatusForbidden {
			t.Errorf("the %s acts on it: %d", p.Role, got.status)
		}
	}
	if got := o.board.get("/directives/new?case=" + string(c.Code)); got.status != http.StatusForbidden {
		t.Errorf("the uncleared head of the board directs about it: %d", got.status)
	}
}

func TestWhoOpensWhatComesAfter(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	path := o.issue(t).path
	admin, auditor := o.staff(tiepdan.Administrator, "", false), o.staff(tiepdan.Auditor, "", false)
	for where, refused := range map[string][]*person{
		"/conclusions": {o.head, o.officer, admin}, "/directives": {admin}, path: {admin}, o.conclusion(): {admin}, o.conclusion() + ".pdf": {o.head, o.officer, admin},
		"/directives/new": {o.desk, o.head, o.officer, auditor, admin}, "/reports/duty": {o.desk, o.head, o.officer, admin}, "/reports/attendance": {o.desk, o.head},
		"/reports/directives": {o.desk, o.officer}, "/reports/receptions": {o.desk, o.head, admin}, "/reports/directives.xlsx": {o.desk}, "/reports/duty.xlsx": {o.desk, admin}} {
		for _, p := range refused {
			if got := p.get(where); got.status != http.StatusForbidden {
				t.Errorf("the %s opens %s: %d", p.Role, where, got.status)
			}
		}
	}
	for where, refused := range map[string][]*person{"/directives": {o.desk, o.head, auditor}, path + "/act": {auditor, admin}, o.conclusion() + "/draft": {o.head, auditor, admin},
		o.conclusion(): {o.officer, auditor}, o.conclusion() + "/approve": {o.desk, o.head, auditor}, o.conclusion() + "/ask": {o.desk, o.officer}, o.conclusion() + "/number": {o.head, auditor}} {
		for _, p := range refused {
			if got := p.post(where); got.status != http.StatusForbidden {
				t.Errorf("the %s posts to %s: %d", p.Role, where, got.status)
			}
		}
	}
	if got := auditor.get("/reports"); got.path != "/reports/receptions" || got.status != http.StatusOK {
		t.Errorf("the auditor at %s: %d", got.path, got.status)
	}
}
