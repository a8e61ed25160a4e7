package backend_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestRulesAndLeavesInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.sampleCases(t)
	head := s.hire(tiepdan.BoardHead, "", true)
	a, b := s.hire(tiepdan.Officer, "MT", false), s.hire(tiepdan.Officer, "MT", false)
	s.sampleRules(t, a.Staff)
	today := tiepdan.DateOf(time.Now())
	for _, l := range []tiepdan.Leave{{Staff: a.ID, From: today.Add(-1), Until: today.Add(4), Substitute: b.ID, Note: "Họp ở thành phố"},
		{Staff: head.ID, From: today.Add(9), Until: today.Add(9)}} {
		if _, err := s.store.SaveLeave(t.Context(), head.Actor(), l); err != nil {
			t.Fatal(err)
		}
	}
	desk := s.browse(t)
	desk.signIn(head)
	for name, where := range map[string]string{"routing": "/routing", "routing-new": "/routing/new", "routing-try": "/routing/try",
		"leaves": "/leaves", "leave-new": "/leaves/new", "routing-rule": "/routing/1"} {
		desk.open(where)
		desk.shot(name)
	}
	desk.fine()
	mine := s.browse(t)
	mine.signIn(b)
	mine.open("/leaves")
	mine.shows(".notice", a.Name)
	mine.shot("leaves-substitute")
	mine.fine()
}

// sampleRules are three routing rules, one of them off.
func (s *site) sampleRules(t *testing.T, officer tiepdan.Staff) {
	t.Helper()
	mt, xd := storetest.Unit(t, s.store, "MT"), storetest.Unit(t, s.store, "XD")
	for _, r := range []tiepdan.RoutingRule{
		{Name: "Rác thải và thoát nước", Kinds: []tiepdan.Kind{tiepdan.PhanAnh, tiepdan.KienNghi}, Words: []string{"rác thải", "thoát nước", "ngập"}, Unit: mt, Rotate: true, Auto: true, Active: true},
		{Name: "Đất đai ở Phường Mẫu 1", Fields: []string{"dat_dai"}, Places: []string{"P1"}, Unit: xd, Active: true},
		{Name: "Môi trường, thử nghiệm", Fields: []string{"moi_truong"}, Unit: mt, Officer: officer.ID},
	} {
		if _, err := s.store.SaveRoutingRule(t.Context(), tiepdan.Actor{Role: tiepdan.System}, r); err != nil {
			t.Fatal(err)
		}
	}
}

func TestHelpersTheBarredAndManyCasesInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.hire(tiepdan.BoardHead, "", true), s.hire(tiepdan.Officer, "MT", false)
	named := s.hire(tiepdan.Officer, "XD", false)
	c := s.given("Cống thoát nước bị lấn chiếm trước cổng trường", officer.Staff, func(p *tiepdan.Petition) { p.Respondent = "Ông " + named.Name })
	s.file(tiepdan.PhanAnh, "Bãi rác thải bốc mùi đã nhiều ngày")
	_, _, err := s.store.UpdateCase(t.Context(), c.ID, tiepdan.Act{Do: tiepdan.Involve, By: head.Actor(), At: time.Now(), Text: "Cho biết ranh giới thửa đất",
		Details: tiepdan.Details{Unit: storetest.Unit(t, s.store, "P1"), Until: tiepdan.DateOf(time.Now()).Add(5)}}.Apply)
	if err != nil {
		t.Fatal(err)
	}
	desk := s.browse(t)
	desk.signIn(head)
	desk.open(path(c))
	desk.shows(".bars .notice", named.Name)
	desk.shot("case-together")
	desk.open("/inbox")
	desk.do(chromedp.Click("input.pick"))
	desk.shows("[data-chosen]", "1")
	desk.shot("inbox-chosen")
	desk.do(chromedp.Click(`#bulk button[value="assign"]`))
	desk.shows("h1", "Giao nhiều hồ sơ")
	desk.shot("bulk")
	desk.fine()
}
