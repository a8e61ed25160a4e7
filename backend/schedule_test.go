package backend_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiepdan"
)

func TestScheduleIsForAnybodyAndLeavesNothing(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	draft := s.on(2026, 10, 16)
	p := s.stranger()
	if got := p.get("/schedule"); got.status != http.StatusOK || len(got.all(".s-card")) != 0 {
		t.Fatalf("drafts are shown: %d, %q", got.status, got.text("main"))
	}
	if got := p.get("/schedule/" + draft.Token); got.status != http.StatusNotFound || len(got.all(".open-head")) != 1 {
		t.Errorf("a draft's page: %d", got.status)
	}
	s.publish()
	paths := []string{"/schedule", "/schedule?period=2026-11&kind=periodic", "/schedule.ics", "/schedule/embed?days=30&lang=en",
		"/schedule/" + draft.Token, "/schedule/" + draft.Token + "/session.ics", "/schedule/" + draft.Token + "/qr.png", "/schedule.pdf"}
	for _, path := range paths {
		got := p.get(path)
		if got.status != http.StatusOK || got.header.Get("Set-Cookie") != "" || strings.Contains(got.header.Get("Vary"), "Cookie") {
			t.Errorf("%s: %d, cookie %q", path, got.status, got.header.Get("Set-Cookie"))
		}
		again := s.stranger()
		again.header = map[string]string{"If-None-Match": got.header.Get("ETag")}
		if kept := again.get(path); got.header.Get("ETag") == "" || kept.status != http.StatusNotModified {
			t.Errorf("%s asked again: %d, %q", path, kept.status, got.header.Get("ETag"))
		}
	}
	u, err := url.Parse(s.url)
	if err != nil || len(p.client.Jar.Cookies(u)) != 0 {
		t.Errorf("cookies are kept: %v", err)
	}
}

func TestScheduleTellsWhatComesFirst(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	s.publish()
	s.change(s.on(2026, 11, 16).ID, func(d *tiepdan.Session) {
		d.Status, d.Reason = tiepdan.SessionCancelled, "Người chủ trì đi công tác"
	})
	p := s.stranger()
	got := p.get("/schedule")
	if today := got.text(".s-today"); !strings.Contains(today, "13:00 – 17:00") {
		t.Errorf("today: %q", today)
	}
	if duty := got.text(".s-duty"); strings.Count(duty, "Thứ Hai – Thứ Sáu: 07:30–11:30, 13:00–17:00") != 1 {
		t.Errorf("the regular duty isn't one line: %q", duty)
	}
	moved, gone := s.on(2026, 11, 2), s.on(2026, 11, 16)
	if text := got.text("#n-" + moved.Token); !strings.Contains(text, "Chuyển từ ngày 01/11/2026") || !strings.Contains(text, "còn 10 trong 10 chỗ") {
		t.Errorf("%q", text)
	}
	if text := got.text("#n-" + moved.Token); !strings.Contains(text, "Phòng Xây dựng Mẫu") {
		t.Errorf("who attends? %q", text)
	}
	if text := got.text("#s-" + gone.Token); !strings.Contains(text, "Đã hủy") || !strings.Contains(text, "đi công tác") {
		t.Errorf("%q", text)
	}
	book := "https://t.me/mau_bot?start=book_"
	if !got.has("a.button[href="+book+moved.Token+"]") || got.has("a.button[href="+book+gone.Token+"]") {
		t.Error("who can book what?")
	}
	november := p.get("/schedule?period=2026-11&kind=periodic&lang=en")
	if november.value("html", "lang") != "en" || len(november.all("li[id=s-"+moved.Token+"]")) != 1 || november.has("li[id=s-"+s.on(2026, 12, 1).Token+"]") || november.has(".s-duty") {
		t.Errorf("%q", november.text("main"))
	}
	for path, status := range map[string]int{"/schedule?period=2026-13": 422, "/schedule?kind=party": 422, "/schedule?unit=99999": 422, "/schedule?period=2031-01": 404,
		"/schedule/embed?days=0": 422, "/schedule/embed?days=9999": 422, "/schedule/none": 404, "/schedule/%00": 404, "/schedule/%FF/qr.png": 404} {
		if got := p.get(path); got.status != status {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}

func TestFeedIsForCalendarsAndChangesItsMark(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	s.publish()
	p := s.stranger()
	got := p.get("/schedule.ics?kind=periodic")
	if got.header.Get("Content-Type") != "text/calendar; charset=utf-8" || got.header.Get("Cache-Control") != "public, max-age=300" || got.header.Get("Last-Modified") == "" {
		t.Errorf("%v", got.header)
	}
	for _, part := range []string{"from=2026-07-01", "until=2027-11-01", "kind=periodic"} {
		if !strings.Contains(got.body, part) {
			t.Errorf("the window lacks %s: %s", part, got.body)
		}
	}
	s.change(s.on(2026, 12, 1).ID, func(d *tiepdan.Session) { d.Status, d.Reason = tiepdan.SessionCancelled, "Mẫu" })
	p.header = map[string]string{"If-None-Match": got.header.Get("ETag")}
	if again := p.get("/schedule.ics?kind=periodic"); again.status != http.StatusOK {
		t.Errorf("a cancelled session doesn't show: %d", again.status)
	}
}

func TestEmbeddedScheduleMayBeFramedAndDoNothing(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	s.publish()
	got := s.stranger().get("/schedule/embed")
	policy := got.header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "frame-ancestors *") || !strings.Contains(policy, "default-src 'none'") || got.header.Get("X-Frame-Options") != "" {
		t.Errorf("%v", got.header)
	}
	if got.has("script") || got.has("form") || len(got.all("p.day")) != 3 {
		t.Errorf("%d sessions, %q", len(got.all("p.day")), got.text("body"))
	}
	if plain := s.stranger().get("/schedule"); plain.header.Get("X-Frame-Options") != "DENY" {
		t.Error("the page itself may be framed")
	}
}
