package backend_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"

	"tiepdan"
)

// asClassified are the fields of a classification beside its kind.
func asClassified(kind tiepdan.Kind, pairs ...string) []string {
	return append([]string{"kind", string(kind), "field", "dat_dai", "place", ""}, pairs...)
}

// leads reports whether one of the links leads to where the part is named.
func (p page) leads(selector, part string) bool {
	return slices.ContainsFunc(p.all(selector), func(n *html.Node) bool { return strings.Contains(value(n, "href"), part) })
}

// boxes counts the boxes of a name that are ticked.
func (p page) boxes(name string) (n int) {
	for _, box := range p.all("input[name=" + name + "]") {
		if slices.ContainsFunc(box.Attr, func(a html.Attribute) bool { return a.Key == "checked" }) {
			n++
		}
	}
	return n
}

func (s *site) status(c tiepdan.Case) tiepdan.Status {
	s.t.Helper()
	now, err := s.store.Case(s.t.Context(), c.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return now.Status
}

func TestAComplaintForAnotherBodyIsGuidedOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	c := s.file(tiepdan.KhieuNai, "Khiếu nại quyết định thu hồi đất số 5")
	if got := head.get(path(c)); !got.leads(".suggest a", "do=classify") {
		t.Error("a new petition isn't suggested to be classified")
	}
	head.act(c, tiepdan.Classify, asClassified(tiepdan.KhieuNai, "eligible", "yes", "competent", "no", "authority", "administrative")...).did(t)
	got := head.get(path(c))
	if text := got.text(".classed"); !strings.Contains(text, "Không thuộc thẩm quyền") || !strings.Contains(text, "Cơ quan hành chính") {
		t.Errorf("the page tells of its class %q", text)
	}
	if got.has(".acting form") {
		t.Error("a form stands open where the law suggests an outcome")
	}
	way := got.value(`.suggest a.primary`, "href")
	form := head.get(strings.SplitN(way, "#", 2)[0])
	if form.value("#act-guide-ground option[selected]", "value") != "guide.not_competent" || !strings.Contains(form.text("#act-guide-reason"), "không thuộc thẩm quyền") {
		t.Errorf("%s opens %q with %q", way, form.value("#act-guide-ground option[selected]", "value"), form.text("#act-guide-reason"))
	}
	head.act(c, tiepdan.GuideCitizen, "ground", "guide.not_competent", "reason", "Xin gửi Sở Mẫu.", "body", "Sở Mẫu").did(t)
	if steps := head.get(path(c)).text(".steps"); !strings.Contains(steps, "Thông tư 05/2021/TT-TTCP, Mẫu số 02") {
		t.Errorf("the history has no ground: %s", steps)
	}
	head.act(c, tiepdan.Reopen, "reason", "Xem lại").did(t)
	again := head.get(path(c))
	if again.has("#do-guide") || !again.leads(".suggest a", "ground=file.guided_before") {
		t.Error("guidance is offered a second time, or filing away isn't suggested")
	}
	if got := head.post(path(c)+"/act", "do", "guide", "ref", "cu", "ground", "guide.not_competent", "reason", "Lần nữa"); got.status != http.StatusConflict || !got.has(".acting .said") {
		t.Errorf("an old form guides it again: %d", got.status)
	}
}

func TestAcceptanceWantsEachConditionLookedAt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	c := s.file(tiepdan.KhieuNai, "Khiếu nại quyết định thu hồi đất số 5")
	form := head.get(path(c) + "?do=accept")
	boxes := form.all("input[name=checked]")
	if len(boxes) != 9 {
		t.Fatalf("%d bars of article 11", len(boxes))
	}
	some := head.post(path(c)+"/act", "do", "accept", "ref", "1", "checked", value(boxes[0], "value"), "document", "1/TB")
	if some.status != http.StatusUnprocessableEntity || !strings.Contains(some.text(".said"), "8") || some.boxes("checked") != 1 {
		t.Errorf("one of nine: %d, %s", some.status, some.text(".said"))
	}
	head.act(c, tiepdan.Accept, "document", "1/TB").did(t)
	if steps := head.get(path(c)).text(".steps"); !strings.Contains(steps, "9 mục") {
		t.Errorf("the history doesn't say what was looked at: %s", steps)
	}
	if bare := s.file(tiepdan.PhanAnh, "Đèn đường hỏng ở ngõ mẫu"); head.get(path(bare) + "?do=accept").has("input[name=checked]") {
		t.Error("a report has conditions of its own")
	}
}

func TestOutcomesAreTheDecidersAndNameTheirGround(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk, head := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.BoardHead, "", false)
	c := s.file(tiepdan.PhanAnh, "Gửi nhiều nơi về việc mẫu")
	bad := desk.act(c, tiepdan.Classify, asClassified(tiepdan.PhanAnh, "eligible", "yes", "lacks", "date")...)
	if bad.status != http.StatusUnprocessableEntity || bad.boxes("lacks") != 1 {
		t.Errorf("it fulfils the conditions and lacks one: %d", bad.status)
	}
	if bad := desk.act(c, tiepdan.Classify, asClassified(tiepdan.PhanAnh, "people", "nhiều")...); bad.status == http.StatusOK {
		t.Error("any number of people")
	}
	desk.act(c, tiepdan.Classify, asClassified(tiepdan.PhanAnh, "eligible", "yes")...).did(t)
	desk.act(c, tiepdan.Classify, asClassified(tiepdan.PhanAnh, "eligible", "no", "lacks", "sent_to_competent")...).did(t)
	got := desk.get(path(c))
	if text := got.text(".suggest-other"); !strings.Contains(text, "Lưu đơn") || got.has("#do-file_away") {
		t.Errorf("a receptionist isn't told who decides: %q", text)
	}
	if steps := got.text(".steps"); !strings.Contains(steps, "Đủ điều kiện → Không đủ điều kiện") {
		t.Errorf("the history doesn't say what changed: %s", steps)
	}
	if got := desk.post(path(c)+"/act", "do", "file_away", "ref", "1", "reason", "x"); got.status != http.StatusForbidden {
		t.Errorf("a receptionist files it away: %d", got.status)
	}
	if got := head.act(c, tiepdan.FileAway, "ground", "", "reason", "Không căn cứ"); got.status != http.StatusUnprocessableEntity || got.text("#act-file_away-reason") != "Không căn cứ" {
		t.Errorf("no ground: %d", got.status)
	}
	for range 2 {
		head.post(path(c)+"/act", "do", "file_away", "ref", "mot-lan", "ground", "file.sent_to_several", "reason", "Đã gửi nhiều nơi").did(t)
	}
	if n := s.status(c); n != tiepdan.FiledAway {
		t.Errorf("it is %s", n)
	}
}

func TestATransferWaitsForItsReply(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, auditor := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Auditor, "", false)
	c := s.file(tiepdan.KienNghi, "Kiến nghị mở thêm tuyến buýt mẫu")
	head.act(c, tiepdan.Transfer, "body", "Sở Giao thông Mẫu", "reason", "Không thuộc thẩm quyền", "document", "5/PC").did(t)
	row := head.get("/transfers").text("table.follow")
	if !strings.Contains(row, "Sở Giao thông Mẫu") || !strings.Contains(row, "5/PC") || !strings.Contains(row, "Chưa") {
		t.Errorf("the list has %q", row)
	}
	head.act(c, tiepdan.Urge, "reason", "Công văn đôn đốc số 9").did(t)
	if row := auditor.get("/transfers"); !strings.Contains(row.text("table.follow"), "1 lần") || row.leads("a", "do=urge") {
		t.Errorf("an auditor reads %q", row.text("table.follow"))
	}
	head.act(c, tiepdan.RecordReply, "text", "Đã bố trí tuyến mẫu").did(t)
	if got := head.get("/transfers"); got.has("table.follow") || head.get(path(c)).has("#do-urge") {
		t.Error("what was replied to still waits")
	}
}

func TestWhatIsKeptIsDestroyedAfterItsYearOnly(t *testing.T) {
	t.Parallel()
	var later atomic.Int64
	s := newSiteAt(t, func() time.Time { return time.Now().Add(time.Duration(later.Load())) })
	head := s.staff(tiepdan.BoardHead, "", false)
	c := s.file(tiepdan.PhanAnh, "Lời mẫu sẽ được tiêu hủy")
	head.act(c, tiepdan.FileAway, "ground", "file.ineligible", "reason", "Không đủ điều kiện").did(t)
	if got := head.post(path(c)+"/act", "do", "destroy", "ref", "1", "reason", "Quyết định 1", "certain", "1"); got.status != http.StatusUnprocessableEntity || got.text("#act-destroy-reason") != "Quyết định 1" {
		t.Errorf("within its year: %d, with %q", got.status, got.text("#act-destroy-reason"))
	}
	day := tiepdan.DateOf(time.Now()).AddMonths(12).Add(1)
	from := fmt.Sprintf("%02d/%02d/%d", day.Day, day.Month, day.Year)
	if page := head.get(path(c) + "?do=destroy"); page.has("a#do-destroy") || page.has("#act-destroy") || !strings.Contains(page.text("#do-destroy"), "từ ngày "+from) {
		t.Errorf("within its year it offers %q", page.text("#do-destroy"))
	}
	if row := head.get("/stored"); !strings.Contains(row.text("table.follow"), "Đơn không đủ điều kiện xử lý") || row.has(".notice") {
		t.Errorf("the list has %q", row.text("table.follow"))
	}
	later.Store(int64(400 * 24 * time.Hour))
	head.post("/sign-in", "login", head.Login, "password", head.password)
	if !head.get(path(c)).has("#suggest a") {
		t.Error("its year is over and nothing offers to destroy it")
	}
	if got := head.get("/stored"); !got.has(".follow a.danger") || !got.has(".notice") {
		t.Error("what is over doesn't stand out")
	}
	if got := head.act(c, tiepdan.Destroy, "reason", "Quyết định 1"); got.status != http.StatusUnprocessableEntity || got.text("#act-destroy-reason") != "Quyết định 1" {
		t.Errorf("unasked: %d", got.status)
	}
	head.act(c, tiepdan.Destroy, "reason", "Quyết định 1", "document", "17/QĐ", "certain", "1").did(t)
	if page := head.get(path(c)); !strings.Contains(page.text("section.content"), "đã được hủy lúc") || !strings.Contains(page.text("section.content"), "theo quyết định số 17/QĐ: Quyết định 1") ||
		strings.Contains(page.body, "không nêu tên") ||
		strings.Contains(page.body, "/directives/new") || strings.Contains(page.body, path(c)+"/block") || strings.Contains(page.body, path(c)+"/papers/") {
		t.Error("the page of what was destroyed asks for what isn't there, or says that nobody gave a name")
	}
	got := head.get(path(c))
	if talk := got.text("section.thread"); got.has("article.bubble") || !strings.Contains(talk, "đã được tiêu hủy cùng") || strings.Contains(talk, "Đã hủy gửi") {
		t.Errorf("of a talk that is gone the page shows %q", talk)
	}
	if strings.Contains(got.body, "Lời mẫu") || strings.Contains(got.body, "Không đủ điều kiện") || !strings.Contains(got.text(".steps"), "Quyết định 1") {
		t.Error("the destroyed case still has its words")
	}
}

func TestSettingsOfAnswersAndAreas(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	admin := s.staff(tiepdan.Administrator, "", false)
	kind := []string{"mode", "prepare", "approval", "1", "target", "0", "written", "1"}
	if bad := admin.post("/kinds/khieu_nai", append(kind, "chain1", "citizen")...); bad.status != http.StatusUnprocessableEntity {
		t.Errorf("a citizen judges answers: %d", bad.status)
	}
	admin.post("/kinds/khieu_nai", append(kind, "chain1", "unit_head", "chain3", "leader")...)
	if k := s.rules().Kind(tiepdan.KhieuNai); !k.Written || len(k.Chain) != 2 || k.Chain[1] != tiepdan.Leader {
		t.Errorf("%+v", k)
	}
	if got := admin.get("/kinds"); got.value("#chain2-khieu_nai option[selected]", "value") != "leader" || got.boxes("written") != 2 {
		t.Error("the chain isn't shown as it was saved")
	}
	admin.post("/units", "code", "XA9", "name", "Xã Mẫu 9", "ward", "1", "remote", "1", "active", "1")
	if u, ok := s.rules().Ward("XA9"); !ok || !u.Remote {
		t.Errorf("%+v", u)
	}
	if got := admin.get("/periods").text("#grounds"); !strings.Contains(got, "Luật Tố cáo 25/2018/QH14, Điều 25(1)") || !strings.Contains(got, "chưa xác nhận") {
		t.Error("the grounds aren't shown with their sources")
	}
}

func TestTheClockOfASuspendedCaseIsSaidToRest(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	c := s.file(tiepdan.KhieuNai, "Khiếu nại quyết định thu hồi đất số 5")
	s.did(c, tiepdan.Act{Do: tiepdan.Assign, By: head.Actor(), Details: tiepdan.Details{Unit: 1}}, tiepdan.Act{Do: tiepdan.Accept, By: head.Actor()})
	if got := head.get(path(c)).text(".case-line"); strings.Contains(got, "tạm ngừng") {
		t.Errorf("a running clock: %q", got)
	}
	head.act(c, tiepdan.Suspend, "ground", "complaint.other_result", "reason", "Chờ kết quả giám định mẫu").did(t)
	head.act(c, tiepdan.Note, "text", "Ghi chú mẫu").did(t)
	since := tiepdan.DateOf(time.Now())
	want := fmt.Sprintf("đang tạm ngừng tính thời hạn, từ ngày %02d/%02d/%d", since.Day, since.Month, since.Year)
	if got := head.get(path(c)).text(".case-line"); !strings.Contains(got, want) {
		t.Errorf("suspended: %q, want %q", got, want)
	}
	if got := head.get("/cases?view=all").text("table.cases .c-due"); got != "đang tạm ngừng tính thời hạn" {
		t.Errorf("in the list: %q", got)
	}
}
