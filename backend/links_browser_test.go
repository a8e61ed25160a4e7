package backend_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"tiepdan"
)

func TestPetitionsAreComparedLinkedAndDividedInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.hire(tiepdan.BoardHead, "", true)
	first := s.file(tiepdan.PhanAnh, letterText+" Mong sớm kiểm tra.", byPerson(1))
	second := s.file(tiepdan.PhanAnh, letterText+" Đề nghị di dời bãi rác.", byPerson(2))
	s.file(tiepdan.KienNghi, letterText, byPerson(3))
	s.printed(t)
	b := s.browse(t)
	b.signIn(head)
	b.open(path(second))
	b.shows("section.links", string(first.Code))
	b.shot("links-suggested")
	b.do(chromedp.Click(`section.links a[href$="/compare/` + string(first.Code) + `"]`))
	b.shows("h1", "Đối chiếu hai đơn")
	b.shows("mark", "di dời bãi rác")
	b.shot("links-compare")
	b.do(chromedp.Click(`.compare-acts button[value="same_matter"]`))
	b.shows(".flash", "Đã liên kết hồ sơ")
	b.shows(".linked", "Cùng vụ việc")
	b.shot("links-linked")
	b.do(chromedp.Click(`section.links a[href^="/matters/"]`))
	b.shows("h1", "Vụ việc")
	b.shot("links-matter")
	b.open(path(second) + "/letter")
	b.shows(".lead", "3 đơn")
	b.shot("links-letter")
	b.open("/cases?view=all")
	b.shows(".tally", "2 vụ việc")
	b.shot("links-cases")
	b.divides(s)
	b.fine()
}

// divides divides a petition that holds a denunciation, by its passages.
func (b *tab) divides(s *site) {
	b.t.Helper()
	c := s.file(tiepdan.KienNghi, strings.Join([]string{"Rác ở đầu ngõ Mẫu 12/4 đã mười ngày không ai dọn, đề nghị tăng số lần thu gom.",
		"Đề nghị xem lại quyết định thu hồi đất số 5 của phường đối với hộ tôi.", "Ngoài ra ông Mẫu ở phòng Mẫu nhận tiền của người dân khi làm giấy tờ."}, "\n"),
		byPerson(7), func(p *tiepdan.Petition) {
			p.Files = []tiepdan.Attachment{s.files.put("Quyết định số 5.pdf", []byte("%PDF"))}
		})
	b.open(path(c) + "/divide")
	b.shows("h1", "Tách đơn nhiều nội dung")
	b.do(chromedp.Click(`button[value="more"]`), chromedp.WaitVisible("#f-text-3"))
	b.do(chromedp.SetValue("#passage-1", "1"), chromedp.SetValue("#passage-2", "2"), chromedp.SetValue("#passage-3", "3"),
		chromedp.SetValue("#f-kind-2", "khieu_nai"), chromedp.SetValue("#f-field-2", "dat_dai"), chromedp.SetValue("#f-kind-3", "to_cao"),
		chromedp.SetValue("#f-field-3", "moi_truong"), chromedp.SetValue("#f-kind-1", "kien_nghi"), chromedp.SetValue("#f-field-1", "moi_truong"), chromedp.Click(`button[value="fill"]`))
	b.shows("#f-text-3", "nhận tiền của người dân")
	b.shot("links-divide")
	b.do(chromedp.Click(`button[value="divide"]`))
	b.shows(".said", "đơn gốc cũng phải bảo mật")
	b.shot("links-divide-sealing")
	b.do(chromedp.Click(`input[name="sealing"]`), chromedp.Click(`button[value="divide"]`))
	b.shows(".flash", "Đã tách đơn")
	b.shot("links-divided")
	b.open(path(c))
	b.shows("section.links", "Được tách ra từ đơn này")
	b.shows(".sealed", "Hồ sơ bảo mật")
	b.shot("links-divided-whole")
}
