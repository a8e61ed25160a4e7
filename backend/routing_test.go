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

func TestARuleIsWrittenTriedAndMoved(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	unit := fmt.Sprint(storetest.Unit(t, s.store, "MT"))
	other := fmt.Sprint(storetest.Unit(t, s.store, "XD"))
	c := s.file(tiepdan.PhanAnh, "Bãi rác thải bốc mùi đã nhiều ngày")
	s.file(tiepdan.ToCao, "Một tin báo về rác thải và người có trách nhiệm")

	got := head.post("/routing", "name", "Rác", "words", "", "unit", unit, "who", "rotate")
	if got.status != http.StatusUnprocessableEntity || got.value("input[name=name]", "value") != "Rác" {
		t.Errorf("a rule that asks nothing: %d, and its name is %q", got.status, got.value("input[name=name]", "value"))
	}
	got = head.get("/routing/try?draft=0&name=R%C3%A1c&words=rac+thai&who=rotate&unit=" + unit)
	if got.status != http.StatusOK || !strings.Contains(got.text("main"), "Thử trên 1 hồ sơ") || !got.has("a.row[href=/cases/"+string(c.Code)+"]") {
		t.Errorf("the dry run: %d, %s", got.status, got.text("main"))
	}
	if rules, _ := s.store.Rules(t.Context()); len(rules.Routing) != 0 {
		t.Error("the dry run kept the rule")
	}
	for _, r := range [][]string{{"name", "Rác", "words", "rác thải\n\nbốc mùi", "unit", unit, "who", "rotate", "active", "1"},
		{"name", "Đất", "fields", "dat_dai", "unit", other, "who", "head", "auto", "1", "active", "1"}} {
		if got = head.post("/routing", r...); got.path != "/routing" {
			t.Fatalf("saved at %s: %s", got.path, got.text("main"))
		}
	}
	rules, err := s.store.Rules(t.Context())
	if err != nil || len(rules.Routing) != 2 || len(rules.Routing[0].Words) != 2 || !rules.Routing[1].Auto {
		t.Fatalf("kept: %+v, %v", rules.Routing, err)
	}
	got = head.post("/routing/"+fmt.Sprint(rules.Routing[1].ID)+"/move", "where", "up")
	if text := got.text("tbody"); strings.Index(text, "Đất") > strings.Index(text, "Rác") {
		t.Errorf("the order: %s", text)
	}
	if got = s.staff(tiepdan.Officer, "MT", false).get("/routing"); got.status != http.StatusForbidden {
		t.Errorf("an officer at the rules: %d", got.status)
	}
}

// Who keeps the settings and isn't cleared learns nothing of a denunciation by trying rules on it.
func TestTheDryRunTellsNothingOfDenunciations(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.file(tiepdan.ToCao, "Một tin báo về việc làm sai trái")
	q := "/routing/try?draft=0&name=a&kinds=to_cao&who=head&unit=" + fmt.Sprint(storetest.Unit(t, s.store, "MT"))
	for _, p := range []*person{s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Administrator, "", true)} {
		got := p.get(q)
		if !strings.Contains(got.text("main"), "Thử trên 0 hồ sơ") || strings.Contains(got.body, string(c.Code)) {
			t.Errorf("%s: %s", p.Role, got.text("main"))
		}
	}
}

func TestLeaveIsEnteredAndEnded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	officer, colleague := s.staff(tiepdan.Officer, "MT", false), s.staff(tiepdan.Officer, "MT", false)
	today := tiepdan.DateOf(time.Now())
	got := officer.post("/leaves", "staff", fmt.Sprint(colleague.ID), "from", today.String(), "until", today.String(), "note", "việc riêng")
	if got.status != http.StatusForbidden {
		t.Errorf("a colleague's leave: %d", got.status)
	}
	got = officer.post("/leaves", "staff", fmt.Sprint(officer.ID), "from", today.String(), "until", today.Add(-1).String(), "note", "đi công tác")
	if got.status != http.StatusUnprocessableEntity || got.value("input[name=note]", "value") != "đi công tác" {
		t.Errorf("turned days: %d, the note is %q", got.status, got.value("input[name=note]", "value"))
	}
	got = officer.post("/leaves", "staff", fmt.Sprint(officer.ID), "from", today.String(), "until", today.Add(3).String(),
		"substitute", fmt.Sprint(colleague.ID), "note", "đi công tác")
	if got.path != "/leaves" || !strings.Contains(got.text("tbody"), "đi công tác") {
		t.Errorf("at %s: %s", got.path, got.text("main"))
	}
	if got = colleague.get("/leaves"); !strings.Contains(got.text(".notice"), officer.Name) || strings.Contains(got.body, "đi công tác") {
		t.Errorf("the substitute reads: %s", got.text("main"))
	}
	id := leaveOf(t, s)
	if got = colleague.post("/leaves/" + fmt.Sprint(id) + "/end"); got.status != http.StatusForbidden {
		t.Errorf("a colleague ends it: %d", got.status)
	}
	if got = officer.post("/leaves/" + fmt.Sprint(id) + "/end"); got.path != "/leaves" {
		t.Errorf("ended at %s", got.path)
	}
	if got = colleague.get("/leaves"); got.has(".notice") {
		t.Errorf("they still stand in: %s", got.text(".notice"))
	}
}

func leaveOf(t *testing.T, s *site) int64 {
	t.Helper()
	rules, err := s.store.Rules(t.Context())
	if err != nil || len(rules.Leaves) != 1 {
		t.Fatalf("leaves: %v, %v", rules.Leaves, err)
	}
	return rules.Leaves[0].ID
}
