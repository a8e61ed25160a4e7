package backend_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

// link is a secure page's address for a draft of a sample person.
func (s *site) link(draft string) string {
	s.t.Helper()
	token, err := s.store.SecureLink(s.t.Context(), storetest.Peer(5), draft, time.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	return "/secure/" + token
}

func TestSecurePageWorksOnceAndItsWordsReachTheCase(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, path := s.stranger(), s.link("draft-5")
	if first, second := p.get(path), p.get(path); first.status != http.StatusOK || second.status != http.StatusOK {
		t.Fatalf("looking used the link up: %d, %d", first.status, second.status)
	}
	form := []string{"name", "Người Dân Mẫu 5", "phone", "0900000005", "address", "Số 5, đường Mẫu", "id_number", "000000000005",
		"respondent", "Phòng Mẫu", "respondent_address", "Số 9", "people", "6", "representatives", "Người Dân Mẫu 5\nNgười Dân Mẫu 6"}
	sent := p.post(path, form...)
	if sent.status != http.StatusOK || sent.path != "/secure/sent" || sent.value("a.primary", "href") != "https://t.me/mau_bot" {
		t.Fatalf("%d at %s", sent.status, sent.path)
	}
	for what, got := range map[string]answer{"seen again": p.get(path), "sent again": p.post(path, form...), "unknown": p.get("/secure/khong-co")} {
		if got.status != http.StatusNotFound || got.text("h1") == "" || len(got.all("input[name=name]")) != 0 || strings.Contains(got.body, "Người Dân Mẫu") {
			t.Errorf("%s: %d", what, got.status)
		}
	}
	petition := storetest.Petition(tiepdan.KhieuNai, "Khiếu nại mẫu", func(p *tiepdan.Petition) { p.ID, p.Person, p.Anonymous = "draft-5", tiepdan.Person{Name: "x y"}, false })
	c := storetest.File(t, s.store, petition, storetest.Filing(storetest.Peer(5), time.Now()))
	if c.Person.IDNumber != "000000000005" || c.Respondent != "Phòng Mẫu, Số 9" || c.Group.People != 6 || len(c.Group.Representatives) != 2 {
		t.Errorf("%+v", c)
	}
	for _, word := range []string{"Người Dân", "0900000005", path} {
		if strings.Contains(s.log.String(), word) {
			t.Errorf("the log tells %s", word)
		}
	}
}

func TestSecurePageKeepsWhatWasTypedAndTheLink(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, path := s.stranger(), s.link("draft-6")
	bad := p.post(path, "name", `<img src=x onerror=alert(1)>`, "phone", "khong-phai-so", "people", "6", "representatives", "a\nb\nc\nd")
	if bad.status != http.StatusUnprocessableEntity || bad.value("#f-name", "value") != `<img src=x onerror=alert(1)>` ||
		bad.value("#f-phone", "value") != "khong-phai-so" || len(bad.all("img")) != 0 || len(bad.all("details[open]")) != 1 {
		t.Errorf("%d %s", bad.status, bad.text("form"))
	}
	if got := p.post(path, "name", "Người Dân Mẫu 6"); got.path != "/secure/sent" {
		t.Errorf("the link was used up by a mistake: %s", got.path)
	}
}

func TestSecurePageIsPrivateAndSpeaksTheReadersLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	path := s.link("draft-7")
	got := s.stranger().get(path + "?lang=en")
	for name, want := range map[string]string{"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "X-Frame-Options": "DENY"} {
		if got.header.Get(name) != want {
			t.Errorf("%s: %q", name, got.header.Get(name))
		}
	}
	if html := got.all("html"); value(html[0], "lang") != "en" {
		t.Error("the link asked for English")
	}
	if err := s.store.SaveAccount(t.Context(), storetest.Peer(5), func(a *tiepdan.Account) { a.Language = tiepdan.English }); err != nil {
		t.Fatal(err)
	}
	chat := s.stranger()
	if html := chat.get(path).all("html"); value(html[0], "lang") != "en" {
		t.Error("the chat speaks English")
	}
	chat.post("/language", "language", "vi", "here", path)
	if html := chat.get(path).all("html"); value(html[0], "lang") != "vi" {
		t.Error("the reader chose Vietnamese")
	}
	cross := s.stranger()
	cross.header = map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
	if got := cross.post(path, "name", "Người Dân Mẫu 7"); got.status != http.StatusForbidden {
		t.Errorf("another site sent the form: %d", got.status)
	}
}

func TestExpiredSecureLinkSaysWhatToDo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token, err := s.store.SecureLink(t.Context(), storetest.Peer(5), "draft-8", time.Now().Add(-2*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if got := s.stranger().get("/secure/" + token); got.status != http.StatusNotFound || got.value("a.primary", "href") != "https://t.me/mau_bot" {
		t.Errorf("%d", got.status)
	}
}
