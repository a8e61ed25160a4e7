package bot

import (
	"context"
	"errors"
	"slices"

	"tiepdan"
)

// wordedOrders are the acts about a direction that take words, in the order of
// their buttons.
var wordedOrders = []tiepdan.DirectiveAction{tiepdan.ProgressDirective, tiepdan.ReportDirective, tiepdan.ReturnDirective}

// mayOrder returns those of them that the person may do now.
func (s *step) mayOrder(d tiepdan.Directive) []tiepdan.DirectiveAction {
	if s.w.Staff == nil || d.Secret {
		return nil
	}
	acts := tiepdan.DirectiveActions(d, s.w.Staff.Actor())
	return slices.DeleteFunc(slices.Clone(wordedOrders), func(do tiepdan.DirectiveAction) bool { return !slices.Contains(acts, do) })
}

// openOrder asks for the words of an act.
func (s *step) openOrder(d tiepdan.Directive, do tiepdan.DirectiveAction) error {
	if !slices.Contains(s.mayOrder(d), do) {
		return s.cannotOrder(d)
	}
	s.t.Scene, s.t.Order, s.t.OrderDo = InOrder, d.ID, do
	s.show(s.orderDraft(d))
	return nil
}

func (s *step) cannotOrder(d tiepdan.Directive) error {
	by := s.w.Staff.Actor()
	if by.SeeDirective(d) != tiepdan.Everything || !by.Role.Writes() {
		return &tiepdan.Error{Code: tiepdan.Forbidden, Key: "directive.not_yours"}
	}
	return &tiepdan.Error{Code: tiepdan.Conflict, Key: "directive.not_now"}
}

// orderDraft asks for words, or shows them back with where they may go.
func (s *step) orderDraft(d tiepdan.Directive) Reply {
	w := s.t.Words
	if len(w.Passages)+len(w.Files) == 0 {
		return Reply{Key: "directive.ask", Args: Args{"Code": d.Code(), "Do": string(s.t.OrderDo)}, Buttons: [][]Button{rowOf("work_drop")}}
	}
	var bs []Button
	for _, do := range s.mayOrder(d) {
		bs = append(bs, button("order_"+string(do)))
	}
	p := tiepdan.Petition{Content: w.Passages}
	rows := columns(2, bs)
	return Reply{Key: "directive.draft", Args: Args{"Code": d.Code(), "Text": p.Text(), "Files": len(w.Files), "Return": slices.Contains(s.mayOrder(d), tiepdan.ReturnDirective)},
		Buttons: append(rows, rowOf("work_drop")), Files: w.Files}
}

// orderReply takes an answer to one of our messages about a direction: how it goes,
// what came of it, or what the leader wants done again.
func (s *step) orderReply() error {
	o := s.w.Order
	switch {
	case o.Gone:
		s.say("directive.reply_gone", nil)
		return nil
	case o.Directive.Secret:
		s.say("directive.sealed", Args{"Code": o.Directive.Code()})
		return nil
	case s.t.Scene == InOrder && s.t.Order == o.Directive.ID:
		return s.draftOrder(o.Directive)
	case (s.t.Scene == InWork || s.t.Scene == InOrder) && len(s.t.Words.Passages)+len(s.t.Words.Files) > 0:
		s.say("directive.unsent", nil)
		return nil
	case len(s.mayOrder(o.Directive)) == 0:
		return s.cannotOrder(o.Directive)
	}
	s.leave()
	s.t.AsCitizen = false
	s.t.Scene, s.t.Order = InOrder, o.Directive.ID
	return s.draftOrder(o.Directive)
}

// orderWords takes a message while words about a direction are under way.
func (s *step) orderWords() error {
	o := s.w.Order
	if o == nil || o.Gone || o.Directive.ID != s.t.Order || o.Directive.Secret {
		s.say("directive.reply_gone", nil)
		return nil
	}
	return s.draftOrder(o.Directive)
}

// draftOrder adds a message to the draft and shows it back.
func (s *step) draftOrder(d tiepdan.Directive) error {
	if err := s.addWords(); err != nil {
		return err
	}
	s.show(s.orderDraft(d))
	return nil
}

// orderButtons takes the buttons under words that were shown back.
func (s *step) orderButtons(id string) error {
	if id == "work_drop" {
		s.t.leave()
		s.toast("words.dropped", nil)
		s.menu()
		return nil
	}
	o := s.w.Order
	for _, do := range wordedOrders {
		if id != "order_"+string(do) || o == nil || o.Gone || o.Directive.ID != s.t.Order {
			continue
		}
		if !slices.Contains(s.mayOrder(o.Directive), do) {
			return s.cannotOrder(o.Directive)
		}
		p := tiepdan.Petition{Content: s.t.Words.Passages}
		a := tiepdan.DirectiveAct{Do: do, Text: p.Text(), Files: s.t.Words.Files}
		s.t.leave()
		s.doOrder(o.Directive, a)
		return nil
	}
	s.stale(id)
	return nil
}

// presentOrder shows the screen of a talk about a direction.
func (s *step) presentOrder() {
	o := s.w.Order
	if o == nil || o.Gone || o.Directive.ID != s.t.Order || s.w.Staff == nil {
		s.show(Reply{Key: "case.elsewhere", Args: Args{}, Buttons: [][]Button{rowOf("menu")}})
		return
	}
	s.show(s.orderDraft(o.Directive))
}

// UpdateDirective does an act about a direction, once for each deed, and then says
// what came of it.
type UpdateDirective struct {
	Directive int64
	Act       tiepdan.DirectiveAct
	Then      Reply
}

func (c UpdateDirective) run(ctx context.Context, e *Engine, s *step) error {
	_, _, err := e.store.UpdateDirective(ctx, c.Directive, func(d tiepdan.Directive) (tiepdan.Directive, tiepdan.DirectiveEntry, error) {
		for _, h := range d.History {
			if h.Do == c.Act.Do && h.By.Staff == c.Act.By.Staff && h.At.Equal(c.Act.At) && h.Text == tiepdan.Clean(c.Act.Text) {
				return d, h, errDone
			}
		}
		return c.Act.Apply(d)
	})
	if err != nil && !errors.Is(err, errDone) {
		return err
	}
	s.show(c.Then)
	s.due = true
	return nil
}
