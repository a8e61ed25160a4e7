package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// ApproveConclusion signs the conclusion off: what it directs becomes directions,
// their units are told, and every citizen who was received and has a chat is told of
// what is theirs. Four eyes see it, unless nobody else could.
func (s *Store) ApproveConclusion(ctx context.Context, by tiepdan.Actor, id int64, version int, now time.Time) (directives int, err error) {
	now = now.Truncate(time.Microsecond)
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockCasesOf(ctx, tx, id); err != nil {
			return err
		}
		c, err := lockConclusion(ctx, tx, id, 0)
		if err != nil {
			return err
		}
		if err := s.mayApprove(ctx, tx, c, by, version, now); err != nil {
			return err
		}
		c.Status, c.ApprovedBy, c.Approved = tiepdan.ConclusionApproved, by.Staff, now
		if err := writeConclusion(ctx, tx, &c); err != nil {
			return err
		}
		if directives, err = s.direct(ctx, tx, by, c, now); err != nil {
			return err
		}
		b := &pgx.Batch{}
		s.tellOfConclusion(b, c)
		b.Queue(addAudit, auditRow(s.now(), by, "conclusion_approve", onConclusion, c.ID, facts{"version": c.Version, "directives": directives})...)
		return tx.SendBatch(ctx, b).Close()
	})
	if err != nil {
		return 0, broken(err, "approve conclusion")
	}
	s.Wake()
	return directives, nil
}

// lockCasesOf keeps the cases that the conclusion is about from being sealed
// meanwhile. A sealing locks its case before the conclusion, so this does too.
func lockCasesOf(ctx context.Context, tx pgx.Tx, id int64) error {
	_, err := tx.Exec(ctx, `SELECT id FROM cases WHERE id IN (SELECT r.case_id FROM receptions r JOIN conclusions k ON k.session_id = r.session_id WHERE k.id = $1)
		ORDER BY id FOR SHARE`, id)
	return err
}

// mayApprove reports why c can't be approved now, if so.
func (s *Store) mayApprove(ctx context.Context, tx pgx.Tx, c tiepdan.Conclusion, by tiepdan.Actor, version int, now time.Time) error {
	about, err := receptionsAbout(ctx, tx, by, c.Session)
	if err != nil {
		return err
	}
	if c.Approvers, err = approvers(ctx, tx, c); err != nil {
		return err
	}
	if err := shownTo(c, by, about).Approves(by, c.OthersApprove(by)); err != nil {
		return err
	}
	if c.Version != version {
		return errConclusionChanged
	}
	return c.Check(tiepdan.DateOf(now))
}

// approvers are those who decide for the office and may read all of c.
func approvers(ctx context.Context, db runner, c tiepdan.Conclusion) ([]int64, error) {
	about := make([]int64, len(c.Items))
	for n, i := range c.Items {
		about[n] = i.Reception
	}
	rows, err := db.Query(ctx, `SELECT st.id FROM staff st WHERE NOT st.disabled AND st.role IN ('board_head', 'leader') AND (st.cleared OR NOT $1)
		AND NOT EXISTS (SELECT FROM receptions r JOIN cases o ON o.id = r.case_id WHERE r.id = ANY($2)
			AND (st.id = ANY(o.barred_staff) OR st.unit = ANY(o.barred_units)))
		ORDER BY st.id`, c.Secret(), about)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// direct makes directions of what the conclusion gives units to do.
func (s *Store) direct(ctx context.Context, tx pgx.Tx, by tiepdan.Actor, c tiepdan.Conclusion, now time.Time) (n int, err error) {
	for _, i := range c.Items {
		if !i.Directs() {
			continue
		}
		d := tiepdan.Directive{Session: c.Session, Reception: i.Reception, Unit: i.Unit, Task: i.Task, Due: i.Due, Secret: i.Secret}
		if _, err := s.issue(ctx, tx, by, d, now); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// tellOfConclusion queues a message to every citizen whose matter the conclusion is
// about and who came by a chat. It holds no words; and nobody is written to about a
// denunciation.
func (s *Store) tellOfConclusion(b *pgx.Batch, c tiepdan.Conclusion) {
	var about []int64
	for _, i := range c.Items {
		if i.Reception != 0 && !i.Secret {
			about = append(about, i.Reception)
		}
	}
	b.Queue(`INSERT INTO outbox (lane, sealed, channel, audience, language, reply, dedupe, not_before, created_at)
		SELECT a.lane, a.sealed, a.channel, 'citizen', coalesce(nullif(a.language, ''), p.language),
			jsonb_build_object('key', 'live', 'args', jsonb_build_object('What', 'conclusion', 'ID', $1::bigint, 'Key', 'conclusion.told', 'Appointment', p.id)),
			format('conclusion:%s:%s', $1::bigint, p.id), $3, $3
		FROM receptions r JOIN appointments p ON p.id = r.appointment JOIN accounts a ON a.key = p.owner
		WHERE r.id = ANY($2) AND NOT r.sealed AND a.unreachable_at IS NULL ORDER BY r.id
		ON CONFLICT (dedupe) DO NOTHING`, c.ID, about, s.now().Truncate(time.Microsecond))
}

// ConclusionFor returns what an approved conclusion says about those who were
// received by one appointment: their items only, and of a denunciation no words.
func (s *Store) ConclusionFor(ctx context.Context, id, appointment int64) (tiepdan.Session, []tiepdan.ConclusionItem, error) {
	d, items, err := s.conclusionOf(ctx, id, `r.appointment = $2`, appointment)
	return d, items, broken(err, "conclusion for an appointment")
}

// MyConclusion is [Store.ConclusionFor] by whose chat it is.
func (s *Store) MyConclusion(ctx context.Context, p tiepdan.Peer, id int64) (tiepdan.Session, []tiepdan.ConclusionItem, error) {
	d, items, err := s.conclusionOf(ctx, id, `r.appointment IN (SELECT id FROM appointments WHERE owner = $2)`, s.vault.Account(p))
	return d, items, broken(err, "own conclusion")
}

// conclusionOf finds the items about the receptions of the session that the
// condition names; none is NotFound.
func (s *Store) conclusionOf(ctx context.Context, id int64, which string, arg any) (d tiepdan.Session, items []tiepdan.ConclusionItem, err error) {
	c, err := readConclusion(ctx, s.db, `k.id = $1 AND k.status = 'approved'`, id)
	if err != nil {
		return d, nil, err
	}
	rows, err := s.db.Query(ctx, `SELECT r.id FROM receptions r WHERE r.session_id = $1 AND `+which, c.Session, arg)
	if err != nil {
		return d, nil, err
	}
	theirs := map[int64]bool{}
	var reception int64
	if _, err := pgx.ForEachRow(rows, []any{&reception}, func() error { theirs[reception] = true; return nil }); err != nil {
		return d, nil, err
	}
	for _, i := range c.Items {
		if i.Reception == 0 || !theirs[i.Reception] {
			continue
		}
		if i.Secret {
			i = tiepdan.ConclusionItem{Reception: i.Reception, Secret: true}
		}
		items = append(items, i)
	}
	if len(items) == 0 {
		return d, nil, notFound("conclusion.none")
	}
	d, err = readSession(ctx, s.db, `d.id = $1`, c.Session)
	return d, items, err
}
