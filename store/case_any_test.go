package store_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// apart are the deeds that the store does by ways of their own: a link is two cases', a division makes new ones.
var apart = map[tiepdan.Action]bool{tiepdan.Submit: true, tiepdan.Link: true, tiepdan.Unlink: true, tiepdan.Divide: true}

// TestAnyDeedsInTheBooks plays any acts by anybody through the books: what is read back is what the rule made, its
// history alone tells the same case, and a list shows it to whoever may see it and to nobody else.
func TestAnyDeedsInTheBooks(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	rules, err := s.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var people []tiepdan.Staff
	for _, role := range []tiepdan.Role{tiepdan.Receptionist, tiepdan.BoardHead, tiepdan.Leader, tiepdan.UnitHead, tiepdan.Officer} {
		one, other := int64(0), int64(0)
		if role.InUnit() {
			one, other = rules.Units[0].ID, rules.Units[1].ID
		}
		people = append(people, storetest.Staff(t, s, role, one, true), storetest.Staff(t, s, role, other, false))
	}
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		kind := rapid.SampledFrom(tiepdan.Kinds()).Draw(r, "kind")
		c := storetest.File(t, s, storetest.Petition(kind, rubbish), storetest.Filing(storetest.Peer(n), time.Now()))
		if c.Status == tiepdan.Received { // as if its process had ended before it was routed
			if _, err := s.Pool().Exec(t.Context(), `INSERT INTO case_routings SELECT $1, '{1}', '{1}', now(), now()`, c.ID); err != nil {
				r.Fatal(err)
			}
		}
		for range rapid.IntRange(4, 14).Draw(r, "deeds") {
			by := tiepdan.Actor{Role: tiepdan.Citizen}
			if i := rapid.IntRange(-1, len(people)-1).Draw(r, "by"); i >= 0 {
				by = people[i].Actor()
			}
			may := tiepdan.Actions(c, by)
			if len(may) == 0 {
				continue
			}
			a := anyDeed(r, rules, people, c, rapid.SampledFrom(may).Draw(r, "do"), by)
			if apart[a.Do] {
				continue
			}
			after, _, err := s.UpdateCase(t.Context(), c.ID, a.Apply)
			if code := tiepdan.CodeOf(err); err != nil && code == tiepdan.Internal {
				r.Fatalf("%s by %s: %v", a.Do, by.Role, err)
			}
			if err != nil {
				continue
			}
			read, err := s.Case(t.Context(), c.ID)
			if err != nil {
				r.Fatal(err)
			}
			if read.Status != after.Status || read.Unit != after.Unit || read.Officer != after.Officer || len(read.History) != len(after.History) {
				r.Fatalf("after %s the books say %+v, the rule said %+v", a.Do, read, after)
			}
			if again := tiepdan.Rebuild(read); !reflect.DeepEqual(again, read) {
				r.Fatalf("after %s the history alone tells another case:\n%+v\n%+v", a.Do, again, read)
			}
			if read.Sealed() && !read.Person.IsZero() {
				r.Fatal("a sealed case names its person")
			}
			if left := waiting(t, s, c.ID); left > 0 && (read.Status != tiepdan.Received || a.Do == tiepdan.Classify) || left == 0 && untouched(read) {
				r.Fatalf("after %s, %s, %d rows wait for it to be routed", a.Do, read.Status, left)
			}
			c = read
			listed(t, r, s, rules, people, c)
		}
	})
}

// untouched reports whether c stands where it was filed, and nothing came that other rules may be about.
func untouched(c tiepdan.Case) bool {
	return c.History[0].To == tiepdan.Received && !slices.ContainsFunc(c.History, func(e tiepdan.Entry) bool {
		return e.To != tiepdan.Received || e.Do == tiepdan.Classify
	})
}

// listed holds the lists to what each person may see of the case, and its due day to the rules'.
func listed(t *testing.T, r *rapid.T, s *store.Store, rules *tiepdan.Rules, people []tiepdan.Staff, c tiepdan.Case) {
	for _, p := range people {
		lines, _, err := s.Cases(t.Context(), tiepdan.CaseFilter{By: p.Actor(), Words: string(c.Code)})
		if err != nil {
			r.Fatal(err)
		}
		if sees := p.Actor().See(c); (sees != tiepdan.Nothing) != (len(lines) == 1) {
			r.Fatalf("%s sees %d of it, and has %d lines", p.Role, sees, len(lines))
		}
		if len(lines) == 0 {
			continue
		}
		want := tiepdan.Date{}
		if d, ok := tiepdan.NextDue(c, rules); ok {
			want = d.On
		}
		if lines[0].Due != want {
			r.Fatalf("due %s in the list, %s by the rules", lines[0].Due, want)
		}
		remains, _ := tiepdan.Remaining(c, rules)
		if lines[0].Remains != remains.On {
			r.Fatalf("after its end something is due %s in the list, %s by the rules", lines[0].Remains, remains.On)
		}
		if help := helpOf(c, p.Actor(), want); lines[0].Help != help {
			r.Fatalf("the %s is to help until %s in the list, until %s by the rules", p.Role, lines[0].Help, help)
		}
	}
}

// helpOf is by when that person is to help, unless they lead it and that comes first.
func helpOf(c tiepdan.Case, by tiepdan.Actor, due tiepdan.Date) (day tiepdan.Date) {
	for _, h := range c.HelpWanted() {
		theirs := by.Role == tiepdan.UnitHead && h.Unit == by.Unit || by.Role == tiepdan.Officer && h.Officer == by.Staff
		if theirs && !h.Due.IsZero() && (day.IsZero() || h.Due.Before(day)) {
			day = h.Due
		}
	}
	leads := by.Role == tiepdan.UnitHead && c.Unit == by.Unit || by.Role == tiepdan.Officer && c.Officer == by.Staff
	if leads && !due.IsZero() && due.Before(day) {
		return tiepdan.Date{}
	}
	return day
}

// anyDeed is the act with what it takes, right more often than not.
func anyDeed(r *rapid.T, rules *tiepdan.Rules, people []tiepdan.Staff, c tiepdan.Case, do tiepdan.Action, by tiepdan.Actor) tiepdan.Act {
	at := time.Now()
	who := rapid.SampledFrom(people).Draw(r, "who")
	unit := rapid.SampledFrom(rules.Units[:2]).Draw(r, "unit").ID
	a := tiepdan.Act{Do: do, By: by, At: at, Text: "Lời mẫu", Reason: "Lý do mẫu"}
	field := rules.Fields[0]
	a.Field, a.Kind = field, rules.Kind(rapid.SampledFrom(tiepdan.Kinds()).Draw(r, "to"))
	a.Details = tiepdan.Details{Unit: unit, Body: "Sở mẫu", Rating: 2, Until: rules.Calendar.Next(tiepdan.DateOf(at).Add(7)), Part: "một phần",
		Document: "12/TB", How: "post", Outcome: rapid.SampledFrom(append(tiepdan.DeliveryOutcomes(), "")).Draw(r, "outcome"), Signer: "Lãnh đạo mẫu", Evidence: "Biên bản mẫu", Next: "Khiếu nại lần hai",
		Class: &tiepdan.Class{Eligible: tiepdan.Yes, Competent: rapid.SampledFrom([]tiepdan.Verdict{"", tiepdan.Yes, tiepdan.No}).Draw(r, "competent")}}
	if do == tiepdan.Assign && who.Role == tiepdan.Officer {
		a.Details.Unit, a.Details.Officer = who.Unit, who.ID
	}
	if do == tiepdan.Bar || do == tiepdan.Unbar {
		a.Details.Barred = &tiepdan.Barred{Staff: []int64{who.ID}}
	}
	if gs := tiepdan.LegalGrounds(do, c.Kind, tiepdan.DateOf(at)); len(gs) > 0 {
		a.Details.Ground = rapid.SampledFrom(gs).Draw(r, "ground").ID
	}
	if fs := tiepdan.Findings(c.Kind); do == tiepdan.Propose || do == tiepdan.Answer {
		a.Details.Result = fs[0]
	}
	return a
}
