package backend_test

import (
	"net/http"
	"strings"
	"testing"

	"tiepdan"
)

func TestSomebodyIsCheckedInByWhateverTheyShow(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	a := s.booked(d, "Người Dân Mẫu Một", func(b *tiepdan.Booking) { b.Phone = "0900000001" })
	for name, typed := range map[string]string{"a link to the bot": "https://t.me/mau_bot?start=slip_" + a.Token, "our address": "http://localhost/slip/" + a.Token,
		"the bare token": a.Token, "in the other case": strings.ToUpper(a.Token), "the number": "1", "a number with its sign": "#1",
		"the name without marks": "nguoi mot", "the telephone": "0900 000 001"} {
		got := p.post(desk(d)+"/check-in", "who", typed)
		if got.status != http.StatusOK || got.text(".flash") == "" || !strings.Contains(got.text(".is-next .line-who"), "Người Dân Mẫu Một") {
			t.Errorf("%s: %d %s %s", name, got.status, got.text(".said"), got.text("#queue"))
		}
	}
}

func TestWhoIsNotFoundIsSaidSo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d, other := s.staff(tiepdan.Receptionist, "", false), s.reception(true), s.reception(true)
	s.booked(d, "Người Dân Mẫu 1")
	s.booked(d, "Người Dân Mẫu 2")
	elsewhere := s.booked(other, "Người Dân Mẫu 3")
	for typed, want := range map[string]string{"": "quét phiếu", "nguoi dan": "2 người", "Nguyễn": "Không ai", "12": "Không ai",
		"https://t.me/mau_bot?start=slip_" + elsewhere.Token: "buổi khác", "https://t.me/mau_bot?start=slip_AAAAAAAAAAAAAAAAAAAAAAAAAA": "Không nhận ra"} {
		got := p.post(desk(d)+"/check-in", "who", typed)
		if !strings.Contains(got.text("#queue .said"), want) || got.value("#check-in", "value") != typed {
			t.Errorf("%q: %d %q", typed, got.status, got.text(".said"))
		}
	}
	if n := len(p.post(desk(d)+"/check-in", "who", "nguoi dan").all(".found li")); n != 2 {
		t.Errorf("%d to choose from", n)
	}
}

func TestTheDayFromOpeningToClosing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(false)
	s.booked(d, "Người Dân Mẫu 1")
	early := s.booked(d, "Người Dân Mẫu 2")
	late := s.booked(d, "Người Dân Mẫu 3")
	if got := p.get(desk(d)); !got.has("button[value=open]") || got.has("button[data-key=F4]") {
		t.Fatalf("before it opens: %s", got.text("main"))
	}
	got := p.post(desk(d)+"/session", "do", "open", "receiver", " ")
	if got.status != http.StatusUnprocessableEntity || got.text(".said") == "" {
		t.Errorf("nobody receives: %d", got.status)
	}
	got = p.post(desk(d)+"/session", "do", "open", "receiver", "Lãnh đạo Mẫu 2")
	if !strings.Contains(got.text(".day-top"), "Lãnh đạo Mẫu 2") {
		t.Errorf("the receiver isn't shown: %s", got.text(".day-top"))
	}
	p.post(desk(d)+"/queue", "appointment", id(late.ID), "do", "arrive")
	p.post(desk(d)+"/queue", "appointment", id(early.ID), "do", "arrive")
	got = p.post(desk(d) + "/next")
	if !got.has("#entry") || !strings.Contains(got.text("#h-now"), "Người Dân Mẫu 3") {
		t.Fatalf("called: %s", got.text("#h-now"))
	}
	got = p.post(desk(d)+"/queue", "appointment", id(late.ID), "do", "back")
	if !strings.Contains(got.text(".is-next"), "Người Dân Mẫu 3") {
		t.Errorf("back in the queue, but not next: %s", got.text("#queue"))
	}
	got = p.post(desk(d)+"/queue", "appointment", id(late.ID), "do", "miss")
	if !strings.Contains(got.text(".over-lines"), "không đến") {
		t.Errorf("not missed: %s", got.text(".over-lines"))
	}
	if got = p.post(desk(d)+"/session", "do", "close"); !strings.Contains(got.text(".free"), "3 người hẹn mà không đến") {
		t.Errorf("closed: %s", got.text(".free"))
	}
	if got = p.post(desk(d) + "/next"); got.status != http.StatusConflict {
		t.Errorf("calling after the end: %d", got.status)
	}
}

func TestWalkInIsQueuedOrReceivedAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	page := p.get(desk(d))
	form := []string{"ref", page.value(".walk-in input[name=ref]", "value"), "name", "Người Dân Mẫu 7", "purpose", "Hỏi thủ tục mẫu"}
	p.post(desk(d)+"/walk-in", form...)
	got := p.post(desk(d)+"/walk-in", form...)
	if n := len(got.all(".is-next")); n != 1 || strings.Count(got.text("#queue"), "Người Dân Mẫu 7") != 1 {
		t.Errorf("sent twice: %s", got.text("#queue"))
	}
	got = p.post(desk(d)+"/walk-in", "ref", p.get(desk(d)).value(".walk-in input[name=ref]", "value"), "name", "Người Dân Mẫu 8", "now", "1")
	if !strings.Contains(got.text("#h-now"), "Người Dân Mẫu 8") {
		t.Errorf("received at once: %s", got.text("main"))
	}
	bad := p.post(desk(d)+"/walk-in", "ref", form[1], "name", "Người Dân Mẫu 9", "phone", "abc")
	if bad.status != http.StatusUnprocessableEntity || bad.value("#walk-name", "value") != "Người Dân Mẫu 9" {
		t.Errorf("a wrong telephone: %d %q", bad.status, bad.value("#walk-name", "value"))
	}
}

func TestTwoDesksReceiveTwoPeople(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	one, two, d := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	for _, name := range []string{"Người Dân Mẫu 1", "Người Dân Mẫu 2"} {
		one.post(desk(d)+"/queue", "appointment", id(s.booked(d, name).ID), "do", "arrive")
	}
	one.post(desk(d) + "/next")
	two.post(desk(d) + "/next")
	first, second := one.get(desk(d)), two.get(desk(d))
	if !strings.Contains(first.text("#h-now"), "Mẫu 1") || !strings.Contains(second.text("#h-now"), "Mẫu 2") {
		t.Errorf("%q and %q", first.text("#h-now"), second.text("#h-now"))
	}
	if n := len(first.all(".is-called")); n != 2 || !strings.Contains(first.text(".is-mine"), "bàn này") {
		t.Errorf("the first desk sees %d called: %s", n, first.text("#queue"))
	}
	if third := s.staff(tiepdan.BoardHead, "", true).get(desk(d)); third.has("#entry") || len(third.all(".other-desk a")) != 2 {
		t.Errorf("who called nobody sees %s", third.text(".free"))
	}
}

func TestWhoAttendsIsNotedWithTheHour(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	lines, err := s.store.Attendance(t.Context(), d.ID)
	if err != nil || len(lines) < 2 {
		t.Fatalf("%+v, %v", lines, err)
	}
	p.post(desk(d)+"/attendance", "attendance", id(lines[1].ID), "do", "came")
	got := p.post(desk(d)+"/attendance", "attendance", id(lines[1].ID), "do", "save", "came", "10:00", "left", "09:00")
	if got.status != http.StatusUnprocessableEntity {
		t.Errorf("left before they came: %d", got.status)
	}
	if got = p.post(desk(d)+"/attendance", "do", "add", "who", "Người ngoài Mẫu", "unit", "99999"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("of a unit that isn't there: %d", got.status)
	}
	p.post(desk(d)+"/attendance", "do", "add", "who", "Phó trưởng phòng Mẫu")
	got = p.post(desk(d)+"/attendance", "attendance", id(lines[0].ID), "do", "save", "absent", "Họp đột xuất")
	if text := got.text("#people"); !strings.Contains(text, "Họp đột xuất") || !strings.Contains(text, "Phó trưởng phòng Mẫu ngoài thành phần") {
		t.Errorf("%s", text)
	}
	lines, err = s.store.Attendance(t.Context(), d.ID)
	if err != nil || lines[1].Came.IsZero() {
		t.Errorf("%+v, %v", lines, err)
	}
}

func TestCallerIsGivenAPlaceAndASlip(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(false)
	page := p.get(desk(d) + "/book")
	got := p.post(desk(d)+"/book", "ref", page.value("input[name=ref]", "value"), "name", "Người Dân Mẫu 4", "phone", "0900000004")
	link := got.value(".done a", "href")
	if !strings.Contains(got.text(".done"), "chỗ số 1") || link == "" {
		t.Fatalf("%d %s", got.status, got.text("main"))
	}
	if slip := p.get(link); slip.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("the slip is %s", slip.header.Get("Content-Type"))
	}
	again := p.post(desk(d)+"/book", "ref", p.get(desk(d)+"/book").value("input[name=ref]", "value"), "name", "Người Dân Mẫu 4", "phone", "0900000004")
	if again.status != http.StatusConflict || again.value("#f-name", "value") != "Người Dân Mẫu 4" {
		t.Errorf("a second place: %d", again.status)
	}
}

func TestDeskAndBookAreForWhoMayEnter(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	d := s.reception(true)
	for _, role := range tiepdan.StaffRoles() {
		unit := ""
		if role.InUnit() {
			unit = "XD"
		}
		p := s.staff(role, unit, false)
		for path, area := range map[string]tiepdan.Area{"/desk": tiepdan.DeskArea, "/desk?day=2026-01-05": tiepdan.DeskArea, desk(d): tiepdan.DeskArea,
			desk(d) + "/book": tiepdan.DeskArea, desk(d) + "/dossier": tiepdan.DeskArea, "/book": tiepdan.BookArea, "/book?span=report_6": tiepdan.BookArea} {
			for _, lang := range []string{"vi", "en"} {
				p.post("/language", "language", lang)
				want := http.StatusForbidden
				if role.MayEnter(area) {
					want = http.StatusOK
				}
				if got := p.get(path); got.status != want {
					t.Errorf("%s (%s): GET %s is %d, not %d: %s", role, lang, path, got.status, want, got.text(".said"))
				}
			}
		}
	}
}

func TestWhoAttendsIsListedOnceTheSessionOpens(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(false)
	if got := p.get(desk(d)).text("#people"); !strings.Contains(got, "có khi buổi tiếp mở") || strings.Contains(got, "không mời") {
		t.Errorf("before it opens: %s", got)
	}
}
