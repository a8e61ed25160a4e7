package backend_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tiepdan"
)

func TestTheListIsFilteredSearchedAndPaged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	land := s.file(tiepdan.KienNghi, "Đề nghị mở đường vào khu tái định cư", func(p *tiepdan.Petition) { p.Field, p.Place = "dat_dai", "P2" })
	for i := range 33 {
		s.file(tiepdan.PhanAnh, fmt.Sprintf("Ống nước vỡ ở ngách %d", i))
	}
	got := desk.get("/cases")
	if n := len(got.all("a.row")); n != 30 || !strings.Contains(got.text(".tally"), "34") {
		t.Errorf("the first page has %d, of %q", n, got.text(".tally"))
	}
	next := got.value("a[rel=next]", "href")
	if got = desk.get(next); len(got.all("a.row")) != 4 || got.has("a[rel=next]") {
		t.Errorf("the second page %s has %d", next, len(got.all("a.row")))
	}
	for query, want := range map[string]int{
		"q=tai+dinh+cu": 1, "q=ngach+32": 1, "kind=kien_nghi": 1, "field=dat_dai&place=P2": 1, "field=dat_dai&place=P1": 0,
		"status=received&q=tai": 1, "view=mine": 0, "view=unassigned&kind=kien_nghi": 1, "view=overdue": 0, "status=closed": 0,
	} {
		got := desk.get("/cases?" + query)
		if n := len(got.all("a.row")); n != want || want == 0 && !got.has("div.empty") {
			t.Errorf("%s finds %d, want %d", query, n, want)
		}
	}
	if got := desk.get("/cases?q=" + strings.ToLower(string(land.Code))); got.path != path(land) {
		t.Errorf("a code leads to %s", got.path)
	}
}

func TestEachRoleListsWhatIsTheirs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer, other := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "MT", false), s.staff(tiepdan.UnitHead, "XD", false)
	c := s.file(tiepdan.PhanAnh, "Mùi hôi từ bãi rác tạm")
	s.file(tiepdan.PhanAnh, "Một việc không của ai cả")
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)).did(t)
	for _, tt := range []struct {
		who  *person
		want int
	}{{head, 2}, {officer, 1}, {other, 0}} {
		if n := len(tt.who.get("/cases?view=all").all("a.row")); n != tt.want {
			t.Errorf("%s lists %d, want %d", tt.who.Role, n, tt.want)
		}
	}
	if got := officer.get("/inbox"); len(got.all("a.row")) != 1 || got.text("a[aria-current]") == "" || !strings.Contains(got.text("b.count"), "1") {
		t.Error("the officer's inbox lacks what was given to them")
	}
}

func TestTheInboxIsToldOfANewCase(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/inbox/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := desk.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if typ := res.Header.Get("Content-Type"); typ != "text/event-stream" {
		t.Fatalf("the stream is %s", typ)
	}
	// The first look of the store's counter may come after one filing; not after all of them.
	go func() {
		for ctx.Err() == nil {
			s.store.FileCase(ctx, sample(), filing())
			select {
			case <-time.After(300 * time.Millisecond):
			case <-ctx.Done():
			}
		}
	}()
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		if lines.Text() == "event: changed" {
			return
		}
	}
	t.Errorf("the stream ended: %v", lines.Err())
}

func TestAPartOfAPageAsksForTheWholeWhenSignedOut(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.stranger()
	p.header = map[string]string{"HX-Request": "true"}
	if got := p.get("/inbox"); got.status != http.StatusUnauthorized || got.header.Get("HX-Refresh") != "true" {
		t.Errorf("got %d, %v", got.status, got.header)
	}
}

func TestAListSpeaksTheReadersLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	s.file(tiepdan.KienNghi, "Đề nghị mở đường mẫu", func(p *tiepdan.Petition) { p.Field = "dat_dai" })
	desk.post("/account/language", "language", "en")
	if said := desk.get("/cases").text(".over"); !strings.Contains(said, "Land") || strings.Contains(said, "Đất đai") {
		t.Errorf("an English list names the field %q", said)
	}
}
