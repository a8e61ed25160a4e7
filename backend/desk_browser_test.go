package backend_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"

	"tiepdan"
)

// network is what a browser has of one; its zero value is a good one.
type network struct {
	Offline            bool    `json:"offline"`
	Latency            float64 `json:"latency"`
	DownloadThroughput float64 `json:"downloadThroughput"`
	UploadThroughput   float64 `json:"uploadThroughput"`
}

var emulateNetwork = cdp.Command[network, cdp.Empty]{Method: "Network.emulateNetworkConditions"}

// has gives the tab a network.
func (b *tab) has(n network) {
	b.t.Helper()
	if n.DownloadThroughput == 0 {
		n.DownloadThroughput, n.UploadThroughput = -1, -1
	}
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulateNetwork, n)
		return err
	}))
}

// asks returns what a script says of the page.
func (b *tab) asks(js string) string {
	b.t.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](js))
	if err != nil {
		b.t.Fatal(err)
	}
	return got
}

// keptEntries is all that the browser keeps of entries.
const keptEntries = `Object.keys(localStorage).filter(k => k.startsWith("tiepdan-entry-")).map(k => localStorage.getItem(k)).join("\n")`

// receives opens the desk of a session at which somebody is being received.
func (b *tab) receives(p *person, d tiepdan.Session, name string) tiepdan.Appointment {
	b.t.Helper()
	a := p.s.booked(d, name)
	p.calls(d, a)
	b.open(desk(d) + "?at=" + id(a.ID))
	b.do(chromedp.WaitVisible("#entry"))
	return a
}

func TestNothingTypedIsLostWithoutANetwork(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	b := s.browse(t)
	b.signIn(p)
	b.receives(p, d, "Người Dân Mẫu 1")
	b.has(network{Offline: true})
	b.do(chromedp.Click(`.pills input[value="kien_nghi"]`), chromedp.SendKeys("#f-content", "Đề nghị mẫu được gõ khi mất mạng"),
		chromedp.SendKeys("#f-address", "Số 1, đường Mẫu"), chromedp.Click(`.results input[value="settled"]`), chromedp.SendKeys("#f-handling", "Đã giải thích"))
	b.shows(".keep", "Đã giữ trên máy này")
	b.shot("desk-typing")
	b.do(chromedp.Click("#entry button.primary"))
	b.shows(".keep", "Mất mạng")
	b.shot("desk-offline")
	if es := s.entries(t); len(es) != 0 {
		t.Fatalf("saved without a network: %+v", es)
	}
	b.has(network{Latency: 300, DownloadThroughput: 20000, UploadThroughput: 5000})
	b.shows(".done h2", "Đã ghi sổ số 1")
	es := s.entries(t)
	if len(es) != 1 || es[0].Content != "Đề nghị mẫu được gõ khi mất mạng" || es[0].Handling != "Đã giải thích" || es[0].Person.Address != "Số 1, đường Mẫu" {
		t.Errorf("%+v", es)
	}
	if kept := b.asks(keptEntries); kept != "" {
		t.Errorf("kept although it is saved: %s", kept)
	}
	b.has(network{})
	b.shot("desk-done")
	b.fine()
}

func TestWhatWasTypedIsThereAfterALoadAndSentAfterOne(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	b := s.browse(t)
	b.signIn(p)
	b.receives(p, d, "Người Dân Mẫu 1")
	b.has(network{Offline: true})
	b.do(chromedp.Click(`.pills input[value="phan_anh"]`), chromedp.SendKeys("#f-content", "Gõ dở"), chromedp.Click(`.results input[value="promised"]`))
	b.has(network{})
	b.do(chromedp.Reload(), chromedp.WaitVisible("#f-answer_by"))
	b.shows(".keep", "Đã lấy lại")
	if got := b.asks(`document.querySelector("#f-content").value + document.querySelector("[name=kind]:checked").value`); got != "Gõ dởphan_anh" {
		t.Errorf("after a load there is %q", got)
	}
	b.do(chromedp.SetValue("#f-answer_by", "2099-12-31"), chromedp.SendKeys("#f-content", " rồi gõ tiếp"))
	b.has(network{Offline: true})
	b.do(chromedp.Click("#entry button.primary"))
	b.shows(".keep", "Mất mạng")
	b.has(network{})
	b.shows(".done h2", "Đã ghi sổ số 1")
	if es := s.entries(t); len(es) != 1 || es[0].Content != "Gõ dở rồi gõ tiếp" || es[0].AnswerBy.Year != 2099 {
		t.Errorf("%+v", es)
	}
	b.fine()
}

func TestASignInThatEndedLosesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	b := s.browse(t)
	b.signIn(p)
	a := b.receives(p, d, "Người Dân Mẫu 1")
	b.do(chromedp.Click(`.pills input[value="kien_nghi"]`), chromedp.SendKeys("#f-content", "Đề nghị mẫu"), chromedp.Click(`.results input[value="settled"]`),
		chromedp.Evaluate[chromedp.Void](`fetch("/sign-out", {method: "POST"}).then(() => { document.title = "out" })`, chromedp.EvalAwaitPromise))
	b.do(chromedp.Click("#entry button.primary"))
	b.shows(".keep", "Phiên làm việc đã hết")
	b.signIn(p)
	b.open(desk(d) + "?at=" + id(a.ID)) // what was on its way goes on by itself
	b.shows(".done h2", "Đã ghi sổ số 1")
	if es := s.entries(t); len(es) != 1 || es[0].Content != "Đề nghị mẫu" {
		t.Errorf("%+v", es)
	}
	b.fine()
}

// deaf is the site behind a line that loses the first answers to an entry: the
// server has done it, the browser doesn't hear so.
func (s *site) deaf(t *testing.T, lost int64) (address string, heard *atomic.Int64) {
	t.Helper()
	target, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	through := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = r.In.Host
	}, FlushInterval: -1}
	heard = &atomic.Int64{}
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/entry") || heard.Add(1) > lost {
			through.ServeHTTP(w, r)
			return
		}
		through.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}))
	t.Cleanup(h.Close)
	t.Cleanup(h.CloseClientConnections) // a stream outlasts its page
	return h.URL, heard
}

func TestAnAnswerThatIsLostDoublesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	b := s.browse(t)
	var asked *atomic.Int64
	b.url, asked = s.deaf(t, 2)
	b.signIn(p)
	b.receives(p, d, "Người Dân Mẫu 1")
	b.do(chromedp.Click(`.pills input[value="phan_anh"]`), chromedp.SetValue("#f-field", "moi_truong"), chromedp.SendKeys("#f-content", "Phản ánh mẫu qua đường truyền xấu"),
		chromedp.Click(`.results input[value="taken_in"]`), chromedp.Click("#entry button.primary"))
	b.shows(".done h2", "Đã ghi sổ số 1")
	if es := s.entries(t); len(es) != 1 || es[0].CaseCode != s.taken().Code || asked.Load() != 3 {
		t.Errorf("%d entries, sent %d times", len(es), asked.Load())
	}
	b.shot("desk-taken-in")
	b.fine()
}

func TestDenouncerIsNotKeptInTheBrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	b := s.browse(t)
	b.signIn(p)
	b.receives(p, d, "Người Dân Mẫu Kín")
	b.do(chromedp.SendKeys("#f-address", "Số 9, đường Mẫu Kín"), chromedp.SendKeys("#f-id_number", "000000000009"))
	if kept := b.asks(keptEntries); !strings.Contains(kept, "Mẫu Kín") {
		t.Errorf("not kept from the first letter: %s", kept)
	}
	b.do(chromedp.Click(`.pills input[value="to_cao"]`), chromedp.SendKeys("#f-content", "Hành vi mẫu"))
	if kept := b.asks(keptEntries); strings.Contains(kept, "Kín") || strings.Contains(kept, "000000000009") || !strings.Contains(kept, "Hành vi mẫu") {
		t.Errorf("a denouncer is kept: %s", kept)
	}
	if shown := b.asks(`String(document.querySelector("#f-name").offsetParent) + document.querySelector("#f-name").value`); shown != "null" {
		t.Errorf("the name is asked for: %q", shown)
	}
	b.shot("desk-secret")
	b.do(chromedp.Click(`.results input[value="guided"]`), chromedp.Click("#entry button.primary"))
	b.shows(".done h2", "Đã ghi sổ")
	if es := s.entries(t); len(es) != 1 || !es[0].Sealed() || !es[0].Person.IsZero() {
		t.Errorf("%+v", es)
	}
	if page := p.get(desk(d)); strings.Contains(page.body, "Mẫu Kín") {
		t.Error("the queue names the denouncer")
	}
	b.fine()
}

func TestTwoBrowsersReceiveAtOneSession(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	d := s.reception(true)
	p1, p2 := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.BoardHead, "", true)
	one, two := s.browse(t), s.browse(t)
	one.signIn(p1)
	two.signIn(p2)
	first, second := s.booked(d, "Người Dân Mẫu 1"), s.booked(d, "Người Dân Mẫu 2")
	one.receives(p1, d, "Người Dân Mẫu 3")
	one.do(chromedp.SendKeys("#f-content", "Đang gõ"))
	two.open(desk(d))
	two.shows("#queue", "Người Dân Mẫu 3")
	two.shows(".live", "tự cập nhật")
	two.do(chromedp.SendKeys("#check-in", "https://t.me/mau_bot?start=slip_"+second.Token+"\r"))
	two.shows(".is-next", "Người Dân Mẫu 2")
	one.shows(".is-next", "Người Dân Mẫu 2") // by itself
	if typed := one.asks(`document.querySelector("#f-content").value`); typed != "Đang gõ" {
		t.Errorf("what is typed is lost by a change elsewhere: %q", typed)
	}
	two.shot("desk-queue")
	two.do(chromedp.KeyEvent("\ue00c"), chromedp.Click("button[data-key=F4]"))
	two.shows("#h-now", "Người Dân Mẫu 2")
	one.shows(".is-called", "bàn khác")
	one.do(chromedp.Click(`#queue form:has([value="` + id(first.ID) + `"]) button[value="arrive"]`))
	one.shows(".flash", "Đã ghi là đã đến")
	two.shows(".is-next", "Người Dân Mẫu 1")
	one.shot("desk-two")
	one.fine()
	two.fine()
}

// TestDayPagesInABrowser opens each page wide and narrow.
func TestDayPagesInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.BoardHead, "", true), s.reception(true)
	s.reception(false)
	s.fullDay(t, p, d)
	b := s.browse(t)
	b.signIn(p)
	entry := "/book/" + id(s.entries(t)[0].ID)
	for name, path := range map[string]string{"desks": "/desk", "desk": desk(d), "desk-book": desk(d) + "/book", "dossier": desk(d) + "/dossier",
		"book": "/book", "book-entry": entry, "book-correct": entry + "/correct", "book-empty": "/book?from=2020-01-01&until=2020-01-02"} {
		b.open(path)
		b.shot(name)
	}
	b.open(desk(d) + "?at=0")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("main details").forEach(x => { x.open = true })`))
	b.shot("desk-open")
	b.fine()
}

// fullDay fills a session with people in every state.
func (s *site) fullDay(t *testing.T, p *person, d tiepdan.Session) {
	t.Helper()
	c := s.file(tiepdan.KhieuNai, "Khiếu nại Quyết định thu hồi đất số 05 mẫu của UBND phường Mẫu; đề nghị xem xét lại mức bồi thường.", func(p *tiepdan.Petition) { p.Field = "dat_dai" })
	about := func(b *tiepdan.Booking) {
		b.Case, b.Purpose, b.Phone = c.ID, "Hỏi kết quả giải quyết khiếu nại về bồi thường", "0900000002"
	}
	for i, form := range [][]string{{"kind", "khieu_nai", "result", "taken_in", "field", "dat_dai", "signed", "1"}, {"kind", "phan_anh", "result", "refused", "ground", "final", "ground_text", "Thông báo số 01/TB-UBND mẫu"},
		{"kind", "to_cao", "result", "guided", "guided_to", "Thanh tra tỉnh Mẫu"}, {"kind", "kien_nghi", "result", "promised", "answer_by", "2099-12-31", "again", "1", "prior", "UBND phường Mẫu 1"}} {
		a := s.booked(d, "Người Dân Mẫu "+id(int64(i+1)))
		ref, _ := p.calls(d, a)
		form = append(form, "ref", ref, "appointment", id(a.ID), "name", "Người Dân Mẫu "+id(int64(i+1)), "address", "Số 1, ngõ 2, đường Mẫu, phường Mẫu 1", "id_number", "000000000001", "people", id(int64(1+6*(i%2))),
			"representatives", strings.Repeat("Người Dân Mẫu A", i%2), "content", "Trình bày về việc bồi thường, hỗ trợ khi thu hồi đất ở dự án mẫu, đề nghị được đối thoại.", "handling", "Đã giải thích quy định và hướng dẫn.")
		if status, v := p.enters(desk(d)+"/entry", form...); status != http.StatusOK {
			t.Fatalf("%d %+v", status, v)
		}
	}
	e := s.entries(t)[0]
	if _, err := s.store.CorrectReception(t.Context(), p.Actor(), e.ID, 1, func(e tiepdan.Reception) (tiepdan.Reception, error) {
		e.Handling, e.Why = "Đã giải thích, hẹn làm việc tiếp với Phòng Xây dựng Mẫu.", "Ghi thiếu hướng xử lý"
		return e, nil
	}); err != nil {
		t.Fatal(err)
	}
	here := s.booked(d, "Người Dân Mẫu 6", about)
	p.post(desk(d)+"/queue", "appointment", id(here.ID), "do", "arrive")
	s.booked(d, "Người Dân Mẫu 7")
	missed := s.booked(d, "Người Dân Mẫu 8")
	p.post(desk(d)+"/queue", "appointment", id(missed.ID), "do", "miss")
	for range 9 {
		s.booked(d, "Người Dân Mẫu Chờ", func(b *tiepdan.Booking) { b.Wait = true })
	}
}
