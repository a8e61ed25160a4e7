package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"tiepdan"
)

// sampleReception is somebody who was received at a sample session, and the
// direction that came of it.
type sampleReception struct {
	Kind                     tiepdan.Kind
	Field, Content, Handling string
	Result                   tiepdan.Result
	People, Days             int // Days: until the answer that was promised
	Again                    bool
	PriorBody, Body          string
	Ground                   tiepdan.Ground
	GroundText               string
	Unit, Task               string
}

// quarter is the sample office's reception being made: a quarter that has partly
// gone by, is published, booked and directed from.
type quarter struct {
	seeding
	rules   *tiepdan.Rules
	actors  map[string]tiepdan.Actor
	today   tiepdan.Date
	entries int // of the book
}

// reception makes the quarter. Each part finds out what it has done already; the
// citizens' own bookings are the last of it.
func (s seeding) reception(ctx context.Context) error {
	q := quarter{seeding: s, today: tiepdan.DateOf(s.now())}
	from, _ := q.span()
	done, err := q.done(ctx)
	if err != nil || done {
		return err
	}
	if q.rules, err = s.store.Rules(ctx); err != nil {
		return err
	}
	if q.actors, err = s.actorsByLogin(ctx); err != nil {
		return err
	}
	if _, err := s.store.MakeSessions(ctx, from.Time()); err != nil {
		return err
	}
	for _, part := range []func(context.Context) error{q.publish, q.onDuty, q.past, q.changes, q.extra, q.bookings} {
		if err := part(ctx); err != nil {
			return fmt.Errorf("sample reception: %w", err)
		}
	}
	return nil
}

// done reports whether a sample citizen has booked, which comes last.
func (q quarter) done(ctx context.Context) (bool, error) {
	_, peer, err := q.chat(q.citizens[0].Chat)
	if err != nil {
		return false, err
	}
	visits, err := q.store.Visits(ctx, peer, q.now().AddDate(-1, 0, 0))
	return len(visits) > 0, err
}

// span is this quarter.
func (q quarter) span() (from, until tiepdan.Date) {
	year, n := tiepdan.QuarterOf(q.today)
	from, until = tiepdan.Plan{Year: year, Quarter: n}.Days()
	return from, until
}

// publish confirms and publishes this quarter's plan, and submits the next one's
// to the leader.
func (q *quarter) publish(ctx context.Context) error {
	year, n := tiepdan.QuarterOf(q.today)
	if p, _, err := q.store.Plan(ctx, year, n); err != nil || p.Status == tiepdan.PlanPublished {
		return err
	}
	if err := q.submit(ctx, year, n); err != nil {
		return err
	}
	if _, err := q.store.PublishPlan(ctx, q.actors["lanhdao"], year, n, q.now()); err != nil {
		return err
	}
	_, after := tiepdan.Plan{Year: year, Quarter: n}.Days()
	year, n = tiepdan.QuarterOf(after)
	return q.submit(ctx, year, n)
}

func (q *quarter) submit(ctx context.Context, year, n int) error {
	_, ss, err := q.store.Plan(ctx, year, n)
	if err != nil {
		return err
	}
	var drafts []int64
	for _, s := range ss {
		if s.Status == tiepdan.SessionDraft {
			drafts = append(drafts, s.ID)
		}
	}
	if _, err := q.store.ConfirmSessions(ctx, q.actors["truongban"], drafts); err != nil {
		return err
	}
	return q.store.SubmitPlan(ctx, q.actors["truongban"], year, n)
}

// onDuty fills the duty roster of this month and the next.
func (q *quarter) onDuty(ctx context.Context) error {
	from := tiepdan.Date{Year: q.today.Year, Month: q.today.Month, Day: 1}
	until := from.AddMonths(2)
	staff := []int64{q.actors["tiepnhan"].Staff, q.actors["canbo1"].Staff, q.actors["canbo2"].Staff}
	turns := tiepdan.FillRoster(tiepdan.Rotation{From: from, Until: until, Shifts: []tiepdan.Shift{tiepdan.Morning, tiepdan.Afternoon}, Staff: staff}, q.rules.Calendar)
	return q.store.SaveRoster(ctx, q.actors["truongban"], from, until, turns)
}

// past holds the sessions that have gone by: with who was there, the book's
// entries, the conclusions and the directions.
func (q *quarter) past(ctx context.Context) error {
	from, _ := q.span()
	ss, err := q.store.Sessions(ctx, from.Time(), q.today.Time())
	if err != nil {
		return err
	}
	for i, s := range ss {
		n := 1
		if s.Cancelled() {
			continue
		}
		if s.Kind == tiepdan.Periodic {
			n = 4
		} else if i%3 != 0 {
			n = 0
		}
		if s.Status != tiepdan.SessionHeld {
			if err := q.hold(ctx, s, n); err != nil {
				return fmt.Errorf("the session of %s: %w", s.On(), err)
			}
		}
		q.entries += n
	}
	return nil
}

// hold opens a session of the past, receives n people and closes it.
func (q *quarter) hold(ctx context.Context, s tiepdan.Session, n int) error {
	clerk := q.actors["tiepnhan"]
	inPerson := s.ID%3 != 0
	s, err := q.store.ChangeSession(ctx, clerk, s.ID, func(s tiepdan.Session) (tiepdan.Session, error) {
		s.Published = q.rules.Calendar.AddWorking(s.Original, -8).At(9 * 60)
		s.Status, s.Opened, s.InPerson = tiepdan.SessionOpen, s.Starts, s.Head != 0 && inPerson
		s.Receiver, _, _ = strings.Cut(s.Presides, ",")
		if s.Head != 0 && !inPerson {
			s.Receiver = say("sample.delegate", nil)
		}
		return s, nil
	})
	if err != nil {
		return err
	}
	if err := q.attend(ctx, clerk, s); err != nil {
		return err
	}
	var written []tiepdan.Reception
	for i := range n {
		r, err := q.receive(ctx, clerk, s, i, q.entries+i)
		if err != nil {
			return err
		}
		written = append(written, r)
	}
	if s.Kind == tiepdan.Periodic {
		if err := q.conclude(ctx, s, written); err != nil {
			return err
		}
	}
	_, err = q.store.ChangeSession(ctx, clerk, s.ID, func(s tiepdan.Session) (tiepdan.Session, error) {
		s.Status, s.Closed = tiepdan.SessionHeld, s.Ends
		return s, nil
	})
	return err
}

// attend marks who came, some of them late.
func (q *quarter) attend(ctx context.Context, clerk tiepdan.Actor, s tiepdan.Session) error {
	list, err := q.store.Attendance(ctx, s.ID)
	if err != nil {
		return err
	}
	for i, a := range list {
		a.Came, a.Left = s.Starts.Add(-5*time.Minute), s.Ends
		switch (int(s.ID) + i) % 5 {
		case 3:
			a.Came = s.Starts.Add(12 * time.Minute)
		case 4:
			if !a.Receiver {
				a.Came, a.Left, a.Absent = time.Time{}, time.Time{}, say("sample.absent", nil)
			}
		}
		if err := q.store.SaveAttendance(ctx, clerk, a); err != nil {
			return err
		}
	}
	return nil
}

// receive writes the n-th of the sample's receptions into the book, the i-th of its
// session. What is taken in becomes a case, as at the desk.
func (q *quarter) receive(ctx context.Context, clerk tiepdan.Actor, s tiepdan.Session, i, n int) (tiepdan.Reception, error) {
	sr := q.receptions[n%len(q.receptions)]
	began := s.Starts.Add(time.Duration(i) * s.Ends.Sub(s.Starts) / 6)
	r := tiepdan.Reception{Ref: fmt.Sprintf("sample-%d-%d", s.ID, i), Session: s.ID, On: s.On(), Began: began, Ended: began.Add(18 * time.Minute),
		Person: tiepdan.Person{Name: say("sample.visitor", n+10), Address: say("sample.address", n%9+1)}, IDSeen: true, People: max(1, sr.People),
		Kind: sr.Kind, Field: sr.Field, Content: sr.Content, Again: sr.Again, PriorBody: sr.PriorBody, Result: sr.Result, Handling: sr.Handling,
		Body: sr.Body, Ground: sr.Ground, GroundText: sr.GroundText, Receiver: s.Receiver, Secret: sr.Kind == tiepdan.ToCao}
	if r.Secret {
		r.Person, r.IDSeen, clerk = tiepdan.Person{}, false, q.actors["truongban"]
	}
	if sr.Days > 0 {
		r.AnswerBy = q.rules.Calendar.Next(s.On().Add(sr.Days))
	}
	if r.People > 1 {
		r.Spokesmen = []string{r.Person.Name, say("sample.visitor", n+110)}
	}
	if sr.Result == tiepdan.ResultTakenIn {
		id, err := q.takeIn(ctx, clerk, r)
		if err != nil {
			return r, err
		}
		r.Case = id
	}
	return q.store.WriteReception(ctx, clerk, r)
}

func (q *quarter) takeIn(ctx context.Context, clerk tiepdan.Actor, r tiepdan.Reception) (int64, error) {
	p := tiepdan.Petition{ID: "reception:" + r.Ref, Begun: r.Began}
	field, _ := q.rules.Field(r.Field)
	err := errors.Join(p.SetKind(q.rules.Kind(r.Kind)), p.SetField(field), p.AddContent("", r.Content, r.Began))
	if err != nil {
		return 0, err
	}
	if p.Anonymous = p.Sealed(); !p.Anonymous {
		p.Person = r.Person
	}
	c, _, err := q.store.FileCase(ctx, p, tiepdan.Filing{Language: tiepdan.Vietnamese, By: clerk, At: r.Began, Channel: "desk"})
	return c.ID, err
}
