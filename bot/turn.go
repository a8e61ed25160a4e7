package bot

import (
	"errors"
	"strings"

	"tiepdan"
)

// Turn is what one event leads to.
type Turn struct {
	Talk    Talk
	Replies []Reply
	Command Command // what the pure step can't do itself; nil: nothing
}

// Args are what a message's text needs.
type Args = map[string]any

// Advance takes one event. It is a pure function: it touches no network, no
// store and no clock. What it can't use leaves the talk where it was, with a
// word about why; nothing that a person said is lost by it.
func Advance(w World, t Talk, ev Event) (Turn, error) {
	s := &step{w: w, t: t.clone(), ev: ev}
	err := s.advance()
	if err == nil {
		return s.turn(), nil
	}
	e, ok := errors.AsType[*tiepdan.Error](err)
	if !ok || e.Code == tiepdan.Internal {
		return Turn{}, err
	}
	s = &step{w: w, t: t.clone(), ev: ev}
	s.excuse(e)
	s.present()
	return s.turn(), nil
}

// excuse says why something can't be done; where we have no words for just
// that, in general ones.
func (s *step) excuse(e *tiepdan.Error) {
	if _, err := s.w.Texts.Plain(s.w.Language(), e.Key, given(e.Args)); err != nil {
		s.say("error.other", nil)
		return
	}
	s.say(e.Key, e.Args)
}

// Present shows where the person stands, without doing anything.
func Present(w World, t Talk, ev Event) Turn {
	s := &step{w: w, t: t.clone(), ev: Event{From: ev.From, At: ev.At, Kind: Said}}
	s.present()
	return s.turn()
}

// step is one event being taken.
type step struct {
	w   World
	t   Talk
	ev  Event
	out []Reply
	cmd Command
	due bool // messages for this person came into the outbox
}

func (s *step) turn() Turn {
	if len(lastButtons(s.out)) > 0 {
		s.offered()
	}
	if s.t.Keys && len(s.out) > 0 && !hasKeyboard(s.out) {
		s.t.Keys = false
		s.clearKeyboard()
	}
	return Turn{Talk: s.t, Replies: s.out, Command: s.cmd}
}

// clearKeyboard takes our keyboard away with the first message that has room
// for it: one with buttons of its own hasn't.
func (s *step) clearKeyboard() {
	for i := range s.out {
		if len(s.out[i].Buttons) == 0 && !s.out[i].Toast {
			s.out[i].Keyboard = &Keyboard{Remove: true}
			return
		}
	}
	s.out = append([]Reply{{Key: "keyboard.gone", Keyboard: &Keyboard{Remove: true}, Quiet: true}}, s.out...)
}

func hasKeyboard(rs []Reply) bool {
	for _, r := range rs {
		if r.Keyboard != nil {
			return true
		}
	}
	return false
}

// say adds a message without buttons.
func (s *step) say(key string, args Args) { s.out = append(s.out, Reply{Key: key, Args: given(args)}) }

// toast adds a passing word.
func (s *step) toast(key string, args Args) {
	s.out = append(s.out, Reply{Key: key, Args: given(args), Toast: s.ev.Kind == Pressed})
}

// show adds a screen. The one that answers a button takes the place of the
// screen that the button stood on.
func (s *step) show(r Reply) {
	r.Rev = s.t.Rev
	r.Replace = s.ev.Kind == Pressed && s.ev.Rev != 0 && r.Keyboard == nil && !s.shown()
	s.out = append(s.out, r)
}

// shown reports whether anything but a toast is said already.
func (s *step) shown() bool {
	for _, r := range s.out {
		if !r.Toast {
			return true
		}
	}
	return false
}

func given(args Args) any {
	if args == nil {
		return Args{}
	}
	return args
}

// advance sends the event to whoever takes it.
func (s *step) advance() error {
	switch {
	case s.ev.Kind == Left || s.ev.Kind == Joined:
		s.cmd = Reach{Reachable: s.ev.Kind == Joined}
		return nil
	case s.w.Account.Blocked && s.w.Staff == nil:
		s.say("account.blocked", s.office())
		return nil
	}
	s.expire()
	if (s.t.Scene == InWork || s.t.Scene == InOrder) && !s.staffSide() { // no longer one of the staff
		s.t.leave()
	}
	switch s.ev.Kind {
	case Edited:
		return s.edited()
	case Filled:
		return s.filled()
	case Unknown:
		s.say("unknown", nil)
		s.present()
		return nil
	case Pressed:
		return s.pressed()
	}
	if s.ev.Command != "" && s.command() {
		return nil
	}
	if s.w.About != nil && s.w.About.Reply {
		return s.replied()
	}
	if s.w.Staff != nil && s.w.Order != nil && s.w.Order.Reply {
		return s.orderReply()
	}
	if id := s.typed(); id != "" {
		s.ev.Choice, s.ev.Rev = id, s.t.Rev
		return s.pressed()
	}
	return s.said()
}

// expire drops a draft that was left alone for too long, and says so.
func (s *step) expire() {
	if s.t.Draft != nil && !s.t.Idle.IsZero() && s.w.Now.Sub(s.t.Idle) > draftLives {
		s.t.drop()
		s.t.leave()
		s.say("draft.expired", nil)
	}
}

// said takes a message by what is under way.
func (s *step) said() error {
	switch s.t.Scene {
	case InPetition:
		return s.answer()
	case InTracking:
		return s.track()
	case InThread:
		return s.addToCase()
	case InComment:
		return s.comment()
	case InWish:
		return s.takeWish()
	case InWork:
		return s.workWords()
	case InBooking:
		return s.answerBooking()
	case InOrder:
		return s.orderWords()
	}
	if s.staffSide() {
		s.say("work.reply_where", nil)
		s.present()
		return nil
	}
	return s.loose()
}

// present shows the screen that the talk stands at.
func (s *step) present() {
	switch s.t.Scene {
	case InPetition:
		s.showStep()
	case InLoose:
		s.show(s.looseScreen())
	case InTracking:
		s.show(s.trackScreen())
	case InThread, InComment, InWish, InWork:
		s.presentCase()
	case InBooking:
		s.showBooking()
	case InOrder:
		s.presentOrder()
	default:
		if s.t.View == "" || !s.ask(s.t.View) {
			s.menu()
		}
	}
}

// pressed takes a button's choice. Buttons that lead somewhere or name their
// case are good for ever; those of a form only for the screen that they are on.
func (s *step) pressed() error {
	id := s.ev.Choice
	if done, err := s.lasting(id); done || err != nil {
		return err
	}
	if s.ev.Rev != s.t.Rev || s.t.Scene == AtMenu {
		s.stale(id)
		return nil
	}
	switch s.t.Scene {
	case InPetition:
		return s.answer()
	case InLoose:
		return s.looseChoice(id)
	case InBooking:
		return s.answerBooking()
	case InOrder:
		return s.orderButtons(id)
	}
	return s.caseChoice(id)
}

// stale answers a button of an earlier screen.
func (s *step) stale(id string) {
	switch {
	case s.t.Filed != "" && id == "send":
		s.toast("petition.already_sent", nil)
	case (id == "book_yes" || id == "book_wait") && strings.HasPrefix(s.t.View, "visit/"):
		s.toast("booking.already", nil)
	case s.t.Draft == nil && len(s.t.Seen) == 0: // the talk that it belongs to is lost
		s.say("draft.gone", nil) // not in passing: they may have written much
	default:
		s.toast("button.old", nil)
	}
	s.ev.Rev = 0 // the old screen stays as it was
	s.present()
}

// staffSide reports whether the person is talked to as staff.
func (s *step) staffSide() bool { return s.w.Staff != nil && !s.t.AsCitizen }
