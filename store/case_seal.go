package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// sealCase queues what makes a case one of nobody's: its account is reached by
// the sealed copy only, and the person is gone from its history, its files'
// names, its messages and what its account remembered of them. c is the case as
// [hidden] left it.
func (s *Store) sealCase(ctx context.Context, tx pgx.Tx, b *pgx.Batch, before caseRow, c tiepdan.Case) error {
	for _, e := range c.History {
		b.Queue(`UPDATE entries SET text = $3, reason = $4, details = $5 WHERE case_id = $1 AND n = $2`, c.ID, e.N, e.Text, e.Reason, e.Details)
	}
	for _, f := range c.Files {
		b.Queue(`UPDATE case_files SET name = $3, ref = '' WHERE case_id = $1 AND sha256 = $2`, c.ID, f.SHA256, f.Name)
	}
	b.Queue(`UPDATE tasks SET note = '' WHERE case_id = $1`, c.ID)
	b.Queue(`UPDATE outbox SET reply = NULL WHERE case_id = $1 AND reply IS NOT NULL`, c.ID)
	if err := s.sealReceptionsOf(ctx, tx, before.Case); err != nil {
		return err
	}
	if before.Owner == nil {
		return nil
	}
	b.Queue(`UPDATE accounts SET person = NULL WHERE key = $1 AND (person ->> 'name' = $2 OR person ->> 'phone' = $3)`,
		before.Owner, before.Person.Name, before.Person.Phone)
	p, ok, err := s.accountPeer(ctx, tx, before.Owner)
	if err != nil || !ok {
		return errors.Join(err, fmt.Errorf("the case's account is known: %v", ok))
	}
	owner, channel, sealed := s.sealedAccount(p)
	b.Queue(`INSERT INTO sealed_accounts (case_id, channel, sealed) VALUES ($1, $2, $3)`, c.ID, channel, sealed)
	b.Queue(`UPDATE cases SET owner = $2 WHERE id = $1`, c.ID, owner)
	moveBlock(b, c.ID, owner)
	s.sealMessages(b, c.ID, p)
	return nil
}

// unsealCase gives a case that proved to be no denunciation back to its ordinary
// account. What was scrubbed stays so.
func (s *Store) unsealCase(ctx context.Context, tx pgx.Tx, b *pgx.Batch, before caseRow) error {
	if before.Owner == nil {
		return nil
	}
	var sealed []byte
	if err := tx.QueryRow(ctx, `SELECT sealed FROM sealed_accounts WHERE case_id = $1`, before.ID).Scan(&sealed); err != nil {
		return fmt.Errorf("the sealed account: %w", err)
	}
	p, err := s.vault.OpenPeer(before.Owner, sealed)
	if err != nil {
		return err
	}
	s.addAccount(b, p, before.Language)
	b.Queue(`DELETE FROM sealed_accounts WHERE case_id = $1`, before.ID)
	b.Queue(`UPDATE cases SET owner = $2 WHERE id = $1`, before.ID, s.vault.Account(p))
	moveBlock(b, before.ID, s.vault.Account(p))
	lane := s.vault.Lane(p)
	b.Queue(`UPDATE outbox SET lane = $2, sealed = $3 WHERE case_id = $1 AND staff_id IS NULL`, before.ID, lane, s.vault.SealPeer(lane, p))
	return nil
}

// hidden is c, which has become sealed or was so before, without its names; and
// without what before knew of the person, wherever a text says it.
func hidden(before caseRow, c tiepdan.Case) tiepdan.Case {
	c = hideNames(c)
	hide := masked(before.Case)
	c.Text = hide(c.Text)
	for i := range c.History {
		e := &c.History[i]
		e.Text, e.Reason = hide(e.Text), hide(e.Reason)
	}
	return c
}

// hideNames returns c without what may name a person beside its words: who
// brought it, the marks of their messages, and the names that they gave files.
func hideNames(c tiepdan.Case) tiepdan.Case {
	c = c.Strip()
	number := map[string]int{}
	plain := func(files []tiepdan.Attachment) []tiepdan.Attachment {
		out := make([]tiepdan.Attachment, len(files))
		for i, f := range files {
			if number[f.SHA256] == 0 {
				number[f.SHA256] = len(number) + 1
			}
			f.Name, f.Ref = plainName(f, number[f.SHA256]), ""
			out[i] = f
		}
		return out
	}
	history := make([]tiepdan.Entry, len(c.History))
	for i, e := range c.History {
		e.Files = plain(e.Files)
		e.Details.Taker, e.Details.Parcel = "", "" // who takes a denunciation's answer is who wrote it
		if !strings.HasPrefix(e.Details.Ref, pageRef) {
			e.Details.Ref = ""
		}
		history[i] = e
	}
	c.History, c.Files = history, plain(c.Files)
	return c
}

// pageRef begins the mark of a deed done on a page, by which a form that is sent
// twice acts once. It points to nobody's chat.
const pageRef = "web:"

var extension = regexp.MustCompile(`^\.[A-Za-z0-9]{1,5}$`)

// plainName numbers a file; only what sort of file it is stays.
func plainName(f tiepdan.Attachment, n int) string {
	ext := filepath.Ext(f.Name)
	if !extension.MatchString(ext) {
		ext = ""
	}
	return fmt.Sprintf("%d%s", n, strings.ToLower(ext))
}
