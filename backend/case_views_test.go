package backend_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"tiepdan"
)

func TestFiltersCombineAndAreTakenAwayOneByOne(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	s.file(tiepdan.KienNghi, "Đề nghị mở đường vào khu tái định cư", func(p *tiepdan.Petition) { p.Field, p.Place = "dat_dai", "P2" })
	s.file(tiepdan.KienNghi, "Đề nghị làm lại vỉa hè", func(p *tiepdan.Petition) { p.Field, p.Place = "dat_dai", "P1" })
	secret := s.file(tiepdan.ToCao, "Sai phạm đất đai ở khu tái định cư", func(p *tiepdan.Petition) { p.Field, p.Place = "dat_dai", "P2" })
	for query, want := range map[string]int{
		"field=dat_dai": 2, "field=dat_dai&place=P2": 1, "q=tai+dinh+cu": 1, "q=phuong+mau+2": 1, "status=group:open": 3, "status=group:answered": 0,
		"accepted=no": 3, "accepted=yes": 0, "round=2": 0, "urgent=1": 0, "from=2020-01-01": 3, "to=2020-01-01": 0, "due=overdue": 0,
		"q=" + string(secret.Code[5:]): 1, "order=oldest": 3, "order=due&view=all": 3,
		"kind=nothing&unit=99999&officer=x&from=yesterday&due=-1&round=7&field=gone&place=nowhere&status=sleeping": 3,
	} {
		if got := desk.get("/cases?" + query); len(got.all("a.row")) != want || got.status != http.StatusOK {
			t.Errorf("%s finds %d (%d), want %d", query, len(got.all("a.row")), got.status, want)
		}
	}
	got := desk.get("/cases?field=dat_dai&place=P2")
	if n := len(got.all(".chip")); n != 2 {
		t.Fatalf("%d parts are shown", n)
	}
	if got = desk.get(got.value(".chip a", "href")); len(got.all(".chip")) != 1 {
		t.Errorf("without one, %d parts are shown", len(got.all(".chip")))
	}
	if !desk.get("/cases?kind=nothing").has(".ignored") {
		t.Error("what was ignored isn't said")
	}
}

func TestASavedFilterIsSharedBegunWithAndSurvivesWhatItNames(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, other, officer := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.Officer, "XD", false)
	s.file(tiepdan.KienNghi, "Đề nghị mở đường vào khu tái định cư", func(p *tiepdan.Petition) { p.Field = "dat_dai" })
	s.file(tiepdan.PhanAnh, "Ống nước vỡ ở ngách 3")
	got := head.post("/case-views", "name", "  Kiến nghị   đất đai ", "shared", "office", "query", "kind=kien_nghi&field=dat_dai&unit=777&evil=1&after=x")
	if got.text("h1") != "Kiến nghị đất đai" || len(got.all("a.row")) != 1 || !got.has(".ignored") {
		t.Fatalf("saved, it shows %q with %d cases", got.text("h1"), len(got.all("a.row")))
	}
	list := other.get("/cases")
	if !strings.Contains(list.text(".saved"), "Kiến nghị đất đai 1") {
		t.Errorf("another has %q", list.text(".saved"))
	}
	if !strings.Contains(officer.get("/cases").text(".saved"), "Kiến nghị đất đai 0") {
		t.Error("an officer's count is of what they see")
	}
	id := strings.TrimPrefix(list.value(".saved a", "href"), "/cases?saved=")
	other.post("/case-views/"+id+"/first", "x", "1")
	if got := other.get("/cases"); got.text("h1") != "Kiến nghị đất đai" || len(got.all("a.row")) != 1 {
		t.Errorf("the list begins with %q", got.text("h1"))
	}
	if got := other.get("/cases?view=all"); len(got.all("a.row")) != 2 {
		t.Error("nothing else is reached any more")
	}
	for who, tries := range map[*person]string{other: "/case-views/" + id, officer: "/case-views/" + id + "/delete"} {
		if got := who.post(tries, "name", "Của tôi"); got.status != http.StatusNotFound {
			t.Errorf("%s answers another's change with %d", tries, got.status)
		}
	}
	if got := head.post("/case-views", "name", "Kiến nghị đất đai", "query", "q=x"); got.status != http.StatusConflict || !got.has(".said") {
		t.Errorf("a name that is taken: %d", got.status)
	}
	if got := officer.post("/case-views", "name", "Cả cơ quan", "shared", "office"); got.status != http.StatusForbidden {
		t.Errorf("an officer shares with the office: %d", got.status)
	}
	head.post("/case-views/"+id, "name", "Đất đai", "shared", "")
	if other.get("/cases").text("h1") == "Kiến nghị đất đai" {
		t.Error("what isn't shared any more is still begun with")
	}
	head.post("/case-views/"+id+"/delete", "x", "1")
	if got := head.get("/case-views"); !got.has(".empty") {
		t.Error("it isn't deleted")
	}
}

func TestAListIsTakenAwayAsTheReaderMaySeeIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	s.file(tiepdan.PhanAnh, "Ống nước vỡ ở ngách 3")
	secret := s.file(tiepdan.ToCao, "Sai phạm của một người")
	got := desk.get("/cases.xlsx?view=all")
	if !strings.Contains(got.body, "Ống nước vỡ") || !strings.Contains(got.body, string(secret.Code)) || strings.Contains(got.body, "Sai phạm") {
		t.Errorf("the list holds %q", got.body)
	}
	var n int
	if err := s.store.Pool().QueryRow(t.Context(), `SELECT count(*) FROM audit WHERE action = 'export_cases' AND actor_staff = $1`, desk.ID).Scan(&n); err != nil || n != 1 {
		t.Errorf("%d audit rows, %v", n, err)
	}
}

func TestTheListIsWorkedByKeys(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	for i := range 3 {
		s.file(tiepdan.PhanAnh, fmt.Sprintf("Ống nước vỡ ở ngách %d, đường Mẫu", i))
	}
	b := s.browse(t)
	b.signIn(desk)
	desk.post("/case-views", "name", "Khiếu nại đất đai quá hạn", "shared", "office", "query", "kind=khieu_nai&field=dat_dai&due=overdue")
	b.open("/cases?kind=phan_anh&field=moi_truong&q=ngach")
	b.shot("cases-filtered")
	b.do(chromedp.Click(".filters summary"))
	b.shot("cases-form")
	b.do(chromedp.KeyEvent("j"), chromedp.KeyEvent("\r"))
	b.shows("h1", "TD")
	b.open("/case-views")
	b.shot("case-views")
	b.fine()
}
