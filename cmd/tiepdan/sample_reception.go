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

// conclude writes what a session's head concluded. The last one still waits for
// the leader; the earlier ones were approved, and their directions are on their way.
func (q *quarter) conclude(ctx context.Context, s tiepdan.Session, written []tiepdan.Reception) error {
	head, leader := q.actors["truongban"], q.actors["lanhdao"]
	if c, ok, err := q.store.Conclusion(ctx, head, s.ID); err != nil || ok && c.Status != tiepdan.ConclusionDraft {
		return err
	}
	c, err := q.store.DraftConclusion(ctx, head, s.ID)
	if err != nil {
		return err
	}
	c.Opening = say("sample.opening", nil)
	recent := s.On().DaysUntil(q.today) < 12
	for i := range c.Items {
		sr := q.sampleOf(written, c.Items[i].Reception)
		if recent && sr.Unit != "" && !c.Items[i].Secret {
			c.Items[i].Unit, c.Items[i].Task = unitID(q.rules, sr.Unit), sr.Task
			c.Items[i].Due = q.rules.Calendar.AddWorking(q.today, 10)
		} else {
			c.Items[i].Due = tiepdan.Date{}
		}
	}
	if c, err = q.store.SaveConclusion(ctx, head, c); err != nil {
		return err
	}
	if err := q.store.SubmitConclusion(ctx, head, c.ID, c.Version); err != nil || recent {
		return err
	}
	if c, _, err = q.store.Conclusion(ctx, leader, s.ID); err != nil {
		return err
	}
	if _, err := q.store.ApproveConclusion(ctx, leader, c.ID, c.Version, s.Ends.Add(26*time.Hour)); err != nil {
		return err
	}
	return q.direct(ctx, s, written)
}

func (q *quarter) sampleOf(written []tiepdan.Reception, id int64) sampleReception {
	for _, r := range written {
		if r.ID == id {
			for _, sr := range q.receptions {
				if sr.Content == r.Content {
					return sr
				}
			}
		}
	}
	return sampleReception{}
}

// direct issues the session's directions as of its day, and has some of them
// worked on: taken, reported, done, and left until they are overdue.
func (q *quarter) direct(ctx context.Context, s tiepdan.Session, written []tiepdan.Reception) error {
	leader := q.actors["lanhdao"]
	for _, r := range written {
		sr := q.sampleOf(written, r.ID)
		if sr.Unit == "" {
			continue
		}
		at := s.Ends.Add(27 * time.Hour)
		d, err := q.store.IssueDirective(ctx, leader, tiepdan.Directive{Session: s.ID, Reception: r.ID, Unit: unitID(q.rules, sr.Unit), Task: sr.Task,
			Due: q.rules.Calendar.AddWorking(s.On(), 15)}, at)
		if err != nil {
			return err
		}
		for _, act := range q.work(d, at) {
			if _, _, err := q.store.UpdateDirective(ctx, d.ID, act.Apply); err != nil {
				return fmt.Errorf("%s: %w", act.Do, err)
			}
		}
	}
	return nil
}

// work is how far a direction got.
func (q *quarter) work(d tiepdan.Directive, at time.Time) []tiepdan.DirectiveAct {
	officer := tiepdan.Actor{Role: tiepdan.UnitHead, Unit: d.Unit, Staff: q.actors["truongphong"].Staff}
	take := tiepdan.DirectiveAct{Do: tiepdan.TakeDirective, By: officer, At: at.Add(20 * time.Hour)}
	progress := tiepdan.DirectiveAct{Do: tiepdan.ProgressDirective, By: officer, At: at.Add(90 * time.Hour), Text: say("sample.progress", nil)}
	report := tiepdan.DirectiveAct{Do: tiepdan.ReportDirective, By: officer, At: at.Add(150 * time.Hour), Text: say("sample.report", nil)}
	accept := tiepdan.DirectiveAct{Do: tiepdan.AcceptDirective, By: q.actors["lanhdao"], At: at.Add(170 * time.Hour)}
	switch d.ID % 5 {
	case 0:
		return nil
	case 1:
		return []tiepdan.DirectiveAct{take, progress}
	case 2:
		return []tiepdan.DirectiveAct{take, report}
	}
	return []tiepdan.DirectiveAct{take, report, accept}
}
