package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tiepdan"
)

// Order is the direction (chỉ đạo) that an event of a member of staff points at.
type Order struct {
	Directive tiepdan.Directive
	Reply     bool // the event answers a message about it
	Gone      bool // there is none that this person may see
}

// order finds the direction that the event points at: by its button, by the message
// that it answers, or by what is under way.
func (e *Engine) order(ctx context.Context, ev Event, t Talk, staff tiepdan.Staff, about *About) (*Order, error) {
	id := pointedAt(ev, t, "order")
	o := &Order{}
	var d tiepdan.Directive
	var err error
	year, number, quoted := quotedOrder(ev)
	switch {
	case quoted && (about == nil || !about.Reply):
		o.Reply = true
		d, err = e.store.DirectiveByCode(ctx, year, number)
	case id != 0:
		d, err = e.store.Directive(ctx, id)
	case t.Scene == InOrder && t.Order != 0:
		d, err = e.store.Directive(ctx, t.Order)
	default:
		return nil, nil
	}
	switch {
	case err != nil && tiepdan.CodeOf(err) == tiepdan.Internal:
		return nil, fmt.Errorf("bot: read a direction: %w", err)
	case err != nil || staff.Actor().SeeDirective(d) == tiepdan.Nothing:
		o.Gone = true
	default:
		o.Directive = d
	}
	return o, nil
}

// quotedOrder is the direction whose code stands in the first line of the message
// of ours that the event answers. Others' words may name one further down.
func quotedOrder(ev Event) (year, number int, ok bool) {
	if ev.ReplyTo == "" || ev.Kind == Edited {
		return 0, 0, false
	}
	first, _, _ := strings.Cut(strings.TrimSpace(ev.Quoted), "\n")
	return tiepdan.FindDirectiveCode(first)
}

// ordersOf says which directions are a member of staff's to see to.
func ordersOf(staff tiepdan.Staff) tiepdan.DirectiveFilter {
	f := tiepdan.DirectiveFilter{By: staff.Actor(), Open: true, Limit: linesOnPage}
	if staff.Role.InUnit() {
		f.Unit = staff.Unit
	}
	return f
}

// openOrders counts them; who has nothing to do with directions has none.
func (e *Engine) openOrders(ctx context.Context, staff tiepdan.Staff) (int, error) {
	if !staff.Role.MayEnter(tiepdan.DirectiveArea) || staff.Role == tiepdan.Auditor {
		return 0, nil
	}
	n, err := e.store.CountDirectives(ctx, ordersOf(staff))
	if err != nil {
		return 0, fmt.Errorf("bot: count directions: %w", err)
	}
	return n, nil
}

// ShowOrders lists the open directions of a member of staff.
type ShowOrders struct{ After string }

func (c ShowOrders) run(ctx context.Context, e *Engine, s *step) error {
	f := ordersOf(*s.w.Staff)
	f.After = c.After
	ds, next, err := e.store.Directives(ctx, f)
	if err != nil {
		return err
	}
	var lines []Args
	var rows [][]Button
	for _, d := range ds {
		args := orderArgs(s.w, d)
		lines = append(lines, args)
		rows = append(rows, row(Button{ID: "order/" + itoa64(d.ID) + "/show", Key: "button.order_line", Args: args}))
	}
	more := next != ""
	if id := "orders/" + next; more && len(id) <= 40 {
		rows = append(rows, row(Button{ID: id, Key: "button.later", Args: Args{}}))
	}
	s.show(Reply{Key: "directive.list", Args: Args{"Directives": lines, "More": more}, Buttons: append(rows, rowOf("menu"))})
	return nil
}

// orderArgs are what staff are told of a direction: of a secret one, its code.
func orderArgs(w World, d tiepdan.Directive) Args {
	today := tiepdan.DateOf(w.Now)
	unit, _ := w.Rules.Unit(d.Unit)
	args := Args{"Code": d.Code(), "Task": d.Task, "Unit": unit.Name, "Case": string(d.CaseCode), "Status": string(d.Status), "Due": d.Due,
		"Days": daysLeft(w.Rules.Calendar, today, d.Due), "Open": d.Status.Open(), "Urged": d.Urged, "Secret": d.Secret, "Last": "", "LastDo": ""}
	if d.Secret {
		args["Task"], args["Case"] = "", ""
		return args
	}
	for i := len(d.History) - 1; i >= 0; i-- {
		if e := d.History[i]; e.Text != "" && (e.Do == tiepdan.ProgressDirective || e.Do == tiepdan.ReportDirective || e.Do == tiepdan.ReturnDirective) {
			args["Last"], _ = excerpt(e.Text, excerptLength)
			args["LastDo"] = string(e.Do)
			break
		}
	}
	return args
}

// orderScreen shows a direction under a message's key, with what the person may do
// about it. Of a secret one there is nothing but its code in a chat.
func orderScreen(w World, staff tiepdan.Staff, d tiepdan.Directive, key string, more Args) Reply {
	if d.Secret {
		return Reply{Key: "directive.sealed", Args: Args{"Code": d.Code()}, Protect: true, Buttons: [][]Button{rowOf("menu")}}
	}
	args := orderArgs(w, d)
	for k, v := range more {
		args[k] = v
	}
	return Reply{Key: key, Args: args, Buttons: append(orderActs(staff.Actor(), d), rowOf("menu"))}
}

// orderActs are the buttons of what the actor may do about d in a chat.
func orderActs(by tiepdan.Actor, d tiepdan.Directive) [][]Button {
	var bs []Button
	for _, do := range tiepdan.DirectiveActions(d, by) {
		switch do {
		case tiepdan.TakeDirective, tiepdan.ProgressDirective, tiepdan.ReportDirective, tiepdan.ReturnDirective, tiepdan.UrgeDirective:
			bs = append(bs, orderButton(d.ID, string(do)))
		case tiepdan.AcceptDirective:
			bs = append(bs, orderButton(d.ID, "accept/"+itoa(reported(d).N)))
		}
	}
	return columns(2, bs)
}

// reported is the last result that was reported.
func reported(d tiepdan.Directive) (e tiepdan.DirectiveEntry) {
	for _, h := range d.History {
		if h.Do == tiepdan.ReportDirective {
			e = h
		}
	}
	return e
}

// askOrder shows one direction.
func (s *step) askOrder(id string) bool {
	o := s.w.Order
	if s.w.Staff == nil || o == nil || o.Gone || o.Directive.ID != idOf(id, "order") {
		s.t.View = ""
		return false
	}
	s.show(orderScreen(s.w, *s.w.Staff, o.Directive, "directive.show", nil))
	return true
}

// orderChoice takes a button about a direction.
func (s *step) orderChoice(id string) error {
	o := s.w.Order
	if s.w.Staff == nil || o == nil || o.Gone || o.Directive.ID != idOf(id, "order") {
		s.toast("directive.gone", nil)
		s.present()
		return nil
	}
	d, parts := o.Directive, strings.Split(id, "/")
	s.leave()
	s.t.AsCitizen = false
	do := tiepdan.DirectiveAction(parts[2])
	switch {
	case d.Secret || do == "show":
		s.ask("order/" + itoa64(d.ID) + "/show")
	case do == tiepdan.TakeDirective || do == tiepdan.UrgeDirective:
		s.doOrder(d, tiepdan.DirectiveAct{Do: do})
	case do == tiepdan.AcceptDirective:
		s.acceptOrder(d, parts)
	case slices.Contains(wordedOrders, do):
		return s.openOrder(d, do)
	default:
		s.stale(id)
	}
	return nil
}

// acceptOrder ends a direction, if the result is still the one that was read.
func (s *step) acceptOrder(d tiepdan.Directive, parts []string) {
	if r := reported(d); d.Status == tiepdan.DirectiveReported && (len(parts) != 4 || pageOf(parts[3]) != r.N) {
		s.say("directive.report_new", Args{"Code": d.Code()})
		s.show(orderReport(s.w, *s.w.Staff, d, r))
		return
	}
	s.doOrder(d, tiepdan.DirectiveAct{Do: tiepdan.AcceptDirective})
}

// doOrder does an act about a direction. Its time is the event's: delivered again,
// it is known by that as done.
func (s *step) doOrder(d tiepdan.Directive, a tiepdan.DirectiveAct) {
	a.By, a.At = s.w.Staff.Actor(), s.ev.At.Truncate(time.Microsecond)
	if s.ev.At.IsZero() {
		a.At = s.w.Now.Truncate(time.Microsecond)
	}
	rows := [][]Button{row(orderButton(d.ID, "show")), rowOf("menu")}
	if a.Do == tiepdan.TakeDirective { // what comes next
		rows = append([][]Button{row(orderButton(d.ID, "progress"), orderButton(d.ID, "report"))}, rows...)
	}
	s.cmd = UpdateDirective{Directive: d.ID, Act: a, Then: Reply{Key: "directive.done",
		Args: Args{"Code": d.Code(), "Do": string(a.Do)}, Buttons: rows}}
}
