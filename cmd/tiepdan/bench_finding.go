package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"strconv"
	"time"

	"tiepdan"
	"tiepdan/store"
)

// findRounds is how often each thing is looked for, each time something else where
// that can be.
const findRounds = 60

// finding measures what many cases cost those who look for some: the same pages
// over few and over a million, seeded alike.
func (b *bencher) finding(ctx context.Context) error {
	few, err := b.findAmong(ctx, b.few)
	if err != nil {
		return err
	}
	many, err := b.findAmong(ctx, b.many)
	if err != nil {
		return err
	}
	b.row("finding, p50 and p95 of whole pages", "among %d and among %d cases, ratio of p50", b.few, b.many)
	worst, slowest := 0.0, time.Duration(0)
	for i, f := range few {
		m := many[i]
		ratio := m.p50.Seconds() / f.p50.Seconds()
		b.row("  "+f.what, "%s %s → %s %s, %.2f ×", ms(f.p50), ms(f.p95), ms(m.p50), ms(m.p95), ratio)
		worst, slowest = max(worst, ratio), max(slowest, m.p95)
	}
	b.row("  worst of them", "%.2f ×, p95 %s (wanted: 1.5 ×, 100 ms)", worst, ms(slowest))
	return nil
}

// findAmong seeds an office with n cases and looks for them.
func (b *bencher) findAmong(ctx context.Context, n int) ([]pace, error) {
	name := fmt.Sprintf("finding-%d", n)
	s, err := b.services(ctx, name)
	if err != nil {
		return nil, err
	}
	defer s.close()
	c := b.config(s, name)
	if _, err := store.Migrate(ctx, c.Database); err != nil {
		return nil, err
	}
	st, err := openStore(ctx, c, quiet)
	if err != nil {
		return nil, err
	}
	defer st.Close()
	had, err := fillSample(ctx, st, store.SampleSeed{Seed: 4, Cases: n, Apart: n >= manySamples}, os.Stderr, b.out)
	if err != nil {
		return nil, err
	}
	c, end, err := b.site(ctx, s, name)
	if err != nil {
		return nil, err
	}
	defer end()
	d := &finder{benchDay: benchDay{bencher: b, store: st, site: "http://" + c.HTTPAddr}, seed: had, r: rand.New(rand.NewPCG(1, uint64(n)))}
	if err := d.hire(ctx); err != nil {
		return nil, err
	}
	if err := d.prepare(ctx); err != nil {
		return nil, err
	}
	return d.measure(ctx)
}

// finder is somebody who looks for cases.
type finder struct {
	benchDay
	seed  store.SampleSeed
	r     *rand.Rand
	rules *tiepdan.Rules
	codes []tiepdan.CaseCode // of some cases
	staff []tiepdan.Staff
	deep  string // a page's key, far from the first
}

// prepare gathers what is looked for, and saves some filters.
func (d *finder) prepare(ctx context.Context) (err error) {
	if d.rules, err = d.store.Rules(ctx); err != nil {
		return err
	}
	all, err := d.store.StaffList(ctx)
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.Role == tiepdan.Officer {
			d.staff = append(d.staff, p)
		}
	}
	for range 200 {
		c, err := d.store.Case(ctx, d.seed.First+d.r.Int64N(int64(d.seed.Cases)))
		if err != nil {
			return err
		}
		d.codes = append(d.codes, c.Code)
	}
	f := tiepdan.CaseFilter{By: d.by, Limit: 500}
	for range 15 {
		if _, f.After, err = d.store.Cases(ctx, f); err != nil || f.After == "" {
			return err
		}
	}
	d.deep = f.After
	for i, query := range []string{"kind=khieu_nai&field=dat_dai&due=overdue", "status=waiting", "q=rác", "place=" + d.rules.Wards()[0].Code, "urgent=1", "round=2",
		"accepted=yes&status=group:open", "unit=1&view=open"} {
		if _, err := d.store.SaveCaseView(ctx, d.by, tiepdan.CaseView{Name: strconv.Itoa(i + 1), Query: query}); err != nil {
			return err
		}
	}
	return nil
}

// looks are the things that are looked for: the address, anew each time.
func (d *finder) looks() []look {
	r, v := d.r, func(pairs ...string) string {
		q := url.Values{}
		for i := 0; i+1 < len(pairs); i += 2 {
			q.Set(pairs[i], pairs[i+1])
		}
		return "/cases?" + q.Encode()
	}
	field := func() string { return d.rules.Fields[r.IntN(len(d.rules.Fields))].Code }
	ward := func() tiepdan.Unit { w := d.rules.Wards(); return w[r.IntN(len(w))] }
	kind := func() string { return string(tiepdan.Kinds()[r.IntN(4)]) }
	code := func() tiepdan.CaseCode { return d.codes[r.IntN(len(d.codes))] }
	person := func() int { return 1 + r.IntN(max(1, d.seed.Cases*3/5)) }
	day := d.seed.On.AddMonths(-55)
	return []look{
		{"the newest", func() string { return v("view", "all") }},
		{"the open ones", func() string { return v("view", "open") }},
		{"by kind", func() string { return v("view", "all", "kind", kind()) }},
		{"by state", func() string { s := tiepdan.Statuses(); return v("status", string(s[r.IntN(len(s))])) }},
		{"by field", func() string { return v("view", "all", "field", field()) }},
		{"by place", func() string { return v("view", "all", "place", ward().Code) }},
		{"by unit", func() string {
			return v("view", "all", "unit", fmt.Sprint(d.rules.Units[r.IntN(len(d.rules.Units))].ID))
		}},
		{"by officer", func() string { return v("view", "all", "officer", fmt.Sprint(d.staff[r.IntN(len(d.staff))].ID)) }},
		{"by days of receipt", func() string {
			return v("view", "all", "from", day.Add(-r.IntN(900)).String(), "to", day.Add(r.IntN(900)).String())
		}},
		{"overdue", func() string { return v("due", "overdue") }},
		{"due in a week, first due first", func() string { return v("due", "7", "order", "due") }},
		{"to be sent or published", func() string { return v("view", "remains") }},
		{"to be sent or published, late, by kind", func() string { return v("view", "remains", "due", "overdue", "kind", kind()) }},
		{"accepted", func() string { return v("view", "all", "accepted", "yes") }},
		{"of a second round", func() string { return v("view", "all", "round", "2") }},
		{"by kind, field, place and accepted", func() string {
			return v("view", "all", "kind", kind(), "field", field(), "place", ward().Code, "accepted", "no")
		}},
		{"the oldest open ones", func() string { return v("view", "open", "order", "oldest") }},
		{"by state, the oldest first", func() string {
			s := tiepdan.Statuses()
			return v("status", string(s[r.IntN(len(s))]), "order", "oldest")
		}},
		{"a rare word", func() string { return v("q", strconv.Itoa(300+r.IntN(300))) }},
		{"a frequent word", func() string { return v("q", "đường") }},
		{"two words", func() string { return v("q", "karaoke sạt lở") }},
		{"a frequent word by kind and field", func() string { return v("q", "đường", "kind", kind(), "field", field()) }},
		{"a phrase", func() string { return v("q", `"rác thải"`) }},
		{"a name", func() string { return v("q", "nguoi dan mau "+strconv.Itoa(person())) }},
		{"a phone number", func() string { return v("q", fmt.Sprintf("09%08d", person())) }},
		{"the end of a code", func() string { return v("q", string(code()[5:])) }},
		{"a place and a word", func() string { return v("q", ward().Name+" nước") }},
		{"a deep page", func() string { return v("view", "all", "after", d.deep) }},
		{"a case's page", func() string { return "/cases/" + string(code()) }},
		{"the inbox", func() string { return "/inbox" }},
		{"the saved filters, counted", func() string { return "/case-views" }},
	}
}

// look is one thing that is looked for.
type look struct {
	what string
	at   func() string
}

func (d *finder) measure(ctx context.Context) (all []pace, err error) {
	for _, l := range d.looks() {
		p, err := paceOf(ctx, findRounds, l.what, func(ctx context.Context) error { return d.page(l.at())(ctx) })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.what, err)
		}
		all = append(all, p)
	}
	for _, f := range []tiepdan.CaseFilter{{Words: "đường"}, {Open: true}, {Status: []tiepdan.Status{tiepdan.Closed}}} {
		f.By = d.by
		what := fmt.Sprintf("only the count: %q, open %v, %v", f.Words, f.Open, f.Status)
		p, err := paceOf(ctx, findRounds, what, func(ctx context.Context) error { _, _, err := d.store.CountCases(ctx, f, tiepdan.CountCap); return err })
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	for _, order := range tiepdan.CaseOrders() {
		f := tiepdan.CaseFilter{By: tiepdan.Actor{Role: tiepdan.UnitHead, Staff: d.by.Staff}, Open: true, DueBefore: d.seed.On.Add(8), Order: order, Limit: 30}
		p, err := paceOf(ctx, findRounds, "only the page: a unit's own due days, "+string(order), func(ctx context.Context) error {
			f.By.Unit = d.rules.Units[d.r.IntN(len(d.rules.Units))].ID
			_, _, err := d.store.Cases(ctx, f)
			return err
		})
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}
