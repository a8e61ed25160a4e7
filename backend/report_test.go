package backend_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"tiepdan"
	"tiepdan/store/storetest"
)

// line is the text of the row whose head has the words.
func (a answer) line(words string) string {
	for _, tr := range a.all("tr") {
		if p := (page{tr}); strings.Contains(p.text("th"), words) {
			return p.gaps()
		}
	}
	return ""
}

// gaps is the text of the element, a gap between any two of its parts.
func (p page) gaps() string {
	var words []string
	for n := range p.root.Descendants() {
		if n.Type == html.TextNode {
			words = append(words, strings.Fields(n.Data)...)
		}
	}
	return strings.Join(words, " ")
}

const november = "?from=2026-11-01&until=2026-11-30"

func TestReceptionsBesideTheYearBefore(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	got := o.leader.get("/reports/receptions" + november)
	said := got.text(".said-report")
	for _, words := range []string{"Từ ngày 01/11/2026 đến ngày 04/11/2026", "đã tiếp 4 lượt", "cùng kỳ năm trước không có lượt nào", "9 người", "1 đoàn đông người", "4 vụ việc",
		"Giải quyết tại chỗ 1 lượt (25%)"} {
		if !strings.Contains(said, words) {
			t.Errorf("the sentence lacks %q: %s", words, said)
		}
	}
	if l := got.line("Giải quyết tại chỗ"); !strings.Contains(l, "1 0 +1 cùng kỳ không có 25%") {
		t.Errorf("settled: %s", l)
	}
	if got.text(".is-late") != "" || len(got.all("svg.hbar")) == 0 {
		t.Error("no bars")
	}
	if got := o.leader.get("/reports/receptions?from=2027-11-01&until=2027-11-30"); !strings.Contains(got.text(".said-report"), "không tiếp lượt nào (cùng kỳ năm trước: 4 lượt)") {
		t.Errorf("a span to come: %s", got.text(".said-report"))
	}
	if got := o.leader.get("/reports/receptions?from=2026-11-09&until=2026-11-01"); got.status != http.StatusUnprocessableEntity || !got.has(".said") {
		t.Errorf("days the wrong way round: %d", got.status)
	}
}

func TestMoreAndLessThanTheYearBefore(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	before := o.day.AddMonths(-12)
	o.set(before.At(8 * 60))
	id, err := o.store.AddSession(t.Context(), o.board.Actor(), tiepdan.Session{Kind: tiepdan.Regular, Status: tiepdan.SessionPublished, Starts: before.At(8 * 60), Ends: before.At(11 * 60),
		Place: "Phòng tiếp dân Mẫu", Presides: "Cán bộ Mẫu 1"})
	o.must(err)
	o.stand(id, tiepdan.SessionOpen)
	for _, ref := range []string{"a", "b", "c"} {
		_, err := o.store.WriteReception(t.Context(), o.desk.Actor(), tiepdan.Reception{Session: id, Ref: ref, Person: tiepdan.Person{Name: citizen(6)}, Kind: tiepdan.PhanAnh,
			Content: "Việc mẫu năm trước.", Field: "dat_dai", Result: tiepdan.ResultSettled})
		o.must(err)
	}
	o.set(o.day.Add(30).At(9 * 60))
	got := o.leader.get("/reports/receptions" + november)
	if said := got.text(".said-report"); !strings.Contains(said, "Tháng 11 năm 2026") || !strings.Contains(said, "đã tiếp 4 lượt , tăng 1 lượt so với cùng kỳ năm trước (33,33%)") {
		t.Errorf("%s", said)
	}
	if l := got.line("Giải quyết tại chỗ"); !strings.Contains(l, "1 3 -2 (-66,67%) 25%") {
		t.Errorf("settled: %s", l)
	}
	o.leader.post("/language", "language", "en", "here", "/")
	if got := o.leader.get("/reports/receptions" + november); !strings.Contains(got.text(".said-report"), "4 receptions , 1 more") || !strings.Contains(got.text(".said-report"), "đã tiếp 4 lượt") {
		t.Errorf("in English: %s", got.text(".said-report"))
	}
}

func TestDutyOfHeads(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	rule := tiepdan.DutyRules()[0]
	for _, r := range tiepdan.DutyRules() {
		if days, owed, ok := (tiepdan.Head{Duty: r.ID}).Owes(o.day); ok && days == 2 {
			rule = owed
		}
	}
	head, err := o.store.SaveHead(t.Context(), o.board.Actor(), tiepdan.Head{Name: "Lãnh đạo Mẫu 1", Title: "Chủ tịch", Duty: rule.ID, Active: true})
	o.must(err)
	for day, inPerson := range map[int]bool{6: true, 13: false, 20: true} {
		on := tiepdan.Date{Year: 2026, Month: time.November, Day: day}
		id, err := o.store.AddSession(t.Context(), o.board.Actor(), tiepdan.Session{Kind: tiepdan.Periodic, Status: tiepdan.SessionPublished, Head: head, Starts: on.At(8 * 60), Ends: on.At(11 * 60),
			Place: "Phòng tiếp dân Mẫu", Presides: "Lãnh đạo Mẫu 1", Delegated: !inPerson, Why: "Đi công tác"})
		o.must(err)
		if day == 20 {
			continue // is never opened
		}
		for _, st := range []tiepdan.SessionStatus{tiepdan.SessionOpen, tiepdan.SessionHeld} {
			_, err = o.store.ChangeSession(t.Context(), o.board.Actor(), id, func(d tiepdan.Session) (tiepdan.Session, error) {
				d.Status, d.Receiver, d.InPerson = st, "Cán bộ Mẫu", inPerson
				return d, nil
			})
			o.must(err)
		}
	}
	o.set(tiepdan.Date{Year: 2026, Month: time.December, Day: 2}.At(9 * 60))
	got := o.leader.get("/reports/duty" + november)
	if l := got.line("11/2026"); !strings.Contains(l, "2 3 1 1 1 0 1") {
		t.Errorf("the month: %s", l)
	}
	if !strings.Contains(got.text(".duty-sum"), "Thiếu 1 ngày") || !strings.Contains(got.text(".rules"), rule.Source) {
		t.Errorf("%s %s", got.text(".duty-sum"), got.text(".rules"))
	}
	if got := o.leader.get("/reports/duty?from=2026-10-01&until=2026-12-31"); len(got.all(".duty-head tbody tr")) != 3 || !strings.Contains(got.text(".span-now"), "Quý IV/2026") {
		t.Errorf("the quarter: %s", got.text("main"))
	}
	if got := o.leader.get(got.value(".head-acts a", "href")); got.status != http.StatusOK {
		t.Errorf("the sheet: %d", got.status)
	}
}

func TestAttendanceByUnit(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	all, err := o.store.Attendance(t.Context(), o.session.ID)
	o.must(err)
	for _, a := range all {
		switch a.Unit {
		case o.head.Unit:
			a.Came = o.day.At(8*60 + 12)
		case o.other.Unit:
			a.Absent = "Bận họp"
		default:
			continue
		}
		o.must(o.store.SaveAttendance(t.Context(), o.desk.Actor(), a))
	}
	got := o.leader.get("/reports/attendance" + november)
	mt, xd := unitName(o, o.head.Unit), unitName(o, o.other.Unit)
	if l := got.line(mt); !strings.Contains(l, "1 1 0 1 12 0") {
		t.Errorf("the late unit: %s", l)
	}
	if l := got.line(xd); !strings.Contains(l, "1 0 0 0 0 1") {
		t.Errorf("the absent unit: %s", l)
	}
	one := o.leader.get("/reports/attendance" + november + "&unit=" + id(o.other.Unit))
	if text := one.text("#sessions"); !strings.Contains(text, "04/11/2026") || !strings.Contains(text, "Bận họp") || strings.Contains(text, "Muộn") {
		t.Errorf("its sessions: %s", text)
	}
}

func unitName(o *aftermath, id int64) string {
	rules, err := o.store.Rules(o.t.Context())
	o.must(err)
	u, _ := rules.Unit(id)
	return u.Name
}

func TestDirectionsByUnit(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	first := o.issue(t).path
	o.issue(t, "task", "Việc mẫu thứ hai.", "due", o.day.Add(1).String())
	o.head.does(t, first, "report", "text", "Xong.")
	o.leader.does(t, first, "accept")
	o.set(o.day.Add(5).At(9 * 60))
	got := o.leader.get("/reports/directives" + november)
	if l := got.line(unitName(o, o.head.Unit)); !strings.Contains(l, "2 1 1 0 1 1 0 0 100%") {
		t.Errorf("%s", l)
	}
	list := o.leader.get(got.value("tbody th a", "href"))
	if len(list.all("a.row")) != 2 || !list.has("tr.late") {
		t.Errorf("the list behind it: %s", list.text("main"))
	}
	for _, a := range got.all(".head-acts a") {
		if paper := o.leader.get(value(a, "href")); paper.status != http.StatusOK || !strings.Contains(paper.body, "from=2026-11-01&until=2026-12-01") {
			t.Errorf("%s: %d %s", value(a, "href"), paper.status, paper.body)
		}
	}
}

// TestAfterPagesInABrowser opens each page wide and narrow, and walks a conclusion
// and a direction.
func TestAfterPagesInABrowser(t *testing.T) {
	t.Parallel()
	o := newAftermath(t)
	c := o.file(tiepdan.PhanAnh, "Một phản ánh mẫu, đủ dài để gửi")
	b := o.browse(t)
	b.signIn(o.desk)
	b.open(o.conclusion())
	b.shot("conclusion-none")
	b.press("form[action$='/draft'] button", ".flash", "Đã soạn")
	b.types(map[string]string{"#unit-1": id(o.head.Unit), "#task-1": "Dọn rác ở ngõ mẫu một, báo cáo kết quả bằng văn bản.", "#due-1": o.day.Add(7).String()})
	b.shot("conclusion-draft")
	b.press("button[value=submit]", ".flash", "Đã trình")
	lead := o.browse(t)
	lead.signIn(o.leader)
	lead.open(o.conclusion())
	lead.shot("conclusion-submitted")
	lead.press("form[action$='/approve'] button", ".flash", "Đã duyệt")
	lead.shot("conclusion-approved")
	lead.open("/directives/new?case=" + string(c.Code))
	lead.types(map[string]string{"#f-task": "Kiểm tra phản ánh mẫu và trả lời công dân.", "#f-unit": id(o.head.Unit), "#f-due": o.day.Add(9).String()})
	lead.shot("directive-new")
	lead.press("form[action='/directives'] button", ".flash", "Đã giao việc")
	unit := o.browse(t)
	unit.signIn(o.head)
	unit.open("/directives")
	unit.shot("directives-unit")
	unit.open("/directives/2")
	unit.press("#act-take button", ".flash", "Đã nhận việc")
	unit.types(map[string]string{"#act-report-text": "Đã kiểm tra, đã trả lời công dân."})
	unit.press("#act-report button", ".flash", "Đã báo kết quả")
	lead.open("/directives/2")
	lead.shot("directive-reported")
	lead.open(path(c))
	lead.shot("case-directions")
	o.reportShots(lead)
	for _, b := range []*tab{b, lead, unit} {
		b.fine()
	}
}

func (o *aftermath) reportShots(b *tab) {
	b.t.Helper()
	_, err := o.store.SaveHead(b.t.Context(), o.board.Actor(), tiepdan.Head{Name: "Lãnh đạo Mẫu 1", Title: "Chủ tịch Ủy ban nhân dân", Duty: tiepdan.DutyRules()[0].ID, Active: true})
	o.must(err)
	o.issue(b.t, "task", "Việc mẫu sắp quá hạn.", "due", o.day.String())
	o.set(o.day.Add(3).At(9 * 60))
	storetest.Unit(b.t, o.store, "XD")
	unit := "&unit=" + id(o.head.Unit)
	for name, path := range map[string]string{"conclusions": "/conclusions", "directives": "/directives", "report-receptions": "/reports/receptions", "report-duty": "/reports/duty?span=quarter",
		"report-attendance": "/reports/attendance?span=quarter" + unit, "report-directives": "/reports/directives", "report-empty": "/reports/attendance?from=2020-01-01&until=2020-02-01"} {
		b.open(path)
		b.shot(name)
	}
}
