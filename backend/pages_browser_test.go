package backend_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"tiepdan"
)

// TestPagesOfCasesAtWorkInABrowser opens what the cases at work are seen on, wide and
// narrow, full of sample cases: nothing stands out at the side.
func TestPagesOfCasesAtWorkInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.sampleCases(t)
	head := s.hire(tiepdan.BoardHead, "", true)
	paths := s.atEnds(head.Actor())
	for name, path := range map[string]string{"account": "/account", "office": "/office", "holidays": "/holidays?year=2026", "report-overdue": "/reports/overdue",
		"transfers": "/transfers", "stored": "/stored", "answer-templates": "/answer-templates", "answer-template-new": "/answer-templates/new",
		"approvals": "/approvals", "cases-all": "/cases?view=all", "results": "/results"} {
		paths["work-"+name] = path
	}
	b := s.browse(t)
	b.signIn(head)
	for name, path := range paths {
		b.open(path)
		b.shot(name)
	}
	b.open("/approvals")
	b.do(chromedp.Click("a.row"), chromedp.WaitVisible(".proposal"))
	b.shot("work-approval")
	b.open("/intake?kind=khieu_nai")
	b.do(chromedp.Click("details.more summary"))
	b.shot("work-intake-group")
	b.fine()
}

// atEnds are the pages of a case whose clock rests, one that is kept and one that
// was passed on.
func (s *site) atEnds(head tiepdan.Actor) map[string]string {
	act := func(do tiepdan.Action, reason string, d tiepdan.Details) tiepdan.Act {
		return tiepdan.Act{Do: do, By: head, Reason: reason, Details: d}
	}
	suspended := s.file(tiepdan.KhieuNai, "Khiếu nại quyết định thu hồi đất số 5 của đơn vị mẫu")
	s.did(suspended, act(tiepdan.Assign, "", tiepdan.Details{Unit: 1}), act(tiepdan.Accept, "", tiepdan.Details{}),
		act(tiepdan.Suspend, "Chờ kết quả giám định mẫu", tiepdan.Details{Ground: "complaint.other_result", Document: "15/QĐ-TĐC"}))
	kept := s.file(tiepdan.PhanAnh, "Lời mẫu gửi nhiều nơi, được lưu lại theo quy định")
	s.did(kept, act(tiepdan.FileAway, "Đơn gửi nhiều nơi", tiepdan.Details{Ground: "file.sent_to_several"}))
	passed := s.file(tiepdan.PhanAnh, "Lời mẫu thuộc thẩm quyền của cơ quan khác")
	s.did(passed, act(tiepdan.Transfer, "Ngoài địa bàn", tiepdan.Details{Body: "Ủy ban nhân dân xã Mẫu, huyện Mẫu, tỉnh Mẫu", Document: "12/PC-BTCD"}))
	return map[string]string{"work-suspended": path(suspended), "work-kept": path(kept), "work-passed": path(passed)}
}
