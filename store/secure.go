package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// SecureForm is [tiepdan.SecureForm].
type SecureForm = tiepdan.SecureForm

const (
	secureLinkLives = time.Hour
	secureKept      = 8 * 24 * time.Hour // a draft lives for seven days
)

// secureOver is the one answer to a link that never was, was used or has expired.
func secureOver() error { return notFound("secure.over") }

// SecureLink makes the one-time link by which p fills in the draft's personal
// part. Earlier links of the draft are over.
func (s *Store) SecureLink(ctx context.Context, p tiepdan.Peer, draft string, now time.Time) (token string, err error) {
	token = newToken()
	lane := s.vault.Lane(p)
	b := &pgx.Batch{}
	b.Queue(`DELETE FROM secure_links WHERE draft = $1`, draft)
	b.Queue(`INSERT INTO secure_links (token, draft, lane, sealed, expires) VALUES ($1, $2, $3, $4, $5)`,
		hashed(token), draft, lane, s.vault.SealPeer(lane, p), now.Add(secureLinkLives))
	return token, broken(s.db.SendBatch(ctx, b).Close(), "secure link")
}

// SecureForm is what a link leads to, for as long as it is good.
func (s *Store) SecureForm(ctx context.Context, token string, now time.Time) (f SecureForm, err error) {
	var lane []byte
	err = s.db.QueryRow(ctx, `SELECT draft, lane, expires FROM secure_links WHERE token = $1 AND used_at IS NULL AND expires > $2`,
		hashed(token), now).Scan(&f.Draft, &lane, &f.Expires)
	if errors.Is(err, pgx.ErrNoRows) {
		return f, secureOver()
	}
	if err != nil {
		return f, broken(err, "secure form")
	}
	var person []byte
	err = s.db.QueryRow(ctx, `SELECT language, person FROM accounts WHERE lane = $1`, lane).Scan(&f.Language, &person)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return f, broken(err, "secure form")
	}
	if person != nil {
		if err := json.Unmarshal(person, &f.Person); err != nil {
			return f, broken(err, "secure form")
		}
	}
	filled, ok, err := s.secureData(ctx, s.db, f.Draft)
	if ok {
		f.Person, f.Group, f.Respondent = filled.Person, filled.Group, filled.Respondent
	}
	return f, err
}

// secureFilled is what is sealed in secure_data.
type secureFilled struct {
	Person     tiepdan.Person `json:"person"`
	Group      tiepdan.Group  `json:"group"`
	Respondent string         `json:"respondent"`
}

func (s *Store) secureData(ctx context.Context, db runner, draft string) (d secureFilled, ok bool, err error) {
	var sealed []byte
	err = db.QueryRow(ctx, `SELECT sealed FROM secure_data WHERE draft = $1`, draft).Scan(&sealed)
	if errors.Is(err, pgx.ErrNoRows) {
		return d, false, nil
	}
	if err != nil {
		return d, false, broken(err, "secure data")
	}
	plain, err := s.vault.Open("secure_data", []byte(draft), sealed)
	if err != nil {
		return d, false, err
	}
	err = json.Unmarshal(plain, &d)
	return d, err == nil, err
}

// FillSecure keeps what was filled in until the draft is filed, uses the link up
// and tells the conversation, all at once. Nothing of it goes through the chat.
func (s *Store) FillSecure(ctx context.Context, token string, person tiepdan.Person, group tiepdan.Group, respondent string, now time.Time) error {
	plain, err := json.Marshal(secureFilled{person, group, respondent})
	if err != nil {
		return err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		var draft string
		var lane, sealed []byte
		err := tx.QueryRow(ctx, `UPDATE secure_links SET used_at = $2 WHERE token = $1 AND used_at IS NULL AND expires > $2
			RETURNING draft, lane, sealed`, hashed(token), now).Scan(&draft, &lane, &sealed)
		if errors.Is(err, pgx.ErrNoRows) {
			return secureOver()
		}
		if err != nil {
			return err
		}
		p, err := s.vault.OpenPeer(lane, sealed)
		if err != nil {
			return err
		}
		filed := false
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM cases WHERE draft = $1)`, s.vault.Draft(draft)).Scan(&filed); err != nil {
			return err
		}
		if filed {
			return secureOver() // nobody would take it from there
		}
		b := &pgx.Batch{}
		b.Queue(`INSERT INTO secure_data (draft, sealed, at) VALUES ($1, $2, $3)
			ON CONFLICT (draft) DO UPDATE SET sealed = excluded.sealed, at = excluded.at`,
			draft, s.vault.Seal("secure_data", []byte(draft), plain), now)
		if err := s.queueEvent(b, p, filledEvent(p, draft, now)); err != nil {
			return err
		}
		return tx.SendBatch(ctx, b).Close()
	})
	if err != nil {
		return broken(err, "fill secure")
	}
	s.mail.came.ring()
	return nil
}

// event is the part of the conversations' event that the store itself makes; its
// fields are theirs by name.
type event struct {
	ID   string
	From tiepdan.Peer
	At   time.Time
	Kind string
	Form string
}

func filledEvent(p tiepdan.Peer, draft string, now time.Time) event {
	return event{ID: "filled " + newToken()[:16], From: p, At: now, Kind: "filled", Form: draft}
}

// queueEvent puts an event into p's lane in the transaction that it tells of.
func (s *Store) queueEvent(b *pgx.Batch, p tiepdan.Peer, e event) error {
	raw, err := json.Marshal(e)
	if err != nil {
		return err
	}
	id, lane := randomID(), s.vault.Lane(p)
	b.Queue(`INSERT INTO inbox (source, update_id, shard, lane, sealed) VALUES ($1, $2, $3, $4, $5)`, eventSource, id,
		shardOf(lane), lane, s.vault.Seal("inbox", letterRow(eventSource, id), letterBody(p, raw)))
	return nil
}

// mergeSecure moves what the secure page holds for the draft into the petition
// that is being filed. Of a denunciation it only forgets it, and the link that
// ties the draft to an account.
func (s *Store) mergeSecure(ctx context.Context, db runner, p *tiepdan.Petition) error {
	d, ok, err := s.secureData(ctx, db, p.ID)
	if err != nil {
		return err
	}
	if ok && !p.Sealed() {
		merge(p, d)
	}
	b := &pgx.Batch{}
	b.Queue(`DELETE FROM secure_data WHERE draft = $1`, p.ID)
	b.Queue(`DELETE FROM secure_links WHERE draft = $1`, p.ID)
	return broken(db.SendBatch(ctx, b).Close(), "secure data")
}

// merge prefers what the page says, and keeps what the chat said beyond it.
func merge(p *tiepdan.Petition, d secureFilled) {
	set := func(to *string, v string) {
		if v != "" {
			*to = v
		}
	}
	set(&p.Person.Name, d.Person.Name)
	set(&p.Person.Phone, d.Person.Phone)
	set(&p.Person.Address, d.Person.Address)
	set(&p.Person.IDNumber, d.Person.IDNumber)
	set(&p.Respondent, d.Respondent)
	if d.Person.Name != "" {
		p.Anonymous = false
	}
	if d.Group.OnBehalf != "" || d.Group.People != 0 || len(d.Group.Representatives)+len(d.Group.Complainants) > 0 {
		p.Group = d.Group
	}
}
