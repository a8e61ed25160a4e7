package store_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// years is how far back the cases of [spread] were received.
const years = 8

// spread writes n cases over the years before now: of every kind, state, field and
// place, the older ones ended and those of the first years destroyed by nobody but
// transferred, so that what is looked for may lie far away; every word of number i
// stands in every i-th case.
func spread(t *testing.T, s *store.Store, n int, now time.Time) {
	t.Helper()
	officer := storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "XD"), false)
	_, err := s.Pool().Exec(t.Context(), `INSERT INTO cases (code, draft, kind, mode, approval, field, place, status, unit, officer, text, person, grouped,
			unnamed, respondent, channel, language, received, legal, accepted, corruption, due_on, urgent, round, matter)
		SELECT 'TD20-' || substr(h, 1, 4) || '-' || substr(h, 5, 4), 'x' || i, kind, 'file', false,
			(ARRAY['dat_dai', 'moi_truong'])[1 + i / 7 % 2], (ARRAY['P1', 'P2', ''])[1 + i / 3 % 3], status,
			CASE WHEN status <> 'received' AND i % 4 > 0 THEN $4::bigint END, CASE WHEN status <> 'received' AND i % 4 > 1 THEN $5::bigint END,
			'phan anh ' || concat_ws(' ', CASE WHEN i % 2 = 0 THEN 'chan' ELSE 'le' END, CASE WHEN i % 31 = 0 THEN 'hiem' END,
				CASE WHEN i % 500 = 0 THEN 'rathiem' END, CASE WHEN i % 5 = 0 THEN 'xanh do' ELSE 'do xanh' END),
			CASE WHEN kind = 'to_cao' THEN '{}' ELSE jsonb_build_object('name', 'Người Dân Mẫu ' || i, 'phone', '09' || lpad(i::text, 8, '0')) END, '{}',
			kind = 'to_cao', '', 'desk', 'vi', at, at::date, i % 3 = 0, false, CASE WHEN open AND i % 6 > 0 THEN at::date + i % 90 END, i % 9 = 0, 1 + (i % 13 = 0)::int, CASE WHEN i % 4 = 0 THEN 1 + i / 40 END
		FROM (SELECT i, at, status, status IN ('received', 'assigned', 'in_progress') AS open, upper(translate(md5(i::text), 'ilou', 'wxyz')) AS h,
				(ARRAY['phan_anh', 'kien_nghi', 'khieu_nai', 'to_cao'])[1 + i % 11 % 4] AS kind
			FROM (SELECT i, $2::timestamptz - (1 - i::float / $1) * $3 * interval '1 year' AS at,
				CASE WHEN i < $1 / 4 THEN 'transferred' WHEN i < $1 * 9 / 10 THEN (ARRAY['closed', 'answered', 'refused'])[1 + i % 3]
					ELSE (ARRAY['received', 'assigned', 'in_progress', 'closed'])[1 + i % 4] END AS status
				FROM generate_series(1, $1::integer) i) a) b`, n, now, years, officer.Unit, officer.ID)
	if err != nil {
		t.Fatal(err)
	}
	helpers(t, s, officer.Unit)
	if _, err := s.Pool().Exec(t.Context(), `ANALYZE cases`); err != nil {
		t.Fatal(err)
	}
}

// helpers has some of the open cases helped with by the unit MT, with a day and
// without, a few by the unit that has them, too; and something is owed of some that ended.
func helpers(t *testing.T, s *store.Store, leads int64) {
	t.Helper()
	mt := storetest.Unit(t, s, "MT")
	officer := storetest.Staff(t, s, tiepdan.Officer, mt, false)
	for _, sql := range []string{`UPDATE cases SET remains_on = received::date + id::int % 400 WHERE status IN ('closed', 'answered') AND id % 7 = 0 OR id % 300 = 0 AND status = 'closed'`,
		`INSERT INTO case_helps (case_id, entry, unit, officer, due) SELECT id, 1, $1, CASE WHEN id % 4 > 1 THEN $2::bigint END,
			CASE WHEN id % 3 > 0 THEN received::date + id::int % 130 END FROM cases WHERE due_on IS NOT NULL AND id % 5 < 2 OR id % 50 = 3 AND status = 'assigned'`,
		`INSERT INTO case_helps (case_id, entry, unit, officer, due) SELECT id, 2, $3, officer, received::date + id::int % 110 FROM cases WHERE due_on IS NOT NULL AND id % 6 = 0 AND $1 > 0 AND $2 > 0`,
		`UPDATE cases c SET help_units = ARRAY(SELECT unit FROM case_helps h WHERE h.case_id = c.id), help_staff = ARRAY(SELECT officer FROM case_helps h WHERE h.case_id = c.id AND officer IS NOT NULL)
			WHERE EXISTS (SELECT FROM case_helps h WHERE h.case_id = c.id)`} {
		args := []any{mt, officer.ID, leads}[:strings.Count(sql, "$1")+strings.Count(sql, "$2")+strings.Count(sql, "$3")]
		if _, err := s.Pool().Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
}

// known is a case as the test looks at it, without any index.
type known struct {
	tiepdan.CaseLine
	Accepted bool
	Urgent   bool
	Round    int
	Words    string
	Wanted   []byte // the help
	helps    []helpWanted
}

type helpWanted struct {
	Unit, Officer int64
	Due           tiepdan.Date
}

// has is what somebody has to do with a case, and by when.
func (c known) has(by tiepdan.Actor) (leads, helps bool, due tiepdan.Date) {
	switch by.Role {
	case tiepdan.UnitHead:
		leads = c.Unit == by.Unit
	case tiepdan.Officer:
		leads = c.Officer == by.Staff
	default:
		return true, false, c.Due
	}
	for _, h := range c.helps {
		if by.Role == tiepdan.UnitHead && h.Unit == by.Unit || by.Role == tiepdan.Officer && h.Officer == by.Staff {
			helps = true
			if !h.Due.IsZero() && (due.IsZero() || h.Due.Before(due)) {
				due = h.Due
			}
		}
	}
	if due.IsZero() || leads && !c.Due.IsZero() && c.Due.Before(due) {
		due = c.Due
	}
	return leads, helps, due
}

// helper is a unit that helps.
func (c known) helper() int64 {
	if len(c.helps) == 0 {
		return 0
	}
	return c.helps[0].Unit
}

func (c known) helpsLate(unit int64, today tiepdan.Date) bool {
	return slices.ContainsFunc(c.helps, func(h helpWanted) bool { return h.Unit == unit && !h.Due.IsZero() && h.Due.Before(today) })
}

// on is the day that a list shows of the case and is sorted by.
func (c known) on(f store.CaseFilter) tiepdan.Date {
	if f.Remains {
		return c.Remains
	}
	_, _, due := c.has(f.By)
	return due
}

func all(t *testing.T, s *store.Store) []known {
	t.Helper()
	rows, err := s.Pool().Query(t.Context(), `SELECT id, code, kind, field, place, status, coalesce(unit, 0) AS unit, coalesce(officer, 0) AS officer,
		received, due_on AS due, remains_on AS remains, coalesce((SELECT jsonb_agg(jsonb_build_object('Unit', unit, 'Officer', coalesce(officer, 0), 'Due', coalesce(due::text, ''))) FROM case_helps h
			WHERE h.case_id = cases.id), '[]') AS wanted, sealed, accepted, urgent, round, CASE WHEN sealed THEN '' ELSE ' ' || vn_words(person ->> 'name') || ' ' || text || ' ' END AS words FROM cases ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[known])
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		if err := json.Unmarshal(list[i].Wanted, &list[i].helps); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// fits is the filter said once more, in plain Go.
func fits(f store.CaseFilter, c known, today tiepdan.Date) bool {
	hidden := c.Sealed && !f.By.Cleared && f.By.Role != tiepdan.System
	on, due := tiepdan.DateOf(c.Received), c.on(f)
	if leads, helps, _ := c.has(f.By); !leads && (!helps || f.Remains) || f.Remains && c.Remains.IsZero() {
		return false
	}
	switch {
	case len(f.Status) > 0 && !slices.Contains(f.Status, c.Status), f.Open && !c.Status.Open(), f.Kind != "" && f.Kind != c.Kind,
		f.Field != "" && (f.Field != c.Field || hidden), f.Place != "" && (f.Place != c.Place || hidden),
		f.Unit != 0 && f.Unit != c.Unit, f.Officer != 0 && f.Officer != c.Officer, f.Unassigned && (c.Unit != 0 || !c.Status.Open()),
		f.LateHelp != 0 && !c.helpsLate(f.LateHelp, today),
		f.Overdue && (due.IsZero() || !due.Before(today)), !f.DueBefore.IsZero() && (due.IsZero() || !due.Before(f.DueBefore)),
		!f.From.IsZero() && on.Before(f.From), !f.To.IsZero() && on.After(f.To), f.Accepted != nil && *f.Accepted != c.Accepted, f.Round != 0 && f.Round != c.Round, f.Urgent && !c.Urgent,
		f.Order == tiepdan.DueFirst && due.IsZero():
		return false
	}
	if phrase := strings.Trim(f.Words, `"`); phrase != f.Words {
		return strings.Contains(c.Words, " "+phrase+" ")
	}
	for _, w := range strings.Fields(f.Words) {
		if !strings.Contains(c.Words, " "+w+" ") {
			return false
		}
	}
	return true
}

func want(f store.CaseFilter, list []known, today tiepdan.Date) (ids []int64) {
	var found []known
	for _, c := range list {
		if fits(f, c, today) {
			found = append(found, c)
		}
	}
	slices.SortFunc(found, func(a, b known) int {
		switch f.Order {
		case tiepdan.DueFirst:
			return cmp.Or(a.on(f).Compare(b.on(f)), cmp.Compare(a.ID, b.ID))
		case tiepdan.OldestFirst:
			return cmp.Or(a.Received.Compare(b.Received), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(b.Received.Compare(a.Received), cmp.Compare(b.ID, a.ID))
	})
	for _, c := range found {
		ids = append(ids, c.ID)
	}
	return ids
}

// anyFilter draws a filter: each part is there or isn't.
func anyFilter(r *rand.Rand, now time.Time, one known, by []tiepdan.Actor) store.CaseFilter {
	f := store.CaseFilter{By: by[r.IntN(len(by))], Order: tiepdan.CaseOrders()[r.IntN(3)], Limit: []int{7, 50, 500}[r.IntN(3)]}
	some := func(set func()) {
		if r.IntN(4) == 0 {
			set()
		}
	}
	some(func() { f.Kind = tiepdan.Kinds()[r.IntN(4)] })
	some(func() { f.Status = tiepdan.StatusGroups()[r.IntN(3)].Statuses() })
	some(func() { f.Status = []tiepdan.Status{one.Status} })
	some(func() { f.Field = one.Field })
	some(func() { f.Place = one.Place })
	some(func() { f.Unit = one.Unit })
	some(func() { f.Officer = one.Officer })
	some(func() { f.Open = true })
	some(func() { f.Overdue = true })
	some(func() { f.LateHelp = cmp.Or(one.helper(), one.Unit) })
	some(func() { f.Remains = true })
	some(func() { f.Unassigned = true })
	some(func() { f.DueBefore = tiepdan.DateOf(now).Add(r.IntN(30)) })
	some(func() { f.Accepted = &one.Accepted })
	some(func() { f.Round = one.Round })
	some(func() { f.Urgent = one.Urgent })
	some(func() { f.From = tiepdan.DateOf(now).AddMonths(-r.IntN(12 * years)) })
	some(func() { f.To = tiepdan.DateOf(now).AddMonths(-r.IntN(12 * years)) })
	f.Words = []string{"", "", "", "hiem", "rathiem", "chan hiem", "phan anh", "nguoi dan mau 77", `"xanh do"`, `"do xanh"`, "zzz"}[r.IntN(11)]
	return f
}

func TestAnyFilterFindsWhatItSaysWithoutReadingATable(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, tiepdan.Hanoi)
	// One connection, so that what Postgres counted of it can be asked for.
	s := storetest.Open(t, storetest.WithNow(func() time.Time { return now }), storetest.WithDatabase(alone(storetest.Database(t))))
	spread(t, s, 6000, now)
	list := all(t, s)
	if len(list) != 6000 {
		t.Fatalf("%d cases", len(list))
	}
	r := rand.New(rand.NewPCG(4, 2026))
	by := []tiepdan.Actor{system, {Role: tiepdan.BoardHead}, {Role: tiepdan.Leader, Cleared: true}, {Role: tiepdan.UnitHead, Staff: 901, Unit: storetest.Unit(t, s, "XD"), Cleared: true},
		{Role: tiepdan.UnitHead, Staff: 902, Unit: storetest.Unit(t, s, "MT")}}
	for _, c := range list {
		for _, h := range c.helps {
			if h.Officer != 0 && len(by) < 7 && !slices.ContainsFunc(by, func(a tiepdan.Actor) bool { return a.Staff == h.Officer }) {
				by = append(by, tiepdan.Actor{Role: tiepdan.Officer, Staff: h.Officer, Unit: h.Unit})
			}
		}
	}
	before, met := scans(t, s), 0
	for n := range 500 {
		f := anyFilter(r, now, list[r.IntN(len(list))], by)
		want := want(f, list, tiepdan.DateOf(now))
		got := found(t, s, f)
		if !slices.Equal(got, want) {
			t.Fatalf("%d: %+v finds %d, want %d", n, f, len(got), len(want))
		}
		count, capped, err := s.CountCases(t.Context(), f, tiepdan.CountCap)
		if err != nil || count > len(want) || !capped && count != len(want) || len(want) <= tiepdan.CountCap && f.Words == "" && capped {
			t.Fatalf("%d: %+v is counted %d (%v, %v), want %d", n, f, count, capped, err, len(want))
		}
		page, err := s.CasePage(t.Context(), f)
		if tally := page.Count; err != nil || tally.Counted && (tally.More && tally.N >= len(want) || !tally.More && tally.N != len(want)) {
			t.Fatalf("%d: %+v meets %+v (%v), want %d", n, f, tally, err, len(want))
		}
		if !page.Count.Counted {
			continue
		}
		if page.Next != "" {
			met++
		}
		f.OneAMatter = true
		if matters := len(found(t, s, f)); !page.Count.More && page.Count.Matters != matters {
			t.Fatalf("%d: %+v meets %d matters, want %d", n, f, page.Count.Matters, matters)
		}
	}
	if n := scans(t, s) - before; n != 0 {
		t.Errorf("whole tables were read %d times", n)
	}
	if met == 0 {
		t.Error("no search met all that there is beyond its page")
	}
}

// alone lets a pool have one connection only.
func alone(dsn string) string {
	if u, err := url.Parse(dsn); err == nil && u.Scheme != "" {
		q := u.Query()
		q.Set("pool_max_conns", "1")
		u.RawQuery = q.Encode()
		return u.String()
	}
	return dsn + " pool_max_conns=1"
}

// scans is how often cases, their history or the book was read as a whole.
func scans(t *testing.T, s *store.Store) (n int) {
	t.Helper()
	if _, err := s.Pool().Exec(t.Context(), `SELECT pg_stat_force_next_flush()`); err != nil {
		t.Fatal(err)
	}
	return count(t, s, `SELECT sum(seq_scan) FROM pg_stat_user_tables WHERE relname IN ('cases', 'entries')`)
}

func TestACaseIsFoundByCodeNumberPhoneAndPlace(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	file := func(kind tiepdan.Kind, place string, n int) tiepdan.Case {
		return storetest.File(t, s, storetest.Petition(kind, "Mặt đường hư hỏng nặng", func(p *tiepdan.Petition) {
			p.Place = place
			if kind != tiepdan.ToCao {
				p.Person = tiepdan.Person{Name: "Người Dân Mẫu", Phone: fmt.Sprintf("09000000%02d", n)}
			}
		}), storetest.Filing(storetest.Peer(n), time.Now()))
	}
	a, b, secret := file(tiepdan.PhanAnh, "P1", 11), file(tiepdan.PhanAnh, "P2", 22), file(tiepdan.ToCao, "P1", 33)
	if _, err := s.NumberCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	year := tiepdan.DateOf(time.Now()).Year
	tail := string(a.Code[len("TDyy-"):])
	for _, tt := range []struct {
		words string
		want  []int64
	}{
		{string(a.Code), []int64{a.ID}},
		{strings.ToLower(string(a.Code)), []int64{a.ID}},
		{strings.ReplaceAll(string(a.Code), "-", " "), []int64{a.ID}},
		{tail, []int64{a.ID}},
		{strings.ToLower(strings.ReplaceAll(tail, "-", "")), []int64{a.ID}},
		{" " + strings.ReplaceAll(tail, "-", "  "), []int64{a.ID}},
		{string(secret.Code[len("TDyy-"):]), []int64{secret.ID}},
		{fmt.Sprintf("2/%d", year), []int64{b.ID}},
		{fmt.Sprintf("số 3 / %d", year), []int64{secret.ID}},
		{fmt.Sprintf("9/%d", year), nil},
		{"900000022", []int64{b.ID}},
		{strings.Repeat("đườ", 3000), nil}, // no index holds such a word
		{"84 900 000 022", []int64{b.ID}},
		{"phường mẫu 1", []int64{a.ID}},
		{"Phuong Mau 2 duong", []int64{b.ID}},
		{"phường mẫu 1 zzz", nil},
		{`"phuong mau"`, nil},
		{`!&|()'\:*`, nil},
		{"\x00'; DROP", nil},
	} {
		if got := found(t, s, store.CaseFilter{By: tiepdan.Actor{Role: tiepdan.BoardHead, Cleared: true}, Words: tt.words}); !slices.Equal(got, tt.want) {
			t.Errorf("%q finds %v, want %v", tt.words, got, tt.want)
		}
	}
}
