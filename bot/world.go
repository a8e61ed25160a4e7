package bot

import (
	"context"
	"fmt"

	"tiepdan"
)

// world reads what the step needs to know.
func (e *Engine) world(ctx context.Context, ev Event, t Talk) (World, error) {
	w := World{Texts: e.texts, Now: e.now(), ID: draftID()}
	var err error
	if w.Rules, err = e.store.Rules(ctx); err != nil {
		return w, fmt.Errorf("bot: read the rules: %w", err)
	}
	if w.Account, w.Staff, err = e.store.Caller(ctx, ev.From); err != nil {
		return w, fmt.Errorf("bot: read who it is: %w", err)
	}
	if ev.Kind == Said && ev.ReplyTo == "" && ev.Command == "" && t.Scene == AtMenu {
		if id := (&step{w: w, t: t, ev: ev}).typed(); points(id) {
			ev.Choice = id // the number of a button that names something
		}
	}
	if w.About, err = e.about(ctx, ev, t, w.Staff); err != nil {
		return w, err
	}
	if w.Meeting, err = e.meeting(ctx, ev, t, w.Now); err != nil {
		return w, err
	}
	if w.Staff == nil {
		return w, nil
	}
	if w.Order, err = e.order(ctx, ev, t, *w.Staff, w.About); err != nil {
		return w, err
	}
	w.Orders, err = e.openOrders(ctx, *w.Staff)
	return w, err
}

// about finds the case that the event points at: by its button, by the message
// that it answers or changes, or by what is under way.
func (e *Engine) about(ctx context.Context, ev Event, t Talk, staff *tiepdan.Staff) (*About, error) {
	a := &About{}
	id := caseOf(ev.Choice)
	ref := ev.ReplyTo
	if ev.Kind == Edited {
		ref = ev.Message
	}
	if id == 0 && ref != "" {
		var ok bool
		var err error
		if id, a.Entry, ok, err = e.store.MessageCase(ctx, ev.From, ref); err != nil {
			return nil, fmt.Errorf("bot: look for a message's case: %w", err)
		}
		if a.Reply = ok; !ok {
			if _, _, about := quotedOrder(ev); about {
				return nil, nil
			}
			if id, err = e.named(ctx, ev.Quoted); err != nil {
				return nil, err
			}
			a.Reply = id != 0
		}
	}
	if id == 0 {
		id = t.Case
	}
	if id == 0 {
		id = caseOf(t.View)
	}
	if id == 0 {
		return nil, nil
	}
	err := e.find(ctx, ev, t, staff, id, a)
	return a, err
}

// named is the case whose code a message of ours tells. It is asked for when the
// message isn't in the books: the process was killed between sending it and
// noting it down, or the person was quicker than the note. Whether the case is
// theirs is decided afterwards, as for any other.
func (e *Engine) named(ctx context.Context, said string) (int64, error) {
	code, ok := tiepdan.FindCaseCode(said)
	if !ok {
		return 0, nil
	}
	c, err := e.store.CaseByCode(ctx, code)
	if err != nil && tiepdan.CodeOf(err) == tiepdan.Internal {
		return 0, fmt.Errorf("bot: read a case by its code: %w", err)
	}
	return c.ID, nil
}

// find loads the case as the person may see it: their own first, unless they
// pressed a button that is for staff.
func (e *Engine) find(ctx context.Context, ev Event, t Talk, staff *tiepdan.Staff, id int64, a *About) error {
	forStaff := forWork(ev.Choice) || ev.Choice == "" && !a.Reply && (t.Scene == InWork || forWork(t.View))
	if !forStaff {
		c, err := e.store.OwnCase(ctx, ev.From, id)
		if err == nil {
			a.Case, a.Mine = c, true
			return nil
		}
		if tiepdan.CodeOf(err) == tiepdan.Internal {
			return fmt.Errorf("bot: read a case: %w", err)
		}
	}
	if staff == nil {
		a.Gone = true
		return nil
	}
	c, err := e.store.ViewCase(ctx, id, staff.Actor())
	switch {
	case err == nil && staff.Actor().See(c) != tiepdan.Nothing:
		a.Case = c
	case err == nil || tiepdan.CodeOf(err) != tiepdan.Internal:
		a.Gone = true
	default:
		return fmt.Errorf("bot: read a case: %w", err)
	}
	return nil
}

// fetch gets the event's files and keeps them.
func (e *Engine) fetch(ctx context.Context, w World, t Talk, ev *Event) error {
	if w.Account.Blocked && w.Staff == nil {
		return nil
	}
	sealed := t.Draft != nil && t.Draft.Sealed() || w.About != nil && w.About.Case.Sealed() || w.Order != nil && w.Order.Directive.Secret
	for i := range ev.Files {
		f := &ev.Files[i]
		if f.Kept.SHA256 != "" || f.Refused != "" {
			continue
		}
		var err error
		if f.Kept, f.Refused, err = e.files.Keep(ctx, ev.From, *f, sealed); err != nil {
			return fmt.Errorf("bot: keep a file: %w", err)
		}
	}
	return nil
}
