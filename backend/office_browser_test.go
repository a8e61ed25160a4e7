package backend_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tiepdan"
	"tiepdan/store/storetest"
)

// TestOfficePagesInABrowser opens each page wide and narrow: nothing stands out at
// the side, no policy is broken.
func TestOfficePagesInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", true)
	officer := s.hire(tiepdan.Officer, "XD", false)
	c := s.file(tiepdan.PhanAnh, "Một phản ánh mẫu, đủ dài để gửi")
	s.join(head, officer)
	s.undelivered(c)
	if err := s.store.BlockCaseAccount(t.Context(), head.Actor(), s.file(tiepdan.PhanAnh, "Một phản ánh mẫu khác").ID, "Gửi tin quấy rối nhiều lần", false); err != nil {
		t.Fatal(err)
	}
	b := s.browse(t)
	b.signIn(head)
	for name, path := range map[string]string{"people": "/people", "person": "/people/" + id(officer.ID), "disable": "/people/" + id(officer.ID) + "/disable",
		"joins": "/joins", "units": "/units", "fields": "/fields", "field": "/fields/dat_dai", "kinds": "/kinds", "holidays": "/holidays?year=2026",
		"office": "/office", "periods": "/periods", "tasks": "/tasks", "blocks": "/blocks", "block": "/cases/" + string(c.Code) + "/block",
		"audit": "/audit", "audit-check": "/audit/check", "intake": "/intake",
		"intake-complaint": "/intake?kind=khieu_nai", "intake-denunciation": "/intake?kind=to_cao"} {
		b.open(path)
		b.shot(name)
	}
	b.fine()
}

func TestWalkInIsRegisteredInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.hire(tiepdan.Receptionist, "", false)
	b := s.browse(t)
	b.signIn(p)
	b.open("/intake")
	b.do(chromedp.Click(`a[href="/intake?kind=khieu_nai"]`), chromedp.WaitVisible("#f-content"),
		chromedp.SetValue("#f-field", "dat_dai"), chromedp.SendKeys("#f-content", "Khiếu nại mẫu về một quyết định mẫu"),
		chromedp.SendKeys("#f-name", "Người Dân Mẫu 1"), chromedp.SendKeys("#f-id_number", "123"),
		chromedp.SendKeys("#f-respondent", "Phòng Mẫu"), chromedp.Click("form.intake button.primary"))
	b.shows(".said", "hộ chiếu")
	name, err := chromedp.Run(b.ctx, chromedp.Value("#f-name"))
	if err != nil || name != "Người Dân Mẫu 1" {
		t.Errorf("the name was lost: %q, %v", name, err)
	}
	b.shot("intake-again")
	b.do(chromedp.Clear("#f-id_number"), chromedp.Click("form.intake button.primary"))
	b.shows("h1", "Đã đăng ký")
	b.shot("taken-in")
	lines, _, err := s.store.Cases(t.Context(), tiepdan.CaseFilter{By: p.Actor()})
	if err != nil || len(lines) != 1 || lines[0].Kind != tiepdan.KhieuNai {
		t.Errorf("%+v, %v", lines, err)
	}
	b.fine()
}

func TestInvitationInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.hire(tiepdan.BoardHead, "", false), s.hire(tiepdan.Officer, "XD", false)
	b := s.browse(t)
	b.signIn(head)
	b.open("/people/" + id(officer.ID))
	b.do(chromedp.Click(`form[action$="/invite"] button`), chromedp.WaitVisible("svg.qr"))
	b.shot("invitation")
	link, err := chromedp.Run(b.ctx, chromedp.Value("#link"))
	if err != nil {
		t.Fatal(err)
	}
	token, ok := strings.CutPrefix(link, "https://t.me/mau_bot?start=join_")
	if !ok {
		t.Fatalf("the link is no deep link")
	}
	if _, err := s.store.Join(t.Context(), token, storetest.Peer(9), time.Now()); err != nil {
		t.Fatal(err)
	}
	b.open("/joins")
	b.do(chromedp.Click(`button[value="confirm"]`))
	b.shows(".flash", "Đã xác nhận")
	if st, ok, err := s.store.StaffByPeer(t.Context(), storetest.Peer(9)); err != nil || !ok || st.ID != officer.ID {
		t.Errorf("%+v, %v, %v", st, ok, err)
	}
	b.open("/people/" + id(officer.ID))
	b.do(chromedp.Click(`form[action$="/password"] button`), chromedp.WaitVisible(".secret"))
	b.shot("password")
	b.fine()
}

func TestSecurePageInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token, err := s.store.SecureLink(t.Context(), storetest.Peer(3), "draft-1", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	b := s.browse(t)
	b.open("/secure/" + token)
	b.shot("secure")
	b.do(chromedp.SendKeys("#f-name", "Người Dân Mẫu 3"), chromedp.SendKeys("#f-address", "Số 3, đường Mẫu"), chromedp.Click("button.primary"))
	b.shows("h1", "Đã nhận")
	b.shot("secure-sent")
	b.open("/secure/" + token)
	b.shot("secure-over")
	b.fine()
}
