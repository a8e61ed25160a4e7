package telegram

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/go-telegram/bot/models"

	"tiepdan"
	"tiepdan/bot"
	"tiepdan/bot/telegram/simulator"
	"tiepdan/templates"
)

func TestIntroduction(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.sim.Misbehave(simulator.Fault{Kind: simulator.Broken, Match: "getMe", Count: 3})
	o.introduce(t.Context())
	if o.Name() != o.sim.Username() || o.Ready() != nil {
		t.Errorf("name %q, ready: %v", o.Name(), o.Ready())
	}
	for code, want := range map[string]string{"": "command.track.vi", "vi": "command.track.vi", "en": "command.track.en"} {
		var list []models.BotCommand
		if err := o.api.call(t.Context(), "getMyCommands", map[string]string{"language_code": code}, &list); err != nil {
			t.Fatal(err)
		}
		if len(list) != len(commands) || list[3].Command != "track" || list[3].Description != want {
			t.Errorf("%q: %+v", code, list)
		}
	}
	before := o.sim.Stats().Calls
	o.introduce(t.Context())
	for method, n := range o.sim.Stats().Calls {
		if strings.HasPrefix(method, "setmy") && n != before[method] {
			t.Errorf("%s was called again though nothing differs", method)
		}
	}
}

// Every text that Telegram's own pages need is there, in both languages, and fits.
func TestIntroductionHasItsTexts(t *testing.T) {
	t.Parallel()
	most := map[string]int{"bot.description": 512, "bot.about": 120}
	for _, name := range commands {
		most["command."+name] = 256
	}
	for key, max := range most {
		for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
			s, err := templates.Texts{}.Plain(lang, key, map[string]any{})
			if err != nil || s == "" || units(s) > max {
				t.Errorf("%s in %s: %q, %v", key, lang, s, err)
			}
		}
	}
}

func TestOptionsFaults(t *testing.T) {
	t.Parallel()
	_, err := New(Options{Token: "bí mật", URL: "::", Mode: Webhook, Secret: "có dấu"})
	if err == nil {
		t.Fatal("no fault found")
	}
	if n := strings.Count(err.Error(), "\n") + 1; n != 4 {
		t.Errorf("%d faults, want 4: %v", n, err)
	}
	if strings.Contains(err.Error(), "bí mật") || strings.Contains(err.Error(), "có dấu") {
		t.Errorf("a secret stands in %v", err)
	}
	if _, err := New(Options{Token: "1:" + strings.Repeat("a", 30), Mode: "pigeon"}); err == nil {
		t.Error("a mode that there isn't was taken")
	}
}

// shelf is a Keeper that remembers bytes, and refuses what begins with a bad word.
type shelf struct{ got []byte }

func (s *shelf) Keep(_ context.Context, name, mime string, r io.Reader, _ bool) (tiepdan.Attachment, string, error) {
	var err error
	if s.got, err = io.ReadAll(r); err != nil {
		return tiepdan.Attachment{}, "", err
	}
	if bytes.HasPrefix(s.got, []byte("MZ")) {
		return tiepdan.Attachment{}, "file.type", nil
	}
	return tiepdan.Attachment{SHA256: "x", Name: name, MIME: mime, Size: int64(len(s.got))}, "", nil
}

func TestKeep(t *testing.T) {
	t.Parallel()
	s := &shelf{}
	o := newOffice(t, func(o *Options, so *simulator.Options) { o.Keeper, so.MaxDownload = s, 1000 })
	keep := func(m simulator.Message, size int64) (tiepdan.Attachment, string, error) {
		t.Helper()
		f := m.Files[0]
		return o.Keep(t.Context(), o.peer(), bot.File{Ref: f.ID, Name: f.Name, MIME: f.MIME, Size: size, Class: "document"}, false)
	}
	good := o.ann.SendDocument("đơn.txt", "text/plain", []byte("nội dung"))
	o.sim.Misbehave(simulator.Fault{Kind: simulator.Broken, Match: "getFile", Count: 1})
	got, refusal, err := keep(good, 9)
	if err != nil || refusal != "" || got.Name != "đơn.txt" || got.Class != "document" || string(s.got) != "nội dung" {
		t.Errorf("%+v, %q, %v", got, refusal, err)
	}
	if _, refusal, err = keep(o.ann.SendDocument("a.exe", "application/pdf", []byte("MZ…")), 3); err != nil || refusal != "file.type" {
		t.Errorf("%q, %v", refusal, err)
	}
	if _, refusal, err = keep(o.ann.SendDocument("to.txt", "text/plain", bytes.Repeat([]byte("a"), 2000)), 2000); err != nil || refusal != "file.too_big" {
		t.Errorf("%q, %v", refusal, err)
	}
	if _, refusal, err = keep(good, maxDownload+1); err != nil || refusal != "file.too_big" {
		t.Errorf("told by its size: %q, %v", refusal, err)
	}
	if _, err := o.openFile(t.Context(), "/etc/hostname"); err == nil {
		t.Error("a file of our own disk was opened")
	}
	_, err = o.openFile(t.Context(), "documents/none")
	if f, ok := errors.AsType[*failure](err); !ok || f.why != refused || strings.Contains(err.Error(), o.sim.Token()) {
		t.Errorf("%v", err)
	}
}
