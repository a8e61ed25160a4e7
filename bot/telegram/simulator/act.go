package simulator

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
)

// What a person does. Whoever acts has started the bot and has not blocked it:
// a first act starts it silently, and one after a block unblocks it first.

// Start presses START, with the payload of a deep link or none.
func (u *User) Start(payload string) Message {
	text := "/start"
	if payload != "" {
		text += " " + payload
	}
	return u.Send(text)
}

// Send types a text and sends it; what is longer than a message goes out as
// several, and the last of them is returned.
func (u *User) Send(text string) Message { return u.Reply(0, text) }

// Reply sends a text, or files with the text as caption, as an answer to a message.
func (u *User) Reply(messageID int, text string, files ...File) Message {
	var posts []*post
	for _, f := range files {
		p := &post{}
		p.hold(u.srv.files.put(f.Kind, f.Name, f.MIME, f.Bytes))
		posts = append(posts, p)
	}
	if len(posts) > 1 {
		album := rand.Text()[:16]
		for _, p := range posts {
			p.Album = album
		}
	}
	if len(posts) > 0 {
		posts[0].Caption, posts[0].CaptionEntities = text, withFound(text, nil)
	} else {
		for _, piece := range pieces(text) {
			posts = append(posts, &post{Text: piece, Entities: withFound(piece, nil)})
		}
	}
	return u.say(messageID, posts...)
}

// pieces cuts a text as the apps do before they send it.
func pieces(text string) []string {
	var list []string
	for units(text) > maxText {
		cut, n := 0, 0
		for i, r := range text {
			if n += runeUnits(r); n > maxText {
				cut = i
				break
			}
		}
		list = append(list, text[:cut])
		text = text[cut:]
	}
	return append(list, text)
}

// say puts posts of this person in the chat and tells the bot of each.
func (u *User) say(replyTo int, posts ...*post) Message {
	u.acting.Lock()
	defer u.acting.Unlock()
	u.come()
	u.mu.Lock()
	if i, ok := u.index(replyTo); ok {
		for _, p := range posts {
			p.ReplyTo = u.entries[i].Post.quoted()
		}
	}
	for _, p := range posts {
		p.From = u.account()
	}
	if u.keyboard != nil && u.keyboard.OneTime {
		u.keyboard = nil
	}
	added := u.add(posts, markup{})
	u.seen = u.seq
	u.srv.show(u, added...)
	u.mu.Unlock()
	for _, e := range added {
		u.srv.updates.publish("message", u.queue("message"), e.Post, keptLong)
	}
	return u.srv.message(added[len(added)-1])
}

func (u *User) queue(kind string) string { return kind + ":" + strconv.FormatInt(u.ID(), 10) }

// come makes sure that the bot may be talked to; with u.acting held.
func (u *User) come() {
	u.mu.Lock()
	u.started = true
	blocked := u.blocked
	u.mu.Unlock()
	if blocked {
		u.setBlocked(false)
	}
}

// SendPhoto sends a photo as such.
func (u *User) SendPhoto(data []byte, caption string) Message {
	return u.Reply(0, caption, File{Kind: "photo", Bytes: data})
}

// SendAlbum sends photos as one album, the caption on its first.
func (u *User) SendAlbum(caption string, photos ...[]byte) Message {
	files := make([]File, len(photos))
	for i, data := range photos {
		files[i] = File{Kind: "photo", Bytes: data}
	}
	return u.Reply(0, caption, files...)
}

// SendDocument sends a file.
func (u *User) SendDocument(name, mime string, data []byte) Message {
	return u.Reply(0, "", File{Kind: "document", Name: name, MIME: mime, Bytes: data})
}

// SendVoice sends a voice message.
func (u *User) SendVoice(data []byte) Message {
	return u.Reply(0, "", File{Kind: "voice", Bytes: data})
}

// SendVideo sends a video.
func (u *User) SendVideo(name string, data []byte) Message {
	return u.Reply(0, "", File{Kind: "video", Name: name, Bytes: data})
}

// hanoi is where people are who have not said where (the lake in its middle).
var hanoi = Location{Latitude: 21.0287, Longitude: 105.8524}

// SendLocation sends the person's place.
func (u *User) SendLocation() Message {
	at := hanoi
	if u.person.Location != nil {
		at = *u.person.Location
	}
	return u.say(0, &post{Location: &at})
}

// ShareContact sends a card: the person's own, or another's who is not on Telegram.
func (u *User) ShareContact(own bool) Message {
	p := u.person
	card := &Contact{Phone: p.Phone, Name: p.Name, UserID: p.ID}
	if card.Phone == "" {
		card.Phone = fmt.Sprintf("+8490%07d", p.ID%10000000)
	}
	if !own {
		card = &Contact{Phone: "+84900000000", Name: "Người khác (mẫu)"}
	}
	return u.say(0, &post{Contact: card})
}

// Edit changes a text or caption of the person's own message.
func (u *User) Edit(messageID int, text string) error {
	u.acting.Lock()
	defer u.acting.Unlock()
	u.mu.Lock()
	i, ok := u.index(messageID)
	if !ok || u.entries[i].Post.From.IsBot {
		u.mu.Unlock()
		return errors.New("simulator: only one's own message can be edited")
	}
	e, p := *u.entries[i], *u.entries[i].Post
	if p.Text != "" {
		p.Text, p.Entities = text, withFound(text, nil)
	} else {
		p.Caption, p.CaptionEntities = text, withFound(text, nil)
	}
	p.EditDate = u.srv.now().Unix()
	e.Post = &p
	u.replace(i, &e)
	u.srv.show(u, &e)
	u.mu.Unlock()
	u.srv.updates.publish("edited_message", u.queue("message"), &p, keptLong)
	return nil
}

// React puts an emoji on a message, or takes it away when it is empty.
func (u *User) React(messageID int, emoji string) error {
	u.acting.Lock()
	defer u.acting.Unlock()
	u.mu.Lock()
	i, ok := u.index(messageID)
	if !ok {
		u.mu.Unlock()
		return errors.New("simulator: no such message")
	}
	e := *u.entries[i]
	was := reactions(e.FromUser)
	e.FromUser = nil
	if emoji != "" {
		e.FromUser = []string{emoji}
	}
	u.replace(i, &e)
	u.srv.show(u, &e)
	u.mu.Unlock()
	u.srv.updates.publish("message_reaction", u.queue("reaction"), map[string]any{
		"chat": u.chat(), "message_id": messageID, "user": u.account(), "date": u.srv.now().Unix(),
		"old_reaction": was, "new_reaction": reactions(e.FromUser)}, keptLong)
	return nil
}

func reactions(emoji []string) []reaction {
	list := []reaction{}
	for _, e := range emoji {
		list = append(list, reaction{"emoji", e})
	}
	return list
}
