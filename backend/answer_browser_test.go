package backend_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"tiepdan"
)

func TestAnAnswerIsWrittenAndApprovedInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, leader, officer := s.staff(tiepdan.BoardHead, "", false), s.hire(tiepdan.Leader, "", false), s.hire(tiepdan.Officer, "XD", false)
	c := s.file(tiepdan.KhieuNai, "Khiếu nại quyết định thu hồi đất số 5 của Ủy ban nhân dân phường Mẫu.")
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)).did(t)
	b := s.browse(t)
	b.signIn(officer)
	b.takes(c)
	b.open(path(c) + "?do=propose")
	b.do(chromedp.SendKeys("#act-propose-text", "Quyết định số 5 được ban hành đúng thẩm quyền."))
	b.shows("[data-draft-said]", "Bản nháp lưu lúc")
	b.open(path(c) + "?do=propose")
	b.shows("#act-propose-text", "đúng thẩm quyền")
	b.shot("answer-draft")
	b.do(chromedp.SetValue("#act-propose-result", "wrong"), chromedp.SendKeys("#act-propose-evidence", "Biên bản xác minh mẫu."),
		chromedp.SendKeys("#act-propose-signer", "Chủ tịch Mẫu"), chromedp.Click("#act-propose button.primary"))
	b.shows(".flash", "Đã trình duyệt")
	b.fine()
	l := s.browse(t)
	l.signIn(leader)
	l.open("/approvals")
	l.shows("a.row", string(c.Code))
	l.shot("approvals")
	l.do(chromedp.Click("a.row"))
	l.shows(".proposal", "đúng thẩm quyền")
	l.shot("approval")
	l.do(chromedp.Click("#act-approve form > button"))
	l.shows(".flash", "Đã duyệt")
	l.fine()
}
