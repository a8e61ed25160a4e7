package telegram

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot"
)

const (
	from    = `"from":{"id":5000000001,"is_bot":false,"first_name":"Người Dân Mẫu 1","language_code":"vi"}`
	inChat  = `"chat":{"id":5000000001,"type":"private","first_name":"Người Dân Mẫu 1"},"date":1790000000`
	inGroup = `"chat":{"id":-1001234567890,"type":"supergroup","title":"Nhóm mẫu"},"date":1790000000`
)

func said(parts string) string {
	return `{"update_id":7,"message":{"message_id":31,` + from + `,` + inChat + `,` + parts + `}}`
}

// person is what every event of these updates has.
func person(ev bot.Event) bot.Event {
	ev.From = tiepdan.Peer{Channel: "telegram", ID: "5000000001"}
	ev.Name, ev.Language = "Người Dân Mẫu 1", tiepdan.Vietnamese
	if ev.At.IsZero() {
		ev.At = time.Unix(1790000000, 0)
	}
	return ev
}

func message31(ev bot.Event) *bot.Event {
	ev.ID, ev.Message, ev.Kind = "m31", "31", bot.Said
	ev = person(ev)
	return &ev
}

func TestDecode(t *testing.T) {
	t.Parallel()
	now := time.Unix(1790000500, 0)
	unreadable := message31(bot.Event{})
	unreadable.Kind = bot.Unknown
	for _, c := range []struct {
		name, raw string
		want      *bot.Event // nil: nothing that we serve
	}{
		{"a text", said(`"text":"Đèn đường hỏng"`), message31(bot.Event{Text: "Đèn đường hỏng"})},
		{"an answer to a message", said(`"text":"Vâng","reply_to_message":{"message_id":12,"date":1,"chat":{"id":5000000001,"type":"private"}}`),
			message31(bot.Event{Text: "Vâng", ReplyTo: "12"})},
		{"an answer to a message of the bot's", said(`"text":"Vâng","reply_to_message":{"message_id":12,"from":{"id":9,"is_bot":true},"text":"Hồ sơ mẫu","chat":{"id":5000000001}}`),
			message31(bot.Event{Text: "Vâng", ReplyTo: "12", Quoted: "Hồ sơ mẫu"})},
		{"an answer to one's own message quotes nothing", said(`"text":"Vâng","reply_to_message":{"message_id":12,"from":{"id":5000000001},"text":"Hồ sơ mẫu","chat":{"id":5000000001}}`),
			message31(bot.Event{Text: "Vâng", ReplyTo: "12"})},
		{"a command with the bot's name and a payload", said(`"text":"/START@Tiepdan_Bot case_aB-9"`),
			message31(bot.Event{Text: "/START@Tiepdan_Bot case_aB-9", Command: "start", Payload: "case_aB-9"})},
		{"a photo, the largest of its sizes", said(`"caption":"Ổ gà","photo":[{"file_id":"S","width":90,"height":60,"file_size":900},{"file_id":"L","width":1280,"height":853,"file_size":91000},{"file_id":"M","width":320,"height":213,"file_size":9000}]`),
			message31(bot.Event{Text: "Ổ gà", Files: []bot.File{{Ref: "L", MIME: "image/jpeg", Size: 91000, Class: "photo"}}})},
		{"a file of an album", said(`"media_group_id":"77","document":{"file_id":"D","file_name":"đơn.pdf","mime_type":"application/pdf","file_size":1234}`),
			message31(bot.Event{Album: "77", Files: []bot.File{{Ref: "D", Name: "đơn.pdf", MIME: "application/pdf", Size: 1234, Class: "document"}}})},
		{"an animation is a video, though it comes as a document too", said(`"animation":{"file_id":"A","mime_type":"video/mp4"},"document":{"file_id":"A","mime_type":"video/mp4"}`),
			message31(bot.Event{Files: []bot.File{{Ref: "A", MIME: "video/mp4", Class: "video"}}})},
		{"a round video", said(`"video_note":{"file_id":"R","length":240,"file_size":5}`),
			message31(bot.Event{Files: []bot.File{{Ref: "R", MIME: "video/mp4", Size: 5, Class: "video"}}})},
		{"a voice", said(`"voice":{"file_id":"V","duration":3,"mime_type":"audio/ogg","file_size":4000}`),
			message31(bot.Event{Files: []bot.File{{Ref: "V", MIME: "audio/ogg", Size: 4000, Class: "audio"}}})},
		{"a piece of music", said(`"audio":{"file_id":"U","duration":3,"file_name":"ghi âm.m4a","mime_type":"audio/mp4"}`),
			message31(bot.Event{Files: []bot.File{{Ref: "U", Name: "ghi âm.m4a", MIME: "audio/mp4", Class: "audio"}}})},
		{"one's own number", said(`"contact":{"phone_number":"+84900000001","first_name":"Mẫu","user_id":5000000001}`),
			message31(bot.Event{Phone: "+84900000001", OwnPhone: true})},
		{"somebody else's number", said(`"contact":{"phone_number":"+84900000002","first_name":"Mẫu","user_id":5000000009}`),
			message31(bot.Event{Phone: "+84900000002"})},
		{"a number that is on no account", said(`"contact":{"phone_number":"+84900000003","first_name":"Mẫu"}`),
			message31(bot.Event{Phone: "+84900000003"})},
		{"a place", said(`"location":{"latitude":21.03,"longitude":105.85}`),
			message31(bot.Event{Point: &tiepdan.Point{Lat: 21.03, Lng: 105.85}})},
		{"a place with a name", said(`"venue":{"title":"UBND"},"location":{"latitude":21.03,"longitude":105.85}`),
			message31(bot.Event{Point: &tiepdan.Point{Lat: 21.03, Lng: 105.85}})},
		{"a sticker is something that we can't read", said(`"sticker":{"file_id":"X"}`), unreadable},
		{"a paid post of a kind that nobody knew", said(`"paid_media":{"star_count":1,"paid_media":[{"type":"live_photo"}]}`), unreadable},
		{"a text that quotes such a post", said(`"text":"Xem này","external_reply":{"origin":{"type":"brand_new"},"paid_media":{"paid_media":[{"type":"live_photo"}]}}`),
			message31(bot.Event{Text: "Xem này"})},
		{"a note of the app itself", said(`"pinned_message":{"message_id":3,"date":0,"chat":{"id":5000000001,"type":"private"}}`), nil},
		{"a group", `{"update_id":7,"message":{"message_id":31,` + from + `,` + inGroup + `,"text":"/start"}}`, nil},
		{"a kind that we didn't ask for", `{"update_id":7,"chat_boost":{"chat":{"id":1,"type":"private"}}}`, nil},
		{"a button", `{"update_id":8,"callback_query":{"id":"99","data":"12:kind/kien_nghi","message":{"message_id":30,` + inChat + `},` + from + `}}`,
			event(bot.Event{ID: "c99", Kind: bot.Pressed, Message: "30", Choice: "kind/kien_nghi", Rev: 12, At: now})},
		{"a button on a message that is too old to see", `{"update_id":8,"callback_query":{"id":"99","data":"menu","message":{"chat":{"id":5000000001,"type":"private"},"message_id":30,"date":0},` + from + `}}`,
			event(bot.Event{ID: "c99", Kind: bot.Pressed, Message: "30", Choice: "menu", At: now})},
		{"a button without its message", `{"update_id":8,"callback_query":{"id":"99","data":"menu",` + from + `}}`,
			event(bot.Event{ID: "c99", Kind: bot.Pressed, Choice: "menu", At: now})},
		{"a button in a group", `{"update_id":8,"callback_query":{"id":"99","data":"menu","message":{"message_id":30,` + inGroup + `},` + from + `}}`, nil},
		{"the bot is blocked", `{"update_id":9,"my_chat_member":{` + from + `,` + inChat + `,"old_chat_member":{"status":"member"},"new_chat_member":{"status":"kicked"}}}`,
			event(bot.Event{ID: "s1790000000.kicked", Kind: bot.Left})},
		{"the bot is unblocked", `{"update_id":9,"my_chat_member":{` + from + `,` + inChat + `,"old_chat_member":{"status":"kicked"},"new_chat_member":{"status":"member"}}}`,
			event(bot.Event{ID: "s1790000000.member", Kind: bot.Joined})},
		{"a live location moves", `{"update_id":9,"edited_message":{"message_id":31,` + from + `,` + inChat + `,"edit_date":1790000060,"location":{"latitude":21,"longitude":105}}}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, ok, err := decode([]byte(c.raw), now)
			if err != nil {
				t.Fatal(err)
			}
			if ok != (c.want != nil) {
				t.Fatalf("served: %v, event %+v", ok, got)
			}
			if ok && !reflect.DeepEqual(got, *c.want) {
				t.Errorf("\n got %+v\nwant %+v", got, *c.want)
			}
		})
	}
}

func event(ev bot.Event) *bot.Event {
	ev = person(ev)
	return &ev
}

// An edit is known by its words too: two within a second are two.
func TestEditsAreToldApart(t *testing.T) {
	t.Parallel()
	edit := func(update, text string) bot.Event {
		ev, ok, err := decode([]byte(`{"update_id":`+update+`,"edited_message":{"message_id":31,`+from+`,`+inChat+`,"edit_date":1790000060,"text":"`+text+`"}}`), time.Now())
		if err != nil || !ok || ev.Kind != bot.Edited || ev.Message != "31" || !ev.At.Equal(time.Unix(1790000060, 0)) {
			t.Fatalf("%+v, %v, %v", ev, ok, err)
		}
		return ev
	}
	first, again, other := edit("1", "một"), edit("2", "một"), edit("3", "hai")
	if first.ID != again.ID {
		t.Error("the same edit under another update is another deed")
	}
	if first.ID == other.ID {
		t.Error("two edits are one deed")
	}
}

// What can't be read has a lane nevertheless, and says nothing of its words.
func TestPoison(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		`{"update_id":5,"message":{"message_id":"bí mật","chat":{"id":42,"type":"private"}}}`,
		`{"update_id":5,"callback_query":{"id":7,"from":{"id":42},"data":["bí mật"]}}`,
	} {
		u, served, err := envelope([]byte(raw))
		if err != nil || !served || u.ID != 5 || u.Peer.ID != "42" {
			t.Errorf("%s: %+v, %v, %v", raw, u, served, err)
		}
		if _, _, err = decode([]byte(raw), time.Now()); !errors.Is(err, errPoison) {
			t.Errorf("%s: %v", raw, err)
		} else if strings.Contains(err.Error(), "bí mật") {
			t.Errorf("the error holds the words: %v", err)
		}
	}
	if u, served, err := envelope([]byte(`{"update_id":6,"message":"?"}`)); err != nil || !served || u.Peer != nobody {
		t.Errorf("%+v, %v, %v", u, served, err)
	}
}

func TestCommand(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"/start":                      {"start", ""},
		"/Start@x_bot  a b ":          {"start", "a b"},
		"/huy\nngay":                  {"huy", "ngay"},
		"/":                           {"", ""},
		"/ start":                     {"", ""},
		"/đơn":                        {"", ""},
		"/a/b":                        {"", ""},
		"start":                       {"", ""},
		" /start":                     {"", ""},
		"/" + strings.Repeat("a", 33): {"", ""},
	} {
		name, payload := command(text)
		if [2]string{name, payload} != want {
			t.Errorf("command(%q) = %q, %q, want %q", text, name, payload, want)
		}
	}
}

func TestChoiceComesBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rev int
		id  string
	}{{0, "menu"}, {0, "case/12/show"}, {0, "a:b"}, {7, "send"}, {123456, "x:y"}} {
		rev, id := choice(choiceData(c.rev, c.id))
		if rev != c.rev || id != c.id {
			t.Errorf("%d %q came back as %d %q", c.rev, c.id, rev, id)
		}
	}
}
