package bot

import "context"

// Questions only look: each reads what it needs and shows it.

// ShowCases lists the person's own cases.
type ShowCases struct{ Page int }

func (c ShowCases) run(ctx context.Context, e *Engine, s *step) error {
	cs, err := e.store.CasesOf(ctx, s.ev.From)
	if err != nil {
		return err
	}
	s.show(casesScreen(s.w, cs, c.Page))
	return nil
}

// ShowPersonalData shows the notice and what is held of the person.
type ShowPersonalData struct{}

func (c ShowPersonalData) run(ctx context.Context, e *Engine, s *step) error {
	d, err := e.store.PersonalData(ctx, s.ev.From)
	if err != nil {
		return err
	}
	s.show(Reply{Key: "privacy.data", Protect: true, Buttons: [][]Button{rowOf("mycases", "menu")}, Args: Args{
		"Office": s.w.Rules.Office.Name, "Contact": s.w.Rules.Office.PrivacyContact, "Version": privacyVersion(s.w.Rules),
		"Agreed": d.PrivacyVersion, "At": d.PrivacyAt, "Name": d.Person.Name, "Phone": d.Person.Phone,
		"Cases": d.Cases, "Visits": d.Visits, "First": d.First, "Last": d.Last, "Draft": s.t.Draft != nil}})
	return nil
}

// Track shows somebody else's case to who has its code, or its receipt's picture, and its PIN.
type Track struct{ Code, Token, PIN string }

func (c Track) run(ctx context.Context, e *Engine, s *step) error {
	find := e.store.Track
	key := c.Code
	if c.Token != "" {
		find, key = e.store.TrackByToken, c.Token
	}
	found, err := find(ctx, key, c.PIN, s.ev.From)
	if err != nil {
		return err
	}
	s.t.leave()
	s.show(trackedScreen(s.w, found))
	return nil
}

// FollowToken opens the case of a receipt's picture: at once for whose it is,
// with the PIN for anybody else.
type FollowToken struct{ Token string }

func (c FollowToken) run(ctx context.Context, e *Engine, s *step) error {
	if id, err := e.store.TrackToken(ctx, c.Token); err == nil {
		if own, err := e.store.OwnCase(ctx, s.ev.From, id); err == nil {
			s.show(caseScreen(s.w, own))
			return nil
		}
	}
	// An unknown token is asked for a PIN too: a picture tells nothing by itself.
	s.t.Scene, s.t.Token = InTracking, c.Token
	s.show(s.trackScreen())
	return nil
}
