package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// DivideCase makes a case of each part of a petition of mixed content, in one
// transaction with the petition's own end. The cases have its person, account and day;
// the citizen is told once. A part that is a denunciation knows nobody, and the whole,
// where its words stand as well, is sealed with it: only such parts stay linked to it.
func (s *Store) DivideCase(ctx context.Context, id int64, a tiepdan.Act, parts []tiepdan.Part) (c tiepdan.Case, made []tiepdan.Case, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return c, nil, err
	}
	for range codeTries {
		err = s.untangled(ctx, func(tx pgx.Tx) error {
			d := division{Store: s, tx: tx, act: a, rules: rules}
			c, made, err = d.do(ctx, id, parts)
			return err
		})
		if !violates(err, "cases_code") {
			break
		}
	}
	if err != nil {
		return tiepdan.Case{}, nil, broken(err, "divide case")
	}
	s.Wake()
	return c, made, nil
}

// division is one petition being divided.
type division struct {
	*Store
	tx     pgx.Tx
	act    tiepdan.Act
	rules  *tiepdan.Rules
	before caseRow
	peer   tiepdan.Peer // whose it is; none: from the desk
	tiepdan.Partition
}

func (d *division) do(ctx context.Context, id int64, parts []tiepdan.Part) (c tiepdan.Case, made []tiepdan.Case, err error) {
	if d.before, err = readCase(ctx, d.tx, "id", id, forUpdate); err != nil {
		return c, nil, err
	}
	if d.act.By.See(d.before.Case) == tiepdan.Nothing {
		return c, nil, notFound("case.none")
	}
	d.act.Details.Parts = []int64{id} // until there are any
	if _, _, err := d.act.Apply(d.before.Case); err != nil {
		return c, nil, err
	}
	if d.Partition, err = tiepdan.PartitionOf(d.before.Case, parts, d.rules); err != nil {
		return c, nil, err
	}
	if d.peer, err = d.peerOf(ctx, d.tx, d.before); err != nil {
		return c, nil, err
	}
	var told []int64
	for _, p := range d.Petitions {
		child, err := d.file(ctx, p)
		if err != nil {
			return c, nil, err
		}
		made = append(made, child)
		if !d.Sealing || child.Sealed() {
			told = append(told, child.ID)
		}
	}
	c, err = d.end(ctx, told)
	return c, made, err
}

// file makes a part's case. Of when the petition came only the day is kept, and of a
// sealed one's division only the minute: moments would lead from case to case.
func (d *division) file(ctx context.Context, p tiepdan.Petition) (c tiepdan.Case, err error) {
	at := d.act.At
	if d.Sealing {
		at = at.Truncate(time.Minute)
	}
	f := Filing{Peer: d.peer, Language: d.before.Language, By: d.act.By, At: at, Channel: d.before.Channel}
	if c, err = openCase(p, f, d.rules); err != nil {
		return c, err
	}
	first := &c.History[0]
	c.Legal, first.Details.LegalDay = d.before.Legal, d.before.Legal
	if !d.before.Barred.IsZero() {
		c.Barred, first.Details.Barred = d.before.Barred, &d.before.Barred
	}
	var ns []tiepdan.Notice
	if d.Sealing && !c.Sealed() {
		ns = tiepdan.Notices(tiepdan.Case{}, c, *first) // nothing else can tell of it
	}
	id, _, err := d.insertCase(ctx, d.tx, opening{Case: c, Filing: f, Notices: ns}, d.rules)
	if err != nil {
		return c, err
	}
	if id == 0 {
		return c, &tiepdan.Error{Code: tiepdan.Conflict, Key: "case.not_now"} // divided so before
	}
	c.ID, c.Received = id, tiepdan.DateOf(d.before.Received).Time()
	b := &pgx.Batch{}
	queueCase(b, c, d.rules)
	b.Queue(`UPDATE cases SET received = $2 WHERE id = $1`, id, c.Received)
	return c, d.tx.SendBatch(ctx, b).Close()
}

// end divides the petition itself, seals it where it must be, and links to it the
// cases that may tell of it.
func (d *division) end(ctx context.Context, told []int64) (c tiepdan.Case, err error) {
	d.act.Details.Parts = told
	c, _, err = d.updateCase(ctx, d.tx, d.before.ID, d.act.Apply, d.rules)
	if err == nil && d.Sealing {
		c, err = d.seal(ctx)
	}
	for _, id := range told {
		if err == nil {
			err = writeLink(ctx, d.tx, id, d.before.ID, tiepdan.PartOf, 1)
		}
	}
	return c, err
}

// seal makes a denunciation of the whole, by the field of the part that is one.
func (d *division) seal(ctx context.Context) (c tiepdan.Case, err error) {
	for _, p := range d.Petitions {
		if field, ok := d.rules.Field(p.Field); ok && p.Sealed() {
			act := tiepdan.Act{Do: tiepdan.Classify, By: tiepdan.Actor{Role: tiepdan.System}, At: d.act.At, Kind: d.rules.Kind(tiepdan.ToCao), Field: field,
				Details: tiepdan.Details{Class: &tiepdan.Class{Mixed: true}}}
			c, _, err = d.updateCase(ctx, d.tx, d.before.ID, act.Apply, d.rules)
			return c, err
		}
	}
	return c, fmt.Errorf("no part is a denunciation")
}

// peerOf is whose account a case came from; nobody's for one from the desk.
func (s *Store) peerOf(ctx context.Context, db runner, c caseRow) (p tiepdan.Peer, err error) {
	if c.Owner == nil {
		return p, nil
	}
	if !c.Sealed() {
		p, ok, err := s.accountPeer(ctx, db, c.Owner)
		if err == nil && !ok {
			err = fmt.Errorf("the case's account isn't known")
		}
		return p, err
	}
	var sealed []byte
	if err := db.QueryRow(ctx, `SELECT sealed FROM sealed_accounts WHERE case_id = $1`, c.ID).Scan(&sealed); err != nil {
		return p, fmt.Errorf("the sealed account: %w", err)
	}
	return s.vault.OpenPeer(c.Owner, sealed)
}
