package telegram

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"tiepdan"
	"tiepdan/bot"
)

// Channel is the name of this app in a [tiepdan.Peer].
const Channel = "telegram"

// decode turns an update into an event. There is none (ok is false) in what we
// don't serve: groups, kinds that we didn't ask for, the app's own notes. An
// error means that the update will never be readable.
func decode(raw []byte, now time.Time) (ev bot.Event, ok bool, err error) {
	var u update
	if err := json.Unmarshal(raw, &u); err != nil {
		return ev, false, fmt.Errorf("%w: %s", errPoison, jsonFault(err))
	}
	switch {
	case u.Message != nil:
		ev, ok = u.Message.said()
	case u.Edited != nil:
		ev, ok = u.Edited.edited()
	case u.Callback != nil:
		ev, ok = u.Callback.pressed(now)
	case u.Member != nil:
		ev, ok = u.Member.moved()
	}
	return ev, ok, nil
}

// jsonFault says where a document is wrong, without the words in it.
func jsonFault(err error) string {
	if t, ok := err.(*json.UnmarshalTypeError); ok {
		return "no " + t.Type.String() + " in " + t.Field
	}
	return "not JSON"
}

func (m *message) said() (bot.Event, bool) {
	if !m.Chat.private() || m.service.any() {
		return bot.Event{}, false
	}
	ev := m.event()
	ev.ID, ev.Kind = "m"+ev.Message, bot.Said
	ev.Command, ev.Payload = command(m.Text)
	if c := m.Contact; c != nil {
		ev.Phone, ev.OwnPhone = c.PhoneNumber, m.From != nil && c.UserID == m.From.ID
	}
	if l := m.Location; l != nil {
		ev.Point = &tiepdan.Point{Lat: l.Latitude, Lng: l.Longitude}
	}
	if ev.Text == "" && ev.Files == nil && ev.Phone == "" && ev.Point == nil {
		ev.Kind = bot.Unknown
	}
	return ev, true
}

// edited is an event only if the message still says something: a live location
// "edits" its message every minute.
func (m *message) edited() (bot.Event, bool) {
	if !m.Chat.private() {
		return bot.Event{}, false
	}
	ev := m.event()
	ev.Kind = bot.Edited
	h := fnv.New64a()
	h.Write([]byte(ev.Text))
	for _, f := range ev.Files {
		h.Write([]byte(f.Ref))
	}
	ev.ID = fmt.Sprintf("e%d.%d.%x", m.ID, m.EditDate, h.Sum64())
	ev.At = time.Unix(max(m.EditDate, m.Date), 0)
	return ev, ev.Text != "" || ev.Files != nil
}

// event is what said and edited share.
func (m *message) event() bot.Event {
	ev := bot.Event{From: peer(m.Chat.ID), At: time.Unix(m.Date, 0), Message: strconv.Itoa(m.ID),
		Text: m.Text, Files: m.files(), Album: m.Album}
	if ev.Text == "" {
		ev.Text = m.Caption
	}
	if m.From != nil {
		ev.Name, ev.Language = m.From.FirstName, language(m.From.LanguageCode)
	}
	if m.ReplyTo != nil {
		ev.ReplyTo, ev.Quoted = strconv.Itoa(m.ReplyTo.ID), m.ReplyTo.ours()
	}
	return ev
}

// files are what m carries: one, in truth. An animation comes as a document too.
func (m *message) files() []bot.File {
	if len(m.Photo) > 0 {
		p := largest(m.Photo)
		return []bot.File{{Ref: p.FileID, MIME: "image/jpeg", Size: int64(p.FileSize), Class: "photo"}}
	}
	for _, f := range []struct {
		*document
		class, mime string
	}{
		{m.Animation, "video", "video/mp4"}, {m.Video, "video", "video/mp4"}, {m.VideoNote, "video", "video/mp4"},
		{m.Voice, "audio", "audio/ogg"}, {m.Audio, "audio", "audio/mpeg"}, {m.Document, "document", ""},
	} {
		if f.document == nil {
			continue
		}
		if f.MIME != "" {
			f.mime = f.MIME
		}
		return []bot.File{{Ref: f.FileID, Name: f.Name, MIME: f.mime, Size: f.Size, Class: f.class}}
	}
	return nil
}

func largest(sizes []models.PhotoSize) models.PhotoSize {
	best := sizes[0]
	for _, p := range sizes[1:] {
		if p.Width*p.Height > best.Width*best.Height {
			best = p
		}
	}
	return best
}

func (c *callback) pressed(now time.Time) (bot.Event, bool) {
	ev := bot.Event{ID: "c" + c.ID, Kind: bot.Pressed, From: peer(c.From.ID), At: now,
		Name: c.From.FirstName, Language: language(c.From.LanguageCode)}
	if c.Message != nil {
		if !c.Message.Chat.private() {
			return bot.Event{}, false
		}
		ev.Message, ev.Captions = strconv.Itoa(c.Message.ID), c.Message.Caption != ""
	}
	ev.Rev, ev.Choice = choice(c.Data)
	return ev, true
}

func (s *memberShift) moved() (bot.Event, bool) {
	ev := bot.Event{From: peer(s.Chat.ID), At: time.Unix(s.Date, 0), Kind: bot.Joined,
		Name: s.From.FirstName, Language: language(s.From.LanguageCode)}
	if s.New.Status == "kicked" || s.New.Status == "left" {
		ev.Kind = bot.Left
	}
	ev.ID = fmt.Sprintf("s%d.%s", s.Date, s.New.Status)
	return ev, s.Chat.private()
}

func peer(id int64) tiepdan.Peer {
	return tiepdan.Peer{Channel: Channel, ID: strconv.FormatInt(id, 10)}
}

// language is the app's own; "" when it is neither of ours, so that the person is asked.
func language(code string) tiepdan.Language {
	switch code, _, _ = strings.Cut(strings.ToLower(code), "-"); code {
	case "vi":
		return tiepdan.Vietnamese
	case "en":
		return tiepdan.English
	}
	return ""
}

// command reads "/start@our_bot payload", whatever its case.
func command(text string) (name, payload string) {
	word, payload, _ := strings.Cut(strings.ReplaceAll(text, "\n", " "), " ")
	word, slash := strings.CutPrefix(word, "/")
	word, _, _ = strings.Cut(word, "@")
	if !slash || len(word) == 0 || len(word) > 32 {
		return "", ""
	}
	name = strings.ToLower(word)
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return "", ""
	}
	return name, strings.TrimSpace(payload)
}

// choice reads a button's data, "12:kind.kien_nghi"; one without a revision is an ID alone.
func choice(data string) (rev int, id string) {
	number, id, ok := strings.Cut(data, ":")
	rev, err := strconv.Atoi(number)
	if !ok || err != nil || rev < 0 {
		return 0, data
	}
	return rev, id
}

// choiceData is the data of a button for choice.
func choiceData(rev int, id string) string {
	if rev == 0 && !strings.Contains(id, ":") {
		return id
	}
	return strconv.Itoa(rev) + ":" + id
}
