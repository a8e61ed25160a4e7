package simulator_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"tiepdan/bot/telegram/simulator"
)

type up struct {
	ID      int `json:"update_id"`
	Message *struct {
		ID    int `json:"message_id"`
		Text  string
		Album string `json:"media_group_id"`
	}
	Edited   *struct{ Text string } `json:"edited_message"`
	Callback *struct{ ID, Data string }
	Member   *struct {
		New struct{ Status string } `json:"new_chat_member"`
	} `json:"my_chat_member"`
	Query *struct{ ID, Data string } `json:"callback_query"`
}

func decode(t *testing.T, raw []byte) []up {
	t.Helper()
	var list []up
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	for i := range list {
		list[i].Callback = list[i].Query
	}
	return list
}

func updates(t *testing.T, srv *simulator.Server, offset int) []up {
	t.Helper()
	r := call(t, srv, "getUpdates", params{"offset": offset})
	accepted(t, r)
	return decode(t, r.Result)
}

func TestOffsetConfirms(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	for _, text := range []string{"a", "b", "c"} {
		u.Send(text)
	}
	first := updates(t, srv, 0)
	if len(first) != 4 || first[3].ID != first[0].ID+3 || first[0].Message.Text != "/start" {
		t.Fatalf("got %+v", first)
	}
	rest := updates(t, srv, first[2].ID)
	if len(rest) != 2 || rest[0].Message.Text != "b" || srv.Stats().Delivered != 2 {
		t.Errorf("got %+v, %+v", rest, srv.Stats())
	}
	if last := updates(t, srv, -1); len(last) != 1 || last[0].Message.Text != "c" {
		t.Errorf("a negative offset gave %+v", last)
	}
	if none := updates(t, srv, first[3].ID+1); len(none) != 0 || srv.Stats().Pending != 0 {
		t.Errorf("got %+v", none)
	}
}

func TestLongPollWaitsForAnUpdate(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := srv.User(simulator.Person{Name: "Người Dân Mẫu 1"})
	got := make(chan reply)
	go func() {
		r, _ := try(srv, "getUpdates", params{"timeout": 30})
		got <- r
	}()
	until(t, func() bool { return srv.Stats().Calls["getupdates"] == 1 })
	u.Send("đến rồi")
	if ups := decode(t, (<-got).Result); len(ups) != 1 || ups[0].Message.Text != "đến rồi" {
		t.Errorf("got %+v", ups)
	}
}

// until asks again and again, with a deadline, what no signal tells.
func until(t *testing.T, done func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for ctx := soon(t); !done(); {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("it did not happen")
		}
	}
}

func TestOlderPollIsTerminated(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	got := make(chan reply)
	go func() {
		r, _ := try(srv, "getUpdates", params{"timeout": 30})
		got <- r
	}()
	until(t, func() bool { return srv.Stats().Calls["getupdates"] == 1 })
	var second reply
	until(t, func() bool { // the first may not have begun to wait yet
		second = call(t, srv, "getUpdates", params{})
		select {
		case first := <-got:
			refused(t, first, 409, "terminated by other getUpdates request")
			return true
		default:
			return false
		}
	})
	accepted(t, second)
}

func TestAllowedUpdatesAreRemembered(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	m := u.Send("a")
	if err := u.React(m.ID, "👍"); err != nil {
		t.Fatal(err)
	}
	if n := len(updates(t, srv, 0)); n != 2 {
		t.Errorf("a reaction is not asked for, yet there are %d updates", n)
	}
	call(t, srv, "getUpdates", params{"allowed_updates": []string{"message_reaction"}})
	before := srv.Stats().Pending
	u.Send("b")
	if err := u.React(m.ID, ""); err != nil {
		t.Fatal(err)
	}
	if got := srv.Stats().Pending - before; got != 1 {
		t.Errorf("%d updates for a reaction and an unwanted message", got)
	}
}

// receiver is a bot's webhook that records, and answers what it is told to.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	got    []up
	secret []string
	answer func(u up, times int) (code int, header http.Header)
	times  map[int]int
}

func receive(t *testing.T, answer func(u up, times int) (int, http.Header)) *receiver {
	t.Helper()
	r := &receiver{answer: answer, times: map[int]int{}}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		var u up
		if err != nil || json.Unmarshal(body, &u) != nil {
			w.WriteHeader(500)
			return
		}
		r.mu.Lock()
		r.got = append(r.got, u)
		r.secret = append(r.secret, req.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
		r.times[u.ID]++
		code, header := 200, http.Header(nil)
		if r.answer != nil {
			code, header = r.answer(u, r.times[u.ID])
		}
		r.mu.Unlock()
		for k := range header {
			w.Header().Set(k, header.Get(k))
		}
		w.WriteHeader(code)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) texts() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []string
	for _, u := range r.got {
		switch {
		case u.Message != nil:
			list = append(list, u.Message.Text)
		case u.Edited != nil:
			list = append(list, "edited "+u.Edited.Text)
		case u.Query != nil:
			list = append(list, "press "+u.Query.Data)
		case u.Member != nil:
			list = append(list, u.Member.New.Status)
		}
	}
	return list
}

func TestWebhookKeepsTheOrderOfAChatOnly(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{RetryUnit: time.Millisecond})
	hook := receive(t, func(u up, times int) (int, http.Header) {
		if u.Message != nil && u.Message.Text == "một" && times < 4 {
			return 500, nil
		}
		return 200, nil
	})
	accepted(t, call(t, srv, "setWebhook", params{"url": hook.URL, "secret_token": "s-1_x"}))
	refused(t, call(t, srv, "getUpdates", params{}), 409, "can't use getUpdates method while webhook is active")
	u := citizen(srv)
	m := u.Send("một")
	if err := u.Edit(m.ID, "hai"); err != nil {
		t.Fatal(err)
	}
	u.PressData(m.ID, "p")
	u.Block()
	until(t, func() bool { return srv.Stats().Delivered == 5 })
	got := hook.texts()
	messages := slices.DeleteFunc(slices.Clone(got), func(s string) bool { return s == "press p" || s == "kicked" })
	if !slices.Equal(messages, []string{"/start", "một", "một", "một", "một", "edited hai"}) {
		t.Errorf("messages came as %q", got)
	}
	if slices.ContainsFunc(hook.secret, func(s string) bool { return s != "s-1_x" }) {
		t.Errorf("secrets %q", hook.secret)
	}
	var info struct {
		URL     string
		Pending int    `json:"pending_update_count"`
		Error   string `json:"last_error_message"`
	}
	if err := json.Unmarshal(call(t, srv, "getWebhookInfo", nil).Result, &info); err != nil {
		t.Fatal(err)
	}
	if info.URL != hook.URL || info.Pending != 0 || info.Error != "Wrong response from the webhook: 500 Internal Server Error" {
		t.Errorf("info %+v", info)
	}
}

func TestWebhookObeysRetryAfter(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{RetryUnit: time.Millisecond})
	var first, second time.Time
	hook := receive(t, func(_ up, times int) (int, http.Header) {
		if times == 1 {
			first = time.Now()
			return 503, http.Header{"Retry-After": {"150"}}
		}
		second = time.Now()
		return 200, nil
	})
	accepted(t, call(t, srv, "setWebhook", params{"url": hook.URL}))
	citizen(srv)
	until(t, func() bool { return srv.Stats().Delivered == 1 })
	if pause := second.Sub(first); pause < 150*time.Millisecond {
		t.Errorf("the retry came after %v, 150 units were asked for", pause)
	}
}

func TestWebhookRules(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{CalmSetWebhook: true})
	hook := receive(t, nil)
	refused(t, call(t, srv, "setWebhook", params{"url": hook.URL, "secret_token": "dấu"}), 400, "unallowed characters")
	refused(t, call(t, srv, "setWebhook", params{"url": "ftp://a.vn"}), 400, "bad webhook")
	u := citizen(srv)
	if r := call(t, srv, "setWebhook", params{"url": hook.URL}); r.Description != "Webhook was set" {
		t.Errorf("got %+v", r)
	}
	if r := call(t, srv, "setWebhook", params{"url": hook.URL}); r.Description != "Webhook is already set" {
		t.Errorf("got %+v", r)
	}
	until(t, func() bool { return srv.Stats().Delivered == 1 }) // what was pending goes to the webhook
	if r := call(t, srv, "deleteWebhook", nil); r.Description != "Webhook was deleted" {
		t.Errorf("got %+v", r)
	}
	u.Send("sau")
	if ups := updates(t, srv, 0); len(ups) != 1 || ups[0].Message.Text != "sau" {
		t.Errorf("got %+v", ups)
	}
	strict := start(t, simulator.Options{})
	accepted(t, call(t, strict, "setWebhook", params{"url": hook.URL}))
	refused(t, call(t, strict, "setWebhook", params{"url": hook.URL}), 429, "retry after 1")
}
