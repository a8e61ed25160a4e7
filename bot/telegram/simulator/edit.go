package simulator

import (
	"reflect"
	"time"
)

// edit changes one of the bot's messages: change makes the new post from a
// copy of the old one, or refuses.
func (s *Server) edit(c *call, change func(p *post) error) (any, error) {
	if c.text("inline_message_id") != "" {
		return nil, badRequest("inline messages are unknown to this simulator")
	}
	u, err := s.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	id, ok := c.number("message_id")
	if !ok {
		return nil, badRequest("message identifier is not specified")
	}
	keys, err := s.inlineMarkup(c)
	if err != nil {
		return nil, err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if err := u.open(); err != nil {
		return nil, err
	}
	i, found := u.index(int(id))
	if !found {
		return nil, badRequest("message to edit not found")
	}
	return s.editEntry(u, i, keys, change)
}

// editEntry does the edit; with u.mu held.
func (s *Server) editEntry(u *User, i int, keys *inlineSet, change func(p *post) error) (any, error) {
	old := u.entries[i]
	if !old.Post.From.IsBot || old.Post.Origin != nil || old.Keyboard != nil {
		return nil, badRequest("message can't be edited")
	}
	p := *old.Post
	p.Markup = keys
	if err := change(&p); err != nil {
		return nil, err
	}
	if reflect.DeepEqual(&p, old.Post) {
		return nil, badRequest("message is not modified: specified new message content and reply markup " +
			"are exactly the same as a current content and reply markup of the message")
	}
	onlyKeys := p
	onlyKeys.Markup = old.Post.Markup
	if !reflect.DeepEqual(&onlyKeys, old.Post) {
		p.EditDate = s.now().Unix()
	}
	e := *old
	e.Post = &p
	u.replace(i, &e)
	s.show(u, &e)
	return &p, nil
}

func editMessageText(s *Server, c *call) (any, error) {
	text, marks, err := c.formatted("text", "entities")
	if err != nil {
		return nil, err
	}
	if err := checkText(text); err != nil {
		return nil, err
	}
	return s.edit(c, func(p *post) error {
		if p.Text == "" {
			return badRequest("there is no text in the message to edit")
		}
		p.Text, p.Entities = text, marks
		return nil
	})
}

func editMessageCaption(s *Server, c *call) (any, error) {
	text, marks, err := c.caption()
	if err != nil {
		return nil, err
	}
	return s.edit(c, func(p *post) error {
		if p.Photo == nil && p.Document == nil && p.Video == nil && p.Voice == nil {
			return badRequest("there is no caption in the message to edit")
		}
		p.Caption, p.CaptionEntities = text, marks
		return nil
	})
}

func editMessageReplyMarkup(s *Server, c *call) (any, error) {
	return s.edit(c, func(*post) error { return nil })
}

func deleteMessage(s *Server, c *call) (any, error) {
	u, err := s.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	id, _ := c.number("message_id")
	return true, s.remove(u, int(id))
}

func deleteMessages(s *Server, c *call) (any, error) {
	u, err := s.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	var ids []int
	if err := c.into("message_ids", &ids); err != nil {
		return nil, err
	}
	if len(ids) == 0 || len(ids) > 100 {
		return nil, badRequest("from 1 to 100 message identifiers are expected")
	}
	for _, id := range ids {
		s.remove(u, id) // those that are not there are passed over
	}
	return true, nil
}

func (s *Server) remove(u *User, id int) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	i, found := u.index(id)
	if !found {
		return badRequest("message to delete not found")
	}
	if s.now().Sub(time.Unix(u.entries[i].Post.Date, 0)) > 48*time.Hour {
		return badRequest("message can't be deleted for everyone")
	}
	u.entries = append(append([]*entry(nil), u.entries[:i]...), u.entries[i+1:]...)
	u.seq++
	u.wake()
	s.showRemoved(u, id)
	return nil
}

func setMessageReaction(s *Server, c *call) (any, error) {
	u, err := s.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	var kinds []reaction
	if err := c.into("reaction", &kinds); err != nil {
		return nil, err
	}
	if len(kinds) > 1 {
		return nil, badRequest("REACTIONS_TOO_MANY")
	}
	id, _ := c.number("message_id")
	u.mu.Lock()
	defer u.mu.Unlock()
	i, found := u.index(int(id))
	if !found {
		return nil, badRequest("message to react not found")
	}
	e := *u.entries[i]
	e.FromBot = nil
	for _, k := range kinds {
		e.FromBot = append(e.FromBot, k.Emoji)
	}
	u.replace(i, &e)
	s.show(u, &e)
	return true, nil
}

type reaction struct {
	Type  string `json:"type"`
	Emoji string `json:"emoji"`
}
