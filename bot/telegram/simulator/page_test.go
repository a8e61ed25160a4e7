package simulator_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"tiepdan/bot/telegram/simulator"
)

func control(t *testing.T, srv *simulator.Server, method, path, body string, into any) int {
	t.Helper()
	req, err := http.NewRequest(method, srv.URL()+"/simulator/"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if into != nil {
		if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
			t.Fatal(err)
		}
	}
	return resp.StatusCode
}

func TestPageUsesNothingButItsOwn(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	fetch := func(path string) string {
		resp, err := http.Get(srv.URL() + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != 200 || !strings.HasPrefix(resp.Header.Get("Content-Security-Policy"), "default-src 'self'") {
			t.Errorf("%s: %v %s %q", path, err, resp.Status, resp.Header.Get("Content-Security-Policy"))
		}
		return string(body)
	}
	page := fetch("/")
	for _, want := range []string{"không phải Telegram thật", "A simulator with sample data"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	links := regexp.MustCompile(`(?:src|href)="([^"#]+)"`).FindAllStringSubmatch(page, -1)
	script := fetch("/app.js") + fetch("/chat.js") + fetch("/compose.js") + fetch("/faults.js") + fetch("/bubble.js")
	links = append(links, regexp.MustCompile(`from '\./([^']+)'`).FindAllStringSubmatch(script, -1)...)
	for _, l := range links {
		fetch("/" + l[1])
	}
	if len(links) < 8 {
		t.Errorf("only %d links were found", len(links))
	}
}

func TestPageActsAndSees(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{People: []simulator.Person{{Name: "Người Dân Mẫu 1", Role: "Người dân"}}})
	events, err := http.Get(srv.URL() + "/simulator/events")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	var added struct{ ID int64 }
	control(t, srv, "POST", "people", `{"name":"Người Dân Mẫu 2","lang":"en"}`, &added)
	u, ok := srv.Find(added.ID)
	if !ok {
		t.Fatal("nobody was added")
	}
	path := "people/5000000002/"
	control(t, srv, "POST", path+"start", `{"text":"case_x"}`, nil)
	accepted(t, call(t, srv, "sendMessage", params{"chat_id": added.ID, "text": "<b>chào</b>", "parse_mode": "HTML", "reply_markup": inline(params{"text": "Bấm", "callback_data": "d"})}))
	m := u.Last()
	for _, act := range []string{`press {"message_id":2,"label":"Bấm"}`, `send {"text":"trả lời","reply_to":2}`, `location`, `contact {"own":true}`, `block`, `unblock`, `read`} {
		name, body, _ := strings.Cut(act, " ")
		if code := control(t, srv, "POST", path+name, body, nil); code != 204 {
			t.Errorf("%s: %d", act, code)
		}
	}
	if code := control(t, srv, "POST", path+"press", `{"message_id":2,"label":"Không có"}`, nil); code != 400 {
		t.Errorf("a button that is not there: %d", code)
	}
	var chat struct {
		Chat     struct{ Started, Blocked bool }
		Messages []simulator.Message
	}
	control(t, srv, "GET", "people/5000000002", "", &chat)
	if !chat.Chat.Started || chat.Chat.Blocked || len(chat.Messages) != 5 || chat.Messages[2].ReplyTo != m.ID || chat.Messages[1].HTML != "<b>chào</b>" {
		t.Errorf("got %+v", chat)
	}
	for lines := bufio.NewScanner(events.Body); lines.Scan(); {
		if strings.Contains(lines.Text(), `\u003cb\u003echào`) {
			return
		}
	}
	t.Error("the message was not told to the page")
}

func TestPageSetsFaults(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	if code := control(t, srv, "POST", "faults", `{"kind":"too_many","match":"getMe","count":1,"seconds":2}`, nil); code != 200 {
		t.Fatal(code)
	}
	if code := control(t, srv, "POST", "faults", `{"kind":"naughty"}`, nil); code != 400 {
		t.Errorf("an unknown kind: %d", code)
	}
	refused(t, call(t, srv, "getMe", nil), 429, "retry after 2")
	control(t, srv, "POST", "faults", `{"kind":"drop"}`, nil)
	control(t, srv, "DELETE", "faults", "", nil)
	accepted(t, call(t, srv, "getMe", nil))
}

func TestOtherSitesCannotAct(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	req, err := http.NewRequest("POST", srv.URL()+"/simulator/people/5000000001/send", bytes.NewBufferString(`{"text":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 403 || len(u.Messages()) != 1 {
		t.Errorf("got %s, %d messages", resp.Status, len(u.Messages()))
	}
}
