package backend_test

import (
	"net/http"
	"strings"
	"testing"

	"tiepdan"
)

func TestPersonWhoIsEnteredAtTwoDesksIsOneCase(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, other, d := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.BoardHead, "", false), s.reception(true)
	a := s.booked(d, "Người Dân Mẫu 1")
	ref, _ := p.calls(d, a)
	second := other.get(desk(d)+"?at="+id(a.ID)).value("#entry input[name=ref]", "value")
	form := []string{"kind", "kien_nghi", "field", "dat_dai", "signed", "1", "result", "taken_in"}
	if status, v := p.enters(desk(d)+"/entry", named(ref, a, form...)...); status != http.StatusOK {
		t.Fatalf("%d %+v", status, v)
	}
	if status, v := other.enters(desk(d)+"/entry", named(second, a, form...)...); status != http.StatusConflict || v.Said == "" {
		t.Errorf("the second desk is told %d %+v", status, v)
	}
	if c := s.taken(); len(s.entries(t)) != 1 || s.entries(t)[0].Case != c.ID { // taken fails where there are two
		t.Errorf("%+v", s.entries(t))
	}
	if status, _ := p.enters(desk(d)+"/entry", named(ref, a, form...)...); status != http.StatusOK {
		t.Errorf("the first, sent again, is told %d", status)
	}
}

func TestCorrectionThatComesTooLateFilesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	a := s.booked(d, "Người Dân Mẫu 1")
	ref, _ := p.calls(d, a)
	p.enters(desk(d)+"/entry", named(ref, a, "kind", "kien_nghi", "result", "settled")...)
	path := "/book/" + id(s.entries(t)[0].ID)
	if status, v := p.enters(path, named(ref, a, "kind", "kien_nghi", "result", "settled", "why", "Ghi sót", "expected", "1")...); status != http.StatusOK {
		t.Fatalf("%d %+v", status, v)
	}
	late := named(ref, a, "kind", "kien_nghi", "field", "dat_dai", "signed", "1", "result", "taken_in", "why", "Đã nhận đơn", "expected", "1")
	if status, v := p.enters(path, late...); status != http.StatusConflict {
		t.Errorf("it is told %d %+v", status, v)
	}
	by := tiepdan.Actor{Role: tiepdan.BoardHead, Cleared: true}
	if lines, _, err := s.store.Cases(t.Context(), tiepdan.CaseFilter{By: by}); err != nil || len(lines) != 0 {
		t.Errorf("%d cases, %v", len(lines), err)
	}
}

func TestCaseOfADenouncerAtTheDeskDoesNotNameThemInItsWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	a := s.booked(d, "Người Dân Mẫu Kín")
	ref, _ := p.calls(d, a)
	_, v := p.enters(desk(d)+"/entry", "ref", ref, "appointment", id(a.ID), "kind", "to_cao", "field", "dat_dai", "people", "1", "result", "taken_in",
		"content", "Ông người dân mẫu kín trình bày một việc sai phạm mẫu")
	if v.Where == "" {
		t.Fatal(v.Said)
	}
	c := s.taken()
	for _, words := range []string{c.Text, c.History[0].Text} {
		if strings.Contains(words, "mẫu kín") || !strings.Contains(words, "sai phạm mẫu") {
			t.Errorf("the case says %q", words)
		}
	}
	if !c.Person.IsZero() {
		t.Errorf("the case keeps %+v", c.Person)
	}
}
