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
	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

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

// send fills in the form of the page that posts to action, as it stands there, and
// sends it: a field that the page doesn't have is a fault.
func (b *browser) send(page, action string, pairs ...string) answer {
	b.o.t.Helper()
	form, ok := formOf(page, action)
	if !ok {
		b.o.t.Fatalf("the page has no form for %s:\n%s", action, page)
	}
	for i := 0; i < len(pairs); i += 2 {
		if _, has := form[pairs[i]]; !has && pairs[i] != "do" && !strings.Contains(page, `name="`+pairs[i]+`"`) {
			b.o.t.Fatalf("the form for %s has no %s", action, pairs[i])
		}
		form.Set(pairs[i], pairs[i+1])
	}
	got := b.ask(http.MethodPost, action, form)
	if got.status != http.StatusOK {
		b.o.t.Fatalf("POST %s %v: %d\n%s\n%s", action, form, got.status, wordsOf(got.body), b.o.log)
	}
	return got
}

// formOf is what a browser would send of a page's form if nothing was typed.
func formOf(page, action string) (url.Values, bool) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, false
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" && attr(n, "action") == action {
			form := url.Values{}
			for c := range n.Descendants() {
				if value, ok := valueOf(c); ok {
					form.Add(attr(c, "name"), value)
				}
			}
			return form, true
		}
	}
	return nil, false
}

func valueOf(n *html.Node) (string, bool) {
	if n.Type != html.ElementNode || attr(n, "name") == "" {
		return "", false
	}
	switch n.Data {
	case "input":
		kind := attr(n, "type")
		return attr(n, "value"), kind != "file" && kind != "submit" && (kind != "checkbox" && kind != "radio" || has(n, "checked"))
	case "textarea":
		return textOf(n), true
	case "select":
		for o := range n.Descendants() {
			if o.Data == "option" && has(o, "selected") {
				return attr(o, "value"), true
			}
		}
		return "", true
	}
	return "", false
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// wordsOf is what a page says, without its marks.
func wordsOf(page string) string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return page
	}
	for n := range root.Descendants() {
		if n.Data == "main" {
			return strings.Join(strings.Fields(textOf(n)), " ")
		}
	}
	return strings.Join(strings.Fields(textOf(root)), " ")
}

// tap waits until the bot's newest message has the button, and presses it there.
func (o *office) tap(u *simulator.User, label string) {
	o.t.Helper()
	o.await(u, func() bool { return u.PressOn(u.Last().ID, label) == nil })
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

// shows waits until the bot's newest message about anything holds these words, and
// returns it: an earlier one that did is not enough.
func (o *office) shows(u *simulator.User, parts ...string) simulator.Message {
	o.t.Helper()
	var m simulator.Message
	o.await(u, func() bool { m = u.Last(); return holdsAll(m.Text, parts) })
	return m
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

// dump is all that the database holds, row by row, and what lies in the folder of
// files.
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
	return b.String()
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
