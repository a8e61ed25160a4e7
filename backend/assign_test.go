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

// rule adds a routing rule that is in use.
func (s *site) rule(r tiepdan.RoutingRule) tiepdan.RoutingRule {
	s.t.Helper()
	r.Active = true
	id, err := s.store.SaveRoutingRule(s.t.Context(), tiepdan.Actor{Role: tiepdan.System}, r)
	if err != nil {
		s.t.Fatal(err)
	}
	r.ID = id
	return r
}

// leave puts somebody on leave from today on.
func (s *site) leave(who, substitute int64, days int) {
	s.t.Helper()
	today := tiepdan.DateOf(time.Now())
	_, err := s.store.SaveLeave(s.t.Context(), tiepdan.Actor{Role: tiepdan.System},
		tiepdan.Leave{Staff: who, From: today, Until: today.Add(days), Substitute: substitute})
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestARuleFillsInTheFormAndIsRemembered(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	officer := s.hire(tiepdan.Officer, "XD", false)
	xd := storetest.Unit(t, s.store, "XD")
	rule := s.rule(tiepdan.RoutingRule{Name: "Rác về Xây dựng", Words: []string{"rác thải"}, Unit: xd, Rotate: true})
	c, other := s.file(tiepdan.PhanAnh, "Bãi rác thải bốc mùi"), s.file(tiepdan.PhanAnh, "Một bãi rác thải khác bốc mùi")
	got := head.get(path(c))
	if !got.has("#act-assign-unit option[selected]") || got.value("#act-assign input[name=rule]", "value") != fmt.Sprint(rule.ID) ||
		!strings.Contains(got.text("#act-assign"), "Rác về Xây dựng") {
		t.Errorf("the form: %s", got.text("#act-assign"))
	}
	got = head.post(path(c)+"/act", "do", "assign", "ref", "a", "unit", fmt.Sprint(xd), "officer", "-1", "rule", fmt.Sprint(rule.ID))
	if text := got.text(".history"); !strings.Contains(text, "Rác về Xây dựng") || !strings.Contains(text, "có “rác thải”") || !strings.Contains(text, officer.Name) {
		t.Errorf("the history: %s", text)
	}
	head.post(path(other)+"/act", "do", "assign", "ref", "b", "unit", fmt.Sprint(storetest.Unit(t, s.store, "MT")), "rule", fmt.Sprint(rule.ID))
	kept, err := s.store.Case(t.Context(), other.ID)
	if last := kept.History[len(kept.History)-1]; err != nil || last.Details.Rule != 0 || last.Do != tiepdan.Assign {
		t.Errorf("what went elsewhere than the rule says: %+v, %v", last, err)
	}
}

func TestACaseIsGivenOutByItself(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, desk := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Receptionist, "", false)
	officer := s.hire(tiepdan.Officer, "MT", false)
	s.rule(tiepdan.RoutingRule{Name: "Chỉ gợi ý", Words: []string{"gợi ý"}, Unit: officer.Unit})
	s.rule(tiepdan.RoutingRule{Name: "Môi trường", Fields: []string{"moi_truong"}, Kinds: []tiepdan.Kind{tiepdan.PhanAnh}, Unit: officer.Unit, Rotate: true, Auto: true})
	c := s.file(tiepdan.PhanAnh, "Khói đốt đồng dày đặc")
	if c.Status != tiepdan.Assigned || c.Officer != officer.ID {
		t.Errorf("filed: %s with %d", c.Status, c.Officer)
	}
	if text := head.get(path(c)).text(".history"); !strings.Contains(text, "“Môi trường”") {
		t.Errorf("the history: %s", text)
	}
	if c = s.file(tiepdan.PhanAnh, "Một gợi ý mẫu về cây xanh"); c.Unit != 0 {
		t.Errorf("what a rule only proposes went to %d", c.Unit)
	}
	c = s.file(tiepdan.KienNghi, "Xin trồng thêm cây xanh")
	got := desk.post(path(c)+"/act", "do", "classify", "kind", "phan_anh", "field", "moi_truong", "ref", "a")
	if kept, _ := s.store.Case(t.Context(), c.ID); kept.Officer != officer.ID {
		t.Errorf("classified: with %d; %s", kept.Officer, got.text(".said"))
	}
}

func TestWhoIsOnLeaveIsAskedAbout(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	officer, colleague := s.staff(tiepdan.Officer, "MT", false), s.staff(tiepdan.Officer, "MT", false)
	s.leave(officer.ID, colleague.ID, 3)
	c := s.file(tiepdan.PhanAnh, "Khói đốt đồng dày đặc")
	if text := head.get(path(c)).text("#act-assign-officer"); !strings.Contains(text, "nghỉ đến") || !strings.Contains(text, "thay: "+colleague.Name) {
		t.Errorf("the choice says: %s", text)
	}
	to := []string{"do", "assign", "ref", "a", "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)}
	got := head.post(path(c)+"/act", to...)
	if got.status != http.StatusUnprocessableEntity || !got.has("#act-assign input[name=away]") {
		t.Errorf("without asking: %d, %s", got.status, got.text("#act-assign"))
	}
	if got = head.post(path(c)+"/act", append(to, "away", "1")...); got.status != http.StatusOK {
		t.Errorf("asked: %d", got.status)
	}
	// The substitute takes it, and the history says in whose place.
	if got = colleague.get("/inbox"); !got.has("a.row[href=" + path(c) + "]") {
		t.Errorf("the substitute's inbox: %s", got.text("main"))
	}
	colleague.post(path(c)+"/act", "do", "take", "ref", "b")
	got = colleague.get(path(c))
	if text := got.text(".history"); !strings.Contains(text, "thay cho "+officer.Name) || !strings.Contains(text, colleague.Name) {
		t.Errorf("the history: %s", text)
	}
}
