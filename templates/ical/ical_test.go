package ical

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // a reader must know the zone's name wherever the test runs
	"unicode/utf8"

	"github.com/apognu/gocal"
	"github.com/emersion/go-ical"

	"tiepdan"
)

var now = time.Date(2026, 11, 23, 8, 15, 0, 0, tiepdan.Hanoi)

const (
	roomWords  = `Phòng tiếp công dân, tầng 1; số 12 đường Lê Lợi \ lối vào B`
	focusWords = "Bồi thường, hỗ trợ, tái định cư; cưỡng chế thu hồi đất.\nXin mang theo: căn cước, đơn và tài liệu liên quan.\nÝ kiến gửi trước được đọc trước: đường dẫn ở dưới, không cần tài khoản, không mất phí."
)

func sample() []tiepdan.Session {
	day := func(d, hour int) time.Time { return time.Date(2026, 12, d, hour, 0, 0, 0, tiepdan.Hanoi) }
	session := func(id int64, d int) tiepdan.Session {
		return tiepdan.Session{ID: id, Kind: tiepdan.Periodic, Status: tiepdan.SessionPublished, Published: now.Add(-time.Hour), Changed: now.Add(-time.Minute),
			Original: tiepdan.DateOf(day(d, 8)), Starts: day(d, 8), Ends: day(d, 11), Place: roomWords, Focus: focusWords}
	}
	moved := session(2, 16)
	moved.Starts, moved.Ends, moved.Sequence = day(17, 13), day(17, 16), 3
	cancelled := session(3, 18)
	cancelled.Status, cancelled.Reason, cancelled.Sequence = tiepdan.SessionCancelled, "Chủ tịch đi công tác đột xuất", 1
	bare := session(4, 21)
	bare.Place, bare.Focus, bare.Changed = "", "", time.Time{}
	draft := session(5, 22)
	draft.Published, draft.Status = time.Time{}, tiepdan.SessionDraft
	return []tiepdan.Session{session(1, 1), moved, cancelled, bare, draft}
}

func options() Options {
	return Options{Name: "Lịch tiếp công dân – Phường Mẫu, Tỉnh Mẫu", URL: "https://example.org/schedule", Now: now,
		Summary: func(s tiepdan.Session) string {
			if s.Cancelled() {
				return "ĐÃ HỦY: Tiếp công dân định kỳ"
			}
			return "Tiếp công dân định kỳ, Chủ tịch UBND phường; người thứ " + fmt.Sprint(s.ID)
		},
		Details: func(s tiepdan.Session) string { return s.Focus },
		Link:    func(s tiepdan.Session) string { return fmt.Sprintf("https://example.org/schedule#s%d", s.ID) },
	}
}

func written(t *testing.T) []byte {
	t.Helper()
	data, err := Calendar(sample(), options())
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEveryPublicSessionIsOneEventInGoIcal(t *testing.T) {
	t.Parallel()
	cal, err := ical.NewDecoder(bytes.NewReader(written(t))).Decode()
	if err != nil {
		t.Fatal(err)
	}
	if name, err := cal.Props.Text("X-WR-CALNAME"); err != nil || name != options().Name {
		t.Errorf("the calendar is called %q, %v", name, err)
	}
	if every, err := cal.Props.Get("REFRESH-INTERVAL").Duration(); err != nil || every != time.Hour {
		t.Errorf("it is to be read anew every %v, %v", every, err)
	}
	events, want := cal.Events(), sample()[:4]
	if len(events) != len(want) {
		t.Fatalf("%d events of %d sessions", len(events), len(want))
	}
	for i, e := range events {
		checkEvent(t, e, want[i])
	}
}

func checkEvent(t *testing.T, e ical.Event, s tiepdan.Session) {
	t.Helper()
	status := "CONFIRMED"
	if s.Cancelled() {
		status = "CANCELLED"
	}
	for name, want := range map[string]string{"UID": s.UID(), "SUMMARY": options().Summary(s), "LOCATION": s.Place, "DESCRIPTION": s.Focus, "STATUS": status} {
		if got, err := e.Props.Text(name); err != nil || got != want {
			t.Errorf("session %d: %s is %q, %v; want %q", s.ID, name, got, err, want)
		}
	}
	start, err := e.DateTimeStart(time.UTC)
	if err != nil || !start.Equal(s.Starts) || start.Location().String() != "Asia/Ho_Chi_Minh" {
		t.Errorf("session %d begins %v, %v", s.ID, start, err)
	}
	if end, err := e.DateTimeEnd(time.UTC); err != nil || !end.Equal(s.Ends) {
		t.Errorf("session %d ends %v, %v", s.ID, end, err)
	}
	if n, err := e.Props.Get("SEQUENCE").Int(); err != nil || n != s.Sequence {
		t.Errorf("session %d was changed %d times, %v", s.ID, n, err)
	}
	if link, err := e.Props.URI("URL"); err != nil || link.String() != options().Link(s) {
		t.Errorf("session %d links to %v, %v", s.ID, link, err)
	}
	if at, err := e.Props.DateTime("DTSTAMP", time.UTC); err != nil || !at.Equal(now) {
		t.Errorf("session %d was written at %v, %v", s.ID, at, err)
	}
	if at, err := e.Props.DateTime("LAST-MODIFIED", time.UTC); err != nil || !at.Equal(s.Changed) {
		t.Errorf("session %d was changed at %v, %v", s.ID, at, err)
	}
}

func TestEveryPublicSessionIsOneEventInGocal(t *testing.T) {
	t.Parallel()
	cal := gocal.NewParser(bytes.NewReader(written(t)))
	cal.SkipBounds = true
	if err := cal.Parse(); err != nil {
		t.Fatal(err)
	}
	want := sample()[:4]
	if len(cal.Events) != len(want) || cal.Method != "PUBLISH" {
		t.Fatalf("%d events of %d sessions, method %q", len(cal.Events), len(want), cal.Method)
	}
	for i, e := range cal.Events {
		s := want[i]
		if e.Uid != s.UID() || !e.Start.Equal(s.Starts) || !e.End.Equal(s.Ends) || e.Sequence != s.Sequence || !e.Stamp.Equal(now) {
			t.Errorf("session %d is %+v", s.ID, e)
		}
		// This reader leaves an escaped line break as it stands.
		details := strings.ReplaceAll(e.Description, `\n`, "\n")
		if e.Summary != options().Summary(s) || e.Location != s.Place || details != s.Focus || e.URL != options().Link(s) {
			t.Errorf("session %d says %q %q %q %q", s.ID, e.Summary, e.Location, e.Description, e.URL)
		}
		if (e.Status == "CANCELLED") != s.Cancelled() {
			t.Errorf("session %d is %s", s.ID, e.Status)
		}
	}
}

func TestLinesAreShortAndWhole(t *testing.T) {
	t.Parallel()
	data := string(written(t))
	if !strings.HasSuffix(data, "END:VCALENDAR\r\n") || strings.Count(data, "\n") != strings.Count(data, "\r\n") || strings.Count(data, "\r") != strings.Count(data, "\r\n") {
		t.Error("a line doesn't end in CR LF")
	}
	for text := range strings.SplitSeq(strings.TrimSuffix(data, "\r\n"), "\r\n") {
		if len(text) > 75 || !utf8.ValidString(text) || strings.TrimSpace(text) == "" {
			t.Errorf("%d octets: %q", len(text), text)
		}
	}
	for _, want := range []string{
		"BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0700\r\nTZOFFSETTO:+0700\r\n",
		"DTSTART;TZID=Asia/Ho_Chi_Minh:20261217T130000\r\n",
		"UID:session-2-2026-12-16@tiepdan\r\n",
		"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n",
	} {
		if !strings.Contains(data, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestAWordOfTheirsCantAddALine(t *testing.T) {
	t.Parallel()
	s := sample()[0]
	s.Place = "Phòng\r\nEND:VEVENT\rBEGIN:VEVENT\u2028X:1  \t 2"
	o := options()
	o.Link = func(tiepdan.Session) string { return "https://example.org/a\r\nX-EVIL:1" }
	o.Details = func(tiepdan.Session) string { return "một\r\n\r\nhai   \x00 ba" }
	data, err := Calendar([]tiepdan.Session{s}, o)
	if err != nil {
		t.Fatal(err)
	}
	cal, err := ical.NewDecoder(bytes.NewReader(data)).Decode()
	if err != nil || len(cal.Events()) != 1 {
		t.Fatalf("%v in\n%s", err, data)
	}
	e := cal.Events()[0]
	if place, _ := e.Props.Text("LOCATION"); place != "Phòng END:VEVENT BEGIN:VEVENT X:1 2" {
		t.Errorf("the place is %q", place)
	}
	if text, _ := e.Props.Text("DESCRIPTION"); text != "một\n\nhai ba" {
		t.Errorf("the details are %q", text)
	}
	if e.Props.Get("X-EVIL") != nil {
		t.Error("a link brought a property")
	}
}

func TestALongFeedIsReadWhole(t *testing.T) {
	t.Parallel()
	var ss []tiepdan.Session
	for i := range 400 {
		s := sample()[0]
		s.ID = int64(i + 1)
		s.Starts, s.Ends = s.Starts.AddDate(0, 0, i), s.Ends.AddDate(0, 0, i)
		s.Focus = strings.Repeat("đất đai ", i%40) + strings.Repeat("ở", i)
		ss = append(ss, s)
	}
	data, err := Calendar(ss, options())
	if err != nil {
		t.Fatal(err)
	}
	cal, err := ical.NewDecoder(bytes.NewReader(data)).Decode()
	if err != nil || len(cal.Events()) != len(ss) {
		t.Fatalf("%d events, %v", len(cal.Events()), err)
	}
	for i, e := range cal.Events() {
		want := strings.Join(strings.Fields(ss[i].Focus), " ")
		if got, _ := e.Props.Text("DESCRIPTION"); got != want {
			t.Errorf("session %d: %q, want %q", ss[i].ID, got, want)
		}
	}
}

func TestNothingIsWrittenWithoutWords(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Options){
		"no summary": func(o *Options) { o.Summary = nil },
		"no time":    func(o *Options) { o.Now = time.Time{} },
	} {
		o := options()
		spoil(&o)
		if _, err := Calendar(sample(), o); err == nil {
			t.Errorf("%s: written all the same", name)
		}
	}
	data, err := Calendar(nil, Options{Name: "Trống", Now: now, Summary: options().Summary})
	if err != nil || strings.Contains(string(data), "VEVENT") {
		t.Errorf("%s, %v", data, err)
	}
}
