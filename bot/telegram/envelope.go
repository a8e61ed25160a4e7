package telegram

import (
	"encoding/json"
	"errors"

	"tiepdan"
)

// errPoison is an update that will never be readable: to try again helps nobody.
var errPoison error = poison{}

type poison struct{}

func (poison) Error() string   { return "an update that can't be read" }
func (poison) Permanent() bool { return true }

// Update is one as the store keeps it: the bytes that came, and whose lane it goes to.
type Update struct {
	ID   int64
	Peer tiepdan.Peer
	Raw  []byte
}

// nobody's lane is where updates go that name no chat.
var nobody = tiepdan.Peer{Channel: Channel, ID: "0"}

// envelope reads of an update only what keeping and ordering need. It fails
// where there is no update at all; one that we can't understand goes to a lane
// and is put aside there. Served is false for what happens in a group.
func envelope(raw []byte) (u Update, served bool, err error) {
	var e outline
	// A part of another form than we expect leaves the other parts readable.
	if err := json.Unmarshal(raw, &e); err != nil && !isForm(err) || e.ID <= 0 {
		return Update{}, false, errors.New("no update_id")
	}
	c := e.chat()
	u = Update{ID: e.ID, Peer: nobody, Raw: raw}
	if c.ID != 0 {
		u.Peer = peer(c.ID)
	}
	return u, c.private(), nil
}

func isForm(err error) bool {
	_, ok := errors.AsType[*json.UnmarshalTypeError](err)
	return ok
}

// outline is an update as far as its order goes.
type outline struct {
	ID       int64   `json:"update_id"`
	Message  *within `json:"message"`
	Edited   *within `json:"edited_message"`
	Member   *within `json:"my_chat_member"`
	Callback *struct {
		From    chat    `json:"from"`
		Message *within `json:"message"`
	} `json:"callback_query"`
}

type within struct {
	Chat chat `json:"chat"`
}

// chat is where it happened; zero if that can't be read.
func (o outline) chat() chat {
	switch {
	case o.Message != nil:
		return o.Message.Chat
	case o.Edited != nil:
		return o.Edited.Chat
	case o.Member != nil:
		return o.Member.Chat
	case o.Callback == nil:
		return chat{}
	case o.Callback.Message != nil && o.Callback.Message.Chat.ID != 0:
		return o.Callback.Message.Chat
	}
	return chat{ID: o.Callback.From.ID}
}
