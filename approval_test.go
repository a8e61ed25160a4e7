package tiepdan

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// chained is a complaint with an officer at work, whose answers are judged by these.
func chained(t testing.TB, chain ...Role) Case {
	t.Helper()
	s := setting(KhieuNai)
	s.Chain = chain
	c, err := Open(petition(KhieuNai), s, author, now, DateOf(now))
	if err != nil {
		t.Fatal(err)
	}
	return play(t, c, Act{Do: RecordOriginal, By: clerk}, assign(clerk), Act{Do: Take, By: worker})
}

func TestAChainJudgesInTurn(t *testing.T) {
	t.Parallel()
	c := play(t, chained(t, UnitHead, BoardHead, Leader), proposed("Bản một."))
	for _, x := range []struct {
		turn Role
		by   Actor
		do   Action
	}{{UnitHead, chief, Endorse}, {BoardHead, head, Endorse}, {Leader, leader, Approve}} {
		if c.Judge() != x.turn {
			t.Fatalf("it is %s's turn, not %s's", c.Judge(), x.turn)
		}
		for _, a := range []Actor{worker, chief, head, leader} {
			may := May(c, a, Approve) || May(c, a, Endorse)
			if may != (a.Staff == x.by.Staff) {
				t.Errorf("%s may judge: %v, at %s's turn", a.Role, may, x.turn)
			}
		}
		c = play(t, c, Act{Do: x.do, By: x.by})
	}
	if c.Status != Answered || c.Judge() != "" {
		t.Errorf("%s, %s", c.Status, c.Judge())
	}
}

func TestFourEyes(t *testing.T) {
	t.Parallel()
	stand := func(a Actor, in Actor) Actor {
		a.For = []Standin{{Staff: in.Staff, Role: in.Role, Unit: in.Unit}}
		return a
	}
	byHead := proposed("x")
	byHead.By = chief
	inPlace := proposed("x")
	inPlace.By = stand(Actor{Role: Officer, Staff: 5, Unit: 7}, worker)
	for _, x := range []struct {
		fact  string
		chain []Role
		p     Act
		by    Actor
		may   bool
	}{
		{"a head's own proposal begins above them", []Role{UnitHead, Leader}, byHead, leader, true},
		{"a head doesn't judge their own proposal", []Role{UnitHead}, byHead, chief, false},
		{"where nobody of the chain is left, who decides does", []Role{UnitHead}, byHead, leader, true},
		{"who stands in for the author judges as themself", []Role{UnitHead}, proposed("x"), stand(chief, worker), true},
		{"who stands in for the judge and is the author doesn't judge", []Role{UnitHead}, proposed("x"), stand(worker, chief), false},
		{"in whose place it was proposed doesn't judge it either", nil, inPlace, Actor{Role: Leader, Staff: 4}, false},
		{"who proposed it in another's place doesn't judge it", nil, inPlace, Actor{Role: Leader, Staff: 5}, false},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			c := play(t, chained(t, x.chain...), x.p)
			if may := May(c, x.by, Approve); may != x.may {
				t.Errorf("may approve: %v", may)
			}
		})
	}
}

func TestAShorterChainStrandsNothing(t *testing.T) {
	t.Parallel()
	c := play(t, chained(t, UnitHead, BoardHead, Leader), proposed("x"), Act{Do: Endorse, By: chief}, Act{Do: Endorse, By: head})
	s := setting(KhieuNai)
	s.Chain = []Role{UnitHead}
	c = play(t, c, Act{Do: Classify, By: clerk, Field: road, Kind: s})
	if !May(c, leader, Approve) || May(c, chief, Approve) || May(c, head, Approve) {
		t.Error("the wrong people may approve what the old chain has agreed to")
	}
}

// TestNothingGoesOutUnjudged plays an answer through any chain with any people, who
// may stand in for each other: what goes out was agreed to by each of the chain in
// its order, by different people, none of them its author, and word for word.
func TestNothingGoesOutUnjudged(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		chain := rapid.SliceOfNDistinct(rapid.SampledFrom([]Role{UnitHead, BoardHead, Leader}), 0, 3, rapid.ID[Role]).Draw(t, "chain")
		s := setting(KhieuNai)
		s.Chain = chain
		c, err := Open(petition(KhieuNai), s, author, now, DateOf(now))
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range []Act{{Do: RecordOriginal, By: clerk}, assign(clerk), {Do: Take, By: worker}} {
			a.At = now
			if c, _, err = a.Apply(c); err != nil {
				t.Fatal(err)
			}
		}
		people := []Actor{worker, chief, head, leader, {Role: Leader, Staff: 30}, {Role: BoardHead, Staff: 20, Cleared: true}, {Role: UnitHead, Staff: 60, Unit: 7}}
		for range rapid.IntRange(1, 25).Draw(t, "deeds") {
			by := rapid.SampledFrom(people).Draw(t, "by")
			if in := rapid.SampledFrom(people).Draw(t, "for"); in.Staff != by.Staff && rapid.Bool().Draw(t, "stands in") {
				by.For = []Standin{{Staff: in.Staff, Role: in.Role, Unit: in.Unit}}
			}
			a := proposed(rapid.SampledFrom([]string{"một", "hai", "ba"}).Draw(t, "text"))
			a.Do, a.By, a.At, a.Reason = rapid.SampledFrom([]Action{Propose, Endorse, Endorse, Approve, Revise}).Draw(t, "do"), by, now, "lý do"
			if next, _, err := a.Apply(c); err == nil {
				c = next
			}
		}
		if c.Status == Answered {
			judged(t, c)
		}
	})
}

// judged holds an answer that went out against who agreed to it.
func judged(t *rapid.T, c Case) {
	p, _ := c.Proposal()
	sent, _ := c.AnswerGiven()
	if sent.Text != p.Text || sent.Details.Result != p.Details.Result || sent.Details.Proposal != p.N {
		t.Fatalf("%q was approved and %q was sent", p.Text, sent.Text)
	}
	agreed := append(c.Judgments(), sent)
	want := c.Judges()
	if len(want) > 0 && len(agreed) != len(want) || len(want) == 0 && len(agreed) != 1 {
		t.Fatalf("%d agreed, %v had to", len(agreed), want)
	}
	seen := []int64{p.By.Staff, p.Details.For}
	for i, e := range agreed {
		if len(want) > 0 && e.By.Role != want[i] {
			t.Fatalf("%s agreed at %s's turn", e.By.Role, want[i])
		}
		for _, who := range []int64{e.By.Staff, e.Details.For} {
			if who != 0 && slices.Contains(seen, who) {
				t.Fatalf("%d judged twice, or their own", who)
			}
			seen = append(seen, who)
		}
	}
}

func TestWhatCameBeforeTheReopeningIsNotOfTheNewAnswer(t *testing.T) {
	t.Parallel()
	var c Case
	for i, do := range []Action{Propose, RecordDocument, Reopen, Propose, Note, RecordDocument, RecordDocument} {
		c.History = append(c.History, Entry{N: i + 1, Do: do})
	}
	of := func(es []Entry) (ns []int) {
		for _, e := range es {
			ns = append(ns, e.N)
		}
		return ns
	}
	if got := of(c.Proposals()); !slices.Equal(got, []int{4}) {
		t.Errorf("proposed: %v", got)
	}
	if got := of(c.SignedPapers()); !slices.Equal(got, []int{6, 7}) {
		t.Errorf("signed: %v", got)
	}
}
