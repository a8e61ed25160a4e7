package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// office is a store with a clock of its own, and rows that notices find people by.
type office struct {
	*Store
	t     *testing.T
	clock time.Time
}

func newOffice(t *testing.T) *office {
	o := &office{Store: mailStore(t), t: t, clock: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)}
	o.now = func() time.Time { return o.clock }
	o.exec(`INSERT INTO fields VALUES ('khac', 'Khác', 'Other', '', '{}', NULL, false, true, 1)`)
	return o
}

func (o *office) exec(sql string, args ...any) {
	o.t.Helper()
	_, err := o.db.Exec(o.t.Context(), sql, args...)
	ok(o.t, err)
}

// staff hires somebody with a chat account, if p isn't nobody.
func (o *office) staff(role tiepdan.Role, p tiepdan.Peer) (id int64) {
	o.t.Helper()
	ok(o.t, o.db.QueryRow(o.t.Context(), `INSERT INTO staff (login, name, role, cleared, language, created)
		VALUES ($1, 'Cán bộ Mẫu', $2, false, 'vi', now()) RETURNING id`, "mau"+p.ID+string(role), role).Scan(&id))
	if !p.IsZero() {
		ok(o.t, o.SaveAccount(o.t.Context(), p, func(*tiepdan.Account) {}))
		o.exec(`UPDATE accounts SET staff_id = $2 WHERE key = $1`, o.vault.Account(p), id)
	}
	return id
}

// file puts a case of p's into the books.
func (o *office) file(p tiepdan.Peer, kind tiepdan.Kind) (id int64) {
	o.t.Helper()
	owner := o.vault.Account(p)
	if kind == tiepdan.ToCao {
		owner = o.vault.Denouncer(p)
	}
	if p.IsZero() {
		owner = nil
	}
	ok(o.t, o.db.QueryRow(o.t.Context(), `INSERT INTO cases (code, draft, owner, kind, mode, approval, field, place, status, text, person, grouped, unnamed,
		respondent, channel, language, received, legal, accepted, corruption)
		VALUES ($1, $1, $2, $3, 'file', false, 'khac', '', 'received', 'Nội dung mẫu', '{}', '{}', true, '', 'telegram', 'vi', now(), '2026-03-02', false, false)
		RETURNING id`, newToken(), owner, kind).Scan(&id))
	b := &pgx.Batch{}
	switch {
	case kind == tiepdan.ToCao:
		_, channel, sealed := o.sealedAccount(p)
		b.Queue(`INSERT INTO sealed_accounts (case_id, channel, sealed) VALUES ($1, $2, $3)`, id, channel, sealed)
	case !p.IsZero():
		o.addAccount(b, p, tiepdan.Vietnamese)
	}
	ok(o.t, o.db.SendBatch(o.t.Context(), b).Close())
	return id
}

func (o *office) notify(caseID int64, by tiepdan.Actor, ns ...tiepdan.Notice) {
	o.t.Helper()
	b := &pgx.Batch{}
	o.addNotices(b, caseID, by, ns)
	ok(o.t, o.db.SendBatch(o.t.Context(), b).Close())
}

// tell sends the case's citizen n notices.
func (o *office) tell(caseID int64, n int) {
	o.t.Helper()
	for i := range n {
		o.notify(caseID, tiepdan.Actor{}, tiepdan.Notice{To: tiepdan.ToCitizen, Key: "notice.message", Entry: i + 1})
	}
}

func (o *office) claimed(limit int) []Message {
	o.t.Helper()
	return must[[]Message](o.t)(o.ClaimMessages(o.t.Context(), limit))
}

func (o *office) end(m Message, state Sending) {
	o.t.Helper()
	ok(o.t, o.Undelivered(o.t.Context(), m, Outcome{State: state, Error: "test"}))
}

func (o *office) state(want string, m Message) {
	o.t.Helper()
	var got string
	ok(o.t, o.db.QueryRow(o.t.Context(), `SELECT state FROM outbox WHERE id = $1`, m.ID).Scan(&got))
	if got != want {
		o.t.Errorf("message %d is %s, want %s", m.Entry, got, want)
	}
}

func entries(ms []Message) string {
	s := ""
	for _, m := range ms {
		s += fmt.Sprintf("%s:%d ", m.Peer.ID, m.Entry)
	}
	return s
}
