package simulator_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"tiepdan/bot/telegram/simulator"
)

func TestStateSurvivesARestart(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "simulator.json")
	before := start(t, simulator.Options{})
	u := citizen(before)
	other := before.User(simulator.Person{Name: "Cán bộ Mẫu 2", Role: "Cán bộ"})
	sent := u.SendDocument("a.txt", "text/plain", []byte("nội dung"))
	accepted(t, call(t, before, "sendMessage", params{"chat_id": u.ID(), "text": "<b>x</b>", "parse_mode": "HTML",
		"reply_markup": params{"keyboard": [][]string{{"A"}}}}))
	accepted(t, call(t, before, "setMyCommands", params{"commands": []params{{"command": "menu", "description": "d"}}}))
	other.Block()
	before.Misbehave(simulator.Fault{Kind: simulator.Late, Delay: time.Hour, Count: 1})
	u.Send("muộn")
	wire := decode(t, call(t, before, "getUpdates", nil).Result)
	if err := before.Save(path); err != nil {
		t.Fatal(err)
	}
	before.Close()

	after := simulator.New(simulator.Options{})
	if err := after.Load(path); err != nil {
		t.Fatal(err)
	}
	if err := after.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { after.Close() })
	again, ok := after.Find(u.ID())
	if !ok || !sameMessages(again.Messages(), u.Messages()) || !reflect.DeepEqual(again.Keyboard(), u.Keyboard()) {
		t.Fatalf("the chat came back as %+v", again.Messages())
	}
	if o, _ := after.Find(other.ID()); !o.Blocked() || o.Person().Role != "Cán bộ" || len(again.Commands()) != 1 || after.Token() != before.Token() {
		t.Error("people, commands or token are not as they were")
	}
	if got := again.Messages()[1].Files[0]; string(got.Bytes) != "nội dung" || got.ID != sent.Files[0].ID {
		t.Errorf("the file came back as %+v", got)
	}
	ups := updates(t, after, 0)
	if len(ups) != len(wire)+1 || ups[0].ID != wire[0].ID || ups[len(ups)-1].Message.Text != "muộn" {
		t.Errorf("pending before %+v, after %+v", wire, ups)
	}
	if m := again.Send("sau"); m.ID <= u.Messages()[len(u.Messages())-1].ID {
		t.Errorf("message id %d was used before", m.ID)
	}
}

func sameMessages(a, b []simulator.Message) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].ID != b[i].ID || a[i].HTML != b[i].HTML || !a[i].Date.Equal(b[i].Date) {
			return false
		}
	}
	return true
}

func TestSaveIsPrivateAndOnlyWhenNeeded(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "simulator.json")
	srv := start(t, simulator.Options{})
	if err := srv.Load(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	u := citizen(srv)
	if err := srv.Save(path); err != nil {
		t.Fatal(err)
	}
	first, err := os.Stat(path)
	if err != nil || first.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", err, first.Mode())
	}
	if err := srv.Save(path); err != nil {
		t.Fatal(err)
	}
	if same, err := os.Stat(path); err != nil || !os.SameFile(first, same) {
		t.Error("nothing had changed, yet it was written again")
	}
	u.Send("x")
	if err := srv.Save(path); err != nil {
		t.Fatal(err)
	}
	if other, err := os.Stat(path); err != nil || os.SameFile(first, other) {
		t.Error("a change was not written")
	}
}

func TestWebhookGoesOnAfterARestart(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "simulator.json")
	hook := receive(t, nil)
	before := start(t, simulator.Options{RetryUnit: time.Hour})
	accepted(t, call(t, before, "setWebhook", params{"url": "http://127.0.0.1:1/", "secret_token": "s"}))
	citizen(before)
	if err := before.Save(path); err != nil {
		t.Fatal(err)
	}
	before.Close()
	after := simulator.New(simulator.Options{CalmSetWebhook: true, RetryUnit: time.Millisecond})
	t.Cleanup(func() { after.Close() })
	if err := errors.Join(after.Load(path), after.Start("127.0.0.1:0")); err != nil {
		t.Fatal(err)
	}
	accepted(t, call(t, after, "setWebhook", params{"url": hook.URL, "secret_token": "s"}))
	until(t, func() bool { return after.Stats().Delivered == 1 })
}
