package bot_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"tiepdan"
	"tiepdan/bot"
)

// books are the office's, kept in memory, for tests of what is said. The real
// store's own tests hold it to more.
type books struct {
	mu       sync.Mutex
	rules    tiepdan.Rules
	staff    map[tiepdan.Peer]tiepdan.Staff
	accounts map[tiepdan.Peer]bot.Account
	cases    []tiepdan.Case
	owner    map[int64]tiepdan.Peer
	talks    map[tiepdan.Peer][]byte
	versions map[tiepdan.Peer]int64
	messages map[string][2]int64
	posted   map[string][]byte
	notices  []bot.Notice
	sessions []tiepdan.Session
	visits   []visit
	strange  map[int64]int // places of a session that strangers have
	watching map[tiepdan.Peer][]int64
	orders   []tiepdan.Directive
	items    map[tiepdan.Peer][]tiepdan.ConclusionItem
	reached  map[tiepdan.Peer]bool
	race     int // so many saves of talks meet a version that moved on
}

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, tiepdan.Hanoi)

func newBooks() *books {
	return &books{
		rules: tiepdan.Rules{
			Office: tiepdan.Office{Name: "Ủy ban nhân dân phường Mẫu", Address: "Số 1, đường Mẫu", Phone: "02400000000",
				PrivacyContact: "bộ phận mẫu", PrivacyVersion: 1, Hours: tiepdan.DefaultHours(), Rules: "Nội quy mẫu"},
			Kinds: tiepdan.DefaultKinds(),
			Fields: []tiepdan.Field{{Code: "dat_dai", Name: "Đất đai", NameEN: "Land", Active: true}, {Code: "khac", Name: "Khác", NameEN: "Other", Active: true},
				{Code: "moi_truong", Name: "Môi trường", Active: true}, {Code: "tham_nhung", Name: "Tham nhũng", Active: true, Corruption: true}},
			Units:     []tiepdan.Unit{{ID: 1, Code: "p1", Name: "Phường Mẫu Một", Ward: true, Active: true}, {ID: 2, Code: "p2", Name: "Phường Mẫu Hai", Ward: true, Active: true}, {ID: 3, Code: "kt", Name: "Phòng Kinh tế", Active: true}},
			Calendar:  tiepdan.NewCalendar(tiepdan.SeedHolidays(), tiepdan.Week{}),
			Templates: tiepdan.BuiltInTemplates(),
		},
		staff: map[tiepdan.Peer]tiepdan.Staff{}, accounts: map[tiepdan.Peer]bot.Account{}, owner: map[int64]tiepdan.Peer{},
		talks: map[tiepdan.Peer][]byte{}, versions: map[tiepdan.Peer]int64{}, messages: map[string][2]int64{}, posted: map[string][]byte{},
		reached: map[tiepdan.Peer]bool{}, strange: map[int64]int{}, watching: map[tiepdan.Peer][]int64{}, items: map[tiepdan.Peer][]tiepdan.ConclusionItem{},
	}
}

func none(key string) error { return &tiepdan.Error{Code: tiepdan.NotFound, Key: key} }

func (b *books) Rules(context.Context) (*tiepdan.Rules, error) { return &b.rules, nil }

func (b *books) Caller(_ context.Context, p tiepdan.Peer) (bot.Account, *tiepdan.Staff, error) {
	if s, ok := b.staff[p]; ok && !s.Disabled {
		return b.accounts[p], &s, nil
	}
	return b.accounts[p], nil, nil
}

func (b *books) Join(_ context.Context, token string, _ tiepdan.Peer, _ time.Time) (tiepdan.Staff, error) {
	if token != "good" {
		return tiepdan.Staff{}, none("join.unknown")
	}
	return tiepdan.Staff{ID: 9, Name: "Cán bộ Mẫu 9"}, nil
}

func (b *books) FileCase(_ context.Context, p tiepdan.Petition, f bot.Filing) (tiepdan.Case, bool, error) {
	for _, c := range b.cases {
		if c.Draft == p.ID {
			return c, false, nil
		}
	}
	c, err := tiepdan.Open(p, b.rules.Kind(p.Kind), f.By, f.At, tiepdan.LegalDay(f.At, b.rules.Calendar, b.rules.Office.Hours))
	if err != nil {
		return c, false, err
	}
	c.ID = int64(len(b.cases) + 1)
	c.Code = tiepdan.NewCaseCode(2026, countingReader(c.ID))
	b.cases = append(b.cases, c)
	b.owner[c.ID] = f.Peer
	b.tell(tiepdan.Case{}, c, c.History[0])
	return c, true, nil
}

type countingReader int64

func (r countingReader) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(int64(r) * int64(i+1))
	}
	return len(p), nil
}

func (b *books) tell(before, c tiepdan.Case, e tiepdan.Entry) {
	for _, n := range tiepdan.Notices(before, c, e) {
		for peer := range b.told(c, n) {
			b.notices = append(b.notices, bot.Notice{Peer: peer, Case: c.ID, Entry: e.N, Key: n.Key, Staff: b.staff[peer].ID})
		}
	}
}

func (b *books) told(c tiepdan.Case, n tiepdan.Notice) map[tiepdan.Peer]bool {
	to := map[tiepdan.Peer]bool{}
	if n.To == tiepdan.ToCitizen {
		to[b.owner[c.ID]] = true
	}
	for p, s := range b.staff {
		switch n.To {
		case tiepdan.ToStaff:
			to[p] = s.ID == n.Staff
		case tiepdan.ToUnitHead:
			to[p] = s.Role == tiepdan.UnitHead && s.Unit == n.Unit
		case tiepdan.ToDeciders:
			to[p] = s.Role == tiepdan.BoardHead || s.Role == tiepdan.Leader
		case tiepdan.ToLeaders:
			to[p] = s.Role == tiepdan.Leader
		case tiepdan.ToBoardHeads:
			to[p] = s.Role == tiepdan.BoardHead
		case tiepdan.ToDesk:
			to[p] = s.Role == tiepdan.BoardHead || s.Role == tiepdan.Receptionist
		}
	}
	for p, yes := range to {
		if !yes {
			delete(to, p)
		}
	}
	return to
}

func (b *books) UpdateCase(_ context.Context, id int64, change tiepdan.Change) (tiepdan.Case, tiepdan.Entry, error) {
	c, err := b.Case(context.Background(), id)
	if err != nil {
		return c, tiepdan.Entry{}, err
	}
	after, e, err := change(c)
	if err != nil {
		return c, e, err
	}
	after.Files = append(slices.Clip(after.Files), e.Files...)
	b.cases[id-1] = after
	b.tell(c, after, e)
	return after, e, nil
}

func (b *books) Case(_ context.Context, id int64) (tiepdan.Case, error) {
	if id < 1 || id > int64(len(b.cases)) {
		return tiepdan.Case{}, none("case.none")
	}
	return b.cases[id-1], nil
}

func (b *books) ViewCase(ctx context.Context, id int64, by tiepdan.Actor) (tiepdan.Case, error) {
	c, err := b.Case(ctx, id)
	if err == nil && by.See(c) == tiepdan.Nothing {
		err = none("case.none")
	}
	return c, err
}

func (b *books) OwnCase(ctx context.Context, p tiepdan.Peer, id int64) (tiepdan.Case, error) {
	c, err := b.Case(ctx, id)
	if err == nil && b.owner[id] != p {
		err = none("case.none")
	}
	return c, err
}

func (b *books) CasesOf(_ context.Context, p tiepdan.Peer) (cs []tiepdan.Case, _ error) {
	for _, c := range b.cases {
		if b.owner[c.ID] == p {
			c.History = nil
			cs = append([]tiepdan.Case{c}, cs...)
		}
	}
	return cs, nil
}

func (b *books) Cases(_ context.Context, f bot.CaseFilter) (lines []bot.CaseLine, _ string, _ error) {
	for _, c := range b.cases {
		mine := f.By.Role != tiepdan.Officer || c.Officer == f.By.Staff
		if mine && f.By.See(c) != tiepdan.Nothing && (len(f.Status) == 0 || slices.Contains(f.Status, c.Status)) {
			due, _ := tiepdan.NextDue(c, &b.rules)
			remains, owes := tiepdan.Remaining(c, &b.rules)
			if f.Remains && !owes || f.Open && !c.Status.Open() {
				continue
			}
			lines = append(lines, bot.CaseLine{ID: c.ID, Code: c.Code, Kind: c.Kind, Status: c.Status, FieldName: c.Field, Due: due.On, Remains: remains.On, Sealed: c.Sealed()})
		}
	}
	return lines, "", nil
}

func (b *books) ToJudge(_ context.Context, by tiepdan.Actor) ([]tiepdan.Case, error) {
	return b.waiting(by, tiepdan.Approve, tiepdan.Endorse), nil
}

func (b *books) ToDirect(_ context.Context, by tiepdan.Actor) ([]tiepdan.Case, error) {
	return b.waiting(by, tiepdan.Direct), nil
}

func (b *books) waiting(by tiepdan.Actor, dos ...tiepdan.Action) (cs []tiepdan.Case) {
	for _, c := range b.cases {
		if slices.ContainsFunc(dos, func(do tiepdan.Action) bool { return tiepdan.May(c, by, do) }) {
			cs = append(cs, c)
		}
	}
	return cs
}

func (b *books) Similar(_ context.Context, p tiepdan.Peer, text string) (cs []tiepdan.Case, _ error) {
	for _, c := range b.cases {
		if b.owner[c.ID] == p && tiepdan.LikelyDuplicate(c.Text, text) {
			cs = append(cs, c)
		}
	}
	return cs, nil
}

func (b *books) Track(_ context.Context, code, pin string, _ tiepdan.Peer) (tiepdan.Case, error) {
	for _, c := range b.cases {
		if string(c.Code) == code && pin == b.PIN(c.Code) && !c.Sealed() {
			return c, nil
		}
	}
	return tiepdan.Case{}, none("track.none")
}

func (b *books) TrackToken(_ context.Context, token string) (int64, error) {
	var id int64
	if _, err := fmt.Sscanf(token, "t%d", &id); err != nil || id > int64(len(b.cases)) {
		return 0, none("track.none")
	}
	return id, nil
}

func (b *books) TrackByToken(ctx context.Context, token, pin string, p tiepdan.Peer) (tiepdan.Case, error) {
	id, err := b.TrackToken(ctx, token)
	if err != nil {
		return tiepdan.Case{}, err
	}
	return b.Track(ctx, string(b.cases[id-1].Code), pin, p)
}

func (b *books) PIN(tiepdan.CaseCode) string { return fmt.Sprintf("%06d", 4321) }

func (b *books) MessageCase(_ context.Context, p tiepdan.Peer, ref string) (int64, int, bool, error) {
	m, ok := b.messages[p.ID+"/"+ref]
	return m[0], int(m[1]), ok, nil
}

func (b *books) CaseByCode(_ context.Context, code tiepdan.CaseCode) (tiepdan.Case, error) {
	for _, c := range b.cases {
		if c.Code == code {
			return c, nil
		}
	}
	return tiepdan.Case{}, &tiepdan.Error{Code: tiepdan.NotFound, Key: "case.none"}
}

func (b *books) RememberMessage(_ context.Context, p tiepdan.Peer, ref string, id int64, entry int) error {
	b.messages[p.ID+"/"+ref] = [2]int64{id, int64(entry)}
	return nil
}

func (b *books) SaveAccount(_ context.Context, p tiepdan.Peer, change func(*bot.Account)) error {
	a := b.accounts[p]
	change(&a)
	b.accounts[p] = a
	return nil
}

func (b *books) PersonalData(_ context.Context, p tiepdan.Peer) (bot.PersonalData, error) {
	a := b.accounts[p]
	return bot.PersonalData{PrivacyVersion: a.PrivacyVersion, PrivacyAt: a.PrivacyAt, Person: a.Person, Cases: 1, First: now, Last: now}, nil
}

func (b *books) Reachable(_ context.Context, p tiepdan.Peer, yes bool) error {
	b.reached[p] = yes
	return nil
}

func (b *books) SecureLink(context.Context, tiepdan.Peer, string, time.Time) (string, error) {
	return "einmal", nil
}

func (b *books) Talk(_ context.Context, p tiepdan.Peer) ([]byte, int64, error) {
	return b.talks[p], b.versions[p], nil
}

func (b *books) SaveTalk(_ context.Context, p tiepdan.Peer, data []byte, version int64, _ time.Duration) error {
	if b.race > 0 {
		b.race--
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: "talk.moved"}
	}
	if b.versions[p] != version {
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: "talk.moved"}
	}
	b.talks[p], b.versions[p] = data, version+1
	return nil
}

func (b *books) Post(_ context.Context, _ tiepdan.Peer, reply []byte, dedupe string, _ time.Time) error {
	b.posted[dedupe] = reply
	return nil
}
