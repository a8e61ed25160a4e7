package bot

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"tiepdan"
)

// Options are what an [Engine] needs.
type Options struct {
	Store     Store
	Files     Files
	Texts     Texts
	PublicURL string // of the office's own site, without a slash at the end
	Now       func() time.Time
}

// Engine carries conversations on: it loads where a person stands, lets the pure
// step decide, does what it asks for, and keeps where the person stands then.
// It may be used by many at once; the order in each chat is the caller's.
type Engine struct {
	store     Store
	files     Files
	texts     Texts
	publicURL string
	now       func() time.Time
}

// NewEngine returns an engine.
func NewEngine(o Options) *Engine {
	e := &Engine{store: o.Store, files: o.Files, texts: o.Texts, publicURL: o.PublicURL, now: o.Now}
	if e.now == nil {
		e.now = time.Now
	}
	return e
}

// Outcome is what is to be said to the person now.
type Outcome struct {
	Replies []Reply
	Due     bool   // messages for this very chat wait in the outbox: deliver them now
	Album   string // say this once the album is whole, in place of what was to be said of its earlier files
}

// errMoved says that somebody else went on with the talk meanwhile.
var errMoved = errors.New("bot: the talk has moved on")

// Handle takes an event. An error is ours, not the person's: nothing that they
// would have to know was done, and the event should be tried again.
func (e *Engine) Handle(ctx context.Context, ev Event) (Outcome, error) {
	out, err := e.handle(ctx, ev)
	if errors.Is(err, errMoved) {
		return e.handle(ctx, ev)
	}
	return out, err
}

func (e *Engine) handle(ctx context.Context, ev Event) (Outcome, error) {
	t, version, err := e.talk(ctx, ev.From)
	if err != nil {
		return Outcome{}, err
	}
	w, err := e.world(ctx, ev, t)
	if err != nil {
		return Outcome{}, err
	}
	if w.Account.Unreachable && ev.Kind != Left && ev.Kind != Joined { // who talks to us has come back
		if err := e.store.Reachable(ctx, ev.From, true); err != nil {
			return Outcome{}, fmt.Errorf("bot: somebody came back: %w", err)
		}
	}
	var s *step
	if ev.ID != "" && slices.Contains(t.Seen, ev.ID) {
		s, err = e.again(ctx, w, t, ev)
	} else {
		s, err = e.take(ctx, w, t, ev)
	}
	if err != nil {
		return Outcome{}, err
	}
	if err := e.keep(ctx, w, t, s, version); err != nil {
		return Outcome{}, err
	}
	return s.outcome(), nil
}

// take does what the event asks for.
func (e *Engine) take(ctx context.Context, w World, t Talk, ev Event) (*step, error) {
	if err := e.fetch(ctx, w, t, &ev); err != nil {
		return nil, err
	}
	turn, err := Advance(w, t, ev)
	if err != nil {
		return nil, err
	}
	s := &step{w: w, t: turn.Talk, ev: ev, out: turn.Replies}
	if turn.Command != nil {
		if err := turn.Command.run(ctx, e, s); err != nil {
			return e.failed(ctx, w, t, ev, err)
		}
		s.offered()
	}
	return s, nil
}

// failed tells the person why what they asked for can't be done, and shows where
// they stand: where they stood before.
func (e *Engine) failed(ctx context.Context, w World, t Talk, ev Event, err error) (*step, error) {
	pe, ok := errors.AsType[*tiepdan.Error](err)
	if !ok || pe.Code == tiepdan.Internal {
		return nil, err
	}
	if pe.Code == tiepdan.NotFound && t.Scene == InTracking {
		t.Code, t.Token = "", ""
	}
	s := &step{w: w, t: t.clone(), ev: ev}
	s.excuse(pe)
	return e.again(ctx, w, t, ev, s.out...)
}

// again shows the present screen, whatever it takes to show it, and does nothing.
func (e *Engine) again(ctx context.Context, w World, t Talk, ev Event, first ...Reply) (*step, error) {
	turn := Present(w, t, ev)
	s := &step{w: w, t: turn.Talk, ev: Event{From: ev.From, At: ev.At, ID: ev.ID, Kind: Said}, out: append(first, turn.Replies...)}
	s.due = true // what the deed caused may still wait
	if turn.Command == nil {
		return s, nil
	}
	err := turn.Command.run(ctx, e, s)
	if pe, ok := errors.AsType[*tiepdan.Error](err); ok && pe.Code != tiepdan.Internal {
		s.excuse(pe)
		return s, nil
	}
	s.offered()
	return s, err
}

// outcome puts the person's language to all that is said.
func (s *step) outcome() Outcome {
	out := Outcome{Replies: s.out, Due: s.due}
	for i := range out.Replies {
		out.Replies[i].Language = s.w.Language()
	}
	if s.ev.Album != "" && len(s.ev.Files) > 0 {
		out.Album = s.ev.Album
	}
	return out
}

// talk loads where the person stands. What can't be read any more is a new talk.
func (e *Engine) talk(ctx context.Context, peer tiepdan.Peer) (Talk, int64, error) {
	data, version, err := e.store.Talk(ctx, peer)
	if err != nil {
		return Talk{}, 0, fmt.Errorf("bot: load a talk: %w", err)
	}
	var t Talk
	if len(data) == 0 || json.Unmarshal(data, &t) != nil {
		// Later than any screen of a talk that was lost: none of its buttons fits by chance.
		t = Talk{Rev: int(e.now().Unix() % 1e9)}
	}
	return t, version, nil
}

// keep saves where the person stands now, and plans to offer a new draft again.
func (e *Engine) keep(ctx context.Context, w World, before Talk, s *step, version int64) error {
	s.t.saw(s.ev.ID)
	s.t.Idle = w.Now
	if d := s.t.Draft; d != nil && (before.Draft == nil || before.Draft.ID != d.ID) {
		reply, err := offer(d.ID)
		if err != nil {
			return err
		}
		if err := e.store.Post(ctx, s.ev.From, reply, "draft:"+d.ID, w.Now.Add(draftRests)); err != nil {
			return fmt.Errorf("bot: plan to offer a draft: %w", err)
		}
	}
	data, err := json.Marshal(s.t)
	if err != nil {
		return fmt.Errorf("bot: write a talk: %w", err)
	}
	err = e.store.SaveTalk(ctx, s.ev.From, data, version, talkLives)
	if tiepdan.CodeOf(err) == tiepdan.Conflict {
		return errMoved
	}
	return err
}

// draftID makes the name of a draft: random, so that it points at nobody.
func draftID() string { return rand.Text() }
