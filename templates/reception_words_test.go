package templates

import (
	"strings"
	"testing"
	"time"

	"tiepdan"
)

func entry() tiepdan.Reception {
	return tiepdan.Reception{Number: 7, Version: 1, On: tiepdan.Date{Year: 2026, Month: time.December, Day: 1}, People: 6,
		Person: tiepdan.Person{Name: "Người Dân Mẫu 1", Address: "Số 1 đường Mẫu", IDNumber: "000000000001"}, Spokesmen: []string{"Người Dân Mẫu 1", "Người Dân Mẫu 2"},
		Kind: tiepdan.KhieuNai, Content: "Bồi thường <đất>", PriorBody: "UBND phường Mẫu", Result: tiepdan.ResultTransfer, Body: "UBND tỉnh Mẫu",
		Handling: "kèm Phiếu chuyển", Followed: "Chờ trả lời", Note: "Gọi lại"}
}

func TestALineOfTheBookIsWhole(t *testing.T) {
	t.Parallel()
	want := tiepdan.BookLine{"7", "01/12/2026", "Người Dân Mẫu 1\nSố 1 đường Mẫu\nNgười đại diện: Người Dân Mẫu 1, Người Dân Mẫu 2", "000000000001",
		"Bồi thường <đất>", "Khiếu nại / 6 người (đoàn đông người)", "UBND phường Mẫu", "", "", "UBND tỉnh Mẫu: kèm Phiếu chuyển", "Chờ trả lời", "Tiếp lần đầu\nGọi lại"}
	if got := tiepdan.BookRow(entry(), plainly(t, tiepdan.Vietnamese)); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestASealedLineNamesNobody(t *testing.T) {
	t.Parallel()
	word := plainly(t, tiepdan.Vietnamese)
	r := entry()
	r.Secret, r.Kind = true, tiepdan.ToCao
	want := tiepdan.BookLine{"7", "01/12/2026", "Giữ bí mật danh tính", "", "Bồi thường <đất>", "Tố cáo / 6 người (đoàn đông người)",
		"UBND phường Mẫu", "", "", "UBND tỉnh Mẫu: kèm Phiếu chuyển", "Chờ trả lời", "Tiếp lần đầu\nGọi lại"}
	if got := tiepdan.BookRow(r, word); got != want {
		t.Errorf("for who is cleared: %q, want %q", got, want)
	}
	blanked := tiepdan.Reception{Number: 7, Version: 2, On: r.On, Secret: true, Kind: tiepdan.ToCao, People: 1}
	want = tiepdan.BookLine{"7", "01/12/2026", "Giữ bí mật danh tính", "", "", "Tố cáo / 1 người"}
	if got := tiepdan.BookRow(blanked, word); got != want {
		t.Errorf("for all others: %q, want %q", got, want)
	}
}

func TestEveryResultIsSaid(t *testing.T) {
	t.Parallel()
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		for _, result := range tiepdan.Results() {
			for _, ground := range tiepdan.Grounds() {
				r := entry()
				r.Result, r.Ground, r.Version, r.Why, r.AnswerBy = result, ground, 2, "Ghi nhầm", r.On
				line := tiepdan.BookRow(r, plainly(t, lang))
				if strings.TrimSpace(line[7]+line[8]+line[9]+line[10]) == r.Followed || !strings.Contains(line[11], "Ghi nhầm") {
					t.Errorf("%s: %s leaves %q", lang, result, line)
				}
			}
		}
	}
}

func TestTheCalendarsWordsTellWhatChanged(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 12, 17, 8, 0, 0, 0, tiepdan.Hanoi)
	s := tiepdan.Session{Kind: tiepdan.Periodic, Status: tiepdan.SessionPublished, Original: tiepdan.Date{Year: 2026, Month: time.December, Day: 16},
		Starts: at, Ends: at.Add(time.Hour), Presides: "Phó Chủ tịch Mẫu", Delegated: true, Attends: "Công an phường", Focus: "Đất đai", Places: 10, Reason: "Tết"}
	word := plainly(t, tiepdan.Vietnamese)
	if got := word("ical.summary", s); got != "Tiếp công dân định kỳ – Phó Chủ tịch Mẫu" {
		t.Errorf("%q", got)
	}
	want := "Chuyển từ ngày 16/12/2026. Lý do: Tết\nChủ trì: Phó Chủ tịch Mẫu (được ủy quyền)\nTham dự: Công an phường\nNội dung: Đất đai\nNhận đăng ký trước: 10 lượt."
	if got := word("ical.details", s); got != want {
		t.Errorf("%q", got)
	}
	s.Status = tiepdan.SessionCancelled
	if got := word("ical.summary", s) + word("ical.details", s); !strings.HasPrefix(got, "ĐÃ HỦY: ") || !strings.Contains(got, "đã hủy. Lý do: Tết") || strings.Contains(got, "10 lượt") {
		t.Errorf("%q", got)
	}
}

func TestAPlansWarningsAreSaid(t *testing.T) {
	t.Parallel()
	day := tiepdan.Date{Year: 2027, Month: time.January, Day: 4}
	at := day.At(8 * 60)
	session := func(id int64, d tiepdan.Date, head int64) tiepdan.Session {
		return tiepdan.Session{ID: id, Kind: tiepdan.Periodic, Status: tiepdan.SessionDraft, Starts: d.At(480), Ends: d.At(660), Place: "Phòng 1", Head: head}
	}
	clash, delegated, off := session(2, day, 0), session(3, day.Add(1), 1), session(4, tiepdan.Date{Year: 2027, Month: time.January, Day: 9}, 1)
	delegated.Delegated, delegated.Original = true, tiepdan.Date{Year: 2027, Month: time.January, Day: 1}
	heads := []tiepdan.Head{{ID: 1, Name: "Cán bộ Mẫu 1", Title: "Chủ tịch", Duty: "duty.commune_chair", Active: true}}
	ws := tiepdan.Plan{Year: 2027, Quarter: 1}.Warnings([]tiepdan.Session{session(1, day, 1), clash, delegated, off}, heads, tiepdan.DateOf(at), tiepdan.NewCalendar(tiepdan.SeedHolidays(), tiepdan.Week{}))
	said := map[string]bool{}
	for _, w := range ws {
		said[w.Key] = true
		for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
			if plainly(t, lang)(w.Key, w.Args) == "" {
				t.Errorf("%s says nothing", w.Key)
			}
		}
	}
	for _, key := range []string{"plan.unconfirmed", "plan.day_off", "plan.unsure", "plan.late", "plan.no_head", "plan.delegated", "plan.clash", "plan.too_few"} {
		if !said[key] {
			t.Errorf("no %s among %v", key, said)
		}
	}
}

func plainly(t *testing.T, lang tiepdan.Language) func(string, any) string {
	return func(key string, args any) string {
		t.Helper()
		s, err := Messages(lang).Plain(key, args)
		if err != nil {
			t.Errorf("%s: %v", key, err)
		}
		return s
	}
}
