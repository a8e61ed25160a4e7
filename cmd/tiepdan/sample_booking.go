package main

import (
	"context"
	"fmt"
	"time"

	"tiepdan"
)

// changes moves one session to come, and cancels another: both were announced.
func (q *quarter) changes(ctx context.Context) error {
	_, until := q.span()
	coming, err := q.periodic(ctx, until.AddMonths(3))
	if err != nil || len(coming) < 4 || coming[2].Reason != "" {
		return err
	}
	head := q.actors["truongban"]
	if _, err := q.store.ChangeSession(ctx, head, coming[2].ID, func(s tiepdan.Session) (tiepdan.Session, error) {
		day := q.rules.Calendar.AddWorking(s.On(), 1)
		s.Starts, s.Ends = onDay(s.Starts, day), onDay(s.Ends, day)
		s.Reason = say("sample.moved", nil)
		return s, nil
	}); err != nil {
		return err
	}
	_, err = q.store.ChangeSession(ctx, head, coming[3].ID, func(s tiepdan.Session) (tiepdan.Session, error) {
		s.Status, s.Reason = tiepdan.SessionCancelled, say("sample.cancelled", nil)
		return s, nil
	})
	return err
}

// onDay is the same hour on another day.
func onDay(t time.Time, day tiepdan.Date) time.Time {
	h := t.In(tiepdan.Hanoi)
	return day.At(h.Hour()*60 + h.Minute())
}

// periodic are the heads' sessions to come, soonest first.
func (q *quarter) periodic(ctx context.Context, until tiepdan.Date) (coming []tiepdan.Session, err error) {
	all, err := q.store.PublicSessions(ctx, q.now(), until.Time())
	for _, s := range all {
		if s.Kind == tiepdan.Periodic && !s.Cancelled() {
			coming = append(coming, s)
		}
	}
	return coming, err
}

// extra are sessions out of turn: one today, whatever day it is, so that the desk
// can be tried; a dialogue; and a leader's turn at another body's reception.
func (q *quarter) extra(ctx context.Context) error {
	now := q.now().Truncate(15 * time.Minute)
	ss, err := q.store.PublicSessions(ctx, now.AddDate(0, 0, -1), now.AddDate(0, 1, 0))
	if err != nil {
		return err
	}
	for _, s := range ss {
		if s.Kind == tiepdan.Extraordinary {
			return nil
		}
	}
	soon := q.rules.Calendar.AddWorking(q.today, 6)
	for _, s := range []tiepdan.Session{
		{Kind: tiepdan.Extraordinary, Starts: now, Ends: now.Add(3 * time.Hour), Places: 8, Presides: say("sample.today.presides", nil), Focus: say("sample.today.focus", nil),
			Units: []int64{unitID(q.rules, "dat-dai"), unitID(q.rules, "thanh-tra")}},
		{Kind: tiepdan.Dialogue, Starts: soon.At(14 * 60), Ends: soon.At(16*60 + 30), Places: 20, Presides: say("sample.dialogue.presides", nil),
			Focus: say("sample.dialogue.focus", nil), Units: []int64{unitID(q.rules, "xa-hoi")}},
		{Kind: tiepdan.Guest, Starts: q.rules.Calendar.Next(soon.Add(2)).At(8 * 60), Ends: q.rules.Calendar.Next(soon.Add(2)).At(11 * 60),
			Host: say("sample.guest.host", nil), Presides: say("sample.guest.presides", nil), Place: say("sample.guest.place", nil)},
	} {
		s.Status, s.Published, s.Original = tiepdan.SessionPublished, q.now(), s.On()
		if s.Place == "" {
			s.Place = q.rules.Office.Address
		}
		if _, err := q.store.AddSession(ctx, q.actors["truongban"], s); err != nil {
			return err
		}
	}
	return nil
}

// bookings fill the sessions to come: the next one to its last place and beyond,
// today's with people who wait at the desk.
func (q *quarter) bookings(ctx context.Context) error {
	_, until := q.span()
	coming, err := q.periodic(ctx, until.AddMonths(3))
	if err != nil {
		return err
	}
	all, err := q.store.PublicSessions(ctx, q.now().Add(-time.Hour), q.now().Add(time.Hour))
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Kind == tiepdan.Extraordinary {
			if err := q.fill(ctx, s, 5); err != nil {
				return err
			}
		}
	}
	for i, s := range coming[:min(3, len(coming))] {
		n := s.Places + 2
		if i > 0 {
			n = s.Places / 2
		}
		if err := q.fill(ctx, s, n); err != nil {
			return err
		}
	}
	return q.fromChats(ctx, coming)
}

// fill books n people whom the desk had on the telephone.
func (q *quarter) fill(ctx context.Context, s tiepdan.Session, n int) error {
	for i := range n {
		who := q.entries + i
		sr := q.receptions[who%len(q.receptions)]
		b := tiepdan.Booking{Session: s.ID, Ref: fmt.Sprintf("sample-%d-%d", s.ID, i), Name: say("sample.visitor", who+10), Purpose: sr.Content,
			Phone: fmt.Sprintf("09000%05d", 1000+who), Wait: true, Actor: q.actors["tiepnhan"]}
		if sr.Kind == tiepdan.ToCao {
			b.Purpose = ""
		}
		if _, err := q.store.Book(ctx, b); err != nil {
			return err
		}
	}
	q.entries += n
	return nil
}

// fromChats books for the sample citizens by their own accounts.
func (q *quarter) fromChats(ctx context.Context, coming []tiepdan.Session) error {
	for i, c := range q.citizens {
		if i+1 >= len(coming) {
			return nil
		}
		_, peer, err := q.chat(c.Chat)
		if err != nil {
			return err
		}
		_, err = q.store.Book(ctx, tiepdan.Booking{Session: coming[1+i%2].ID, Ref: fmt.Sprintf("sample-chat-%d", i), Name: c.Name,
			Purpose: q.receptions[i].Content, Wait: true, Peer: peer})
		if err != nil && tiepdan.CodeOf(err) != tiepdan.Conflict { // its end of booking may have passed
			return err
		}
	}
	return nil
}
