package main

import (
	"context"
	"fmt"
	"time"

	"tiepdan"
)

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
