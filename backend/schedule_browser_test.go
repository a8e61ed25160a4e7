package backend_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"tiepdan"
	"tiepdan/store/storetest"
)

// livelyQuarter is a published quarter in which something has changed since.
func livelyQuarter(t *testing.T) *site {
	t.Helper()
	s := newQuarter(t)
	o := s.rules().Office
	o.Address, o.Phone, o.Email = "Số 1, đường Mẫu, Phường Mẫu 1", "0900 000 000", "mau@example.vn"
	o.Rules = "1. Xuất trình giấy tờ tùy thân; nêu rõ họ tên, địa chỉ.\n2. Trình bày trung thực sự việc.\n3. Giữ trật tự, không mang chất cháy nổ vào nơi tiếp công dân.\n4. Nhiều người cùng một nội dung thì cử người đại diện."
	if err := s.store.SaveOffice(t.Context(), tiepdan.Actor{Role: tiepdan.System}, o); err != nil {
		t.Fatal(err)
	}
	by := storetest.Staff(t, s.store, tiepdan.BoardHead, 0, false).Actor()
	day := tiepdan.Date{Year: 2026, Month: 10, Day: 8}
	for _, d := range []tiepdan.Session{
		{Kind: tiepdan.Dialogue, Starts: day.At(14 * 60), Ends: day.At(16 * 60), Presides: "Phó Chủ tịch UBND phường Lãnh đạo Mẫu 2", Focus: "Đối thoại với các hộ thuộc diện giải phóng mặt bằng", Places: 20},
		{Kind: tiepdan.Guest, Host: "Ban Tiếp công dân Tỉnh Mẫu", Starts: day.Add(12).At(8 * 60), Ends: day.Add(12).At(11 * 60), Presides: "Lãnh đạo Mẫu 1"},
		{Kind: tiepdan.Extraordinary, Online: true, Starts: day.Add(14).At(8 * 60), Ends: day.Add(14).At(10 * 60), Presides: "Lãnh đạo Mẫu 3", Delegated: true, Why: "Chủ tịch họp Thành ủy"},
	} {
		d.Place, d.Status = "Hội trường mẫu, số 3 đường Mẫu", tiepdan.SessionDraft
		if _, err := s.store.AddSession(t.Context(), by, d); err != nil {
			t.Fatal(err)
		}
	}
	s.publish()
	s.change(s.on(2026, 11, 16).ID, func(d *tiepdan.Session) {
		d.Status, d.Reason = tiepdan.SessionCancelled, "Người chủ trì đi công tác; buổi tiếp tới là ngày 01/12/2026"
	})
	return s
}

func TestScheduleInABrowser(t *testing.T) {
	t.Parallel()
	s := livelyQuarter(t)
	b := s.browse(t)
	one := s.on(2026, 10, 16)
	for name, path := range map[string]string{"schedule": "/schedule", "schedule-en": "/schedule?lang=en&period=2026-11", "schedule-empty": "/schedule?period=2026-07&kind=dialogue",
		"schedule-session": "/schedule/" + one.Token, "schedule-gone": "/schedule/" + s.on(2026, 11, 16).Token, "schedule-embed": "/schedule/embed", "schedule-wrong": "/schedule?period=x"} {
		b.open(path)
		b.shot(name)
	}
	b.open("/schedule")
	b.do(chromedp.SetValue("#f-kind", "dialogue"), chromedp.Click(".s-filter button"))
	b.shows(".s-filter option[selected]", "Đối thoại")
	n, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`document.querySelectorAll("#all .s-line").length`))
	if err != nil || n != 1 {
		t.Errorf("%d sessions are left, %v", n, err)
	}
	b.fine()
}

// TestScheduleOnPaper looks at what a printer gets: the letterhead and the table,
// nothing of the screen's.
func TestScheduleOnPaper(t *testing.T) {
	t.Parallel()
	s := livelyQuarter(t)
	b := s.browse(t)
	b.open("/schedule")
	b.do(chromedp.EmulateViewport(680, 960), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	}))
	shown, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`[".s-letterhead", ".s-printlist", ".s-screen", ".open-head"].map(q => document.querySelector(q).offsetParent !== null).join()`))
	if err != nil || shown != "true,true,false,false" {
		t.Errorf("%s, %v", shown, err)
	}
	if dir := os.Getenv("SHOTS"); dir != "" {
		png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, "schedule-paper.png"), png, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	b.fine()
}

func TestScheduleIsMadeInABrowser(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	s.hire(tiepdan.Officer, "XD", false)
	head := s.hire(tiepdan.BoardHead, "", false)
	b := s.browse(t)
	b.signIn(head)
	b.open("/recurrences/new")
	b.do(chromedp.SendKeys("#f-name", "Tiếp công dân thứ Năm hằng tuần"), chromedp.Click(`input[value="weekdays"]`), chromedp.WaitVisible(".rf-weekdays"),
		chromedp.Click(`.rf-weekdays input[value="4"]`))
	b.shows("#preview", "T5 12/11/2026") // by itself
	b.shot("recurrence-new")
	b.open("/plans/2026/4")
	b.shot("plan-draft")
	row := "#s-" + id(s.on(2026, 11, 16).ID)
	b.do(chromedp.Click(row+" details.plan-edit > summary"), chromedp.WaitVisible(row+" form.form-edit"), chromedp.Click(row+` input[name="delegated"]`), chromedp.Click(row+" .form-acts .primary"))
	b.shows(row+" .said", "người được ủy quyền")
	b.shot("plan-row")
	b.do(chromedp.SetValue("#presides-s-"+id(s.on(2026, 11, 16).ID), "Phó Chủ tịch Lãnh đạo Mẫu 2"))
	b.do(chromedp.SendKeys("#why-s-"+id(s.on(2026, 11, 16).ID), "Chủ tịch họp Hội đồng nhân dân"), chromedp.Click(row+" .form-acts .primary"))
	b.shows(row, "họp Hội đồng nhân dân")
	b.do(chromedp.Click(`form:has(input[name="all"]) button`))
	b.shows(".flash", "Đã xác nhận")
	b.do(chromedp.Click(`form[action$="/submit"] button`))
	b.shows(".plan-acts", "đã trình")
	b.shot("plan-submitted")
	b.do(chromedp.Click(`form[action$="/publish"] button`))
	b.shows(".flash", "Đã công bố")
	b.shot("plan-published")
	at := "/sessions/" + id(s.on(2026, 11, 16).ID)
	for name, path := range map[string]string{"sessions": "/sessions", "session": at, "session-new": "/sessions/new", "session-move": at + "/move", "session-cancel": at + "/cancel",
		"recurrences": "/recurrences", "heads": "/heads", "roster-empty": "/roster?month=2026-11"} {
		b.open(path)
		b.shot(name)
	}
	b.open("/roster?month=2026-11")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('input[name="staff"]').forEach(i => { i.checked = true })`), chromedp.Click(`form[action="/roster/fill"] button`))
	b.shows(".flash", "Đã xếp")
	b.shot("roster")
	b.do(chromedp.Click(".r-forms details:nth-of-type(2) > summary"))
	b.shot("roster-edit")
	b.fine()
}
