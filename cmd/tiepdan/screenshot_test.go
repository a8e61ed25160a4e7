package main

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tiepdan/internal/testenv"
)

// TestScreenshots goes through the demo in a real browser, the phone and the
// desk, and takes the pictures of the README; SCREENSHOTS names their folder.
func TestScreenshots(t *testing.T) {
	t.Parallel()
	d := startDemo(t, demoDir(t))
	sample, err := readSample()
	if err != nil {
		t.Fatal(err)
	}
	d.awaitCases(len(sample.cases))
	b := d.browse()
	b.phone()
	b.schedule()
	b.desk()
	b.reception()
}

// window is a browser's, on the demo.
type window struct {
	*demoRun
	ctx context.Context
	dir string
}

func (d *demoRun) browse() *window {
	d.t.Helper()
	ctx := testenv.Browser(d.t)
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		dir = d.t.TempDir()
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		d.t.Fatal(err)
	}
	return &window{d, ctx, dir}
}

func (b *window) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatalf("%v\n%s", err, b.log)
	}
}

// await waits until the page says yes to a question in its own language.
func (b *window) await(question string) {
	b.t.Helper()
	var err error
	for until := time.Now().Add(patience); time.Now().Before(until); {
		// A question that a page is left with is asked again of the next.
		if _, err = chromedp.Run(b.ctx, chromedp.Poll[bool](question)); err == nil {
			return
		}
	}
	b.t.Fatalf("%s: %v", question, err)
}

// picture keeps what the window shows, and sees to it that it shows something.
func (b *window) picture(name string) {
	b.t.Helper()
	data, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil || img.Bounds().Dx() < 300 || len(data) < 8_000 {
		b.t.Fatalf("%s is no picture of a page: %d bytes, %v", name, len(data), err)
	}
	if err := os.WriteFile(filepath.Join(b.dir, name+".png"), data, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// tap presses the newest of the bot's buttons with that label.
func (b *window) tap(label string) {
	b.t.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll('[data-button]')].filter(e => e.textContent.trim() === %q).pop()`, label)
	b.await(`!!` + find)
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](find+`.click() || true`)); err != nil {
		b.t.Fatal(err)
	}
}

// phone begins a submission on a sample citizen's phone.
func (b *window) phone() {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(1180, 900), chromedp.Navigate(b.phones+"/#900001003"), chromedp.WaitVisible("#text"))
	b.do(chromedp.SendKeys("#text", "/menu\r"))
	b.tap("📝 Gửi đơn, phản ánh")
	b.tap("✅ Đồng ý")
	b.tap("Phản ánh")
	b.await(`[...document.querySelectorAll('[data-button]')].some(e => e.textContent.includes('Khác'))`)
	b.picture("phone")
}

// desk shows the inbox, a case and the inbox on a phone to the head of the board.
func (b *window) desk() {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(1280, 860), chromedp.Navigate(b.site+"/sign-in"),
		chromedp.SendKeys("#f-login", "truongban"), chromedp.SendKeys("#f-password", b.passwords["truongban"]+"\r"),
		chromedp.WaitVisible("body.signed-in"))
	b.do(chromedp.Navigate(b.site+"/cases?view=all"), chromedp.WaitVisible("main"))
	b.await(`/TD\d\d-/.test(document.body.textContent)`)
	b.picture("cases")
	link, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](
		`[...document.querySelectorAll('main a[href^="/cases/TD"]')].find(a => a.closest('tr, li, article')?.textContent.includes('sạt lở')).getAttribute('href')`))
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.EmulateViewport(1280, 1100), chromedp.Navigate(b.site+link), chromedp.WaitVisible("main h1"))
	b.picture("case")
	b.do(chromedp.EmulateViewport(360, 780), chromedp.Navigate(b.site+"/inbox"), chromedp.WaitVisible("main"))
	b.picture("inbox-phone")
}

// schedule shows what anybody sees of the reception days.
func (b *window) schedule() {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(1180, 900), chromedp.Navigate(b.site+"/schedule"), chromedp.WaitVisible("main h1"))
	b.picture("schedule")
}

// reception opens today's session at the desk: two people come, one is called.
func (b *window) reception() {
	b.t.Helper()
	press := func(question string) {
		b.t.Helper()
		b.await("!!" + question)
		if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](question+".click() || true")); err != nil {
			b.t.Fatal(err)
		}
	}
	button := func(text string) string {
		return fmt.Sprintf(`[...document.querySelectorAll('main button')].find(e => e.textContent.trim() === %q)`, text)
	}
	b.do(chromedp.EmulateViewport(1280, 1000), chromedp.Navigate(b.site+"/desk"), chromedp.WaitVisible("main h1"))
	press(`[...document.querySelectorAll('main a[href^="/desk/"]')].find(e => e.textContent.includes('đột xuất'))`)
	b.await(`location.pathname.startsWith('/desk/')`)
	press(button("Bắt đầu tiếp"))
	for came := range 2 {
		b.await(fmt.Sprintf(`[...document.querySelectorAll('main h2')].some(e => /Đã đến, đang chờ\s+%d/.test(e.textContent))`, came))
		press(button("Đã đến"))
	}
	b.await(`[...document.querySelectorAll('main h2')].some(e => /Đã đến, đang chờ\s+2/.test(e.textContent))`)
	press(`[...document.querySelectorAll('main button')].find(e => e.textContent.includes("Gọi người kế tiếp"))`)
	b.await(`!!document.querySelector('main textarea[name=content]')`)
	b.picture("desk")
}
