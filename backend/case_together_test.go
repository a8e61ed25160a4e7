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

// given is a case that a unit's officer works on.
func (s *site) given(text string, officer tiepdan.Staff, change ...func(*tiepdan.Petition)) tiepdan.Case {
	s.t.Helper()
	c := s.file(tiepdan.PhanAnh, text, change...)
	c, _, err := s.store.UpdateCase(s.t.Context(), c.ID, tiepdan.Act{Do: tiepdan.Assign, By: tiepdan.Actor{Role: tiepdan.BoardHead, Cleared: true},
		At: time.Now(), Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.ID}}.Apply)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func TestAnotherUnitHelpsByADateOfItsOwn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	lead, officer := s.staff(tiepdan.UnitHead, "MT", false), s.staff(tiepdan.Officer, "MT", false)
	helper, stranger := s.staff(tiepdan.Officer, "XD", false), s.staff(tiepdan.Officer, "XD", false)
	c := s.given("Cống thoát nước bị lấn chiếm", officer.Staff)
	if got := helper.get(path(c)); got.status != http.StatusNotFound {
		t.Fatalf("before being asked: %d", got.status)
	}
	due := tiepdan.DateOf(time.Now()).Add(5)
	ask := []string{"do", "involve", "ref", "a", "unit", fmt.Sprint(helper.Unit), "officer", fmt.Sprint(helper.ID), "until", due.String()}
	got := lead.post(path(c)+"/act", append(ask, "text", "")...)
	if got.status != http.StatusUnprocessableEntity || !got.has("#act-involve[open] .said") {
		t.Errorf("without a task: %d, %s", got.status, got.text(".help"))
	}
	lead.post(path(c)+"/act", append(ask, "text", "Cho biết ranh giới thửa đất")...)
	if text := lead.get(path(c)).text(".help"); !strings.Contains(text, helper.Name) || !strings.Contains(text, due.Time().Format("02/01/2006")) {
		t.Errorf("the panel: %s", text)
	}
	if got = helper.get("/cases"); !got.has("a.row[href=" + path(c) + "]") {
		t.Errorf("the helper's list: %s", got.text("main"))
	}
	if got = stranger.get(path(c)); got.status != http.StatusNotFound {
		t.Errorf("a colleague of the helper's: %d", got.status)
	}
	got = helper.get(path(c))
	if !got.has("#act-contribute") || got.has("#act-answer") || got.has("#act-assign") {
		t.Errorf("the helper may: %s", got.text(".acting"))
	}
	helper.post(path(c)+"/act", "do", "contribute", "ref", "b", "text", "Ranh giới theo bản đồ mẫu số 1")
	got = officer.get(path(c))
	if text := got.text(".help"); !strings.Contains(text, "xong ngày") {
		t.Errorf("the panel: %s", text)
	}
	if !strings.Contains(got.text(".from-internal"), "bản đồ mẫu số 1") {
		t.Errorf("the talk: %s", got.text(".thread"))
	}
	lead.post(path(c)+"/act", "do", "involve", "ref", "c", "unit", fmt.Sprint(storetest.Unit(t, s.store, "P1")), "text", "Xác nhận nơi ở")
	got = lead.post(path(c)+"/act", "do", "release", "ref", "d", "unit", fmt.Sprint(storetest.Unit(t, s.store, "P1")))
	if text := got.text(".help"); strings.Contains(text, "Xác nhận nơi ở") {
		t.Errorf("released: %s", text)
	}
}

// Whom a case is about sees nothing of it by any road.
func TestWhomACaseIsAboutSeesNothingOfIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.staff(tiepdan.Receptionist, "", false)
	about := s.staff(tiepdan.BoardHead, "", true)
	unitHead := s.staff(tiepdan.UnitHead, "XD", true)
	photo := s.files.put("anh.png", []byte("ảnh mẫu"))
	c := s.file(tiepdan.PhanAnh, "Một việc rất lạ kỳ về người này", func(p *tiepdan.Petition) {
		p.Respondent = "Ông " + about.Name + ", Trưởng ban"
		p.Files = []tiepdan.Attachment{photo}
	})
	if text := desk.get(path(c)).text(".bars .notice"); !strings.Contains(text, about.Name) {
		t.Errorf("the suggestion: %s", text)
	}
	if got := about.get(path(c)); got.status != http.StatusOK {
		t.Fatalf("before: %d", got.status)
	}
	got := desk.post(path(c)+"/act", "do", "bar", "ref", "a", "reason", "Được nêu tên trong đơn", "who", "s"+fmt.Sprint(about.ID), "who", "u"+fmt.Sprint(unitHead.Unit))
	if text := got.text(".bars"); !strings.Contains(text, about.Name) || !strings.Contains(text, "Phòng Xây dựng Mẫu") || got.has(".bars .notice") {
		t.Errorf("kept away: %s", text)
	}
	for _, p := range []*person{about, unitHead} {
		for _, road := range []string{path(c), path(c) + "/files/" + photo.SHA256, path(c) + "/papers/receipt"} {
			if got := p.get(road); got.status != http.StatusNotFound {
				t.Errorf("%s at %s: %d", p.Role, road, got.status)
			}
		}
		for _, list := range []string{"/inbox", "/cases", "/cases?view=all", "/cases?q=l%E1%BA%A1+k%E1%BB%B3", "/cases?q=" + string(c.Code)} {
			if got := p.get(list); got.status != http.StatusOK || got.has("a.row[href="+path(c)+"]") || strings.Contains(got.text("main table"), string(c.Code)) {
				t.Errorf("%s at %s: %d, %s", p.Role, list, got.status, got.text("main"))
			}
		}
	}
	for _, road := range []string{path(c) + "/block", "/intake/" + string(c.Code), "/audit", "/audit?case=" + string(c.Code), "/tasks"} {
		if got := about.get(road); strings.Contains(got.text("main"), string(c.Code)) && got.status == http.StatusOK {
			t.Errorf("they read of it at %s: %s", road, got.text("main"))
		}
	}
	if got := about.get("/"); strings.Contains(got.text("#nav"), "Việc mới 1") {
		t.Errorf("it is counted for them: %s", got.text("#nav"))
	}
	if got := desk.post(path(c)+"/act", "do", "assign", "ref", "b", "unit", fmt.Sprint(unitHead.Unit)); got.status != http.StatusUnprocessableEntity {
		t.Errorf("it can be given to them: %d", got.status)
	}
}
