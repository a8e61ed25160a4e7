package telegram

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tiepdan/bot/telegram/simulator"
)

var hookSecret = rand.Text()

func hooked(o *Options, _ *simulator.Options) {
	o.Mode, o.Secret, o.WebhookURL = Webhook, hookSecret, "http://127.0.0.1:1/hook"
}

func TestWebhookAnswers(t *testing.T) {
	t.Parallel()
	good := said(`"text":"xin chào"`)
	for _, c := range []struct {
		name, method, secret, body string
		refuse                     int
		stopping                   bool
		want, kept                 int
	}{
		{"a good update is kept", "POST", hookSecret, good, 0, false, 200, 1},
		{"one that we can't read is kept too", "POST", hookSecret, `{"update_id":3,"message":[]}`, 0, false, 200, 1},
		{"what happens in a group is not", "POST", hookSecret, `{"update_id":3,"message":{"message_id":1,` + inGroup + `}}`, 0, false, 200, 0},
		{"a wrong secret", "POST", hookSecret + "x", good, 0, false, 401, 0},
		{"no secret", "POST", "", good, 0, false, 401, 0},
		{"a body over a mebibyte", "POST", hookSecret, `{"update_id":1,"x":"` + strings.Repeat("x", 1<<20) + `"}`, 0, false, 413, 0},
		{"not JSON", "POST", hookSecret, `{"update_id":`, 0, false, 400, 0},
		{"no update", "POST", hookSecret, `{}`, 0, false, 400, 0},
		{"an update_id that is no number", "POST", hookSecret, `{"update_id":"3"}`, 0, false, 400, 0},
		{"nothing", "POST", hookSecret, ``, 0, false, 400, 0},
		{"another method", "GET", hookSecret, ``, 0, false, 405, 0},
		{"the store is away", "POST", hookSecret, good, 1, false, 503, 0},
		{"we are stopping", "POST", hookSecret, good, 0, true, 503, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, hooked)
			o.store.refuse = c.refuse
			o.stopping.Store(c.stopping)
			r := httptest.NewRequest(c.method, "/hook", strings.NewReader(c.body))
			r.Header.Set("X-Telegram-Bot-Api-Secret-Token", c.secret)
			w := httptest.NewRecorder()
			o.Handler().ServeHTTP(w, r)
			if w.Code != c.want || len(o.store.letters) != c.kept {
				t.Errorf("answered %d and kept %d, want %d and %d", w.Code, len(o.store.letters), c.want, c.kept)
			}
			if c.want == 503 && w.Header().Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			if c.want == 405 && w.Header().Get("Allow") != "POST" {
				t.Error("no Allow")
			}
		})
	}
}

// Telegram's side and ours together: set with its secret, failures repeated.
func TestWebhookDelivers(t *testing.T) {
	t.Parallel()
	var handler http.Handler
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(hook.Close)
	o := newOffice(t, hooked, func(o *Options, _ *simulator.Options) { o.WebhookURL = hook.URL + "/hook" })
	handler = o.Handler()
	o.sim.Misbehave(simulator.Fault{Kind: simulator.TooMany, Match: "setWebhook", Count: 2, Seconds: 1})
	o.store.refuse = 2
	engine := &script{}
	o.run(t, engine)
	o.ann.Send("một")
	o.ann.Send("hai")
	eventually(t, "both are worked", func() bool { return len(engine.texts()) == 2 })
	if got := strings.Join(engine.texts(), " "); got != "một hai" {
		t.Errorf("worked %q", got)
	}
	if err := o.Ready(); err != nil {
		t.Error(err)
	}
	if n := o.sim.Stats().Calls["setwebhook"]; n != 3 {
		t.Errorf("setWebhook was called %d times", n)
	}
}

// A webhook that somebody took away is set again.
func TestWebhookIsSetAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t, hooked)
	if err := o.checkWebhook(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := o.checkWebhook(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := o.sim.Stats().Calls["setwebhook"]; n != 1 {
		t.Errorf("setWebhook was called %d times, want once", n)
	}
}
