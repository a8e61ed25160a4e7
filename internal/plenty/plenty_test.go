package plenty_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/internal/plenty"
)

// office is one of every kind of people, in two units.
func office() (*tiepdan.Rules, []tiepdan.Staff) {
	rules := &tiepdan.Rules{Office: tiepdan.Office{Hours: tiepdan.DefaultHours()}, Kinds: tiepdan.DefaultKinds(),
		Fields: []tiepdan.Field{{Code: "dat_dai", Active: true, Unit: 1}, {Code: "moi_truong", Active: true}, {Code: "tham_nhung", Active: true, Corruption: true}},
		Units:  []tiepdan.Unit{{ID: 1, Code: "XD", Active: true}, {ID: 2, Code: "P1", Name: "Phường Mẫu 1", Ward: true, Active: true}}}
	rules.Calendar = tiepdan.NewCalendar(tiepdan.SeedHolidays(), tiepdan.Week{})
	staff := plenty.Staff(rules.Units)
	for i := range staff {
		staff[i].ID = int64(i + 1)
	}
	return rules, staff
}

var day = tiepdan.Date{Year: 2026, Month: time.November, Day: 20}

func world(t testing.TB, seed uint64, n int) *plenty.World {
	t.Helper()
	rules, staff := office()
	w, err := plenty.NewWorld(seed, n, day, 1, rules, staff)
	if err != nil {
		t.Fatal(err)
	}
	w.Strict = true
	return w
}

func TestEveryCaseIsPossibleAndEveryStateIsReached(t *testing.T) {
	t.Parallel()
	const n = 15000
	w := world(t, 7, n)
	states, kinds, codes := map[tiepdan.Status]int{}, map[tiepdan.Kind]int{}, map[tiepdan.CaseCode]bool{}
	second, last := 0, time.Time{}
	rules, _ := office()
	helps, remains := [2]int{}, [2]int{} // to come, and late
	for i := range n {
		c, err := w.Case(i)
		if err != nil {
			t.Fatal(err)
		}
		if got := tiepdan.Rebuild(c); got.Status != c.Status || got.Unit != c.Unit || got.Officer != c.Officer || got.Corruption != c.Corruption || got.Round != c.Round {
			t.Fatalf("case %d isn't what its history tells: %+v", i, got)
		}
		if _, err := tiepdan.ParseCaseCode(string(c.Code)); err != nil || codes[c.Code] || c.Received.Before(last) {
			t.Fatalf("case %d has the code %s, and came at %s after %s", i, c.Code, c.Received, last)
		}
		if c.Sealed() && (c.Person != (tiepdan.Person{}) || !c.Unnamed) {
			t.Fatalf("case %d names a denouncer", i)
		}
		for j, e := range c.History {
			if !e.At.Before(day.Time()) || j > 0 && !e.At.After(c.History[j-1].At) {
				t.Fatalf("case %d has its entry %d at %s", i, j+1, e.At)
			}
		}
		codes[c.Code], last = true, c.Received
		states[c.Status]++
		kinds[c.Kind]++
		if c.Round == 2 {
			second++
		}
		for _, h := range c.HelpWanted() {
			helps[late(h.Due)]++
		}
		if d, ok := tiepdan.Remaining(c, rules); ok {
			remains[late(d.On)]++
		}
	}
	if slices.Contains(helps[:], 0) || slices.Contains(remains[:], 0) || remains[1] > n/50 {
		t.Errorf("help is wanted of %v, something is to be sent or published of %v", helps, remains)
	}
	for _, s := range tiepdan.Statuses() {
		if states[s] == 0 {
			t.Errorf("none is %s: %v", s, states)
		}
	}
	if len(kinds) != len(tiepdan.Kinds()) || second == 0 {
		t.Errorf("%v, %d of a second round", kinds, second)
	}
}

func late(on tiepdan.Date) int {
	if on.Before(day) {
		return 1
	}
	return 0
}

func TestTheSameSeedMakesTheSameCases(t *testing.T) {
	t.Parallel()
	a, b, other := world(t, 3, 500), world(t, 3, 500), world(t, 4, 500)
	same := 0
	for _, i := range []int{499, 0, 250, 7} {
		x, err := a.Case(i)
		if err != nil {
			t.Fatal(err)
		}
		y, _ := b.Case(i)
		z, _ := other.Case(i)
		if !reflect.DeepEqual(x, y) {
			t.Errorf("case %d differs from itself", i)
		}
		if x.Text == z.Text {
			same++
		}
	}
	if same == 4 {
		t.Error("another seed makes the same cases")
	}
}

func TestTheBookHasNoGaps(t *testing.T) {
	t.Parallel()
	const n = 3000
	w := world(t, 1, n)
	next := map[int]int64{}
	for i := range n {
		number, year := w.Number(i)
		if next[year]++; number != next[year] {
			t.Fatalf("case %d is %d/%d, want %d", i, number, year, next[year])
		}
	}
	if len(next) < plenty.Years {
		t.Errorf("the cases are of %d years", len(next))
	}
}

func TestAnOfficeWithoutItsPeopleIsRefused(t *testing.T) {
	t.Parallel()
	rules, staff := office()
	for role := range slices.Values([]tiepdan.Role{tiepdan.Leader, tiepdan.Officer}) {
		few := slices.DeleteFunc(slices.Clone(staff), func(s tiepdan.Staff) bool { return s.Role == role })
		if _, err := plenty.NewWorld(1, 10, day, 1, rules, few); err == nil {
			t.Errorf("an office without a %s would do", role)
		}
	}
}

func BenchmarkCase(b *testing.B) {
	w := world(b, 1, 1_000_000)
	for n := 0; b.Loop(); n++ {
		if _, err := w.Case(n * 997 % 1_000_000); err != nil {
			b.Fatal(err)
		}
	}
}
