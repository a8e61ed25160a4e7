// Package bot holds the conversations that people have with the office, apart
// from any chat app: an app's adapter turns its updates into [Event]s and shows
// our [Reply]s. It knows no app, no SQL and no page.
package bot

import (
	"time"

	"tiepdan"
)

// Event is something that a person did in a chat.
type Event struct {
	ID       string // the deed's own mark: the same deed has it again under another delivery
	From     tiepdan.Peer
	Name     string // how the app calls them; shown to nobody, never kept
	Language tiepdan.Language
	At       time.Time
	Kind     EventKind
	Message  string // the channel's mark of the message that it is, edits or was pressed under
	ReplyTo  string // the mark of the message that it answers, or ""
	Quoted   string // what that message says, if it is our own
	Text     string // typed text or a caption
	Command  string // "start", without slash and bot's name, lower case; "" if none
	Payload  string // what stood behind the command
	Choice   string // a button's ID
	Rev      int    // the revision that the button was shown for; 0: none
	Captions bool   // the button stands under a picture or a file: no text can take its place
	Files    []File
	Album    string // files sent as one act share it
	Point    *tiepdan.Point
	Phone    string // a shared contact's number
	OwnPhone bool   // … and it is the sender's own
	Form     string // of a Form event: the draft whose secure page was filled in
}

// EventKind says what an [Event] is.
type EventKind string

const (
	Said    EventKind = "said"    // a message
	Edited  EventKind = "edited"  // an older message, changed
	Pressed EventKind = "pressed" // a button
	Left    EventKind = "left"    // the bot was blocked
	Joined  EventKind = "joined"  // … unblocked
	Filled  EventKind = "filled"  // the secure page was sent
	Unknown EventKind = "unknown" // something that we can't read: a sticker, a poll, …
)

// File is one that came with an event. The engine fetches and keeps it before
// the conversation sees it: then Kept is set, or Refused says why not.
type File struct {
	Ref     string // the channel's own
	Name    string
	MIME    string
	Size    int64
	Class   string // photo, document, audio, video
	Kept    tiepdan.Attachment
	Refused string // a message's key: "file.too_big", "file.type", …
}

// Reply is something that we say. Key names its text in templates; Args are what
// the text needs. Buttons stand under the message, Keyboard replaces the phone's.
type Reply struct {
	Key      string               `json:"key"`
	Args     any                  `json:"args,omitempty"`
	Language tiepdan.Language     `json:"language,omitempty"` // "" : the person's own
	Buttons  [][]Button           `json:"buttons,omitempty"`
	Rev      int                  `json:"rev,omitempty"` // the screen's revision, which its buttons carry; 0: they never grow old
	Keyboard *Keyboard            `json:"keyboard,omitempty"`
	Papers   []Paper              `json:"papers,omitempty"`
	Files    []tiepdan.Attachment `json:"files,omitempty"`
	Case     int64                `json:"case,omitempty"`    // a reply to it belongs to this case
	Entry    int                  `json:"entry,omitempty"`   // … and it shows this entry
	Replace  bool                 `json:"replace,omitempty"` // edit the message whose button was pressed, where the app can
	Toast    bool                 `json:"toast,omitempty"`   // a passing word over the pressed button
	Protect  bool                 `json:"protect,omitempty"` // not to be forwarded or saved
	Quiet    bool                 `json:"quiet,omitempty"`   // without a sound
	ReplyTo  string               `json:"reply_to,omitempty"`
}

// Button is one under a message: a choice, or a link.
type Button struct {
	ID   string `json:"id,omitempty"`
	Key  string `json:"key"`
	Args any    `json:"args,omitempty"`
	URL  string `json:"url,omitempty"`
}

// Keyboard is what stands in place of the phone's keys: one that asks for the
// person's number or place. Remove takes it away.
type Keyboard struct {
	Rows   [][]Key `json:"rows,omitempty"`
	Remove bool    `json:"remove,omitempty"`
}

// Key is one of a [Keyboard]; pressing it says its text, or shares something.
type Key struct {
	Key   string `json:"key"`
	Phone bool   `json:"phone,omitempty"`
	Place bool   `json:"place,omitempty"`
}

// Paper is a document that is made when the reply is sent.
type Paper struct {
	Kind        string `json:"kind"` // receipt, qr, petition, petition_docx, checklist; slip, slip_qr; ics, session_ics; a kind of [tiepdan.CasePaper]
	Case        int64  `json:"case,omitempty"`
	Appointment int64  `json:"appointment,omitempty"`
	Session     int64  `json:"session,omitempty"`
	Spare       bool   `json:"spare,omitempty"` // if it can't be made, the words go without it
}
