package simulator

// The Bot API's objects, as far as this server speaks them. A post that has
// been stored is never changed: an edit stores a new one in its place, so that
// answers and updates are written to the wire without any lock.

type account struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	Username  string `json:"username,omitempty"`
	Language  string `json:"language_code,omitempty"`
}

type chat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	FirstName string `json:"first_name,omitempty"`
	Username  string `json:"username,omitempty"`
}

type post struct {
	ID              int        `json:"message_id"`
	From            *account   `json:"from,omitempty"`
	Chat            chat       `json:"chat"`
	Date            int64      `json:"date"`
	EditDate        int64      `json:"edit_date,omitempty"`
	Origin          *origin    `json:"forward_origin,omitempty"`
	ReplyTo         *post      `json:"reply_to_message,omitempty"`
	Protected       bool       `json:"has_protected_content,omitempty"`
	Album           string     `json:"media_group_id,omitempty"`
	Text            string     `json:"text,omitempty"`
	Entities        []entity   `json:"entities,omitempty"`
	Photo           []media    `json:"photo,omitempty"`
	Document        *media     `json:"document,omitempty"`
	Voice           *media     `json:"voice,omitempty"`
	Video           *media     `json:"video,omitempty"`
	Caption         string     `json:"caption,omitempty"`
	CaptionEntities []entity   `json:"caption_entities,omitempty"`
	Location        *Location  `json:"location,omitempty"`
	Contact         *Contact   `json:"contact,omitempty"`
	Markup          *inlineSet `json:"reply_markup,omitempty"`
}

type origin struct {
	Type   string   `json:"type"`
	Date   int64    `json:"date"`
	Sender *account `json:"sender_user,omitempty"`
}

type entity struct {
	Type     string   `json:"type"`
	Offset   int      `json:"offset"`
	Length   int      `json:"length"`
	URL      string   `json:"url,omitempty"`
	Language string   `json:"language,omitempty"`
	User     *account `json:"user,omitempty"`
}

type media struct {
	FileID   string `json:"file_id"`
	Unique   string `json:"file_unique_id"`
	Name     string `json:"file_name,omitempty"`
	MIME     string `json:"mime_type,omitempty"`
	Size     int64  `json:"file_size,omitempty"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Duration *int   `json:"duration,omitempty"`
}

type inlineSet struct {
	Rows [][]Button `json:"inline_keyboard"`
}

// Location is a point on the map.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Contact is a card from an address book; UserID is 0 when it names nobody on Telegram.
type Contact struct {
	Phone  string `json:"phone_number"`
	Name   string `json:"first_name"`
	UserID int64  `json:"user_id,omitempty"`
}

// Button is one of either keyboard: under a message, or in place of the letters.
type Button struct {
	Text     string    `json:"text"`
	Data     string    `json:"callback_data,omitempty"`
	URL      string    `json:"url,omitempty"`
	WebApp   *WebApp   `json:"web_app,omitempty"`
	Copy     *CopyText `json:"copy_text,omitempty"`
	Switch   *string   `json:"switch_inline_query,omitempty"`
	SwitchIn *string   `json:"switch_inline_query_current_chat,omitempty"`
	Style    string    `json:"style,omitempty"`
	// Contact and Location are a keyboard button's requests.
	Contact  bool `json:"request_contact,omitempty"`
	Location bool `json:"request_location,omitempty"`
}

// WebApp is the page that a button opens.
type WebApp struct {
	URL string `json:"url"`
}

// CopyText is what a button puts in the clipboard.
type CopyText struct {
	Text string `json:"text"`
}

// Keyboard replaces the letters until another comes or it is removed.
type Keyboard struct {
	Rows        [][]Button `json:"keyboard"`
	OneTime     bool       `json:"one_time_keyboard,omitempty"`
	Placeholder string     `json:"input_field_placeholder,omitempty"`
}
