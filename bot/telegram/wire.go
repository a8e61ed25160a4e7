package telegram

import "github.com/go-telegram/bot/models"

// What we read of an update. It is narrower than models.Update on purpose: an
// update must not become unreadable because of a part that we never look at,
// such as a kind of paid media, reaction or origin that is newer than the
// library, quoted in somebody's message.
type update struct {
	ID       int64        `json:"update_id"`
	Message  *message     `json:"message"`
	Edited   *message     `json:"edited_message"`
	Callback *callback    `json:"callback_query"`
	Member   *memberShift `json:"my_chat_member"`
}

type message struct {
	ID        int                `json:"message_id"`
	From      *models.User       `json:"from"`
	Chat      chat               `json:"chat"`
	Date      int64              `json:"date"`
	EditDate  int64              `json:"edit_date"`
	ReplyTo   *messageRef        `json:"reply_to_message"`
	Album     string             `json:"media_group_id"`
	Text      string             `json:"text"`
	Caption   string             `json:"caption"`
	Photo     []models.PhotoSize `json:"photo"`
	Document  *document          `json:"document"`
	Animation *document          `json:"animation"`
	Video     *document          `json:"video"`
	VideoNote *document          `json:"video_note"`
	Audio     *document          `json:"audio"`
	Voice     *document          `json:"voice"`
	Location  *models.Location   `json:"location"`
	Contact   *models.Contact    `json:"contact"`
	service
}

// service are notes that the app itself puts into a private chat; nobody said
// anything. Their content doesn't matter, so neither does its form.
type service struct {
	Pinned     any `json:"pinned_message"`
	AutoDelete any `json:"message_auto_delete_timer_changed"`
	Background any `json:"chat_background_set"`
	Allowed    any `json:"write_access_allowed"`
	Website    any `json:"connected_website"`
	TopicMade  any `json:"forum_topic_created"`
	TopicEdit  any `json:"forum_topic_edited"`
	TopicShut  any `json:"forum_topic_closed"`
	TopicOpen  any `json:"forum_topic_reopened"`
}

func (s service) any() bool {
	for _, v := range []any{s.Pinned, s.AutoDelete, s.Background, s.Allowed, s.Website,
		s.TopicMade, s.TopicEdit, s.TopicShut, s.TopicOpen} {
		if v != nil {
			return true
		}
	}
	return false
}

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

// messageRef is another message; it may be one that the bot can't see any more.
type messageRef struct {
	ID      int          `json:"message_id"`
	Chat    chat         `json:"chat"`
	From    *models.User `json:"from"`
	Text    string       `json:"text"`
	Caption string       `json:"caption"`
}

// ours is what a message of the bot's own says.
func (m *messageRef) ours() string {
	if m.From == nil || !m.From.IsBot {
		return ""
	}
	return m.Text + m.Caption // it has one of them
}

// document is what all kinds of files have in common.
type document struct {
	FileID string `json:"file_id"`
	Name   string `json:"file_name"`
	MIME   string `json:"mime_type"`
	Size   int64  `json:"file_size"`
}

type callback struct {
	ID      string      `json:"id"`
	From    models.User `json:"from"`
	Message *messageRef `json:"message"`
	Data    string      `json:"data"`
}

// memberShift says that the bot was blocked, or unblocked.
type memberShift struct {
	Chat chat        `json:"chat"`
	From models.User `json:"from"`
	Date int64       `json:"date"`
	New  struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

// private reports whether the chat is between one person and the bot. An absent
// type is not held against it: old presses carry none.
func (c chat) private() bool { return c.Type == "private" || c.Type == "" }
