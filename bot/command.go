package bot

import (
	"context"
	"encoding/json"
	"errors"

	"tiepdan"
)

// Command is what the pure step asks to be done outside: it reads or writes the
// office's books and adds to the turn what came of it. Done twice for the same
// deed it has the effect of once.
type Command interface {
	run(ctx context.Context, e *Engine, s *step) error
}

// Agree records that the person agreed to a version of the notice.
type Agree struct{ Version int }

func (c Agree) run(ctx context.Context, e *Engine, s *step) error {
	return e.store.SaveAccount(ctx, s.ev.From, func(a *Account) {
		if a.PrivacyVersion < c.Version {
			a.PrivacyVersion, a.PrivacyAt = c.Version, s.w.Now
		}
	})
}

// Speak changes the person's language.
type Speak struct{ Language tiepdan.Language }

func (c Speak) run(ctx context.Context, e *Engine, s *step) error {
	if c.Language != tiepdan.English {
		c.Language = tiepdan.Vietnamese
	}
	if err := e.store.SaveAccount(ctx, s.ev.From, func(a *Account) { a.Language = c.Language }); err != nil {
		return err
	}
	s.w.Account.Language = c.Language
	s.toast("language.changed", nil)
	s.present()
	return nil
}

// Reach records whether the person can be written to.
type Reach struct{ Reachable bool }

func (c Reach) run(ctx context.Context, e *Engine, s *step) error {
	return e.store.Reachable(ctx, s.ev.From, c.Reachable)
}

// Join binds a member of staff's account by their invitation.
type Join struct{ Token string }

func (c Join) run(ctx context.Context, e *Engine, s *step) error {
	staff, err := e.store.Join(ctx, c.Token, s.ev.From, s.w.Now)
	if err != nil {
		return err
	}
	s.say("join.waiting", Args{"Name": staff.Name, "Office": s.w.Rules.Office.Name})
	return nil
}

// LinkSecure makes the one-time link to the form on the office's own site.
type LinkSecure struct{ Draft string }

func (c LinkSecure) run(ctx context.Context, e *Engine, s *step) error {
	token, err := e.store.SecureLink(ctx, s.ev.From, c.Draft, s.w.Now)
	if err != nil {
		return err
	}
	s.show(Reply{Key: "petition.secure", Args: Args{}, Protect: true, Buttons: [][]Button{
		row(Button{Key: "button.open_secure", Args: Args{}, URL: e.publicURL + "/secure/" + token}), rowOf("back")}})
	return nil
}

// FileCase files the draft. Its receipt comes through the outbox.
type FileCase struct{ Petition tiepdan.Petition }

func (c FileCase) run(ctx context.Context, e *Engine, s *step) error {
	p := c.Petition
	filed, _, err := e.store.FileCase(ctx, p, Filing{Peer: s.ev.From, Language: s.w.Language(), By: citizen,
		At: s.w.Now, Channel: s.ev.From.Channel})
	if err != nil {
		return err
	}
	for _, passage := range p.Content {
		if passage.Ref == "" {
			continue
		}
		if err := e.store.RememberMessage(ctx, s.ev.From, passage.Ref, filed.ID, 1); err != nil {
			return err
		}
	}
	if person := (tiepdan.Person{Name: p.Person.Name, Phone: p.Person.Phone}); !filed.Sealed() && !person.IsZero() {
		// Offered the next time; never of a denunciation.
		if err := e.store.SaveAccount(ctx, s.ev.From, func(a *Account) { a.Person = person }); err != nil {
			return err
		}
	}
	s.t.drop()
	s.t.leave()
	s.t.Filed = p.ID
	s.show(Reply{Key: "petition.sent", Args: Args{"Kind": string(filed.Kind), "Sealed": filed.Sealed()}})
	s.due = true
	return nil
}

// UpdateCase does an act on a case, once for each deed, and then says what came of it.
type UpdateCase struct {
	Case    int64
	Message string // the message that the act's words came by, if it may be edited or answered later
	Act     tiepdan.Act
	Then    Reply
}

// errDone ends a change that was made before.
var errDone = errors.New("bot: done before")

func (c UpdateCase) run(ctx context.Context, e *Engine, s *step) error {
	_, entry, err := e.store.UpdateCase(ctx, c.Case, func(have tiepdan.Case) (tiepdan.Case, tiepdan.Entry, error) {
		for _, h := range have.History {
			if h.Details.Ref != "" && h.Details.Ref == c.Act.Details.Ref {
				return have, h, errDone
			}
		}
		return c.Act.Apply(have)
	})
	if err != nil && !errors.Is(err, errDone) {
		return err
	}
	if c.Message != "" && entry.N > 0 {
		if err := e.store.RememberMessage(ctx, s.ev.From, c.Message, c.Case, entry.N); err != nil {
			return err
		}
	}
	s.show(c.Then)
	s.due = true
	return nil
}

// LookAlike looks for the person's own open cases that are like the draft, and
// then shows the review.
type LookAlike struct{ Text string }

func (c LookAlike) run(ctx context.Context, e *Engine, s *step) error {
	s.t.Alike = nil
	cs, err := e.store.Similar(ctx, s.ev.From, c.Text)
	if err != nil {
		return err
	}
	for _, k := range cs[:min(len(cs), 3)] {
		s.t.Alike = append(s.t.Alike, string(k.Code))
	}
	s.showStep()
	return nil
}

// offer is the message that offers a draft again.
func offer(draft string) ([]byte, error) {
	return json.Marshal(Reply{Key: "draft.offer", Args: Args{"Draft": draft}})
}
