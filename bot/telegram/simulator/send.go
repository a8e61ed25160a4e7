package simulator

import (
	"slices"
	"strconv"
)

// chatOf is the chat that a parameter names, whether or not it may be written to.
func (s *Server) chatOf(c *call, field string) (*User, error) {
	if c.text(field) == "" {
		return nil, badRequest("chat_id is empty")
	}
	id, err := strconv.ParseInt(c.text(field), 10, 64)
	if err != nil {
		return nil, badRequest("chat not found")
	}
	u, ok := s.Find(id)
	if !ok {
		return nil, badRequest("chat not found")
	}
	return u, nil
}

// post sends what a method has made: it looks at the parameters that all
// sending methods share, then puts the posts in the chat as one act.
func (s *Server) post(c *call, u *User, posts ...*post) ([]*entry, error) {
	m, err := s.markup(c)
	if err != nil {
		return nil, err
	}
	reply, err := s.replied(c, u)
	if err != nil {
		return nil, err
	}
	from := s.bot()
	for _, p := range posts {
		p.From, p.ReplyTo, p.Protected = from, reply, c.flag("protect_content")
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if err := u.open(); err != nil {
		return nil, err
	}
	if seconds := u.wait(len(posts)); seconds > 0 {
		return nil, tooMany(seconds)
	}
	s.counts.sent(len(posts))
	u.typing = ""
	added := u.add(posts, m)
	s.show(u, added...)
	return added, nil
}

// open says whether the bot may write; with u.mu held.
func (u *User) open() error {
	switch {
	case u.blocked:
		return forbidden("bot was blocked by the user")
	case !u.started:
		return forbidden("bot can't initiate conversation with a user")
	}
	return nil
}

// replied is the message that reply_parameters (or their older form) quote.
func (s *Server) replied(c *call, u *User) (*post, error) {
	params := struct {
		Message int   `json:"message_id"`
		Chat    int64 `json:"chat_id"`
		Anyway  bool  `json:"allow_sending_without_reply"`
	}{}
	if err := c.into("reply_parameters", &params); err != nil {
		return nil, err
	}
	if n, ok := c.number("reply_to_message_id"); ok {
		params.Message, params.Anyway = int(n), c.flag("allow_sending_without_reply")
	}
	if params.Message == 0 {
		return nil, nil
	}
	e := u.find(params.Message)
	if e == nil || params.Chat != 0 && params.Chat != u.ID() {
		if params.Anyway {
			return nil, nil
		}
		return nil, badRequest("message to be replied not found")
	}
	return e.Post.quoted(), nil
}

// quoted is a post as it stands in an answer to it: without what it answers itself.
func (p *post) quoted() *post {
	q := *p
	q.ReplyTo = nil
	return &q
}

func sendMessage(s *Server, c *call) (any, error) {
	u, err := s.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	text, marks, err := c.formatted("text", "entities")
	if err != nil {
		return nil, err
	}
	if err := checkText(text); err != nil {
		return nil, err
	}
	return s.one(s.post(c, u, &post{Text: text, Entities: marks}))
}

func checkText(text string) error {
	switch n := units(text); {
	case n == 0:
		return badRequest("message text is empty")
	case n > maxText:
		return badRequest("message is too long")
	}
	return nil
}

// one is the answer of a method that sends a single message.
func (s *Server) one(added []*entry, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return added[0].Post, nil
}

func sendLocation(s *Server, c *call) (any, error) {
	u, err := s.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	lat, err1 := strconv.ParseFloat(c.text("latitude"), 64)
	long, err2 := strconv.ParseFloat(c.text("longitude"), 64)
	if err1 != nil || err2 != nil || lat < -90 || lat > 90 || long < -180 || long > 180 {
		return nil, badRequest("wrong location specified")
	}
	return s.one(s.post(c, u, &post{Location: &Location{lat, long}}))
}

func sendContact(s *Server, c *call) (any, error) {
	u, err := s.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	card := &Contact{Phone: c.text("phone_number"), Name: c.text("first_name")}
	if card.Phone == "" || card.Name == "" {
		return nil, badRequest("wrong contact specified")
	}
	return s.one(s.post(c, u, &post{Contact: card}))
}

var chatActions = []string{"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
	"upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note", "cancel"}

func sendChatAction(s *Server, c *call) (any, error) {
	u, err := s.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	if !slices.Contains(chatActions, c.text("action")) {
		return nil, badRequest("wrong parameter action in request")
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if err := u.open(); err != nil {
		return nil, err
	}
	u.typing, u.typed = c.text("action"), s.now()
	u.wake()
	s.showChat(u)
	return true, nil
}

// source is the message that copyMessage and forwardMessage name.
func (s *Server) source(c *call) (to *User, original *post, err error) {
	if to, err = s.chatOf(c, "chat_id"); err != nil {
		return nil, nil, err
	}
	from, err := s.chatOf(c, "from_chat_id")
	if err != nil {
		return nil, nil, err
	}
	id, _ := c.number("message_id")
	e := from.find(int(id))
	what := map[string]string{"copymessage": "copy", "forwardmessage": "forward"}[c.method]
	if e == nil {
		return nil, nil, badRequest("message to %s not found", what)
	}
	if e.Post.Protected {
		return nil, nil, badRequest("message has protected content and can't be %sed", map[string]string{"copy": "copi", "forward": "forward"}[what])
	}
	return to, e.Post, nil
}

func copyMessage(s *Server, c *call) (any, error) {
	u, original, err := s.source(c)
	if err != nil {
		return nil, err
	}
	p := *original
	p.Origin, p.EditDate, p.Album = nil, 0, ""
	if _, given := c.values["caption"]; given {
		if p.Caption, p.CaptionEntities, err = c.caption(); err != nil {
			return nil, err
		}
	}
	added, err := s.post(c, u, &p)
	if err != nil {
		return nil, err
	}
	return map[string]int{"message_id": added[0].Post.ID}, nil
}

func forwardMessage(s *Server, c *call) (any, error) {
	u, original, err := s.source(c)
	if err != nil {
		return nil, err
	}
	p := *original
	p.EditDate, p.Album = 0, ""
	if p.Origin == nil {
		p.Origin = &origin{Type: "user", Date: original.Date, Sender: original.From}
	}
	return s.one(s.post(c, u, &p))
}
