package backend_test

import (
	"net/http"
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/backend"
	"tiepdan/templates"
)

func TestSigningInLeadsWhereOneWanted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.hire(tiepdan.Receptionist, "", false)
	got := p.get("/cases?view=all")
	if got.path != "/sign-in?next=%2Fcases%3Fview%3Dall" {
		t.Fatalf("a stranger is led to %s", got.path)
	}
	got = p.post("/sign-in", "login", p.Login, "password", p.password, "next", got.value("input[name=next]", "value"))
	if got.status != http.StatusOK || got.path != "/cases?view=all" {
		t.Errorf("got %d at %s", got.status, got.path)
	}
	if !strings.Contains(got.text("a.me-name"), p.Name) {
		t.Errorf("the page names %q", got.text("a.me-name"))
	}
	if got = p.get("/"); got.path != "/inbox" {
		t.Errorf("home is %s", got.path)
	}
	if got = p.post("/sign-out"); got.path != "/sign-in" {
		t.Errorf("signing out leads to %s", got.path)
	}
	if got = p.get("/inbox"); !strings.HasPrefix(got.path, "/sign-in") {
		t.Errorf("after signing out %s opens", got.path)
	}
}

func TestNextLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, next := range []string{"https://example.com/", "//example.com", `/\example.com`, "/a\r\nX: y", "javascript:alert(1)"} {
		p := s.hire(tiepdan.Receptionist, "", false)
		if got := p.post("/sign-in", "login", p.Login, "password", p.password, "next", next); got.path != "/inbox" {
			t.Errorf("%q leads to %s", next, got.path)
		}
	}
}

func TestAWrongSignInSaysNotWhatWasWrong(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.hire(tiepdan.Officer, "MT", false)
	wrong := p.post("/sign-in", "login", p.Login, "password", "khong phai")
	nobody := p.post("/sign-in", "login", "khong.co.ai", "password", "khong phai")
	if wrong.status != http.StatusUnprocessableEntity || wrong.text(".said") == "" || wrong.text(".said") != nobody.text(".said") {
		t.Errorf("got %d %q and %q", wrong.status, wrong.text(".said"), nobody.text(".said"))
	}
	if wrong.value("input[name=login]", "value") != p.Login || strings.Contains(wrong.body, "khong phai") {
		t.Error("the login isn't kept, or the password is")
	}
}

func TestSignInsAreThrottled(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.hire(tiepdan.Leader, "", false)
	for range 6 {
		p.post("/sign-in", "login", p.Login, "password", "sai")
	}
	if got := p.post("/sign-in", "login", p.Login, "password", p.password); got.status != http.StatusTooManyRequests {
		t.Errorf("after six wrong tries the right one answers %d", got.status)
	}
	if other := s.staff(tiepdan.Leader, "", false); other.get("/inbox").status != http.StatusOK {
		t.Error("somebody else can't sign in")
	}
}

func TestRightSignInsArentCounted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.hire(tiepdan.Leader, "", false)
	for range 12 {
		if got := p.post("/sign-in", "login", p.Login, "password", p.password); got.status != http.StatusOK {
			t.Fatalf("a right sign-in answers %d", got.status)
		}
	}
}

func TestADisabledOrChangedPersonIsOutAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	system := tiepdan.Actor{Role: tiepdan.System}
	p := s.staff(tiepdan.Receptionist, "", false)
	if err := s.store.DisableStaff(t.Context(), system, p.ID, true); err != nil {
		t.Fatal(err)
	}
	if got := p.get("/inbox"); !strings.HasPrefix(got.path, "/sign-in") {
		t.Errorf("somebody disabled gets %s", got.path)
	}
	q := s.staff(tiepdan.Receptionist, "", false)
	other := s.stranger()
	other.post("/sign-in", "login", q.Login, "password", q.password)
	got := q.post("/account/password", "old", q.password, "new", "một câu dài dễ nhớ", "again", "một câu dài dễ nhớ")
	if got.status != http.StatusOK || got.text(".flash") == "" {
		t.Fatalf("changing the password: %d %s", got.status, got.text(".said"))
	}
	if got := other.get("/inbox"); !strings.HasPrefix(got.path, "/sign-in") {
		t.Errorf("after the password changed, the other browser gets %s", got.path)
	}
	if got := q.get("/inbox"); got.path != "/inbox" {
		t.Errorf("after the password changed, the browser it was changed in gets %s", got.path)
	}
}

func TestAPasswordIsChangedByItsOwnerOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Auditor, "", false)
	for name, form := range map[string][]string{
		"a wrong old one": {"old", "sai", "new", "một câu dài dễ nhớ", "again", "một câu dài dễ nhớ"},
		"two new ones":    {"old", p.password, "new", "một câu dài dễ nhớ", "again", "một câu dài khác"},
		"a short one":     {"old", p.password, "new", "ngắn", "again", "ngắn"},
	} {
		if got := p.post("/account/password", form...); got.status != http.StatusUnprocessableEntity || got.text(".said") == "" {
			t.Errorf("%s: %d %q", name, got.status, got.text(".said"))
		}
	}
}

func TestAForeignSiteCantPost(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Receptionist, "", false)
	p.header = map[string]string{"Sec-Fetch-Site": "cross-site"}
	if got := p.post("/sign-out"); got.status != http.StatusForbidden {
		t.Errorf("a post from elsewhere answers %d", got.status)
	}
	p.header = map[string]string{"Origin": "https://example.com"}
	if got := p.post("/sign-out"); got.status != http.StatusForbidden {
		t.Errorf("a post from elsewhere answers %d", got.status)
	}
	p.header = nil
	if got := p.get("/inbox"); got.path != "/inbox" {
		t.Error("it signed out all the same")
	}
}

func TestEveryRouteAdmitsItsRolesOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	people := map[tiepdan.Role]*person{}
	for _, role := range tiepdan.StaffRoles() {
		unit := ""
		if role == tiepdan.UnitHead || role == tiepdan.Officer {
			unit = "MT"
		}
		people[role] = s.staff(role, unit, false)
		people[role].client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	nobody := s.stranger()
	nobody.client.CheckRedirect = people[tiepdan.Leader].client.CheckRedirect
	for _, r := range backend.Routes() {
		if r.Pattern == "/sign-out" || r.Pattern == "/inbox/live" || len(r.Roles) == 0 {
			continue
		}
		path := strings.NewReplacer("{code}", "TD26-0000-0000", "{sha}", strings.Repeat("a", 64), "{kind}", "receipt", "{$}", "",
			"{id}", "0", "{day}", "2026-01-01", "{token}", "x").Replace(r.Pattern)
		ask := func(p *person) int {
			if r.Method == http.MethodGet {
				return p.get(path).status
			}
			return p.post(path).status
		}
		if got := nobody.header; got != nil {
			t.Fatal("the stranger has headers")
		}
		if status := ask(nobody); status != http.StatusSeeOther {
			t.Errorf("%s %s answers a stranger %d", r.Method, r.Pattern, status)
		}
		for role, p := range people {
			may := false
			for _, have := range r.Roles {
				may = may || have == role
			}
			if status := ask(p); !may && status != http.StatusForbidden || may && status == http.StatusForbidden || status >= 500 {
				t.Errorf("%s %s answers %s %d", r.Method, r.Pattern, role, status)
			}
		}
	}
	if log := s.log.String(); log != "" {
		t.Errorf("the log has %s", log)
	}
}

func TestThePagesSpeakBothLanguages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Receptionist, "", false)
	if got := p.get("/khong-co"); got.status != http.StatusNotFound || got.value("html", "lang") != "vi" ||
		got.text("h1") != "Không tìm thấy" {
		t.Errorf("got %d %q", got.status, got.text("h1"))
	}
	if got := p.post("/language", "language", "en", "here", "/khong-co"); got.status != http.StatusNotFound ||
		got.value("html", "lang") != "en" || got.text("h1") != "Not found" {
		t.Errorf("got %d %q", got.status, got.text("h1"))
	}
	if got := p.post("/account/language", "language", "vi"); got.value("html", "lang") != "vi" {
		t.Error("the account's language changes nothing")
	}
}

func TestNoPageRunsForeignScript(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	got := s.stranger().get("/sign-in")
	csp := got.header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'self'") || strings.Contains(csp, "unsafe") || got.header.Get("X-Frame-Options") != "DENY" {
		t.Errorf("the policy is %q", csp)
	}
	for _, name := range []string{"app.css", "app.js", "fonts.css", "htmx.min.js", "icon.svg"} {
		if got := s.stranger().get("/static/" + name + "?v=" + templates.StaticVersion()); got.status != http.StatusOK ||
			!strings.Contains(got.header.Get("Cache-Control"), "max-age") {
			t.Errorf("%s: %d, %q", name, got.status, got.header.Get("Cache-Control"))
		}
	}
}
