package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Filing says how a petition came.
type Filing = tiepdan.Filing

// codeTries is how often a code that is taken is drawn anew: of 2^35 a year, one
// draw in some thousand millions meets another.
const codeTries = 5

// FileCase files a petition: case, first line of its history, files, audit row
// and receipt in one transaction and one round trip. A petition is filed once,
// by its ID: later calls return the case that there is, and created is false.
func (s *Store) FileCase(ctx context.Context, p tiepdan.Petition, f Filing) (c tiepdan.Case, created bool, err error) {
	var o opening
	for range codeTries {
		o, created, err = s.fileOnce(ctx, p, f)
		if !violates(err, "cases_code") {
			break
		}
	}
	if err != nil || !created {
		return o.Case, false, broken(err, "file case")
	}
	s.Wake()
	if len(o.Routes) > 0 {
		o.Case = s.routeItself(ctx, o.Case)
	}
	return o.Case, true, nil
}

func (s *Store) fileOnce(ctx context.Context, p tiepdan.Petition, f Filing) (opening, bool, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return opening{}, false, err
	}
	c, err := openCase(p, f, rules)
	if err != nil || c.Sealed() || p.Earlier != 0 { // perhaps the secure page has what is missing
		return s.fileWithSecure(ctx, p, f, rules)
	}
	o := newOpening(c, f, rules)
	id, held, err := s.insertCase(ctx, s.db, o, rules)
	switch {
	case err != nil:
		return opening{}, false, err
	case held:
		return s.fileWithSecure(ctx, p, f, rules)
	case id == 0:
		o.Case, err = s.filed(ctx, p.ID, f)
		return o, false, err
	}
	o.Case.ID = id
	return o, true, nil
}

// fileWithSecure files a petition for which the secure page was filled in, or
// which follows an earlier case. What the page holds goes into the case, and with it whatever ties the draft to an
// account; of a denunciation, it just goes.
func (s *Store) fileWithSecure(ctx context.Context, p tiepdan.Petition, f Filing, rules *tiepdan.Rules) (o opening, created bool, err error) {
	var id int64
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := s.mergeSecure(ctx, tx, &p); err != nil {
			return err
		}
		if err := s.mayFollow(ctx, tx, &p, f, rules); err != nil {
			return err
		}
		c, err := openCase(p, f, rules)
		if err != nil {
			return err
		}
		o = newOpening(c, f, rules)
		id, _, err = s.insertCase(ctx, tx, o, rules)
		if err == nil && id != 0 && c.Earlier != 0 {
			err = follow(ctx, tx, id, c.Earlier)
		}
		return err
	})
	if err != nil {
		return opening{}, false, err
	}
	if id == 0 {
		o.Case, err = s.filed(ctx, p.ID, f)
		return o, false, err
	}
	o.Case.ID = id
	return o, true, nil
}

// openCase is the case that the petition makes, by the settings as they stand.
func openCase(p tiepdan.Petition, f Filing, rules *tiepdan.Rules) (tiepdan.Case, error) {
	field, ok := rules.Field(p.Field)
	if p.Field != "" && !ok {
		return tiepdan.Case{}, &tiepdan.Error{Code: tiepdan.Invalid, Key: "petition.field_unknown"}
	}
	if field.Corruption {
		p.Kind, p.Mode = tiepdan.ToCao, tiepdan.Guide
	}
	at := f.At.Truncate(time.Microsecond) // as Postgres keeps it
	c, err := tiepdan.Open(p, rules.Kind(p.Kind), f.By, at, tiepdan.LegalDay(at, rules.Calendar, rules.Office.Hours))
	if err != nil {
		return c, err
	}
	c.Code = tiepdan.NewCaseCode(tiepdan.DateOf(at).Year, rand.Reader)
	c.Corruption, c.History[0].Details.Corruption = field.Corruption, field.Corruption
	c.Language, c.Channel = f.Language, f.Channel
	if c.Channel == "" {
		c.Channel = f.Peer.Channel
	}
	if c.Sealed() {
		c = hidden(caseRow{Case: tiepdan.Case{Person: p.Person, Group: p.Group}}, c)
	}
	return c, nil
}

// filed is the case that the draft was filed as before, for whoever filed it.
func (s *Store) filed(ctx context.Context, draft string, f Filing) (tiepdan.Case, error) {
	c, err := readCase(ctx, s.db, "draft", s.vault.Draft(draft), noLock)
	if err != nil {
		return tiepdan.Case{}, err
	}
	if !s.owns(c, f.Peer) {
		return tiepdan.Case{}, notFound("case.none")
	}
	return c.Case, nil
}

// owns reports whether the case came from p's account, or from no account and p is none.
func (s *Store) owns(c caseRow, p tiepdan.Peer) bool {
	return bytes.Equal(c.Owner, s.owner(c.Case, p))
}

// owner is what a case of p's is kept under; nil for the desk.
func (s *Store) owner(c tiepdan.Case, p tiepdan.Peer) []byte {
	switch {
	case p.IsZero():
		return nil
	case c.Sealed():
		return s.vault.Denouncer(p)
	}
	return s.vault.Account(p)
}
