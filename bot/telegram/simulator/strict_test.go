package simulator_test

import (
	"strings"
	"testing"
	"time"

	"tiepdan/bot/telegram/simulator"
)

func inline(buttons ...any) params { return params{"inline_keyboard": [][]any{buttons}} }

func TestRefusesWhatTelegramRefuses(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{ChatBurst: -1})
	u := citizen(srv)
	stranger := srv.User(simulator.Person{Name: "Người Dân Mẫu 2"})
	blocker := citizen(srv)
	blocker.Block()
	own := u.Send("của tôi")
	ours := call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": "của bot"}).id(t)
	keys := call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": "phím", "reply_markup": params{"keyboard": [][]string{{"A"}}}}).id(t)
	long := strings.Repeat("đ", 4097)
	send := func(p params) params {
		p["chat_id"] = u.ID()
		if _, ok := p["text"]; !ok {
			p["text"] = "x"
		}
		return p
	}
	html := func(s string) params { return send(params{"text": s, "parse_mode": "HTML"}) }
	for _, c := range []struct {
		name, method string
		p            params
		code         int
		description  string
	}{
		{"no chat", "sendMessage", params{"text": "x"}, 400, "chat_id is empty"},
		{"unknown chat", "sendMessage", params{"chat_id": 42, "text": "x"}, 400, "chat not found"},
		{"not started", "sendMessage", params{"chat_id": stranger.ID(), "text": "x"}, 403, "bot can't initiate conversation with a user"},
		{"blocked", "sendMessage", params{"chat_id": blocker.ID(), "text": "x"}, 403, "bot was blocked by the user"},
		{"blocked, typing", "sendChatAction", params{"chat_id": blocker.ID(), "action": "typing"}, 403, "bot was blocked"},
		{"empty text", "sendMessage", send(params{"text": " \n"}), 400, "message text is empty"},
		{"text of 4097", "sendMessage", send(params{"text": long}), 400, "message is too long"},
		{"2049 emoji", "sendMessage", send(params{"text": strings.Repeat("📝", 2049)}), 400, "message is too long"},
		{"unclosed tag", "sendMessage", html("<b>x"), 400, "can't parse entities: Can't find end tag corresponding to start tag \"b\""},
		{"unknown tag", "sendMessage", html("<p>x</p>"), 400, "can't parse entities: Unsupported start tag \"p\" at byte offset 0"},
		{"br", "sendMessage", html("a<br/>b"), 400, "Unsupported start tag \"br\" at byte offset 1"},
		{"crossed tags", "sendMessage", html("<b><i>x</b></i>"), 400, "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\""},
		{"end without start", "sendMessage", html("x</b>"), 400, "Unexpected end tag at byte offset 1"},
		{"bare less-than", "sendMessage", html("1 < 2"), 400, "can't parse entities: Unsupported start tag"},
		{"span without class", "sendMessage", html("<span>x</span>"), 400, "Tag \"span\" must have class \"tg-spoiler\""},
		{"attribute without value", "sendMessage", html("<a href>x</a>"), 400, "Expected equal sign"},
		{"other parse_mode", "sendMessage", send(params{"parse_mode": "MarkdownV2"}), 400, "unsupported parse_mode"},
		{"65 bytes of data", "sendMessage", send(params{"reply_markup": inline(params{"text": "b", "callback_data": strings.Repeat("x", 65)})}), 400, "BUTTON_DATA_INVALID"},
		{"22 Vietnamese letters of data", "sendMessage", send(params{"reply_markup": inline(params{"text": "b", "callback_data": strings.Repeat("ế", 22)})}), 400, "BUTTON_DATA_INVALID"},
		{"button without action", "sendMessage", send(params{"reply_markup": inline(params{"text": "b"})}), 400, "Text buttons are unallowed in the inline keyboard"},
		{"only an empty copy_text", "sendMessage", send(params{"reply_markup": inline(params{"text": "b", "copy_text": params{"text": ""}})}), 400, "Text buttons are unallowed"},
		{"button with two actions", "sendMessage", send(params{"reply_markup": inline(params{"text": "b", "callback_data": "x", "url": "https://a.vn"})}), 400, "exactly one action"},
		{"button without label", "sendMessage", send(params{"reply_markup": inline(params{"text": "", "callback_data": "x"})}), 400, "must be non-empty"},
		{"localhost", "sendMessage", send(params{"reply_markup": inline(params{"text": "b", "url": "http://localhost:8080/"})}), 400, "BUTTON_URL_INVALID"},
		{"no web address", "sendMessage", send(params{"reply_markup": inline(params{"text": "b", "url": "javascript://x.y"})}), 400, "BUTTON_URL_INVALID"},
		{"web app without https", "sendMessage", send(params{"reply_markup": inline(params{"text": "b", "web_app": params{"url": "http://a.vn"}})}), 400, "Only HTTPS links"},
		{"broken reply_markup", "sendMessage", send(params{"reply_markup": "{"}), 400, "can't parse reply_markup"},
		{"reply to nothing", "sendMessage", send(params{"reply_parameters": params{"message_id": 999}}), 400, "message to be replied not found"},
		{"edit to the same", "editMessageText", send(params{"message_id": ours, "text": "của bot"}), 400, "message is not modified"},
		{"edit of nothing", "editMessageText", send(params{"message_id": 999}), 400, "message to edit not found"},
		{"edit of the user's", "editMessageText", send(params{"message_id": own.ID}), 400, "message can't be edited"},
		{"edit under a reply keyboard", "editMessageText", send(params{"message_id": keys}), 400, "message can't be edited"},
		{"caption of a text", "editMessageCaption", send(params{"message_id": ours, "caption": "c"}), 400, "there is no caption in the message to edit"},
		{"keyboard in an edit", "editMessageText", send(params{"message_id": ours, "reply_markup": params{"keyboard": [][]string{{"A"}}}}), 400, "inline keyboard"},
		{"delete of nothing", "deleteMessage", send(params{"message_id": 999}), 400, "message to delete not found"},
		{"unknown action", "sendChatAction", send(params{"action": "dance"}), 400, "wrong parameter action"},
		{"unknown press", "answerCallbackQuery", params{"callback_query_id": "1"}, 400, "query is too old and response timeout expired or query ID is invalid"},
		{"unknown file", "getFile", params{"file_id": "x"}, 400, "wrong file_id"},
		{"photo by unknown id", "sendPhoto", send(params{"photo": "x"}), 400, "wrong file identifier"},
		{"no photo", "sendPhoto", send(params{}), 400, "there is no photo in the request"},
		{"album of one", "sendMediaGroup", send(params{"media": []params{{"type": "photo", "media": "x"}}}), 400, "from 2 to 10"},
		{"album without its parts", "sendMediaGroup", send(params{"media": []params{{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}}}), 400, "no file part"},
		{"place off the earth", "sendLocation", send(params{"latitude": 91, "longitude": 0}), 400, "wrong location"},
		{"command in capitals", "setMyCommands", params{"commands": []params{{"command": "Menu", "description": "d"}}}, 400, "BOT_COMMAND_INVALID"},
		{"command without description", "setMyCommands", params{"commands": []params{{"command": "menu", "description": ""}}}, 400, "BOT_COMMAND_DESCRIPTION_INVALID"},
		{"long language", "setMyCommands", params{"commands": []params{}, "language_code": "vie"}, 400, "language code"},
		{"short description of 121", "setMyShortDescription", params{"short_description": strings.Repeat("x", 121)}, 400, "too long"},
		{"copy of nothing", "copyMessage", send(params{"from_chat_id": u.ID(), "message_id": 999}), 400, "message to copy not found"},
		{"two reactions", "setMessageReaction", send(params{"message_id": ours, "reaction": []params{{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "🔥"}}}), 400, "REACTIONS_TOO_MANY"},
		{"unknown method", "sendTelepathy", params{}, 404, "Not Found"},
	} {
		t.Run(c.name, func(t *testing.T) { refused(t, call(t, srv, c.method, c.p), c.code, c.description) })
	}
}

func TestTakesWhatTelegramTakes(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{ChatBurst: -1})
	u := citizen(srv)
	for _, p := range []params{
		{"text": strings.Repeat("đ", 4096)},
		{"text": "<b>" + strings.Repeat("đ", 4096) + "</b>", "parse_mode": "HTML"},
		{"text": "x", "reply_markup": inline(params{"text": "b", "callback_data": strings.Repeat("x", 64), "copy_text": params{"text": ""}})},
		{"text": "x", "reply_markup": inline(params{"text": "b", "url": "http://127.0.0.1:8080/a"})},
		{"text": "x", "reply_markup": inline(params{"text": "b", "url": "https://t.me/x?start=1"})},
		{"text": "x", "reply_parameters": params{"message_id": 999, "allow_sending_without_reply": true}},
		{"text": "1 &lt; 2 & 3 > 2 &nbsp;", "parse_mode": "HTML"},
	} {
		p["chat_id"] = u.ID()
		accepted(t, call(t, srv, "sendMessage", p))
	}
	if m := u.Last(); m.Text != "1 < 2 & 3 > 2 &nbsp;" {
		t.Errorf("got %q", m.Text)
	}
	noRefusals(t, srv)
	local := start(t, simulator.Options{AllowLocalURLs: true})
	accepted(t, call(t, local, "sendMessage", params{"chat_id": citizen(local).ID(), "text": "x",
		"reply_markup": inline(params{"text": "b", "url": "http://localhost:8080/"})}))
}

func TestMarksAreKept(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{ChatBurst: -1})
	u := citizen(srv)
	for _, c := range []struct{ sent, shown string }{
		{"<b>a <i>b</i></b> c", "<b>a <i>b</i></b> c"},
		{"📝 <b>đậm</b>", "📝 <b>đậm</b>"},
		{"<strong>a</strong><em>b</em><ins>c</ins><del>d</del>", "<b>a</b><i>b</i><u>c</u><s>d</s>"},
		{`<a href="https://a.vn/?x=1&amp;y=2">x</a>`, `<a href="https://a.vn/?x=1&amp;y=2">x</a>`},
		{`<span class="tg-spoiler">x</span>`, "<tg-spoiler>x</tg-spoiler>"},
		{"<blockquote expandable>x</blockquote>", "<blockquote expandable>x</blockquote>"},
		{"<code>a <b>b</b></code>", "<code>a b</code>"},
		{"<pre><code class=\"language-go\">x</code></pre>", "<pre>x</pre>"},
		{"  <b> x </b>  ", "<b>x</b>"},
		{"&#39;&#x22;&quot;", "&#39;&#34;&#34;"},
		{"xem https://a.vn/b.", `xem <a href="https://a.vn/b">https://a.vn/b</a>.`},
		{"gõ /help nhé", `gõ <a class="command">/help</a> nhé`},
	} {
		r := call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": c.sent, "parse_mode": "HTML"})
		accepted(t, r)
		if got := u.Last().HTML; got != c.shown {
			t.Errorf("%q is shown as %q, want %q", c.sent, got, c.shown)
		}
	}
}

func TestPressGrowsOld(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": "x", "reply_markup": inline(params{"text": "Bấm", "callback_data": "d"})})
	press := func() string {
		if err := u.Press("Bấm"); err != nil {
			t.Fatal(err)
		}
		ups := updates(t, srv, 0)
		return ups[len(ups)-1].Callback.ID
	}
	id := press()
	accepted(t, call(t, srv, "answerCallbackQuery", params{"callback_query_id": id, "text": "được", "show_alert": true}))
	if a := u.Answers(); len(a) != 1 || a[0] != (simulator.Answer{Text: "được", Alert: true, Data: "d"}) {
		t.Errorf("answers %+v", a)
	}
	refused(t, call(t, srv, "answerCallbackQuery", params{"callback_query_id": id, "text": strings.Repeat("x", 201)}), 400, "MESSAGE_TOO_LONG")
	srv.LetTimePass(16 * time.Second)
	refused(t, call(t, srv, "answerCallbackQuery", params{"callback_query_id": id}), 400, "query is too old")
}

func TestBurstInOneChatIsRefused(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{ChatBurst: 5})
	u, other := citizen(srv), srv.User(simulator.Person{Name: "Người Dân Mẫu 2"})
	other.Start("")
	for range 5 {
		accepted(t, call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": "x"}))
	}
	r := call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": "x"})
	refused(t, r, 429, "Too Many Requests: retry after 1")
	if r.Parameters.RetryAfter != 1 || r.header.Get("Retry-After") != "1" {
		t.Errorf("got %+v", r)
	}
	accepted(t, call(t, srv, "sendMessage", params{"chat_id": other.ID(), "text": "x"}))
	if st := srv.Stats(); st.Sent != 6 || len(st.Refused) != 1 {
		t.Errorf("stats %+v", st)
	}
}

func TestCommandsByLanguageAndScope(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	vi, en := citizen(srv), srv.User(simulator.Person{Name: "Sample Citizen 2", Lang: "en"})
	set := func(name string, p params) {
		p["commands"] = []params{{"command": name, "description": "d"}}
		accepted(t, call(t, srv, "setMyCommands", p))
	}
	set("default", params{})
	set("english", params{"language_code": "en"})
	set("mine", params{"scope": params{"type": "chat", "chat_id": vi.ID()}})
	if a, b := vi.Commands()[0].Command, en.Commands()[0].Command; a != "mine" || b != "english" {
		t.Errorf("got %s and %s", a, b)
	}
	accepted(t, call(t, srv, "deleteMyCommands", params{"scope": params{"type": "chat", "chat_id": vi.ID()}}))
	if a := vi.Commands()[0].Command; a != "default" {
		t.Errorf("got %s", a)
	}
	if r := call(t, srv, "getMyCommands", params{"language_code": "en"}); string(r.Result) != `[{"command":"english","description":"d"}]` {
		t.Errorf("got %s", r.Result)
	}
}
