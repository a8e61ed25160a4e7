package backend_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
	"tiepdan/templates"
)

func TestUndeliveredMessageBecomesATaskThatIsDoneByHand(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, auditor := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.Auditor, "", false)
	c := s.file(tiepdan.PhanAnh, "Một phản ánh mẫu, đủ dài để gửi")
	s.undelivered(c)
	page := p.get("/tasks")
	if !strings.Contains(page.text("article"), string(c.Code)) || len(page.all("a[href=/cases/"+string(c.Code)+"]")) != 1 {
		t.Fatalf("%s", page.text("main"))
	}
	if seen := auditor.get("/tasks"); len(seen.all("article")) != 1 || len(seen.all("textarea")) != 0 {
		t.Error("a reader is offered to change something")
	}
	action := ""
	for _, f := range page.all("form") {
		if strings.HasPrefix(value(f, "action"), "/tasks/") {
			action = value(f, "action")
		}
	}
	bad := p.post(action, "note", "Đã gọi <b>hai</b> lần")
	if bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.body, "Đã gọi &lt;b&gt;hai&lt;/b&gt; lần") {
		t.Errorf("%d", bad.status)
	}
	if got := p.post(action, "how", "phone", "note", "Đã gọi"); got.status != http.StatusOK || len(got.all("article")) != 0 {
		t.Errorf("%d", got.status)
	}
	if twice := p.post(action, "how", "phone"); !strings.Contains(twice.text(".flash"), "đã có người làm xong") {
		t.Errorf("twice: %d %s", twice.status, twice.text("main"))
	}
	if done := p.get("/tasks?view=done"); !strings.Contains(done.text("article"), p.Name) {
		t.Errorf("who did it isn't shown: %s", done.text("article"))
	}
}

func TestAccountsAreBlockedFromTheirCase(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	peer := storetest.Peer(4)
	c := storetest.File(t, s.store, sample(), storetest.Filing(peer, time.Now()))
	path := "/cases/" + string(c.Code) + "/block"
	if links := head.get("/cases/" + string(c.Code)).all("a[href=" + path + "]"); len(links) != 1 {
		t.Error("the case's page doesn't lead there")
	}
	if bad := head.post(path, "reason", " "); bad.status != http.StatusUnprocessableEntity {
		t.Errorf("without a reason: %d", bad.status)
	}
	head.post(path, "reason", "Gửi tin <quấy rối>")
	if a, err := s.store.Account(t.Context(), peer); err != nil || !a.Blocked {
		t.Fatalf("%+v, %v", a, err)
	}
	if list := head.get("/blocks"); len(list.all("a[href=/cases/"+string(c.Code)+"]")) != 1 || !strings.Contains(list.text("table"), "Gửi tin <quấy rối>") || strings.Contains(list.body, peer.ID) {
		t.Errorf("%s", list.text("main"))
	}
	head.post(path, "off", "1")
	if a, err := s.store.Account(t.Context(), peer); err != nil || a.Blocked {
		t.Errorf("%+v, %v", a, err)
	}
	if none := head.get("/cases/TD26-0000-0000/block"); none.status != http.StatusNotFound {
		t.Errorf("a case that isn't there: %d", none.status)
	}
}

func TestAuditLogShowsDeedsAndItsChain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	auditor, head := s.staff(tiepdan.Auditor, "", false), s.staff(tiepdan.BoardHead, "", false)
	if _, err := s.store.SealAudit(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := s.file(tiepdan.PhanAnh, "Một phản ánh mẫu, đủ dài để gửi")
	head.post("/cases/"+string(c.Code)+"/block", "reason", "Lý do mẫu")
	all := auditor.get("/audit")
	if len(all.all(".tone-on")) == 0 || len(all.all(".tone-unconfirmed")) == 0 || strings.Contains(all.body, "Lý do mẫu") {
		t.Errorf("%s", all.text("table"))
	}
	one := auditor.get("/audit?action=block_account&staff=" + id(head.ID) + "&code=" + string(c.Code))
	if rows := one.all("tr"); len(rows) != 2 || !strings.Contains(one.text("tbody"), head.Name) {
		t.Errorf("%d rows: %s", len(rows), one.text("tbody"))
	}
	if none := auditor.get("/audit?from=2020-01-01&to=2020-01-02"); len(none.all("td")) != 0 {
		t.Error("the days don't narrow")
	}
	if check := auditor.get("/audit/check"); check.status != http.StatusOK || len(check.all(".said")) != 0 {
		t.Errorf("%d", check.status)
	}
	for range 5 {
		auditor.get("/audit/check")
	}
	if check := auditor.get("/audit/check"); check.status != http.StatusTooManyRequests {
		t.Errorf("checks without end: %d", check.status)
	}
}

// facts are those that audit rows hold, as the store writes them.
var facts = regexp.MustCompile(`facts\{("[a-z_]+":[^{}]*)\}`)

func TestEveryFactOfTheAuditLogHasWords(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../store/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range facts.FindAllStringSubmatch(string(source), -1) {
			for _, name := range regexp.MustCompile(`"([a-z_]+)":`).FindAllStringSubmatch(m[1], -1) {
				found++
				for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
					if key := "page.audit.fact_" + name[1]; name[1] != "entry" && !templates.Messages(lang).Has(key) {
						t.Errorf("%s: %s has no words for %s", lang, key, file)
					}
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d were found", found)
	}
}

func TestAuditLogOfAKindHasNoWordOfAProgram(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	admin := s.staff(tiepdan.Administrator, "", false)
	admin.post("/kinds/khieu_nai", "mode", "prepare", "approval", "1", "target", "30", "chain", "unit_head leader", "written", "1")
	row := admin.get("/audit?action=save_kind").text("tbody")
	for _, word := range []string{"unit_head", "[", "chain", "written", "true", "nil"} {
		if row == "" || strings.Contains(row, word) {
			t.Errorf("%q in %q", word, row)
		}
	}
}
