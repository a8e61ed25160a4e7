package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot"
	"tiepdan/templates"
)

// chat is one person talking to the engine in a test.
type chat struct {
	t      *testing.T
	b      *books
	e      *bot.Engine
	peer   tiepdan.Peer
	at     time.Time
	n      int
	rev    int // of the screen shown last
	last   []bot.Reply
	out    bot.Outcome
	notice []bot.Reply
}

// office is the books and an engine over them whose clock the test moves.
type office struct {
	*books
	e  *bot.Engine
	at *time.Time
}

func newOffice() office {
	b, at := newBooks(), now
	o := office{books: b, at: &at}
	o.e = bot.NewEngine(bot.Options{Store: b, Files: shelf{}, Texts: templates.Texts{}, PublicURL: "https://mau.example", Now: func() time.Time { return *o.at }})
	return o
}

func (o office) person(t *testing.T, id string) *chat {
	return &chat{t: t, b: o.books, e: o.e, peer: tiepdan.Peer{Channel: "test", ID: id}, at: now}
}

func (o office) member(t *testing.T, s tiepdan.Staff) *chat {
	c := o.person(t, s.Login)
	o.staff[c.peer] = s
	return c
}

// do hands an event to the engine and renders all that is said, in both languages.
func (c *chat) do(ev bot.Event) string {
	c.t.Helper()
	c.n++
	if ev.ID == "" {
		ev.ID = fmt.Sprintf("%s-%d", c.peer.ID, c.n)
	}
	if ev.Message == "" {
		ev.Message = fmt.Sprintf("m%d", c.n)
	}
	ev.From, ev.At = c.peer, c.at
	if ev.Kind == "" {
		ev.Kind = bot.Said
	}
	out, err := c.e.Handle(context.Background(), ev)
	if err != nil {
		c.t.Fatalf("event %+v: %v", ev, err)
	}
	c.out, c.last = out, out.Replies
	for _, r := range out.Replies {
		if r.Rev != 0 {
			c.rev = r.Rev
		}
	}
	return c.render(out.Replies)
}

func (c *chat) render(rs []bot.Reply) string {
	c.t.Helper()
	var b strings.Builder
	for _, r := range rs {
		for _, lang := range []tiepdan.Language{tiepdan.English, tiepdan.Vietnamese} {
			text := say(c.t, lang, r)
			if lang == r.Language {
				b.WriteString(text + "\n")
			}
		}
	}
	return b.String()
}

// say renders a reply and its buttons, and fails where they don't fit.
func say(t *testing.T, lang tiepdan.Language, r bot.Reply) string {
	t.Helper()
	texts := templates.Texts{}
	s, err := texts.Say(lang, r.Key, r.Args)
	if err != nil {
		t.Fatalf("%v with %+v", err, r.Args)
	}
	if s == "" {
		t.Fatalf("%s says nothing in %s", r.Key, lang)
	}
	for _, row := range r.Buttons {
		if len(row) == 0 || len(row) > 3 {
			t.Errorf("%s: a row of %d buttons", r.Key, len(row))
		}
		for _, b := range row {
			label, err := texts.Plain(lang, b.Key, b.Args)
			if err != nil || label == "" {
				t.Fatalf("%s: button %s in %s: %q, %v", r.Key, b.ID, lang, label, err)
			}
			if len(b.ID) > 40 || b.ID == "" && b.URL == "" {
				t.Errorf("%s: button's ID %q", r.Key, b.ID)
			}
			s += "\n[" + label + "]"
		}
	}
	if r.Keyboard != nil {
		for _, row := range r.Keyboard.Rows {
			for _, k := range row {
				if label, err := texts.Plain(lang, k.Key, nil); err != nil || label == "" {
					t.Fatalf("%s: key %s: %v", r.Key, k.Key, err)
				}
			}
		}
	}
	return s
}

func (c *chat) says(text string) string { c.t.Helper(); return c.do(bot.Event{Text: text}) }

func (c *chat) press(id string) string {
	c.t.Helper()
	return c.do(bot.Event{Kind: bot.Pressed, Choice: id, Rev: c.rev})
}

func (c *chat) command(name, payload string) string {
	c.t.Helper()
	return c.do(bot.Event{Text: "/" + name, Command: name, Payload: payload})
}

func (c *chat) sends(names ...string) string {
	c.t.Helper()
	var out string
	for _, n := range names {
		out += c.do(bot.Event{Files: []bot.File{{Ref: n, Name: n, Class: "photo", MIME: "image/jpeg"}}})
	}
	return out
}

// keys are the keys of what was said last.
func (c *chat) keys() string {
	var ks []string
	for _, r := range c.last {
		ks = append(ks, r.Key)
	}
	return strings.Join(ks, " ")
}

// deliver renders the notices that wait for the person and returns them as text.
func (c *chat) deliver() string {
	c.t.Helper()
	var rest []bot.Notice
	c.notice = nil
	for _, n := range c.b.notices {
		if n.Peer != c.peer {
			rest = append(rest, n)
			continue
		}
		rs, _, err := c.e.Notice(context.Background(), n)
		if err != nil {
			c.t.Fatal(err)
		}
		for i, r := range rs {
			if r.Case != 0 {
				c.b.messages[fmt.Sprintf("%s/n%d.%d.%d", c.peer.ID, n.Case, n.Entry, i)] = [2]int64{r.Case, int64(r.Entry)}
			}
		}
		c.notice = append(c.notice, rs...)
	}
	c.b.notices = rest
	return c.render(c.notice)
}

// agree brings a person past the notice.
func (c *chat) agree() { c.b.accounts[c.peer] = bot.Account{PrivacyVersion: 1, PrivacyAt: now} }

func want(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q isn't in\n%s", p, text)
		}
	}
}

func wantNot(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(text, p) {
			t.Errorf("%q is in\n%s", p, text)
		}
	}
}

// shelf keeps every file but those whose name begins with bad.
type shelf struct{}

func (shelf) Keep(_ context.Context, _ tiepdan.Peer, f bot.File, sealed bool) (tiepdan.Attachment, string, error) {
	if f.Name == "bad.exe" {
		return tiepdan.Attachment{}, "file.type", nil
	}
	if sealed {
		f.Name = ""
	}
	return tiepdan.Attachment{SHA256: "sha-" + f.Ref, Name: f.Name, MIME: f.MIME, Class: f.Class}, "", nil
}
