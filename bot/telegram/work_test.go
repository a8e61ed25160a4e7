package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot"
	"tiepdan/bot/telegram/simulator"
)

// answers is a script that answers each event so.
func answers(say func(bot.Event) []bot.Reply) *script {
	return &script{handle: func(ev bot.Event) (bot.Outcome, error) { return bot.Outcome{Replies: say(ev)}, nil }}
}

func TestReplyWithButtons(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.run(t, answers(func(ev bot.Event) []bot.Reply {
		if ev.Kind == bot.Pressed {
			return []bot.Reply{
				{Key: "toast", Args: saying("Đã <b>nhận</b> " + strings.Repeat("rất ", 80)), Toast: true},
				{Key: "next", Args: saying("Chọn rồi: " + ev.Choice), Replace: true, Rev: 4, Buttons: [][]bot.Button{{{ID: "back", Key: "b", Args: saying("Quay lại")}}}},
			}
		}
		return []bot.Reply{{Key: "menu", Args: saying("<b>Xin chào</b> &amp; mời chọn"), Case: 12, Rev: 3, ReplyTo: ev.Message,
			Buttons: [][]bot.Button{{{ID: "kind/kien_nghi", Key: "b", Args: saying("Kiến nghị &amp; khác")}, {Key: "b", Args: saying("Trang"), URL: "https://vi.du/"}}}}}
	}))
	sent := o.ann.Send("chào")
	menu := o.sees(t, text("Xin chào"))
	if menu.HTML != "<b>Xin chào</b> &amp; mời chọn" || menu.ReplyTo != sent.ID {
		t.Errorf("%+v", menu)
	}
	if b, ok := menu.Button("Kiến nghị & khác"); !ok || b.Data != "3:kind/kien_nghi" {
		t.Errorf("buttons %+v", menu.Buttons)
	}
	if err := o.ann.Press("Kiến nghị & khác"); err != nil {
		t.Fatal(err)
	}
	next := o.sees(t, text("Chọn rồi: kind/kien_nghi"))
	if next.ID != menu.ID || !next.Edited {
		t.Error("the pressed message was not replaced")
	}
	eventually(t, "the spinner ends", func() bool { return len(o.ann.Answers()) == 1 })
	if got := o.ann.Answers()[0].Text; units(got) > maxToast || !strings.HasPrefix(got, "Đã nhận rất") {
		t.Errorf("toast %q", got)
	}
	o.store.until(t, "the message's case is remembered", func() bool { return o.store.remembered[itoa(menu.ID)] == 12 })
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

// A press that comes late, on a screen that is the same or can't be edited any
// more, still gets its screen.
func TestPressesThatGoWrong(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.run(t, answers(func(ev bot.Event) []bot.Reply {
		return []bot.Reply{{Key: "m", Args: saying("Như cũ"), Replace: true, Buttons: [][]bot.Button{{{ID: "again", Key: "b", Args: saying("Lại")}}}}}
	}))
	o.ann.Send("chào")
	first := o.sees(t, text("Như cũ"))
	o.ann.PressData(first.ID, "again")
	eventually(t, "the press is answered", func() bool { return len(o.ann.Answers()) == 1 })
	o.ann.PressData(first.ID+1000, "again")
	second := o.sees(t, func(m simulator.Message) bool { return m.Text == "Như cũ" && m.ID != first.ID })
	o.sim.Misbehave(simulator.Fault{Kind: simulator.Slow, Match: "answerCallbackQuery", Delay: time.Millisecond})
	o.ann.PressData(second.ID+1000, "again")
	o.sees(t, func(m simulator.Message) bool { return m.Text == "Như cũ" && m.ID > second.ID })
	if o.store.dead != 0 {
		t.Error("a press was put aside")
	}
}

func TestLongTextComesInParts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	long := "<b>" + strings.Repeat("Kính thưa quý cơ quan, tôi xin trình bày. ", 300) + "</b>"
	o.run(t, answers(func(bot.Event) []bot.Reply {
		return []bot.Reply{{Key: "m", Args: saying(long), Buttons: [][]bot.Button{{{ID: "menu", Key: "b", Args: saying("Menu")}}}}}
	}))
	o.ann.Send("chào")
	last := o.sees(t, func(m simulator.Message) bool { return m.Buttons != nil })
	var all string
	for _, m := range o.ann.Messages() {
		if m.FromBot {
			all += m.Text + " "
			if m.ID != last.ID && m.Buttons != nil {
				t.Error("buttons in the middle")
			}
		}
	}
	if squeeze(all) != squeeze(plain(long)) {
		t.Error("the parts don't say what the text says")
	}
}

// Markup that Telegram refuses must not cost the message.
func TestBrokenMarkupIsLeftOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.run(t, answers(func(bot.Event) []bot.Reply {
		return []bot.Reply{{Key: "m", Args: saying("<marquee>Quan &lt;trọng&gt;</marquee>")}}
	}))
	o.ann.Send("chào")
	if m := o.sees(t, text("Quan")); m.Text != "Quan <trọng>" {
		t.Errorf("%q", m.Text)
	}
}

func TestKeyboards(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.run(t, answers(func(ev bot.Event) []bot.Reply {
		if ev.OwnPhone {
			return []bot.Reply{{Key: "m", Args: saying("Số " + ev.Phone), Keyboard: &bot.Keyboard{Remove: true}}}
		}
		return []bot.Reply{{Key: "m", Args: saying("Số?"), Keyboard: &bot.Keyboard{Rows: [][]bot.Key{{{Key: "phone", Phone: true}, {Key: "place", Place: true}}, {{Key: "skip"}}}}}}
	}))
	o.ann.Send("chào")
	o.sees(t, text("Số?"))
	keys := o.ann.Keyboard()
	if keys == nil || len(keys.Rows) != 2 || !keys.Rows[0][0].Contact || !keys.Rows[0][1].Location || keys.Rows[1][0].Text != "skip.vi" {
		t.Fatalf("%+v", keys)
	}
	o.ann.ShareContact(true)
	o.sees(t, text("Số "))
	if o.ann.Keyboard() != nil {
		t.Error("the keyboard is still there")
	}
}

// kept are attachments by their hash.
type kept map[string][]byte

func (k kept) Open(_ context.Context, sha string) (io.ReadCloser, error) {
	if k[sha] == nil {
		return nil, errors.New("no such file")
	}
	return io.NopCloser(bytes.NewReader(k[sha])), nil
}

func (k kept) Paper(_ context.Context, p bot.Paper) (string, string, []byte, error) {
	if p.Kind == "qr" {
		return "qr.png", "image/png", k["png"], nil
	}
	return p.Kind + ".pdf", "application/pdf", []byte("%PDF-1.7 " + p.Kind), nil
}

func picture() []byte {
	var b bytes.Buffer
	png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30)))
	return b.Bytes()
}

func TestFilesAndPapers(t *testing.T) {
	t.Parallel()
	files := kept{"png": picture(), "bad": []byte("no picture at all"), "doc": []byte("%PDF-1.7"), "ogg": []byte("OggS")}
	o := newOffice(t, func(o *Options, _ *simulator.Options) { o.Files, o.Papers = files, files })
	attach := func(sha, mime, class string) tiepdan.Attachment {
		return tiepdan.Attachment{SHA256: sha, Name: "tệp mẫu", MIME: mime, Class: class, Size: 10}
	}
	o.run(t, answers(func(ev bot.Event) []bot.Reply {
		switch ev.Text {
		case "phiếu":
			return []bot.Reply{{Key: "m", Args: saying("<b>Mã hồ sơ</b>"), Protect: true, Case: 9, Papers: []bot.Paper{{Kind: "qr", Case: 9}, {Kind: "receipt", Case: 9}},
				Buttons: [][]bot.Button{{{ID: "menu", Key: "b", Args: saying("Menu")}}}}}
		case "hỏng":
			return []bot.Reply{{Key: "m", Args: saying("Ảnh hỏng"), Files: []tiepdan.Attachment{attach("bad", "image/png", "photo")}}}
		}
		return []bot.Reply{{Key: "m", Args: saying("Việc mới"), Files: []tiepdan.Attachment{
			attach("doc", "application/pdf", "document"), attach("png", "image/png", "photo"), attach("png", "image/png", "photo"), attach("ogg", "audio/ogg", "audio")}}}
	}))
	o.ann.Send("phiếu")
	receipt := o.sees(t, func(m simulator.Message) bool { return len(m.Files) == 1 && m.Files[0].Name == "receipt.pdf" })
	head, _ := o.ann.WaitFor(t.Context(), text("Mã hồ sơ"))
	if head.HTML != "<b>Mã hồ sơ</b>" || len(head.Files) != 1 || head.Files[0].Kind != "photo" || head.Buttons == nil || !head.Protected || !receipt.Protected {
		t.Errorf("head %+v, receipt %+v", head, receipt)
	}
	o.store.until(t, "both are remembered", func() bool {
		return o.store.remembered[itoa(head.ID)] == 9 && o.store.remembered[itoa(receipt.ID)] == 9
	})

	o.ann.Send("việc")
	o.sees(t, func(m simulator.Message) bool { return len(m.Files) == 1 && m.Files[0].Kind == "voice" })
	var kinds []string
	for _, m := range o.ann.Messages() {
		if m.FromBot && m.ID > receipt.ID {
			for _, f := range m.Files {
				kinds = append(kinds, f.Kind+map[bool]string{true: "+"}[m.Album != ""])
			}
		}
	}
	if got := strings.Join(kinds, " "); got != "photo+ photo+ document voice" {
		t.Errorf("files %s", got)
	}

	o.ann.Send("hỏng")
	if m := o.sees(t, text("Ảnh hỏng")); len(m.Files) != 1 || m.Files[0].Kind != "document" {
		t.Errorf("%+v", m)
	}
}

// The files of an album come one by one; what is said of them is said once.
func TestAlbumIsAcknowledgedOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.albumPause = 300 * time.Millisecond
	count := 0
	o.run(t, &script{handle: func(ev bot.Event) (bot.Outcome, error) {
		if ev.Files == nil {
			return bot.Outcome{Replies: []bot.Reply{{Key: "m", Args: saying("Xong")}}}, nil
		}
		count++
		return bot.Outcome{Album: ev.Album, Replies: []bot.Reply{{Key: "m", Args: saying("Đã nhận " + itoa(count) + " tệp")}}}, nil
	}})
	photos := []simulator.File{{Kind: "photo", Bytes: picture()}, {Kind: "photo", Bytes: picture()}, {Kind: "photo", Bytes: picture()}}
	o.ann.Reply(0, "ảnh", photos...)
	o.sees(t, text("Đã nhận 3 tệp"))
	o.ann.Reply(0, "ảnh", photos...)
	o.ann.Send("xong")
	o.sees(t, text("Xong"))
	var all []string
	for _, m := range o.ann.Messages() {
		if m.FromBot {
			all = append(all, m.Text)
		}
	}
	if got := strings.Join(all, ", "); got != "Đã nhận 3 tệp, Đã nhận 6 tệp, Xong" {
		t.Errorf("said %s", got)
	}
}

// A screen reaches its person through Telegram's bad moments.
func TestRepliesSurviveTelegram(t *testing.T) {
	t.Parallel()
	for _, f := range []simulator.Fault{
		{Kind: simulator.TooMany, Match: "sendMessage", Count: 2, Seconds: 1},
		{Kind: simulator.TooMany, Match: "sendMessage", Count: 1, Seconds: 3600},
		{Kind: simulator.Broken, Match: "sendMessage", Count: 2},
		{Kind: simulator.Drop, Match: "sendMessage", Count: 2},
		{Kind: simulator.LoseAnswer, Match: "sendMessage", Count: 1},
	} {
		t.Run(f.Kind, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.sim.Misbehave(f)
			o.run(t, answers(func(bot.Event) []bot.Reply { return []bot.Reply{{Key: "m", Args: saying("Đây")}} }))
			o.ann.Send("chào")
			o.sees(t, text("Đây"))
			if f.Kind == simulator.TooMany {
				o.store.until(t, "the rest is remembered", func() bool { return len(o.store.penalties) > 0 })
			}
		})
	}
}

// A letter that fails for ever, or can't be read, is said so to its person.
func TestDeadLettersAreTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.run(t, &script{handle: func(ev bot.Event) (bot.Outcome, error) {
		if ev.Text == "hỏng" {
			return bot.Outcome{}, errors.New("a fault of ours")
		}
		return bot.Outcome{Replies: []bot.Reply{{Key: "m", Args: saying("Được")}}}, nil
	}})
	o.ann.Send("hỏng")
	o.sees(t, text("update.dead.vi"))
	raw := []byte(`{"update_id":1,"message":{"message_id":"?","chat":{"id":` + o.peer().ID + `,"type":"private"}}}`)
	u, _, err := envelope(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.accept(t.Context(), []Update{u}); err != nil {
		t.Fatal(err)
	}
	o.store.until(t, "both are put aside", func() bool { return o.store.dead == 2 })
	o.ann.Send("tiếp")
	o.sees(t, text("Được"))
}

// Who has blocked the bot gets no reply, and that is no failure.
func TestRepliesToWhoLeft(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	engine := answers(func(ev bot.Event) []bot.Reply {
		if ev.Kind == bot.Said {
			return []bot.Reply{{Key: "m", Args: saying("Đây")}}
		}
		return nil
	})
	var kinds []string
	say := engine.handle
	engine.handle = func(ev bot.Event) (bot.Outcome, error) {
		if ev.Kind == bot.Said {
			o.ann.Block()
		}
		kinds = append(kinds, string(ev.Kind))
		return say(ev)
	}
	o.run(t, engine)
	o.ann.Send("chào")
	o.store.until(t, "the block is told too", func() bool { return len(o.store.letters) == 2 })
	o.end()
	if got := strings.Join(kinds, " "); got != "said left" || o.store.dead != 0 {
		t.Errorf("%s, %d put aside", got, o.store.dead)
	}
}

// Our own events come through the same lanes.
func TestOwnEvents(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	got := make(chan bot.Event, 1)
	o.engine = &script{handle: func(ev bot.Event) (bot.Outcome, error) { got <- ev; return bot.Outcome{}, nil }}
	err := o.handle(t.Context(), Letter{ID: 4, Source: "event", Peer: o.peer(), Raw: []byte(`{"Kind":"filled","Form":"d1"}`), At: time.Unix(5, 0)})
	if err != nil {
		t.Fatal(err)
	}
	if ev := <-got; ev.Kind != bot.Filled || ev.Form != "d1" || ev.ID != "l4" || ev.From != o.peer() || !ev.At.Equal(time.Unix(5, 0)) {
		t.Errorf("%+v", ev)
	}
}
