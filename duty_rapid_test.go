package tiepdan

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// livedCase plays any acts that may be, one day after the other.
func livedCase(t *rapid.T, each func(before, after Case, e Entry)) Case {
	p := petition(rapid.SampledFrom(Kinds()).Draw(t, "kind"))
	p.Earlier = int64(rapid.IntRange(0, 1).Draw(t, "earlier"))
	p.Place = rapid.SampledFrom([]string{"", "xa-xa"}).Draw(t, "place")
	day := Date{2026, 1, 1}.Add(rapid.IntRange(0, 500).Draw(t, "day"))
	received := day.At(rapid.IntRange(0, 24*60-1).Draw(t, "minute"))
	c, err := Open(p, setting(p.Kind), author, received, LegalDay(received, rulesOf2026().Calendar, DefaultHours()))
	if err != nil {
		t.Fatal(err)
	}
	actors := []Actor{author, clerk, head, {Role: Leader, Staff: 3, Cleared: true}, {Role: Officer, Staff: 4, Unit: 7, Cleared: true}, chief}
	at := received
	for range rapid.IntRange(1, 60).Draw(t, "n") {
		by := rapid.SampledFrom(actors).Draw(t, "by")
		can := Actions(c, by)
		if len(can) == 0 {
			continue
		}
		a := anyAct(t, c, rapid.SampledFrom(can).Draw(t, "do"), by)
		at = at.Add(time.Duration(rapid.IntRange(0, 12*24).Draw(t, "hours")) * time.Hour)
		a.At = at
		a.Details.Until = DateOf(at).Add(rapid.IntRange(1, 60).Draw(t, "until"))
		a.Details.Ground = ""
		if gs := LegalGrounds(a.Do, c.Kind, DateOf(at)); len(gs) > 0 {
			a.Details.Ground = rapid.SampledFrom(gs).Draw(t, "ground").ID
		}
		before := c
		after, e, err := a.Apply(c)
		if err != nil {
			continue
		}
		c = after
		if each != nil {
			each(before, after, e)
		}
	}
	return c
}

// TestAnyLifeKeepsItsClocks: whatever is done to a case, each of its clocks has a
// rule in force, ends after it starts, and is met no earlier.
func TestAnyLifeKeepsItsClocks(t *testing.T) {
	t.Parallel()
	r := askingRules()
	rapid.Check(t, func(t *rapid.T) {
		livedCase(t, func(before, c Case, e Entry) {
			was := Duties(before, r) // an extension sets none going, so that the same stand in the same place
			for i, d := range Duties(c, r) {
				checkDuty(t, c, d)
				if e.Do == Extend && was[i].On.After(d.On) && !d.On.IsZero() {
					t.Fatalf("an extension made %s shorter: %v, then %v", d.ID, was[i].On, d.On)
				}
			}
			for _, w := range Warnings(c, r) {
				if w.On.Before(w.Duty.Due.Start) || w.Level == WarnLate && !w.On.After(w.Duty.On) || w.Level != WarnLate && w.On.After(w.Duty.On) {
					t.Fatalf("%s is told of on %v, due %v", w.Key(), w.On, w.Duty.On)
				}
			}
		})
	})
}

func checkDuty(t *rapid.T, c Case, d Duty) {
	if d.Legal {
		rule, ok := RuleByID(d.ID)
		if !ok || !rule.InForce(d.Due.Start) || d.Source == "" || d.Label == "" {
			t.Fatalf("%s has no rule in force on %v", d.ID, d.Due.Start)
		}
	}
	switch {
	case d.Due.Start.IsZero() || d.Since < 1 || d.Since > len(c.History):
		t.Fatalf("%s has no start: %+v", d.ID, d)
	case !d.On.IsZero() && d.On.Before(d.Due.Start):
		t.Fatalf("%s is due on %v, before its start %v", d.ID, d.On, d.Due.Start)
	case !d.Met.IsZero() && d.Met.Before(d.Due.Start):
		t.Fatalf("%s is met on %v, before its start %v", d.ID, d.Met, d.Due.Start)
	case d.Done.After(d.Met) || d.Done.IsZero() != d.Met.IsZero():
		t.Fatalf("%s is met on %v, done on %v", d.ID, d.Met, d.Done)
	case d.On.IsZero() && !d.Due.Resting:
		t.Fatalf("%s has no day and doesn't rest", d.ID)
	}
}

// TestASuspensionMovesByItsDays: what was suspended for so many days ends so many
// days later, before a day off moves its end.
func TestASuspensionMovesByItsDays(t *testing.T) {
	t.Parallel()
	r := rulesOf2026()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]Kind{KhieuNai, ToCao}).Draw(t, "kind")
		day := Date{2026, 7, 1}.Add(rapid.IntRange(0, 300).Draw(t, "accepted"))
		c, err := Open(petition(kind), setting(kind), author, now, DateOf(now))
		if err != nil {
			t.Fatal(err)
		}
		do := func(a Act, on Date) {
			a.At = on.At(600)
			next, _, err := a.Apply(c)
			if err != nil {
				t.Fatalf("%s: %v", a.Do, err)
			}
			c = next
		}
		if kind == KhieuNai {
			do(Act{Do: RecordOriginal, By: clerk}, day)
		}
		do(Act{Do: Accept, By: head}, day)
		do(assign(head), day)
		if rapid.Bool().Draw(t, "extended") {
			do(Act{Do: Extend, By: head, Reason: "x", Details: Details{Ground: "extend.complex", Until: r.Calendar.Next(day.Add(37))}}, day)
		}
		before := lastCounted(resolution(t, c, r))
		rested, at := 0, day
		for range rapid.IntRange(1, 4).Draw(t, "times") {
			at = at.Add(rapid.IntRange(1, 6).Draw(t, "worked"))
			ground := LegalGrounds(Suspend, kind, at)[0].ID
			do(Act{Do: Suspend, By: head, Reason: "x", Details: Details{Ground: ground}}, at)
			if d := resolution(t, c, r); !d.Due.Resting || d.Pending() {
				t.Fatalf("it doesn't rest: %+v", d)
			}
			n := rapid.IntRange(0, 200).Draw(t, "rested")
			rested, at = rested+n, at.Add(n)
			do(Act{Do: Resume, By: head}, at)
		}
		if after := lastCounted(resolution(t, c, r)); before.DaysUntil(after) != rested {
			t.Fatalf("%d days of rest moved %v to %v", rested, before, after)
		}
	})
}

func resolution(t *rapid.T, c Case, r *Rules) Duty {
	for _, d := range Duties(c, r) {
		if d.ID == "complaint.resolve_first" || d.ID == "denunciation.resolve" {
			return d
		}
	}
	t.Fatal("nothing is to be resolved")
	return Duty{}
}

// lastCounted is the last day of a term, before a day off moves it.
func lastCounted(d Duty) Date {
	for _, s := range d.Due.Steps {
		if s.Kind == StepEnded {
			return s.From
		}
	}
	return d.On
}

// TestWhatIsCountedIsDue: counting the days to a due day and counting them off
// again comes to the same day.
func TestWhatIsCountedIsDue(t *testing.T) {
	t.Parallel()
	cal := rulesOf2026().Calendar
	rapid.Check(t, func(t *rapid.T) {
		from := Date{2026, 1, 1}.Add(rapid.IntRange(0, 700).Draw(t, "from"))
		term := Term{rapid.IntRange(1, 120).Draw(t, "length"), rapid.SampledFrom([]TimeUnit{WorkingDay, CalendarDay}).Draw(t, "unit")}
		var rests []Rest
		if rapid.Bool().Draw(t, "rests") {
			begins := from.Add(rapid.IntRange(0, 60).Draw(t, "begins"))
			rests = append(rests, Rest{begins, begins.Add(rapid.IntRange(0, 90).Draw(t, "for"))})
		}
		due := cal.Due(from, term, rests...)
		n := cal.Counted(from, due.On, term.Unit, rests...)
		if n < term.Length || cal.Due(from, Term{n, term.Unit}, rests...).On != due.On {
			t.Fatalf("%v from %v is due %v, which is %d", term, from, due.On, n)
		}
	})
}
