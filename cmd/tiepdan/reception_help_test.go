package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"
	"github.com/xuri/excelize/v2"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
	"tiepdan/internal/testenv"
)

// answer is what the site said to a request.
type answer struct {
	status int
	where  string // the path and query that a redirect led to
	header http.Header
	body   string
}

// ask sends a request as a page of ours would, and takes any answer.
func (b *browser) ask(method, path string, form url.Values) answer {
	b.o.t.Helper()
	req, err := http.NewRequest(method, b.o.site+path, strings.NewReader(form.Encode()))
	b.o.must(err)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	res, err := b.client.Do(req)
	b.o.must(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	b.o.must(err)
	return answer{res.StatusCode, res.Request.URL.RequestURI(), res.Header, string(body)}
}

// stranger is somebody who isn't signed in.
func (o *office) stranger() *browser {
	return &browser{o, &http.Client{Timeout: patience}}
}

// fields are a form's names and values, by turns.
func fields(pairs ...string) url.Values {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return form
}

// screen is the bot's newest message with buttons: a paper of an earlier deed may
// come after it.
func screen(u *simulator.User) (s simulator.Message) {
	for _, m := range u.Messages() {
		if m.FromBot && len(m.Buttons) > 0 {
			s = m
		}
	}
	return s
}

// tap waits until u's screen has the button, and presses it there.
func (o *office) tap(u *simulator.User, label string) {
	o.t.Helper()
	o.await(u, func() bool { return u.PressOn(screen(u).ID, label) == nil })
}

// pressLike waits for a button of the newest message that has one whose label holds
// all these parts, and presses it.
func (o *office) pressLike(u *simulator.User, parts ...string) {
	o.t.Helper()
	o.await(u, func() bool {
		label := ""
		for _, m := range u.Messages() {
			for _, row := range m.Buttons {
				for _, b := range row {
					if m.FromBot && holdsAll(b.Text, parts) {
						label = b.Text
					}
				}
			}
		}
		return label != "" && u.Press(label) == nil
	})
}

func holdsAll(s string, parts []string) bool {
	for _, p := range parts {
		if !strings.Contains(s, p) {
			return false
		}
	}
	return true
}

// shows waits until u's screen holds these words: an earlier one that did is not
// enough.
func (o *office) shows(u *simulator.User, parts ...string) {
	o.t.Helper()
	o.await(u, func() bool { return holdsAll(screen(u).Text, parts) })
}

// heard reports whether the bot ever said these words to u.
func heard(u *simulator.User, words string) bool {
	for _, m := range u.Messages() {
		if m.FromBot && strings.Contains(m.Text, words) {
			return true
		}
	}
	return false
}

// slipOf waits until u has the picture and the PDF of an appointment's slip, and
// returns what the paper says.
func (o *office) slipOf(u *simulator.User, a tiepdan.Visit) string {
	o.t.Helper()
	paper := ""
	o.await(u, func() bool {
		picture, pdf := false, false
		for _, m := range u.Messages() {
			for _, f := range m.Files {
				picture = picture || m.FromBot && bytes.HasPrefix(f.Bytes, []byte("\x89PNG")) || f.Kind == "photo"
				if m.FromBot && f.MIME == "application/pdf" {
					if text := pdfText(o.t, f.Bytes); strings.Contains(text, a.Token) {
						pdf, paper = true, text
					}
				}
			}
		}
		return picture && pdf
	})
	return paper
}

// pdfText is what a PDF says, as a foreign reader reads it.
func pdfText(t *testing.T, data []byte) string {
	t.Helper()
	cmd := exec.Command(testenv.Pdftotext(t), "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// cellsOf are all cells of a workbook's first sheet.
func cellsOf(t *testing.T, data string) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// feedOf is a calendar as somebody else's program reads it, by the events' names.
func feedOf(t *testing.T, data string) map[string]ical.Event {
	t.Helper()
	cal, err := ical.NewDecoder(strings.NewReader(data)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	events := map[string]ical.Event{}
	for _, e := range cal.Events() {
		uid, err := e.Props.Text(ical.PropUID)
		if err != nil || uid == "" {
			t.Fatalf("an event without a name: %v", err)
		}
		events[uid] = e
	}
	return events
}

// dump is all that the database holds, row by row, and all of Redis.
func (o *office) dump() string {
	o.t.Helper()
	ctx, cancel := o.context()
	defer cancel()
	rows, err := o.store.Pool().Query(ctx, `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`)
	o.must(err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	o.must(err)
	var b strings.Builder
	for _, table := range tables {
		rows, err := o.store.Pool().Query(ctx, `SELECT t::text FROM `+table+` t`)
		o.must(err)
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		o.must(err)
		fmt.Fprintf(&b, "%s\n%s\n", table, strings.Join(lines, "\n"))
	}
	b.WriteString("redis.keys\n")
	o.dumpRedis(&b)
	return b.String()
}

// dumpRedis adds every key with what it holds.
func (o *office) dumpRedis(b *strings.Builder) {
	o.t.Helper()
	ctx, cancel := o.context()
	defer cancel()
	url := ""
	for _, v := range o.env {
		if at, ok := strings.CutPrefix(v, "REDIS_URL="); ok {
			url = at
		}
	}
	options, err := redis.ParseURL(url)
	o.must(err)
	r := redis.NewClient(options)
	defer r.Close()
	keys, err := r.Keys(ctx, "*").Result()
	o.must(err)
	for _, key := range keys {
		kind, err := r.Type(ctx, key).Result()
		o.must(err)
		var held any
		switch kind {
		case "string":
			held = r.Get(ctx, key).Val()
		case "hash":
			held = r.HGetAll(ctx, key).Val()
		case "list":
			held = r.LRange(ctx, key, 0, -1).Val()
		case "set":
			held = r.SMembers(ctx, key).Val()
		case "zset":
			held = r.ZRange(ctx, key, 0, -1).Val()
		case "none": // it ended meanwhile
		default:
			o.t.Errorf("%s is a %s, which nobody searches", key, kind)
		}
		fmt.Fprintf(b, "%s %v\n", key, held)
	}
}

// soon is when the story's session is: today where the day has hours enough left,
// else tomorrow morning; at an odd minute, so that no other begins then.
func soon(now time.Time) (starts, ends time.Time) {
	now = now.In(tiepdan.Hanoi)
	if now.Hour() < 19 {
		starts = now.Truncate(15 * time.Minute).Add(3*time.Hour + 7*time.Minute)
		return starts, starts.Add(90 * time.Minute)
	}
	starts = tiepdan.DateOf(now).Add(1).At(8*60 + 7)
	return starts, starts.Add(3 * time.Hour)
}

// clock and dm are times and days as buttons write them.
func clock(t time.Time) string { return t.In(tiepdan.Hanoi).Format("15:04") }
func dm(t time.Time) string    { return t.In(tiepdan.Hanoi).Format("02/01") }
