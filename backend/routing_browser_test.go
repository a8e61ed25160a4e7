package backend_test

import (
	"testing"
	"time"

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
