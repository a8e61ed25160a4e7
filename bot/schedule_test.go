package bot_test

import (
	"strings"
	"testing"
	"time"

	"tiepdan"
)

func TestTheScheduleNamesAPlaceOnceAndLeadsBackToTheDraft(t *testing.T) {
	t.Parallel()
	o := newOffice()
	for days, place := range []string{"Số 1, đường Mẫu", "Số 1, đường Mẫu", "Nhà văn hóa Mẫu"} {
		at := now.AddDate(0, 0, days)
		o.sessions = append(o.sessions, tiepdan.Session{ID: int64(days + 1), Starts: at, Ends: at.Add(3 * time.Hour), Place: place,
			Presides: "Cán bộ Mẫu 2", Focus: "Đất đai, môi trường",
			Published: now, Status: tiepdan.SessionPublished, Places: days * 2, Kind: tiepdan.Periodic})
	}
	c := o.person(t, "c")
	got := c.command("schedule", "")
	want(t, got, "Nhà văn hóa Mẫu", "Chủ trì: Cán bộ Mẫu 2")
	if strings.Count(got, "Số 1, đường Mẫu") != 1 {
		t.Errorf("the address stands at each session:\n%s", got)
	}
	wantNot(t, got, "viết dở", "[▶️ Tiếp tục")
	c.agree()
	for do := range strings.SplitSeq("#submit|#kind/phan_anh|#field/khac", "|") {
		c.play(do)
	}
	got = c.command("book", "")
	want(t, got, "• <b>Thứ Ba, ngày 24/11/2026, 09:00</b>–12:00", "[🗓 Thứ 3 24/11 · 09:00 · còn 2 chỗ]", "[▶️ Tiếp tục đơn đang viết]")
	wantNot(t, got, "23/11/2026, 09:00")
}
