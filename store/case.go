package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// caseColumns are a case's own, named as in tiepdan.Case.
const caseColumns = `c.id, c.code, coalesce((SELECT number FROM book WHERE case_id = c.id), 0) AS number, c.draft, c.kind, c.mode,
	c.approval, c.field, c.place, c.point, c.status, coalesce(c.unit, 0) AS unit, coalesce(c.officer, 0) AS officer, c.text,
	c.person, c.grouped AS "group", c.unnamed, c.respondent, c.channel, c.language, c.received, c.legal, c.accepted, c.corruption, c.written,
	nullif(c.chain, '{}') AS chain, c.class, c.round, coalesce(c.earlier, 0) AS earlier, c.urgent, nullif(c.helpers, '[]') AS helpers,
	jsonb_strip_nulls(jsonb_build_object('units', nullif(c.barred_units, '{}'), 'staff', nullif(c.barred_staff, '{}'))) AS barred`

const entryColumns = `e.case_id, e.n, e.action AS "do", e.role, coalesce(e.staff, 0) AS staff, coalesce(e.unit, 0) AS by_unit, coalesce(s.name, '') AS name, e.at,
	e.from_status AS "from", e.to_status AS "to", e.text, e.reason, e.details`

// linksSQL reads the links of cases from both of their ends; %s selects the cases.
const linksSQL = `SELECT l.case_id, o.id AS "case", o.code, l.kind, true AS "from", o.status, o.sealed, o.barred_units, o.barred_staff
		FROM case_links l JOIN cases o ON o.id = l.other WHERE l.case_id IN %[1]s
	UNION ALL
	SELECT l.other, o.id, o.code, l.kind, false, o.status, o.sealed, o.barred_units, o.barred_staff FROM case_links l JOIN cases o ON o.id = l.case_id WHERE l.other IN %[1]s
	ORDER BY 1, 2`

const fileColumns = `f.case_id, f.entry, f.sha256, f.name, f.mime, f.size, f.class, f.ref`

// caseRow is a case with what the store alone knows of it.
type caseRow struct {
	tiepdan.Case
	Owner     []byte
	DueOn     tiepdan.Date
	RemainsOn tiepdan.Date
	WarnOn    tiepdan.Date
	Warned    []string // what was told of its clocks
}

// clockColumns are what the store alone knows of a case c with its clocks k.
const clockColumns = `c.owner, c.due_on, c.remains_on, k.warn_on, k.warned`

type entryRow struct {
	tiepdan.Entry
	CaseID int64
	Role   tiepdan.Role
	Staff  int64
	ByUnit int64
}

type linkRow struct {
	tiepdan.Linked
	CaseID      int64
	BarredUnits []int64
	BarredStaff []int64
}

type fileRow struct {
	tiepdan.Attachment
	CaseID int64
	Entry  int
}

// rowLock is how a case's row is held until the transaction ends.
type rowLock string

const (
	noLock    rowLock = ""
	forShare  rowLock = "FOR SHARE"
	forUpdate rowLock = "FOR UPDATE"
)

// Case returns a case whole: its history, and its files. It asks for no right;
// see [Store.ViewCase] for what a member of staff may see.
func (s *Store) Case(ctx context.Context, id int64) (tiepdan.Case, error) {
	c, err := readCase(ctx, s.db, "id", id, noLock)
	return c.Case, err
}

// CaseByCode is [Store.Case] by the code that people know it by.
func (s *Store) CaseByCode(ctx context.Context, code tiepdan.CaseCode) (tiepdan.Case, error) {
	c, err := readCase(ctx, s.db, "code", code, noLock)
	return c.Case, err
}

// readCase reads the case whose column has that value, in one round trip. With a
// lock it waits for the row first, by itself: what a statement joins is as old as
// the statement, even if it waited for another's change.
func readCase(ctx context.Context, db runner, column string, value any, lock rowLock) (caseRow, error) {
	var found []caseRow
	which := `(SELECT id FROM cases WHERE ` + column + ` = $1)`
	b := &pgx.Batch{}
	if lock != noLock {
		b.Queue(`SELECT FROM cases WHERE `+column+` = $1 `+string(lock), value)
	}
	b.Queue(`SELECT `+caseColumns+`, `+clockColumns+` FROM cases c LEFT JOIN case_clocks k ON k.case_id = c.id WHERE c.`+column+` = $1`, value).
		Query(into(func(cs []caseRow) { found = cs }))
	queueHistory(b, which, value, &found)
	if err := db.SendBatch(ctx, b).Close(); err != nil {
		return caseRow{}, broken(err, "case")
	}
	if len(found) == 0 {
		return caseRow{}, notFound("case.none")
	}
	return found[0], nil
}

// queueHistory reads the entries and files of the cases found before it in the
// batch; which selects their ids by arg.
func queueHistory(b *pgx.Batch, which string, arg any, found *[]caseRow) {
	var entries []entryRow
	var links []linkRow
	b.Queue(fmt.Sprintf(linksSQL, which), arg).Query(into(func(ls []linkRow) { links = ls }))
	b.Queue(`SELECT `+entryColumns+` FROM entries e LEFT JOIN staff s ON s.id = e.staff WHERE e.case_id IN `+which+` ORDER BY e.case_id, e.n`, arg).
		Query(into(func(es []entryRow) { entries = es }))
	b.Queue(`SELECT `+fileColumns+` FROM case_files f WHERE f.case_id IN `+which+` ORDER BY f.case_id, f.entry, f.place`, arg).
		Query(into(func(fs []fileRow) { assemble(*found, entries, fs, links) }))
}

// assemble gives each case its entries, both their files, and its links.
func assemble(cases []caseRow, entries []entryRow, files []fileRow, links []linkRow) {
	at := make(map[int64]*tiepdan.Case, len(cases))
	for i := range cases {
		at[cases[i].ID] = &cases[i].Case
	}
	for _, e := range entries {
		if c := at[e.CaseID]; c != nil {
			e.By = tiepdan.Actor{Role: e.Role, Staff: e.Staff, Unit: e.ByUnit}
			c.History = append(c.History, e.Entry)
		}
	}
	for _, l := range links {
		if c := at[l.CaseID]; c != nil {
			l.Barred = tiepdan.Barred{Units: l.BarredUnits, Staff: l.BarredStaff}
			c.Links = append(c.Links, l.Linked)
		}
	}
	for _, f := range files {
		c := at[f.CaseID]
		if c == nil || f.Entry < 1 || f.Entry > len(c.History) {
			continue
		}
		e := &c.History[f.Entry-1]
		e.Files = append(e.Files, f.Attachment)
		if !hasFile(c.Files, f.SHA256) {
			c.Files = append(c.Files, f.Attachment)
		}
	}
}

func hasFile(files []tiepdan.Attachment, sha string) bool {
	for _, f := range files {
		if f.SHA256 == sha {
			return true
		}
	}
	return false
}

func openStatuses() (open []string) {
	for _, s := range tiepdan.Statuses() {
		if s.Open() {
			open = append(open, string(s))
		}
	}
	return open
}

// Changed is a number that differs when anything was done since it was last
// asked for. It costs one look at an index's end.
func (s *Store) Changed(ctx context.Context) (n int64, err error) {
	// Not only the last row: one with a lower id may be committed after it.
	err = s.db.QueryRow(ctx, `SELECT coalesce(hashtextextended(string_agg(id::text, ','), 0), 0)
		FROM (SELECT id FROM audit ORDER BY id DESC LIMIT 100) last`).Scan(&n)
	return n, broken(err, "changed")
}

// isNotFound reports whether err says that there is no such thing.
func isNotFound(err error) bool {
	return errors.Is(err, pgx.ErrNoRows) || tiepdan.CodeOf(err) == tiepdan.NotFound
}
