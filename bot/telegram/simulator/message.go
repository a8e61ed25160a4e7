package simulator

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Message is a message as the person's phone shows it.
type Message struct {
	ID      int       `json:"id"`
	FromBot bool      `json:"from_bot"`
	Date    time.Time `json:"date"`
	Edited  bool      `json:"edited,omitempty"`
	// Text is what it says, caption or text, without any marks; HTML is the same with them.
	Text    string     `json:"text"`
	HTML    string     `json:"html"`
	Buttons [][]Button `json:"buttons,omitempty"`
	// Keyboard is the reply keyboard that came with it.
	Keyboard *Keyboard `json:"keyboard,omitempty"`
	Files    []File    `json:"files,omitempty"`
	Location *Location `json:"location,omitempty"`
	Contact  *Contact  `json:"contact,omitempty"`
	// ReplyTo is the id of the message that it answers, or 0.
	ReplyTo   int      `json:"reply_to,omitempty"`
	Quote     string   `json:"quote,omitempty"`
	Album     string   `json:"album,omitempty"`
	Forwarded bool     `json:"forwarded,omitempty"`
	Protected bool     `json:"protected,omitempty"`
	Reactions []string `json:"reactions,omitempty"`
	seq       int64
}

// File is one that a message carries. Kind is photo, document, voice or video.
type File struct {
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Name     string `json:"name,omitempty"`
	MIME     string `json:"mime"`
	Size     int64  `json:"size"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Duration int    `json:"duration,omitempty"`
	Bytes    []byte `json:"-"`
}

// message is an entry as a Message.
func (s *Server) message(e *entry) Message {
	p := e.Post
	text, marks := p.Text, p.Entities
	if text == "" {
		text, marks = p.Caption, p.CaptionEntities
	}
	m := Message{ID: p.ID, FromBot: p.From.IsBot, Date: time.Unix(p.Date, 0), Edited: p.EditDate != 0,
		Text: text, HTML: toHTML(text, marks), Keyboard: e.Keyboard, Location: p.Location, Contact: p.Contact,
		Album: p.Album, Forwarded: p.Origin != nil, Protected: p.Protected,
		Reactions: slices.Concat(e.FromBot, e.FromUser), Files: s.filesOf(p), seq: e.Seq}
	if p.Markup != nil {
		m.Buttons = p.Markup.Rows
	}
	if q := p.ReplyTo; q != nil {
		m.ReplyTo, m.Quote = q.ID, quote(q)
	}
	return m
}

func quote(p *post) string {
	text := []rune(p.Text + p.Caption)
	return string(text[:min(len(text), 80)])
}

func (s *Server) filesOf(p *post) []File {
	var ids []string
	for _, m := range []*media{p.Document, p.Voice, p.Video} {
		if m != nil {
			ids = append(ids, m.FileID)
		}
	}
	if n := len(p.Photo); n > 0 {
		ids = append(ids, p.Photo[n-1].FileID)
	}
	var list []File
	for _, id := range ids {
		if b := s.files.find(id); b != nil {
			list = append(list, File{b.Kind, b.ID, b.Name, b.MIME, b.Size, b.Width, b.Height, b.Duration, s.files.bytes(b)})
		}
	}
	return list
}

// Button finds a button of the message by its label.
func (m Message) Button(label string) (Button, bool) {
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Text == label {
				return b, true
			}
		}
	}
	return Button{}, false
}

// Messages is the whole chat, oldest first.
func (u *User) Messages() []Message {
	u.mu.Lock()
	entries := slices.Clone(u.entries)
	u.mu.Unlock()
	list := make([]Message, len(entries))
	for i, e := range entries {
		list[i] = u.srv.message(e)
	}
	return list
}

// Last is the newest message of the bot; its ID is 0 when there is none.
func (u *User) Last() Message {
	m, _ := u.newest(func(Message) bool { return true })
	return m
}

// newest is the newest message of the bot that matches.
func (u *User) newest(match func(Message) bool) (Message, bool) {
	u.mu.Lock()
	entries := slices.Clone(u.entries)
	u.mu.Unlock()
	for _, e := range slices.Backward(entries) {
		if !e.Post.From.IsBot {
			continue
		}
		if m := u.srv.message(e); match(m) {
			return m, true
		}
	}
	return Message{}, false
}

// Keyboard is the reply keyboard that the phone shows, nil when it shows letters.
func (u *User) Keyboard() *Keyboard {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.keyboard
}

// Answers are what the bot answered to presses, oldest first.
func (u *User) Answers() []Answer {
	u.mu.Lock()
	defer u.mu.Unlock()
	return slices.Clone(u.answers)
}

// Blocked says whether the person has blocked the bot.
func (u *User) Blocked() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.blocked
}

// WaitFor is the newest message of the bot that matches, whether it is there
// already or comes (or is edited so) before ctx ends.
func (u *User) WaitFor(ctx context.Context, match func(Message) bool) (Message, error) {
	var found Message
	err := u.Until(ctx, func() bool {
		m, ok := u.newest(match)
		found = m
		return ok
	})
	return found, err
}

// Next is the first message of the bot that matches and that came or was
// edited after the one which Next gave before; it reads a chat in order.
func (u *User) Next(ctx context.Context, match func(Message) bool) (Message, error) {
	var found Message
	err := u.Until(ctx, func() bool {
		u.mu.Lock()
		entries := slices.Clone(u.entries)
		read := u.read
		u.mu.Unlock()
		slices.SortFunc(entries, func(a, b *entry) int { return int(a.Seq - b.Seq) })
		for _, e := range entries {
			if e.Seq <= read || !e.Post.From.IsBot {
				continue
			}
			if found = u.srv.message(e); match(found) {
				u.mu.Lock()
				u.read = e.Seq
				u.mu.Unlock()
				return true
			}
		}
		return false
	})
	return found, err
}

// Until waits until done says so; it is asked again whenever the chat changes.
func (u *User) Until(ctx context.Context, done func() bool) error {
	for {
		u.mu.Lock()
		changed := u.changed
		u.mu.Unlock()
		if done() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("simulator: what was waited for did not come to chat %d: %w; the bot's last message is %q",
				u.ID(), ctx.Err(), u.Last().Text)
		}
	}
}
