package backend_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tiepdan"
)

func TestBookShowsItsTwelveColumnsAndFindsWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	for i, content := range []string{"Đề nghị mẫu về cây xanh", "Hỏi về bồi thường mẫu"} {
		a := s.booked(d, "Người Dân Mẫu "+id(int64(i)))
		ref, _ := p.calls(d, a)
		p.enters(desk(d)+"/entry", "ref", ref, "appointment", id(a.ID), "name", "Người Dân Mẫu "+id(int64(i)), "people", "1", "kind", "kien_nghi",
			"content", content, "result", "guided", "guided_to", "Sở Mẫu", "again", "1", "prior", "UBND phường Mẫu")
	}
	got := p.get("/book")
	if n := len(got.all(".book tbody tr")); n != 2 || len(got.all(".book tbody td")) != 24 || len(got.all(".book thead th")) != 13 {
		t.Fatalf("%d lines: %s", n, got.text("main"))
	}
	if text := got.text(".b9"); !strings.Contains(text, "Sở Mẫu") || !strings.Contains(got.text(".b7"), "UBND phường Mẫu") {
		t.Errorf("%s", text)
	}
	if found := p.get("/book?words=boi+thuong"); len(found.all(".book tbody tr")) != 1 || !strings.Contains(found.text(".b5"), "bồi thường") {
		t.Errorf("found %s", found.text(".book"))
	}
	if got := p.get("/book?from=2020-01-01&until=2020-01-31"); got.has(".book") || !got.has(".empty") {
		t.Errorf("another year has %s", got.text(".book"))
	}
	for _, wrong := range []string{"?from=2026-05-01&until=2026-04-01", "?from=1990-01-01&until=2026-01-01", "?until=2026-01-01"} {
		if got := p.get("/book" + wrong); got.status != http.StatusUnprocessableEntity || got.text(".said") == "" {
			t.Errorf("%s: %d", wrong, got.status)
		}
	}
}

func TestReportWindowsOfTheBook(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Auditor, "", false)
	today := tiepdan.DateOf(time.Now())
	begins := tiepdan.Date{Year: today.Year, Month: time.December, Day: 15}
	if today.Before(begins) {
		begins.Year--
	}
	for span, last := range map[string]string{"report_3": "-03-14", "report_6": "-06-14", "report_9": "-09-14", "report_12": "-12-14"} {
		got := p.get("/book?span=" + span)
		if from, until := got.value("#f-from", "value"), got.value("#f-until", "value"); from != begins.String() || until != id(int64(begins.Year+1))+last {
			t.Errorf("%s is %s to %s", span, from, until)
		}
		link := ""
		for _, n := range got.all(".head-acts a") {
			if strings.HasPrefix(value(n, "href"), "/book.pdf") {
				link = value(n, "href")
			}
		}
		if paper := p.get(link); !strings.Contains(paper.body, "from="+begins.String()) || paper.status != http.StatusOK {
			t.Errorf("%s: %s is %d", span, link, paper.status)
		}
	}
}

func TestTaskThatIsDoneAlreadyIsNoFault(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Receptionist, "", false)
	s.undelivered(s.file(tiepdan.PhanAnh, "Một phản ánh mẫu, đủ dài để gửi"))
	tasks, err := s.store.Tasks(t.Context(), tiepdan.Actor{Role: tiepdan.System}, true)
	if err != nil || len(tasks) != 1 {
		t.Fatalf("%d tasks, %v", len(tasks), err)
	}
	path := "/tasks/" + id(tasks[0].ID)
	p.post(path, "how", "phone")
	if got := p.post(path, "how", "phone"); got.status != http.StatusOK || !strings.Contains(got.text(".flash"), "xong rồi") {
		t.Errorf("%d %s", got.status, got.text("main"))
	}
}

func TestWhoIsCalledBackStandsAmongTheTasks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(false)
	s.booked(d, "Người Dân Mẫu 5", func(b *tiepdan.Booking) { b.Phone = "0900000005" })
	lead := s.staff(tiepdan.BoardHead, "", true)
	if _, err := s.store.ChangeSession(t.Context(), lead.Actor(), d.ID, func(d tiepdan.Session) (tiepdan.Session, error) {
		d.Status, d.Reason = tiepdan.SessionCancelled, "Họp đột xuất mẫu"
		return d, nil
	}); err != nil {
		t.Fatal(err)
	}
	got := p.get("/tasks")
	if text := got.text(".task"); !strings.Contains(text, "Người Dân Mẫu 5") || !strings.Contains(text, "0900000005") || !strings.Contains(text, "hủy") {
		t.Errorf("%s", text)
	}
}

func TestMineIsATabOfThoseWhoAreGivenCases(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for role, unit := range map[tiepdan.Role]string{tiepdan.Receptionist: "", tiepdan.Leader: "", tiepdan.Officer: "XD", tiepdan.UnitHead: "XD"} {
		if got := s.staff(role, unit, false).get("/cases").has("a[href=/cases?view=mine]"); got != role.InUnit() {
			t.Errorf("%s: %v", role, got)
		}
	}
}
