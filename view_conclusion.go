package tiepdan

import "time"

// ConclusionLine is a session that was held or is under way, and how far what was
// concluded there is written.
type ConclusionLine struct {
	Session  Session
	Received int              // entries in the book
	Status   ConclusionStatus // "": nothing is written yet
	Number   string
	Items    int
}

// ConclusionTold is somebody whom a conclusion concerns and who came by a chat:
// whether a message reaches them there, and what became of it.
type ConclusionTold struct {
	Reception int64
	Reachable bool
	State     string // of the message; "": none yet
	Sent      time.Time
}
