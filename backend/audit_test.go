package backend_test

import (
	"strings"
	"testing"

	"tiepdan"
)

// A deed on a booking says of which session it was, when and where; a bare number
// tells a reader nothing.
func TestTheAuditLogNamesWhatWasDoneTo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	by, head := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.BoardHead, "", false)
	auditor, admin := s.staff(tiepdan.Auditor, "", false), s.staff(tiepdan.Administrator, "", false)
	d := s.reception(true)
	a := s.booked(d, "Người Dân Mẫu 1")
	by.post(desk(d)+"/queue", "appointment", id(a.ID), "do", "arrive")
	when, session := d.Starts.In(tiepdan.Hanoi).Format("15:04, 02/01/2006"), "/sessions/"+id(d.ID)
	row := func(p *person, action string) (text, href string) {
		got := p.get("/audit?action=" + action)
		cells := got.all("table.list tbody td")
		if len(cells) != 5 {
			t.Fatalf("%s is shown in %d cells", action, len(cells))
		}
		return page{cells[3]}.text("a") + " " + page{cells[3]}.text("span.sub"), page{cells[3]}.value("a", "href")
	}
	for _, action := range []string{"book", "check_in"} {
		for _, p := range []*person{head, auditor} {
			if text, href := row(p, action); text != "Lượt hẹn buổi tiếp "+when+" "+d.Place || href != session {
				t.Errorf("%s to a %s: %q at %q", action, p.Role, text, href)
			}
		}
		if _, href := row(admin, action); href != "" || !strings.Contains(admin.get("/audit?action="+action).text("table.list tbody"), when) {
			t.Errorf("who may not open a session is led to %q", href)
		}
		if text := head.get("/audit?action=" + action).text("table.list tbody"); strings.Contains(text, "số") {
			t.Errorf("%s has a bare number: %s", action, text)
		}
	}
	if text := auditor.get("/audit").text("table.list tbody"); !strings.Contains(text, "Buổi tiếp "+when) {
		t.Errorf("a deed on a session: %s", text)
	}
}
