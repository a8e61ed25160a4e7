package bot

import (
	"context"
	"errors"
	"fmt"

	"tiepdan"
)

// BookVisit books a place, or one on the waiting list.
type BookVisit struct{ Booking tiepdan.Booking }

func (c BookVisit) run(ctx context.Context, e *Engine, s *step) error {
	v, err := e.store.Book(ctx, c.Booking)
	if err != nil {
		return c.refused(ctx, e, s, err)
	}
	s.t.leave()
	s.t.View = "visit/" + itoa64(v.ID) + "/show"
	s.show(slip(s.w, v, "booking.made"))
	s.due = true
	return nil
}

// refused says why there is no place, and leads on: to the waiting list, to the
// appointment that they have, or to other sessions.
func (c BookVisit) refused(ctx context.Context, e *Engine, s *step, err error) error {
	pe, ok := errors.AsType[*tiepdan.Error](err)
	if !ok || pe.Code == tiepdan.Internal {
		return err
	}
	m, found := e.meeting(ctx, Event{From: s.ev.From, Choice: "session/" + itoa64(c.Booking.Session) + "/book"}, s.t, s.w.Now)
	if found != nil {
		return fmt.Errorf("bot: look at a session again: %w", found)
	}
	s.excuse(pe)
	s.w.Meeting = m
	switch {
	case pe.Key == "booking.full" || pe.Key == "booking.case_not_yours" || pe.Code == tiepdan.Invalid:
		if pe.Key == "booking.case_not_yours" { // closed, sealed or withdrawn meanwhile
			s.t.Booking.Case, s.t.Booking.Code = 0, ""
			s.t.Step = "purpose"
		}
		s.t.Rev++
		s.showBooking()
	case m != nil && m.Visit != nil:
		s.t.leave()
		s.t.View = "visit/" + itoa64(m.Visit.ID) + "/show"
		s.show(visitScreen(s.w, *m.Visit))
	default:
		s.t.leave()
		s.t.View = "book"
		return ShowSchedule{Book: true}.run(ctx, e, s)
	}
	return nil
}

// ShowVisits lists the person's own appointments to come.
type ShowVisits struct{}

func (c ShowVisits) run(ctx context.Context, e *Engine, s *step) error {
	visits, err := e.store.Visits(ctx, s.ev.From, s.w.Now)
	if err != nil {
		return err
	}
	s.show(visitsScreen(s.w, visits))
	return nil
}

// ComeToVisit notes that the person says that they'll come.
type ComeToVisit struct{ Visit int64 }

func (c ComeToVisit) run(ctx context.Context, e *Engine, s *step) error {
	if err := e.store.Coming(ctx, s.ev.From, c.Visit); err != nil {
		return err
	}
	v := *s.w.Meeting.Visit
	v.Coming = true
	s.t.View = "visit/" + itoa64(v.ID) + "/show"
	s.show(Reply{Key: "visit.coming", Args: visitArgs(s.w, v), Buttons: [][]Button{row(visitButton(v.ID, "slip"), visitButton(v.ID, "cancel")), rowOf("menu")}})
	return nil
}

// CancelVisit gives a place back; the next on the waiting list has it then.
type CancelVisit struct{ Visit int64 }

func (c CancelVisit) run(ctx context.Context, e *Engine, s *step) error {
	v, err := e.store.CancelVisit(ctx, s.ev.From, c.Visit, s.w.Now)
	if err != nil {
		return err
	}
	s.t.leave()
	s.t.View = "visit/" + itoa64(v.ID) + "/show"
	s.show(Reply{Key: "visit.cancelled", Args: visitArgs(s.w, v), Buttons: [][]Button{rowOf("book"), rowOf("menu")}})
	s.due = true
	return nil
}
