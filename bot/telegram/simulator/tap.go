package simulator

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Block stops the bot; Unblock lets it write again.
func (u *User) Block() {
	u.acting.Lock()
	defer u.acting.Unlock()
	u.setBlocked(true)
}

// Unblock takes a Block back.
func (u *User) Unblock() {
	u.acting.Lock()
	defer u.acting.Unlock()
	u.setBlocked(false)
}

func (u *User) setBlocked(blocked bool) {
	u.mu.Lock()
	same := u.blocked == blocked
	u.blocked = blocked
	u.wake()
	u.srv.showChat(u)
	u.mu.Unlock()
	if same {
		return
	}
	u.srv.updates.publish("my_chat_member", u.queue("member"), map[string]any{
		"chat": u.chat(), "from": u.account(), "date": u.srv.now().Unix(),
		"old_chat_member": u.srv.member(!blocked), "new_chat_member": u.srv.member(blocked)}, keptLong)
}

func (s *Server) member(blocked bool) map[string]any {
	if blocked {
		return map[string]any{"user": s.bot(), "status": "kicked", "until_date": 0}
	}
	return map[string]any{"user": s.bot(), "status": "member"}
}

// Press presses a button by its label: an inline one on the newest message
// that has it, else one of the reply keyboard, which sends its text, the
// person's card or place.
func (u *User) Press(label string) error {
	m, ok := u.newest(func(m Message) bool { _, has := m.Button(label); return has })
	if ok {
		return u.PressOn(m.ID, label)
	}
	return u.pressKey(label)
}

// pressKey presses a button of the reply keyboard.
func (u *User) pressKey(label string) error {
	if keys := u.Keyboard(); keys != nil {
		for _, row := range keys.Rows {
			for _, b := range row {
				if b.Text == label {
					u.key(b)
					return nil
				}
			}
		}
	}
	return fmt.Errorf("simulator: no button %q in chat %d; the bot's last message is %q", label, u.ID(), u.Last().Text)
}

func (u *User) key(b Button) {
	switch {
	case b.Contact:
		u.ShareContact(true)
	case b.Location:
		u.SendLocation()
	default:
		u.Send(b.Text)
	}
}

// PressOn presses a button of one message. A button that is a link does
// nothing here.
func (u *User) PressOn(messageID int, label string) error {
	e := u.find(messageID)
	if e == nil {
		return errors.New("simulator: no such message")
	}
	b, ok := u.srv.message(e).Button(label)
	if !ok {
		return fmt.Errorf("simulator: no button %q under message %d", label, messageID)
	}
	if b.Data != "" {
		u.PressData(messageID, b.Data)
	}
	return nil
}

// PressData sends a press of a message's button with that data, even if the
// button is no longer shown: as a slow phone does.
func (u *User) PressData(messageID int, data string) {
	u.acting.Lock()
	defer u.acting.Unlock()
	u.come()
	query := map[string]any{
		"id":            u.srv.presses.add(u, data, u.srv.now()),
		"from":          u.account(),
		"chat_instance": strconv.FormatInt(u.ID()*7919, 10),
		"data":          data,
	}
	if e := u.find(messageID); e != nil {
		query["message"] = e.Post
	} else { // deleted or too old: an inaccessible message
		query["message"] = map[string]any{"chat": u.chat(), "message_id": messageID, "date": 0}
	}
	u.srv.updates.publish("callback_query", u.queue("callback"), query, keptPress)
}

// LetTimePass is for tests of ages: it makes presses that wait for an answer d older.
func (s *Server) LetTimePass(d time.Duration) {
	s.presses.mu.Lock()
	defer s.presses.mu.Unlock()
	for _, q := range s.presses.asked {
		q.at = q.at.Add(-d)
	}
}
