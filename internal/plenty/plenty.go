// Package plenty makes sample cases, as many as are wanted: of every kind, state
// and age, each with a history that the rules themselves made. What it makes hangs
// on a seed, a day and an office only, so that it can be made again. It writes
// nothing anywhere, and names nobody who lives.
package plenty

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"tiepdan"
)

// Years is how far back the cases go.
const Years = 10

//go:embed words.json
var wordsJSON []byte

// vocabulary is what the sample's people say.
type vocabulary struct {
	Streets, Things, Openings, Middles, Closings []string
	Complaint, Denunciation, Label               string
	Person, Staff, Respondent, Body              string
	Document, Signer, Part                       string
	Texts                                        map[string]string
}

var words = sync.OnceValue(func() (v vocabulary) {
	if err := json.Unmarshal(wordsJSON, &v); err != nil {
		panic(fmt.Errorf("plenty: words.json: %w", err)) // the file is part of the program, and tested with it
	}
	return v
})

// World is the office that the cases came to, and how many they are.
type World struct {
	Seed  uint64
	Cases int
	On    tiepdan.Date // the day before which everything happened
	First int64        // the first case's id; the others follow
	Rules *tiepdan.Rules
	// Strict makes an act that the rules refuse an error, for tests; else the case just stays as it stood.
	Strict bool

	people map[tiepdan.Role][]tiepdan.Actor
	units  map[int64][]tiepdan.Actor // officers
}

// NewWorld is the office with its staff. It needs a receptionist, a head of the
// board and a leader, all cleared, and in each unit a head and a cleared officer.
func NewWorld(seed uint64, cases int, on tiepdan.Date, first int64, rules *tiepdan.Rules, staff []tiepdan.Staff) (*World, error) {
	w := &World{Seed: seed, Cases: cases, On: on, First: first, Rules: rules, people: map[tiepdan.Role][]tiepdan.Actor{}, units: map[int64][]tiepdan.Actor{}}
	for _, s := range staff {
		if s.Disabled {
			continue
		}
		w.people[s.Role] = append(w.people[s.Role], s.Actor())
		if s.Role == tiepdan.Officer {
			w.units[s.Unit] = append(w.units[s.Unit], s.Actor())
		}
	}
	for _, role := range []tiepdan.Role{tiepdan.Receptionist, tiepdan.BoardHead, tiepdan.Leader} {
		w.people[role] = slices.DeleteFunc(w.people[role], func(a tiepdan.Actor) bool { return !a.Cleared })
		if len(w.people[role]) == 0 {
			return nil, fmt.Errorf("plenty: nobody who is cleared is %s", role)
		}
	}
	for _, u := range rules.Units {
		if !slices.ContainsFunc(w.units[u.ID], func(a tiepdan.Actor) bool { return a.Cleared }) {
			return nil, fmt.Errorf("plenty: nobody who is cleared works in unit %s", u.Code)
		}
	}
	return w, nil
}

// came is when case i was filed: later than the one before it, by day.
func (w *World) came(i int) time.Time {
	days := float64(w.On.AddMonths(-12*Years).DaysUntil(w.On)) * float64(i) / float64(w.Cases)
	whole := math.Floor(days)
	return w.On.AddMonths(-12 * Years).Add(int(whole)).At(7 * 60).Add(time.Duration((days - whole) * 14 * float64(time.Hour))).Truncate(time.Microsecond)
}

// Number is the place of case i, from 0, among those of its year, from 1.
func (w *World) Number(i int) (number int64, year int) {
	year = tiepdan.DateOf(w.came(i)).Year
	low, high := 0, i // the first of the year
	for low < high {
		if mid := (low + high) / 2; tiepdan.DateOf(w.came(mid)).Year < year {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return int64(i-low) + 1, year
}

// code is case i's: what looks drawn at random is its number, well shuffled, so
// that no two are alike.
func (w *World) code(i int) tiepdan.CaseCode {
	const bits = 35
	const mask = 1<<bits - 1
	x := uint64(i) & mask
	for round := range uint64(4) { // each step can be undone, so none brings two numbers together
		x = (x*(2*(w.Seed^round*0x9e3779b97f4a7c15)+1) + 0x5851f42d4c957f2d) & mask
		x ^= x >> 17
	}
	var b [5]byte
	for n := range b {
		b[n] = byte(x >> (8 * (4 - n)))
	}
	return tiepdan.NewCaseCode(tiepdan.DateOf(w.came(i)).Year, &reader{b[:]})
}

type reader struct{ b []byte }

func (r *reader) Read(p []byte) (int, error) { return copy(p, r.b), nil }

// Case makes case i, from 0, whole.
func (w *World) Case(i int) (tiepdan.Case, error) {
	c, err := w.tell(i, true)
	if err != nil {
		return c, fmt.Errorf("plenty: case %d: %w", i, err)
	}
	c.ID, c.Code = w.First+int64(i), w.code(i)
	c.Draft = Draft(w.Seed, i)
	return c, nil
}

// Staff are those whom [NewWorld] asks for: of the office itself, and of each unit.
// None of them has a password.
func Staff(units []tiepdan.Unit) (staff []tiepdan.Staff) {
	add := func(login string, role tiepdan.Role, unit int64, cleared bool) {
		staff = append(staff, tiepdan.Staff{Login: "mau." + login, Name: named(words().Staff, 100+len(staff)), Role: role, Unit: unit, Cleared: cleared,
			Language: tiepdan.Vietnamese})
	}
	add("reception", tiepdan.Receptionist, 0, true)
	add("head", tiepdan.BoardHead, 0, true)
	add("leader", tiepdan.Leader, 0, true)
	for _, u := range units {
		add(u.Code+".head", tiepdan.UnitHead, u.ID, true)
		add(u.Code+".1", tiepdan.Officer, u.ID, false)
		add(u.Code+".2", tiepdan.Officer, u.ID, false)
		add(u.Code+".3", tiepdan.Officer, u.ID, true)
	}
	return staff
}

// Draft is the mark by which a case that was made here is known.
func Draft(seed uint64, i int) string { return fmt.Sprintf("sample %d %d", seed, i) }

func (w *World) rand(i int) *rand.Rand { return rand.New(rand.NewPCG(w.Seed, uint64(i))) }

// one draws one of a list.
func one[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// often draws one of a list of which the first are the most frequent, as words are
// by Zipf's law.
func often[T any](r *rand.Rand, list []T) T {
	return list[int(math.Exp(r.Float64()*math.Log(float64(len(list)+1))))-1]
}
