package telegram

import (
	"context"
	"time"

	"tiepdan"
	"tiepdan/bot"
)

// Engine decides what is said.
type Engine interface {
	Handle(ctx context.Context, ev bot.Event) (bot.Outcome, error)
	Notice(ctx context.Context, n bot.Notice) ([]bot.Reply, tiepdan.Language, error)
}

// Store keeps what comes and what goes, shares leads and limits among replicas.
// An error whose Temporary() is true keeps a letter from being put aside.
type Store interface {
	AcceptUpdates(ctx context.Context, source string, us []Update) (fresh int, err error)
	Lanes(ctx context.Context, o LaneOptions) (Lanes, error)
	InboxDepth(ctx context.Context) (n int, oldest time.Duration, err error)
	Lead(ctx context.Context, name string, fn func(context.Context) error) error

	ClaimMessages(ctx context.Context, limit int) ([]Message, error)
	ClaimOf(ctx context.Context, to tiepdan.Peer, limit int) ([]Message, error)
	Delivered(ctx context.Context, m Message, ref string) error
	DeliveredWithoutPaper(ctx context.Context, m Message, ref string) error
	Undelivered(ctx context.Context, m Message, o Outcome) error
	Release(ctx context.Context, ms ...Message) error
	Due() (due <-chan struct{}, stop func())
	RememberMessage(ctx context.Context, to tiepdan.Peer, ref string, caseID int64, entry int) error

	Pace(ctx context.Context, to tiepdan.Peer, burst int) (wait time.Duration, err error)
	Penalty(ctx context.Context, to tiepdan.Peer, d time.Duration) error
}

// Lanes work letters until they are stopped.
type Lanes interface {
	Stop(ctx context.Context) error
}

// LaneOptions are how lanes work.
type LaneOptions struct {
	Workers int
	Handle  func(context.Context, Letter) error
	Dead    func(context.Context, Letter, error)
}

// Letter is one update, or one event of our own, in its lane.
type Letter struct {
	ID      int64
	Source  string // Channel, or "event"
	Peer    tiepdan.Peer
	Raw     []byte
	Attempt int
	At      time.Time
}

// Message is one of the outbox, claimed: it must come back within a minute.
type Message struct {
	ID       int64
	Peer     tiepdan.Peer
	Case     int64
	Entry    int
	Key      string
	Reply    []byte // a bot.Reply as JSON, of a message that no case bore
	Language tiepdan.Language
	Staff    int64
	Attempt  int
	Created  time.Time
	Again    bool // what became of an earlier try isn't known
}

// Outcome is what became of a try to send a message.
type Outcome struct {
	State Sending
	Error string        // the kind of failure, without anybody's words
	After time.Duration // not before
}

// Sending is the part of an [Outcome] that decides.
type Sending string

const (
	Retry   Sending = "retry"     // not sent; again later
	Blocked Sending = "blocked"   // they left us
	Failed  Sending = "failed"    // this message can't be sent
	Unsure  Sending = "unknown"   // it may have been sent
	Dropped Sending = "cancelled" // there was nothing to be said any more
)
