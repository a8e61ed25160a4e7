package store

import (
	"context"
	"crypto/subtle"
	"fmt"
	"time"

	"tiepdan"
)

// How often codes and PINs may be tried: by one account, and by everybody. A
// million PINs to a code, and codes can't be guessed either.
const (
	trackTries    = 10
	trackTriesAll = 600
	trackPeriod   = time.Hour
)

// PIN is what a receipt shows beside the code. It is worked out, never kept.
func (s *Store) PIN(code tiepdan.CaseCode) string { return s.vault.PIN(code) }

// CaseToken is what the link and the QR code of a receipt hold of a case.
func (s *Store) CaseToken(_ context.Context, caseID int64) (string, error) {
	return s.vault.TrackToken(caseID), nil
}

// TrackToken is the case that a link's token is of. It shows nothing of it:
// ask [Store.OwnCase], or for the PIN.
func (s *Store) TrackToken(_ context.Context, token string) (caseID int64, err error) {
	id, ok := s.vault.TrackedCase(token)
	if !ok {
		return 0, notFound("track.none")
	}
	return id, nil
}

// Track returns the case of a code to whoever has its PIN as well, without what
// names a person. Whatever is wrong, the answer is the same and takes the same
// work: whether a code exists is nobody's to try out. A sealed case is shown to
// its own account only.
func (s *Store) Track(ctx context.Context, code, pin string, p tiepdan.Peer) (tiepdan.Case, error) {
	parsed, _ := tiepdan.ParseCaseCode(code) // a wrong one is no case's
	return s.track(ctx, "code", parsed, pin, p)
}

// TrackByToken is [Store.Track] with a link's token in place of the code.
func (s *Store) TrackByToken(ctx context.Context, token, pin string, p tiepdan.Peer) (tiepdan.Case, error) {
	id, _ := s.vault.TrackedCase(token)
	return s.track(ctx, "id", id, pin, p)
}

func (s *Store) track(ctx context.Context, column string, value any, pin string, p tiepdan.Peer) (tiepdan.Case, error) {
	if err := s.allowTrack(ctx, p); err != nil {
		return tiepdan.Case{}, err
	}
	given, pinErr := tiepdan.ParsePIN(pin)
	c, err := readCase(ctx, s.db, column, value, noLock)
	if err != nil && !isNotFound(err) {
		return tiepdan.Case{}, err
	}
	right := subtle.ConstantTimeCompare([]byte(given), []byte(s.vault.PIN(c.Code))) == 1
	if err != nil || pinErr != nil || !right || c.Sealed() && !s.owns(c, p) {
		return tiepdan.Case{}, notFound("track.none")
	}
	c.Person, c.Group = tiepdan.Person{}, tiepdan.Group{}
	return c.Case, nil
}

func (s *Store) allowTrack(ctx context.Context, p tiepdan.Peer) error {
	for _, limit := range []struct {
		what string
		n    int
	}{{"track:" + s.vault.paceKey(p), trackTries}, {"track", trackTriesAll}} {
		ok, wait, err := s.Allow(ctx, limit.what, limit.n, trackPeriod)
		if err != nil {
			return fmt.Errorf("store: track: %w", err)
		}
		if !ok {
			return &tiepdan.Error{Code: tiepdan.Limited, Key: "track.limited", Args: map[string]any{"Wait": wait}}
		}
	}
	return nil
}
