package backend_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tiepdan"
)

// ending is one way in which a case goes on or ends: what came before, what is
// filled in, and what the page says of it.
type ending struct {
	do     tiepdan.Action
	kind   tiepdan.Kind
	before []tiepdan.Act
	fill   [][2]string // a field and its value
	flash  string
	title  string // "": where it stands is as before
}

// endings are the outcomes that no other browser's story tells of.
func endings(head tiepdan.Actor) []ending {
	long := time.Now().AddDate(0, 0, -400)
	act := func(do tiepdan.Action, reason string, d tiepdan.Details) tiepdan.Act {
		return tiepdan.Act{Do: do, By: head, Reason: reason, Details: d}
	}
	accepted := act(tiepdan.Accept, "", tiepdan.Details{})
	given := act(tiepdan.Assign, "", tiepdan.Details{Unit: 1})
	suspended := act(tiepdan.Suspend, "Chờ kết quả giám định mẫu", tiepdan.Details{Ground: "complaint.other_result"})
	kept := act(tiepdan.FileAway, "Đơn gửi nhiều nơi", tiepdan.Details{Ground: "file.sent_to_several"})
	kept.At = long
	refused := act(tiepdan.Refuse, "Việc đã được Tòa án thụ lý", tiepdan.Details{Ground: "complaint.in_court"})
	return []ending{
		{tiepdan.Refuse, tiepdan.KhieuNai, nil, [][2]string{{"ground", "complaint.out_of_time"}, {"reason", "Đã quá chín mươi ngày kể từ ngày nhận được quyết định, không có lý do chính đáng."}, {"document", "12/TB-KTL"}},
			"Đã ghi không thụ lý", "Không thụ lý"},
		{tiepdan.SendBack, tiepdan.KhieuNai, nil, [][2]string{{"ground", "send_back.papers"}, {"reason", "Trả lại đơn và giấy tờ gốc kèm theo."}}, "Đã trả lại đơn", "Đã trả đơn"},
		{tiepdan.VerifyMore, tiepdan.KhieuNai, nil, [][2]string{{"reason", "Cần làm rõ người ký đơn có phải người bị thu hồi đất."}}, "cần xác minh thêm", ""},
		{tiepdan.Suspend, tiepdan.KhieuNai, []tiepdan.Act{given, accepted}, [][2]string{{"ground", "complaint.other_result"}, {"reason", "Chờ kết quả giám định của cơ quan chuyên môn mẫu."},
			{"document", "15/QĐ-TĐC"}, {"signer", "Chủ tịch Mẫu"}}, "Đã tạm đình chỉ", "Tạm đình chỉ"},
		{tiepdan.Resume, tiepdan.KhieuNai, []tiepdan.Act{given, accepted, suspended}, [][2]string{{"reason", "Đã có kết quả giám định."}}, "Đã tiếp tục giải quyết", "Đang xử lý"},
		{tiepdan.Terminate, tiepdan.KhieuNai, []tiepdan.Act{given, accepted}, [][2]string{{"ground", "complaint.withdrawn"}, {"reason", "Người khiếu nại đã rút toàn bộ khiếu nại."},
			{"document", "16/QĐ-ĐC"}, {"signer", "Chủ tịch Mẫu"}}, "Đã đình chỉ", "Đình chỉ"},
		{tiepdan.RecordWithdrawal, tiepdan.KhieuNai, []tiepdan.Act{given, accepted}, [][2]string{{"reason", "Đơn rút khiếu nại có chữ ký."}}, "Đã ghi nhận rút đơn", "Đã rút"},
		{tiepdan.WithdrawPart, tiepdan.KhieuNai, []tiepdan.Act{given}, [][2]string{{"part", "Phần khiếu nại về cây trồng trên đất."}}, "Đã ghi nhận rút một phần", ""},
		{tiepdan.Reopen, tiepdan.KhieuNai, []tiepdan.Act{refused}, [][2]string{{"ground", "reopen.new_facts"}, {"reason", "Có tài liệu mới chứng minh ngày nhận quyết định."}}, "Đã mở lại hồ sơ", "Mới, chưa giao"},
		{tiepdan.Retain, tiepdan.PhanAnh, []tiepdan.Act{kept}, [][2]string{{"until", tiepdan.DateOf(time.Now()).Add(200).String()}, {"reason", "Còn việc liên quan đang giải quyết."}}, "Đã quyết định lưu tiếp", "Lưu đơn"},
		{tiepdan.Destroy, tiepdan.PhanAnh, []tiepdan.Act{kept}, [][2]string{{"reason", "Quyết định tiêu hủy hồ sơ mẫu."}, {"document", "17/QĐ"}}, "Đã tiêu hủy nội dung đơn", "Đã tiêu hủy"},
	}
}

func TestEachEndOfACaseInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.hire(tiepdan.BoardHead, "", true)
	b := s.browse(t)
	b.signIn(head)
	for _, e := range endings(head.Actor()) {
		c := s.file(e.kind, "Nội dung mẫu về quyết định thu hồi đất số 5 của đơn vị mẫu", func(p *tiepdan.Petition) {
			p.Person = tiepdan.Person{Name: "Người Dân Mẫu 7", Phone: "0900000007"}
		})
		s.did(c, e.before...)
		b.open(path(c) + "?do=" + string(e.do))
		for _, f := range e.fill {
			b.fill("#act-"+string(e.do)+"-"+f[0], f[1])
		}
		b.shot("end-" + string(e.do) + "-form")
		if e.do == tiepdan.Destroy {
			b.do(chromedp.Click(`#act-destroy input[name="certain"]`))
		}
		b.do(chromedp.Click("#act-" + string(e.do) + " form > button"))
		b.shows(".flash", e.flash)
		if e.title != "" {
			b.shows(".case-title", e.title)
		}
		b.shot("end-" + string(e.do))
	}
	b.fine()
}

// fill sets a field's value, whatever stood there, as typing it does.
func (b *tab) fill(selector, value string) {
	b.t.Helper()
	b.do(chromedp.WaitVisible(selector), chromedp.SetValue(selector, value))
}
