package backend_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"tiepdan"
	"tiepdan/internal/testenv"
)

// tab is a browser's tab. The test fails for what goes wrong in it: a script that
// throws, what the content security policy stops.
type tab struct {
	t   *testing.T
	ctx context.Context
	url string

	mu     sync.Mutex
	faults []string
}

// browse opens a browser of its own, with its own sign-in.
func (s *site) browse(t *testing.T) *tab {
	t.Helper()
	b := &tab{t: t, url: s.url, ctx: testenv.Browser(t)}
	if err := chromedp.Listen(b.ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.EmulateViewport(1440, 900))
	return b
}

func (b *tab) listen(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		b.faults = append(b.faults, fmt.Sprintf("%+v", ev.ExceptionDetails))
	case *cdplog.EventEntryAdded:
		if strings.Contains(ev.Entry.Text, "Content Security Policy") {
			b.faults = append(b.faults, ev.Entry.Text)
		}
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// takes has the officer whose tab it is take the case up, as its page begins with.
func (b *tab) takes(c tiepdan.Case) {
	b.t.Helper()
	b.open(path(c) + "?do=take")
	b.do(chromedp.Click("#act-take form > button"))
	b.shows(".flash", "Đã nhận việc")
}

func (b *tab) open(path string) { b.t.Helper(); b.do(chromedp.Navigate(b.url + path)) }

// shows waits until the element's text has the words.
func (b *tab) shows(selector, words string) {
	b.t.Helper()
	js := fmt.Sprintf(`[...document.querySelectorAll(%q)].some(e => !e.hidden && e.textContent.includes(%q))`, selector, words)
	var err error
	for until := time.Now().Add(time.Minute); time.Now().Before(until); {
		// A question that a page is left with is asked again of the next.
		if _, err = chromedp.Run(b.ctx, chromedp.Poll[bool](js)); err == nil {
			return
		}
	}
	b.t.Fatalf("%s does not show %q: %v", selector, words, err)
}

func (b *tab) fine() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, fault := range b.faults {
		b.t.Error(fault)
	}
}

func (b *tab) signIn(p *person) {
	b.t.Helper()
	b.open("/sign-in")
	b.do(chromedp.SendKeys("#f-login", p.Login), chromedp.SendKeys("#f-password", p.password+"\r"), chromedp.WaitVisible("body.signed-in"))
}

// shot writes pictures of the page as it is to the folder that SHOTS names, wide
// and narrow, in light and in dark; without it, it only sees to it that nothing
// stands out at the side.
func (b *tab) shot(name string) {
	b.t.Helper()
	for _, width := range []int64{1440, 360} {
		b.do(chromedp.EmulateViewport(width, 800))
		over, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
		if err != nil || over > 0 {
			b.t.Errorf("%s at %d stands out by %d, %v", name, width, over, err)
		}
		if dir := os.Getenv("SHOTS"); dir != "" {
			b.picture(dir, name, width)
		}
	}
	b.do(chromedp.EmulateViewport(1440, 900))
}

func (b *tab) picture(dir, name string, width int64) {
	b.t.Helper()
	height, err := chromedp.Run(b.ctx, chromedp.Evaluate[int64](`Math.max(800, document.documentElement.scrollHeight)`))
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.EmulateViewport(width, height))
	for _, scheme := range []string{"light", "dark"} {
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, media)
			return err
		}))
		png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", name, width, scheme)), png, 0o644)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
}

func TestStaffWorkACaseInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.sampleCases(t)
	head, officer := s.hire(tiepdan.BoardHead, "", true), s.hire(tiepdan.Officer, "MT", true)
	desk := s.browse(t)
	desk.open("/")
	desk.shot("sign-in")
	desk.signIn(head)
	desk.shows("h1", "Việc mới")
	desk.shows(".live", "tự cập nhật")
	desk.shot("inbox")
	c := s.file(tiepdan.PhanAnh, "Ống cống vỡ, nước thải tràn ra đường trước trạm y tế", func(p *tiepdan.Petition) {
		p.Files = []tiepdan.Attachment{s.files.put("Ảnh hiện trường.png", picture(t))}
	})
	desk.shows("#inbox a.row", string(c.Code)) // by itself
	desk.open(path(c))
	desk.shot("case-new")
	desk.do(chromedp.Click("#do-classify"), chromedp.SetValue("#act-classify-kind", "kien_nghi"),
		chromedp.SetValue("#act-classify-place", "P2"), chromedp.Click("#act-classify form > button"))
	desk.shows(".flash", "Đã lưu phân loại")
	desk.do(chromedp.SetValue("#act-assign-unit", fmt.Sprint(officer.Unit)), chromedp.SetValue("#act-assign-officer", fmt.Sprint(officer.ID)),
		chromedp.Click("#act-assign form > button"))
	desk.shows(".flash", "Đã giao việc")
	desk.shows(".case-line", officer.Name)
	s.officerAnswers(t, officer, c)
	desk.open(path(c))
	desk.shows("article.from-office", "Đã sửa xong ống cống")
	desk.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => { if (!d.closest(".bar")) d.open = true })`))
	desk.shot("case-all")
	for name, where := range map[string]string{"cases": "/cases", "cases-search": "/cases?q=rac+thai&kind=phan_anh", "cases-empty": "/cases?view=overdue", "account": "/account", "lost": "/lost"} {
		desk.open(where)
		desk.shot(name)
	}
	desk.open("/cases?view=all")
	desk.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("[name=language]").click()`))
	desk.shows("h1", "All cases")
	desk.open(path(c))
	desk.shot("case-english")
	desk.fine()
}

func (s *site) officerAnswers(t *testing.T, officer *person, c tiepdan.Case) {
	t.Helper()
	b := s.browse(t)
	b.signIn(officer)
	b.shows("h1", "Việc mới")
	b.do(chromedp.KeyEvent("j"), chromedp.KeyEvent("\r"))
	b.shows("h1", string(c.Code))
	b.shot("officer-new")
	b.do(chromedp.Click("#act-take form > button"))
	b.shows(".flash", "Đã nhận việc")
	b.do(chromedp.WaitReady("#do-note"), chromedp.Evaluate[chromedp.Void](`document.querySelector("#do-note").closest("details").open = true`))
	b.do(chromedp.Click("#do-note"), chromedp.SendKeys("#act-note-text", "Đã gọi tổ thoát nước, hẹn chiều nay."), chromedp.Click("#act-note form > button"))
	b.shows("article.from-internal", "Đã gọi tổ thoát nước")
	b.do(chromedp.SendKeys("#act-answer-text", "Đã sửa xong ống cống chiều nay. Cảm ơn Ông/Bà đã báo."), chromedp.Click("#act-answer form > button"))
	b.shows(".flash", "Đã gửi trả lời")
	b.shot("officer-answered")
	b.fine()
}
