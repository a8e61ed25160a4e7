package simulator_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"tiepdan/bot/telegram/simulator"
)

// peek is the updates that are pending, as they stand on the wire.
func peek(t *testing.T, srv *simulator.Server) string {
	t.Helper()
	return string(call(t, srv, "getUpdates", params{}).Result)
}

func TestActsBecomeUpdates(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	u.Start("join_abc")
	photo := u.SendPhoto(picture(t, 30, 20), "ảnh")
	u.SendVoice([]byte("OggS"))
	u.SendVideo("v.mp4", []byte("video"))
	u.SendLocation()
	u.ShareContact(true)
	u.ShareContact(false)
	u.Reply(photo.ID, "về ảnh", simulator.File{Kind: "document", Name: "a.pdf", MIME: "application/pdf", Bytes: []byte("%PDF")})
	wire := peek(t, srv)
	for _, part := range []string{
		`"text":"/start join_abc","entities":[{"type":"bot_command","offset":0,"length":6}]`,
		`"width":30,"height":20}],"caption":"ảnh"`, `"voice":{`, `"video":{`, `"mime_type":"video/mp4"`,
		`"location":{"latitude":21.0287,"longitude":105.8524}`,
		`"contact":{"phone_number":"+84900000001","first_name":"Người Dân Mẫu 1","user_id":5000000001}`,
		`"contact":{"phone_number":"+84900000000","first_name":"Người khác (mẫu)"}`,
		`"reply_to_message":{"message_id":`, `"language_code":"vi"`, `"file_name":"a.pdf"`,
	} {
		if !strings.Contains(wire, part) {
			t.Errorf("%s is missing in %s", part, wire)
		}
	}
}

func TestAlbumIsSeveralMessages(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	u.SendAlbum("bộ ảnh", picture(t, 4, 4), picture(t, 5, 5), picture(t, 6, 6))
	ups := updates(t, srv, 0)[1:]
	if len(ups) != 3 || ups[0].Message.Album == "" || ups[0].Message.Album != ups[2].Message.Album {
		t.Fatalf("got %+v", ups)
	}
	if list := u.Messages()[1:]; list[0].Text != "bộ ảnh" || list[1].Text != "" || list[2].Album != list[0].Album {
		t.Errorf("got %+v", list)
	}
}

func TestLongTextGoesOutInPieces(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	text := strings.Repeat("ố", 5000)
	u.Send(text)
	list := u.Messages()[1:]
	if len(list) != 2 || list[0].Text+list[1].Text != text || len([]rune(list[0].Text)) != 4096 {
		t.Errorf("%d messages", len(list))
	}
}

func TestKeyboardButtonsSendWhatTheyAsk(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	keys := params{"keyboard": [][]any{{"✅ Xong", params{"text": "📱 Gửi số", "request_contact": true}, params{"text": "📍 Gửi vị trí", "request_location": true}}}}
	accepted(t, call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": "x", "reply_markup": keys}))
	for _, label := range []string{"✅ Xong", "📱 Gửi số", "📍 Gửi vị trí"} {
		if err := u.Press(label); err != nil {
			t.Fatal(err)
		}
	}
	list := u.Messages()[2:]
	if list[0].Text != "✅ Xong" || list[1].Contact.UserID != u.ID() || list[2].Location == nil {
		t.Errorf("got %+v", list)
	}
	accepted(t, call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": "x", "reply_markup": params{"remove_keyboard": true}}))
	if err := u.Press("✅ Xong"); err == nil || u.Keyboard() != nil {
		t.Error("a removed keyboard could be pressed")
	}
}

func TestPressTakesTheNewestButton(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	for _, data := range []string{"old", "new"} {
		accepted(t, call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": "x", "reply_markup": inline(params{"text": "Bấm", "callback_data": data})}))
	}
	old := u.Messages()[1]
	if err := errors.Join(u.Press("Bấm"), u.PressOn(old.ID, "Bấm")); err != nil {
		t.Fatal(err)
	}
	ups := updates(t, srv, 0)[1:]
	if ups[0].Callback.Data != "new" || ups[1].Callback.Data != "old" {
		t.Errorf("got %+v %+v", ups[0].Callback, ups[1].Callback)
	}
	call(t, srv, "deleteMessage", params{"chat_id": u.ID(), "message_id": old.ID})
	u.PressData(old.ID, "gone")
	if wire := string(call(t, srv, "getUpdates", params{"offset": 1}).Result); !strings.Contains(wire, `"date":0`) {
		t.Errorf("a press on a deleted message should name an inaccessible one: %s", wire)
	}
}

func TestBlockIsToldAndEndsWithTheNextAct(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	u.Block()
	u.Block()
	u.Send("tôi quay lại")
	ups := updates(t, srv, 0)[1:]
	if len(ups) != 3 || ups[0].Member.New.Status != "kicked" || ups[1].Member.New.Status != "member" || ups[2].Message.Text != "tôi quay lại" {
		t.Errorf("got %+v", ups)
	}
	accepted(t, call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": "x"}))
}

func TestEditsAreTheOwnersOnly(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	m := u.Send("cũ")
	if err := u.Edit(m.ID, "mới"); err != nil {
		t.Fatal(err)
	}
	theirs := call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": "x"}).id(t)
	if u.Edit(theirs, "y") == nil {
		t.Error("the bot's message was edited by the user")
	}
	ups := updates(t, srv, 0)
	if got := u.Messages()[1]; got.Text != "mới" || !got.Edited || ups[2].Edited.Text != "mới" {
		t.Errorf("got %+v %+v", got, ups)
	}
}

func TestNextReadsInOrderAndWaitForDoesNot(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	for _, text := range []string{"một", "hai", "một nữa"} {
		accepted(t, call(t, srv, "sendMessage", params{"chat_id": u.ID(), "text": text}))
	}
	ctx := soon(t)
	if m, err := u.WaitFor(ctx, says("một")); err != nil || m.Text != "một nữa" {
		t.Errorf("%v %+v", err, m)
	}
	for _, want := range []string{"một", "một nữa"} {
		if m, err := u.Next(ctx, says("một")); err != nil || m.Text != want {
			t.Errorf("%v, got %q, want %q", err, m.Text, want)
		}
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := u.Next(ended, says("một")); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "một nữa") {
		t.Errorf("got %v", err)
	}
}

func TestHistoryIsBounded(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{History: 40})
	u := citizen(srv)
	for range 200 {
		u.Send("x")
	}
	if n := len(u.Messages()); n < 40 || n > 50 {
		t.Errorf("%d messages are kept", n)
	}
}
