package plenty

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"tiepdan"
)

// tale is a case on its way: each act is the rules' to allow, and nothing of it
// comes after the sample's day. Once it stops, it stays as it stands.
type tale struct {
	*World
	r     *rand.Rand
	i     int
	c     tiepdan.Case
	at    time.Time
	over  bool
	err   error
	stuck int // after so many acts nobody goes on with it; below 0: never
}

// tell makes case i go as far as its age lets it; again says whether it may follow
// a case of before.
func (w *World) tell(i int, again bool) (tiepdan.Case, error) {
	r := w.rand(i)
	c, err := w.open(r, i, again)
	if err != nil {
		return c, err
	}
	t := &tale{World: w, r: r, i: i, c: c, at: w.came(i), stuck: -1}
	if r.IntN(400) == 0 {
		t.stuck = r.IntN(5) // forgotten: every office has them
	}
	switch c.Kind {
	case tiepdan.KhieuNai:
		t.complaint()
	case tiepdan.ToCao:
		t.denunciation()
	default:
		t.feedback()
	}
	return t.c, t.err
}

// do lets some working days pass and does it then.
func (t *tale) do(days int, act tiepdan.Act) bool {
	if t.over || t.stuck == 0 {
		t.over = true
		return false
	}
	at := t.hour(t.r, tiepdan.DateOf(t.at).Add(days))
	if !at.After(t.at) {
		at = t.at.Add(time.Duration(10+t.r.IntN(50)) * time.Minute)
	}
	if !at.Before(t.On.Time()) {
		t.over = true
		return false
	}
	act.At = at
	if act.Details.Ground != "" && !t.grounded(&act) {
		t.over = true
		return false
	}
	c, _, err := act.Apply(t.c)
	if err != nil { // the rules don't want it: the case stays as it is
		t.over = true
		if t.Strict {
			t.err = fmt.Errorf("%s of a case that is %s: %w", act.Do, t.c.Status, err)
		}
		return false
	}
	t.c, t.at = c, at
	t.stuck--
	return true
}

// grounded sees to it that the act's ground is one of the law on its day; false:
// there is none.
func (t *tale) grounded(act *tiepdan.Act) bool {
	grounds := tiepdan.LegalGrounds(act.Do, t.c.Kind, tiepdan.DateOf(act.At))
	if !slices.ContainsFunc(grounds, func(g tiepdan.LegalGround) bool { return g.ID == act.Details.Ground }) {
		if len(grounds) == 0 {
			return false
		}
		act.Details.Ground = grounds[0].ID
	}
	return true
}

// chance is one in so many.
func (t *tale) chance(in int) bool { return t.r.IntN(in) == 0 }

// days are some days, mostly few.
func (t *tale) days(mean int) int { return int(t.r.ExpFloat64() * float64(mean)) }

func (t *tale) desk() tiepdan.Actor   { return one(t.r, t.people[tiepdan.Receptionist]) }
func (t *tale) head() tiepdan.Actor   { return one(t.r, t.people[tiepdan.BoardHead]) }
func (t *tale) leader() tiepdan.Actor { return one(t.r, t.people[tiepdan.Leader]) }

var citizen = tiepdan.Actor{Role: tiepdan.Citizen}

// say is a text of the sample's, about something.
func (t *tale) say(key string) string { return write(t.r, words().Texts[key]) }

// paper is a signed paper's number, signer and day.
func (t *tale) paper() tiepdan.Details {
	v := words()
	return tiepdan.Details{Document: named(v.Document, 1+t.r.IntN(900)), Signer: v.Signer, Signed: tiepdan.DateOf(t.at)}
}

// by is who has the case.
func (t *tale) by() tiepdan.Actor {
	for _, a := range t.units[t.c.Unit] {
		if a.Staff == t.c.Officer {
			return a
		}
	}
	return t.head()
}

// because is an act with its reason, and its ground where the law gives some.
func (t *tale) because(do tiepdan.Action, by tiepdan.Actor) (tiepdan.Act, bool) {
	a := tiepdan.Act{Do: do, By: by, Reason: t.say("reason"), Details: t.paper()}
	grounds := tiepdan.LegalGrounds(do, t.c.Kind, tiepdan.DateOf(t.at))
	if len(grounds) == 0 {
		return a, false
	}
	a.Details.Ground = one(t.r, grounds).ID
	return a, true
}

// end does what ends a case, if the law knows a ground for it.
func (t *tale) end(days int, do tiepdan.Action, by tiepdan.Actor) {
	if a, ok := t.because(do, by); ok || do == tiepdan.Refuse && t.c.Kind != tiepdan.KhieuNai && t.c.Kind != tiepdan.ToCao {
		t.do(days, a)
	}
}

// classify says what was found of the petition.
func (t *tale) classify(k tiepdan.Class) bool {
	field, _ := t.Rules.Field(t.c.Field)
	return t.do(t.days(1), tiepdan.Act{Do: tiepdan.Classify, By: t.desk(), Field: field, Kind: t.Rules.Kind(t.c.Kind),
		Details: tiepdan.Details{Place: t.c.Place, Class: &k}})
}

// assign gives it to somebody whom it isn't about: of a denunciation, to one who is cleared.
func (t *tale) assign(by tiepdan.Actor) bool {
	field, _ := t.Rules.Field(t.c.Field)
	unit := field.Unit
	if ward, ok := t.Rules.Ward(t.c.Place); ok && (unit == 0 || t.chance(3)) {
		unit = ward.ID
	}
	if unit == 0 || len(t.units[unit]) == 0 {
		unit = one(t.r, t.Rules.Units).ID
	}
	officer := one(t.r, t.units[unit])
	for t.c.Sealed() && !officer.Cleared {
		officer = one(t.r, t.units[unit])
	}
	return t.do(t.days(1), tiepdan.Act{Do: tiepdan.Assign, By: by, Details: tiepdan.Details{Unit: unit, Officer: officer.Staff}})
}

func (t *tale) take() bool { return t.do(t.days(1), tiepdan.Act{Do: tiepdan.Take, By: t.by()}) }

// work is what happens on the way to an answer.
func (t *tale) work() {
	if t.chance(5) && t.do(1+t.days(3), tiepdan.Act{Do: tiepdan.AskMore, By: t.by(), Text: t.say("ask")}) {
		t.do(1+t.days(4), tiepdan.Act{Do: tiepdan.Supply, By: citizen, Text: t.say("supply")})
	}
	if t.chance(4) {
		t.do(t.days(3), tiepdan.Act{Do: tiepdan.Note, By: t.by(), Text: t.say("note")})
	}
	if t.chance(8) {
		t.help()
	}
	if t.chance(40) {
		t.do(1, tiepdan.Act{Do: tiepdan.MarkUrgent, By: t.head(), Reason: t.say("reason")})
	}
	if t.chance(25) {
		t.do(t.days(3), tiepdan.Act{Do: tiepdan.Progress, By: t.by(), Text: t.say("progress"), Details: tiepdan.Details{Until: t.Rules.Calendar.Next(tiepdan.DateOf(t.at).Add(20 + t.days(5) + 10))}})
	}
}

// help asks another unit, by a day of its own; it finds something, or never answers.
func (t *tale) help() {
	unit := one(t.r, t.Rules.Units).ID
	if unit == t.c.Unit {
		return
	}
	other := one(t.r, t.units[unit])
	for t.c.Sealed() && !other.Cleared {
		other = one(t.r, t.units[unit])
	}
	until := t.Rules.Calendar.Next(tiepdan.DateOf(t.at).Add(4 + t.days(6)))
	if t.do(1, tiepdan.Act{Do: tiepdan.Involve, By: t.head(), Text: t.say("help"), Details: tiepdan.Details{Unit: unit, Officer: other.Staff, Until: until}}) {
		if t.chance(60) {
			t.over = true // and everything waits for it
			return
		}
		t.do(2+t.days(4), tiepdan.Act{Do: tiepdan.Contribute, By: other, Text: t.say("found")})
	}
}

// answer answers: by the chain that the kind asks for, or at once.
func (t *tale) answer() bool {
	d := tiepdan.Details{Result: one(t.r, tiepdan.Findings(t.c.Kind)), Evidence: t.say("evidence")}
	if t.c.Written {
		paper := t.paper()
		d.Document, d.Signer, d.Signed = paper.Document, paper.Signer, paper.Signed
		if rights := tiepdan.NextRights(t.c.Kind, t.c.Round); len(rights) > 0 {
			d.Next = one(t.r, rights)
		}
	}
	if rights := tiepdan.NextRights(t.c.Kind, t.c.Round); len(rights) > 0 {
		d.Next, d.Signer = rights[0], t.paper().Signer
	}
	a := tiepdan.Act{By: t.by(), Text: t.say("answer"), Details: d}
	if !t.c.Approval {
		a.Do = tiepdan.Answer
		return t.do(2+t.days(6), a)
	}
	a.Do = tiepdan.Propose
	if !t.do(2+t.days(8), a) {
		return false
	}
	if t.chance(8) && len(t.c.Chain) == 0 {
		if t.do(1, tiepdan.Act{Do: tiepdan.Revise, By: t.leader(), Reason: t.say("reason")}) {
			t.do(1+t.days(2), a)
		}
	}
	return t.approve()
}

// approve goes up the chain, if there is one.
func (t *tale) approve() bool {
	for n, role := range t.c.Chain {
		do := tiepdan.Endorse
		if n == len(t.c.Chain)-1 {
			do = tiepdan.Approve
		}
		by := one(t.r, t.people[role])
		if role == tiepdan.UnitHead {
			by = tiepdan.Actor{Role: role, Staff: by.Staff, Unit: t.c.Unit, Cleared: true}
			for _, head := range t.people[role] {
				if head.Unit == t.c.Unit {
					by = head
				}
			}
		}
		if !t.do(1, tiepdan.Act{Do: do, By: by}) {
			return false
		}
	}
	return len(t.c.Chain) > 0 || t.do(t.days(2), tiepdan.Act{Do: tiepdan.Approve, By: t.leader()})
}

// finish is what follows an answer.
func (t *tale) finish() {
	if t.c.Written && !t.chance(6) {
		t.do(1, tiepdan.Act{Do: tiepdan.RecordDocument, By: t.by(), Details: t.paper()})
	}
	if t.c.Channel == "desk" || t.chance(4) {
		t.deliver(1 + t.days(2))
	}
	t.close()
}

func (t *tale) deliver(days int) {
	t.do(days, tiepdan.Act{Do: tiepdan.RecordDelivery, By: t.by(), Details: tiepdan.Details{How: one(t.r, t.c.DeliveryWays()),
		Signed: tiepdan.DateOf(t.at)}})
}

// close is the end, which the citizen may have a word on.
func (t *tale) close() {
	if t.chance(3) {
		t.do(t.days(3), tiepdan.Act{Do: tiepdan.Rate, By: citizen, Details: tiepdan.Details{Rating: 1 + t.r.IntN(3)}})
	}
	if t.over || t.c.Lacks() != "" {
		return
	}
	t.do(2+t.days(5), tiepdan.Act{Do: tiepdan.CloseCase, By: t.by()})
}

func (t *tale) body() string {
	return named(words().Body, 1+t.r.IntN(60)) + " " + strconv.Itoa(t.r.IntN(9))
}
