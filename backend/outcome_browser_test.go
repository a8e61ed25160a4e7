package backend_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"tiepdan"
)

// pick chooses a radio or ticks a box.
func pick(name, value string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(`.acting input[name="` + name + `"][value="` + value + `"]`)
}

func TestOutcomesInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.hire(tiepdan.BoardHead, "", true)
	b := s.browse(t)
	b.signIn(head)
	c := s.file(tiepdan.KhieuNai, "Khiếu nại quyết định thu hồi đất số 5 của đơn vị mẫu")
	b.open(path(c))
	b.shows(".suggest-why", "Đơn chưa được phân loại")
	b.shot("outcome-new")
	b.do(chromedp.Click(`.suggest a.primary`), pick("lacks", "address"), pick("lacks", "respondent"), pick("eligible", "yes"), pick("competent", "no"))
	b.shot("outcome-classify")
	b.do(chromedp.Click("#act-classify form > button"))
	b.shows(".classed", "Không thuộc thẩm quyền")
	b.shot("outcome-suggested")
	b.do(chromedp.Click(`.suggest a.primary`), chromedp.SendKeys("#act-guide-body", "Sở Mẫu"))
	b.shows("#act-guide-reason", "không thuộc thẩm quyền")
	b.do(chromedp.SetValue("#act-guide-ground", "guide.mixed"),
		chromedp.Evaluate[chromedp.Void](`document.querySelector("#act-guide-ground").dispatchEvent(new Event("change"))`))
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector("#act-guide-reason").value`))
	if err != nil || !strings.Contains(text, "nhiều nội dung") {
		t.Errorf("the ground brings %q, %v", text, err)
	}
	b.shot("outcome-guide")
	b.do(chromedp.Click("#act-guide form > button"))
	b.shows(".flash", "Đã hướng dẫn công dân")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector(".history details").open = true`))
	b.shot("outcome-guided")

	s.acceptsInBrowser(t, b)
	s.passesOnInBrowser(t, b)
	for name, where := range map[string]string{"kinds": "/kinds", "periods-grounds": "/periods#grounds", "units": "/units"} {
		b.open(where)
		b.shot("outcome-" + name)
	}
	b.fine()
}

func (s *site) acceptsInBrowser(t *testing.T, b *tab) {
	t.Helper()
	c := s.file(tiepdan.KhieuNai, "Khiếu nại việc bồi thường của đơn vị mẫu")
	b.open(path(c) + "?do=accept")
	b.do(chromedp.Click("#act-accept form > button"))
	b.shows(".said", "Còn 9 điều kiện")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("#act-accept input[name=checked]").forEach(i => i.click())`))
	b.shot("outcome-accept")
	b.do(chromedp.Click("#act-accept form > button"))
	b.shows(".case-title", "Đã thụ lý")
	b.open(path(c) + "?do=mark_urgent")
	b.do(chromedp.SendKeys("#act-mark_urgent-reason", "Có thể gây thiệt hại khó khắc phục"), chromedp.Click("#act-mark_urgent form > button"))
	b.shows(".case-title", "Khẩn")
}

func (s *site) passesOnInBrowser(t *testing.T, b *tab) {
	t.Helper()
	c := s.file(tiepdan.KienNghi, "Kiến nghị mở thêm tuyến buýt mẫu qua phường")
	kept := s.file(tiepdan.PhanAnh, "Đơn mẫu gửi nhiều nơi")
	b.open(path(c) + "?do=transfer")
	b.do(chromedp.SendKeys("#act-transfer-body", "Sở Giao thông Mẫu"), chromedp.Click("#act-transfer form > button"))
	b.shows(".flash", "Đã chuyển đơn")
	b.open("/transfers")
	b.shot("outcome-transfers")
	b.do(chromedp.Click(`a[href*="do=urge"]`), chromedp.SendKeys("#act-urge-reason", "Công văn đôn đốc số 9"), chromedp.Click("#act-urge form > button"))
	b.shows(".flash", "Đã ghi nhận đôn đốc")
	b.open(path(kept) + "?do=file_away&ground=file.sent_to_several")
	b.do(chromedp.Click("#act-file_away form > button"))
	b.shows(".flash", "Đã lưu đơn")
	b.open("/stored")
	b.shows(".follow", "Đơn gửi nhiều nơi")
	b.shot("outcome-stored")
}
