package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"tiepdan"
)

// live words a message about an appointment, a session, a direction or a conclusion
// from what stands in the books by now: nothing, where that says it all.
func (e *Engine) live(ctx context.Context, w World, m Notice, args map[string]any) ([]Reply, error) {
	id, key := int64(number(args["ID"])), fmt.Sprint(args["Key"])
	was, _ := args["Was"].(string)
	switch args["What"] {
	case "appointment":
		v, err := e.store.VisitOf(ctx, m.Peer, id)
		if gone, err := unless(err, "an appointment"); gone || err != nil {
			return nil, err
		}
		return e.visitNotice(ctx, w, v, key, was)
	case "session":
		d, err := e.store.Session(ctx, id)
		if gone, err := unless(err, "a session"); gone || err != nil || !d.Public() {
			return nil, err
		}
		return sessionNotice(w, d, key, was), nil
	case "directive":
		d, err := e.store.Directive(ctx, id)
		if gone, err := unless(err, "a direction"); gone || err != nil || w.Staff == nil {
			return nil, err
		}
		return orderNotice(w, *w.Staff, d, key, int(number(args["Entry"]))), nil
	case "conclusion":
		d, items, err := e.store.MyConclusion(ctx, m.Peer, id)
		if gone, err := unless(err, "a conclusion"); gone || err != nil {
			return nil, err
		}
		return conclusionNotice(w, d, items), nil
	}
	return nil, nil
}

// number is one of a message's, as JSON has it.
func number(v any) float64 {
	n, _ := v.(float64)
	return n
}

// unless tells what isn't there any more from what couldn't be read.
func unless(err error, what string) (gone bool, _ error) {
	if err != nil && tiepdan.CodeOf(err) == tiepdan.Internal {
		return false, fmt.Errorf("bot: read %s of a notice: %w", what, err)
	}
	return err != nil, nil
}

// visitNotice tells somebody what became of their appointment, or reminds them of it.
func (e *Engine) visitNotice(ctx context.Context, w World, v tiepdan.Visit, key, was string) ([]Reply, error) {
	args := visitArgs(w, v)
	moment(args, was)
	has := v.Status == tiepdan.Booked && changeable(v, w.Now)
	r := Reply{Key: key, Args: args}
	switch {
	case key == "booking.cancelled" && v.At.Cancelled(), key == "booking.dropped" && v.Status == tiepdan.AppointmentDropped && !v.At.Cancelled():
		others, err := e.otherSessions(ctx, w, v.At.ID)
		if err != nil {
			return nil, err
		}
		r.Buttons = append(others, rowOf("book", "menu"))
	case key == "booking.moved" && changeable(v, w.Now):
		r.Buttons = [][]Button{row(visitButton(v.ID, "keep"), visitButton(v.ID, "cancel")), row(sessionButton(v.At.ID, "ics")), rowOf("menu")}
	case key == "booking.up" && has:
		s := slip(w, v, key)
		s.Buttons = append([][]Button{row(visitButton(v.ID, "coming"))}, s.Buttons...)
		r = s
	case (key == "booking.remind_day" || key == "booking.remind_hours") && has && soon(v.At, key, w.Now):
		r.Buttons = [][]Button{row(visitButton(v.ID, "coming"), visitButton(v.ID, "cancel")), row(visitButton(v.ID, "slip")), rowOf("menu")}
	default:
		return nil, nil
	}
	return []Reply{r}, nil
}

// soon reports whether a reminder of d is still in time: d wasn't moved to another
// day meanwhile, and hasn't begun.
func soon(d tiepdan.Session, key string, now time.Time) bool {
	before := 48 * time.Hour
	if strings.HasSuffix(key, "_hours") {
		before = 4 * time.Hour
	}
	return now.Before(d.Starts) && d.Starts.Sub(now) < before
}

// moment says when a moved session was to be, if the message tells.
func moment(args Args, was string) {
	at, err := time.Parse(time.RFC3339, was)
	args["Was"], args["HasWas"] = at, err == nil
}

// otherSessions are the next sessions with places, for who lost theirs.
func (e *Engine) otherSessions(ctx context.Context, w World, but int64) (rows [][]Button, _ error) {
	all, err := e.store.PublicSessions(ctx, w.Now, w.Now.Add(bookingAhead))
	if err != nil {
		return nil, fmt.Errorf("bot: read the sessions to come: %w", err)
	}
	for _, d := range all {
		if d.ID != but && d.Bookable(w.Now) == nil && !d.Full() && len(rows) < 3 {
			rows = append(rows, row(Button{ID: "session/" + itoa64(d.ID) + "/book", Key: "button.session_place", Args: sessionArgs(w, d)}))
		}
	}
	return rows, nil
}

// sessionNotice tells who asked for it that a session is near, was moved or won't be.
func sessionNotice(w World, d tiepdan.Session, key, was string) []Reply {
	args := sessionArgs(w, d)
	args["Name"], args["Address"] = w.Rules.Office.Name, w.Rules.Office.Address
	moment(args, was)
	show := sessionButton(d.ID, "show")
	switch {
	case key == "session.cancelled" && d.Cancelled():
		return []Reply{{Key: key, Args: args, Buttons: [][]Button{rowOf("schedule", "menu")}}}
	case d.Cancelled() || !w.Now.Before(d.Ends):
		return nil
	case key == "session.moved", (key == "session.remind_day" || key == "session.remind_hours") && soon(d, key, w.Now):
		rows := [][]Button{row(show, sessionButton(d.ID, "ics")), rowOf("menu")}
		return []Reply{{Key: key, Args: args, Buttons: rows}}
	}
	return nil
}

// conclusionNotice tells a citizen what was concluded about their own matter.
func conclusionNotice(w World, d tiepdan.Session, items []tiepdan.ConclusionItem) []Reply {
	var lines []Args
	secret := false
	for _, it := range items {
		if it.Secret {
			secret = true
			continue
		}
		unit, _ := w.Rules.Unit(it.Unit)
		lines = append(lines, Args{"Matter": it.Matter, "Text": it.Text, "Task": it.Task, "Unit": unit.Name, "Due": it.Due, "HasDue": it.Unit != 0 && !it.Due.IsZero()})
	}
	if len(lines) == 0 && !secret {
		return nil
	}
	args := sessionArgs(w, d)
	args["Items"], args["Secret"], args["Phone"] = lines, secret, w.Rules.Office.Phone
	return []Reply{{Key: "conclusion.told", Args: args, Protect: secret, Buttons: [][]Button{rowOf("mycases", "menu")}}}
}

// orderNotice tells a member of staff about a direction that they may still see.
func orderNotice(w World, staff tiepdan.Staff, d tiepdan.Directive, key string, entry int) []Reply {
	if staff.Actor().SeeDirective(d) == tiepdan.Nothing {
		return nil
	}
	if d.Secret {
		return []Reply{orderScreen(w, staff, d, "", nil)}
	}
	var e tiepdan.DirectiveEntry
	if 0 < entry && entry <= len(d.History) {
		e = d.History[entry-1]
	}
	given := d.Status == tiepdan.DirectiveIssued || d.Status == tiepdan.DirectiveTaken
	switch key {
	case "directive.report":
		if d.Status != tiepdan.DirectiveReported || reported(d).N != e.N {
			return nil
		}
		return []Reply{orderReport(w, staff, d, e)}
	case "directive.issue", "directive.assign", "directive.return", "directive.urge", "directive.due":
		if !given {
			return nil
		}
	case "directive.extend", "directive.escalate":
		if !d.Status.Open() {
			return nil
		}
	case "directive.accept", "directive.cancel":
	default:
		return nil
	}
	r := orderScreen(w, staff, d, key, Args{"Words": e.Text, "Enclosed": len(e.Files)})
	r.Files = e.Files
	return []Reply{r}
}

// orderReport shows a result to who decides on it, whole.
func orderReport(w World, staff tiepdan.Staff, d tiepdan.Directive, e tiepdan.DirectiveEntry) Reply {
	r := orderScreen(w, staff, d, "directive.report", Args{"Words": e.Text, "Enclosed": len(e.Files)})
	if !d.Secret {
		r.Files = e.Files
	}
	return r
}
