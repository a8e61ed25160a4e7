package main

import (
	"context"
	"fmt"
	"time"

	"tiepdan"
	"tiepdan/bot/telegram"
)

// fileCases files the sample cases and does to each what its acts say. A case's
// draft is its place in the list, so that none is filed twice.
func (s seeding) fileCases(ctx context.Context) error {
	staff, err := s.actorsByLogin(ctx)
	if err != nil {
		return err
	}
	rules, err := s.store.Rules(ctx)
	if err != nil {
		return err
	}
	for i, c := range s.cases {
		if err := s.fileCase(ctx, rules, staff, fmt.Sprintf("sample-%d", i+1), c); err != nil {
			return fmt.Errorf("sample case %d: %w", i+1, err)
		}
	}
	return nil
}

// actorsByLogin are the sample people by login, as those who act.
func (s seeding) actorsByLogin(ctx context.Context) (map[string]tiepdan.Actor, error) {
	list, err := s.store.StaffList(ctx)
	actors := map[string]tiepdan.Actor{}
	for _, p := range list {
		actors[p.Login] = p.Actor()
	}
	return actors, err
}

func (s seeding) fileCase(ctx context.Context, rules *tiepdan.Rules, staff map[string]tiepdan.Actor, draft string, sc sampleCase) error {
	from := s.citizens[sc.Person-1]
	u, peer, err := s.chat(from.Chat)
	if err != nil {
		return err
	}
	at := s.workingHour(rules, sc.DaysAgo)
	p := tiepdan.Petition{ID: draft, Place: sc.Place, Begun: at}
	if err := p.SetKind(rules.Kind(sc.Kind)); err != nil {
		return err
	}
	field, _ := rules.Field(sc.Field)
	if err := p.SetField(field); err != nil {
		return err
	}
	if err := p.AddContent("", sc.Text, at); err != nil {
		return err
	}
	if p.Anonymous = sc.Unnamed || p.Sealed(); !p.Anonymous {
		p.Person = tiepdan.Person{Name: from.Name, Phone: from.Phone}
	}
	u.Start("")
	c, created, err := s.store.FileCase(ctx, p, tiepdan.Filing{Peer: peer, Language: tiepdan.Vietnamese,
		By: tiepdan.Actor{Role: tiepdan.Citizen}, At: at, Channel: telegram.Channel})
	if err != nil || !created {
		return err
	}
	for i, do := range sc.Acts {
		at := s.after(rules, at, i+1, len(sc.Acts), sc.DaysAgo)
		if _, _, err := s.store.UpdateCase(ctx, c.ID, sc.act(do, rules, staff, field, at).Apply); err != nil {
			return fmt.Errorf("%s: %w", do.Do, err)
		}
	}
	return nil
}

// workingHour is a moment of a working day so many days ago; today it is now.
func (s seeding) workingHour(rules *tiepdan.Rules, days int) time.Time {
	if days == 0 {
		return s.now().Add(-20 * time.Minute)
	}
	day := rules.Calendar.Previous(tiepdan.DateOf(s.now()).Add(-days))
	return day.At(9*60 + 7*(days%8))
}

// after spreads the acts over the days between the filing and now.
func (s seeding) after(rules *tiepdan.Rules, filed time.Time, n, of, days int) time.Time {
	if days < 2 {
		return s.now().Add(-time.Duration(of-n+1) * time.Minute)
	}
	day := rules.Calendar.Previous(tiepdan.DateOf(filed).Add(days * n / (of + 1)))
	at := day.At(10*60 + 13*n)
	if at.Before(filed) {
		at = filed.Add(time.Duration(n) * 10 * time.Minute)
	}
	return at
}
