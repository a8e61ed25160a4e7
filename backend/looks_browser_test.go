package backend_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tiepdan"
)

// answers waits until the page says yes to a question in its own language.
func (b *tab) answers(question string) {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[bool](question)); err != nil {
		b.t.Fatalf("%s: %v", question, err)
	}
}

func TestTheOpenTabIsInSightOnAPhone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browse(t)
	b.signIn(s.hire(tiepdan.BoardHead, "", true))
	b.do(chromedp.EmulateViewport(360, 800))
	for _, path := range []string{"/reports/duty", "/reports/overdue", "/reports/satisfaction", "/reports/receptions", "/cases?view=overdue", "/cases?view=all"} {
		b.open(path)
		b.answers(`(() => { const r = document.querySelector(".tabs [aria-current]").getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth })()`)
	}
	b.fine()
}

func TestTemplatesFollowTheChosenResult(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.staff(tiepdan.BoardHead, "", false), s.hire(tiepdan.Officer, "XD", false)
	c := s.file(tiepdan.KhieuNai, "Khiếu nại quyết định thu hồi đất số 5 của đơn vị mẫu.")
	head.act(c, tiepdan.Assign, "unit", fmt.Sprint(officer.Unit), "officer", fmt.Sprint(officer.ID)).did(t)
	b := s.browse(t)
	b.signIn(officer)
	b.takes(c)
	b.open(path(c) + "?do=propose")
	offered := func(want string) {
		t.Helper()
		b.answers(fmt.Sprintf(`[...document.querySelector("#act-template").options].filter(o => o.value && !o.disabled && !o.hidden).map(o => o.value).join(" ") === %q`, want))
	}
	choose := func(result string) {
		b.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => { const r = document.querySelector("#act-propose-result"); r.value = %q; r.dispatchEvent(new Event("change", { bubbles: true })) })()`, result)))
	}
	all := "b.complaint_right b.complaint_partly b.complaint_wrong"
	offered(all)
	choose("wrong")
	offered("b.complaint_wrong")
	b.do(chromedp.SetValue("#act-template", "b.complaint_wrong"))
	choose("right")
	offered("b.complaint_right")
	b.answers(`document.querySelector("#act-template").value === ""`)
	b.do(chromedp.SetValue("#act-template", "b.complaint_right"), chromedp.Click(".insert-row button"))
	b.shows("#act-propose-text", "đúng toàn bộ")
	choose("")
	offered(all)
	b.fine()
}

func TestAYearsDaysThatAreOverAreFoldedAway(t *testing.T) {
	t.Parallel()
	at := tiepdan.Date{Year: 2026, Month: time.August, Day: 25}.At(9 * 60)
	s := newSiteAt(t, func() time.Time { return at })
	p := s.staff(tiepdan.Administrator, "", false)
	page := p.get("/holidays?year=2026")
	if over := page.text("details.past"); !strings.Contains(over, "22/08/2026") || strings.Contains(over, "02/09/2026") {
		t.Errorf("folded away are %q", over)
	}
	if all := page.text("main"); !strings.Contains(all, "02/09/2026") {
		t.Error("what is to come isn't there")
	}
	if other := p.get("/holidays?year=2025"); other.has("details.past") || !strings.Contains(other.text("table.list"), "02/09/2025") {
		t.Error("another year is folded away")
	}
	if form := p.get("/holidays/2026-08-22"); form.value("input[name=name]", "value") == "" {
		t.Error("a day that is over can't be put right")
	}
}

func TestAYearIsDrawnWhereThereIsRoom(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browse(t)
	b.signIn(s.hire(tiepdan.Administrator, "", false))
	drawn := `document.querySelector(".month").checkVisibility()`
	b.open("/holidays")
	b.answers(drawn)
	b.do(chromedp.EmulateViewport(360, 800))
	b.answers("!" + drawn)
	b.do(chromedp.Click(".unfold > summary"))
	b.answers(drawn)
	b.fine()
}
