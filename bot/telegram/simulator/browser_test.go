package simulator_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"tiepdan/bot/telegram/simulator"
	"tiepdan/internal/testenv"
)

// tab is a browser's tab that fails the test for what goes wrong in it.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu     sync.Mutex
	faults []string
}

func browse(t *testing.T, url string) *tab {
	t.Helper()
	b := &tab{t: t, ctx: testenv.Browser(t)}
	err := chromedp.Listen(b.ctx, func(ev any) {
		if e, ok := ev.(*runtime.EventExceptionThrown); ok {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.faults = append(b.faults, fmt.Sprintf("%+v", e.ExceptionDetails))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.EmulateViewport(390, 844), chromedp.Navigate(url))
	return b
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	for _, step := range steps {
		err := chromedp.Do(b.ctx, step)
		for err != nil && strings.Contains(err.Error(), redrawn) && b.ctx.Err() == nil {
			err = chromedp.Do(b.ctx, step)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
}

// redrawn is Chromium's word for an element that was drawn anew after it was found and
// before it was touched: nothing was touched, so it is looked for again.
const redrawn = "Could not find node with given id"

// shows waits until the element's text has the words.
func (b *tab) shows(selector, words string) {
	b.t.Helper()
	js := fmt.Sprintf(`[...document.querySelectorAll(%q)].some(e => !e.hidden && e.textContent.includes(%q))`, selector, words)
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[bool](js, chromedp.WithPollingTimeout(time.Minute))); err != nil {
		b.t.Fatalf("%s does not show %q: %v", selector, words, err)
	}
}

func (b *tab) fine() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.faults) > 0 {
		b.t.Errorf("the page threw %s", strings.Join(b.faults, "; "))
	}
}

func TestPhoneInABrowser(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{People: []simulator.Person{{ID: 5000000001, Name: "Người Dân Mẫu 1", Lang: "vi", Role: "Người dân"}}})
	u, _ := srv.Find(5000000001)
	ctx := soon(t)
	b := browse(t, srv.URL()+"/")
	wait := func(done func() bool) {
		t.Helper()
		if err := u.Until(ctx, done); err != nil {
			t.Fatal(err)
		}
	}
	own := func() simulator.Message { list := u.Messages(); return list[len(list)-1] }

	b.do(chromedp.Click(`[data-person="5000000001"]`), chromedp.Click(`#start`))
	wait(func() bool { return len(u.Messages()) == 1 && own().Text == "/start" })

	accepted(t, call(t, srv, "sendMessage", params{"chat_id": u.ID(), "parse_mode": "HTML",
		"text": `Chào <b>Ông/Bà</b>, xem https://t.me/` + srv.Username() + `?start=case_abc`, "reply_markup": inline(params{"text": "Bấm", "callback_data": "d"})}))
	b.shows(".in .text b", "Ông/Bà")
	b.do(chromedp.Click(`[data-button="Bấm"]`))
	until(t, func() bool { return srv.Stats().Pending == 2 })
	press := updates(t, srv, 0)[1].Callback
	accepted(t, call(t, srv, "answerCallbackQuery", params{"callback_query_id": press.ID, "text": "Đã nhận"}))
	b.shows("#toast", "Đã nhận")

	b.do(chromedp.Click(`.in .text a`), chromedp.Click(`#start`))
	wait(func() bool { return own().Text == "/start case_abc" })
	b.do(chromedp.SendKeys(`#text`, "Đường ngập\r"))
	wait(func() bool { return own().Text == "Đường ngập" })
	if err := u.Edit(own().ID, "Đường ngập ba ngày"); err != nil {
		t.Fatal(err)
	}
	b.shows(".out .text", "Đường ngập ba ngày")
	b.shows(".out .edited", "đã sửa")

	b.do(chromedp.Click(`#attach`), chromedp.Click(`#menu button:nth-child(3)`))
	wait(func() bool { return len(u.Messages()) == 7 && own().Album != "" && own().Files[0].Width == 800 })
	b.do(chromedp.WaitVisible(`.grid.n3 img`))

	accepted(t, call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": "x", "reply_markup": params{"keyboard": [][]string{{"✅ Xong"}}}}))
	b.do(chromedp.Click(`#keyboard [data-button="✅ Xong"]`))
	wait(func() bool { return own().Text == "✅ Xong" })
	b.do(chromedp.Click(`#more`), chromedp.Click(`#menu button:nth-child(2)`), chromedp.WaitVisible(`#unblock`))
	if !u.Blocked() {
		t.Error("the bot is not blocked")
	}
	b.fine()
}

func TestFaultsDrawerInABrowser(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	b := browse(t, srv.URL()+"/")
	b.do(chromedp.Click(`#faults-open`), chromedp.WaitVisible(`#fault-list .none`), chromedp.Click(`#presets button:nth-child(1)`),
		chromedp.WaitVisible(`[data-fault="too_many"]`))
	if f := srv.Faults(); len(f) != 1 || f[0].Kind != simulator.TooMany || f[0].Count != 3 {
		t.Errorf("faults %+v", f)
	}
	b.do(chromedp.Click(`#presets .calm`), chromedp.WaitVisible(`#fault-list .none`))
	if f := srv.Faults(); len(f) != 0 {
		t.Errorf("faults %+v", f)
	}
	b.fine()
}
